"""The same weights in the forms that are compared, written into a folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from claimcheck.manifest import find_model, load_manifest
from train.export import export_onnx, write_manifest
from train.restore import restore


@dataclass(frozen=True, slots=True)
class Networks:
    """Model folders of one set of weights.

    Attributes:
        int8: the model as it ships.
        checkpoint: its weights for PyTorch, as ``train.restore`` gives them.
        fp32: these exported to ONNX, nothing quantised.
        fused: the same with the operators that ONNX Runtime's optimizer for transformers fuses;
            ``fused_int8``: quantised after that. None unless they are asked for.

    """

    int8: Path
    checkpoint: Path
    fp32: Path
    fused: Path | None = None
    fused_int8: Path | None = None


def build(model: str, folder: Path, fused: bool) -> Networks:
    """Write every form of a shipped model, or of a folder, into a new folder.

    Raises:
        ModelError: where the model was not written by ``train.export``.

    """
    int8, checkpoint, fp32 = find_model(model), folder / "checkpoint", folder / "fp32"
    restore(int8, checkpoint)
    fp32.mkdir()
    export_onnx(checkpoint, fp32 / "model.onnx")
    _finish(int8, fp32)
    if not fused:
        return Networks(int8, checkpoint, fp32)
    full, small = folder / "fused", folder / "fused_int8"
    for made in (full, small):
        made.mkdir()
    _fuse(fp32 / "model.onnx", full / "model.onnx")
    _quantize_fused(full / "model.onnx", small / "model.onnx")
    for made in (full, small):
        _finish(int8, made)
    return Networks(int8, checkpoint, fp32, full, small)


def _finish(model: Path, folder: Path) -> None:
    shutil.copy(model / "tokenizer.json", folder)
    write_manifest(load_manifest(model), folder)


def _fuse(source: Path, target: Path) -> None:
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # it wants token types as an input
    optimize_model(
        str(source), "bert", optimization_options=options, opt_level=0
    ).save_model_to_file(str(target))


def _quantize_fused(source: Path, target: Path) -> None:
    """Quantise as ``train.export`` does; types of fused operators' outputs have to be told."""
    network = onnx.load(str(source))
    del network.graph.value_info[:]
    quantize_dynamic(
        network,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
