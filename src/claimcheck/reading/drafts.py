"""From the pieces that a reader found to a Document, with the way back to the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.document import Block, BlockKind, Document, Markup, Run

GAP = "\n\n"
"""What stands between two blocks in the text of a document that was taken out of markup."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and where in the source it stood; start is None where it stood nowhere.

    Where text and source are equally long they are the same characters; otherwise they correspond
    as a whole.
    """

    text: str
    start: int | None = None
    end: int = 0

    @property
    def is_verbatim(self) -> bool:
        """Whether every character is the source's own."""
        return self.start is not None and self.end - self.start == len(self.text)


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has a place in a document.

    Attributes:
        kind: what it is.
        pieces: its text, in order.
        level: of a heading, from 1; a section ends at the next heading of its level or above.
        paragraph: its number in a Word file, from 1.
        page: its page in a PDF, from 1.

    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 1
    paragraph: int | None = None
    page: int | None = None

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return "".join(piece.text for piece in self.pieces)


def assemble(
    drafts: Sequence[Draft], origin: str, warnings: tuple[str, ...], markup: tuple[str, str] | None
) -> Document:
    """Return the document of some blocks, one blank line between two.

    Args:
        drafts: the blocks in reading order, their pieces in the order of the source.
        origin: where it is from, for people.
        warnings: what the reader had to guess or left out.
        markup: the name of the format and the whole source, where the pieces point into it.

    """
    texts: list[str] = []
    blocks: list[Block] = []
    runs: list[Run] = []
    position = 0
    for draft in drafts:
        if texts:
            texts.append(GAP)
            position += len(GAP)
        start = position
        for piece in joined(draft.pieces):
            end = position + len(piece.text)
            if piece.start is not None:
                runs.append(Run(position, end, piece.start, piece.end))
            texts.append(piece.text)
            position = end
        blocks.append(Block(draft.kind, start, position, draft.paragraph, draft.page))
    found = Markup(markup[0], markup[1], tuple(runs)) if markup else None
    return Document("".join(texts), tuple(blocks), origin, warnings, markup=found)


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces with those that follow each other, in text and source, made one."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not _follows(group[-1], piece):
            yield _merged(group)
            group = []
        group.append(piece)
    if group:
        yield _merged(group)


def _follows(before: Piece, after: Piece) -> bool:
    return before.is_verbatim and after.is_verbatim and before.end == after.start


def _merged(group: Sequence[Piece]) -> Piece:
    if len(group) == 1:
        return group[0]
    return Piece("".join(piece.text for piece in group), group[0].start, group[-1].end)
