"""Find the blocks of plain text: headings, paragraphs, list items and quotations.

Plain text has no markup that could be relied on, so this reads layout the way a person does:
a line is a block of its own, unless it is visibly the continuation of a hard-wrapped paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.document import Block, BlockKind

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_MARKERS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"\s*#{1,6}\s+"), BlockKind.HEADING),
    (re.compile(r"\s*(?:[-*•‣▪◦·–—]|\d{1,2}[.)])\s+(?=\S)"), BlockKind.LIST_ITEM),
    (re.compile(r"\s*>\s?"), BlockKind.QUOTATION),
)
_WEAK_MARKER = re.compile(r"\s*(?:[–—]|\d{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"[.!:;,…][\"'”’)\]]*$")

HEADING_WORDS = 18
"""A line of at most this many words that ends without punctuation, or asks, reads as a heading."""

WRAP_WIDTHS = range(45, 101)
"""Widths, in characters, at which people and mail programs wrap lines by hand."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    kind: BlockKind | None  # None where no marker says what it is
    indented: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether it looks cut at a column, in the middle of a sentence."""
        return len(self.text) in WRAP_WIDTHS and not _SENTENCE_END.search(self.text)


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text in order; markers and blank lines stay outside them."""
    return tuple(block for chunk in _chunks(text) for block in _blocks_of(chunk))


def _chunks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines with no blank line between them."""
    chunk: list[_Line] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        gap = text[previous_end : match.start()]
        previous_end = match.end()
        if chunk and _line_breaks(gap) > 1:
            yield chunk
            chunk = []
        line = _parse_line(match.group(), match.start(), chunk[-1] if chunk else None)
        if line is not None:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _line_breaks(gap: str) -> int:
    return len(gap.replace("\r\n", "\n"))


def _parse_line(raw: str, offset: int, previous: _Line | None) -> _Line | None:
    kind = None
    body_at = 0
    # A wrapped line may happen to begin with a dash or with "12."
    in_prose = previous is not None and previous.kind is None and previous.goes_on
    for pattern, marked in _MARKERS:
        marker = pattern.match(raw)
        if marker and not (in_prose and _WEAK_MARKER.match(raw)):
            kind, body_at = marked, marker.end()
            break
    body = raw[body_at:]
    stripped = body.strip()
    if not stripped:
        return None
    start = offset + body_at + (len(body) - len(body.lstrip()))
    return _Line(stripped, start, kind, indented=raw[0] in " \t")


def _blocks_of(chunk: list[_Line]) -> Iterator[Block]:
    for run in _joined(chunk):
        first, last = run[0], run[-1]
        kind = first.kind or (_kind_by_look(first) if len(run) == 1 else BlockKind.PARAGRAPH)
        yield Block(kind, first.start, last.end)


def _joined(chunk: list[_Line]) -> Iterator[list[_Line]]:
    """Group the lines of a chunk: each for itself, or wrapped lines together."""
    if _is_hard_wrapped(chunk):
        yield chunk
        return
    run: list[_Line] = []
    for line in chunk:
        if run and not _continues(run, line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(run: list[_Line], line: _Line) -> bool:
    """Tell whether a line belongs to the list item or the quotation before it."""
    if run[0].kind is BlockKind.LIST_ITEM and line.kind is None:
        return line.indented or (run[-1].goes_on and line.text[0].islower())
    both_quoted = run[0].kind is line.kind is BlockKind.QUOTATION
    return both_quoted and run[-1].goes_on


def _is_hard_wrapped(chunk: list[_Line]) -> bool:
    """Tell prose wrapped at a column from lines that each stand for themselves.

    Wrapped lines are nearly as wide as the widest, and most go on in mid-sentence, so the
    next one seldom starts with a capital.
    """
    if len(chunk) < 2 or any(line.kind is not None for line in chunk):
        return False
    widths = [len(line.text) for line in chunk]
    full = widths[:-1]
    if max(widths) not in WRAP_WIDTHS or min(full) < 0.6 * max(full):
        return False
    mid_sentence = sum(not line.text[0].isupper() for line in chunk[1:])
    return mid_sentence >= (len(chunk) - 1) / 2


def _kind_by_look(line: _Line) -> BlockKind:
    return BlockKind.HEADING if reads_as_heading(line.text) else BlockKind.PARAGRAPH


def reads_as_heading(line: str) -> bool:
    """Tell a heading from a paragraph by its length and its end; ``line`` is stripped."""
    return len(line.split()) <= HEADING_WORDS and not _SENTENCE_END.search(line)
