"""From sentences to labels with calibrated probabilities."""

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claimcheck.backends import BACKENDS, Backend, Outputs
from claimcheck.encoding import Encoder, Window
from claimcheck.errors import ModelError
from claimcheck.labels import Label, Reason
from claimcheck.manifest import Manifest, checkpoint_manifest, load_manifest

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is said of one sentence.

    Attributes:
        label: what is reported.
        confidence: the probability of that label.
        scores: the calibrated probability of every label; they sum to 1.
        reasons: why, for an overclaim, most likely first; empty for every other label and
            where the model has no reasons.
        model_label: the label with the highest probability. It differs from ``label`` only
            where it stayed below its threshold.
        windows: how many pieces the sentence was read in; more than 1 where it is longer than
            the model reads at once.
        unsure: the confidence is below what the manifest asks of the label: a guess, and shown
            as one.

    """

    label: Label
    confidence: float
    scores: dict[Label, float]
    reasons: tuple[Reason, ...]
    model_label: Label
    windows: int
    unsure: bool = False


class Classifier:
    """A model folder, ready to classify. Safe between threads, processes and pickling."""

    def __init__(self, folder: Path, backend: str, threads: int) -> None:
        if backend not in BACKENDS:
            raise ModelError(f"no backend '{backend}': use {' or '.join(BACKENDS)}")
        self._folder = folder
        self._backend_name = backend
        self._threads = threads
        self.manifest: Manifest = (
            checkpoint_manifest(folder) if backend == "torch" else load_manifest(folder)
        )
        self._prepare()

    def __getstate__(self) -> dict[str, object]:
        return {
            "_folder": self._folder,
            "_backend_name": self._backend_name,
            "_threads": self._threads,
            "manifest": self.manifest,
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def _prepare(self) -> None:
        self.encoder = Encoder(self._folder / "tokenizer.json", self.manifest.limits)
        self._open: Callable[[Path, int], Backend] = BACKENDS[self._backend_name]
        self._locks: dict[int, threading.Lock] = {}
        self._opened: tuple[int, Backend] | None = None

    def _backend(self) -> Backend:
        """Open the session at first use, and anew after a fork, which its threads do not outlive.

        Each process has a lock of its own: one that another thread held during a fork would stay
        locked in the child for ever.
        """
        process = os.getpid()
        with self._locks.setdefault(process, threading.Lock()):
            if self._opened is None or self._opened[0] != process:
                self._opened = (process, self._open(self._folder, self._threads))
            return self._opened[1]

    def predict(self, sentences: Sequence[str], in_order: bool = False) -> list[Prediction]:
        """Return one Prediction a sentence, in order.

        Args:
            sentences: any strings, however long.
            in_order: they are the sentences of one article, judged with one another in view.

        """
        if not sentences:
            return []
        windows = self.encoder.encode(sentences, in_order)
        logits = self.logits(windows)
        owners = [piece.sentence for window in windows for piece in window.pieces]
        bounds = np.searchsorted(owners, np.arange(len(sentences) + 1))
        return [self._decide(logits[a:b]) for a, b in itertools.pairwise(bounds)]

    def logits(self, windows: Sequence[Window]) -> Outputs:
        """Return the raw outputs of every piece of the windows, (pieces, labels + reasons)."""
        found = self._backend().run(windows)
        expected = len(self.manifest.labels) + len(self.manifest.reasons)
        if found.shape[1] != expected:
            raise ModelError(
                f"{self._folder} gives {found.shape[1]} outputs where its manifest names {expected}"
            )
        return found

    def probabilities(self, logits: Outputs) -> Floats:
        """Return the calibrated probability of every label, (pieces, labels)."""
        manifest = self.manifest
        bias = np.array([manifest.bias.get(label, 0.0) for label in manifest.labels])
        return softmax(logits[:, : len(manifest.labels)] / manifest.temperature + bias)

    def _decide(self, logits: Outputs) -> Prediction:
        manifest = self.manifest
        split = len(manifest.labels)
        probabilities = self.probabilities(logits)
        piece = _deciding_piece(probabilities, manifest.labels)
        scores = dict(zip(manifest.labels, map(float, probabilities[piece]), strict=True))
        ranked = sorted(scores, key=lambda label: -scores[label])
        label = next(
            (name for name in ranked if scores[name] >= manifest.thresholds.get(name, 0.0)),
            ranked[0],
        )
        reasons: tuple[Reason, ...] = ()
        if label is Label.OVERCLAIMED and manifest.reasons:
            reasons = _likely_reasons(softmax(logits[piece, split:]), manifest.reasons)
        unsure = scores[label] < manifest.unsure.get(label, 0.0)
        return Prediction(label, scores[label], scores, reasons, ranked[0], len(logits), unsure)


def softmax(logits: npt.NDArray[np.floating]) -> Floats:
    """Return probabilities over the last axis."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def _deciding_piece(probabilities: Floats, labels: tuple[Label, ...]) -> int:
    """Return the piece whose judgement stands for a sentence read in several.

    The strongest overreach decides; then a hedged claim, then a supported one, as for a
    sentence with several claims.
    """
    best = [labels[i] for i in probabilities.argmax(axis=1)]
    for label in (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED, Label.NO_CLAIM):
        rows = [row for row, name in enumerate(best) if name is label]
        if rows:
            column = labels.index(label)
            return max(rows, key=lambda row: probabilities[row, column])
    raise AssertionError("every piece has a label")


def _likely_reasons(probabilities: Floats, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return the likeliest reason, and a second one where it is nearly as likely."""
    ranked = sorted(range(len(reasons)), key=lambda i: -probabilities[i])
    close = [i for i in ranked[:2] if probabilities[i] >= 0.6 * probabilities[ranked[0]]]
    return tuple(reasons[i] for i in close)
