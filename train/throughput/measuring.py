"""Times contenders in turn, each in a process of its own that is kept, so none disturbs another."""

import gc
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

Work = Callable[[], Any]
"""What is timed: one pass over all texts. What it returns says what was found in them."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work.

    Attributes:
        name: as the table shows it.
        prepare: makes everything ready in the contender's process (not timed) and returns the work.
            It travels to that process, so it is a function of a module, or a partial of one.

    """

    name: str
    prepare: Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a contender took.

    Attributes:
        seconds: wall time of one pass, the median of all.
        spread: the slowest pass less the fastest, as a share of the median.
        cpu_seconds: CPU time of one pass, user and system, over all threads; the median of all.
        megabytes: the most memory that its process held.
        found: what its last pass returned.

    """

    seconds: float
    spread: float
    cpu_seconds: float
    megabytes: float
    found: Any


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A contender that cannot run here, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Pass:
    seconds: float
    cpu_seconds: float
    megabytes: float
    found: Any


Result = Measured | Unavailable


def measure(
    contenders: Sequence[Contender], repeats: int, say: Callable[[str], None]
) -> dict[str, Result]:
    """Time every contender ``repeats`` times, after one pass that does not count.

    One pass of each is run before the second of any, in turns of alternating order, so that a
    machine that slows down or is busy for a while slows all of them.
    """
    passes: dict[str, list[_Pass]] = {}
    failed: dict[str, Unavailable] = {}
    with ExitStack() as stack:
        running: dict[str, Connection] = {}
        for contender in contenders:
            connection = stack.enter_context(_process(contender))
            first = _one_pass(connection)
            if isinstance(first, Unavailable):
                failed[contender.name] = first
                say(f"{contender.name}: not run: {first.reason}")
            else:
                running[contender.name] = connection
                passes[contender.name] = []
                say(f"{contender.name}: {first.seconds:.1f} s to warm up")
        for turn in range(repeats):
            names = list(running) if turn % 2 == 0 else list(reversed(running))
            for name in names:
                found = _one_pass(running[name])
                if isinstance(found, Unavailable):
                    raise RuntimeError(f"{name}: {found.reason}")
                passes[name].append(found)
            say(f"turn {turn + 1} of {repeats} done")
    return {
        c.name: failed[c.name] if c.name in failed else _summary(passes[c.name]) for c in contenders
    }


@contextmanager
def _process(contender: Contender) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(contender, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()


def _one_pass(connection: Connection) -> _Pass | Unavailable:
    try:
        connection.send(True)
        found: _Pass | Unavailable = connection.recv()
    except (EOFError, OSError):
        return Unavailable("its process ended")
    return found


def _serve(contender: Contender, connection: Connection) -> None:
    """Run in the contender's process: a pass whenever one is asked for, until nobody listens."""
    work: Work | None = None
    while True:
        try:
            connection.recv()
        except EOFError:
            return
        try:
            work = work or contender.prepare()
            connection.send(_timed(work))
        except Exception as error:
            reason = str(error).strip() or type(error).__name__
            connection.send(Unavailable(reason.splitlines()[0]))


def _timed(work: Work) -> _Pass:
    gc.collect()
    cpu, start = time.process_time(), time.perf_counter()
    found = work()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return _Pass(seconds, cpu_seconds, peak, found)


def _summary(passes: Sequence[_Pass]) -> Measured:
    seconds = [p.seconds for p in passes]
    median = statistics.median(seconds)
    return Measured(
        median,
        (max(seconds) - min(seconds)) / median,
        statistics.median(p.cpu_seconds for p in passes),
        passes[-1].megabytes,
        passes[-1].found,
    )
