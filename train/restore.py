"""From the model that ships back to a checkpoint that can be trained further.

Run ``python -m train.restore default runs/shipped``. The weights are those of the int8 network,
each as exact as a byte allows; training on from them starts where the shipped model stands.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from transformers import AutoConfig

from claimcheck.errors import ModelError
from claimcheck.manifest import MANIFEST, file_hash, find_model, load_manifest
from claimcheck.torch_model import SentencePooledBert
from train.base import base_model_path

PREFIX = "_model."
WEIGHTS = "model.safetensors"


def restore(model: Path, folder: Path) -> None:
    """Write the checkpoint of an exported model to a new folder.

    Raises:
        ModelError: where its network is not one that ``train.export`` wrote.

    """
    manifest = load_manifest(model)
    weights = dict(_weights(onnx.load(str(model / "model.onnx"))))
    names = [*map(str, manifest.labels), *(f"reason:{r}" for r in manifest.reasons)]
    config = AutoConfig.from_pretrained(
        base_model_path(manifest.base_model),
        num_labels=len(names),
        id2label=dict(enumerate(names)),
        label2id={name: i for i, name in enumerate(names)},
        architectures=[SentencePooledBert.__name__],
    )
    network = SentencePooledBert(config)
    wanted = network.state_dict().keys()
    missing = sorted(wanted - weights.keys())
    if missing:
        raise ModelError(f"{model} lacks {missing[0]}: it was not written by train.export")
    network.load_state_dict({name: weights[name] for name in wanted})
    folder.mkdir(parents=True)
    config.save_pretrained(folder)
    save_file(network.state_dict(), folder / WEIGHTS, metadata={"format": "pt"})
    shutil.copy(model / "tokenizer.json", folder)
    shutil.copy(model / "settings.json", folder)
    base = Path(base_model_path(manifest.base_model))
    for name in ("tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        if (base / name).is_file():
            shutil.copy(base / name, folder)
    files = {name: file_hash(folder / name) for name in (WEIGHTS, "tokenizer.json")}
    text = json.dumps(replace(manifest, files=files).to_dict(), indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _weights(network: onnx.ModelProto) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield the weights by their names in PyTorch, the quantised ones as numbers again.

    The exporter keeps the names of all weights but those of linear layers, which it transposes;
    these take theirs from the bias that is added to their product.
    """
    stored = {i.name: numpy_helper.to_array(i) for i in network.graph.initializer}
    bias_of = _biases(network, stored)
    for name, array in stored.items():
        if name.startswith(PREFIX) and not name.endswith(("_quantized", "_scale", "_zero_point")):
            yield name.removeprefix(PREFIX), torch.from_numpy(array.copy())
        elif name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            scale, zero = stored[f"{base}_scale"], stored[f"{base}_zero_point"]
            weight = (array.astype(np.float32) - zero.astype(np.float32)) * scale
            if base in bias_of:
                title = bias_of[base].removesuffix(".bias") + ".weight"
                yield title.removeprefix(PREFIX), torch.from_numpy(weight.T.copy())
            elif base.startswith(PREFIX):
                yield base.removeprefix(PREFIX), torch.from_numpy(weight.copy())


def _biases(network: onnx.ModelProto, stored: dict[str, np.ndarray]) -> dict[str, str]:
    """Return for each quantised matrix the bias that is added to its product."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in network.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    found = {}
    for node in network.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name = node.output[0]
        while True:  # the product is made a number, scaled, and then met by its bias
            node_after = readers[name][0]
            biases = [i for i in node_after.input if i in stored and i.endswith(".bias")]
            if biases:
                found[node.input[1].removesuffix("_quantized")] = biases[0]
                break
            if node_after.op_type not in ("Cast", "Mul"):
                break
            name = node_after.output[0]
    return found


@click.command()
@click.argument("model")
@click.argument("folder", type=click.Path(path_type=Path))
def main(model: str, folder: Path) -> None:
    """Write a checkpoint of MODEL (a shipped name or a folder) to FOLDER, to train it further."""
    if folder.exists():
        raise click.ClickException(f"{folder} exists: name a new folder")
    try:
        restore(find_model(model), folder)
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{folder}: train it further with --base {folder}")


if __name__ == "__main__":
    main()
