"""What runs the network: ONNX Runtime, or PyTorch where it is installed. Both look the same."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from claimcheck.encoding import Window
from claimcheck.errors import ClaimcheckError, MissingExtraError, ModelError

Ids = npt.NDArray[np.int64]
Outputs = npt.NDArray[np.float32]

TOKEN_BUDGET = 2_048
"""Tokens of one padded batch. More saves no time on a CPU and costs memory."""

THREADS_SETTING = "CLAIMCHECK_THREADS"


class Backend(Protocol):
    """Runs the network over windows of token ids."""

    def run(self, windows: Sequence[Window]) -> Outputs:
        """Return the raw outputs (logits) of every window, (windows, outputs), in order."""


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
    """ONNX Runtime on the CPU. One session, shared by threads.

    Every window is run by itself, as many at a time as there are threads. The int8 network scales
    its activations by the largest value in a batch, so that in a batch a sentence's scores would
    depend on its neighbours; and without padding, rows alone are faster than batches too.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime as ort

        self._threads = threads
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Windows differ in length, so an arena that only grows would never give memory back.
        options.enable_cpu_mem_arena = False
        path = folder / "model.onnx"
        try:
            self._session = ort.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            first_line = str(error).splitlines()[0]
            raise ModelError(f"{path} cannot be loaded: {first_line}") from None

    def run(self, windows: Sequence[Window]) -> Outputs:
        """See Backend."""
        if self._threads == 1 or len(windows) == 1:
            return np.concatenate([self._row(w) for w in windows])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(self._row, windows)))

    def _row(self, window: Window) -> Outputs:
        ids, types, mask = padded([window])
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

    def run(self, windows: Sequence[Window]) -> Outputs:
        """See Backend."""
        rows: dict[int, Outputs] = {}
        for batch in token_batches([len(w) for w in windows]):
            arrays = padded([windows[row] for row in batch])
            rows |= dict(zip(batch, self._batch(*arrays), strict=True))
        return np.stack([rows[row] for row in range(len(windows))])

    def _batch(self, ids: Ids, types: Ids, mask: Ids) -> Outputs:
        torch = self._torch
        with torch.inference_mode():
            logits = self.module(
                input_ids=torch.from_numpy(ids).to(self._device),
                token_type_ids=torch.from_numpy(types).to(self._device),
                attention_mask=torch.from_numpy(mask).to(self._device),
            ).logits
        outputs: Outputs = logits.float().cpu().numpy()
        return outputs


def token_batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield batches of row numbers: alike in length, and at most TOKEN_BUDGET when padded.

    A row that is longer than the budget makes a batch of its own.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda r: lengths[r]):
        if batch and lengths[row] * (len(batch) + 1) > TOKEN_BUDGET:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(batch: Sequence[Window]) -> tuple[Ids, Ids, Ids]:
    """Return token ids, token types and attention mask, each (rows, longest row)."""
    shape = (len(batch), max(len(w) for w in batch))
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, window in enumerate(batch):
        ids[row, : len(window)] = window.ids
        types[row, window.first_part : len(window)] = 1
        mask[row, : len(window)] = 1
    return ids, types, mask


BACKENDS: dict[str, Callable[[Path, int], Backend]] = {"onnx": OnnxBackend, "torch": TorchBackend}
