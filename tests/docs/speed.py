"""What the README says of speed, from the figures that ``train`` measured, where there are any."""

import json
from collections.abc import Iterator
from typing import Any

from claimcheck.manifest import DEFAULT_MODEL, SHIPPED
from tests.conftest import ROOT

THROUGHPUT = SHIPPED / DEFAULT_MODEL / "throughput.json"
SCALING = ROOT / "docs" / "scaling.json"


def speed() -> str:
    """Return the part of the README; each figure in it stands in one of the two files."""
    paragraphs = []
    if THROUGHPUT.exists():
        paragraphs.append("".join(_throughput(json.loads(THROUGHPUT.read_text("utf-8")))))
    if SCALING.exists():
        paragraphs.append(_scaling(json.loads(SCALING.read_text("utf-8"))))
    paragraphs.append(
        "`python -m train.throughput` measures this on your machine, `--try` shows what other\n"
        "ways of running the network would give, and `python -m train.benchmark` measures the\n"
        "shell command.\n"
    )
    return "\n".join(paragraphs)


def _throughput(found: dict[str, Any]) -> Iterator[str]:
    rows = {row["name"]: row for row in found["contenders"]}
    shown = (
        ("transformers pipeline, 1 at a time", "`transformers.pipeline`, one sentence at a time"),
        (found["best_batch"], f"the same, {found['best_batch'].rpartition(', ')[2]}, its fastest"),
        ("Scorer, int8, 1 sentence at a time", "claimcheck, one sentence at a time"),
        ("Scorer, int8, whole articles, explained", "claimcheck, whole articles, explained"),
        ("Scorer, int8, whole articles", "**claimcheck, whole articles**, `explain=False`"),
    )
    yield f"Sentences a second on {found['cpu']}, over {found['sentences']:,} sentences of news\n"
    yield "stories, the same weights throughout:\n\n"
    yield "|  | sentences a second | times the first |\n| --- | --- | --- |\n"
    for name, title in shown:
        row = rows[name]
        yield f"| {title} | {row['sentences_per_second']:.0f} | {row['times_single']:.1f} |\n"
    alone, articles = found["agreement"].values()
    yield "\nThe int8 network that ships gives the label of the PyTorch weights to "
    yield f"{alone:.1%} of\nsentences alone, and to {articles:.1%} in whole articles.\n"


def _scaling(found: dict[str, Any]) -> str:
    first, last = found["points"][0], found["points"][-1]
    return (
        f"A stream of {last['articles']:,} articles takes {last['seconds']:.0f} seconds and "
        f"at most {last['megabytes']:.0f} MB;\n"
        f"one article takes {first['seconds']:.1f} seconds and {first['megabytes']:.0f} MB, "
        "with the start of Python.\n\n"
        "![Time and memory against the number of articles](docs/scaling.png)\n"
    )
