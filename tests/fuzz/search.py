"""The search itself: tries cases, keeps count, and cuts down what breaks a promise."""

import logging
import resource
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, NoReturn

from claimcheck import __file__ as package_file
from tests.fuzz.targets import Target

SECONDS = 5.0
"""Processor time that one case may take; a busy machine does not use it up."""

MEGABYTES = 500
"""Memory that one case may take, beyond the most that was taken before."""

CUTTING = 30.0
"""Seconds spent on cutting a failing case down."""

_PACKAGE = package_file.removesuffix("__init__.py")


class TooSlowError(BaseException):
    """Raised in the middle of a case; nothing that is tried may catch it."""


@dataclass(slots=True)
class Failure:
    """A promise that was broken: how often, and the smallest case that breaks it."""

    case: Any
    times: int = 1


@dataclass(slots=True)
class Search:
    """One target's search."""

    target: Target
    inputs: int = 0
    failures: dict[str, Failure] = field(default_factory=dict)

    def attempt(self, case: Any) -> None:
        """Try a case, and note what is wrong with it."""
        self.inputs += 1
        wrong = broken(self.target, case)
        if wrong is None:
            return
        known = self.failures.get(wrong)
        if known is None:
            self.failures[wrong] = Failure(_cut_down(self.target, case, wrong))
        else:
            known.times += 1


def broken(target: Target, case: Any) -> str | None:
    """Return which promise a case breaks and where, or None."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with _time_limit(), _library_messages() as messages:
            target.check(case)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # What is broken may surface as anything: a panic of a native library is no Exception.
        first_line = (str(error).splitlines() or [""])[0]
        return f"{type(error).__name__} {_place(error)}: {first_line[:80]}"
    if messages:
        return f"a library speaks to people: {messages[0][:80]}"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    return f"took {MEGABYTES} MB and more" if grown > MEGABYTES else None


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TooSlowError(f"more than {SECONDS:g} seconds")

    signal.signal(signal.SIGVTALRM, stop)
    # Again and again, for what is raised within a callback of the collector goes nowhere.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, SECONDS / 10)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@contextmanager
def _library_messages() -> Iterator[list[str]]:
    """Collect what libraries log and nothing handles: without a test runner it is printed."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(f"{record.name}: {record.msg}")

    printing, handlers = logging.lastResort, logging.root.handlers
    logging.lastResort, logging.root.handlers = Collector(logging.WARNING), []
    try:
        yield messages
    finally:
        logging.lastResort, logging.root.handlers = printing, handlers


def _place(error: BaseException) -> str:
    """Return where it went wrong: the last line of the package's own, or else the last line."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_PACKAGE)] or frames
    last = frames[-1] if isinstance(error, AssertionError) else own[-1]
    return f"in {last.filename.rsplit('/', 1)[-1]}:{last.name}:{last.lineno}"


def _cut_down(target: Target, case: Sequence[Any], wrong: str) -> Sequence[Any]:
    """Return the case with every part left out that it fails without, as far as time allows."""
    deadline = time.monotonic() + CUTTING
    size = len(case) // 2
    while size and time.monotonic() < deadline:
        at = 0
        while at < len(case) and time.monotonic() < deadline:
            rest = case[:at] + case[at + size :]
            if broken(target, rest) == wrong:
                case = rest
            else:
                at += size
        size //= 2
    return case
