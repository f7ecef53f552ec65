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

    A tag would be shown as it is inside of code, would break ``[a reference]`` and can come
    between emphasis and its word. There the mark is put around the delimiters; where even that
    changes what is shown, it is left out.
    """
    return _fit(_Preview(source, marks), (), tuple(marks))


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
    for wider in _wider(preview.source, marks[0]):
        is_apart = not kept or kept[-1].end <= wider.start
        if is_apart and preview.is_same([*kept, wider]):
            return [*kept, wider]
    return list(kept)


def _wider(source: str, mark: Mark) -> Iterator[Mark]:
    """Yield the mark with more and more of the delimiters around it."""
    if source[mark.start - 1 : mark.start] == "\\":
        mark = replace(mark, start=mark.start - 1)
        yield mark
    for _ in range(_LONGEST_DELIMITER):
        before, after = source[mark.start - 1 : mark.start], source[mark.end : mark.end + 1]
        if not before or _PAIRS.get(before) != after:
            return
        mark = replace(mark, start=mark.start - 1, end=mark.end + 1)
        yield mark
