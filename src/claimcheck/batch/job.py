"""What is to be done with every document of a batch, the same in every process."""

from dataclasses import dataclass

from claimcheck.batch.rows import RowKind
from claimcheck.reading import DEFAULT_OPTIONS, ReadOptions


@dataclass(frozen=True, slots=True)
class Job:
    """How documents are read and what is written of them.

    Attributes:
        rows: a row for each sentence, or for each document.
        text_column: the column of a record, in JSON lines or Parquet, that holds its text.
        id_column: the column that holds what it is called; a record without it is called by the
            place where it stands, such as ``archive.jsonl:17``.
        reading: how files are read; its largest size is also that of a record.
        ignore_comments: whether marker comments count.
        skip_quotations: whether quotations are left out.

    """

    rows: RowKind = RowKind.SENTENCES
    text_column: str = "text"
    id_column: str = "id"
    reading: ReadOptions = DEFAULT_OPTIONS
    ignore_comments: bool = True
    skip_quotations: bool = False
