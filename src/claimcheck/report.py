"""The result: frozen, comparable, and the same as JSON everywhere."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from claimcheck.document import NOWHERE, Block, BlockKind, Location, Markup, Span
from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason

SCHEMA = "claimcheck.report/1"
"""Name and version of the JSON form. A new number means that a field changed its meaning."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence of an article with what is said of it.

    ``start`` and ``end`` are character offsets: ``report.text[s.start:s.end] == s.text``.
    ``words`` are the stretches of ``report.text`` that carried the label of an overclaim, in
    reading order, and ``location`` says where the sentence stands in its source. The other fields
    are those of ``Prediction``.
    """

    text: str
    start: int
    end: int
    kind: BlockKind
    block: int
    label: Label
    confidence: float
    scores: dict[Label, float]
    reasons: tuple[Reason, ...]
    model_label: Label
    windows: int
    unsure: bool = False
    words: tuple[Span, ...] = ()
    location: Location = NOWHERE

    @property
    def fingerprint(self) -> str:
        """What it is recognised by in another draft: its label and words, not its place."""
        words = " ".join(self.text.casefold().split())
        return hashlib.sha256(f"{self.label} {words}".encode(errors="replace")).hexdigest()[:16]

    @property
    def why(self) -> str:
        """What is wrong with it, in the words for people; empty where it is no overclaim."""
        if self.label is not Label.OVERCLAIMED:
            return ""
        titles = [REASON_WORDS[reason].title for reason in self.reasons]
        return "; ".join(titles) or LABEL_WORDS[self.label].meaning

    @property
    def advice(self) -> str:
        """What an editor could do about it, in one line; empty where nothing is to be done."""
        if self.reasons:
            return REASON_WORDS[self.reasons[0]].advice
        return LABEL_WORDS[self.label].advice

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of this sentence."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "kind": self.kind.value,
            "label": self.label.value,
            "confidence": round(self.confidence, 4),
            "scores": {label.value: round(p, 4) for label, p in self.scores.items()},
            "reasons": [reason.value for reason in self.reasons],
            "why": self.why,
            "advice": self.advice,
            "model_label": self.model_label.value,
            "unsure": self.unsure,
            "words": [self._word(w) for w in self.words],
            "location": asdict(self.location),
            "windows": self.windows,
            "fingerprint": self.fingerprint,
        }

    def _word(self, word: Span) -> dict[str, Any]:
        text = self.text[word.start - self.start : word.end - self.start]
        return {"text": text, "start": word.start, "end": word.end}


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over one article. ``overclaim_rate`` is overclaimed / claims, 0 without claims."""

    counts: dict[Label, int]

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return sum(self.counts.values())

    @property
    def claims(self) -> int:
        """How many sentences make a health claim."""
        return self.sentences - self.counts[Label.NO_CLAIM]

    @property
    def overclaim_rate(self) -> float:
        """The share of claims that are overclaimed, from 0 to 1."""
        return self.counts[Label.OVERCLAIMED] / self.claims if self.claims else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the summary."""
        return {
            "sentences": self.sentences,
            "claims": self.claims,
            "counts": {label.value: n for label, n in self.counts.items()},
            "overclaim_rate": round(self.overclaim_rate, 4),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """An article, scored. ``markup`` is the file its text was taken out of, if there is one."""

    text: str
    origin: str
    blocks: tuple[Block, ...]
    sentences: tuple[ScoredSentence, ...]
    warnings: tuple[str, ...]
    model: str
    markup: Markup | None = None

    @property
    def summary(self) -> Summary:
        """The counts of this article."""
        return summarize(self.sentences)

    @property
    def overclaims(self) -> tuple[ScoredSentence, ...]:
        """The overclaimed sentences, in reading order."""
        return tuple(s for s in self.sentences if s.label is Label.OVERCLAIMED)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of the report; offsets index its ``text``."""
        return {
            "schema": SCHEMA,
            "origin": self.origin,
            "model": self.model,
            "warnings": list(self.warnings),
            "summary": self.summary.to_dict(),
            "sentences": [s.to_dict() for s in self.sentences],
            "text": self.text,
        }


def summarize(sentences: Iterable[ScoredSentence]) -> Summary:
    """Count the labels of some sentences; every label has a count."""
    found = Counter(s.label for s in sentences)
    return Summary({label: found[label] for label in Label})
