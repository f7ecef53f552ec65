"""Other ways to run the network, tried on the same windows, to see what each of them gives.

Only the network is timed, on windows that are made beforehand, article by article as in use. Each
variant's outputs come back too, since one that is faster and says something else is no gain.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.backends import INPUTS, OnnxBackend, Outputs, padded, token_batches
from claimcheck.encoding import Encoder, Window
from claimcheck.manifest import load_manifest
from train.throughput.measuring import Contender, Work
from train.throughput.networks import Networks
from train.throughput.texts import Passage

Articles = list[list[Window]]
Run = Callable[[Sequence[Window]], Outputs]

SHIPPED = "as shipped: int8, one window a run, a pool of threads"

LEFT_OUT = {
    "a first stage sure of no_claim": (
        "not built: a sentence it lets through gets the label of a weaker model, and in a window "
        "that several share, leaving one out changes what the others see"
    ),
    "explaining all overclaims in one batch": (
        "not built: in a batch the int8 network scales its activations by other rows too, so the "
        "words pointed out would depend on what else is in the article"
    ),
}
"""What was weighed and not built, with the reason."""


def windows_of(passages: Sequence[Passage], model: Path) -> Articles:
    """Return the windows of each passage, as a Scorer makes them."""
    encoder = Encoder(model / "tokenizer.json", load_manifest(model).limits)
    return [encoder.encode(passage.sentences, in_order=True) for passage in passages]


def variants(networks: Networks, articles: Articles, threads: int) -> Iterator[Contender]:
    """Yield the way that ships and all others."""
    int8, fp32 = networks.int8, networks.fp32
    yield _variant(SHIPPED, partial(_shipped, int8, threads), articles)
    yield _variant("a new pool for every article", partial(_new_pool, int8, threads), articles)
    yield _variant("one thread", partial(_shipped, int8, 1), articles)
    yield _variant(
        "one window a run, all threads inside it",
        partial(_session_run, int8, {"intra_op_num_threads": threads}),
        articles,
    )
    yield _variant(
        "a session opened for every article", partial(_reopened, int8, threads), articles
    )
    cached = partial(_from_cache, int8, threads, articles)
    yield Contender("windows seen before from a cache", cached)
    for budget in (512, 2048):
        yield _variant(
            f"padded batches of {budget} tokens, all threads inside",
            partial(_batched, int8, {"intra_op_num_threads": threads}, budget),
            articles,
        )
    for name, settings in _SETTINGS.items():
        yield _variant(name, partial(_pooled, int8, threads, settings), articles)
    yield _variant("fp32", partial(_shipped, fp32, threads), articles)
    yield _variant(
        "fp32, padded batches of 2048 tokens, all threads inside",
        partial(_batched, fp32, {"intra_op_num_threads": threads}, 2048),
        articles,
    )
    if networks.fused and networks.fused_int8:
        yield _variant("fp32, fused", partial(_shipped, networks.fused, threads), articles)
        yield _variant("int8, fused", partial(_shipped, networks.fused_int8, threads), articles)
    for name, folder in (("int8", int8), ("fp32", fp32)):
        for hint in ("LATENCY", "THROUGHPUT"):
            yield _variant(
                f"OpenVINO, {name}, {hint.lower()}",
                partial(_openvino, folder, threads, hint),
                articles,
            )


_SETTINGS: dict[str, dict[str, Any]] = {
    "graph not optimised": {"graph_optimization_level": "ORT_DISABLE_ALL"},
    "graph optimised: basic": {"graph_optimization_level": "ORT_ENABLE_BASIC"},
    "graph optimised: extended": {"graph_optimization_level": "ORT_ENABLE_EXTENDED"},
    "a memory arena": {"enable_cpu_mem_arena": True},
    "no memory patterns": {"enable_mem_pattern": False},
    "a memory arena, no memory patterns": {
        "enable_cpu_mem_arena": True,
        "enable_mem_pattern": False,
    },
}


def _variant(name: str, prepare: Callable[[], Run], articles: Articles) -> Contender:
    return Contender(name, partial(_over_articles, prepare, articles))


def _over_articles(prepare: Callable[[], Run], articles: Articles) -> Work:
    run = prepare()
    return lambda: np.concatenate([run(windows) for windows in articles])


def _shipped(folder: Path, threads: int) -> Run:
    return OnnxBackend(folder, threads).run


def _reopened(folder: Path, threads: int) -> Run:
    return lambda windows: OnnxBackend(folder, threads).run(windows)


def _new_pool(folder: Path, threads: int) -> Run:
    row = _row(_session(folder, {}))

    def run(windows: Sequence[Window]) -> Outputs:
        with ThreadPoolExecutor(threads) as pool:
            return np.concatenate(list(pool.map(row, windows)))

    return run


def _pooled(folder: Path, threads: int, settings: dict[str, Any]) -> Run:
    row, pool = _row(_session(folder, settings)), ThreadPoolExecutor(threads)
    return lambda windows: np.concatenate(list(pool.map(row, windows)))


def _from_cache(folder: Path, threads: int, articles: Articles) -> Work:
    """Keep outputs by the token ids of a whole window, so that they cannot change.

    Each pass starts with an empty cache, or it would find all that the last one left.
    """
    row, pool = _row(_session(folder, {})), ThreadPoolExecutor(threads)

    def work() -> Outputs:
        cached = lru_cache(10_000)(row)
        return np.concatenate(
            [found for windows in articles for found in pool.map(cached, windows)]
        )

    return work


def _session_run(folder: Path, settings: dict[str, Any]) -> Run:
    row = _row(_session(folder, settings))
    return lambda windows: np.concatenate([row(window) for window in windows])


def _batched(folder: Path, settings: dict[str, Any], budget: int) -> Run:
    session = _session(folder, settings)

    def run(windows: Sequence[Window]) -> Outputs:
        rows: dict[int, Outputs] = {}
        for batch in token_batches([len(w) for w in windows], budget):
            chosen = [windows[row] for row in batch]
            feeds = dict(zip(INPUTS, padded(chosen), strict=True))
            found = session.run(["logits"], feeds)[0]
            rows |= {
                row: outputs[: len(window.pieces)]
                for row, window, outputs in zip(batch, chosen, found, strict=True)
            }
        return np.concatenate([rows[row] for row in range(len(windows))])

    return run


def _openvino(folder: Path, threads: int, hint: str) -> Run:
    """Run as many windows at once as OpenVINO finds best for the hint."""
    try:
        import openvino
    except ImportError:
        raise RuntimeError("pip install openvino") from None

    network = openvino.Core().compile_model(
        folder / "model.onnx", "CPU", {"PERFORMANCE_HINT": hint, "INFERENCE_NUM_THREADS": threads}
    )
    queue = openvino.AsyncInferQueue(network)

    def run(windows: Sequence[Window]) -> Outputs:
        found: dict[int, Outputs] = {}

        def keep(request: Any, row: int) -> None:  # noqa: ANN401
            found[row] = request.get_output_tensor(0).data[0].copy()

        queue.set_callback(keep)
        for row, window in enumerate(windows):
            queue.start_async(dict(zip(INPUTS, padded([window]), strict=True)), row)
        queue.wait_all()
        return np.concatenate([found[row] for row in range(len(windows))])

    return run


def _row(session: Any) -> Callable[[Window], Outputs]:  # noqa: ANN401
    def row(window: Window) -> Outputs:
        feeds = dict(zip(INPUTS, padded([window]), strict=True))
        outputs: Outputs = session.run(["logits"], feeds)[0][0]
        return outputs

    return row


def _session(folder: Path, settings: dict[str, Any]) -> Any:  # noqa: ANN401
    """Open a session as the package does, but for some settings."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    for name, value in settings.items():
        if name == "graph_optimization_level":
            value = getattr(ort.GraphOptimizationLevel, value)
        setattr(options, name, value)
    return ort.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )


def repeated(articles: Articles) -> float:
    """Return the share of windows that a cache would have seen before."""
    every = [window for windows in articles for window in windows]
    return 1 - len(set(every)) / len(every)


def deviation(outputs: Outputs, shipped: Outputs, labels: int) -> tuple[float, float]:
    """Return the largest difference of an output, and the share of pieces whose best label stays.

    Args:
        outputs: of a variant, (pieces, outputs).
        shipped: of the way that ships, the same shape.
        labels: how many of the outputs, from the first on, are labels.

    """
    best, best_shipped = (found[:, :labels].argmax(axis=1) for found in (outputs, shipped))
    return float(np.abs(outputs - shipped).max()), float((best == best_shipped).mean())
