"""Minimal pairs: a small change of wording should move the label, or leave it, as expected.

Run ``python -m train.behaviour``. In the manner of CheckList (Ribeiro et al. 2020): each pair of
``data/behaviour.jsonl`` says what is expected of both sentences, and is passed or not as a whole.
A second reader, who saw the sentences alone and in random order, said what each deserves; pairs on
which that differs from the author's word are not counted.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from scipy.stats import binomtest

from claimcheck.labels import Label
from claimcheck.scoring import Scorer
from train.metrics import Interval
from train.results import save
from train.sources import ROOT

PAIRS = ROOT / "data" / "behaviour.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that differ in one thing, with the label that each should get."""

    id: str
    kind: str
    before: str
    after: str
    expect_before: Label
    expect_after: Label
    second_before: Label
    second_after: Label

    @property
    def agreed(self) -> bool:
        """Whether the second reader expects the same."""
        expected = (self.expect_before, self.expect_after)
        return expected == (self.second_before, self.second_after)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs of a file, one JSON object a line."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expect, second = row.pop("expect"), row.pop("second")
        before, after = (
            expect.get("before", expect.get("same")),
            expect.get("after", expect.get("same")),
        )
        pairs.append(
            Pair(
                **row,
                expect_before=Label(before),
                expect_after=Label(after),
                second_before=Label(second["before"]),
                second_after=Label(second["after"]),
            )
        )
    return pairs


def passed(scorer: Scorer, pairs: Sequence[Pair]) -> list[bool]:
    """Return for each pair whether both sentences got the label that is expected."""
    first = scorer.classify([p.before for p in pairs])
    second = scorer.classify([p.after for p in pairs])
    return [
        a.label is p.expect_before and b.label is p.expect_after
        for p, a, b in zip(pairs, first, second, strict=True)
    ]


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
@click.option("--backend", default="onnx", show_default=True)
def main(model: str, backend: str) -> None:
    """Print the share of pairs that a model passes, per kind."""
    written = read_pairs()
    pairs = [p for p in written if p.agreed]
    click.echo(f"{len(written)} pairs, {len(pairs)} with both readers of one mind")
    by_kind: dict[str, list[bool]] = defaultdict(list)
    scorer = Scorer(model, backend=backend)
    for pair, right in zip(pairs, passed(scorer, pairs), strict=True):
        by_kind[pair.kind].append(right)
    click.echo(f"{'kind':16} pairs  passed (95 %)")
    kinds = {kind: (len(results), _rate(results)) for kind, results in by_kind.items()}
    for kind, (number, rate) in kinds.items():
        click.echo(f"{kind:16} {number:5}  {rate}")
    save("behaviour", {"model": scorer.model_name, "kinds": kinds})


def _rate(results: Sequence[bool]) -> Interval:
    """Return the share that passed, with its interval (Wilson 1927)."""
    found = binomtest(sum(results), len(results)).proportion_ci(method="wilson")
    return Interval(sum(results) / len(results), found.low, found.high)


if __name__ == "__main__":
    main()
