"""Plain text is read as it is, whatever its encoding; what is no text is refused in one line."""

import pytest

from claimcheck.document import Location, Locator
from claimcheck.errors import InputError
from claimcheck.reading import ReadOptions, read_bytes, read_path
from claimcheck.reading.decoding import decode
from claimcheck.reading.source import Source


def test_utf8_is_read_without_a_word(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Café helps.", encoding="utf-8")
    document = read_path(path)
    assert document.text == "Café helps." and document.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(encoding):
    document = read_bytes("Café helps.".encode(encoding), "x")
    assert document.text == "Café helps." and document.warnings == ()


def test_another_encoding_is_guessed_and_said():
    text = "Le café réduit la fièvre, dit-on, après l'été à Orléans. " * 5
    document = read_bytes(text.encode("cp1252"), "x")
    assert "café réduit la fièvre" in document.text
    assert "guessed" in document.warnings[0]


def test_a_short_text_with_an_accent_and_curly_quotes_is_western():
    text = "Ginger café tea cures colds. It may help “sleep”, doctors say.\n"
    document = read_bytes(text.encode("cp1252"), "x")
    assert document.text == text and "cp1252" in document.warnings[0]


def test_a_few_bad_bytes_do_not_make_another_encoding_of_utf8():
    document = read_bytes("Café — the “trial” helped. ".encode() * 9 + b"\xff bad", "x")
    assert document.text.startswith("Café — the “trial”") and document.text.endswith("\ufffd bad")
    assert "not valid text" in document.warnings[0]
    marked = read_bytes(b"\xef\xbb\xbf\xff tea", "x")
    assert marked.text == "\ufffd tea" and marked.warnings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "a Word file"),
        (b"{\\rtf1 ...", "an RTF file"),
        (b"\x7fELF\x00\x01\x02", "binary"),
    ],
)
def test_what_holds_no_text_is_refused_by_name(data, said):
    with pytest.raises(InputError, match=said) as caught:
        read_bytes(data, "page.txt")
    assert str(caught.value).startswith("page.txt") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Чай помогает", "cp1251", "windows-1251"),
        ("Thé “chaud”", "cp1252", "ISO-8859-1"),  # as browsers take it
        ("Thé “chaud”", "utf-8", "ISO-8859-1"),  # what it says of itself cannot be true
        ("Tea", "utf-8", "rot13"),  # is no encoding of text
        ("Tea", "utf-8", "no-such-encoding"),
        ("Tea", "utf-16-le", "utf-16-le"),
    ],
)
def test_a_declared_encoding_is_believed_where_it_can_be_true(text, encoding, declared):
    assert decode(Source(text.encode(encoding), "x"), declared) == (text, ())


def test_what_the_server_says_comes_before_what_the_page_says():
    source = Source("Чай".encode("cp1251"), "x", charset="cp1251")
    assert decode(source, "koi8-r")[0] == "Чай"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["tea.txt", "tea.md", "tea.html"])
def test_lines_are_counted_whatever_ends_them(line_end, name):
    source = line_end.join(["# Tea", "", "It helps.", "", "  It is hot. <br>", ""])
    document = read_bytes(source.encode(), name, name, ReadOptions(keep="all"))
    at = document.text.index("It is hot")
    block = next(b for b in document.blocks if b.start <= at < b.end)
    assert Locator(document).locate(at, block) == Location(line=5, column=3)
