"""The shipped model says what it said when it shipped, through every entry point."""

import json
import subprocess
import sys

import pytest

from claimcheck.labels import Label
from claimcheck.segment import split_sentences
from tests.conftest import SAMPLE
from tests.golden.predictions import read


@pytest.fixture(scope="module")
def golden():
    return read()[1]


def compare(golden, found):
    assert len(found) == len(golden)
    for expected, (text, scores) in zip(golden, found, strict=True):
        assert expected.fits(text, scores), (text, scores, expected.scores)


def test_the_golden_predictions_are_those_of_the_shipped_model(scorer):
    assert read()[0] == scorer.model_name


def test_every_label_occurs_in_them(golden):
    assert {max(g.scores, key=lambda label: g.scores[label]) for g in golden} == set(Label)


def test_through_the_library(golden, scorer):
    compare(golden, [(s.text, s.scores) for s in scorer.score_path(SAMPLE).sentences])


def test_through_a_stream(golden, scorer, sample_text):
    for report in scorer.stream([sample_text, sample_text]):
        compare(golden, [(s.text, s.scores) for s in report.sentences])


def test_through_sentences_in_order(golden, scorer, sample_text):
    from claimcheck.reading.text import from_text

    texts = [s.text for s in split_sentences(from_text(sample_text))]
    found = scorer.classify(texts, in_order=True)
    compare(golden, [(t, p.scores) for t, p in zip(texts, found, strict=True)])


def test_through_the_shell(golden):
    command = [sys.executable, "-m", "claimcheck.cli", "score", str(SAMPLE), "-f", "json"]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    sentences = json.loads(out)["reports"][0]["sentences"]
    compare(golden, [(s["text"], {Label(k): v for k, v in s["scores"].items()}) for s in sentences])
