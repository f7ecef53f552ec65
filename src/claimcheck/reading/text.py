"""Plain text, from a string, bytes, a file or standard input."""

import codecs
from pathlib import Path

from claimcheck.document import Document
from claimcheck.errors import InputError
from claimcheck.reading.blocks import find_blocks

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word file or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_LATIN = ("cp125", "iso8859", "latin", "mac_")
_REPLACEMENT = "\ufffd"
_CONTROL = [bytes([c]) for c in range(32) if c not in b"\t\n\v\f\r\x1b"]
BINARY_SHARE = 0.1
"""Share of control characters from which bytes are no text."""
GUESS_FROM = 100_000
"""Bytes from which an unknown encoding is guessed."""


def from_text(text: str, origin: str = "<text>", warnings: tuple[str, ...] = ()) -> Document:
    """Return the document of a string; its text is the string, unchanged."""
    return Document(text, find_blocks(text), origin, warnings)


def from_path(path: Path) -> Document:
    """Read a text file.

    Raises:
        InputError: where it is missing, a folder, not permitted, empty or not text.

    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: name the files in it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: check the name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{path} cannot be read: {reason}") from None
    return from_bytes(data, str(path))


def from_bytes(data: bytes, origin: str) -> Document:
    """Decode bytes and return their document; a guessed encoding is said in its warnings.

    Raises:
        InputError: where they hold nothing to read or are not text.

    """
    text, warning = _decode(data, origin)
    if not text.strip():
        raise InputError(f"{origin} is empty: there is nothing to score")
    return from_text(text, origin, (warning,) if warning else ())


def _decode(data: bytes, origin: str) -> tuple[str, str | None]:
    """Return the text, and a warning where its encoding had to be guessed or is damaged."""
    for signature, what in _KNOWN_BINARY:
        if data.startswith(signature):
            raise InputError(f"{origin} is {what}, not text: save it as plain text first")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _mended(data, encoding)
    if _looks_binary(data[:GUESS_FROM]):
        raise InputError(f"{origin} is a binary file, not text: save it as plain text first")
    text, warning = _mended(data, "utf-8")
    replaced = text.count(_REPLACEMENT)
    if warning is None or sum(not c.isascii() for c in text) > 3 * replaced:
        return text, warning
    return _guess(data, origin)


def _mended(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return text, "Some bytes are not valid text; each is shown as a replacement character."


def _looks_binary(sample: bytes) -> bool:
    """Tell a binary file from text that a few control characters strayed into."""
    control = sum(sample.count(byte) for byte in _CONTROL)
    return control > BINARY_SHARE * len(sample)


def _guess(data: bytes, origin: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes as guess

    best = guess(data[:GUESS_FROM]).best()
    if best is None:
        raise InputError(f"{origin} is not text in any known encoding: save it as UTF-8")
    # The alphabets of Western and Eastern Europe share their bytes, and a handful of accents
    # cannot tell them apart: in English pages it is nearly always this one.
    encoding = "cp1252" if best.encoding.startswith(_LATIN) else best.encoding
    text = data.decode(encoding, errors="replace")
    return text, f"The encoding is not UTF-8; {encoding} was guessed."
