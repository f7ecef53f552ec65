"""Document and Block: the exact text of an article, and the blocks it is made of."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that no sentence crosses, as half-open character offsets into the text.

    Markup such as a bullet or a heading's hash signs lies outside the offsets.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text that every offset refers to, its blocks in reading order, and where it is from.

    Attributes:
        text: exactly what the reader returned; nothing is ever removed from it.
        blocks: ordered, not overlapping, each within the text.
        origin: a path, an address or ``<text>``, for people to read.
        warnings: what the reader had to guess or noticed, one sentence each.

    """

    text: str
    blocks: tuple[Block, ...]
    origin: str = "<text>"
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        position = 0
        for block in self.blocks:
            if not position <= block.start <= block.end <= len(self.text):
                raise ValueError(f"block {block} is out of order or outside the text")
            position = block.end
