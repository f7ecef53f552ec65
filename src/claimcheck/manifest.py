"""The manifest of a model folder: what the model is, and the numbers it is used with."""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from claimcheck.errors import ModelError
from claimcheck.labels import Label, Reason

MANIFEST = "manifest.json"
SHIPPED = Path(__file__).parent / "models"
DEFAULT_MODEL = "default"
LONGEST_INPUT = 512
"""Tokens that BERT-like networks have positions for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at once, in tokens.

    Attributes:
        sentence: of one sentence; a longer one is read in pieces.
        window: of a window with several sentences; 0 gives each sentence a window of its own.
        context: of what stands before a window's first sentence.

    """

    sentence: int
    window: int
    context: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a model that is data and not code.

    Attributes:
        name: the model's name; version: its own, apart from the package's.
        base_model: what was fine-tuned.
        labels: the outputs 0…n-1, one of four, softmax; reasons: the outputs after them,
            one of seven given an overclaim, softmax. No reasons where the model has none.
        max_length: tokens of one sentence read at once; longer ones are read in pieces.
        window_tokens: tokens of a window that several sentences of an article share; 0 where
            each is read by itself.
        context_tokens: tokens of what stands before a window that are read along; 0 for none.
        temperature, bias: the label outputs are divided by the one and moved by the other before
            the softmax (vector scaling with one shared scale; Guo et al. 2017). Labels without a
            bias have 0.
        thresholds: a label is reported only at or above its probability here; below it the
            next likely label is reported instead.
        unsure: a label reported with less than its probability here is marked as a guess.
        files: SHA-256 of each other file of the folder, checked at load.

    """

    name: str
    version: str
    base_model: str
    labels: tuple[Label, ...]
    reasons: tuple[Reason, ...]
    max_length: int
    window_tokens: int
    context_tokens: int
    temperature: float = 1.0
    bias: dict[Label, float] = field(default_factory=dict)
    thresholds: dict[Label, float] = field(default_factory=dict)
    unsure: dict[Label, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """How much the model reads at once."""
        return Limits(self.max_length, self.window_tokens, self.context_tokens)

    def to_dict(self) -> dict[str, Any]:
        """Return what is written to ``manifest.json``."""
        return asdict(self)


def find_model(model: str | Path) -> Path:
    """Return the folder of a model given by the name of a shipped one or by a path.

    Raises:
        ModelError: where there is no such folder.

    """
    name = str(model)
    is_name = Path(name).name == name and name not in ("", ".", "..")
    shipped = SHIPPED / name
    try:
        folder = (shipped if is_name and shipped.is_dir() else Path(name)).resolve()
        found = bool(name) and folder.is_dir()
    except (OSError, ValueError):
        found = False
    if not found:
        names = ", ".join(sorted(p.name for p in SHIPPED.glob("*") if p.is_dir()))
        raise ModelError(f"no model '{model}': give a folder, or one that is shipped ({names})")
    return folder


def load_manifest(folder: Path) -> Manifest:
    """Read and check a model folder's manifest.

    Raises:
        ModelError: where the manifest is missing or not one, or a file is missing or differs
            from its checksum.

    """
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = parse_manifest(raw)
    except FileNotFoundError:
        raise ModelError(f"{folder} has no {MANIFEST}: it is not a claimcheck model") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{folder / MANIFEST} is not a valid manifest: {error}") from None
    for name, expected in manifest.files.items():
        if file_hash(folder / name) != expected:
            raise ModelError(f"{folder / name} is damaged (checksum differs): install it again")
    return manifest


def checkpoint_manifest(folder: Path) -> Manifest:
    """Return the manifest of a checkpoint, made from its config.json where it has none.

    Raises:
        ModelError: where its outputs are not our labels.

    """
    if (folder / MANIFEST).exists():
        return load_manifest(folder)
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        outputs = sorted(config["id2label"].items(), key=lambda item: int(item[0]))
        names = [name for _, name in outputs]
        return parse_manifest(
            {
                "name": folder.name,
                "version": "0",
                "base_model": str(config.get("model_type", "")),
                "labels": names[: len(Label)],
                "reasons": [n.removeprefix("reason:") for n in names[len(Label) :]],
                "max_length": min(128, int(config.get("max_position_embeddings", 128)) - 2),
                "window_tokens": 0,
                "context_tokens": 0,
            }
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        wanted = ", ".join(Label)
        raise ModelError(
            f"{folder} is not a checkpoint whose id2label begins with {wanted}: {error}"
        ) from None


def parse_manifest(raw: dict[str, Any]) -> Manifest:
    """Build a Manifest from its JSON form; unknown keys are an error."""
    known = {
        **raw,
        "labels": tuple(Label(name) for name in raw["labels"]),
        "reasons": tuple(Reason(name) for name in raw["reasons"]),
        "bias": {Label(k): float(v) for k, v in raw.get("bias", {}).items()},
        "thresholds": {Label(k): float(v) for k, v in raw.get("thresholds", {}).items()},
        "unsure": {Label(k): float(v) for k, v in raw.get("unsure", {}).items()},
    }
    manifest = Manifest(**known)
    if sorted(manifest.labels) != sorted(Label):
        raise ValueError(f"labels are {', '.join(manifest.labels)}")
    if not 0 < float(manifest.temperature) < math.inf:
        raise ValueError(f"temperature is {manifest.temperature}, not a positive number")
    if int(manifest.max_length) < 8 or min(manifest.window_tokens, manifest.context_tokens) < 0:
        raise ValueError("max_length has to be 8 or more, the other lengths 0 or more")
    longest = max(manifest.max_length + manifest.context_tokens + 2, manifest.window_tokens)
    if longest > LONGEST_INPUT:
        raise ValueError(f"the model would read {longest} tokens at once, over {LONGEST_INPUT}")
    if not isinstance(manifest.files, dict):
        raise TypeError("files is no object of names and checksums")
    return manifest


def file_hash(path: Path) -> str:
    """Return a file's SHA-256 in hex.

    Raises:
        ModelError: where the file is missing.

    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise ModelError(f"{path} is missing: install the model again") from None
