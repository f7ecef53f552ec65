"""Where a result goes: the bytes that arrive are those that were rendered."""

import io
import sys

import pytest

ENCODINGS = [("windows-1252", "cp1252"), ("windows-1251", "cp1251"), ("shift_jis", "shift_jis")]
SAID = {"cp1252": "Café", "cp1251": "Чай", "shift_jis": "お茶"}


@pytest.fixture(params=ENCODINGS, ids=lambda p: p[0])
def page(request, folder):
    """A page that names an encoding other than UTF-8, as it is and in which encoding."""
    named, codec = request.param
    text = f'<meta charset="{named}"><p>{SAID[codec]} cures a cough.</p>'
    (folder / "page.html").write_bytes(text.encode(codec))
    return text, codec


def unmarked(data, codec):
    text = data.decode(codec)
    start, end = text.index("<mark"), text.index("</mark>")
    return text[:start] + text[text.index(">", start) + 1 : end] + text[end + len("</mark>") :]


def test_a_page_in_another_encoding_is_printed_in_that_encoding(run, page, monkeypatch):
    text, codec = page
    screen = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stdout", screen)
    assert run("score", "page.html", "-f", "marked").code == 0
    assert unmarked(screen.buffer.getvalue(), codec) == text


def test_a_page_in_another_encoding_is_written_in_that_encoding(run, page, folder):
    text, codec = page
    assert run("score", "page.html", "-f", "marked", "-o", "out.html").code == 0
    assert unmarked((folder / "out.html").read_bytes(), codec) == text
