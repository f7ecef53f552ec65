"""Word files are read as their editor sees them: what was deleted is gone, tables are left out."""

import sys
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from claimcheck.errors import MissingExtraError
from claimcheck.reading import read_bytes
from claimcheck.reading.docx import body_paragraphs, text_runs
from tests.reading.samples import word_file


def read(build):
    return read_bytes(word_file(build), "tea.docx", "tea.docx")


def blocks(document):
    return [(b.kind, document.text[b.start : b.end], b.paragraph) for b in document.blocks]


def tag(name, inside, attributes=""):
    return f"<w:{name} {nsdecls('w')} {attributes}>{inside}</w:{name}>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_styles_say_what_a_paragraph_is():
    def build(document):
        document.add_heading("Tea and sleep", 0)
        document.add_heading("Uses", 2)
        document.add_paragraph("It may help.")
        document.add_paragraph("For sleep.", style="List Bullet")
        document.add_paragraph("It helped me.", style="Quote")
        document.add_paragraph("It helped us.", style="Intense Quote")

    assert blocks(read(build)) == [
        ("heading", "Tea and sleep", 1),
        ("heading", "Uses", 2),
        ("paragraph", "It may help.", 3),
        ("list_item", "For sleep.", 4),
        ("quotation", "It helped me.", 5),
        ("quotation", "It helped us.", 6),
    ]


def test_a_short_line_without_a_style_or_a_full_stop_reads_as_a_heading():
    document = read(lambda d: (d.add_paragraph("What tea does"), d.add_paragraph("It is hot.")))
    assert [b.kind for b in document.blocks] == ["heading", "paragraph"]


def test_a_list_made_by_hand_numbering_is_a_list():
    def build(document):
        paragraph = document.add_paragraph("Sleep comes sooner.")
        numbers = '<w:ilvl w:val="0"/><w:numId w:val="1"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(tag("numPr", numbers)))

    assert read(build).blocks[0].kind == "list_item"


def test_insertions_and_links_are_text_and_deletions_and_hidden_words_are_not():
    def build(document):
        paragraph = document.add_paragraph("It ")
        for xml in (
            tag("ins", run("may "), 'w:id="1" w:author="A"'),
            tag("del", "<w:r><w:delText>will </w:delText></w:r>", 'w:id="2" w:author="A"'),
            tag("moveFrom", run("surely "), 'w:id="3" w:author="A"'),
            tag("hyperlink", run("help")),
            tag("r", "<w:rPr><w:vanish/></w:rPr><w:t>secret</w:t>"),
            tag("sdt", f"<w:sdtContent>{run(' you')}</w:sdtContent>"),
        ):
            paragraph._p.append(parse_xml(xml))
        paragraph.add_run(".")

    assert read(build).text == "It may help you."


def test_tables_captions_headers_and_references_are_left_out_and_said():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "The Daily Example."
        document.add_paragraph("Before.")
        document.add_table(1, 1).cell(0, 0).text = "In a cell."
        document.add_paragraph("A cup of tea.", style="Caption")
        document.add_paragraph("After.")
        document.add_heading("References", 1)
        document.add_paragraph("Doe J. Tea. 2020")
        document.add_heading("More", 1)

    document = read(build)
    assert blocks(document) == [
        ("paragraph", "Before.", 1),
        ("paragraph", "After.", 3),
        ("heading", "More", 6),
    ]
    assert document.warnings == ("Left out: 1 table, the section “References”.",)


def test_paragraphs_are_counted_as_body_paragraphs_and_their_runs_give_their_text():
    def build(document):
        document.add_paragraph("One.")
        document.add_paragraph("")
        document.add_table(1, 1).cell(0, 0).text = "In a cell."
        control = tag("sdt", f"<w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent>")
        document.element.body.insert(1, parse_xml(control))
        paragraph = document.add_paragraph("  Two,\ta ")
        paragraph.add_run("bold\nword.  ").bold = True

    data = word_file(build)
    document = read_bytes(data, "tea.docx", "tea.docx")
    paragraphs = body_paragraphs(docx.Document(BytesIO(data)))
    assert [b.paragraph for b in document.blocks] == [1, 2, 4]
    for block in document.blocks:
        runs = text_runs(paragraphs[block.paragraph - 1])
        assert "".join(r.text for r in runs) == document.text[block.start : block.end]


def test_a_word_file_has_no_lines_and_no_markup():
    document = read(lambda d: d.add_paragraph("Tea."))
    assert document.markup is None and document.blocks[0].page is None


def test_styles_based_on_each_other_in_a_ring_do_no_harm():
    def build(document):
        style = document.styles["List Bullet"]
        style.base_style = document.styles["Quote"]
        document.styles["Quote"].base_style = style
        document.add_paragraph("Tea.", style="Quote")

    assert read(build).blocks[0].kind == "quotation"


def test_without_the_extra_its_name_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"claimcheck\[formats\]"):
        read_bytes(b"PK\x03\x04", "tea.docx", "tea.docx")
