"""What the model has to beat: the commonest label, a list of words, and a bag of words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from claimcheck.labels import Label
from train.gold import Example
from train.metrics import macro_f1

Baseline = Callable[[Sequence[Example]], list[Label]]

# The usual hedges and boosters of the literature on metadiscourse (Hyland 2005), with those
# of health marketing. They make a baseline and label nothing.
_HEDGES = re.compile(
    r"\b(may|might|could|possibl[ey]|perhaps|potential(ly)?|appears?|seems?|suggest(s|ed)?"
    r"|likely|probably|preliminary|early|unclear|uncertain|needed|thought to|believed to"
    r"|some (people|users|studies)|in (mice|rats|animals)|limited)\b",
    re.IGNORECASE,
)
_BOOSTERS = re.compile(
    r"\b(proven?|guarantee[ds]?|miracle|breakthrough|revolution\w*|clearly|undeniabl[ey]"
    r"|always|never|every(one|body)|cures?|game.chang\w+|powerful|amazing|incredible|boosts?"
    r"|transform\w*|best|no side effects|completely|definitely|studies show|experts agree)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(\d+(\.\d+)?( ?%| per ?cent)|risk|caus\w+|prevent\w*|treat\w*|reduc\w+|increas\w+|lower\w*"
    r"|improv\w+|pain|disease|infection|cancer|symptoms?|patients|effects?|dose)\b",
    re.IGNORECASE,
)


def majority(train: Sequence[Example]) -> Baseline:
    """Return a baseline that always says the commonest training label."""
    commonest = Counter(e.label for e in train).most_common(1)[0][0]
    return lambda examples: [commonest] * len(examples)


def word_list(sentence: str) -> Label:
    """Label a sentence by the first list that has a word of it."""
    if _BOOSTERS.search(sentence):
        return Label.OVERCLAIMED
    if _HEDGES.search(sentence):
        return Label.HEDGED
    return Label.SUPPORTED if _CLAIM.search(sentence) else Label.NO_CLAIM


def tfidf(train: Sequence[Example], validation: Sequence[Example]) -> Baseline:
    """Fit TF-IDF with logistic regression; its strength is chosen on the validation split."""
    best = max(
        (_fitted(train, c) for c in (1.0, 3.0, 10.0)),
        key=lambda model: macro_f1([e.label for e in validation], _say(model, validation)),
    )
    return lambda examples: _say(best, examples)


def _fitted(train: Sequence[Example], c: float) -> Pipeline:
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=c, class_weight="balanced", max_iter=1_000),
    )
    model.fit([e.text for e in train], [str(e.label) for e in train])
    return model


def _say(model: Pipeline, examples: Sequence[Example]) -> list[Label]:
    return [Label(name) for name in model.predict([e.text for e in examples])]
