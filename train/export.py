"""Turn a checkpoint into the model folder that ships: ONNX, int8, manifest and model card.

Run ``python -m train.export CHECKPOINT FOLDER`` from a checkout. The int8 model is written only
if its macro-F1 on the test split is within half a point of the fp32 one.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from claimcheck.backends import INPUTS
from claimcheck.errors import ModelError
from claimcheck.labels import Label
from claimcheck.manifest import MANIFEST, Manifest, file_hash, load_manifest
from claimcheck.scoring import Scorer
from claimcheck.torch_model import load_network
from train.calibrate import calibrate, guess_thresholds, overclaim_threshold
from train.card import model_card
from train.evaluate import Judged, baseline_figures, figures, judge
from train.gold import Example, load_examples
from train.metrics import macro_f1
from train.pictures import draw

TOLERANCE = 0.005
"""How much macro-F1 the int8 model may lose."""


def export_onnx(checkpoint: Path, path: Path) -> None:
    """Write a checkpoint as one fp32 ONNX file; rows, tokens and sentences are dynamic."""
    # Attention written out as plain operations gives the leaner graph.
    model = load_network(str(checkpoint), attn_implementation="eager")
    ids = torch.ones((2, 16), dtype=torch.int64)
    rows, tokens = torch.export.Dim("rows", max=4096), torch.export.Dim("tokens", max=512)
    program = torch.onnx.export(
        _Logits(model).eval(),
        (ids, torch.ones_like(ids), torch.full((2, 3, 16), 1 / 16)),
        dynamo=True,
        input_names=list(INPUTS),
        output_names=["logits"],
        dynamic_shapes=[
            {0: rows, 1: tokens},
            {0: rows, 1: tokens},
            {0: rows, 1: torch.export.Dim("sentences", max=512), 2: tokens},
        ],
        external_data=False,
        verbose=False,
    )
    if program is None:
        raise ModelError(f"{checkpoint} could not be exported")
    program.save(str(path), external_data=False)


class _Logits(torch.nn.Module):
    """A checkpoint with positional inputs, in the order of the ONNX file's, and one output."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self._model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, pooling: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self._model(
            input_ids=ids, attention_mask=mask, pooling=pooling
        ).logits
        return logits


def quantize(full: Path, small: Path) -> None:
    """Write an int8 copy of an fp32 ONNX file; activations are quantised as they come.

    ``reduce_range`` keeps CPUs without VNNI from saturating.
    """
    network = onnx.load(str(full))
    # The exporter's notes on inner shapes name tensors that quantisation transposes.
    del network.graph.value_info[:]
    # It also notes where in which source file each node came from, on the machine that exported.
    for node in network.graph.node:
        del node.metadata_props[:]
    quantize_dynamic(
        network, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest of a folder, with the checksum of each file it needs to run."""
    files = {name: file_hash(folder / name) for name in ("model.onnx", "tokenizer.json")}
    text = json.dumps(replace(manifest, files=files).to_dict(), indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def export(
    checkpoint: Path, folder: Path, name: str, version: str, examples: Sequence[Example]
) -> None:
    """Write the model folder, calibrated on validation and measured on test.

    Raises:
        ModelError: where int8 costs more than TOLERANCE.

    """
    validation = [e for e in examples if e.split == "validation"]
    test = [e for e in examples if e.split == "test"]
    manifest = replace(load_manifest(checkpoint), name=name, version=version)
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "fp32", Path(scratch) / "int8"
        for built in (full, small):
            built.mkdir()
            shutil.copy(checkpoint / "tokenizer.json", built)
        export_onnx(checkpoint, full / "model.onnx")
        quantize(full / "model.onnx", small / "model.onnx")
        write_manifest(manifest, small)
        best = calibrate(judge(Scorer(small), validation))
        manifest = replace(manifest, temperature=best.temperature, bias=best.bias)
        write_manifest(manifest, small)
        threshold = overclaim_threshold(judge(Scorer(small), validation))
        manifest = replace(manifest, thresholds={Label.OVERCLAIMED: threshold})
        write_manifest(manifest, small)
        guesses = guess_thresholds(judge(Scorer(small), validation))
        for built in (full, small):
            write_manifest(replace(manifest, unsure=guesses), built)
        fp32, int8 = (judge(Scorer(built), test) for built in (full, small))
        loss = _macro(fp32) - _macro(int8)
        click.echo(f"fp32 {_macro(fp32):.4f}  int8 {_macro(int8):.4f}  {best}")
        if loss > TOLERANCE:
            raise ModelError(f"int8 loses {loss:.4f} macro-F1: not shipped")
        measured = figures(int8)
        measured["fp32_macro_f1"] = _macro(fp32)
        measured["baselines"] = baseline_figures(examples, "test")
        folder.mkdir(parents=True, exist_ok=True)
        for file in small.iterdir():
            shutil.copy(file, folder)
    shutil.copy(checkpoint / "settings.json", folder)
    (folder / "evaluation.json").write_text(json.dumps(measured, indent=2) + "\n", "utf-8")
    draw(folder)
    (folder / "README.md").write_text(model_card(folder), "utf-8")


def _macro(judged: Sequence[Judged]) -> float:
    return macro_f1([j.example.label for j in judged], [j.prediction.label for j in judged])


@click.command()
@click.argument("checkpoint", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="default", show_default=True)
@click.option("--version", required=True, help="The model's own version, as in 1.0.0.")
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
def main(checkpoint: Path, folder: Path, name: str, version: str, corpora: str | None) -> None:
    """Export CHECKPOINT to FOLDER."""
    try:
        export(
            checkpoint,
            folder,
            name,
            version,
            load_examples(corpora.split(",") if corpora else None),
        )
    except ModelError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
