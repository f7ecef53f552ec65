"""Calibrate, so that a confidence of 0.8 is right four times in five.

Vector scaling (Guo et al. 2017) with one scale for all labels: a temperature that divides the label
outputs and a bias that moves each of them, chosen together to give the validation split the least
log loss. Log loss, and not F1, so that four numbers cannot be fitted to the accidents of one split.

Then two kinds of thresholds, on the same split: the probability from which "overclaimed" is
reported, for a precision of at least PRECISION, and for every label the one below which it is
marked as a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from claimcheck.classifier import softmax
from claimcheck.labels import Label
from train.evaluate import Judged
from train.metrics import LABELS

PRECISION = 0.80
"""What share of the sentences that are called overclaimed have to be, on the validation split."""

GUESS = 0.60
"""A label is a guess where fewer than this share of those said with as little are right."""

BAND = 0.15
"""Width of the band of probabilities that "as little" means: a few dozen sentences."""

HANDFUL = 10

GRID = tuple(round(0.30 + 0.01 * step, 2) for step in range(66))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the manifest says about probabilities; the first label's bias is 0."""

    temperature: float
    bias: dict[Label, float]


def calibrate(judged: Sequence[Judged]) -> Calibration:
    """Return the best calibration for predictions that were made without any."""
    scores = np.array([[j.prediction.scores[label] for label in LABELS] for j in judged])
    truth = np.array([LABELS.index(j.example.label) for j in judged])
    logits = np.log(np.maximum(scores, 1e-12))
    found = minimize(_log_loss, np.zeros(len(LABELS)), (logits, truth)).x
    bias = [0.0, *found[1:]]
    return Calibration(
        round(float(np.exp(-found[0])), 3),
        {label: round(float(b), 3) for label, b in zip(LABELS, bias, strict=True)},
    )


def overclaim_threshold(judged: Sequence[Judged]) -> float:
    """Return the lowest probability from which "overclaimed" is right often enough."""
    said = [j for j in judged if j.prediction.model_label is Label.OVERCLAIMED]
    for threshold in GRID:
        kept = [j for j in said if j.prediction.scores[Label.OVERCLAIMED] >= threshold]
        right = sum(j.example.label is Label.OVERCLAIMED for j in kept)
        if kept and right >= PRECISION * len(kept):
            return threshold
    return GRID[-1]


def guess_thresholds(judged: Sequence[Judged]) -> dict[Label, float]:
    """Return for each label the highest probability at which it is no better than a guess.

    That is where, of the sentences said with at most BAND less, too few are right.
    """
    found = {}
    for label in LABELS:
        said = [j for j in judged if j.prediction.label is label]
        weak = [
            threshold
            for threshold in GRID
            if _share_right(
                [j for j in said if threshold - BAND <= j.prediction.confidence < threshold]
            )
            < GUESS
        ]
        found[label] = max(weak, default=GRID[0])
    return found


def _share_right(judged: Sequence[Judged]) -> float:
    """Return the share that is right; of a handful, all of it, since it tells nothing."""
    if len(judged) < HANDFUL:
        return 1.0
    return sum(j.prediction.label is j.example.label for j in judged) / len(judged)


def _log_loss(
    parameters: npt.NDArray[np.float64],
    logits: npt.NDArray[np.float64],
    truth: npt.NDArray[np.int64],
) -> float:
    moved = logits * np.exp(parameters[0]) + np.concatenate([[0.0], parameters[1:]])
    right = softmax(moved)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(right, 1e-12)).mean())
