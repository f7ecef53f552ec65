"""How time and memory grow with the number of articles: one stream, in a fresh process for each.

``python -m train.benchmark --scaling`` writes the figures and the plot that is drawn from them. The
articles are the project's own, so that anybody measures the same.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import click

from claimcheck.backends import default_threads
from train.processes import run
from train.sources import ROOT, read_articles

FIGURES = ROOT / "docs" / "scaling.json"
PICTURE = ROOT / "docs" / "scaling.png"
STEPS = (1, 10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Point:
    """What a process that scores so many articles takes, from its start to its end.

    Attributes:
        seconds: wall time; megabytes: the most memory it held.

    """

    articles: int
    seconds: float
    megabytes: float


def measure(articles: int) -> Point:
    """Score the first so many articles in a fresh process."""
    cost = run([sys.executable, "-m", "train.scaling", str(articles)])
    return Point(articles, round(cost.seconds, 2), round(cost.megabytes, 1))


def write(most: int, figures: Path = FIGURES, picture: Path = PICTURE) -> Iterator[str]:
    """Measure up to a number of articles, write the figures, draw them; yield a line for each."""
    points = []
    for articles in (step for step in STEPS if step <= most):
        points.append(measure(articles))
        yield "{articles:6} articles {seconds:8.2f} s {megabytes:6.0f} MB".format(
            **asdict(points[-1])
        )
    found = {"threads": default_threads(), "points": [asdict(p) for p in points]}
    figures.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    draw(points, picture)


def draw(points: Sequence[Point], path: Path) -> None:
    """Draw time and memory against the number of articles, time on logarithmic axes."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (time, memory) = pyplot.subplots(1, 2, figsize=(8, 3.4), layout="constrained")
    articles = [p.articles for p in points]
    time.loglog(articles, [p.seconds for p in points], "o-")
    time.set(title="seconds, from start to end", xlabel="articles")
    memory.semilogx(articles, [p.megabytes for p in points], "s-")
    memory.set(title="most memory held, in MB", xlabel="articles")
    memory.set_ylim(0, 1.3 * max(p.megabytes for p in points))
    for axes, values, form in (
        (time, [p.seconds for p in points], "{:.1f}"),
        (memory, [p.megabytes for p in points], "{:.0f}"),
    ):
        axes.grid(alpha=0.3)
        axes.margins(x=0.12, y=0.15)
        for x, y in zip(articles, values, strict=True):
            at = {"xytext": (0, 8), "textcoords": "offset points", "ha": "center"}
            axes.annotate(form.format(y), (x, y), **at)
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)


@click.command()
@click.argument("articles", type=int)
def main(articles: int) -> None:
    """Score the first ARTICLES of the project's own: what ``measure`` measures."""
    from claimcheck import Scorer

    texts = (source.document.text for source in islice(read_articles(), articles))
    for report in Scorer().stream(texts):
        report.to_dict()


if __name__ == "__main__":
    main()
