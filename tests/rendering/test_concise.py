"""Concise: one line a finding."""

from dataclasses import replace

from claimcheck.document import Location
from claimcheck.labels import Label
from claimcheck.rendering import renderer
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

render = renderer("concise")


def test_findings_look_like_the_snapshot(tea, snapshot):
    snapshot("concise.txt", render([tea], Selection()))


def test_a_word_file_has_paragraphs_and_a_pdf_pages():
    report = article(Line("Tea heals.", Label.OVERCLAIMED), origin="tea.docx")
    for location, begins in (
        (Location(paragraph=4), "tea.docx: paragraph 4: overclaimed "),
        (Location(page=3), "tea.docx: page 3: overclaimed "),
        (Location(), "tea.docx: overclaimed "),
    ):
        placed = replace(report, sentences=(replace(report.sentences[0], location=location),))
        assert render([placed], Selection()).startswith(begins)


def test_a_finding_is_one_line_whatever_the_origin():
    report = article(Line("Tea heals.", Label.OVERCLAIMED), origin="a\nb\x1b[2J.txt")
    assert render([report], Selection()).count("\n") == 1
    assert "\x1b" not in render([report], Selection())


def test_nothing_is_printed_without_findings(tea):
    assert render([tea], Selection(min_confidence=0.99)) == ""
