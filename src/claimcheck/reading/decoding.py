"""From bytes to text: which encoding, and whether it is text at all."""

import codecs

from claimcheck.errors import InputError
from claimcheck.reading.source import Source, refuse_empty

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARY = (
    (b"%PDF-", "a PDF", "give it a name that ends in .pdf"),
    (b"PK\x03\x04", "a Word file or another zip archive", "the name of a Word file ends in .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it as .docx"),
    (b"{\\rtf", "an RTF file", "save it as .docx"),
    (b"\x89PNG", "a PNG picture", "save its words as plain text"),
    (b"\xff\xd8\xff", "a JPEG picture", "save its words as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
)
ACCENTS = 0.1
"""Share of the bytes beyond ASCII below which a text can be English with accents and quotes."""
_LATIN = ("cp125", "iso8859", "latin", "mac_")
_TEXT_ENCODINGS = (
    "ascii", "big5", "cp", "euc", "gb", "hz", "iso2022", "iso8859", "johab", "koi8", "kz1048",
    "mac", "ptcp", "shift_jis", "tis", "utf",
)  # fmt: skip
_REPLACEMENT = "\ufffd"
_CONTROL = [bytes([c]) for c in range(32) if c not in b"\t\n\v\f\r\x1b"]
BINARY_SHARE = 0.1
"""Share of control characters from which bytes are no text."""
GUESS_FROM = 100_000
"""Bytes from which an unknown encoding is guessed."""


def decode(source: Source, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of some bytes, and warnings where something was guessed or is damaged.

    A byte order mark says the encoding; then the server does (``source.charset``), then the text
    itself (``declared``); then it is UTF-8; and then it is guessed.

    Raises:
        InputError: where they hold nothing to read or are not text.

    """
    text, warning = _decode(source.data, source.origin, source.charset, declared)
    refuse_empty(text, source.origin)
    return text, (warning,) if warning else ()


def _decode(data: bytes, origin: str, *declared: str | None) -> tuple[str, str | None]:
    for signature, what, advice in _KNOWN_BINARY:
        if data.startswith(signature):
            raise InputError(f"{origin} is {what}, not text: {advice}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _mended(data, encoding)
    named = next((e for e in map(known_encoding, declared) if e), None)
    if named and named.startswith(("utf-16", "utf-32")):
        return _mended(data, named)  # text in these has control bytes everywhere
    if _looks_binary(data[:GUESS_FROM]):
        raise InputError(f"{origin} is a binary file, not text: save it as plain text first")
    text, warning = _mended(data, "utf-8")
    # Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever an old page says of itself.
    if named and not (warning is None and (named == "cp1252" or named == "utf-8")):
        return _mended(data, named)
    replaced = text.count(_REPLACEMENT)
    if named or warning is None or sum(not c.isascii() for c in text) > 3 * replaced:
        return text, warning
    return _guess(data, origin)


def known_encoding(name: str | None) -> str | None:
    """Return Python's name of an encoding that pages may be in; browsers read Latin-1 as cp1252."""
    try:
        known = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return None
    if not known.startswith(_TEXT_ENCODINGS):
        return None  # a codec such as rot13, which is no encoding of text
    return "cp1252" if known in ("ascii", "iso8859-1") else known


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
    from charset_normalizer.utils import is_multi_byte_encoding

    best = guess(data[:GUESS_FROM]).best()
    if best is None:
        raise InputError(f"{origin} is not text in any known encoding: save it as UTF-8")
    # The alphabets of Western and Eastern Europe share their bytes, and a handful of accents or
    # curly quotes cannot tell them apart: in English pages it is nearly always this one.
    is_western = best.encoding.startswith(_LATIN) or (
        _is_mostly_ascii(data[:GUESS_FROM]) and not is_multi_byte_encoding(best.encoding)
    )
    encoding = "cp1252" if is_western else best.encoding
    text = data.decode(encoding, errors="replace")
    return text, f"The encoding is not UTF-8; {encoding} was guessed."


def _is_mostly_ascii(sample: bytes) -> bool:
    """Tell English text with a few accents and quotes from text in another alphabet."""
    return sum(byte > 0x7F for byte in sample) < ACCENTS * len(sample)
