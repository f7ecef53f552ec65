"""The published JSON Schema of the JSON form (draft 2020-12), one file for each version."""

import json
from importlib.resources import files
from typing import Any


def report_schema() -> dict[str, Any]:
    """Return the schema of ``claimcheck.report/1``.

    Its root describes one report, ``#/$defs/file`` what ``--format json`` writes, and
    ``#/$defs/sentence`` a line of ``--format jsonl`` without its ``origin``.
    """
    text = files(__name__).joinpath("report-1.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
