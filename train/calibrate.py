"""Calibrate, so that a confidence of 0.8 is right four times in five.

Vector scaling (Guo et al. 2017) with one scale for all labels: a temperature that divides the label
outputs and a bias that moves each of them, chosen together to give the validation split the least
log loss. Log loss, and not F1, so that four numbers cannot be fitted to the accidents of one split.
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


def _log_loss(
    parameters: npt.NDArray[np.float64],
    logits: npt.NDArray[np.float64],
    truth: npt.NDArray[np.int64],
) -> float:
    moved = logits * np.exp(parameters[0]) + np.concatenate([[0.0], parameters[1:]])
    right = softmax(moved)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(right, 1e-12)).mean())
