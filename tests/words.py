"""A scorer that goes by single words: no model, and the same at every release."""

from claimcheck import Scorer
from claimcheck.classifier import Prediction
from claimcheck.labels import Label, Reason

WORDS = {"cures": Label.OVERCLAIMED, "may": Label.HEDGED, "trial": Label.SUPPORTED}


class WordScorer(Scorer):
    """Says of a sentence what a word in it says."""

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
