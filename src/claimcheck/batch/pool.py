"""Chunks of documents over several processes, or in this one: as they are done, not in order."""

import os
import pickle
import signal
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING

from claimcheck.batch.items import Item
from claimcheck.batch.job import Job
from claimcheck.batch.work import Part, score_part
from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from claimcheck.scoring import Scorer

Chunk = tuple[int, Sequence[Item]]
"""Some documents and their number in the batch."""

AHEAD = 2
"""Chunks that wait for a process, so that none is idle. The rest of the input is not read yet."""


def score_chunks(
    chunks: Iterable[Chunk], scorer: "Scorer", job: Job, workers: int
) -> Generator[tuple[int, Part], None, None]:
    """Yield the part of each chunk with its number, as soon as it is done.

    Args:
        chunks: read only so far ahead as the processes have work.
        scorer: made anew in each process, from its settings.
        job: see Job.
        workers: processes; with 1, the work is done in this one.

    Raises:
        ClaimcheckError: where the model fails, or a process is lost.

    """
    if workers == 1:
        return ((number, score_part(scorer, items, job)) for number, items in chunks)
    return _in_processes(chunks, pickle.dumps((scorer, job)), workers)


def _in_processes(
    chunks: Iterable[Chunk], settings: bytes, workers: int
) -> Generator[tuple[int, Part], None, None]:
    waiting: dict[Future[Part], int] = {}
    with _pool(workers) as pool:
        try:
            for number, items in chunks:
                with _deaf_to_ctrl_c():  # the processes start here, and are so from the start
                    waiting[pool.submit(_score, settings, items)] = number
                if len(waiting) >= workers + AHEAD:
                    yield from _done(waiting)
            while waiting:
                yield from _done(waiting)
        except BrokenProcessPool:
            raise ClaimcheckError(
                "a process was killed, perhaps for want of memory: go on with --resume, and "
                "fewer --workers"
            ) from None


def _done(waiting: dict[Future[Part], int]) -> Iterator[tuple[int, Part]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool that stops at once where this process gives up: nobody waits for its chunks."""
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare)
    try:
        yield pool
    except BaseException:
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start processes that leave Ctrl-C to this one, which ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _prepare() -> None:
    """Make a process end with the one that started it, even where that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _score(settings: bytes, items: Sequence[Item]) -> Part:
    scorer, job = _opened(settings)
    return score_part(scorer, items, job)


@lru_cache(maxsize=1)
def _opened(settings: bytes) -> tuple["Scorer", Job]:
    """Return the scorer of this process, opened once."""
    scorer, job = pickle.loads(settings)
    return scorer, job
