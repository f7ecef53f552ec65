"""The formats that can be read: one line each, and one module with a function ``read``."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from claimcheck.document import Document
from claimcheck.reading.source import ReadOptions, Source

Reader = Callable[[Source, ReadOptions], Document]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of input.

    Attributes:
        name: as people say it, and the module of this package that reads it.
        endings: of file names, in lower case with the dot.
        types: what web servers call it.

    """

    name: str
    endings: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def reader(self) -> Reader:
        """The function that reads it."""
        read: Reader = import_module(f"claimcheck.reading.{self.name}").read
        return read


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TEXT = Format("text", (".txt", ".text"), ("text/plain",))
FORMATS = (
    TEXT,
    Format("markdown", (".md", ".markdown"), ("text/markdown", "text/x-markdown")),
    Format("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    Format("docx", (".docx",), (_WORD,)),
    Format("pdf", (".pdf",), ("application/pdf", "application/x-pdf")),
)
_BY_ENDING = {ending: format_ for format_ in FORMATS for ending in format_.endings}
_BY_TYPE = {type_: format_ for format_ in FORMATS for type_ in format_.types}

ENDINGS = tuple(_BY_ENDING)
"""The endings of file names that can be read."""


def by_ending(ending: str) -> Format | None:
    """Return the format of a file name's ending, such as ``.md``, if it is known."""
    return _BY_ENDING.get(ending.lower())


def by_type(content_type: str) -> Format | None:
    """Return the format of a content type without parameters, if it is known."""
    return _BY_TYPE.get(content_type.lower())
