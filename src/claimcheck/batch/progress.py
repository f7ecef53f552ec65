"""How a batch says how far it is: a bar on a terminal, and otherwise a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from claimcheck.batch.work import Counts

if TYPE_CHECKING:
    from rich.console import Console

Say = Callable[[str], None]
Show = Callable[["Pace"], None]

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


class Pace:
    """How much of a batch is done, and how fast.

    Args:
        total: documents of the whole input.
        before: what an earlier run did, which says nothing about how fast this one is.
        clock: the time in seconds.

    """

    def __init__(
        self, total: int, before: Counts, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total = total
        self.done = before
        self._before = before
        self._clock = clock
        self._start = clock()

    def add(self, counts: Counts) -> None:
        """Note that more is done."""
        self.done += counts

    @property
    def seconds(self) -> float:
        """How long this run has taken so far."""
        return self._clock() - self._start

    @property
    def sentences_a_second(self) -> float:
        """How many sentences this run scores in a second."""
        sentences = self.done.sentences - self._before.sentences
        return sentences / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the pace so far; None where nothing was done yet."""
        documents = self.done.documents - self._before.documents
        if documents <= 0:
            return None
        return self.seconds / documents * max(0, self.total - self.done.documents)

    def __str__(self) -> str:
        parts = [
            f"{self.done.documents:,} of {self.total:,} documents",
            f"{self.sentences_a_second:,.0f} sentences a second",
        ]
        if self.done.errors:
            parts.append(counted(self.done.errors, "error"))
        if self.seconds_left is not None:
            parts.append(f"{duration(self.seconds_left)} left")
        return ", ".join(parts)


@contextmanager
def progress(pace: Pace, say: Say, quiet: bool) -> Iterator[Show]:
    """Give what is called after each step, and shows it, at most as often as people can read."""
    if quiet:
        yield lambda pace: None
    elif sys.stderr is not None and sys.stderr.isatty():
        from rich.console import Console

        with bar(pace, Console(stderr=True)) as show:
            yield show
    else:
        yield lines(say)


def lines(say: Say, clock: Callable[[], float] = time.monotonic) -> Show:
    """Return what says a line, unless all is done or it said one in the last ``EVERY`` seconds."""
    last = clock()

    def show(pace: Pace) -> None:
        nonlocal last
        if clock() - last >= EVERY and pace.done.documents < pace.total:
            last = clock()
            say(f"Batch: {pace}")

    return show


@contextmanager
def bar(pace: Pace, console: "Console") -> Iterator[Show]:
    """Give what moves a bar, which is gone at the end."""
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as shown:
        task = shown.add_task(str(pace), total=pace.total)

        def show(pace: Pace) -> None:
            shown.update(task, completed=pace.done.documents, description=str(pace))

        show(pace)
        yield show


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    minutes, hours = seconds / 60, seconds / 3600
    if minutes < 1.5:
        return counted(round(seconds), "second")
    if hours < 1.5:
        return counted(round(minutes), "minute")
    if hours < 36:
        return f"{hours:.1f} hours"
    return f"{hours / 24:.1f} days"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
