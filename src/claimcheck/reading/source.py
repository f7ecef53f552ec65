"""What every reader is given: the bytes of an input, where they are from, and the options."""

from dataclasses import dataclass

from claimcheck.errors import InputError


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


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one input.

    Attributes:
        data: the content of a file.
        origin: a path, an address or a name such as ``<stdin>``, for people to read.
        charset: the encoding that a web server named, if any.

    """

    data: bytes
    origin: str
    charset: str | None = None


def refuse_large(origin: str, size: int, limit: int) -> None:
    """Refuse more bytes than the limit.

    Raises:
        InputError: where it is larger; the message says the limit and how to raise it.

    """
    if size > limit:
        raise InputError(
            f"{origin} is larger than the limit of {megabytes(limit)}: "
            "split it, or raise the limit (--max-bytes)"
        )


def megabytes(size: float) -> str:
    """Return a number of bytes as people write it."""
    return f"{size / 1e6:.3g} MB" if size >= 1e5 else f"{size:.0f} bytes"


def refuse_empty(text: str, origin: str) -> None:
    """Refuse a text with nothing in it but white space.

    Raises:
        InputError: where it is empty.

    """
    if not text.strip():
        raise InputError(f"{origin} is empty: there is nothing to score")
