"""Fixtures that more than one file of tests uses."""

from pathlib import Path

import pytest

from claimcheck import Scorer

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "passionflower.txt"


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The shipped model, opened once."""
    return Scorer(threads=2)


@pytest.fixture
def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")
