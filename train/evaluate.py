"""Measure a model as its users meet it: whole articles through ``Scorer``.

Run ``python -m train.evaluate`` from a checkout. The split "test" is for reporting only; choose
between models by ``--split validation``.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.metrics import f1_score

from claimcheck.classifier import Prediction
from claimcheck.labels import Label, Reason
from claimcheck.scoring import Scorer
from claimcheck.segment import split_sentences
from train.baselines import majority, tfidf, word_list
from train.gold import Example, Key, load_examples
from train.metrics import (
    LABELS,
    bootstrap_macro_f1,
    confusion,
    expected_calibration_error,
    macro_f1,
    per_label,
    precision_recall,
    reliability,
)
from train.sources import read_corpus

ENOUGH = 10
"""True sentences of every label that a genre needs for a macro-F1 of its own."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with what the model said of it."""

    example: Example
    prediction: Prediction


def judge(scorer: Scorer, examples: Sequence[Example]) -> list[Judged]:
    """Score the articles the examples are from, and keep what was said of each example."""
    wanted: dict[str, dict[Key, Example]] = defaultdict(dict)
    for example in examples:
        wanted[example.corpus][example.document, example.start] = example
    judged: list[Judged] = []
    for corpus, there in wanted.items():
        documents = {document for document, _ in there}
        for source in read_corpus(corpus):
            if source.id not in documents:
                continue
            sentences = split_sentences(source.document)
            predictions = scorer.classify([s.text for s in sentences], in_order=True)
            judged += [
                Judged(there[source.id, s.start], p)
                for s, p in zip(sentences, predictions, strict=True)
                if (source.id, s.start) in there
            ]
    return judged


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return every published figure of a model on some examples, as JSON."""
    truth = [j.example.label for j in judged]
    guess = [j.prediction.label for j in judged]
    groups = [j.example.group for j in judged]
    confidence = np.array([j.prediction.scores[j.prediction.model_label] for j in judged])
    right = np.array([j.prediction.model_label is j.example.label for j in judged])
    reasoned = [
        j
        for j in judged
        if j.prediction.reasons and j.example.reason and j.example.label is Label.OVERCLAIMED
    ]
    return {
        "sentences": len(judged),
        "documents": len({j.example.document for j in judged}),
        "macro_f1": _interval(truth, guess, groups),
        "accuracy": float(np.mean([t is g for t, g in zip(truth, guess, strict=True)])),
        "calibration_error": expected_calibration_error(confidence, right),
        "reliability": [asdict(b) for b in reliability(confidence, right)],
        "overclaimed_by_threshold": _by_threshold(judged),
        "first_reason_right": float(
            np.mean([j.prediction.reasons[0] is j.example.reason for j in reasoned] or [0])
        ),
        "reasons_macro_f1": _reasons_macro_f1(reasoned),
        "labels": {
            label: dict(zip(("precision", "recall", "f1", "sentences"), parts, strict=True))
            for label, parts in per_label(truth, guess).items()
        },
        "parts": {
            name: _interval(*_columns(part))
            for name, part in (
                ("written", [j for j in judged if not j.example.real]),
                ("real", [j for j in judged if j.example.real]),
            )
            if part
        },
        "genres": {
            genre: {
                "sentences": len(part),
                "accuracy": float(np.mean([j.prediction.label is j.example.label for j in part])),
                "macro_f1": _macro_f1_if_enough(part),
            }
            for genre, part in _by_genre(judged)
        },
        "confusion": confusion(truth, guess).tolist(),
    }


def baseline_figures(examples: Sequence[Example], split: str) -> dict[str, Any]:
    """Return macro-F1 of each baseline on a split."""
    train = [e for e in examples if e.split == "train"]
    validation = [e for e in examples if e.split == "validation"]
    tested = [e for e in examples if e.split == split]
    baselines: dict[str, Callable[[Sequence[Example]], list[Label]]] = {
        "majority class": majority(train),
        "hedge and booster words": lambda rows: [word_list(e.text) for e in rows],
        "TF-IDF, logistic regression": tfidf(train, validation),
    }
    truth = [e.label for e in tested]
    groups = [e.group for e in tested]
    return {name: _interval(truth, say(tested), groups) for name, say in baselines.items()}


def _by_threshold(judged: Sequence[Judged]) -> list[dict[str, float]]:
    """Return precision and recall of "overclaimed" were it said from each probability on."""
    probability = np.array([j.prediction.scores[Label.OVERCLAIMED] for j in judged])
    wanted = np.array([j.example.label is Label.OVERCLAIMED for j in judged])
    return [asdict(point) for point in precision_recall(probability, wanted)]


def _reasons_macro_f1(reasoned: Sequence[Judged]) -> float:
    """Return the mean F1 of the seven reasons, over the overclaims that were found; 0 of none."""
    if not reasoned:
        return 0.0
    truth = [str(j.example.reason) for j in reasoned]
    guess = [str(j.prediction.reasons[0]) for j in reasoned]
    names = [str(reason) for reason in Reason]
    return float(f1_score(truth, guess, labels=names, average="macro", zero_division=0))


def _interval(
    truth: Sequence[Label], guess: Sequence[Label], groups: Sequence[str]
) -> dict[str, float]:
    found = bootstrap_macro_f1(truth, guess, groups)
    return {"value": found.value, "low": found.low, "high": found.high}


def _columns(judged: Sequence[Judged]) -> tuple[list[Label], list[Label], list[str]]:
    return (
        [j.example.label for j in judged],
        [j.prediction.label for j in judged],
        [j.example.group for j in judged],
    )


def _macro_f1_if_enough(part: Sequence[Judged]) -> float | None:
    """Return macro-F1, or None where a label is so rare that one sentence would move it far."""
    truth, guess, _ = _columns(part)
    if min(truth.count(label) for label in LABELS) < ENOUGH:
        return None
    return macro_f1(truth, guess)


def _by_genre(judged: Iterable[Judged]) -> list[tuple[str, list[Judged]]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        groups[j.example.genre].append(j)
    return sorted(groups.items())


def show(found: dict[str, Any], baselines: dict[str, Any]) -> None:
    """Print the figures as plain lines."""
    say = click.echo
    say(f"{found['sentences']} sentences of {found['documents']} documents")
    say(f"\nmacro-F1            {_said(found['macro_f1'])}")
    for name, value in {**found["parts"], **baselines}.items():
        say(f"  {name:28} {_said(value)}")
    say(f"accuracy            {found['accuracy']:.3f}")
    say(f"calibration error   {found['calibration_error']:.3f}")
    say(f"first reason right  {found['first_reason_right']:.3f}")
    say(f"reasons macro-F1    {found['reasons_macro_f1']:.3f}")
    say("\nlabel          precision  recall     F1  sentences")
    for label, row in found["labels"].items():
        say(
            f"{label:14} {row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:6.3f}"
            f" {row['sentences']:10}"
        )
    say(f"\n{'genre':24} accuracy  macro-F1  sentences   (- : a label has under {ENOUGH})")
    for genre, row in found["genres"].items():
        f1 = "-" if row["macro_f1"] is None else f"{row['macro_f1']:.3f}"
        say(f"{genre:24} {row['accuracy']:8.3f} {f1:>9} {row['sentences']:10}")
    say("\nconfusion (rows: true)   " + "  ".join(f"{label:>11}" for label in LABELS))
    for label, row in zip(LABELS, found["confusion"], strict=True):
        say(f"{label:24} " + "  ".join(f"{n:11}" for n in row))


def _said(interval: dict[str, float]) -> str:
    return f"{interval['value']:.3f} (95 %: {interval['low']:.3f} to {interval['high']:.3f})"


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
@click.option("--backend", default="onnx", show_default=True)
@click.option("--split", default="test", type=click.Choice(["validation", "test"]))
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Also write JSON here.")
def main(model: str, backend: str, split: str, corpora: str | None, output: Path | None) -> None:
    """Print a model's figures on a split, with those of the baselines."""
    examples = load_examples(corpora.split(",") if corpora else None)
    judged = judge(Scorer(model, backend=backend), [e for e in examples if e.split == split])
    found = figures(judged)
    found["baselines"] = baseline_figures(examples, split)
    show(found, found["baselines"])
    if output:
        output.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
