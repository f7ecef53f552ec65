"""Which words of a sentence carried its label: the ones it would be less likely without.

Occlusion (Zeiler and Fergus 2014; Li, Monroe and Jurafsky 2016): the model that ships reads the
sentence once more without each of its words in turn, after the same context. What the label loses
in log-odds is the word's weight. ``python -m train.faithfulness`` measures how far that holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claimcheck.classifier import Classifier, Floats
from claimcheck.document import Span
from claimcheck.labels import Label

SHOWN_WORDS = 5
"""At most so many words are pointed out in a sentence."""

SHOWN_SHARE = 0.1
"""A word is pointed out from this share on."""

MOST_WORDS = 120
"""A longer sentence is not explained: it would take as long as a page."""

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*%?")


@dataclass(frozen=True, slots=True)
class WordShare:
    """A word, as offsets into its sentence, and its share in the label.

    The shares of the words that speak for the label sum to 1; one that speaks against it has a
    negative share, on the same scale.
    """

    start: int
    end: int
    share: float


def explain(
    classifier: Classifier, sentence: str, label: Label, before: Sequence[str] = ()
) -> tuple[WordShare, ...]:
    """Return the share of each word of a sentence in a label, in reading order.

    Args:
        classifier: the model that gave the label.
        sentence: any string; one with more than MOST_WORDS words is not explained.
        label: the label in question.
        before: the sentences that stand before it, as far as they are known.

    """
    words = [Span(*match.span()) for match in _WORD.finditer(sentence)]
    if not 0 < len(words) <= MOST_WORDS:
        return ()
    encoder = classifier.encoder
    context = encoder.context([encoder.tokens(text) for text in before])
    variants = [encoder.tokens(sentence), *encoder.without_each(sentence, words)]
    longest = classifier.manifest.max_length
    windows = [encoder.window(0, [ids[:longest]], context) for ids in variants]
    probabilities = classifier.probabilities(classifier.logits(windows))
    odds = _log_odds(probabilities[:, classifier.manifest.labels.index(label)])
    weights = odds[0] - odds[1:]
    total = weights[weights > 0].sum() or 1.0
    return tuple(
        WordShare(word.start, word.end, float(weight / total))
        for word, weight in zip(words, weights, strict=True)
    )


def telling(shares: Sequence[WordShare]) -> tuple[Span, ...]:
    """Return the few words that are worth pointing out, in reading order."""
    strongest = sorted(shares, key=lambda word: -word.share)[:SHOWN_WORDS]
    chosen = [Span(w.start, w.end) for w in strongest if w.share >= SHOWN_SHARE]
    return tuple(sorted(chosen, key=lambda span: span.start))


def _log_odds(probabilities: Floats) -> Floats:
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    odds: Floats = np.log(kept) - np.log1p(-kept)
    return odds
