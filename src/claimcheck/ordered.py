"""Many items through one function: in order, some at a time, in threads.

Nothing here knows what the items are. ONNX Runtime lets other threads run while it computes, so
threads are enough to keep every core busy.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], pool: Executor, ahead: int
) -> Generator[Result, None, None]:
    """Yield what the work makes of each item, in order.

    Items are taken in the thread that asks for results. What the work raises is raised at the
    turn of its item; what the iterable raises, after the results of all items before.

    Args:
        work: is run in the pool.
        items: any number of them.
        pool: may be shared with others; it is left open.
        ahead: how many items are taken, at most, beyond the one whose result is asked for.

    """
    waiting: deque[Future[Result]] = deque()
    try:
        for future in _submitted(work, items, pool):
            waiting.append(future)
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _submitted(
    work: Callable[[Item], Result], items: Iterable[Item], pool: Executor
) -> Iterator[Future[Result]]:
    """Yield the future of each item's result; if the iterable fails, one more, with its error."""
    try:
        for item in items:
            yield pool.submit(work, item)
    except Exception as error:
        yield failed(error)


def failed(error: Exception) -> Future[Any]:
    """Return a future that raises an error."""
    future: Future[Any] = Future()
    future.set_exception(error)
    return future
