"""Labels of your own: a folder of JSONL files, one sentence a line, in the order of the article.

A line is ``{"document": "2026-03-tea", "text": "Tea cures colds.", "label": "overclaimed",
"reason": "absolute"}``. Lines of one document follow one another. ``reason`` may be left out, and
so may ``split``: then one document in ten is for validation, chosen by a hash of its name.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimcheck.labels import Label, Reason
from train.gold import BEFORE, DataError, Example

CORPUS = "own"
HELD_OUT = 10
"""One document in so many is for validation, where no split is given."""


def load_own(folder: Path) -> list[Example]:
    """Return the labelled sentences of every JSONL file of a folder.

    Raises:
        DataError: where there is none, or a line is not as it should be; it names the line.

    """
    examples = [e for path in sorted(folder.glob("*.jsonl")) for e in _read(path)]
    if not examples:
        raise DataError(f"{folder} holds no labelled sentence: write one a line into a .jsonl file")
    return examples


def _read(path: Path) -> Iterator[Example]:
    before: list[str] = []
    document = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if row["document"] != document:
                document, before = row["document"], []
            example = _example(row, before)
        except (ValueError, TypeError, KeyError) as error:
            wanted = "document, text, label (and reason, split)"
            raise DataError(f"{path}:{number}: not a line with {wanted}: {error}") from None
        yield example
        before.append(example.text)


def _example(row: dict[str, Any], before: list[str]) -> Example:
    label = Label(row["label"])
    reason = Reason(row["reason"]) if row.get("reason") else None
    if reason and label is not Label.OVERCLAIMED:
        raise ValueError(f"only an overclaim has a reason, and this is {label}")
    split = row.get("split") or _split(row["document"])
    if split not in ("train", "validation", "test"):
        raise ValueError(f"no split '{split}'")
    return Example(
        document=row["document"],
        start=0,
        corpus=CORPUS,
        genre=row.get("genre", CORPUS),
        topic=row["document"],
        kind=row.get("kind", "paragraph"),
        position=len(before),
        text=row["text"],
        before=tuple(before[-BEFORE:]),
        label=label,
        reason=reason,
        split=split,
    )


def _split(document: str) -> str:
    drawn = int(hashlib.sha256(document.encode()).hexdigest(), 16) % HELD_OUT
    return "validation" if drawn == 0 else "train"
