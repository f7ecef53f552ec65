"""Fixtures that more than one file of tests uses."""

from pathlib import Path

import pytest
from hypothesis import settings

from claimcheck import Scorer

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "passionflower.txt"

# How long an example takes says more of the machine than of the code.
settings.register_profile("claimcheck", deadline=None)
settings.load_profile("claimcheck")


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The shipped model, opened once."""
    return Scorer(threads=2)


@pytest.fixture
def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")
