"""The paragraphs of a PDF are put together again as a reader sees them."""

import logging
import time

import pytest

from claimcheck.reading import read_bytes
from claimcheck.reading.pdflines import Line, paragraphs
from claimcheck.reading.pdfwords import join_lines
from tests.reading.samples import PARAGRAPH, drawn_pdf, pdf_file


def read(data):
    return read_bytes(data, "tea.pdf", "tea.pdf")


def blocks(document):
    return [(b.kind, document.text[b.start : b.end], b.page) for b in document.blocks]


def test_wrapped_lines_become_paragraphs_between_headings():
    flow = [("Title", "Does tea help?"), ("BodyText", PARAGRAPH), ("Heading2", "How long")]
    flow += [("BodyText", PARAGRAPH * 2), ("Bullet", "For sleep."), ("Bullet", "For calm.")]
    assert blocks(read(pdf_file(flow))) == [
        ("heading", "Does tea help?", 1),
        ("paragraph", PARAGRAPH, 1),
        ("heading", "How long", 1),
        ("paragraph", PARAGRAPH * 2, 1),
        ("list_item", "For sleep.", 1),
        ("list_item", "For calm.", 1),
    ]


def test_running_headers_and_page_numbers_are_left_out_and_paragraphs_cross_pages():
    def decorate(canvas, page):
        canvas.drawString(72, 800, f"The Daily Example, no. {page}")
        canvas.drawString(280, 30, f"Page {page} of 3")

    long = " ".join(f"In trial {i} the tea did nothing for sleep." for i in range(1, 200))
    document = read(pdf_file([("BodyText", long)], decorate))
    assert document.text == long
    assert document.blocks[0].page == 1


def test_a_block_knows_its_page():
    flow = [("BodyText", f"{PARAGRAPH} Part {i}.") for i in range(30)]
    pages = [block.page for block in read(pdf_file(flow)).blocks]
    assert len(pages) == 30 and pages == sorted(pages) and set(pages) == {1, 2}


def test_an_indented_first_line_begins_a_paragraph():
    def draw(canvas):
        for number, (x, line) in enumerate(
            [
                (90, "Chamomile tea may help some people to fall asleep"),
                (72, "sooner than they would, as a small trial suggests now."),
                (90, "In mice, an extract of it shortened the time that"),
                (72, "they took to fall asleep by a third, in one study."),
            ]
        ):
            canvas.drawString(x, 600 - 14 * number, line)

    assert [b.kind for b in read(drawn_pdf(draw)).blocks] == ["paragraph", "paragraph"]


def test_the_mark_of_a_note_is_left_out():
    document = read(pdf_file([("BodyText", "It helps some.<super>2</super> It is hot.")]))
    assert document.text == "It helps some. It is hot."


def test_references_are_left_out_and_said():
    flow = [("BodyText", PARAGRAPH), ("Heading2", "References"), ("BodyText", "1. Doe. Tea.")]
    document = read(pdf_file(flow))
    assert document.text == PARAGRAPH
    assert document.warnings == ("Left out: the section “References”.",)


def test_a_page_without_text_among_others_is_said():
    def draw(canvas):
        canvas.drawString(72, 500, "It may help some people.")
        canvas.showPage()
        canvas.rect(72, 72, 99, 99)
        canvas.showPage()

    assert read(drawn_pdf(draw)).warnings[0].startswith("Page 2 holds no text")


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (["It shortens in-", "somnia."], [], "It shortens insomnia."),
        (["It is a long-", "term effect."], [], "It is a long-term effect."),
        (["A dose-", "response curve."], ["dose-response"], "A dose-response curve."),
        (["A self-", "ish act."], ["selfish"], "A selfish act."),
        (["Study by Smith-", "Jones."], [], "Study by Smith-Jones."),
        (["In 2010-", "2012 it fell."], [], "In 2010-2012 it fell."),
        (["It helps the chamo\u00ad", "mile."], [], "It helps the chamomile."),
        (["The e\ufb03cacy is", "known."], [], "The efficacy is known."),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_mended(lines, known, text):
    assert join_lines(lines, set(known)) == text


def line(text, left, bottom=700.0):
    return Line(text, 1, left, left + 50, bottom, size=12, bold=False, height=0.5)


def test_two_bullets_before_one_line_become_one_item_in_whatever_order_they_come():
    lines = [line("•", 20), line("•", 10), line("For sleep.", 40)]
    assert [[x.text for x in group] for group in paragraphs(lines)] == [["• • For sleep."]]


def test_a_line_at_a_place_that_is_no_number_is_left_out():
    def draw(canvas):
        canvas.drawString(72, 500, "It may help some people.")
        canvas._code.append(f"BT /F1 12 Tf 1 0 0 1 {'9' * 400}.0 1 Tm (Nowhere.) Tj ET")

    assert read(drawn_pdf(draw, pageCompression=0)).text == "It may help some people."


def test_a_word_as_long_as_a_page_takes_no_time():
    started = time.process_time()
    assert join_lines(["a" * 60_000, "tea"], set()) == f"{'a' * 60_000} tea"
    assert time.process_time() - started < 1


def test_what_the_library_has_to_remark_is_not_printed(capsys, monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])  # pytest's own would take it
    data = pdf_file([("BodyText", PARAGRAPH)], pageCompression=0)
    font = b"/BaseFont /Tea /FontDescriptor << /FontName /Tea /FontBBox 0 >>"
    assert read(data.replace(b"/BaseFont /Helvetica", font)).text
    assert capsys.readouterr().err == ""
