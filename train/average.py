"""Average the weights of checkpoints that one run led to: flatter, and often better, than either.

Run ``python -m train.average FOLDER CHECKPOINT...`` (Wortsman et al. 2022). The result is an
ordinary checkpoint with the settings and the manifest of the first one.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import click
import torch
from safetensors.torch import load_file, save_file

from claimcheck.manifest import MANIFEST, file_hash, load_manifest

WEIGHTS = "model.safetensors"


def average(checkpoints: list[Path], folder: Path) -> None:
    """Write the mean of the weights of checkpoints of one architecture to a new folder."""
    first = checkpoints[0]
    shutil.copytree(first, folder, ignore=shutil.ignore_patterns("epochs", "*.bin"))
    states = [load_file(c / WEIGHTS) for c in checkpoints]
    mean = {name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]}
    save_file(mean, folder / WEIGHTS, metadata={"format": "pt"})
    manifest = load_manifest(first)
    files = {name: file_hash(folder / name) for name in manifest.files}
    text = json.dumps(replace(manifest, name=folder.name, files=files).to_dict(), indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument(
    "checkpoints", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
def main(folder: Path, checkpoints: tuple[Path, ...]) -> None:
    """Write the average of CHECKPOINTS to FOLDER."""
    if folder.exists():
        raise click.ClickException(f"{folder} exists: name a new folder")
    average(list(checkpoints), folder)
    click.echo(f"{len(checkpoints)} checkpoints averaged in {folder}")


if __name__ == "__main__":
    main()
