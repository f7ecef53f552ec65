"""Choose a temperature, so that a confidence of 0.8 is right four times in five.

Temperature scaling (Guo et al. 2017): one number that divides the label outputs, chosen to give
the validation split the least log loss. It changes no label.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claimcheck.classifier import softmax
from train.evaluate import Judged
from train.metrics import LABELS

CANDIDATES = np.geomspace(0.5, 3.0, 121)


def temperature(judged: Sequence[Judged]) -> float:
    """Return the best temperature for predictions that were made with temperature 1."""
    scores = np.array([[j.prediction.scores[label] for label in LABELS] for j in judged])
    truth = np.array([LABELS.index(j.example.label) for j in judged])
    logits = np.log(np.maximum(scores, 1e-12))
    losses = [_log_loss(logits / t, truth) for t in CANDIDATES]
    return round(float(CANDIDATES[int(np.argmin(losses))]), 3)


def _log_loss(logits: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]) -> float:
    right = softmax(logits)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(right, 1e-12)).mean())
