"""A run that is killed at any moment goes on, and its result is that of an undisturbed run."""

import json
import os
import random
import subprocess
import sys
import time
from itertools import cycle

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

KILLS = 20
PATIENCE = 600
"""Seconds after which a run will never end; a busy machine may need many."""
DELAY = 0.02
"""Seconds that the fake model takes over a document."""


class Runs:
    """Runs of a command over the same input, each in a process of its own."""

    def __init__(self, folder, module, *options):
        self.folder = folder
        self.parts = folder / "out.jsonl.parts"
        self._command = [sys.executable, "-m", module, "batch", "in.jsonl", "-q", *options]

    def start(self, output, *options):
        return subprocess.Popen(
            [*self._command, "-o", output, *options],
            cwd=self.folder,
            env=os.environ | {"CLAIMCHECK_TEST_DELAY": str(DELAY), "PYTHONPATH": str(path())},
        )

    def complete(self, output, *options):
        started = time.monotonic()
        assert self.start(output, *options).wait(timeout=PATIENCE) in (0, 2)
        return (self.folder / output).read_bytes(), time.monotonic() - started

    def killed(self, seconds, *options):
        """Kill a run after some time; tell whether it was still there to be killed."""
        process = self.start("out.jsonl", "--resume", *options)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False


def path():
    known = os.environ.get("PYTHONPATH")
    return f"{ROOT}{os.pathsep}{known}" if known else ROOT


def write_input(folder, documents):
    with (folder / "in.jsonl").open("w") as file:
        for n in range(documents):
            text = f"Mint cures cough {n}. It may help." if n % 7 else None
            file.write(json.dumps({"id": n, "text": text}) + "\n")


def test_twenty_kills_at_random_lose_nothing_and_double_nothing(tmp_path):
    write_input(tmp_path, 60)
    runs = Runs(tmp_path, "tests.batch.words", "--chunk-size", "2")
    expected, seconds = runs.complete("whole.jsonl", "--workers", "1")
    # Spread over the time of a run, not left to luck: also its first and its last moments.
    moments = [(n + 0.5) / KILLS * 1.1 * seconds for n in range(KILLS)]
    random.Random(5).shuffle(moments)
    workers = cycle(("1", "1", "1", "2"))
    kills = 0
    for moment in cycle(moments):
        kills += runs.killed(moment, "--workers", next(workers))
        if kills == KILLS:
            break
        if not runs.parts.exists() and (tmp_path / "out.jsonl").exists():
            assert (tmp_path / "out.jsonl").read_bytes() == expected
            (tmp_path / "out.jsonl").unlink()
    runs.killed(PATIENCE, "--workers", "1")
    assert (tmp_path / "out.jsonl").read_bytes() == expected
    assert {p.name for p in tmp_path.iterdir()} == {"in.jsonl", "out.jsonl", "whole.jsonl"}


def test_the_shipped_model_too_goes_on_where_it_was_killed(tmp_path):
    write_input(tmp_path, 8)
    runs = Runs(tmp_path, "claimcheck.cli", "--chunk-size", "1", "--threads", "1")
    process = runs.start("out.jsonl")
    while not list(runs.parts.glob("0*")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert runs.parts.exists()
    expected, _ = runs.complete("whole.jsonl")
    assert runs.complete("out.jsonl", "--resume")[0] == expected
