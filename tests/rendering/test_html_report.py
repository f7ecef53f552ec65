"""The HTML report: complete, escaped, closed to the world, and marked without relying on colour."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.document import Location, Span
from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason
from claimcheck.rendering.html import render
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article


def between(page: str, start: str, end: str) -> str:
    return page.split(start, 1)[1].split(end, 1)[0]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def notes(page: str) -> list[str]:
    return re.findall(r'<li class="note.*?</li>', page, flags=re.DOTALL)


def with_sentence(report, index, **changes):
    """Return a report one of whose sentences is changed."""
    sentences = list(report.sentences)
    sentences[index] = replace(sentences[index], **changes)
    return replace(report, sentences=tuple(sentences))


def test_whatever_comes_from_the_article_is_escaped(report):
    page = render([report])
    assert page.count("<script") == 1 and "\x1b" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_nothing_is_asked_of_anyone(report):
    assert not re.search(r"""(src|href)=["'](?!#)|url\(|@import|<link""", render([report]))


@pytest.mark.parametrize("kind", ["style", "script"])
def test_the_content_policy_names_the_pages_own_style_and_script_by_their_hash(report, kind):
    page = render([report])
    content = between(page, f"<{kind}>", f"</{kind}>")
    digest = b64encode(sha256(content.encode()).digest()).decode()
    policy = unescape(between(page, 'Content-Security-Policy" content="', '"'))
    assert f"{kind}-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy


def test_nothing_is_used_that_the_content_policy_forbids(report):
    body = between(render([report, report]), "<body>", "<script>")
    assert not re.search(r"<[^>]*\s(style|on\w+)=", body)


def test_every_label_reason_and_advice_is_named_in_words(report):
    page = render([report])
    for label in Label:
        assert LABEL_WORDS[label].title in page and LABEL_WORDS[label].symbol in page
    assert REASON_WORDS[Reason.ABSOLUTE].title in page
    assert "70% sure" in page and "33%" in page


def test_every_link_has_its_target_and_no_name_is_given_twice(report):
    page = render([report, report])
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)


def test_a_finding_and_its_note_point_at_each_other(tea):
    page = render([tea])
    assert 'href="#a1-n1"' in between(page, 'id="a1-s2"', "Tea cures all")
    assert 'href="#a1-s2"' in notes(page)[0]


def test_a_note_says_where_the_sentence_stands(tea):
    placed = with_sentence(tea, 1, location=Location(page=7))
    assert "70% sure · line 2" in notes(render([tea]))[0]
    assert "70% sure · page 7" in notes(render([placed]))[0]


def test_the_words_that_carried_an_overclaim_are_marked_in_text_and_note(tea):
    page = render([tea])
    assert '<b class="w">cures all</b>' in between(page, "<article", "</article>")
    assert '<b class="w">cures all</b>' in notes(page)[0]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_wherever_the_words_lie_the_sentence_is_shown_whole(ends):
    text = "Tea <cures> all & any ills."
    words = tuple(Span(start, end) for start, end in sorted(ends))
    report = with_sentence(article(Line(text, Label.OVERCLAIMED)), 0, words=words)
    shown = between(render([report]), '<span class="t">', "</span>")
    assert text_of(shown) == text


def test_what_is_unsure_is_marked_with_a_question_mark_and_explained(tea):
    page = render([tea])
    note = notes(page)[1]
    assert ">!?<" in note and "70% overclaimed, 10%" in text_of(note)
    assert "Overclaimed, unsure, note 2" in page


def test_listed_is_what_was_asked_for_and_the_rest_stays_marked(tea):
    known = Selection(known=frozenset({tea.sentences[1].fingerprint}))
    page = render([tea], known)
    assert len(notes(page)) == 1 and "lifts the mood" in notes(page)[0]
    assert "1 more is marked in the text but not listed" in page
    assert 'class="s overclaimed of-overclaimed" id="a1-s2"' in page


def test_other_labels_are_listed_where_they_are_asked_for(tea):
    page = render([tea], Selection(labels=frozenset({Label.HEDGED})))
    assert len(notes(page)) == 1 and LABEL_WORDS[Label.HEDGED].meaning[:-1] in notes(page)[0]
    assert "What to look at" in page and "What to mend" not in page


def test_an_article_without_claims_says_so():
    page = render([article(Line("Tea is sold here."))])
    assert "no health claim here" in page and "Nothing was found" in page


def test_an_article_that_begins_without_a_title_is_called_by_its_origin():
    page = render([article(Line("Tea may soothe.", Label.HEDGED), origin="drafts/tea.txt")])
    assert '<h1 dir="auto">drafts/tea.txt</h1>' in page


def test_several_articles_stand_in_a_table_with_their_figures(tea, report):
    page = render([tea, report])
    rows = re.findall(r"<tr>.*?</tr>", between(page, "<tbody>", "</tbody>"), flags=re.DOTALL)
    assert page.count("<article") == 2 and len(rows) == 2
    assert re.findall(r"\d+%?", text_of(rows[0]).split("tea.txt")[1]) == ["4", "2", "50%"]
    assert 'href="#a2"' in rows[1]


def test_a_single_article_has_no_table(tea):
    assert "<table" not in render([tea])


def test_the_strip_has_a_cell_for_every_sentence(tea):
    page = render([tea])
    assert len(re.findall(r'class="cell ', page)) == len(tea.sentences)


def palettes() -> list[dict[str, tuple[int, ...]]]:
    """The colours of the style, light and dark, as red, green and blue by name."""
    style = files("claimcheck.rendering").joinpath("templates", "report.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)[:2]
    colour = re.compile(r"--([\w-]+): #([0-9a-f]{3,6});")
    return [
        {
            name: tuple(bytes.fromhex(h if len(h) == 6 else h[0] * 2 + h[1] * 2 + h[2] * 2))
            for name, h in colour.findall(part)
        }
        for part in (light, dark)
    ]


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 to 1."""
    channels = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


# A browser's checker cannot judge text on a tint that is drawn as a gradient, hence by hand.
GROUNDS = {
    "ink": ("paper", "card", "o-tint", "o-word", "now"),
    "soft": ("paper", "card"),
    "o": ("paper", "card"),
    "h": ("paper", "card"),
    "s": ("paper", "card"),
    "on-o": ("o",),
    "paper": ("h", "s", "soft", "ink"),
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [(t, g) for t, gs in GROUNDS.items() for g in gs])
def test_text_stands_out_from_its_ground(scheme, text, ground):
    colours = palettes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "o-tint", "o-word", "now"])
def test_the_line_under_an_overclaim_stands_out_from_its_tint(scheme, ground):
    colours = palettes()[scheme]
    assert contrast(colours["o"], colours[ground]) >= 3
