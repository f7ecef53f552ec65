"""Plain text: as it is, with blocks found by its layout."""

from pathlib import Path

from claimcheck.document import Document
from claimcheck.reading.blocks import find_blocks
from claimcheck.reading.decoding import decode
from claimcheck.reading.files import load
from claimcheck.reading.source import DEFAULT_OPTIONS, ReadOptions, Source


def from_text(text: str, origin: str = "<text>", warnings: tuple[str, ...] = ()) -> Document:
    """Return the document of a string; its text is the string, unchanged."""
    return Document(text, find_blocks(text), origin, warnings)


def from_path(path: Path) -> Document:
    """Read a file as plain text, whatever its name; for raised errors see ``reading.read_path``."""
    return read(load(path, DEFAULT_OPTIONS))


def from_bytes(data: bytes, origin: str) -> Document:
    """Read bytes as plain text; for raised errors see ``reading.read_bytes``."""
    return read(Source(data, origin))


def read(source: Source, options: ReadOptions = DEFAULT_OPTIONS) -> Document:
    """Read plain text; a guessed encoding is said in its warnings.

    Raises:
        InputError: where it holds nothing to read or is not text.

    """
    text, warnings = decode(source)
    return from_text(text, source.origin, warnings)
