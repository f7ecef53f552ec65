"""The file with all rows, in order: JSON lines, or Parquet."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from claimcheck.batch.rows import Row, RowKind, arrow_schema
from claimcheck.batch.storage import whole_file

ROW_GROUP = 10_000
"""Rows of a row group in Parquet, and so of what is held in memory while it is written."""

Writer = Callable[[Path, Iterable[bytes], RowKind], None]


def write_json_lines(path: Path, lines: Iterable[bytes], kind: RowKind) -> None:
    """Write rows as JSON lines, whole or not at all."""
    with whole_file(path) as file:
        file.writelines(lines)


def write_parquet(path: Path, lines: Iterable[bytes], kind: RowKind) -> None:
    """Write rows as Parquet, whole or not at all.

    Raises:
        MissingExtraError: where pyarrow is not installed.

    """
    schema = arrow_schema(kind)
    import pyarrow as pa
    import pyarrow.parquet as pq

    with (
        whole_file(path) as file,
        pq.ParquetWriter(file, schema, compression="zstd", version="2.6") as writer,
    ):
        for rows in _groups(lines):
            writer.write_table(pa.Table.from_pylist(rows, schema), row_group_size=ROW_GROUP)


def _groups(lines: Iterable[bytes]) -> Iterator[list[Row]]:
    rows = map(json.loads, lines)
    while group := list(islice(rows, ROW_GROUP)):
        yield group


WRITERS: dict[str, Writer] = {".jsonl": write_json_lines, ".parquet": write_parquet}
"""What writes a result, by the ending of its name."""
