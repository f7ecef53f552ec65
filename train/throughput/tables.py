"""The measured figures as lines of text, and as JSON without any text of the corpora."""

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from train.throughput import contenders as names
from train.throughput.measuring import Measured, Result, Unavailable
from train.throughput.variants import LEFT_OUT, SHIPPED, deviation

PACKAGES = ("onnxruntime", "torch", "transformers")


@dataclass(frozen=True, slots=True)
class Setting:
    """What was measured on."""

    model: str
    corpus: str
    passages: int
    sentences: int
    threads: int
    repeats: int


def setting_lines(setting: Setting) -> Iterator[str]:
    """Yield what was measured, where, and with which versions."""
    yield (
        f"{setting.sentences} sentences of {setting.passages} texts ({setting.corpus}), model"
        f" {setting.model}, {setting.threads} threads, median of {setting.repeats}"
    )
    packages = ", ".join(f"{name} {found}" for name, found in _versions().items())
    yield f"{_cpu()}, Python {platform.python_version()}, {packages}"


def comparison(found: Mapping[str, Result], sentences: int) -> dict[str, Any]:
    """Return the figures of each contender, and how often int8 says what PyTorch says."""
    done = {name: result for name, result in found.items() if isinstance(result, Measured)}
    absent = [name for name in found if name not in done]
    if absent:
        raise RuntimeError(f"nothing to compare with: {absent[0]} could not be run")
    single = done[names.SINGLE].seconds
    batched = [names.batch_name(size) for size in names.BATCH_SIZES]
    best_name = min(batched, key=lambda name: done[name].seconds)
    best = done[best_name].seconds
    return {
        "contenders": [
            {
                "name": name,
                "sentences_per_second": round(sentences / result.seconds, 1),
                "times_single": round(single / result.seconds, 2),
                "times_best_batch": round(best / result.seconds, 2),
                "cpu_ms_per_sentence": round(1000 * result.cpu_seconds / sentences, 2),
                "spread": round(result.spread, 3),
                "megabytes": round(result.megabytes),
            }
            for name, result in done.items()
        ],
        "best_batch": best_name,
        "agreement": {
            "sentences alone": _same(done[names.INT8_ALONE], done[names.TORCH_ALONE]),
            "whole articles": _same(done[names.INT8_ARTICLE], done[names.TORCH_ARTICLE]),
        },
    }


def comparison_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of contenders."""
    yield f"{'':44} sent./s   × 1 at a time   × best batch   CPU ms   spread   peak MB"
    for row in figures["contenders"]:
        yield (
            f"{row['name']:44} {row['sentences_per_second']:7.1f} {row['times_single']:15.2f}"
            f" {row['times_best_batch']:14.2f} {row['cpu_ms_per_sentence']:8.2f}"
            f" {row['spread']:8.0%} {row['megabytes']:9}"
        )
    yield ""
    for name, share in figures["agreement"].items():
        yield f"int8 gives the label of the PyTorch weights, {name}: {share:.2%}"


def variant_figures(
    found: Mapping[str, Result], sentences: int, labels: int, repeated: float
) -> list[dict[str, Any]]:
    """Return what each variant gave, next to the way that ships."""
    shipped = found[SHIPPED]
    if isinstance(shipped, Unavailable):
        raise RuntimeError(f"the way that ships cannot run: {shipped.reason}")
    rows: list[dict[str, Any]] = []
    for name, result in found.items():
        if isinstance(result, Unavailable):
            rows.append({"name": name, "note": f"not run: {result.reason}"})
            continue
        largest, same = deviation(result.found, shipped.found, labels)
        rows.append(
            {
                "name": name,
                "sentences_per_second": round(sentences / result.seconds, 1),
                "times_shipped": round(shipped.seconds / result.seconds, 2),
                "cpu_ms_per_sentence": round(1000 * result.cpu_seconds / sentences, 2),
                "megabytes": round(result.megabytes),
                "largest_difference": round(largest, 4),
                "same_label": round(same, 4),
            }
        )
        if "cache" in name:
            rows[-1]["note"] = f"{repeated:.1%} of the windows had been seen before"
    return rows + [{"name": name, "note": reason} for name, reason in LEFT_OUT.items()]


def variant_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the table of variants."""
    yield (f"{'':56} sent./s  × shipped   CPU ms  peak MB  largest difference  same label")
    for row in rows:
        line = f"{row['name']:56}"
        if "times_shipped" in row:
            line += (
                f" {row['sentences_per_second']:7.1f} {row['times_shipped']:10.2f}"
                f" {row['cpu_ms_per_sentence']:8.2f} {row['megabytes']:8}"
                f" {row['largest_difference']:19.4f} {row['same_label']:11.2%}"
            )
        if "note" in row:
            line += f"  {row['note']}"
        yield line


def to_json(setting: Setting, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures with what they were measured on."""
    return {
        "model": setting.model,
        "corpus": setting.corpus,
        "passages": setting.passages,
        "sentences": setting.sentences,
        "threads": setting.threads,
        "repeats": setting.repeats,
        "cpu": _cpu(),
        "versions": _versions(),
        **figures,
    }


def _same(one: Measured, other: Measured) -> float:
    pairs = list(zip(one.found, other.found, strict=True))
    same: int = sum(a == b for a, b in pairs)
    return round(same / len(pairs), 4)


def _versions() -> dict[str, str]:
    return {name: version(name).partition("+")[0] for name in PACKAGES}


def _cpu() -> str:
    """Return the processor's name and how many of its cores this process may use."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores of {named[0] if named else platform.machine()}"
