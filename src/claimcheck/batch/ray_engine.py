"""A batch on Ray Data: read in tasks, scored by actors that hold the model, written in tasks.

Needs the ``ray`` extra. What a lost machine had in hand is done again by another: every step gives
the same rows for the same input, and a file of the result is known by its number, so that nothing
is lost and nothing is there twice.
"""

import io
import logging
import os
import pickle
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import ray
import ray.data
from ray.data import ActorPoolStrategy, DataContext, Datasink

from claimcheck.batch.folder import ResultFolder
from claimcheck.batch.items import items_of
from claimcheck.batch.job import Job
from claimcheck.batch.rows import RowKind, arrow_schema
from claimcheck.batch.stored import StoredFile
from claimcheck.batch.work import Counts, score_item
from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from claimcheck.scoring import Scorer

MakeScorer = Callable[[], "Scorer"]

LOCAL = "local"
"""The address of a cluster that is started for one run, on this machine."""

_AT_A_TIME = 16
"""Documents that one step hands to the next together."""
_BLOCK = 256 * 1024
"""Bytes of a block, about: what an actor scores at a time, in some ten seconds, and what has to be
scored anew where a machine is lost."""
_ROWS_A_FILE = 50_000
"""Rows of a file of the result, at least, but for the last."""
_IN_FLIGHT = 2
"""Blocks that are given to an actor at a time: one to score and one to go on with."""
_PATIENCE = 5.0
"""Seconds in which a cluster must answer."""
_NOTHING = logging.CRITICAL + 1
"""The level of a log that says nothing."""
_ERROR_OF_OURS = re.compile(r"^claimcheck\.errors\.\w+: (.+)$", re.MULTILINE)
"""How an error of ours ends a traceback from another process."""


@dataclass(frozen=True, slots=True)
class RayBatch:
    """What a run is about.

    Attributes:
        files: what is read; every machine of the cluster must be able to open them.
        output: where it is written, the same for every machine.
        job: how documents are read and written.
        make_scorer: opens the model, once in each actor; with one thread.
        workers: actors, at most; by default as many as the cluster has processors.

    """

    files: Sequence[StoredFile]
    output: ResultFolder
    job: Job
    make_scorer: MakeScorer
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How much was done, in how many seconds, by how many actors."""

    counts: Counts
    seconds: float
    workers: int


def run(
    batch: RayBatch, address: str = LOCAL, overwrite: bool = False, quiet: bool = False
) -> Outcome:
    """Score the input and write the result.

    Args:
        batch: what is to be done.
        address: of a cluster, as ``host:port`` or ``auto``; or LOCAL.
        overwrite: whether a result that is there may be replaced.
        quiet: show no bar where there is a terminal.

    Raises:
        ClaimcheckError: where the cluster cannot be reached, the model fails, or something cannot
            be written; the result is then incomplete, and says so by lacking ``_SUCCESS``.

    """
    with _connected(address, batch.workers):
        batch.output.prepare(overwrite)
        workers = batch.workers or _processors()
        _configure(quiet)
        sink = _Sink(batch.output, batch.job.rows)
        start = time.monotonic()
        try:
            _rows(batch, workers).write_datasink(
                sink, ray_remote_args={"num_cpus": 0}, concurrency=workers
            )
        except Exception as error:
            raise _in_one_line(error) from None
        if not sink.names:
            batch.output.write(_name(0), _parquet(arrow_schema(batch.job.rows).empty_table()))
        batch.output.finish(sink.names)
        return Outcome(sink.counts, time.monotonic() - start, workers)


def _rows(batch: RayBatch, workers: int) -> "ray.data.Dataset":
    """Return the plan: files, then documents, then rows.

    Reading costs little beside scoring, and asks for no processor: so it never waits for an actor
    to end. The pool may shrink: where a machine is lost and no other takes its place, its actors
    start again in the room of those that are done.
    """
    files = ray.data.from_items(
        [{"file": pickle.dumps(file)} for file in batch.files],
        override_num_blocks=len(batch.files),
    )
    documents = files.map_batches(
        _Read(batch.job),
        batch_size=1,
        batch_format="pyarrow",
        num_cpus=0,
        concurrency=workers,
    )
    return documents.map_batches(
        _Score,
        fn_constructor_args=(batch.make_scorer, batch.job),
        batch_size=None,
        batch_format="pyarrow",
        num_cpus=1,
        compute=ActorPoolStrategy(
            min_size=1,
            max_size=workers,
            initial_size=min(workers, _processors()),
            max_tasks_in_flight_per_actor=_IN_FLIGHT,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """From files to documents, not yet parsed."""

    job: Job

    def __call__(self, files: pa.Table) -> Iterator[pa.Table]:
        for file in _unpacked(files["file"]):
            items = items_of([file], self.job)
            while some := list(islice(items, _AT_A_TIME)):
                yield pa.table({"item": pa.array(map(pickle.dumps, some), pa.binary())})


class _Score:
    """From documents to their rows, with a model that is opened once."""

    def __init__(self, make_scorer: MakeScorer, job: Job) -> None:
        self._scorer = make_scorer()
        self._job = job
        self._schema = arrow_schema(job.rows)

    def __call__(self, documents: pa.Table) -> Iterator[pa.Table]:
        items = _unpacked(documents["item"])
        while some := list(islice(items, _AT_A_TIME)):
            rows = [row for item in some for row in score_item(self._scorer, item, self._job)[0]]
            yield pa.Table.from_pylist(rows, self._schema)


def _unpacked(column: pa.ChunkedArray) -> Iterator[Any]:
    return (pickle.loads(value.as_py()) for value in column)


class _Sink(Datasink):
    """Writes each block of rows as a file; what is there after all were written is checked."""

    def __init__(self, folder: ResultFolder, kind: RowKind) -> None:
        self.counts = Counts()
        self.names: list[str] = []
        self._folder = folder
        self._kind = kind

    @property
    def min_rows_per_write(self) -> int:
        """See Datasink."""
        return _ROWS_A_FILE

    def write(self, blocks: Iterable[pa.Table], ctx: Any) -> tuple[str, Counts]:  # noqa: ANN401
        """Write a file, whose name depends on nothing but the number of the task."""
        schema = arrow_schema(self._kind)
        tables = [block.cast(schema) for block in blocks if block.num_rows]
        if not tables:
            return "", Counts()
        table = pa.concat_tables(tables)
        name = _name(ctx.task_idx)
        self._folder.write(name, _parquet(table))
        return name, _counted(table, self._kind)

    def on_write_complete(self, write_result: Any) -> None:  # noqa: ANN401
        """Note what the tasks that ended well have written; each is in it once."""
        for name, counts in write_result.write_returns:
            self.names += [name] if name else []
            self.counts += counts


def _name(number: int) -> str:
    return f"part-{number:06}.parquet"


def _parquet(table: pa.Table) -> memoryview:
    data = io.BytesIO()
    pq.write_table(table, data, compression="zstd", version="2.6")
    return data.getbuffer()


def _counted(table: pa.Table, kind: RowKind) -> Counts:
    """Return what rows are about; a document without a sentence has no row of a sentence."""
    errors = len(table) - table["error"].null_count
    if kind is RowKind.DOCUMENTS:
        return Counts(len(table), pc.sum(table["sentences"]).as_py() or 0, errors)
    first = pc.sum(pc.equal(table["sentence"], 1)).as_py() or 0
    return Counts(first + errors, len(table) - errors, errors)


@contextmanager
def _connected(address: str, workers: int | None) -> Iterator[None]:
    """Connect to a cluster for a while, unless this process is connected already."""
    if ray.is_initialized():
        yield
        return
    # Nothing that is scored here goes to the network, and neither does the fact that it is.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    how: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address == LOCAL:
        how |= {"num_cpus": workers, "include_dashboard": False}
    else:
        _check(address)
    try:
        with _silent():
            ray.init(address=address, **how)
    except Exception as error:  # Ray raises bare ones, too
        what = "start Ray" if address == LOCAL else f"connect to the Ray cluster at {address}"
        raise ClaimcheckError(f"cannot {what}: {error}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _check(address: str) -> None:
    """Refuse an address where nothing answers: Ray itself would try for minutes."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    try:
        if parts.hostname is None or parts.port is None:
            return  # auto, or a form that Ray knows and we do not
        socket.create_connection((parts.hostname, parts.port), _PATIENCE).close()
    except (OSError, ValueError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise ClaimcheckError(
            f"no Ray cluster answers at {address} ({reason}): check --address"
        ) from None


def _processors() -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _configure(quiet: bool) -> None:
    """Set what Ray Data takes from the context of this process."""
    context = DataContext.get_current()
    context.target_max_block_size = _BLOCK
    context.enable_progress_bars = not quiet
    # What Ray Data has to say stands in its log file; a failure comes up as an exception.
    for handler in logging.getLogger("ray.data").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setLevel(_NOTHING)


def _in_one_line(error: Exception) -> ClaimcheckError:
    """Return what went wrong, out of the traceback that a cluster reports."""
    ours = _ERROR_OF_OURS.findall(str(error))
    if ours:
        return ClaimcheckError(ours[-1])
    lines = str(error).strip().splitlines()
    return ClaimcheckError(f"Ray gave up: {lines[-1] if lines else type(error).__name__}")


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what is not written by Python, but by the libraries below, off standard error."""
    try:
        kept = os.dup(2)
    except OSError:
        yield  # it is closed
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
