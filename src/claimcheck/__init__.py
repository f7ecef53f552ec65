"""Marks, sentence by sentence, what a health article hedges, overclaims or supports."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from claimcheck.classifier import Prediction
    from claimcheck.document import Document
    from claimcheck.errors import ClaimcheckError
    from claimcheck.labels import Label, Reason
    from claimcheck.report import Report, ScoredSentence, Summary
    from claimcheck.scoring import Scorer

__all__ = [
    "ClaimcheckError",
    "Document",
    "Label",
    "Prediction",
    "Reason",
    "Report",
    "ScoredSentence",
    "Scorer",
    "Summary",
]

_HOMES = {
    "ClaimcheckError": "errors",
    "Document": "document",
    "Label": "labels",
    "Prediction": "classifier",
    "Reason": "labels",
    "Report": "report",
    "ScoredSentence": "report",
    "Scorer": "scoring",
    "Summary": "report",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name when it is first used, so that `import claimcheck` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'claimcheck' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"claimcheck.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
