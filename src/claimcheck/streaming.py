"""Many texts through a scorer: in order, a few at a time; also for asyncio."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, TypeVar, overload

from claimcheck.errors import ClaimcheckError, InputError, MissingExtraError, ModelError
from claimcheck.ordered import in_order
from claimcheck.report import Report

Context = TypeVar("Context")

_Numbered = tuple[int, Any]


class Streams(ABC):
    """The part of a scorer that takes many texts.

    Args:
        threads: how many texts are worked on at once.

    """

    def __init__(self, threads: int) -> None:
        self._threads = threads

    @abstractmethod
    def score(self, text: str) -> Report:
        """Score a plain text."""

    @overload
    def stream(
        self,
        texts: Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        return_exceptions: Literal[False] = ...,
        look_ahead: int | None = ...,
    ) -> Iterator[Report]: ...

    @overload
    def stream(
        self,
        texts: Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        return_exceptions: Literal[True],
        look_ahead: int | None = ...,
    ) -> Iterator[Report | Exception]: ...

    @overload
    def stream(
        self,
        texts: Iterable[tuple[str, Context]],
        *,
        as_tuples: Literal[True],
        return_exceptions: Literal[False] = ...,
        look_ahead: int | None = ...,
    ) -> Iterator[tuple[Report, Context]]: ...

    @overload
    def stream(
        self,
        texts: Iterable[tuple[str, Context]],
        *,
        as_tuples: Literal[True],
        return_exceptions: Literal[True],
        look_ahead: int | None = ...,
    ) -> Iterator[tuple[Report | Exception, Context]]: ...

    def stream(
        self,
        texts: Iterable[Any],
        *,
        as_tuples: bool = False,
        return_exceptions: bool = False,
        look_ahead: int | None = None,
    ) -> Iterator[Any]:
        """Yield a report for each text, in order, and hold only a few.

        A text that cannot be scored raises its error at its turn, which ends the stream; its
        number is in the message. What goes wrong with the model itself is always raised.

        Args:
            texts: any number of them; they are taken in the thread that asks for reports.
            as_tuples: ``texts`` gives pairs of a text and anything that belongs to it, and the
                stream gives pairs of its report and the same object.
            return_exceptions: give the error in the place of the report, and go on.
            look_ahead: how many texts may be taken before the report of the one in turn is given;
                twice as many as there are threads by default. 0 for texts that come live.

        Raises:
            InputError: at its turn, where a text is no string.
            ClaimcheckError: where an argument makes no sense.

        """
        work = self._work("stream", texts, as_tuples, return_exceptions)
        return _stream(work, texts, self._threads, self._ahead(look_ahead))

    @overload
    def astream(
        self,
        texts: AsyncIterable[str] | Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        return_exceptions: Literal[False] = ...,
        look_ahead: int | None = ...,
    ) -> AsyncGenerator[Report, None]: ...

    @overload
    def astream(
        self,
        texts: AsyncIterable[str] | Iterable[str],
        *,
        as_tuples: Literal[False] = ...,
        return_exceptions: Literal[True],
        look_ahead: int | None = ...,
    ) -> AsyncGenerator[Report | Exception, None]: ...

    @overload
    def astream(
        self,
        texts: AsyncIterable[tuple[str, Context]] | Iterable[tuple[str, Context]],
        *,
        as_tuples: Literal[True],
        return_exceptions: Literal[False] = ...,
        look_ahead: int | None = ...,
    ) -> AsyncGenerator[tuple[Report, Context], None]: ...

    @overload
    def astream(
        self,
        texts: AsyncIterable[tuple[str, Context]] | Iterable[tuple[str, Context]],
        *,
        as_tuples: Literal[True],
        return_exceptions: Literal[True],
        look_ahead: int | None = ...,
    ) -> AsyncGenerator[tuple[Report | Exception, Context], None]: ...

    def astream(
        self,
        texts: AsyncIterable[Any] | Iterable[Any],
        *,
        as_tuples: bool = False,
        return_exceptions: bool = False,
        look_ahead: int | None = None,
    ) -> AsyncGenerator[Any, None]:
        """Yield a report for each text, in order, for ``async for``; see ``stream``.

        Everything is done in threads, so the event loop is never held up: neither by scoring nor
        by a plain iterable, which is asked for texts in a thread of its own. A text that is slow to
        come does not hold up the reports of those before it.
        """
        from claimcheck.asynchronous import astream

        work = self._work("astream", texts, as_tuples, return_exceptions)
        return astream(work, texts, self._threads, self._ahead(look_ahead))

    def _ahead(self, look_ahead: int | None) -> int:
        if look_ahead is None:
            return 2 * self._threads
        if look_ahead < 0:
            raise ClaimcheckError(f"look_ahead is {look_ahead}: give a whole number from 0 on")
        return look_ahead

    def _work(
        self, name: str, texts: object, as_tuples: bool, return_exceptions: bool
    ) -> Callable[[_Numbered], Any]:
        """Return what a stream does with each of its numbered items."""
        if isinstance(texts, str):
            raise ClaimcheckError(f"{name}() takes an iterable of texts; use score() for one text")

        def report(number: int, text: object) -> Report | Exception:
            try:
                return self._numbered_report(number, text)
            except (ModelError, MissingExtraError):
                raise
            except Exception as error:
                if return_exceptions:
                    return error
                raise

        def pair(item: _Numbered) -> tuple[Report | Exception, Any]:
            number, found = item
            if not isinstance(found, tuple) or len(found) != 2:
                raise InputError(f"item {number} is no pair (text, context), as as_tuples wants")
            return report(number, found[0]), found[1]

        return pair if as_tuples else lambda item: report(*item)

    def _numbered_report(self, number: int, text: object) -> Report:
        if not isinstance(text, str):
            kind = type(text).__name__
            raise InputError(f"text {number} is of type {kind}: a stream takes strings")
        try:
            return self.score(text)
        except Exception as error:
            error.add_note(f"This was text {number} of a stream.")
            raise


def _stream(
    work: Callable[[_Numbered], Any], texts: Iterable[Any], threads: int, ahead: int
) -> Iterator[Any]:
    if ahead == 0:
        yield from map(work, enumerate(texts, 1))
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="claimcheck-stream") as pool:
        yield from in_order(work, enumerate(texts, 1), pool, ahead)
