"""Where a sentence stands in the file that it was read from, as offsets into that file."""

from bisect import bisect_left, bisect_right

from claimcheck.document import Document, Location, Locator, Markup, Span
from claimcheck.report import Report, ScoredSentence


class Source:
    """The text of a report's file, and how to find its sentences there.

    There is one only for formats that are text themselves: see ``source_of``.
    """

    def __init__(self, report: Report) -> None:
        self._markup = report.markup
        self.text = report.markup.source if report.markup else report.text
        self._blocks = report.blocks
        self._lines = Locator(Document(self.text, ()))

    def span(self, sentence: ScoredSentence) -> Span:
        """Return the half-open offsets of a sentence in the file."""
        if self._markup is None:
            return Span(sentence.start, sentence.end)
        pieces = source_pieces(self._markup, sentence.start, sentence.end)
        if not pieces:
            at = self._markup.source_offset(sentence.start)
            return Span(at, at)
        return Span(pieces[0].start, pieces[-1].end)

    def locate(self, offset: int, sentence: ScoredSentence) -> Location:
        """Return line and column of an offset of the file."""
        return self._lines.locate(offset, self._blocks[sentence.block])


def source_of(report: Report) -> Source | None:
    """Return the text of a report's file; None for a Word file or a PDF, which are no text."""
    if any(b.paragraph is not None or b.page is not None for b in report.blocks):
        return None
    return Source(report)


def source_pieces(markup: Markup, start: int, end: int) -> list[Span]:
    """Return the stretches of the source that hold a stretch of the text, in order."""
    first = bisect_right(markup.runs, start, key=lambda run: run.end)
    last = bisect_left(markup.runs, end, key=lambda run: run.start)
    pieces = []
    for run in markup.runs[first:last]:
        source_start, source_end = run.source_start, run.source_end
        if run.end - run.start == source_end - source_start:
            source_end -= max(run.end - end, 0)
            source_start += max(start - run.start, 0)
        if source_start < source_end:
            pieces.append(Span(source_start, source_end))
    return pieces
