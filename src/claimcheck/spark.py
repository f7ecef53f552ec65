"""Scoring in Apache Spark, as a pandas UDF. Needs the ``spark`` extra, on every executor.

from claimcheck.spark import score_udf
from pyspark.sql import functions as F

pages.withColumn("s", F.explode(score_udf()("text"))).select("id", "s.*")
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from claimcheck.batch.items import Record
from claimcheck.batch.job import Job
from claimcheck.batch.rows import COLUMNS, RowKind
from claimcheck.batch.work import score_item
from claimcheck.errors import MissingExtraError
from claimcheck.manifest import DEFAULT_MODEL

if TYPE_CHECKING:
    import pandas as pd

    from claimcheck.scoring import Scorer

_TYPES = {str: "string", int: "bigint", float: "double", bool: "boolean"}
_PLACE = "the document"
"""What an error calls a text: the row that it stands in says which one it is."""


def schema(kind: RowKind = RowKind.SENTENCES) -> str:
    """Return what the UDF makes of a text, as Spark's DDL: the columns of a batch but ``id``."""
    fields = ", ".join(f"`{name}`: {_TYPES[type_]}" for name, type_ in _columns(kind).items())
    return f"array<struct<{fields}>>"


def score_udf(
    model: str = DEFAULT_MODEL,
    kind: RowKind = RowKind.SENTENCES,
    explain: bool = False,
    make_scorer: "Callable[[], Scorer] | None" = None,
) -> Any:  # noqa: ANN401
    """Return a pandas UDF from a column of texts to arrays of the rows that a batch writes.

    The model is opened once in each task, and uses one thread. A text that cannot be scored gives
    one row with its ``error``.

    Args:
        model: a shipped model, or a folder that every executor has.
        kind: a row for each sentence, or one for the document.
        explain: find the words that carried each overclaim; takes longer.
        make_scorer: opens another scorer in their place.

    Raises:
        MissingExtraError: where Spark is not installed.

    """
    try:
        from pyspark.sql.functions import pandas_udf
    except ImportError:
        raise MissingExtraError("claimcheck.spark", "spark") from None

    def score(texts: "Iterator[pd.Series]") -> "Iterator[pd.Series]":
        import pandas as pd

        from claimcheck.scoring import Scorer

        scorer = make_scorer() if make_scorer else Scorer(model, threads=1, explain=explain)
        for series in texts:
            yield pd.Series([_rows(scorer, text, kind) for text in series], dtype=object)

    # Spark reads the kind of a UDF off its annotations, which must be more than their names.
    import pandas as pd

    score.__annotations__ = dict.fromkeys(("texts", "return"), Iterator[pd.Series])
    return pandas_udf(score, schema(kind))


def _rows(scorer: "Scorer", text: object, kind: RowKind) -> list[dict[str, Any]]:
    # In a column of texts, what is none is null, whatever this version of pandas makes of it.
    record = Record(_PLACE, text if isinstance(text, str) else None)
    rows, _ = score_item(scorer, record, Job(kind))
    return [{name: row[name] for name in _columns(kind)} for row in rows]


def _columns(kind: RowKind) -> dict[str, Any]:
    return {name: type_ for name, type_ in COLUMNS[kind].items() if name != "id"}
