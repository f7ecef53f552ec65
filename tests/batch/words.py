"""A scorer that goes by single words, for processes: ``python -m tests.batch.words batch …``.

``CLAIMCHECK_TEST_DELAY`` is how many seconds it takes over a document, so that a test can find a
run at work.
"""

import os
import time

from claimcheck.classifier import Prediction
from claimcheck.cli import main
from claimcheck.commands import batch
from claimcheck.errors import ModelError
from claimcheck.labels import Label, Reason
from claimcheck.scoring import Scorer

WORDS = {"cures": Label.OVERCLAIMED, "may": Label.HEDGED, "trial": Label.SUPPORTED}


class WordScorer(Scorer):
    """Says of a sentence what a word in it says; some words do harm."""

    def __init__(self):
        self.model_name = "words 1"
        self._explains = False

    def classify(self, sentences, in_order=False):
        time.sleep(float(os.environ.get("CLAIMCHECK_TEST_DELAY", "0")))
        return [self._predict(sentence) for sentence in sentences]

    def _predict(self, sentence):
        match sentence:
            case "Fault.":
                raise RuntimeError("a fault\nof two lines")
            case "Broken model.":
                raise ModelError("the model is broken: install it again")
            case "Exit.":
                os._exit(9)
        label = next((label for word, label in WORDS.items() if word in sentence), Label.NO_CLAIM)
        scores = dict.fromkeys(Label, 0.1) | {label: 0.7}
        reasons = (Reason.ABSOLUTE,) if label is Label.OVERCLAIMED else ()
        return Prediction(label, 0.7, scores, reasons, label, 1)


def make_scorer(model, threads, explain):
    return WordScorer()


if __name__ == "__main__":
    # Under its name as a module, so that other processes find it again.
    from tests.batch import words

    batch._scorer = words.make_scorer
    main()
