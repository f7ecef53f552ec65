"""What every output for people shares: text made safe to show, and the shape of an article."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.document import BlockKind
from claimcheck.report import Report, ScoredSentence

_KEEP = {"\n", "\t"}
_DIRECTION_OVERRIDES = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block to show: pieces of text in order, each with its sentence where it is one."""

    kind: BlockKind
    pieces: tuple[tuple[str, ScoredSentence | None], ...]


def shown_blocks(report: Report) -> Iterator[ShownBlock]:
    """Yield the blocks of an article with all their text, marked and unmarked."""
    sentences = iter(report.sentences)
    sentence = next(sentences, None)
    for index, block in enumerate(report.blocks):
        pieces: list[tuple[str, ScoredSentence | None]] = []
        position = block.start
        while sentence is not None and sentence.block == index:
            if sentence.start > position:
                pieces.append((report.text[position : sentence.start], None))
            pieces.append((sentence.text, sentence))
            position = sentence.end
            sentence = next(sentences, None)
        if position < block.end:
            pieces.append((report.text[position : block.end], None))
        yield ShownBlock(block.kind, tuple((displayable(t), s) for t, s in pieces))


def displayable(text: str) -> str:
    """Return text that cannot move the cursor, recolour a terminal or turn the line around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "�" if unicodedata.category(c) in ("Cc", "Cs") and c not in _KEEP else c
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if c not in _DIRECTION_OVERRIDES
    )


def percent(share: float) -> str:
    """Return a share from 0 to 1 as whole percent."""
    return f"{share:.0%}"
