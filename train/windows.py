"""From labelled sentences to the windows that the network is trained on.

The sentences of a passage that was labelled in one go share windows, as they do when an article is
scored. How many share one is drawn anew for every pass, down to a single sentence without any
context, so that the network learns to judge with much, little and nothing in view.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claimcheck.backends import Arrays, padded, token_batches
from claimcheck.encoding import Encoder, Tokens, Window
from claimcheck.labels import Label, Reason
from train.gold import Example

LABELS = tuple(Label)
REASONS = tuple(Reason)
IGNORED = -100
"""A target that PyTorch's cross entropy leaves out of the loss."""

POOL = 400
"""Windows that are sorted by length together: enough to pad little, few enough to stay random."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Labelled sentences that follow one another in a text, with the tokens before them."""

    examples: tuple[Example, ...]
    tokens: tuple[Tokens, ...]
    before: tuple[Tokens, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A window, and for each piece of it the numbers of its label and of its reason."""

    window: Window
    labels: tuple[int, ...]
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step is given: the network's inputs, and targets of shape (rows, pieces)."""

    inputs: Arrays
    labels: npt.NDArray[np.int64]
    reasons: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cutting:
    """How passages are cut.

    Attributes:
        windows: tokens of a window; one of them is drawn for each.
        contexts: tokens of what stands before it; likewise.
        alone: the share of windows that hold one sentence without context.

    """

    windows: tuple[int, ...]
    contexts: tuple[int, ...]
    alone: float = 0.0


def passages(examples: Sequence[Example], encoder: Encoder, longest: int) -> list[Passage]:
    """Return the passages that examples form; sentences are cut after ``longest`` tokens."""
    runs: list[list[Example]] = []
    for example in sorted(examples, key=lambda e: (e.document, e.position)):
        last = runs[-1][-1] if runs else None
        follows = last and (last.document, last.position + 1) == (
            example.document,
            example.position,
        )
        if follows:
            runs[-1].append(example)
        else:
            runs.append([example])
    return [
        Passage(
            tuple(run),
            tuple(encoder.tokens(e.text)[:longest] for e in run),
            tuple(encoder.tokens(text)[:longest] for text in run[0].before),
        )
        for run in runs
    ]


def cut(
    found: Sequence[Passage], encoder: Encoder, cutting: Cutting, chance: random.Random
) -> Iterator[Row]:
    """Yield windows that hold every sentence of some passages once."""
    for passage in found:
        position = 0
        while position < len(passage.tokens):
            alone = chance.random() < cutting.alone
            room = 0 if alone else chance.choice(cutting.windows)
            limit = 0 if alone else chance.choice(cutting.contexts)
            context = encoder.context((*passage.before, *passage.tokens[:position]), limit)
            end = _fitting(passage.tokens, position, room - len(context))
            chosen = passage.examples[position:end]
            yield Row(
                encoder.window(0, passage.tokens[position:end], context),
                tuple(LABELS.index(e.label) for e in chosen),
                tuple(REASONS.index(e.reason) if e.reason else IGNORED for e in chosen),
            )
            position = end


def _fitting(tokens: Sequence[Tokens], first: int, room: int) -> int:
    """Return the end of the run of sentences that fit; at least one does."""
    end, length = first + 1, len(tokens[first]) + 2
    while end < len(tokens) and length + len(tokens[end]) + 1 <= room:
        length += len(tokens[end]) + 1
        end += 1
    return end


def batches(rows: Sequence[Row], chance: random.Random, budget: int) -> list[Batch]:
    """Return rows in batches of a bounded number of tokens, in random order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    found: list[Batch] = []
    for start in range(0, len(order), POOL):
        pool = order[start : start + POOL]
        for batch in token_batches([len(rows[i].window) for i in pool], budget):
            found.append(batch_of([rows[pool[i]] for i in batch]))
    chance.shuffle(found)
    return found


def batch_of(rows: Sequence[Row]) -> Batch:
    """Return one batch of some rows, in their order."""
    pieces = max(len(r.labels) for r in rows)
    labels, reasons = (np.full((len(rows), pieces), IGNORED, np.int64) for _ in range(2))
    for number, row in enumerate(rows):
        labels[number, : len(row.labels)] = row.labels
        reasons[number, : len(row.reasons)] = row.reasons
    return Batch(padded([r.window for r in rows]), labels, reasons)
