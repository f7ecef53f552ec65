"""The figures that are published, and their uncertainty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import cohen_kappa_score, confusion_matrix, precision_recall_fscore_support

from claimcheck.labels import Label

LABELS = tuple(Label)
RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the 2.5th and 97.5th percentile of its bootstrap distribution."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def macro_f1(truth: Sequence[Label], guess: Sequence[Label]) -> float:
    """Return the mean F1 of the four labels; one that neither side uses counts as 0."""
    return macro_f1_of(_codes(truth), _codes(guess))


def bootstrap(
    statistic: Callable[[npt.NDArray[np.intp]], float], groups: Sequence[str], seed: int = 0
) -> Interval:
    """Return a statistic of rows with a 95 % interval, resampling whole groups of rows.

    Sentences of one article or topic are alike, so resampling single ones would promise too much
    (cluster bootstrap; Field and Welsh 2007).
    """
    names, owner = np.unique(np.asarray(groups), return_inverse=True)
    rows = [np.flatnonzero(owner == i) for i in range(len(names))]
    chance = np.random.default_rng(seed)
    values = [
        statistic(np.concatenate([rows[i] for i in chance.integers(len(rows), size=len(rows))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return Interval(float(statistic(np.arange(len(groups)))), float(low), float(high))


def bootstrap_macro_f1(
    truth: Sequence[Label], guess: Sequence[Label], groups: Sequence[str], seed: int = 0
) -> Interval:
    """Return macro-F1 with its interval over groups; see ``bootstrap``."""
    truth_codes, guess_codes = _codes(truth), _codes(guess)
    return bootstrap(lambda rows: macro_f1_of(truth_codes[rows], guess_codes[rows]), groups, seed)


def per_label(
    truth: Sequence[Label], guess: Sequence[Label]
) -> dict[Label, tuple[float, float, float, int]]:
    """Return precision, recall, F1 and the number of true sentences of each label."""
    parts = precision_recall_fscore_support(
        list(map(str, truth)), list(map(str, guess)), labels=list(map(str, LABELS)), zero_division=0
    )
    return {
        label: (float(p), float(r), float(f), int(n))
        for label, p, r, f, n in zip(LABELS, *parts, strict=True)
    }


def confusion(truth: Sequence[Label], guess: Sequence[Label]) -> npt.NDArray[np.int64]:
    """Return counts, true labels as rows and given ones as columns, in the order of Label."""
    matrix: npt.NDArray[np.int64] = confusion_matrix(
        list(map(str, truth)), list(map(str, guess)), labels=list(map(str, LABELS))
    )
    return matrix


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two annotators (Cohen 1960); 1 where both only use one label."""
    if list(first) == list(second):
        return 1.0
    return float(cohen_kappa_score(list(first), list(second)))


def expected_calibration_error(
    confidence: npt.NDArray[np.float64], correct: npt.NDArray[np.bool_], bins: int = 15
) -> float:
    """Return the mean gap between confidence and accuracy over equal bins (Guo et al. 2017)."""
    found = reliability(confidence, correct, bins)
    return sum(abs(b.confidence - b.accuracy) * b.sentences for b in found) / len(confidence)


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same confidence: how sure they were, and how often right."""

    confidence: float
    accuracy: float
    sentences: int


def reliability(
    confidence: npt.NDArray[np.float64], correct: npt.NDArray[np.bool_], bins: int = 15
) -> list[Bin]:
    """Return the bins of a reliability diagram that hold anything, the least sure first."""
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        Bin(float(confidence[there].mean()), float(correct[there].mean()), int(there.sum()))
        for there in (which == b for b in range(bins))
        if there.any()
    ]


@dataclass(frozen=True, slots=True)
class Operating:
    """What a threshold on the probability of a label gives."""

    threshold: float
    precision: float
    recall: float


def precision_recall(
    probability: npt.NDArray[np.float64], wanted: npt.NDArray[np.bool_], steps: int = 19
) -> list[Operating]:
    """Return precision and recall at evenly spaced thresholds, the lowest first."""
    found = []
    for threshold in np.linspace(0.05, 0.95, steps).round(2):
        said = probability >= threshold
        if said.any():
            right = float((said & wanted).sum())
            found.append(Operating(float(threshold), right / said.sum(), right / wanted.sum()))
    return found


def _codes(labels: Sequence[Label]) -> npt.NDArray[np.int64]:
    return np.array([LABELS.index(label) for label in labels], np.int64)


def macro_f1_of(truth: npt.NDArray[np.int64], guess: npt.NDArray[np.int64]) -> float:
    """Return the mean F1 of the classes 0 to 3; one that neither side uses counts as 0."""
    scores = []
    for code in range(len(LABELS)):
        both = int(((truth == code) & (guess == code)).sum())
        either = int((truth == code).sum() + (guess == code).sum())
        scores.append(2 * both / either if either else 0.0)
    return float(np.mean(scores))
