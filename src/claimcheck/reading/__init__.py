"""From an input to a Document: one module and one line of a registry per kind of input."""

from dataclasses import dataclass
from pathlib import Path

from claimcheck.document import Document
from claimcheck.reading.text import from_bytes, from_path


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    Attributes:
        keep: how much of a web page is kept: its ``main`` text, or ``all`` of it.
        timeout: seconds that a web address may take in all.
        max_bytes: the largest input that is read; larger ones are refused.

    """

    keep: str = "main"
    timeout: float = 20.0
    max_bytes: int = 50_000_000


DEFAULT_OPTIONS = ReadOptions()


def read_path(path: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Document:
    """Read a file by the format that its name says.

    Raises:
        InputError: where it cannot be read; the message says what to do.
        MissingExtraError: where its format needs an extra that is not installed.

    """
    return from_path(path)


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
    return from_bytes(data, origin)
