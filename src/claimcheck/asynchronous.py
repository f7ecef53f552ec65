"""What ``ordered`` does, for asyncio: imported only where it is used, as asyncio takes its time."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

from claimcheck.ordered import Item, Result, failed

_END: Any = object()


async def astream(
    work: Callable[[tuple[int, Item]], Result],
    items: AsyncIterable[Item] | Iterable[Item],
    threads: int,
    ahead: int,
) -> AsyncGenerator[Result, None]:
    """Yield what the work makes of each numbered item, in order, for asyncio."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="claimcheck-stream")
    try:
        async with (
            aclosing(numbered(items)) as source,
            aclosing(in_order_async(work, source, pool, ahead)) as results,
        ):
            async for result in results:
                yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


async def in_order_async(
    work: Callable[[Item], Result], items: AsyncIterator[Item], pool: Executor, ahead: int
) -> AsyncGenerator[Result, None]:
    """Yield what the work makes of each item, in order; see ``in_order``.

    Neither the work nor the waiting for it holds up the event loop, and an item that is slow to
    come holds up no result that is there.
    """
    made: asyncio.Queue[Future[Result] | None] = asyncio.Queue()
    room = asyncio.Semaphore(ahead + 1)

    async def feed() -> None:
        try:
            while True:
                await room.acquire()
                made.put_nowait(pool.submit(work, await anext(items)))
        except StopAsyncIteration:
            pass
        except Exception as error:
            made.put_nowait(failed(error))
        made.put_nowait(None)

    feeder = asyncio.create_task(feed())
    try:
        while (future := await made.get()) is not None:
            yield await asyncio.wrap_future(future)
            room.release()
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)
        while not made.empty():
            left = made.get_nowait()
            if left is not None:
                left.cancel()


async def numbered(
    items: AsyncIterable[Item] | Iterable[Item],
) -> AsyncGenerator[tuple[int, Item], None]:
    """Yield items with their numbers, from 1 on.

    A plain iterable is asked in a thread of its own, always the same one: it may wait for a file
    or a network and would hold up the event loop.
    """
    number = 0
    if isinstance(items, AsyncIterable):
        async for item in items:
            number += 1
            yield number, item
        return
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1, thread_name_prefix="claimcheck-source")
    try:
        iterator = await loop.run_in_executor(pool, iter, items)
        while (found := await loop.run_in_executor(pool, next, iterator, _END)) is not _END:
            number += 1
            yield number, found
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
