"""What every output for people shares."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.document import NOWHERE, Location, Span
from claimcheck.labels import Label
from claimcheck.rendering import renderer
from claimcheck.rendering.display import (
    cause,
    displayable,
    explanation,
    one_line,
    place,
    shown_blocks,
    word_pieces,
)
from tests.rendering.articles import Line, article


def test_blocks_are_shown_with_all_their_text(report):
    shown = "".join(t for b in shown_blocks(report) for t, _ in b.pieces)
    assert shown == report.text.replace("\n", "").replace("\x1b", "�")


def test_line_ends_of_windows_are_line_ends():
    assert displayable("é one\r\ntwo\rthree") == "é one\ntwo\nthree"


def test_characters_that_move_the_cursor_are_replaced_and_overrides_dropped():
    assert displayable("a\x1b[2Jb\u202ec\n") == "a�[2Jbc\n"


def test_one_line_has_no_line_break_of_any_kind():
    assert one_line(" a\r\nb\u2028c\x85d\ve ") == "a b c d e"


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)


@given(spans)
def test_pieces_of_a_sentence_join_to_all_of_it_whatever_its_words(found):
    sentence = article(Line("Intro."), Line("Tea cures all ills.")).sentences[1]
    words = tuple(sorted((Span(min(f), max(f)) for f in found), key=lambda span: span.start))
    pieces = list(word_pieces(replace(sentence, words=words)))
    assert "".join(text for text, _ in pieces) == sentence.text
    assert all(text for text, _ in pieces)


def test_words_are_told_from_the_rest_of_a_sentence(tea):
    assert list(word_pieces(tea.sentences[1])) == [
        ("Tea ", False), ("cures all", True), (" ills.", False)
    ]  # fmt: skip


def test_a_cause_quotes_the_words_that_carried_it(tea):
    several = replace(tea.sentences[1], words=(Span(14, 17), Span(18, 23)))
    assert cause(several) == "Knows no exceptions: “Tea”, “cures”"
    assert cause(replace(several, words=())) == "Knows no exceptions"
    broken = article(Line("Tea cures\nall.", Label.OVERCLAIMED, words="cures\nall")).sentences[0]
    assert cause(broken).endswith(": “cures all”")


@pytest.mark.parametrize("name", ["concise", "github", "json", "jsonl", "markdown", "sarif"])
def test_why_its_words_and_what_to_do_are_in_every_format(tea, name):
    shown = renderer(name)([tea])
    sentence = tea.overclaims[0]
    words = '"text": "cures all"' if name.startswith("json") else "“cures all”"
    assert all(said in shown for said in (sentence.why, words, sentence.advice))


def test_an_explanation_is_whole_sentences_with_and_without_reasons():
    with_none = article(Line("Tea heals.", Label.OVERCLAIMED)).sentences[0]
    hedged = article(Line("Tea may heal.", Label.HEDGED)).sentences[0]
    for sentence in (with_none, hedged):
        said = explanation(sentence)
        assert said.endswith(".") and ".." not in said and said == said.strip()


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (Location(line=3, column=7), "line 3"),
        (Location(paragraph=4), "paragraph 4"),
        (Location(page=2), "page 2"),
        (NOWHERE, ""),
    ],
)
def test_a_place_is_named_as_the_format_counts(location, words):
    assert place(location) == words
