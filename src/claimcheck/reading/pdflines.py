"""From lines on pages to paragraphs: what a reader's eye does with space, size and indents."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

_MARKER = re.compile(r"(?:[•‣▪◦·●■–—*]|\d{1,2}[.)])\s+(?=\S)")
_LONE_MARKER = re.compile(r"[•‣▪◦·●■–—*]|\d{1,2}[.)]")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*|[ivxl]{1,6}", re.IGNORECASE
)
MARGIN = 0.12
"""Share of a page's height, at the top and at the bottom, where running lines stand."""
_HEADING_WORDS = 25


@dataclass(frozen=True)
class Line:
    """A line on a page; lengths are in points, measured from the lower left.

    Attributes:
        text: without white space at its ends, and never empty where it is used.
        page: counted from 1.
        left, right, bottom: where it stands on the page.
        size: of most of its characters.
        bold: whether nearly all of it is bold.
        height: where it stands as a share of the page's height, from the bottom.
        is_heading: whether it looks larger or bolder than the text.
        column_right: where the lines that begin like it end.

    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    height: float
    is_heading: bool = False
    column_right: float = 0.0

    @cached_property
    def marker(self) -> str:
        """The bullet or number of a list item that it begins with, or nothing."""
        found = _MARKER.match(self.text)
        return found.group() if found and not self.is_heading else ""

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence may end with it."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def is_short(self) -> bool:
        """Whether the next word would well have had room on it."""
        return self.right < self.column_right - 0.15 * (self.column_right - self.left)


def without_margins(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of all pages without page numbers, running headers and running footers.

    A running line stands in the margin at the same height of more than one page, and says the
    same but for its figures.
    """
    counts = Counter(
        key for page in pages for key in {_running(line) for line in page if _in_margin(line)}
    )
    return [
        line
        for page in pages
        for line in page
        if not _in_margin(line)
        or not (_PAGE_NUMBER.fullmatch(line.text) or counts[_running(line)] > 1)
    ]


def _in_margin(line: Line) -> bool:
    return not MARGIN < line.height < 1 - MARGIN


def _running(line: Line) -> tuple[str, int]:
    """Return what a running line has in common with itself on other pages."""
    return re.sub(r"\d+", "#", line.text), round(line.height * 100)


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each heading, paragraph and list item, in reading order."""
    lines = _described(_with_markers(lines))
    leading = _leading(lines)
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _with_markers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with bullets that stand far off put before the line at their right."""
    texts = {index: line.text for index, line in enumerate(lines)}
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    for index, line in enumerate(lines):
        if not _LONE_MARKER.fullmatch(line.text):
            continue
        beside = [
            other
            for other in pages[line.page]
            if other in texts  # one bullet may have been put before another
            and lines[other].left > line.left
            and abs(lines[other].bottom - line.bottom) < 0.5 * lines[other].size
        ]
        if beside:
            item = min(beside, key=lambda other: lines[other].left)
            texts[item] = f"{texts.pop(index)} {texts[item]}"
    return [replace(lines[index], text=text) for index, text in texts.items()]


def _described(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with what only the others tell: headings, and the width of columns."""
    letters: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
        bold[line.bold] += len(line.text)
    body = max(letters, key=lambda size: letters[size])
    bold_body = bold[True] > bold[False]
    rights: dict[tuple[int, int], float] = {}
    for line in lines:
        rights[_column(line)] = max(rights.get(_column(line), 0.0), line.right)
    return [
        replace(
            line,
            is_heading=len(line.text.split()) <= _HEADING_WORDS
            and (
                line.size > 1.12 * body
                or (line.bold and not bold_body and not line.text.endswith((".", ",", ";")))
            ),
            column_right=rights[_column(line)],
        )
        for line in lines
    ]


def _column(line: Line) -> tuple[int, int]:
    """Return a key that the lines of one column of a page share, indented ones mostly too."""
    return line.page, round(line.left / 60)


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between the lines of a paragraph, in sizes of its characters.

    Where paragraphs are short, half of all distances are those between paragraphs; so it is one
    of the smaller ones.
    """
    gaps = [
        (above.bottom - below.bottom) / above.size
        for above, below in pairwise(lines)
        if above.page == below.page and above.size and abs(above.size - below.size) < 0.5
    ]
    usual = sorted(gap for gap in gaps if 0.8 < gap < 2.5)
    return usual[len(usual) // 5] if usual else 1.2


def _continues(group: Sequence[Line], line: Line, leading: float) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    first, last = group[0], group[-1]
    if line.marker or line.is_heading != first.is_heading:
        return False
    if abs(line.size - last.size) > 0.1 * last.size + 0.1:
        return False
    drop = last.bottom - line.bottom
    in_column = line.page == last.page and drop > 0 and line.left < last.right
    if not in_column:
        return not first.is_heading and not last.ends_sentence
    if drop > 1.3 * leading * last.size:
        return False
    if first.is_heading:
        return True
    indented = not first.marker and line.left > min(x.left for x in group[-2:]) + 0.7 * line.size
    return not last.ends_sentence or not (last.is_short or indented)
