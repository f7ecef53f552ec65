"""What a command costs in a process of its own."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_WATCH = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
unit = 1 if sys.platform == "darwin" else 1024
took = time.perf_counter() - start, usage.ru_maxrss * unit / 1e6
print(json.dumps([os.waitstatus_to_exitcode(status), *took]))
"""
"""Runs a command and prints what it cost. A process starts with the peak memory of its parent on
its account, so its parent is this small program."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command costs: seconds of wall time, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


def run(command: Sequence[str]) -> Cost:
    """Run a command in a fresh process.

    Raises:
        RuntimeError: where it fails.

    """
    watched = [sys.executable, "-S", "-c", _WATCH, *command]
    code, seconds, megabytes = json.loads(subprocess.check_output(watched))
    if code != 0:
        raise RuntimeError(f"{' '.join(command)} failed with exit code {code}")
    return Cost(seconds, megabytes)


def measure(command: Sequence[str], repeats: int) -> Cost:
    """Return the medians of several runs."""
    costs = [run(command) for _ in range(repeats)]
    return Cost(
        statistics.median(c.seconds for c in costs), statistics.median(c.megabytes for c in costs)
    )
