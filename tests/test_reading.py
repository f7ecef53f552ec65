"""What can be read is read; what cannot is refused in one line that says what to do."""

import pytest

from claimcheck.errors import InputError
from claimcheck.language import language_warning
from claimcheck.reading.text import from_bytes, from_path

FRENCH = (
    "Le thé vert est une boisson très ancienne qui vient de Chine. Les médecins disent depuis "
    "longtemps qu'il est bon pour la santé, mais personne ne sait encore pourquoi ni comment."
)


def test_utf8_is_read_without_a_word(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Café helps.", encoding="utf-8")
    document = from_path(path)
    assert document.text == "Café helps." and document.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(encoding):
    document = from_bytes("Café helps.".encode(encoding), "x")
    assert document.text == "Café helps." and document.warnings == ()


def test_another_encoding_is_guessed_and_said():
    text = "Le café réduit la fièvre, dit-on, après l'été à Orléans. " * 5
    document = from_bytes(text.encode("cp1252"), "x")
    assert "café réduit la fièvre" in document.text
    assert "guessed" in document.warnings[0]


def test_a_few_bad_bytes_do_not_make_another_encoding_of_utf8():
    document = from_bytes("Café — the “trial” helped. ".encode() * 9 + b"\xff bad", "x")
    assert document.text.startswith("Café — the “trial”") and document.text.endswith("\ufffd bad")
    assert "not valid text" in document.warnings[0]
    marked = from_bytes(b"\xef\xbb\xbf\xff tea", "x")
    assert marked.text == "\ufffd tea" and marked.warnings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "a Word file"),
        (b"\x7fELF\x00\x01\x02", "binary"),
    ],
)
def test_what_holds_no_text_is_refused_by_name(data, said):
    with pytest.raises(InputError, match=said) as caught:
        from_bytes(data, "page.txt")
    assert str(caught.value).startswith("page.txt") and "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        from_path(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        from_path(tmp_path)


def test_another_language_is_named():
    assert "'fr'" in (language_warning(FRENCH) or "")


@pytest.mark.parametrize(
    "text", ["Kurz.", "The tea is good for the heart, and it is safe for most of us to drink.", ""]
)
def test_english_and_very_short_texts_get_no_warning(text):
    assert language_warning(text) is None
