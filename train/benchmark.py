"""Time and memory of the shell command, against what was promised of it, and how both grow.

Run ``python -m train.benchmark`` on an idle machine with Linux or macOS. Each figure is the median
of several fresh processes on a 50-sentence article; ratios are to ``import onnxruntime`` alone
in the same run, which any tool that runs a network in Python has to pay. It ends with exit code 1
where a limit is not kept. ``--scaling`` instead streams 1 to 1,000 articles through the library,
each number in a fresh process, and writes ``docs/scaling.json`` and ``docs/scaling.png``.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from claimcheck.reading.text import from_text
from claimcheck.segment import split_sentences
from train.processes import Cost, measure
from train.scaling import write
from train.sources import read_articles

SENTENCES = 50


@dataclass(frozen=True, slots=True)
class Limit:
    """What a command may cost at most; None where nothing was promised."""

    seconds: float | None = None
    megabytes: float | None = None

    def broken(self, cost: Cost) -> Iterator[str]:
        """Yield what is over the limit, in words."""
        if self.seconds is not None and cost.seconds >= self.seconds:
            yield f"{cost.seconds:.2f} s, and {self.seconds:g} s is the limit"
        if self.megabytes is not None and cost.megabytes >= self.megabytes:
            yield f"{cost.megabytes:.0f} MB, and {self.megabytes:g} MB is the limit"


LIMITS = {
    "import claimcheck": Limit(seconds=0.1),
    "claimcheck --help": Limit(seconds=0.3),
    f"claimcheck score ({SENTENCES} sentences)": Limit(seconds=1.2, megabytes=250),
}


def article(sentences: int) -> str:
    """Return a text of exactly that many sentences, from the project's own articles."""
    text = "\n\n".join(s.document.text for s in read_articles())
    end = split_sentences(from_text(text[: 400 * sentences]))[sentences - 1].end
    return text[:end]


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is measured, by name; its files are written into a folder."""
    python = sys.executable
    path = folder / "article.txt"
    path.write_text(article(SENTENCES), encoding="utf-8")
    score = ["score", str(path), "--report", str(folder / "report.html")]
    return {
        "python -c pass": [python, "-c", "pass"],
        "import onnxruntime": [python, "-c", "import onnxruntime"],
        "import claimcheck": [python, "-c", "import claimcheck"],
        "claimcheck --help": [python, "-m", "claimcheck.cli", "--help"],
        f"claimcheck score ({SENTENCES} sentences)": [python, "-m", "claimcheck.cli", *score],
    }


def table(costs: dict[str, Cost]) -> Iterator[str]:
    """Yield the lines of the table."""
    base = costs["import onnxruntime"].seconds
    yield f"{'':36} seconds  ratio  peak MB"
    for name, cost in costs.items():
        ratio = cost.seconds / base
        yield f"{name:36} {cost.seconds:7.2f} {ratio:6.2f} {cost.megabytes:8.0f}"


def broken_limits(costs: dict[str, Cost]) -> list[str]:
    """Return one line for each limit that is not kept."""
    return [
        f"{name}: {words}"
        for name, limit in LIMITS.items()
        if name in costs
        for words in limit.broken(costs[name])
    ]


@click.command()
@click.option("--repeats", default=7, show_default=True, help="Processes for each command.")
@click.option("--scaling", is_flag=True, help="Measure how time and memory grow, and draw it.")
@click.option("--most", default=1000, show_default=True, help="With --scaling: most articles.")
def main(repeats: int, scaling: bool, most: int) -> None:
    """Print what the shell command costs; fail where a limit is not kept."""
    if scaling:
        for line in write(most):
            click.echo(line)
        return
    with tempfile.TemporaryDirectory() as folder:
        costs = {
            name: measure(command, repeats) for name, command in commands(Path(folder)).items()
        }
    click.echo("\n".join(table(costs)))
    broken = broken_limits(costs)
    for line in broken:
        click.echo(line, err=True)
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
