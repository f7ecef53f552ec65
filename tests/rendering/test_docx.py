"""Word: the editor's file comes back with comments, and otherwise as it was."""

import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from claimcheck.errors import ClaimcheckError, InputError, MissingExtraError
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.reading.docx import body_paragraphs, read
from claimcheck.reading.source import DEFAULT_OPTIONS, Source
from claimcheck.rendering.docx import render
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article, scored

CHANGED = {
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
}


def add_xml(paragraph, xml):
    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1)))


@pytest.fixture
def draft(tmp_path):
    """A Word file with formatting, a link, tracked changes, a table and a comment in it."""
    document = docx.Document()
    document.add_heading("Tea and the heart", level=1)
    mixed = document.add_paragraph("Tea is old. Tea ")
    mixed.add_run("cures").bold = True
    mixed.add_run(" all ")
    mixed.add_run("ills. It also ").italic = True
    mixed.add_run("melts")
    mixed.add_run(" fat. Drink it hot.")
    linked = document.add_paragraph("We asked. ")
    add_xml(linked, '<w:hyperlink w:anchor="x"><w:r><w:t>Green tea</w:t></w:r></w:hyperlink>')
    linked.add_run(" heals the liver. Ask again.")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Tea cures all ills."
    tracked = document.add_paragraph("")
    add_xml(
        tracked,
        '<w:del w:id="90" w:author="Kim"><w:r><w:delText>No </w:delText></w:r></w:del>',
    )
    add_xml(
        tracked,
        '<w:ins w:id="91" w:author="Kim"><w:r><w:t>Black tea ends pain.</w:t></w:r></w:ins>',
    )
    broken = document.add_paragraph("One.\tWhite tea")
    broken.runs[0].add_break(WD_BREAK.LINE)
    broken.runs[0].add_text("stops ageing. Two.")
    noted = document.add_paragraph("Noted tea.")
    document.add_comment(noted.runs, text="Is it?", author="Kim", initials="K")
    document.sections[0].header.paragraphs[0].text = "Draft"
    path = tmp_path / "draft.docx"
    document.save(str(path))
    return path


OVERCLAIMS = {
    "Tea cures all ills.",
    "It also melts fat.",
    "Green tea heals the liver.",
    "Black tea ends pain.",
    "White tea\nstops ageing.",
}


def score(path, overclaims=OVERCLAIMS):
    return scored(read(Source(path.read_bytes(), str(path)), DEFAULT_OPTIONS), overclaims)


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def canonical(xml):
    return etree.tostring(etree.fromstring(xml), method="c14n")


def commented(data):
    """Return the text that each comment of claimcheck stands at, by the comment's number."""
    body = docx.Document(BytesIO(data)).element.body
    open_, found = set(), {}
    for element in body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(element.get(qn("w:id")))
        elif element.tag in (qn("w:t"), qn("w:br"), qn("w:tab")):
            for number in open_:
                found[number] = found.get(number, "") + str(element)
    assert not open_
    return found


def formatted(data):
    """Return each paragraph as its characters, each with the formatting and the link it has."""
    document = docx.Document(BytesIO(data))
    return [
        [
            (character, _look(run), [p.tag for p in run.iterancestors()])
            for run in paragraph.xpath(".//w:r[not(w:commentReference)]")
            for element in run
            if element.tag != qn("w:rPr")
            for character in (element.text or [element.tag])
        ]
        for paragraph in document.element.body.xpath(".//w:p")
    ]


def _look(run):
    return etree.tostring(run.rPr, method="c14n") if run.rPr is not None else None


def test_each_finding_has_a_comment_at_exactly_its_words(draft):
    found = commented(render([score(draft)]))
    assert sorted(found.values()) == sorted([*OVERCLAIMS, "Noted tea."])


def test_a_comment_says_what_is_wrong_and_what_to_do(draft):
    comments = list(docx.Document(BytesIO(render([score(draft)]))).comments)
    assert [c.author for c in comments] == ["Kim", *["claimcheck"] * 5]
    words = LABEL_WORDS[Label.OVERCLAIMED]
    assert comments[1].text == f"Overclaimed (70% sure)\n{words.meaning} {words.advice}"
    assert comments[0].text == "Is it?"


def test_every_other_part_of_the_file_is_as_it_was(draft):
    before, after = parts(draft.read_bytes()), parts(render([score(draft)]))
    assert set(after) - set(before) <= CHANGED and set(before) <= set(after)
    for name in set(before) - CHANGED:
        assert before[name] == after[name] or canonical(before[name]) == canonical(after[name])


def test_relations_and_content_types_are_only_added_to(draft):
    before, after = parts(draft.read_bytes()), parts(render([score(draft)]))
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        old, new = (
            {canonical(etree.tostring(e)) for e in etree.fromstring(p[name])}
            for p in (before, after)
        )
        assert old <= new


def test_text_and_formatting_of_every_character_are_as_they_were(draft):
    data = render([score(draft)])
    assert formatted(data) == formatted(draft.read_bytes())


def test_what_is_not_a_run_is_as_it_was(draft):
    def frame(data):
        body = docx.Document(BytesIO(data)).element.body
        for element in body.xpath(".//w:r | .//w:commentRangeStart | .//w:commentRangeEnd"):
            element.getparent().remove(element)
        return etree.tostring(body, method="c14n")

    assert frame(render([score(draft)])) == frame(draft.read_bytes())


def test_a_file_without_findings_comes_back_without_comments(draft):
    data = render([score(draft)], Selection(min_confidence=0.99))
    assert list(commented(data).values()) == ["Noted tea."]
    assert canonical(parts(data)["word/document.xml"]) == canonical(
        parts(draft.read_bytes())["word/document.xml"]
    )


def test_the_result_can_be_scored_and_commented_again(draft):
    again = draft.with_name("again.docx")
    again.write_bytes(render([score(draft)]))
    assert [s.text for s in score(again).sentences] == [s.text for s in score(draft).sentences]
    assert len(list(docx.Document(BytesIO(render([score(again)]))).comments)) == 11


def test_paragraphs_are_counted_as_the_reader_counts_them(draft):
    report = score(draft)
    paragraphs = body_paragraphs(docx.Document(str(draft)))
    for sentence in report.overclaims:
        assert sentence.text.split()[0] in "".join(
            paragraphs[sentence.location.paragraph - 1]._p.itertext()
        )


@pytest.mark.parametrize("origin", ["tea.txt", "https://example.com/tea.docx", "<stdin>"])
def test_what_is_no_word_file_here_is_refused_with_a_way_out(origin):
    with pytest.raises(ClaimcheckError, match="choose another format"):
        render([article(Line("Tea heals."), origin=origin)])


def test_several_files_are_refused(draft):
    with pytest.raises(ClaimcheckError, match="one Word file at a time"):
        render([score(draft), score(draft)])


def test_a_file_that_is_gone_or_has_changed_is_refused(draft):
    report = score(draft)
    shorter = docx.Document()
    shorter.add_paragraph("Something else.")
    shorter.save(str(draft))
    with pytest.raises(InputError, match="has changed since it was read"):
        render([report])
    draft.write_bytes(b"no zip")
    with pytest.raises(InputError):
        render([report])
    with pytest.raises(InputError, match="cannot be read again"):
        render([replace(report, origin=str(draft.with_name("gone.docx")))])


def test_without_python_docx_the_extra_is_named(draft, monkeypatch):
    report = score(draft)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match="formats"):
        render([report])
