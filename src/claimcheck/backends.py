"""What runs the network: ONNX Runtime, or PyTorch where it is installed. Both look the same."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from claimcheck.errors import ClaimcheckError, MissingExtraError, ModelError

Ids = npt.NDArray[np.int64]
Outputs = npt.NDArray[np.float32]

THREADS_SETTING = "CLAIMCHECK_THREADS"


class Backend(Protocol):
    """Runs one padded batch. Arrays are (rows, longest row); the result is (rows, outputs)."""

    def run(self, ids: Ids, types: Ids, mask: Ids) -> Outputs:
        """Return the raw outputs (logits) of every row."""


def default_threads() -> int:
    """Return the setting's number of threads, or the number of CPUs this process may use.

    Raises:
        ClaimcheckError: where the setting is not a positive whole number.

    """
    setting = os.environ.get(THREADS_SETTING)
    if setting is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if not setting.isdecimal() or int(setting) < 1:
        raise ClaimcheckError(
            f"{THREADS_SETTING} is '{setting}': set it to a whole number from 1 on"
        )
    return int(setting)


class OnnxBackend:
    """ONNX Runtime on the CPU. One session, shared by threads."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Spinning threads would burn the CPUs of whoever shares them with us.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Batches differ in shape, so an arena that only grows would never give memory back.
        options.enable_cpu_mem_arena = False
        path = folder / "model.onnx"
        try:
            self._session = ort.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            first_line = str(error).splitlines()[0]
            raise ModelError(f"{path} cannot be loaded: {first_line}") from None

    def run(self, ids: Ids, types: Ids, mask: Ids) -> Outputs:
        """See Backend."""
        feeds = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        outputs: Outputs = self._session.run(["logits"], feeds)[0]
        return outputs


class TorchBackend:
    """PyTorch, on a GPU where there is one: for checkpoints that are not exported."""

    def __init__(self, folder: Path, threads: int) -> None:
        try:
            import torch

            from claimcheck.torch_model import load_network
        except ImportError:
            raise MissingExtraError("backend='torch'", "torch") from None

        self._torch: Any = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        if self._device == "cpu":
            torch.set_num_threads(threads)
        try:
            network = load_network(str(folder))
        except (OSError, ValueError) as error:
            first_line = str(error).splitlines()[0]
            raise ModelError(f"{folder} is not a loadable checkpoint: {first_line}") from None
        self.module = network.eval().to(self._device)

    def run(self, ids: Ids, types: Ids, mask: Ids) -> Outputs:
        """See Backend."""
        torch = self._torch
        with torch.inference_mode():
            logits = self.module(
                input_ids=torch.from_numpy(ids).to(self._device),
                token_type_ids=torch.from_numpy(types).to(self._device),
                attention_mask=torch.from_numpy(mask).to(self._device),
            ).logits
        outputs: Outputs = logits.float().cpu().numpy()
        return outputs


BACKENDS: dict[str, Callable[[Path, int], Backend]] = {"onnx": OnnxBackend, "torch": TorchBackend}
