"""The errors that a model is surest of, to be read and grouped.

Run ``python -m train.errors``. It prints them with what stands before, and stores nothing. What
reading them showed stands in ``train/results/errors.md``, where the model card finds it. The
validation split by default, since whoever reads the test split's errors will mend those.
"""

import click

from claimcheck.scoring import Scorer
from train.evaluate import Judged, judge
from train.gold import load_examples


def surest(judged: list[Judged], number: int) -> list[Judged]:
    """Return the wrong judgements, the surest first."""
    wrong = [j for j in judged if j.prediction.label is not j.example.label]
    return sorted(wrong, key=lambda j: -j.prediction.confidence)[:number]


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
@click.option("--backend", default="onnx", show_default=True)
@click.option("--split", default="validation", type=click.Choice(["validation", "test"]))
@click.option("--number", default=50, show_default=True)
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
def main(model: str, backend: str, split: str, number: int, corpora: str | None) -> None:
    """Print the errors that a model is surest of."""
    examples = load_examples(corpora.split(",") if corpora else None)
    judged = judge(Scorer(model, backend=backend), [e for e in examples if e.split == split])
    for rank, j in enumerate(surest(judged, number), 1):
        before = " ".join(j.example.before[-2:])
        said, true = j.prediction.label, j.example.label
        reason = f" ({j.example.reason})" if j.example.reason else ""
        click.echo(
            f"{rank}. {j.example.genre} {j.example.kind}: said {said} "
            f"{j.prediction.confidence:.2f}, annotators {true}{reason}\n"
            f"   … {before}\n   > {j.example.text}\n"
        )


if __name__ == "__main__":
    main()
