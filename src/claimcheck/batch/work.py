"""From documents to rows: what is done in each process, and what a chunk of documents gives."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from claimcheck.batch.items import Item
from claimcheck.batch.job import Job
from claimcheck.batch.rows import Row, RowKind, error_row, rows_of
from claimcheck.errors import ClaimcheckError, own_fault
from claimcheck.ignore import with_ignored

if TYPE_CHECKING:
    from claimcheck.scoring import Scorer

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Inside a JSON string, but ends of a line to some readers."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was done. Documents that could not be scored are in both numbers."""

    documents: int = 0
    sentences: int = 0
    errors: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.documents + other.documents,
            self.sentences + other.sentences,
            self.errors + other.errors,
        )

    def to_dict(self) -> dict[str, int]:
        """Return the JSON form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some documents as JSON lines, UTF-8, and how many they are."""

    lines: bytes
    counts: Counts


def score_part(scorer: "Scorer", items: Iterable[Item], job: Job) -> Part:
    """Score some documents; each that cannot be is a row that says why.

    Raises:
        ClaimcheckError: where the model itself fails: no other document would fare better.

    """
    lines: list[bytes] = []
    counts = Counts()
    for item in items:
        rows, found = score_item(scorer, item, job)
        lines += map(_line, rows)
        counts += found
    return Part(b"".join(lines), counts)


def score_item(scorer: "Scorer", item: Item, job: Job) -> tuple[list[Row], Counts]:
    """Return the rows of one document, or the one that says why there are none.

    Raises: see score_part.

    """
    try:
        item = item.named(job)
        document = with_ignored(item.document(job), job.ignore_comments, job.skip_quotations)
    except ClaimcheckError as error:
        return _failed(item, error, job.rows)
    except Exception as error:
        return _failed(item, own_fault(item.place, error), job.rows)
    try:
        report = scorer.score_document(document)
    except ClaimcheckError:
        raise
    except Exception as error:
        return _failed(item, own_fault(item.place, error), job.rows)
    return rows_of(report, item.place, job.rows), Counts(1, len(report.sentences))


def _failed(item: Item, error: object, kind: RowKind) -> tuple[list[Row], Counts]:
    return [error_row(item.place, error, kind)], Counts(documents=1, errors=1)


def _line(row: Row) -> bytes:
    text = json.dumps(row, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
    return text.encode() + b"\n"
