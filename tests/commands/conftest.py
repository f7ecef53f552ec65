"""The command line in this process, with a scorer that goes by single words."""

import io
import sys
from dataclasses import dataclass

import pytest

from claimcheck.cli import main
from claimcheck.commands import inputs
from tests.words import WordScorer


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def complaint(self):
        """The one line of complaint of a run that ended in exit code 2."""
        lines = self.err.splitlines()
        assert self.code == 2 and len(lines) == 1, self
        assert lines[0].startswith("claimcheck: ")
        return lines[0]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that commands run in; no configuration file stands above it."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.delenv("CLAIMCHECK_THREADS", raising=False)
    return place


@pytest.fixture
def write(folder):
    """Write a file into the folder."""

    def write(name, content):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path

    return write


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Run a command line, and return its exit code and what it printed."""

    def run(*arguments, stdin=""):
        monkeypatch.setattr(inputs, "_scorer", lambda settings: WordScorer())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(a) for a in arguments])
        printed = capsys.readouterr()
        return Result(stopped.value.code, printed.out, printed.err)

    return run
