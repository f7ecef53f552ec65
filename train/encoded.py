"""From examples to what the trainer eats: a ``datasets.Dataset`` of token ids."""

import random
from collections.abc import Sequence

from datasets import Dataset

from claimcheck.encoding import Encoder, Window
from claimcheck.labels import Label, Reason
from train.gold import Example

LABELS = tuple(Label)
REASONS = tuple(Reason)
NO_REASON = -100
"""What PyTorch's cross entropy leaves out of the loss."""


def encoded(
    examples: Sequence[Example], encoder: Encoder, drop_context: float = 0.0, seed: int = 0
) -> Dataset:
    """Return token ids, types and targets, one row an example.

    Args:
        examples: in any order; rows keep it.
        encoder: the one the model will be used with.
        drop_context: share of examples that are read alone, so that the model learns to judge
            single sentences too.
        seed: decides which ones.

    """
    chance = random.Random(seed)
    rows = [
        _row(e, encoder.encode_one(e.text, "" if chance.random() < drop_context else e.before))
        for e in examples
    ]
    return Dataset.from_list(rows)


def _row(example: Example, window: Window) -> dict[str, object]:
    length = len(window)
    return {
        "input_ids": list(window.ids),
        "token_type_ids": [0] * window.first_part + [1] * (length - window.first_part),
        "attention_mask": [1] * length,
        "length": length,
        "labels": LABELS.index(example.label),
        "reasons": REASONS.index(example.reason) if example.reason else NO_REASON,
    }
