"""Fixtures that more than one file of tests uses."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from claimcheck import Scorer

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "passionflower.txt"

# How long an example takes says more of the machine than of the code.
settings.register_profile("claimcheck", deadline=None)
settings.load_profile("claimcheck")


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c():
    """Let commands hear Ctrl-C even where a shell started these tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The shipped model, opened once."""
    return Scorer(threads=2)


@pytest.fixture
def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")
