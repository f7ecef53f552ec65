"""A whole batch: from its input to its result, and on from where an earlier run was stopped."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.batch.files import PARTS, Inputs
from claimcheck.batch.items import items_of
from claimcheck.batch.job import Job
from claimcheck.batch.parts import Parts
from claimcheck.batch.progress import Pace, Say, counted, progress
from claimcheck.batch.results import WRITERS
from claimcheck.batch.work import Counts
from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from claimcheck.batch.pool import Chunk
    from claimcheck.scoring import Scorer

CHUNK = 32
"""Documents that are scored, kept and, where a run is killed, lost together."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a run is about.

    Attributes:
        inputs: the files that are read.
        output: the result; its ending says the format, and is one of ``WRITERS``.
        job: how documents are read and written.
        chunk: see CHUNK. The result is the same whatever it is.
        settings: what else the result depends on, by the names that people know it by.

    """

    inputs: Inputs
    output: Path
    job: Job
    chunk: int
    settings: Mapping[str, object]

    @property
    def parts(self) -> Parts:
        """What is done of it."""
        return Parts(self.output.with_name(self.output.name + PARTS))

    def chunks(self) -> Iterator["Chunk"]:
        """Yield the documents of the input in order, some at a time."""
        items = items_of(self.inputs.files(), self.job)
        number = 0
        while chunk := list(islice(items, self.chunk)):
            yield number, chunk
            number += 1


def run(
    batch: Batch, scorer: "Scorer", workers: int, resume: bool, say: Say, quiet: bool = False
) -> Pace:
    """Score the input and write the result; then nothing else is left.

    Args:
        batch: what is to be done.
        scorer: its model; it is made anew in each process.
        workers: processes, at most.
        resume: go on with the parts of an earlier run, where there are any.
        say: prints a line for people.
        quiet: say nothing on the way.

    Returns:
        how much was done, with what earlier runs did, and in what time.

    Raises:
        ClaimcheckError: where the input names nothing, the model fails, the parts are of another
            run, or something cannot be written.

    """
    # What starts processes is slow to import, and --help does not need it.
    from claimcheck.batch.pool import score_chunks

    total, fingerprint = _survey(batch)
    settings = {**batch.settings, "chunk-size": batch.chunk, "input": fingerprint}
    parts = batch.parts
    done: dict[int, Counts] = {}
    if resume and parts.exist:
        done = parts.go_on(settings)
        _say_how_far(done, say, quiet)
    else:
        parts.begin(settings)
    pace = Pace(total, sum(done.values(), Counts()))
    chunks = -(-total // batch.chunk)
    workers = max(1, min(workers, chunks - len(done)))
    todo = (chunk for chunk in batch.chunks() if chunk[0] not in done)
    with (
        progress(pace, say, quiet) as show,
        closing(score_chunks(todo, scorer, batch.job, workers)) as scored,
    ):
        for number, part in scored:
            parts.write(number, part)
            pace.add(part.counts)
            show(pace)
    if pace.done.documents != total:
        raise ClaimcheckError("the input changed while it was read: begin anew with --overwrite")
    WRITERS[batch.output.suffix](batch.output, parts.lines(chunks), batch.job.rows)
    parts.remove()
    return pace


def _say_how_far(done: Mapping[int, Counts], say: Say, quiet: bool) -> None:
    if done and not quiet:
        documents = sum(counts.documents for counts in done.values())
        say(f"Going on after {counted(documents, 'document')}")


def _survey(batch: Batch) -> tuple[int, str]:
    """Return how many documents there are, and a fingerprint of the files that they are in."""
    digest = hashlib.sha256()

    def noted(files: Iterator[Path]) -> Iterator[Path]:
        for file in files:
            digest.update(f"{file}\0{_state(file)}\n".encode(errors="surrogateescape"))
            yield file

    documents = sum(1 for _ in items_of(noted(batch.inputs.files()), batch.job))
    return documents, digest.hexdigest()


def _state(file: Path) -> str:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return "absent"
    return f"{found.st_size} {found.st_mtime_ns}"
