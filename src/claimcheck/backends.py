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
from claimcheck.ordered import in_order

Ids = npt.NDArray[np.int64]
Outputs = npt.NDArray[np.float32]
Arrays = tuple[Ids, Ids, Outputs]

INPUTS = ("input_ids", "attention_mask", "pooling")
"""What our networks read; see ``padded``."""

TOKEN_BUDGET = 2_048
"""Tokens of one padded batch. More saves no time on a CPU and costs memory."""

THREADS_SETTING = "CLAIMCHECK_THREADS"


class Backend(Protocol):
    """Runs the network over windows of token ids."""

    def run(self, windows: Sequence[Window]) -> Outputs:
        """Return the raw outputs (logits) of every piece of every window, (pieces, outputs)."""


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
    depend on other windows; and without padding, windows alone are faster than batches too.

    With one thread, that is the thread that calls. With more, they are the backend's own, kept
    from call to call: however many threads share it, no more than that compute at once, and a long
    text holds up a short one by a few windows only.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime as ort

        self._ahead = 2 * threads
        self._pool = (
            ThreadPoolExecutor(threads, thread_name_prefix="claimcheck") if threads > 1 else None
        )
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
        if self._pool is None:
            return np.concatenate([self._row(w) for w in windows])
        return np.concatenate(list(in_order(self._row, windows, self._pool, self._ahead)))

    def _row(self, window: Window) -> Outputs:
        feeds = dict(zip(INPUTS, padded([window]), strict=True))
        outputs: Outputs = self._session.run(["logits"], feeds)[0][0]
        return outputs


class TorchBackend:
    """PyTorch, on a GPU where there is one: for checkpoints that are not exported."""

    def __init__(self, folder: Path, threads: int) -> None:
        try:
            import torch

            from claimcheck.torch_model import judge_pieces, load_network
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
        self._judge = judge_pieces
        self.module = network.eval().to(self._device)

    def run(self, windows: Sequence[Window]) -> Outputs:
        """See Backend."""
        rows: dict[int, Outputs] = {}
        for batch in token_batches([len(w) for w in windows]):
            chosen = [windows[row] for row in batch]
            found = self._batch(padded(chosen))
            rows |= {
                row: outputs[: len(window.pieces)]
                for row, window, outputs in zip(batch, chosen, found, strict=True)
            }
        return np.concatenate([rows[row] for row in range(len(windows))])

    def _batch(self, arrays: Arrays) -> Outputs:
        torch = self._torch
        inputs = {
            name: torch.from_numpy(array).to(self._device)
            for name, array in zip(INPUTS, arrays, strict=True)
        }
        with torch.inference_mode():
            logits = self._judge(self.module, inputs)
        outputs: Outputs = logits.float().cpu().numpy()
        return outputs


def token_batches(lengths: Sequence[int], budget: int = TOKEN_BUDGET) -> Iterator[list[int]]:
    """Yield batches of row numbers: alike in length, and at most a budget of tokens when padded.

    A row that is longer than the budget makes a batch of its own.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda r: lengths[r]):
        if batch and lengths[row] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(batch: Sequence[Window]) -> Arrays:
    """Return what the network reads, in the order of INPUTS.

    Returns:
        Token ids and attention mask, each (rows, longest row), and the pooling weights (rows,
        most pieces of a row, longest row): each piece is the mean of its tokens.

    """
    rows, longest = len(batch), max(len(w) for w in batch)
    ids, mask = np.zeros((rows, longest), np.int64), np.zeros((rows, longest), np.int64)
    pooling = np.zeros((rows, max(len(w.pieces) for w in batch), longest), np.float32)
    for row, window in enumerate(batch):
        ids[row, : len(window)] = window.ids
        mask[row, : len(window)] = 1
        for number, piece in enumerate(window.pieces):
            pooling[row, number, piece.start : piece.end] = 1 / (piece.end - piece.start)
    return ids, mask, pooling


BACKENDS: dict[str, Callable[[Path, int], Backend]] = {"onnx": OnnxBackend, "torch": TorchBackend}
