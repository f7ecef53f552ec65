"""Two drafts of one article: which sentences are new, gone, or have another label."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import Any

from claimcheck.labels import Label
from claimcheck.report import Report, ScoredSentence

SCHEMA = "claimcheck.diff/1"
"""Name and version of the JSON form. A new number means that a field changed its meaning."""

SIMILAR = 0.6
"""Likeness, from 0 to 1, from which two sentences are taken for drafts of the same one."""

MOST_PAIRS = 1_000_000
"""Pairs of sentences up to which all are compared: two long articles, without a word in common."""

Pair = tuple[int, int]
"""A sentence of the old draft and its counterpart in the new one, by their numbers from 0."""


class ChangeKind(StrEnum):
    """What happened to a sentence between two drafts."""

    NEW = "new"
    GONE = "gone"
    RELABELLED = "relabelled"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that changed: ``old`` is None where it is new, ``new`` where it is gone."""

    kind: ChangeKind
    old: ScoredSentence | None
    new: ScoredSentence | None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form of this change."""
        return {
            "kind": self.kind.value,
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drafts, scored, and what changed, in the order of the new draft.

    A sentence that was only moved, or reworded and still says its claim in the same manner, did
    not change.
    """

    old: Report
    new: Report
    changes: tuple[Change, ...]

    @property
    def is_worse(self) -> bool:
        """Whether the new draft has more overclaims, or they are more of its claims."""
        before, after = self.old.summary, self.new.summary
        return (
            after.counts[Label.OVERCLAIMED] > before.counts[Label.OVERCLAIMED]
            or after.overclaim_rate > before.overclaim_rate
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; sentences are as in the JSON form of a report."""
        return {
            "schema": SCHEMA,
            "old": _draft(self.old),
            "new": _draft(self.new),
            "worse": self.is_worse,
            "changes": [change.to_dict() for change in self.changes],
        }


def _draft(report: Report) -> dict[str, Any]:
    return {
        "origin": report.origin,
        "model": report.model,
        "warnings": list(report.warnings),
        "summary": report.summary.to_dict(),
    }


def compare(old: Report, new: Report) -> Comparison:
    """Compare two drafts of one article, sentence by sentence."""
    pairs = match(
        [_normal(s.text) for s in old.sentences], [_normal(s.text) for s in new.sentences]
    )
    return Comparison(old, new, tuple(_changes(old.sentences, new.sentences, pairs)))


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def _changes(
    old: Sequence[ScoredSentence], new: Sequence[ScoredSentence], pairs: Iterable[Pair]
) -> Iterator[Change]:
    """Yield the changes in the order of the new draft; what is gone, where it used to stand."""
    counterpart = {j: i for i, j in pairs}
    kept = set(counterpart.values())
    position = 0  # in the old draft
    for j, sentence in enumerate(new):
        i = counterpart.get(j)
        if i is None:
            yield Change(ChangeKind.NEW, None, sentence)
            continue
        for gone in range(position, i):
            if gone not in kept:
                yield Change(ChangeKind.GONE, old[gone], None)
        position = max(position, i + 1)
        if old[i].label is not sentence.label:
            yield Change(ChangeKind.RELABELLED, old[i], sentence)
    for gone in range(position, len(old)):
        if gone not in kept:
            yield Change(ChangeKind.GONE, old[gone], None)


def match(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair the sentences of two drafts; each belongs to one pair at most.

    First those that stayed the same in order, then those that were moved as they were, and last,
    of all that are left, those most alike in order. Where so much is left that comparing it would
    take minutes, whatever was reworded counts as gone and new.
    """
    pairs = _unchanged(old, new)
    pairs += _moved(old, new, *_left(old, new, pairs))
    old_left, new_left = _left(old, new, pairs)
    alike = _most_alike([old[i] for i in old_left], [new[j] for j in new_left])
    return sorted([*pairs, *((old_left[i], new_left[j]) for i, j in alike)])


def _unchanged(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    if len(old) * len(new) > MOST_PAIRS:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
        return [(n, n) for n, _ in enumerate(same)]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(b.a + n, b.b + n) for b in blocks for n in range(b.size)]


def _moved(
    old: Sequence[str], new: Sequence[str], old_left: Sequence[int], new_left: Sequence[int]
) -> list[Pair]:
    places: dict[str, list[int]] = defaultdict(list)
    for i in reversed(old_left):
        places[old[i]].append(i)
    return [(places[new[j]].pop(), j) for j in new_left if places[new[j]]]


def _left(
    old: Sequence[str], new: Sequence[str], pairs: Iterable[Pair]
) -> tuple[list[int], list[int]]:
    """Return the numbers of the sentences that have no counterpart yet."""
    old_paired = {i for i, _ in pairs}
    new_paired = {j for _, j in pairs}
    return (
        [i for i in range(len(old)) if i not in old_paired],
        [j for j in range(len(new)) if j not in new_paired],
    )


def _most_alike(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair sentences in order so that the sum of the pairs' likeness is greatest."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    likeness = _likeness(old, new)
    # best[i][j]: the greatest sum for the sentences from i and from j on
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness.get((i, j), 0.0) + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(old: Sequence[str], new: Sequence[str]) -> dict[Pair, float]:
    """Return how alike the words of two sentences are, for those that are alike enough."""
    found: dict[Pair, float] = {}
    words = [sentence.split() for sentence in old]
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for j, sentence in enumerate(new):
        matcher.set_seq2(sentence.split())  # what is costly about a sequence is done once for it
        for i, candidate in enumerate(words):
            matcher.set_seq1(candidate)
            # The quick ones are upper bounds.
            if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR:
                ratio = matcher.ratio()
                if ratio >= SIMILAR:
                    found[i, j] = ratio
    return found
