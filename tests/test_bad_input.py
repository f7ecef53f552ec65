"""What an editor may hand over by mistake, or an attacker on purpose: one clear line each."""

import os
import socket
import struct
import time
import zipfile
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from claimcheck.errors import InputError
from claimcheck.reading import ENDINGS, ReadOptions, read_address, read_bytes, read_path
from tests.reading.samples import PARAGRAPH, drawn_pdf, pdf_file, word_file
from tests.reading.server import Answer, serve

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def refused(data, name, **options):
    """Return the one line that says why a file is not read."""
    with pytest.raises(InputError) as caught:
        read_bytes(data, name, name, ReadOptions(**options))
    message = str(caught.value)
    assert message.startswith(name) and "\n" not in message and len(message) < 300
    return message


def tea_pdf(**options):
    return pdf_file([("BodyText", PARAGRAPH)], **options)


def tea_docx():
    return word_file(lambda document: document.add_paragraph(PARAGRAPH))


@pytest.mark.parametrize("strength", [40, 128])
def test_a_pdf_with_a_password(strength):
    locked = StandardEncryption("secret", strength=strength)
    message = refused(tea_pdf(encrypt=locked), "a.pdf")
    assert "is protected: save a copy without a password" in message


def test_a_pdf_that_anybody_may_open_but_not_change_is_read():
    locked = StandardEncryption("", ownerPassword="secret", canModify=0, canCopy=0)
    assert read_bytes(tea_pdf(encrypt=locked), "a.pdf", "a.pdf").text == PARAGRAPH


def test_a_scanned_pdf():
    scan = drawn_pdf(lambda canvas: canvas.rect(72, 72, 300, 500, fill=1))
    assert "only pictures of its pages: run OCR on it first" in refused(scan, "a.pdf")


def test_a_pdf_that_breaks_off_and_one_that_is_none():
    assert "is damaged" in refused(tea_pdf()[:200], "a.pdf")
    assert "is no PDF, whatever its name says" in refused(b"It helps.", "a.pdf")


def test_a_word_file_with_a_password_and_an_old_one():
    locked = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "is protected: save a copy without a password" in refused(locked, "a.docx")
    assert "old Word file: save it as .docx" in refused(OLE + bytes(600), "a.docx")
    assert "old Word file, not text: save it as .docx" in refused(OLE + bytes(600), "a.doc")


def test_a_word_file_that_breaks_off_and_one_that_is_none():
    assert "damaged" in refused(tea_docx()[:-300], "a.docx")
    assert "damaged" in refused(b"It helps.", "a.docx")
    assert "is a zip archive, and no Word file" in refused(
        archive({"a.txt": b"It helps."}), "a.docx"
    )


def test_a_word_file_with_a_damaged_part():
    assert "damaged" in refused(repacked({"word/document.xml": b"<w:document"}), "a.docx")


def archive(parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def repacked(changed):
    """Return a Word file with some of its parts changed."""
    with zipfile.ZipFile(BytesIO(tea_docx())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return archive({**parts, **changed})


def test_a_word_file_that_unpacks_to_far_more_than_it_is():
    bomb = repacked({"word/document.xml": b" " * 30_000_000})
    assert len(bomb) < 100_000
    message = refused(bomb, "a.docx", max_bytes=10_000_000)
    assert "unpacks to 30.8 MB, more than the limit of 10 MB allows" in message
    pictures = repacked({"word/media/a.png": b" " * 50_000_000})
    assert "unpacks to 50.8 MB" in refused(pictures, "a.docx", max_bytes=10_000_000)


def test_a_word_file_that_unpacks_to_more_than_it_says():
    bomb = bytearray(repacked({"word/document.xml": b" " * 30_000_000}))
    declared = struct.pack("<I", 30_000_000)
    while declared in bomb:  # in the local header and in the directory
        at = bomb.index(declared)
        bomb[at : at + 4] = struct.pack("<I", 1000)
    assert "damaged" in refused(bytes(bomb), "a.docx", max_bytes=10_000_000)


def test_a_word_file_with_a_style_or_a_number_that_makes_no_sense():
    styles = word_part("word/styles.xml").replace(b'w:type="paragraph"', b'w:type="tea"')
    assert "damaged" in refused(repacked({"word/styles.xml": styles}), "a.docx")
    outline = f'<w:pPr><w:outlineLvl w:val="{"9" * 5000}"/></w:pPr>'.encode()
    body = word_part("word/document.xml").replace(b"<w:p>", b"<w:p>" + outline)
    assert outline in body
    data = repacked({"word/document.xml": body})
    assert read_bytes(data, "a", "a.docx").text == PARAGRAPH


def word_part(name):
    with zipfile.ZipFile(BytesIO(tea_docx())) as package:
        return package.read(name)


def test_a_long_word_file_takes_no_time():
    def build(document):
        for _ in range(2000):
            document.add_paragraph("It helps.")

    data = word_file(build)
    started = time.monotonic()
    assert len(read_bytes(data, "a", "a.docx").blocks) == 2000
    assert time.monotonic() - started < 4


def test_entities_of_a_word_file_that_multiply_are_not_followed():
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "tea"}">' for i in range(9))
    body = "<w:body><w:p><w:r><w:t>It helps. &e8;</w:t></w:r></w:p></w:body>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<!DOCTYPE a [{entities}]><w:document xmlns:w="{space}">{body}</w:document>'
    started = time.monotonic()
    try:
        text = read_bytes(repacked({"word/document.xml": xml.encode()}), "a", "a.docx").text
    except InputError:
        text = ""
    assert len(text) < 100 and time.monotonic() - started < 5


def test_a_file_of_a_hundred_megabytes(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match=r"larger than the limit of 50 MB: .*--max-bytes"):
        read_path(path)


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "sup"])
@pytest.mark.parametrize("keep", ["main", "all"])
def test_ten_thousand_nested_tags_are_read(tag, keep):
    html = f"<{tag}>" * 10_000 + "It helps." + "</x>" * 10_000
    assert read_bytes(html.encode(), "a", "a.html", ReadOptions(keep=keep)).text == "It helps."


@pytest.mark.parametrize("piece", ["<a ", "<a href='", "<!--", "</", "<![x", "&#", "<p"])
def test_tags_that_never_end_take_no_time(piece):
    started = time.monotonic()
    html = "<p>It helps.</p>" + piece * 20_000
    assert read_bytes(html.encode(), "a", "a.html").text.startswith("It helps.")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("piece", ["<?", "</", "</a", "<!doctype", "<![x"])
def test_a_megabyte_of_what_never_ends_takes_no_time(piece):
    html = "<p>It helps.</p>" + piece * 300_000
    started = time.process_time()
    assert read_bytes(html.encode(), "a", "a.html").text == "It helps."
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "html",
    [
        "<sup>x" * 20_000 + "</sup>" * 20_000,
        "<sup>x" * 20_000 + "<p>y" * 20_000,
        "<ul><li><ul>" + "<b>" * 20_000 + "<li>y</li>" * 20_000,
    ],
    ids=["superscripts in each other", "superscripts never closed", "items far down"],
)
def test_elements_that_lie_in_each_other_by_the_thousand_take_no_time(html):
    started = time.monotonic()
    assert read_bytes(html.encode(), "a", "a.html").text
    assert time.monotonic() - started < 20


def test_ten_thousand_nested_quotations_and_brackets_do_no_harm():
    for markdown in (">" * 10_000 + " It helps.", "[" * 10_000 + "It helps.", "- " * 5000 + "It."):
        try:
            read_bytes(markdown.encode(), "a.md", "a.md")
        except InputError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize("ending", [*ENDINGS, "", ".xyz"])
def test_empty_files_of_every_kind(ending):
    assert "is empty: there is nothing to score" in refused(b"", f"a{ending}")


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", "", ".xyz"])
def test_files_of_white_space_are_empty(ending):
    assert "is empty: there is nothing to score" in refused(b" \n\t\r\n", f"a{ending}")


@pytest.mark.parametrize(
    "build", [lambda d: None, lambda d: d.add_paragraph("  "), lambda d: d.add_table(1, 1)]
)
def test_a_word_file_without_a_word(build):
    assert "is empty" in refused(word_file(build), "a.docx")


def test_a_binary_file_of_an_unknown_kind():
    assert "is a binary file, not text" in refused(bytes(range(32)) * 9, "a.xyz")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7", "a.txt", "is a PDF, not text: give it a name that ends in .pdf"),
        (b"PK\x03\x04", "a.md", "the name of a Word file ends in .docx"),
        (b"{\\rtf1 It helps.}", "a.html", "is an RTF file, not text: save it as .docx"),
        (b"\x89PNG\r\n", "a.png", "is a PNG picture"),
    ],
)
def test_a_file_under_another_name_than_its_own(data, name, said):
    assert said in refused(data, name)


def test_a_folder_a_missing_file_and_a_name_that_cannot_be(tmp_path):
    for path, said in [
        (tmp_path, "is a folder"),
        (tmp_path / "none.docx", "does not exist"),
        (tmp_path / "a.txt" / "b.txt", "does not exist"),
        (tmp_path / "a\0.txt", "cannot be read"),
    ]:
        with pytest.raises(InputError, match=said):
            read_path(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_is_not_permitted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("It helps.")
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_path(path)


def test_a_page_that_redirects_to_itself():
    with (
        serve({"/": Answer(status=302, headers={"Location": "/"})}) as root,
        pytest.raises(InputError, match="redirects more than 5 times"),
    ):
        read_address(root + "/")


def test_a_server_that_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        with pytest.raises(InputError, match=r"did not answer in full within 0\.3 seconds"):
            read_address(f"http://127.0.0.1:{server.getsockname()[1]}/", ReadOptions(timeout=0.3))
    assert time.monotonic() - started < 3


def test_a_page_without_end():
    with (
        serve({"/": Answer(b"tea " * 5000, "text/plain")}) as root,
        pytest.raises(InputError, match="larger than the limit of 10000 bytes"),
    ):
        read_address(root + "/", ReadOptions(max_bytes=10_000))


def test_a_page_in_another_encoding_than_it_says():
    page = '<meta charset="iso-8859-1"><p>Café “Thé” helps — a bit.'.encode()
    assert read_bytes(page, "a", "a.html").text == "Café “Thé” helps — a bit."
    unsaid = "<p>Le café réduit la fièvre, dit-on, après l'été.".encode("cp1252") * 9
    document = read_bytes(unsaid, "a", "a.html")
    assert "café réduit la fièvre" in document.text and "guessed" in document.warnings[0]
