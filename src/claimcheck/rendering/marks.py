"""Marks in a source, put so that they change nothing but themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

END = "</mark>"
_PAIRS = {"`": "`", "[": "]", "<": ">", "*": "*", "_": "_", "~": "~"}
_LONGEST_DELIMITER = 4


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
    return _fit(_Preview(source, marks), (), tuple(_joined(_widened(source, marks))))


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


class _Preview:
    """What Markdown makes of a source with marks, compared with what it makes of it without."""

    def __init__(self, source: str, marks: Sequence[Mark]) -> None:
        from markdown_it import MarkdownIt

        self.source = source
        self._tags = {mark.tag for mark in marks}
        self._parser = MarkdownIt("commonmark", {"html": True})
        self._parser.enable(["table", "strikethrough"])
        self._wanted = self._shown(source)

    def is_same(self, marks: Sequence[Mark]) -> bool:
        return self._shown(insert(self.source, marks)) == self._wanted

    def _shown(self, text: str) -> str:
        shown: str = self._parser.render(text)
        for tag in (*self._tags, END):
            shown = shown.replace(tag, "")
        return shown


def _fit(preview: _Preview, kept: tuple[Mark, ...], marks: tuple[Mark, ...]) -> list[Mark]:
    """Add marks to those kept: all at once where that is possible, else by halves."""
    if preview.is_same([*kept, *marks]):
        return [*kept, *marks]
    if len(marks) > 1:
        half = len(marks) // 2
        return _fit(preview, tuple(_fit(preview, kept, marks[:half])), marks[half:])
    return list(kept)
