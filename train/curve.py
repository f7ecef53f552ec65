"""The learning curve: what a half or a quarter of the training data would have done.

Run ``python -m train.curve``. Each point is trained anew on a share of the training documents, the
smaller shares inside the larger ones, for the same number of steps, and measured on the validation
split.
"""

import json
from dataclasses import replace
from pathlib import Path

import click
import matplotlib

from train.finetune import Settings, finetune
from train.gold import load_examples
from train.sources import ROOT

SHARES = (0.25, 0.5, 0.75, 1.0)
FIGURES = ROOT / "data" / "learning-curve.json"
PICTURE = ROOT / "data" / "learning-curve.png"


def draw(points: list[dict[str, float]], path: Path) -> None:
    """Draw macro-F1 and the F1 of overclaims against the number of training sentences."""
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 4), layout="constrained")
    sentences = [p["sentences"] for p in points]
    for name, title, style in (
        ("macro_f1", "macro-F1", "o-"),
        ("f1_overclaimed", "F1 of overclaimed", "s--"),
    ):
        values = [p[name] for p in points]
        axes.plot(sentences, values, style, label=title)
        for x, y in zip(sentences, values, strict=True):
            axes.annotate(f"{y:.3f}", (x, y), (0, 7), textcoords="offset points", ha="center")
    axes.set(xlabel="training sentences", ylabel="F1 on the validation split")
    axes.margins(y=0.15)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path, dpi=120)


@click.command()
@click.option("--epochs", default=0.4, show_default=True, help="Passes over all the data.")
@click.option("--work", type=click.Path(path_type=Path), default=Path("runs/curve"))
def main(epochs: float, work: Path) -> None:
    """Train at 25, 50, 75 and 100 % of the data; write data/learning-curve.json and .png."""
    examples = load_examples()
    points: list[dict[str, float]] = []
    for share in SHARES:
        settings = replace(Settings(), epochs=epochs / share, share=share)
        figures = finetune(settings, examples, work / f"{share:.2f}")
        points.append({"share": share, **figures})
        click.echo(f"{share:4.0%} {figures['sentences']:7.0f} {figures['macro_f1']:.4f}")
    FIGURES.write_text(json.dumps(points, indent=1) + "\n", encoding="utf-8")
    draw(points, PICTURE)


if __name__ == "__main__":
    main()
