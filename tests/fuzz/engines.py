"""What makes up the cases: chance alone (hypothesis), or chance led by coverage (atheris).

Both draw from the same strategies: atheris invents the bytes that hypothesis makes its choices by.
It runs in a process of its own, for it never gives control back and watches every branch.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

_WATCHED = [
    *("claimcheck", "html.parser", "markdown_it", "mdit_py_plugins", "docx", "pdfminer"),
    *("sentencesplit", "tomllib"),
]
_BYTES = 8192
"""Bytes that atheris makes up for one case; hypothesis turns away what wants more."""

Result = tuple[int, dict[str, str]]
"""How many inputs were tried, and what was broken: each promise with the case that breaks it."""


def chance(name: str, seconds: float, start: int) -> Result:
    """Search one target with hypothesis."""
    from tests.fuzz.search import Search
    from tests.fuzz.targets import TARGETS

    search = Search(TARGETS[name])
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        tries = _tries(search.target.cases, search.attempt, deadline)
        seed(start)(tries)()
        start += 1
    return search.inputs, {wrong: repr(f.case) for wrong, f in search.failures.items()}


def _tries(cases: Any, attempt: Callable[[Any], None], deadline: float) -> Callable[[], None]:
    @settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def tries(case: Any) -> None:
        if time.monotonic() < deadline:
            attempt(case)

    return tries


def coverage(name: str, seconds: float, start: int) -> Result:
    """Search one target with atheris."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [sys.executable, "-m", __name__, name, str(seconds), str(start), folder]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if not result.exists():
            return 0, {f"the process died with exit code {ended.returncode}": ended.stderr[-2000:]}
        found = json.loads(result.read_text("utf-8"))
        return found["inputs"], found["failures"]


def _led_by_coverage(name: str, seconds: float, start: int, folder: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=_WATCHED):
        from tests.fuzz.search import Search
        from tests.fuzz.targets import TARGETS

    search = Search(TARGETS[name])
    deadline = time.monotonic() + seconds
    tries = _tries(search.target.cases, search.attempt, deadline + 3600)

    def one(data: bytes) -> None:
        tries.hypothesis.fuzz_one_input(data)  # type: ignore[attr-defined]
        if time.monotonic() >= deadline:
            failures = {wrong: repr(f.case) for wrong, f in search.failures.items()}
            found = {"inputs": search.inputs, "failures": failures}
            (folder / "result.json").write_text(json.dumps(found), "utf-8")
            os._exit(0)

    begin = folder / "begin"
    begin.mkdir()
    made_up = random.Random(start)
    for number in range(50):
        (begin / str(number)).write_bytes(made_up.randbytes(made_up.choice([64, 512, _BYTES])))
    arguments = [f"-max_len={_BYTES}", "-len_control=0", f"-seed={start + 1}", "-timeout=600"]
    atheris.Setup([sys.argv[0], *arguments, "-rss_limit_mb=4096", str(begin)], one)
    atheris.Fuzz()


ENGINES: dict[str, Callable[[str, float, int], Result]] = {
    "hypothesis": chance,
    "atheris": coverage,
}

if __name__ == "__main__":
    _led_by_coverage(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
