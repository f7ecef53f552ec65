"""CSV: one sentence a row, for spreadsheets (RFC 4180, UTF-8, with a header)."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from claimcheck.rendering.display import displayable
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

COLUMNS = (
    *("origin", "line", "column", "paragraph", "page", "start", "end", "kind"),
    *("label", "confidence", "unsure", "reasons", "why", "advice", "text", "fingerprint"),
)
# The wide forms are the same signs to a spreadsheet in an East Asian language.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return every sentence as a row.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front of it, and
    control characters are replaced; where the exact text matters, JSON has it.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(list(_row(report.origin, s)) for s in report.sentences)
    return out.getvalue()


def _row(origin: str, sentence: ScoredSentence) -> Iterator[str | int | float | None]:
    location = sentence.location
    yield _defused(origin)
    yield from (location.line, location.column, location.paragraph, location.page)
    yield from (sentence.start, sentence.end, sentence.kind.value, sentence.label.value)
    yield from (round(sentence.confidence, 4), str(sentence.unsure).lower())
    yield " ".join(reason.value for reason in sentence.reasons)
    yield from (sentence.why, sentence.advice, _defused(sentence.text), sentence.fingerprint)


def _defused(text: str) -> str:
    shown = displayable(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown
