"""The vocabulary: labels and reasons, with every word shown to people.

Renderers, the command line and the documents take their words from here, so that a label
is called the same thing, and marked the same way, wherever a reader meets it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a sentence does with its health claim. The order is that of the model's outputs."""

    NO_CLAIM = "no_claim"
    HEDGED = "hedged"
    OVERCLAIMED = "overclaimed"
    SUPPORTED = "supported"


class Reason(StrEnum):
    """Why a sentence is overclaimed. The order settles ties: the first one is named."""

    ABSOLUTE = "absolute"
    CERTAINTY = "certainty"
    HYPE = "hype"
    LEAP = "leap"
    CAUSAL = "causal"
    VAGUE_AUTHORITY = "vague_authority"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class LabelWords:
    """How a label is shown: its name, a symbol that needs no colour, and what it means."""

    title: str
    symbol: str
    meaning: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """How a reason is shown: what is wrong, and what an editor could do about it."""

    title: str
    advice: str


LABEL_WORDS: dict[Label, LabelWords] = {
    Label.NO_CLAIM: LabelWords(
        "No claim", "·", "Says nothing about health that could be true or false.", ""
    ),
    Label.HEDGED: LabelWords(
        "Hedged", "~", "The wording itself limits the claim: may, suggests, in mice, so far.", ""
    ),
    Label.OVERCLAIMED: LabelWords(
        "Overclaimed",
        "!",
        "Claims more than the text shows or medicine has settled.",
        "Say no more than the evidence shows, or name the evidence.",
    ),
    Label.SUPPORTED: LabelWords(
        "Supported", "✓", "Stated firmly, and carried by a source, figures or settled medicine.", ""
    ),
}

REASON_WORDS: dict[Reason, ReasonWords] = {
    Reason.ABSOLUTE: ReasonWords(
        "Knows no exceptions",
        "Say for whom it held and how often; drop 'always', 'everyone', 'cure', 'no side effects'.",
    ),
    Reason.CERTAINTY: ReasonWords(
        "Surer than the evidence",
        "Drop 'proven' or 'clearly', and say what was found, by whom, in how many people.",
    ),
    Reason.HYPE: ReasonWords(
        "Hype",
        "Replace the praise with the size of the effect and what is still unknown.",
    ),
    Reason.LEAP: ReasonWords(
        "Carried too far from the evidence",
        "Say that the result is from animals, cells, one case or a small trial, and stop there.",
    ),
    Reason.CAUSAL: ReasonWords(
        "Cause claimed from an association",
        "Say 'was linked to', or name the trial that showed the effect.",
    ),
    Reason.VAGUE_AUTHORITY: ReasonWords(
        "Authority without a name",
        "Name the study or the body, or say 'some studies suggest'.",
    ),
    Reason.UNSUPPORTED: ReasonWords(
        "Stated as fact, with nothing behind it",
        "Add a source, or say 'may' and what the evidence is.",
    ),
}
