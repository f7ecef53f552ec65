"""What a second worker adds on Ray, and on paper what a cluster would take for a web crawl.

Run ``python -m train.scaling_ray`` on a machine that is idle and has two processors; it needs the
``ray`` extra. Each rate is the difference of two runs, a small one and a large one, so that neither
the start of Ray nor that of the model is in it. The estimate is nothing but arithmetic on the rate
of two workers, with the assumptions that it prints.
"""

import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from claimcheck import Scorer
from claimcheck.batch.folder import ResultFolder
from claimcheck.batch.job import Job
from claimcheck.batch.progress import duration
from claimcheck.batch.ray_engine import Outcome, RayBatch, run
from claimcheck.batch.stored import record_files
from train.sources import read_articles

FILES = 32
"""Files that the documents are spread over, and so at least as many pieces of work."""
WARM_UP = 4
"""The small run has one document for each this many of ``FILES``, times the workers."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Sentences and documents a second, and the seconds before the first of them."""

    workers: int
    sentences: float
    documents: float
    start: float


@dataclass(frozen=True, slots=True)
class Crawl:
    """What is assumed of a crawl and of a cluster."""

    pages: float
    health_share: float
    sentences_a_page: float
    machines: int
    processors: int

    @property
    def sentences(self) -> float:
        """How many sentences there are to score."""
        return self.pages * self.health_share * self.sentences_a_page

    def seconds(self, sentences_a_second: float) -> float:
        """Return how long the cluster takes, given what one processor scores in a second."""
        return self.sentences / (sentences_a_second * self.machines * self.processors)


def measure(workers: int, documents: int) -> Rate:
    """Score a few documents, then many, and return what the many cost beyond the few."""
    few = _run(workers, min(FILES // WARM_UP * workers, documents // 2))
    many = _run(workers, documents)
    seconds = many.seconds - few.seconds
    sentences = many.counts.sentences - few.counts.sentences
    rate = sentences / seconds
    return Rate(
        workers,
        rate,
        (many.counts.documents - few.counts.documents) / seconds,
        few.seconds - few.counts.sentences / rate,
    )


def _run(workers: int, documents: int) -> Outcome:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "in"
        source.mkdir()
        _write(source, documents)
        batch = RayBatch(
            record_files([str(source)]),
            ResultFolder(str(Path(place) / "out")),
            Job(),
            partial(Scorer, threads=1, explain=False),
            workers,
        )
        return run(batch, quiet=True)


def _write(folder: Path, documents: int) -> None:
    """Write that many of the project's own articles as records, over and over if need be."""
    texts = itertools.islice(itertools.cycle(s.document.text for s in read_articles()), documents)
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]
    for number in range(min(FILES, documents)):
        content = "\n".join(lines[number::FILES])
        (folder / f"{number:02}.jsonl").write_text(content, encoding="utf-8")


def table(rates: list[Rate]) -> Iterator[str]:
    """Yield the lines that say what was measured."""
    yield "workers  sentences/s  documents/s  of linear  start, s"
    for rate in rates:
        share = rate.sentences / (rates[0].sentences * rate.workers / rates[0].workers)
        yield (
            f"{rate.workers:7} {rate.sentences:12.0f} {rate.documents:12.1f} "
            f"{share:10.0%} {rate.start:9.1f}"
        )


def estimate(crawl: Crawl, sentences_a_second: float) -> Iterator[str]:
    """Yield the lines of the estimate, assumptions first."""
    processors = crawl.machines * crawl.processors
    hours = crawl.seconds(sentences_a_second) / 3600
    yield "On paper, assuming"
    yield f"  {crawl.pages:,.0f} pages in a crawl, {crawl.health_share:.1%} of them on health,"
    yield f"  {crawl.sentences_a_page:g} sentences of text in a page, already extracted,"
    yield f"  {sentences_a_second:,.0f} sentences a second on each processor, as measured here,"
    yield f"  {crawl.machines} machines of {crawl.processors} such processors that scale linearly:"
    yield (
        f"  {crawl.sentences:,.0f} sentences in {duration(hours * 3600)}, "
        f"{hours * processors:,.0f} processor hours."
    )


@click.command()
@click.option("--documents", default=1500, show_default=True, help="Of the large run.")
@click.option("--pages", default=2.5e9, show_default=True, help="In a crawl of Common Crawl.")
@click.option("--health-share", default=0.03, show_default=True, help="Of pages; a guess.")
@click.option("--sentences-a-page", default=40.0, show_default=True, help="A guess.")
@click.option("--machines", default=10, show_default=True)
@click.option("--processors", default=16, show_default=True, help="Of each machine.")
def main(
    documents: int,
    pages: float,
    health_share: float,
    sentences_a_page: float,
    machines: int,
    processors: int,
) -> None:
    """Print the rates of one and of two workers, and the estimate."""
    rates = [measure(workers, documents) for workers in (1, 2)]
    for line in table(rates):
        click.echo(line)
    crawl = Crawl(pages, health_share, sentences_a_page, machines, processors)
    last = rates[-1]
    for line in estimate(crawl, last.sentences / last.workers):
        click.echo(line)


if __name__ == "__main__":
    main()
