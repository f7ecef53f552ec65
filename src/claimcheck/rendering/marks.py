"""Marks in a source, put so that they change nothing but themselves."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claimcheck.document import LINE_END, Span

END = "</mark>"
_PAIRS = {"`": "`", "[": "]", "<": ">", "*": "*", "_": "_", "~": "~"}
_LONGEST_DELIMITER = 4

MOST_TRIES = 100
"""Times that one block is looked at again to find which of its marks fit; the rest are left out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to be put around a stretch of a source: half-open offsets, and the opening tag."""

    start: int
    end: int
    tag: str


def insert(source: str, marks: Iterable[Mark]) -> str:
    """Return the source with the marks, which must be in order and apart from each other."""
    parts: list[str] = []
    position = 0
    for mark in marks:
        parts += [source[position : mark.start], mark.tag, source[mark.start : mark.end], END]
        position = mark.end
    return "".join([*parts, source[position:]])


def fitted_to_markdown(source: str, marks: Sequence[Mark]) -> list[Mark]:
    """Return marks that leave what Markdown shows as it was.

    A tag is shown as it is inside of code, breaks ``[a reference]``, and can come between
    emphasis and its word: there a mark is put around the delimiters. Where a mark changes what
    is shown all the same, it is left out.
    """
    widened = list(_joined(_widened(source, marks)))
    file = _File(source, {mark.tag for mark in marks})
    whole = _Preview(file, Span(0, len(source)))
    if whole.is_same(widened):
        return widened
    fitted: list[Mark] = []
    for block in file.blocks:
        inside = _within(widened, block)
        if inside:
            fitted += _Preview(file, block).fitted((), inside)
    return fitted if whole.is_same(fitted) else whole.fitted((), fitted)


def _within(marks: Sequence[Mark], span: Span) -> list[Mark]:
    first = bisect_left(marks, span.start, key=lambda mark: mark.start)
    after = bisect_left(marks, span.end, key=lambda mark: mark.start)
    return [mark for mark in marks[first:after] if mark.end <= span.end]


def _widened(source: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks, each around the delimiters that enclose its words and nothing else."""
    free_from = 0
    for mark in marks:
        start, end = mark.start, mark.end
        while start > free_from and _PAIRS.get(source[start - 1]) == source[end : end + 1]:
            is_link = source[end] == "]" and source[end + 1 : end + 2] in ("(", "[")
            if is_link or mark.start - start == _LONGEST_DELIMITER:
                break
            start, end = start - 1, end + 1
        if start > free_from and source[start - 1] == "\\":
            start -= 1
        free_from = end
        yield replace(mark, start=start, end=end)


def _joined(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks with those of one finding that touch each other made one."""
    current: Mark | None = None
    for mark in marks:
        if current and current.end == mark.start and current.tag == mark.tag:
            current = replace(current, end=mark.end)
            continue
        if current:
            yield current
        current = mark
    if current:
        yield current


class _File:
    """A Markdown file: its blocks, and what is shown of it and of parts of it."""

    def __init__(self, source: str, tags: Collection[str]) -> None:
        from markdown_it import MarkdownIt

        self.source = source
        self._tags = (*tags, END)
        self._parser = MarkdownIt("commonmark", {"html": True})
        self._parser.enable(["table", "strikethrough"])
        self._defined: dict[str, Any] = {}  # where links lead whose addresses stand elsewhere
        starts = [0, *(end.end() for end in LINE_END.finditer(source)), len(source)]
        self.blocks = [
            Span(starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)])
            for token in self._parser.parse(source, self._defined)
            if token.level == 0 and token.map
        ]

    def shown(self, text: str) -> str:
        """Return what is shown of a text of this file, as HTML without the tags of marks."""
        shown: str = self._parser.render(text, {**self._defined})
        for tag in self._tags:
            shown = shown.replace(tag, "")
        return shown


class _Preview:
    """What is shown of a part of a file with marks, compared with what is shown without."""

    def __init__(self, file: _File, part: Span) -> None:
        self._file = file
        self._part = part
        self._text = file.source[part.start : part.end]
        self._wanted = file.shown(self._text)
        self._tries = MOST_TRIES

    def is_same(self, marks: Iterable[Mark]) -> bool:
        """Tell whether marks that lie in the part change nothing of what is shown."""
        by = self._part.start
        moved = (replace(mark, start=mark.start - by, end=mark.end - by) for mark in marks)
        return self._file.shown(insert(self._text, moved)) == self._wanted

    def fitted(self, kept: Sequence[Mark], marks: Sequence[Mark]) -> list[Mark]:
        """Add marks to those kept: all at once where that is possible, else by halves."""
        self._tries -= 1
        if self.is_same((*kept, *marks)):
            return [*kept, *marks]
        if len(marks) > 1 and self._tries > 0:
            half = len(marks) // 2
            return self.fitted(self.fitted(kept, marks[:half]), marks[half:])
        return list(kept)
