"""The command line in this process, with a scorer that goes by single words."""

import io
import sys
from dataclasses import dataclass

import pytest

from claimcheck import Scorer
from claimcheck.classifier import Prediction
from claimcheck.cli import main
from claimcheck.commands import inputs
from claimcheck.labels import Label, Reason

WORDS = {"cures": Label.OVERCLAIMED, "may": Label.HEDGED, "trial": Label.SUPPORTED}


class WordScorer(Scorer):
    """Says of a sentence what a word in it says: no model, and the same at every release."""

    def __init__(self):
        self.model_name = "words 1"
        self._explains = False

    def classify(self, sentences, in_order=False):
        return [self._predict(sentence) for sentence in sentences]

    def _predict(self, sentence):
        found = [label for word, label in WORDS.items() if word in sentence.lower()]
        label = found[0] if found else Label.NO_CLAIM
        confidence = 0.6 if "perhaps" in sentence.lower() else 0.9
        scores = dict.fromkeys(Label, (1 - confidence) / 3) | {label: confidence}
        reasons = (Reason.ABSOLUTE,) if label is Label.OVERCLAIMED else ()
        return Prediction(label, confidence, scores, reasons, label, 1)


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
