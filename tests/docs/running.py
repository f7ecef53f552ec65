"""Runs the examples of a document in a folder, with one scorer for all of them."""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from claimcheck import Scorer
from claimcheck.cli import main
from claimcheck.commands import inputs
from tests.docs.examples import Example, Kind, examples
from tests.docs.files import write_files

SHOWN_FOLDER = "/home/ada/news"
"""What the documents call the folder in which the examples run."""

NOT_RUN = {
    r"pip install": "needs a package registry",
    r"make ": "sets up environments; continuous integration runs it",
    r"python -m train\.": "downloads, trains or takes long; tests/train runs the parts",
    r"claimcheck .*https://": "needs the network; tests/reading/test_web.py has a server",
    r"claimcheck .*--model models/": "needs a model that only training makes",
    r"claimcheck .*--engine ray": "needs a cluster; tests/batch/test_ray.py starts one",
}
"""Commands that are not run, as patterns of how they begin, and why not."""

_NEEDS_SHELL = re.compile(r"[|<>;&*]")


@dataclass(frozen=True)
class Outcome:
    """What came of an example: what it printed, and a command's exit code."""

    example: Example
    lines: tuple[str, ...]
    code: int = 0


def reason_not_to_run(example: Example) -> str | None:
    """Return the pattern in NOT_RUN that an example falls under, if there is one."""
    if example.kind is not Kind.CONSOLE:
        return None
    return next((p for p in NOT_RUN if re.match(p, example.source)), None)


def run_examples(document: Path, folder: Path, scorer: Scorer) -> Iterator[Outcome]:
    """Run the commands and the Python of a document in order, in a folder of prepared files.

    What a Python block defines is there for those after it.
    """
    write_files(folder)
    names: dict[str, object] = {}
    variables = {"COLUMNS": "80", "CLAIMCHECK_THREADS": "1", "NO_COLOR": "1"}
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, variables),
        mock.patch.object(inputs, "_scorer", lambda settings: scorer),
    ):
        for example in examples(document):
            if example.kind is Kind.PYTHON:
                yield Outcome(example, _lines(_run_python(example, names, document), folder))
            elif example.kind is Kind.CONSOLE and not reason_not_to_run(example):
                printed, code = _run_command(example.source)
                yield Outcome(example, _lines(printed, folder), code)


def _lines(printed: str, folder: Path) -> tuple[str, ...]:
    text = printed.replace(str(folder), SHOWN_FOLDER)
    return tuple(line.rstrip() for line in text.rstrip().splitlines())


def _run_python(example: Example, names: dict[str, object], document: Path) -> str:
    # Lines of the document come first in a traceback's numbers.
    source = "\n" * example.first + example.source
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, str(document), "exec"), names)
    return printed.getvalue()


def _run_command(source: str) -> tuple[str, int]:
    words = shlex.split(source, comments=True)
    if words[0] == "claimcheck" and not any(map(_NEEDS_SHELL.search, words)):
        return _run_here(words[1:])
    scripts = Path(sys.executable).parent
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", source],
        env=os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return result.stdout, result.returncode


def _run_here(arguments: list[str]) -> tuple[str, int]:
    """Run the command line in this process; its two streams are one, as in a terminal."""
    screen = io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = 0
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        try:
            main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    screen.flush()
    return screen.buffer.getvalue().decode(), code
