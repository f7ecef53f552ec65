"""Document and Block: the exact text of an article, and the blocks it is made of."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in its source, counted from 1; None where a format has no such thing.

    Attributes:
        line, column: in text formats, of the file as it was read.
        paragraph: in a Word file, of the body's paragraphs.
        page: in a PDF.

    """

    line: int | None = None
    column: int | None = None
    paragraph: int | None = None
    page: int | None = None


NOWHERE = Location()

LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line of a file, to the editors that jump to one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that no sentence crosses, as half-open character offsets into the text.

    Markup such as a bullet or a heading's hash signs lies outside the offsets. ``paragraph`` and
    ``page`` say where the block stands in a Word file or a PDF, counted from 1.
    """

    kind: BlockKind
    start: int
    end: int
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a document's text, and the stretch of markup that it was taken from.

    Where both are equally long they correspond character by character; otherwise (an entity such
    as ``&amp;``) only as a whole.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """A file whose text was taken out of markup: all of it as it was, and where the text stood.

    Attributes:
        kind: the name of the reader's format, ``html`` or ``markdown``.
        source: the whole file, decoded.
        runs: ordered and not overlapping, in the text and in the source.

    """

    kind: str
    source: str
    runs: tuple[Run, ...]

    def source_offset(self, offset: int) -> int:
        """Return where in the source the character at an offset of the text stands.

        Text that stands nowhere in the source (a line break between two paragraphs) belongs to
        the run before it.
        """
        index = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        if index < 0:
            return 0
        run = self.runs[index]
        if run.end - run.start == run.source_end - run.source_start:
            return min(run.source_start + offset - run.start, run.source_end)
        return run.source_start if offset < run.end else run.source_end


@dataclass(frozen=True, slots=True)
class Document:
    """The text that every offset refers to, its blocks in reading order, and where it is from.

    Attributes:
        text: exactly what the reader returned; nothing is ever removed from it.
        blocks: ordered, not overlapping, each within the text.
        origin: a path, an address or ``<text>``, for people to read.
        warnings: what the reader had to guess or noticed, one sentence each.
        ignored: parts that are not to be judged, ordered; a sentence that touches one is left out.
        markup: the file the text was taken out of, where that is not the text itself.

    """

    text: str
    blocks: tuple[Block, ...]
    origin: str = "<text>"
    warnings: tuple[str, ...] = ()
    ignored: tuple[Span, ...] = ()
    markup: Markup | None = None

    def __post_init__(self) -> None:
        position = 0
        for block in self.blocks:
            if not position <= block.start <= block.end <= len(self.text):
                raise ValueError(f"block {block} is out of order or outside the text")
            position = block.end


class Locator:
    """Finds where offsets of one document's text stand in its source."""

    def __init__(self, document: Document) -> None:
        self._markup = document.markup
        source = document.markup.source if document.markup else document.text
        self._has_lines = all(b.paragraph is None and b.page is None for b in document.blocks)
        self._line_starts = [0, *(end.end() for end in LINE_END.finditer(source))]

    def locate(self, offset: int, block: Block) -> Location:
        """Return the location of an offset that lies in a block."""
        if not self._has_lines:
            return Location(paragraph=block.paragraph, page=block.page)
        at = self._markup.source_offset(offset) if self._markup else offset
        line = bisect_right(self._line_starts, at)
        return Location(line=line, column=at - self._line_starts[line - 1] + 1)
