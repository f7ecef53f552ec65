"""A Scorer inside a pipeline: streams, asyncio, threads, processes."""

import asyncio
import contextlib
import itertools
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ClaimcheckError, Report, Scorer
from claimcheck.asynchronous import in_order_async
from claimcheck.errors import InputError, ModelError
from claimcheck.ordered import in_order
from tests.conftest import ROOT

WAIT = 60
"""Seconds after which a test that waits for another thread has failed."""

TEXTS = [f"Linden tea number {n} may help." for n in range(12)]


@pytest.fixture(scope="module")
def expected(scorer):
    return [scorer.score(text) for text in TEXTS]


@pytest.fixture
def quick(monkeypatch):
    """A Scorer whose reports cost nothing: only their text is right."""
    scorer = Scorer(threads=2)
    empty = scorer.score("")

    def score(text):
        if text == "fault":
            raise RuntimeError("a fault of our own")
        return Report(**{**vars_of(empty), "text": text})

    monkeypatch.setattr(scorer, "score", score)
    return scorer


def vars_of(report):
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


async def collected(stream):
    return [found async for found in stream]


async def trickle(items):
    for item in items:
        await asyncio.sleep(0)
        yield item


# Streams


@pytest.mark.parametrize("look_ahead", [0, 1, None])
def test_a_stream_gives_the_reports_that_score_gives_in_order(scorer, expected, look_ahead):
    assert list(scorer.stream(TEXTS, look_ahead=look_ahead)) == expected


def test_a_stream_hands_each_context_back_with_its_report(quick):
    pairs = [(text, {"row": n}) for n, text in enumerate(TEXTS)]
    found = list(quick.stream(pairs, as_tuples=True))
    assert [(report.text, context) for report, context in found] == pairs
    assert all(given is returned for (_, given), (_, returned) in zip(pairs, found, strict=True))


@pytest.mark.parametrize("look_ahead", [0, 1, 5])
def test_a_stream_takes_no_more_texts_than_it_may_look_ahead(quick, look_ahead):
    taken = itertools.count()
    endless = (f"Tea {next(taken)}." for _ in itertools.count())
    stream = quick.stream(endless, look_ahead=look_ahead)
    assert [next(stream).text for _ in range(3)] == ["Tea 0.", "Tea 1.", "Tea 2."]
    assert next(taken) == 3 + look_ahead


def test_texts_are_taken_in_the_thread_that_asks(quick):
    def texts():
        for text in TEXTS:
            assert threading.current_thread() is threading.main_thread()
            yield text

    assert len(list(quick.stream(texts()))) == len(TEXTS)


def test_a_bad_text_ends_a_stream_at_its_turn_and_is_named(quick):
    stream = quick.stream(["One.", None, "Three."])
    assert next(stream).text == "One."
    with pytest.raises(InputError, match="text 2 is of type NoneType"):
        next(stream)
    assert list(stream) == []


def test_a_fault_of_our_own_says_which_text_it_was(quick):
    with pytest.raises(RuntimeError) as caught:
        list(quick.stream(["One.", "fault"]))
    assert caught.value.__notes__ == ["This was text 2 of a stream."]


@pytest.mark.parametrize("look_ahead", [0, None])
def test_with_return_exceptions_an_error_takes_the_place_of_its_report(quick, look_ahead):
    texts = [("One.", 1), (None, 2), ("fault", 3), ("Four.", 4)]
    found = list(quick.stream(texts, as_tuples=True, return_exceptions=True, look_ahead=look_ahead))
    kinds = [(type(outcome), context) for outcome, context in found]
    assert kinds == [(Report, 1), (InputError, 2), (RuntimeError, 3), (Report, 4)]


def test_an_iterable_that_fails_does_so_after_the_reports_before(quick):
    def texts():
        yield from ["One.", "Two."]
        raise OSError("the disk is gone")

    stream = quick.stream(texts(), return_exceptions=True)
    assert [next(stream).text, next(stream).text] == ["One.", "Two."]
    with pytest.raises(OSError, match="the disk is gone"):
        next(stream)


def test_a_model_that_cannot_be_used_is_no_error_of_a_text(quick, monkeypatch):
    def score(text):
        raise ModelError("no model")

    monkeypatch.setattr(quick, "score", score)
    with pytest.raises(ModelError):
        list(quick.stream(TEXTS, return_exceptions=True))
    with pytest.raises(ModelError):
        asyncio.run(collected(quick.astream(TEXTS, return_exceptions=True)))


def test_what_is_no_pair_is_refused(quick):
    with pytest.raises(InputError, match="item 2 is no pair"):
        list(quick.stream([("One.", 1), "Two."], as_tuples=True, return_exceptions=True))


@pytest.mark.parametrize("method", ["stream", "astream"])
def test_arguments_that_make_no_sense_are_refused_at_once(quick, method):
    with pytest.raises(ClaimcheckError, match="takes an iterable of texts"):
        getattr(quick, method)("One text.")
    with pytest.raises(ClaimcheckError, match="look_ahead"):
        getattr(quick, method)([], look_ahead=-1)


def test_a_stream_that_is_left_takes_no_more_texts(quick):
    taken = itertools.count()
    stream = quick.stream(f"Tea {next(taken)}." for _ in itertools.count())
    next(stream)
    stream.close()
    assert next(taken) == 5
    assert list(stream) == []


def test_texts_of_a_stream_are_scored_at_the_same_time(quick, monkeypatch):
    both = threading.Barrier(2)

    def score(text):
        both.wait(WAIT)
        return text

    monkeypatch.setattr(quick, "score", score)
    assert list(quick.stream(["One.", "Two."])) == ["One.", "Two."]


@given(st.lists(st.integers()), st.integers(0, 9), st.integers(1, 4))
def test_results_come_in_the_order_of_their_items(items, ahead, threads):
    with ThreadPoolExecutor(threads) as pool:
        assert list(in_order(str, items, pool, ahead)) == [str(n) for n in items]
        found = asyncio.run(collected(in_order_async(str, trickle(items), pool, ahead)))
        assert found == [str(n) for n in items]


# asyncio


@pytest.mark.parametrize("source", [list, iter, trickle])
def test_an_async_stream_gives_the_reports_that_score_gives_in_order(scorer, expected, source):
    assert asyncio.run(collected(scorer.astream(source(TEXTS)))) == expected


def test_an_async_stream_hands_contexts_back_and_errors_if_asked(quick):
    texts = [("One.", 1), (None, 2), ("Three.", 3)]
    stream = quick.astream(trickle(texts), as_tuples=True, return_exceptions=True)
    found = asyncio.run(collected(stream))
    assert [(type(outcome), n) for outcome, n in found] == [
        (Report, 1),
        (InputError, 2),
        (Report, 3),
    ]


def test_a_bad_text_ends_an_async_stream_at_its_turn(quick):
    async def run():
        stream = quick.astream(["One.", None])
        assert (await anext(stream)).text == "One."
        with pytest.raises(InputError, match="text 2"):
            await anext(stream)

    asyncio.run(run())


def test_an_async_source_that_fails_does_so_after_the_reports_before(quick):
    async def texts():
        yield "One."
        raise OSError("the line is dead")

    async def run():
        stream = quick.astream(texts())
        assert (await anext(stream)).text == "One."
        with pytest.raises(OSError, match="the line is dead"):
            await anext(stream)

    asyncio.run(run())


def test_the_event_loop_runs_while_a_text_is_scored(quick, monkeypatch):
    go = threading.Event()

    def score(text):
        assert go.wait(WAIT)  # only the event loop sets it
        return text

    async def run():
        asyncio.get_running_loop().call_later(0.01, go.set)
        return await collected(quick.astream(["One."]))

    monkeypatch.setattr(quick, "score", score)
    assert asyncio.run(run()) == ["One."]


def test_the_event_loop_runs_while_a_plain_iterable_is_slow(quick):
    go, threads = threading.Event(), set()

    def texts() -> Iterator[str]:
        for text in ("One.", "Two."):
            assert go.wait(WAIT)
            threads.add(threading.current_thread())
            yield text

    async def run():
        asyncio.get_running_loop().call_later(0.01, go.set)
        return await collected(quick.astream(texts()))

    assert [r.text for r in asyncio.run(run())] == ["One.", "Two."]
    assert len(threads) == 1 and threading.main_thread() not in threads


def test_a_report_does_not_wait_for_the_next_text_to_come(quick):
    async def run():
        more = asyncio.Event()

        async def live():
            yield "One."
            await more.wait()
            yield "Two."

        stream = quick.astream(live())
        first = await asyncio.wait_for(anext(stream), WAIT)
        more.set()
        return [first.text, *[r.text async for r in stream]]

    assert asyncio.run(run()) == ["One.", "Two."]


@pytest.mark.parametrize("look_ahead", [0, 3])
def test_an_async_stream_takes_no_more_texts_than_it_may_look_ahead(quick, look_ahead):
    taken = itertools.count()

    async def endless():
        while True:
            yield f"Tea {next(taken)}."

    async def run():
        async with contextlib.aclosing(quick.astream(endless(), look_ahead=look_ahead)) as stream:
            for _ in range(3):
                await anext(stream)
            await asyncio.sleep(0.01)
            return next(taken)

    assert asyncio.run(run()) <= 3 + look_ahead


def test_an_async_stream_can_be_left_and_cancelled(quick, monkeypatch):
    go = threading.Event()

    def score(text):
        assert text == "One." or go.wait(WAIT)
        return text

    async def run():
        stream = quick.astream(["One.", "Two.", "Three."])
        assert await anext(stream) == "One."
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        go.set()
        return await collected(stream)

    monkeypatch.setattr(quick, "score", score)
    assert asyncio.run(run()) == []


# Threads and processes


def test_sixteen_threads_share_one_scorer_and_get_the_same_reports(scorer, expected):
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(scorer.score, TEXTS)) == expected


def test_sixteen_streams_share_one_scorer(scorer, expected):
    with ThreadPoolExecutor(16) as pool:
        streams = pool.map(lambda _: list(scorer.stream(TEXTS[:3])), range(16))
    assert all(reports == expected[:3] for reports in streams)


def test_the_number_of_threads_changes_no_report(expected):
    assert list(Scorer(threads=1).stream(TEXTS)) == expected


def test_however_many_threads_share_a_scorer_only_its_own_compute(scorer, monkeypatch):
    backend = scorer._classifier._backend()
    compute, names = backend._row, set()

    def watched(window):
        names.add(threading.current_thread().name)
        return compute(window)

    monkeypatch.setattr(backend, "_row", watched)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(scorer.score, TEXTS))
    assert 1 <= len(names) <= 2


def test_the_environment_sets_the_number_of_threads(monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_THREADS", "3")
    assert Scorer()._threads == 3 and Scorer(threads=1)._threads == 1
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    with pytest.raises(ClaimcheckError, match="CLAIMCHECK_THREADS is 'many'"):
        Scorer()


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_scorer_is_pickled_into_processes(expected, method):
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(Scorer(threads=1).score, TEXTS[:4])) == expected[:4]


TYPED = """
from collections.abc import AsyncIterator
from typing import assert_type
from claimcheck import Report, Scorer

async def check(scorer: Scorer, texts: list[str], pairs: AsyncIterator[tuple[str, int]]) -> None:
    for report in scorer.stream(texts):
        assert_type(report, Report)
    for outcome in scorer.stream(texts, return_exceptions=True):
        assert_type(outcome, Report | Exception)
    for pair in scorer.stream([(text, 1) for text in texts], as_tuples=True):
        assert_type(pair, tuple[Report, int])
    async for report in scorer.astream(texts):
        assert_type(report, Report)
    async for found in scorer.astream(pairs, as_tuples=True, return_exceptions=True):
        assert_type(found, tuple[Report | Exception, int])
"""


@pytest.mark.slow
def test_streams_are_typed_by_what_is_asked_of_them(tmp_path):
    file = tmp_path / "typed.py"
    file.write_text(TYPED, "utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", file], cwd=ROOT, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stdout
