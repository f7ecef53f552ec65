"""Figures of single studies, kept for the model card in ``train/results/<name>.json``."""

import json
from dataclasses import asdict
from typing import Any

from train.metrics import Interval
from train.sources import ROOT

RESULTS = ROOT / "train" / "results"


def save(name: str, figures: Any) -> None:  # noqa: ANN401
    """Keep the figures of a study."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(figures, indent=1, default=_plain) + "\n", encoding="utf-8")


def load(name: str) -> Any:  # noqa: ANN401
    """Return the figures of a study, or None where it was not made."""
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _plain(value: object) -> object:
    if isinstance(value, Interval):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a study's figures")
