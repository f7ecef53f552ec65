"""The model card's pictures, drawn from the figures in ``evaluation.json``.

Run ``python -m train.pictures`` after ``train.export``, which calls it as well.
"""

import json
from pathlib import Path
from typing import Any

import click
import matplotlib

from claimcheck.labels import Label
from claimcheck.manifest import find_model, load_manifest

RELIABILITY = "reliability.png"
THRESHOLDS = "precision-recall.png"


def draw(folder: Path) -> None:
    """Draw both pictures into a model folder."""
    found = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    default = load_manifest(folder).thresholds.get(Label.OVERCLAIMED, 0.0)
    matplotlib.use("Agg")
    _reliability(found["reliability"], folder / RELIABILITY)
    _thresholds(found["overclaimed_by_threshold"], default, folder / THRESHOLDS)


def _reliability(bins: list[dict[str, Any]], path: Path) -> None:
    """Draw how often the model is right against how sure it is, dots as large as their bins."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.2, 4), layout="constrained")
    axes.plot([0, 1], [0, 1], "--", color="grey", linewidth=1, label="perfectly calibrated")
    largest = max(b["sentences"] for b in bins)
    axes.scatter(
        [b["confidence"] for b in bins],
        [b["accuracy"] for b in bins],
        [20 + 280 * b["sentences"] / largest for b in bins],
        label="test split, by confidence",
        alpha=0.7,
    )
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0.2, 1.02), ylim=(0.2, 1.02))
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left", markerscale=0.5)
    figure.savefig(path, dpi=100)
    pyplot.close(figure)


def _thresholds(points: list[dict[str, float]], default: float, path: Path) -> None:
    """Draw precision and recall of overclaims against the threshold, and where it stands."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5.2, 4), layout="constrained")
    at = [p["threshold"] for p in points]
    axes.plot(at, [p["precision"] for p in points], "o-", markersize=3, label="precision")
    axes.plot(at, [p["recall"] for p in points], "s--", markersize=3, label="recall")
    axes.axvline(default, color="grey", linewidth=1, linestyle=":", label="default")
    axes.set(xlabel="threshold on the probability of overclaimed", ylabel="test split", ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower center")
    figure.savefig(path, dpi=100)
    pyplot.close(figure)


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
def main(model: str) -> None:
    """Draw the pictures of a model's card."""
    draw(find_model(model))


if __name__ == "__main__":
    main()
