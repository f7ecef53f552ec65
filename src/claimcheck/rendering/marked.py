"""The editor's own HTML or Markdown handed back, with a mark around each finding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from claimcheck.document import Markup, Span
from claimcheck.errors import ClaimcheckError
from claimcheck.labels import LABEL_WORDS
from claimcheck.reading.decoding import known_encoding
from claimcheck.rendering.display import certainty, explanation
from claimcheck.rendering.marks import END, Mark, fitted_to_markdown, insert
from claimcheck.rendering.sources import source_pieces
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

_CHARSET = re.compile(
    r"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_TAG = re.compile(r"<[A-Za-z/!?]")  # one that never ends reads as text, until a mark ends it
_HEAD = 2048
"""Characters of a page in which it may name its encoding."""


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str | bytes:
    """Return the source of a report with ``<mark>`` elements in it, and otherwise unchanged.

    No mark crosses a tag: a sentence with tags in it gets several marks. A page that names an
    encoding other than UTF-8 is returned as bytes in that encoding.

    Raises:
        ClaimcheckError: where there are several reports, or one that is not of HTML or Markdown.

    """
    report, markup = _only_markup(reports)
    marks = [m for s in selection.findings(report) for m in _marks(markup, s)]
    if markup.kind == "markdown":
        marks = fitted_to_markdown(markup.source, marks)
    result = insert(markup.source, marks)
    encoding = _encoding(markup)
    return result.encode(encoding, errors="xmlcharrefreplace") if encoding else result


def _only_markup(reports: Sequence[Report]) -> tuple[Report, Markup]:
    if len(reports) != 1:
        raise ClaimcheckError("--format marked hands back one file: score one at a time")
    report = reports[0]
    if report.markup is None:
        raise ClaimcheckError(
            f"--format marked needs HTML or Markdown, and {report.origin} is neither: "
            "choose another format"
        )
    return report, report.markup


def _marks(markup: Markup, sentence: ScoredSentence) -> Iterator[Mark]:
    title = f"{LABEL_WORDS[sentence.label].title} ({certainty(sentence)}): {explanation(sentence)}"
    tag = f'<mark class="claimcheck-{sentence.label}" title="{escape(title)}">'
    pieces = source_pieces(markup, sentence.start, sentence.end)
    for piece in _joined(markup.source, pieces):
        text = markup.source[piece.start : piece.end]
        is_tag = END in text or (markup.kind == "html" and _TAG.search(text))
        if text.strip() and not is_tag:
            yield Mark(piece.start, piece.end, tag)


def _joined(source: str, pieces: Iterable[Span]) -> Iterator[Span]:
    """Yield the pieces with those made one between which there is white space at most."""
    current: Span | None = None
    for piece in pieces:
        if current and not source[current.end : piece.start].strip():
            current = Span(current.start, piece.end)
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current


def _encoding(markup: Markup) -> str | None:
    """Return the encoding that a page says it is in; None for UTF-8."""
    named = _CHARSET.search(markup.source[:_HEAD]) if markup.kind == "html" else None
    name = known_encoding(named[1]) if named else None
    # A page that names UTF-16 in ASCII letters cannot be in it: browsers read it as UTF-8.
    return None if name is None or name.startswith("utf") else name
