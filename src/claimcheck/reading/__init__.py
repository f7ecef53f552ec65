"""From an input to a Document: one module and one line of a registry per kind of input."""

from dataclasses import replace
from pathlib import Path, PurePath

from claimcheck.document import Document
from claimcheck.reading.files import expand, load
from claimcheck.reading.registry import ENDINGS, TEXT, by_ending
from claimcheck.reading.source import DEFAULT_OPTIONS, ReadOptions, Source, refuse_large

__all__ = [
    "DEFAULT_OPTIONS",
    "ENDINGS",
    "ReadOptions",
    "expand",
    "is_address",
    "read_address",
    "read_bytes",
    "read_path",
]


def read_path(path: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Document:
    """Read a file by the format that its name says.

    Raises:
        InputError: where it cannot be read; the message says what to do.
        MissingExtraError: where its format needs an extra that is not installed.

    """
    return _read(load(path, options), path.suffix, options)


def read_bytes(
    data: bytes, origin: str, name: str = "", options: ReadOptions = DEFAULT_OPTIONS
) -> Document:
    """Read what came from somewhere else, such as standard input.

    Args:
        data: the content of a file.
        origin: where it is from, for people.
        name: a file name whose ending says the format; plain text without one.
        options: see ReadOptions.

    Raises: see read_path.

    """
    refuse_large(origin, len(data), options.max_bytes)
    return _read(Source(data, origin), PurePath(name).suffix, options)


def is_address(name: str) -> bool:
    """Tell a web address from the name of a file."""
    return name.lower().startswith(("http://", "https://"))


def read_address(url: str, options: ReadOptions = DEFAULT_OPTIONS) -> Document:
    """Read a web page, or another file that can be read, from its address.

    Args:
        url: begins with ``http://`` or ``https://``.
        options: see ReadOptions; its time and its size are limits of the whole.

    Raises: see read_path.

    """
    from claimcheck.reading.web import fetch

    page = fetch(url, options)
    document = page.format.reader(page.source, options)
    return replace(document, warnings=(*page.warnings, *document.warnings))


def _read(source: Source, ending: str, options: ReadOptions) -> Document:
    known = by_ending(ending)
    document = (known or TEXT).reader(source, options)
    if known or not ending:
        return document
    warning = f"The ending {ending} is not known; it was read as plain text."
    return replace(document, warnings=(warning, *document.warnings))
