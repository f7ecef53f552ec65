"""The terminal: complete, safe, and marked without relying on colour."""

from io import StringIO

from rich.console import Console

from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason
from claimcheck.rendering.terminal import show
from claimcheck.selection import OVERCLAIMS, Selection
from tests.rendering.articles import Line, article


def terminal(report, selection=OVERCLAIMS, **options):
    out = StringIO()
    show([report], Console(file=out, width=80, **options), selection)
    return out.getvalue()


def test_an_article_looks_like_its_snapshot(tea, snapshot):
    lines = [line.rstrip() for line in terminal(tea).splitlines()]
    snapshot("full.txt", "\n".join(lines).rstrip() + "\n")


def test_the_terminal_shows_symbols_without_colour(report):
    shown = terminal(report)
    assert "! Tea cures all ills." in shown and "~ Tea may soothe." in shown
    assert "✓ Tea contains caffeine." in shown
    assert "\x1b" not in shown


def test_the_terminal_lets_no_escape_sequence_of_the_article_through(report):
    assert "\x1b[31m" not in terminal(report, force_terminal=True).replace("\x1b[31;", "")


def test_the_terminal_gives_reason_and_advice_for_each_overclaim(report):
    shown = " ".join(terminal(report).split())
    assert REASON_WORDS[Reason.ABSOLUTE].title in shown
    assert REASON_WORDS[Reason.ABSOLUTE].advice in shown


def test_words_that_carried_the_label_are_underlined_twice(tea):
    shown = terminal(tea, force_terminal=True, color_system="standard")
    assert "\x1b[1;4;21;31mcures all\x1b[0m" in shown
    assert "\x1b[4;31mTea \x1b[0m" in shown


def test_a_guess_has_a_question_mark_and_the_mark_is_explained(tea):
    shown = terminal(tea)
    assert "!? Clearly, tea lifts the mood." in shown
    assert "A question mark" in shown
    assert "A question mark" not in terminal(article(Line("Tea heals.", Label.OVERCLAIMED)))


def test_what_to_mend_are_the_findings_of_the_selection(tea):
    known = Selection(known=frozenset({tea.sentences[1].fingerprint}))
    mended = terminal(tea, known).partition("What to mend")[2]
    assert "Tea cures all ills." not in mended and "Clearly, tea" in mended
    hedged = terminal(tea, Selection(labels=frozenset({Label.HEDGED})))
    mended = " ".join(hedged.partition("What to mend")[2].split())
    assert "Tea may soothe." in mended and LABEL_WORDS[Label.HEDGED].meaning in mended
    assert "What to mend" not in terminal(tea, Selection(min_confidence=0.99))


def test_a_finding_says_where_it_stands(tea):
    assert "(line 2)" in terminal(tea)


def test_an_article_with_nothing_in_it_is_shown_as_such():
    assert "0 sentences" in terminal(article())
