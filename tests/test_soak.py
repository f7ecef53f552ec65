"""The soak's own arithmetic, and that its mixture is what it says."""

import random

from claimcheck.reading import ENDINGS
from train.mixture import HOSTILE, LARGE
from train.soak import Reading, Tally, slope, summary


def readings(growth, seconds=1200, noise=5.0):
    """Readings every two seconds of memory that grows by some MB an hour, and jumps about."""
    chance = random.Random(3)
    return [
        Reading(float(s), 300 + growth * s / 3600 + chance.uniform(-noise, noise))
        for s in range(0, seconds, 2)
    ]


def test_growth_is_found_within_its_interval_and_none_where_there_is_none():
    found = slope(readings(growth=60))
    assert 0 < found.low < 60 < found.high < 120
    assert slope(readings(growth=0)).low < 0 < slope(readings(growth=0)).high


def test_the_summary_says_whether_memory_is_flat():
    assert summary(Tally(readings=readings(growth=0))).endswith(": flat")
    assert summary(Tally(readings=readings(growth=600))).endswith(": GROWS")
    assert "too short a run" in summary(Tally(readings=readings(growth=0, seconds=60)))


def test_every_hostile_document_can_be_made_and_is_the_same_for_the_same_seed():
    for make in (*HOSTILE, *LARGE):
        sample = make(random.Random(1))
        assert sample.ending in ENDINGS and sample.kind
        if not sample.kind.startswith("broken"):  # their files name the hour they were made
            assert sample == make(random.Random(1))
