"""A few examples of each target of the search, always the same ones."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz import search
from tests.fuzz.search import broken
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_no_promise_is_broken(name, monkeypatch):
    # How long an input takes is measured by the search itself, and not on a machine at test.
    monkeypatch.setattr(search, "SECONDS", 600)
    target = TARGETS[name]

    @settings(
        max_examples=6,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(target.cases)
    def examples(case):
        assert broken(target, case) is None

    examples()


def test_the_search_sees_a_fault_a_message_and_what_takes_too_long(monkeypatch):
    import logging

    def fail(case):
        raise KeyError("tea")

    def speak(case):
        logging.getLogger("a.library").warning("Tea!")

    def loop(case):
        while True:
            pass

    monkeypatch.setattr(search, "SECONDS", 0.05)
    cases = TARGETS["text"].cases
    assert broken(Target(cases, fail), "").startswith("KeyError")
    assert "a.library: Tea!" in broken(Target(cases, speak), "")
    assert broken(Target(cases, loop), "").startswith("TooSlowError")
    assert broken(Target(cases, len), "") is None


def test_a_failing_case_is_cut_down_to_what_matters():
    def check(case):
        if "b" in case:
            raise KeyError("tea")

    found = search.Search(Target(TARGETS["text"].cases, check))
    found.attempt("aaaabaaaa" * 3)
    found.attempt("b")
    (failure,) = found.failures.values()
    assert failure.case == "b" and failure.times == 2 and found.inputs == 2
