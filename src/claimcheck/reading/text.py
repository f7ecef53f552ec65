"""Plain text: as it is, with blocks found by its layout."""

from claimcheck.document import Document
from claimcheck.reading.blocks import find_blocks
from claimcheck.reading.decoding import decode
from claimcheck.reading.source import DEFAULT_OPTIONS, ReadOptions, Source


def from_text(text: str, origin: str = "<text>", warnings: tuple[str, ...] = ()) -> Document:
    """Return the document of a string; its text is the string, unchanged."""
    return Document(text, find_blocks(text), origin, warnings)


def read(source: Source, options: ReadOptions = DEFAULT_OPTIONS) -> Document:
    """Read plain text; a guessed encoding is said in its warnings.

    Raises:
        InputError: where it holds nothing to read or is not text.

    """
    text, warnings = decode(source)
    return from_text(text, source.origin, warnings)
