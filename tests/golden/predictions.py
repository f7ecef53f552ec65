"""What the shipped model says of the sample article, kept to be compared with.

``python -m tests.golden`` writes it anew when another model ships.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from claimcheck.labels import Label

FILE = Path(__file__).with_name("default.json")

TOLERANCE = 0.08
"""How far a probability may be off: int8 kernels differ between kinds of CPU."""


@dataclass(frozen=True, slots=True)
class Golden:
    """The probabilities that a sentence was given when the model shipped."""

    text: str
    scores: dict[Label, float]

    def fits(self, text: str, scores: dict[Label, float]) -> bool:
        """Tell whether a sentence and its probabilities are these, but for rounding."""
        near = all(abs(scores[label] - p) <= TOLERANCE for label, p in self.scores.items())
        return text == self.text and near


def read() -> tuple[str, list[Golden]]:
    """Return the name of the model, and what it said in reading order."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    rows = [
        Golden(row["text"], {Label(label): p for label, p in row["scores"].items()})
        for row in stored["sentences"]
    ]
    return stored["model"], rows
