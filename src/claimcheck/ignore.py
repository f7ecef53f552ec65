"""Parts of an article that are not to be judged: between marker comments, and quotations.

In HTML and Markdown an editor can write

- ``<!-- claimcheck: off -->``: nothing after it is judged, until
- ``<!-- claimcheck: on -->``, or else the end of the file;
- ``<!-- claimcheck: ignore-next -->``: the first block whose text begins after it (a paragraph,
  a heading, one item of a list, a quotation) is not judged.

A sentence that an ignored part touches is left out whole. Nothing is removed from the text, so
every offset stays what it was.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claimcheck.document import LINE_END, Block, BlockKind, Document, Markup, Span
from claimcheck.reading.htmlparse import PageParser

_OPENING, _CLOSING = "<!--", "-->"
_MARKER = re.compile(r"\s*claimcheck\s*:\s*(.*?)\s*", re.DOTALL | re.IGNORECASE)
_MENTION = re.compile(r"<!--\s*claimcheck", re.IGNORECASE)
_DIRECTIVES = ("off", "on", "ignore-next")

_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*\s+$")
_LAST_WORD_ENDS = re.compile(r"[.!?…][’')\]]?[\"”]$")
_GOES_ON = re.compile(r"\s+[^a-z\s]|\s*$")
_CONTEXT = 8
"""Characters around a quotation that tell whether it stands by itself."""


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment of a source: where it stands there, and what it says."""

    start: int
    end: int
    content: str


def with_ignored(document: Document, comments: bool = True, quotations: bool = False) -> Document:
    """Return a document with what it is to ignore noted in it, and otherwise the same.

    Args:
        document: as its reader returned it.
        comments: whether marker comments count. Plain text has no comments, and so no markers.
        quotations: whether to ignore quotations: blocks that are one, and sentences that stand
            wholly in double quotation marks.

    """
    spans = list(document.ignored)
    warnings: list[str] = []
    if comments and document.markup is not None:
        markers = list(_markers(document.markup))
        spans += _marked(document, document.markup, markers)
        warnings += _misspelt(document.markup, markers)
    if quotations:
        for block in document.blocks:
            spans += _quotations(document.text, block)
    if not spans and not warnings:
        return document
    return replace(
        document,
        ignored=tuple(_merged(spans)),
        warnings=(*document.warnings, *warnings),
    )


def _markers(markup: Markup) -> Iterator[_Comment]:
    """Yield the comments that address claimcheck, each with its directive as its content."""
    if not _MENTION.search(markup.source):
        return  # nearly every file: spares a second parse
    comments = _html_comments(markup) if markup.kind == "html" else _markdown_comments(markup)
    for comment in comments:
        marker = _MARKER.fullmatch(comment.content)
        if marker:
            yield _Comment(comment.start, comment.end, marker.group(1).lower())


def _html_comments(markup: Markup) -> Iterator[_Comment]:
    """Yield what a browser takes for comments: not what only looks so in a script."""
    finder = _CommentFinder(markup.source)
    finder.parse()
    yield from finder.found


class _CommentFinder(PageParser):
    """Collects the comments of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.found: list[_Comment] = []

    def handle_comment(self, data: str) -> None:
        start = self.position()
        self.found.append(_Comment(start, start + len(f"<!--{data}-->"), data))


def _markdown_comments(markup: Markup) -> Iterator[_Comment]:
    """Yield comments that are neither shown, as in inline code, nor part of a code block."""
    code = _code_blocks(markup.source)
    for comment in _written_as_comments(markup.source):
        start, end = comment.start, comment.end
        runs = bisect_left(markup.runs, end, key=lambda run: run.source_start)
        # Inline code in a table, say, is not among the runs, and is no comment either.
        shown = runs > 0 and markup.runs[runs - 1].source_end > start
        shown = shown or markup.source[start - 1 : start] == "`" == markup.source[end : end + 1]
        index = bisect_right(code, start, key=lambda block: block[0]) - 1
        in_code = index >= 0 and start < code[index][1]
        if not shown and not in_code:
            yield comment


def _written_as_comments(source: str) -> Iterator[_Comment]:
    position = 0
    while (start := source.find(_OPENING, position)) >= 0:
        inside = start + len(_OPENING)
        end = source.find(_CLOSING, inside)
        if end < 0:
            return  # nor does any that opens later
        position = end + len(_CLOSING)
        yield _Comment(start, position, source[inside:end])


def _code_blocks(source: str) -> list[tuple[int, int]]:
    """Return where the code blocks of a source begin and end, in order and apart."""
    from markdown_it import MarkdownIt

    starts = [0, *(found.end() for found in LINE_END.finditer(source)), len(source)]
    return [
        (starts[token.map[0]], starts[token.map[1]])
        for token in MarkdownIt().parse(source)
        if token.type in ("fence", "code_block") and token.map
    ]


def _marked(document: Document, markup: Markup, markers: Iterable[_Comment]) -> Iterator[Span]:
    """Yield the parts of the text that marker comments take out."""
    off_at: int | None = None
    for marker in markers:
        if marker.content == "off" and off_at is None:
            off_at = marker.end
        elif marker.content == "on" and off_at is not None:
            yield from _text_between(markup, off_at, marker.start)
            off_at = None
        elif marker.content == "ignore-next":
            yield from _next_block(document, markup, marker.end)
    if off_at is not None:
        yield from _text_between(markup, off_at, len(markup.source))


def _text_between(markup: Markup, start: int, end: int) -> Iterator[Span]:
    """Yield the stretch of text that was taken from a stretch of the source, if there is any."""
    first = bisect_right(markup.runs, start, key=lambda run: run.source_end)
    after = bisect_left(markup.runs, end, key=lambda run: run.source_start)
    if first < after:
        yield Span(markup.runs[first].start, markup.runs[after - 1].end)


def _next_block(document: Document, markup: Markup, after: int) -> Iterator[Span]:
    """Yield the first block that begins after an offset of the source, if there is one."""
    index = bisect_left(document.blocks, after, key=lambda b: markup.source_offset(b.start))
    if index < len(document.blocks):
        block = document.blocks[index]
        yield Span(block.start, block.end)


def _misspelt(markup: Markup, markers: Iterable[_Comment]) -> Iterator[str]:
    line, position = 1, 0
    for marker in markers:
        line += len(LINE_END.findall(markup.source, position, marker.start))
        position = marker.start
        if marker.content not in _DIRECTIVES:
            yield (
                f"Line {line}: the comment 'claimcheck: {marker.content}' does nothing; "
                f"it can be {', '.join(_DIRECTIVES[:-1])} or {_DIRECTIVES[-1]}."
            )


def _quotations(text: str, block: Block) -> Iterator[Span]:
    """Yield a block that is a quotation, or the quoted sentences in another one.

    A quotation that belongs to a sentence of the author's ("'It helps', she said") is not
    ignored: only one that begins where a sentence ends, and ends with one.
    """
    if block.kind is BlockKind.QUOTATION:
        yield Span(block.start, block.end)
        return
    content = text[block.start : block.end]
    for quoted in _QUOTED.finditer(content):
        before = content[max(0, quoted.start() - _CONTEXT) : quoted.start()]
        after = content[quoted.end() : quoted.end() + _CONTEXT]
        begins = not before or _ENDED.search(before)
        if begins and _LAST_WORD_ENDS.search(quoted.group()) and _GOES_ON.match(after):
            yield Span(block.start + quoted.start(), block.start + quoted.end())


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap or touch as one; empty ones are dropped."""
    current: Span | None = None
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if span.start == span.end:
            continue
        if current is not None and span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
