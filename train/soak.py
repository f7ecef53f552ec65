"""A soak: one process that scores mixed and hostile documents for a long time, its memory watched.

Run ``python -m train.soak --minutes 20`` with the ``dev`` extra installed, on Linux. Every document
goes the whole way: it is written to a file, read, scored with explanations, and rendered in every
format that it can be rendered in. Only a ``ClaimcheckError`` counts as an answer to a document that
cannot be read; anything else is a fault, is printed with its document's kind, and makes the run end
with exit code 1.

Resident memory is read between two documents. Whether it grows is judged over the last half of the
run, when everything has come up many times: from the means of BLOCKS stretches of equal length,
because one reading depends on which document came just before, a line is fitted through them, and
the slope is given with its 95 % interval. Memory is called flat where that interval does not lie
wholly above a growth of FLAT of it in an hour; what growth the run could not have seen is the upper
end of the interval, and is printed too.
"""

import gc
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from pathlib import Path

import click

from claimcheck import Scorer
from claimcheck.errors import ClaimcheckError
from claimcheck.rendering import FORMATS, renderer
from claimcheck.report import Report
from claimcheck.selection import OVERCLAIMS
from train.mixture import Sample, rounds

WARM_UP = 0.1
"""Share of the run before memory at the start is read: libraries load and caches fill."""

BLOCKS = 20
"""Stretches of the last half whose mean memory the line is fitted through."""

FLAT = 0.01
"""Growth in an hour, as a share of the memory in the middle of the run, that is called none."""

EVERY = 2.0
"""Seconds between two readings of memory, at least."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Resident memory, in MB, some seconds after the start."""

    seconds: float
    megabytes: float


@dataclass(slots=True)
class Tally:
    """What a soak has seen so far."""

    documents: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    renderings: int = 0
    faults: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slope:
    """Growth of memory in MB an hour, with its 95 % interval."""

    growth: float
    low: float
    high: float


def soak(minutes: float, seed: int, tell: Callable[[str], None]) -> Tally:
    """Score the mixture for some minutes in this process, and return what happened."""
    tally = Tally()
    scorer = Scorer(threads=1)
    start = time.monotonic()
    told = 0
    with tempfile.TemporaryDirectory() as folder:
        for sample in chain.from_iterable(rounds(seed)):
            _one(scorer, sample, Path(folder), tally)
            now = time.monotonic() - start
            if not tally.readings or now - tally.readings[-1].seconds >= EVERY:
                tally.readings.append(Reading(now, resident()))
            if now >= 60 * (told + 1):
                told = int(now // 60)
                tell(f"{told:3} min  {tally.documents.total()} documents  {resident():.0f} MB")
            if now >= 60 * minutes:
                return tally
    raise AssertionError("the mixture has no end")


def _one(scorer: Scorer, sample: Sample, folder: Path, tally: Tally) -> None:
    """Take one document the whole way."""
    path = folder / f"article{sample.ending}"
    path.write_bytes(sample.data)
    tally.documents[sample.kind] += 1
    try:
        report = scorer.score_path(path)
        tally.sentences += len(report.sentences)
        for name in _formats(report, sample.ending):
            _render(name, report)
            tally.renderings += 1
    except ClaimcheckError:
        tally.refused[sample.kind] += 1
    except Exception as error:
        tally.faults.append(f"{sample.kind} ({sample.ending}): {type(error).__name__}: {error}")


def _formats(report: Report, ending: str) -> Iterator[str]:
    for name in FORMATS:
        fits = {"marked": report.markup is not None, "docx": ending == ".docx"}
        if fits.get(name, True):
            yield name


def _render(name: str, report: Report) -> None:
    if name != "full":
        renderer(name)([report], OVERCLAIMS)
        return
    from rich.console import Console

    from claimcheck.rendering.terminal import show

    show([report], Console(file=StringIO(), width=80))


def resident() -> float:
    """Return the memory that this process holds now, in MB."""
    gc.collect()  # what waits for the collector is no leak
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def slope(readings: Sequence[Reading], blocks: int = BLOCKS) -> Slope:
    """Return how fast memory grows, fitted through the means of stretches of equal length."""
    from scipy.stats import linregress, t

    first, last = readings[0].seconds, readings[-1].seconds
    length = (last - first) / blocks or 1.0
    stretches: dict[int, list[Reading]] = {}
    for reading in readings:
        stretches.setdefault(min(blocks - 1, int((reading.seconds - first) / length)), []).append(
            reading
        )
    hours = [_mean([r.seconds for r in s]) / 3600 for s in stretches.values()]
    memory = [_mean([r.megabytes for r in s]) for s in stretches.values()]
    fit = linregress(hours, memory)
    margin = float(t.ppf(0.975, len(hours) - 2) * fit.stderr)
    return Slope(float(fit.slope), float(fit.slope) - margin, float(fit.slope) + margin)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def summary(tally: Tally) -> str:
    """Return what a soak found, as people read it."""
    seconds = tally.readings[-1].seconds
    warm = [r for r in tally.readings if r.seconds >= WARM_UP * seconds]
    half = [r for r in warm if r.seconds >= seconds / 2]
    middle = _mean([r.megabytes for r in half[:5]])
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(tally.documents.items()))
    start, end = _mean([r.megabytes for r in warm[:5]]), _mean([r.megabytes for r in half[-5:]])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    lines = [
        f"minutes     {seconds / 60:.1f}",
        f"documents   {tally.documents.total():,}: {kinds}",
        f"sentences   {tally.sentences:,}",
        f"renderings  {tally.renderings:,}",
        f"refused     {tally.refused.total():,}, each with a ClaimcheckError",
        f"faults      {len(tally.faults)}",
        f"memory      {start:.0f} MB after the warm-up, {middle:.0f} MB in the middle, "
        f"{end:.0f} MB at the end; at most {peak:.0f} MB within a document",
    ]
    if len(half) < 2 * BLOCKS:
        return "\n".join([*lines, "slope       too short a run to tell"])
    found = slope(half)
    verdict = "flat" if found.low <= FLAT * middle else "GROWS"
    lines.append(
        f"slope       {found.growth:+.1f} MB an hour over the last half, 95 % interval "
        f"{found.low:+.1f} to {found.high:+.1f}: {verdict}"
    )
    return "\n".join(lines)


@click.command()
@click.option("--minutes", default=20.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(minutes: float, seed: int) -> None:
    """Score mixed and hostile documents for a while, and print whether memory grew."""
    tally = soak(minutes, seed, click.echo)
    click.echo(summary(tally))
    for fault in tally.faults:
        click.echo(f"fault: {fault}", err=True)
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
