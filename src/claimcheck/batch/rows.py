"""What a batch writes: rows of plain values, one a sentence or one a document.

Every column stands in every row, in the order of ``COLUMNS``. A document that could not be scored
is one row with its ``id`` and its ``error``, and null in every other column.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from claimcheck.errors import MissingExtraError
from claimcheck.labels import Label
from claimcheck.rendering.display import one_line
from claimcheck.report import Report, ScoredSentence

if TYPE_CHECKING:
    import pyarrow

Value = str | int | float | bool | None
Row = dict[str, Value]

DIGITS = 6
"""Decimals of a probability: as many as say the same at every run, and more than anyone needs."""


class RowKind(StrEnum):
    """What a row is about."""

    SENTENCES = "sentences"
    DOCUMENTS = "documents"


COLUMNS: dict[RowKind, dict[str, type[str | int | float | bool]]] = {
    RowKind.SENTENCES: {
        "id": str,
        "sentence": int,
        "text": str,
        "start": int,
        "end": int,
        "kind": str,
        "label": str,
        "confidence": float,
        **{f"score_{label}": float for label in Label},
        "model_label": str,
        "unsure": bool,
        "reasons": str,
        "words": str,
        "line": int,
        "column": int,
        "paragraph": int,
        "page": int,
        "windows": int,
        "fingerprint": str,
        "warnings": str,
        "model": str,
        "error": str,
    },
    RowKind.DOCUMENTS: {
        "id": str,
        "sentences": int,
        "claims": int,
        **{str(label): int for label in Label},
        "unsure": int,
        "overclaim_rate": float,
        "warnings": str,
        "model": str,
        "error": str,
    },
}
"""The columns of each kind of row, in order, with the type of what is not null in them."""


def rows_of(report: Report, id_: str, kind: RowKind) -> list[Row]:
    """Return the rows of one document, in reading order.

    Args:
        report: the document, scored.
        id_: what the document is called in the rows.
        kind: a row for each sentence, none where there are none; or one row.

    """
    if kind is RowKind.DOCUMENTS:
        return [_document_row(report, id_)]
    return [_sentence_row(report, id_, number, s) for number, s in enumerate(report.sentences, 1)]


def error_row(id_: str, error: object, kind: RowKind) -> Row:
    """Return the one row of a document that could not be scored; ``error`` becomes one line."""
    return _row(kind, id=id_, error=one_line(str(error)))


def arrow_schema(kind: RowKind) -> "pyarrow.Schema":
    """Return the schema of the rows for Arrow and Parquet; every column may be null but ``id``.

    Raises:
        MissingExtraError: where pyarrow is not installed.

    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema(
        pa.field(name, types[type_], nullable=name != "id") for name, type_ in COLUMNS[kind].items()
    )


def _sentence_row(report: Report, id_: str, number: int, sentence: ScoredSentence) -> Row:
    return _row(
        RowKind.SENTENCES,
        id=id_,
        sentence=number,
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        kind=sentence.kind.value,
        label=sentence.label.value,
        confidence=round(sentence.confidence, DIGITS),
        **{f"score_{label}": round(p, DIGITS) for label, p in sentence.scores.items()},
        model_label=sentence.model_label.value,
        unsure=sentence.unsure,
        reasons=" ".join(reason.value for reason in sentence.reasons) or None,
        words=" ".join(f"{word.start}:{word.end}" for word in sentence.words) or None,
        line=sentence.location.line,
        column=sentence.location.column,
        paragraph=sentence.location.paragraph,
        page=sentence.location.page,
        windows=sentence.windows,
        fingerprint=sentence.fingerprint,
        warnings=_warnings(report),
        model=report.model,
    )


def _document_row(report: Report, id_: str) -> Row:
    summary = report.summary
    return _row(
        RowKind.DOCUMENTS,
        id=id_,
        sentences=summary.sentences,
        claims=summary.claims,
        **{str(label): count for label, count in summary.counts.items()},
        unsure=sum(s.unsure for s in report.sentences),
        overclaim_rate=round(summary.overclaim_rate, DIGITS),
        warnings=_warnings(report),
        model=report.model,
    )


def _warnings(report: Report) -> str | None:
    return " ".join(report.warnings) or None


def _row(row_kind: RowKind, /, **values: Any) -> Row:  # noqa: ANN401
    """Return a row with null where no value is given, in the order of the columns."""
    unknown = values.keys() - COLUMNS[row_kind].keys()
    if unknown:
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    return dict(_storable(values, COLUMNS[row_kind]))


def _storable(values: dict[str, Value], columns: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yield every column with its value, text as UTF-8 can hold it.

    Half of a surrogate pair, which JSON can escape and UTF-8 cannot write, becomes a question
    mark: one character for one, so that offsets stay true.
    """
    for name in columns:
        value = values.get(name)
        if isinstance(value, str) and not value.isascii():
            value = value.encode("utf-8", errors="replace").decode("utf-8")
        yield name, value
