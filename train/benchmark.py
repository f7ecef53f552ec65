"""Time and memory of the shell command, beside something everybody knows: starting Python.

Run ``python -m train.benchmark``. Each figure is the median of several fresh processes on a
50-sentence article; ratios are to ``python -c "import onnxruntime"`` in the same run, which any
tool that runs a network in Python has to pay.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from claimcheck.reading.text import from_text
from claimcheck.segment import split_sentences
from train.sources import read_articles

SENTENCES = 50


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command costs: seconds of wall time (median), and the most memory it held, in MB."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], repeats: int) -> Cost:
    """Run a command several times in fresh processes."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    # The largest child so far: commands are measured from the smallest to the largest.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return Cost(statistics.median(seconds), peak)


def article(sentences: int) -> str:
    """Return a text of exactly that many sentences, from the project's own articles."""
    text = "\n\n".join(s.document.text for s in read_articles())
    end = split_sentences(from_text(text[: 400 * sentences]))[sentences - 1].end
    return text[:end]


@click.command()
@click.option("--repeats", default=7, show_default=True)
def main(repeats: int) -> None:
    """Print what the shell command costs."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(article(SENTENCES), encoding="utf-8")
        report = str(Path(folder) / "report.html")
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "import claimcheck": [python, "-c", "import claimcheck"],
            "claimcheck --help": [python, "-m", "claimcheck.cli", "--help"],
            "import onnxruntime": [python, "-c", "import onnxruntime"],
            f"claimcheck score ({SENTENCES} sentences)": [
                *(python, "-m", "claimcheck.cli", "score", str(path), "--report", report)
            ],
        }
        costs = {name: measure(command, repeats) for name, command in commands.items()}
    base = costs["import onnxruntime"].seconds
    click.echo(f"{'':36} seconds  ratio  peak MB")
    for name, cost in costs.items():
        ratio = cost.seconds / base
        click.echo(f"{name:36} {cost.seconds:7.2f} {ratio:6.2f} {cost.megabytes:8.0f}")


if __name__ == "__main__":
    main()
