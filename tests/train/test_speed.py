"""Measuring speed: what is timed, what is compared, and what is said of it."""

import json
import sys
import time
from dataclasses import asdict
from functools import partial

import pytest

from tests.docs.speed import speed
from train.benchmark import LIMITS, Limit, broken_limits, table
from train.processes import Cost, measure, run
from train.scaling import Point, draw
from train.throughput.measuring import Contender, Measured, Unavailable
from train.throughput.measuring import measure as measure_contenders


def test_a_process_is_charged_its_own_memory_and_time():
    holding = run(
        [sys.executable, "-c", "import time; held = bytearray(60_000_000); time.sleep(0.1)"]
    )
    bare = run([sys.executable, "-c", "pass"])
    assert holding.megabytes > bare.megabytes + 50
    assert holding.seconds >= 0.1


def test_a_command_that_fails_is_no_figure():
    with pytest.raises(RuntimeError, match="exit code 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], 1)


def test_a_limit_that_is_not_kept_is_said():
    limit = Limit(seconds=1.2, megabytes=250)
    assert list(limit.broken(Cost(1.1, 249))) == []
    assert list(limit.broken(Cost(1.2, 300))) == [
        "1.20 s, and 1.2 s is the limit",
        "300 MB, and 250 MB is the limit",
    ]
    assert broken_limits({name: Cost(9, 9) for name in LIMITS}) != []


def test_the_table_gives_ratios_to_an_import_of_the_runtime():
    lines = list(table({"import onnxruntime": Cost(0.5, 60), "claimcheck": Cost(1.0, 200)}))
    assert lines[2].split() == ["claimcheck", "1.00", "2.00", "200"]


def napping(seconds):
    return partial(nap, seconds)


def nap(seconds):
    time.sleep(seconds)
    return seconds


def missing():
    raise RuntimeError("pip install something\nmore")


@pytest.mark.slow
def test_contenders_are_timed_in_turns_and_one_that_cannot_run_is_named():
    said = []
    contenders = [Contender(str(s), partial(napping, s)) for s in (0.05, 0.3)]
    found = measure_contenders([*contenders, Contender("none", missing)], 2, said.append)
    assert isinstance(found["0.05"], Measured) and isinstance(found["0.3"], Measured)
    assert found["0.05"].seconds < found["0.3"].seconds and found["0.3"].found == 0.3
    assert found["none"] == Unavailable("pip install something")
    assert said[-1] == "turn 2 of 2 done"


def test_the_plot_of_scaling_is_drawn_from_its_figures_and_small(tmp_path):
    pytest.importorskip("matplotlib", reason="needs the train extra")
    draw([Point(10**n, 2.0 * 10**n, 150.0 + n) for n in range(4)], tmp_path / "scaling.png")
    assert 5_000 < (tmp_path / "scaling.png").stat().st_size < 200_000


@pytest.fixture
def tables():
    pytest.importorskip("torch", reason="needs the train extra")
    from train.throughput import tables

    return tables


def test_contenders_are_compared_with_the_pipeline_and_its_best_batch(tables):
    names = tables.names
    seconds = dict.fromkeys(map(names.batch_name, names.BATCH_SIZES), 5.0)
    seconds |= {names.SINGLE: 10.0, names.batch_name(16): 4.0}
    seconds |= dict.fromkeys((names.TORCH_ALONE, names.TORCH_ARTICLE), 3.0)
    seconds |= dict.fromkeys((names.INT8_ALONE, names.INT8_ARTICLE), 2.0)
    labels = ["hedged", "no_claim", "hedged", "supported"]
    found = {name: Measured(s, 0.01, 2 * s, 100.0, labels) for name, s in seconds.items()}
    found[names.INT8_ALONE] = Measured(2.0, 0.0, 4.0, 90.0, [*labels[:3], "hedged"])
    figures = tables.comparison(found, 4)
    rows = {row["name"]: row for row in figures["contenders"]}
    assert figures["best_batch"] == names.batch_name(16)
    assert rows[names.INT8_ARTICLE]["times_single"] == 5.0
    assert rows[names.INT8_ARTICLE]["times_best_batch"] == 2.0
    assert figures["agreement"] == {"sentences alone": 0.75, "whole articles": 1.0}
    assert "hedged" not in json.dumps(figures)
    assert "75.00%" in "\n".join(tables.comparison_lines(figures))


def test_the_readme_takes_its_figures_from_the_measured_ones(tables, tmp_path, monkeypatch):
    names = tables.names
    every = [names.SINGLE, *map(names.batch_name, names.BATCH_SIZES), names.TORCH_ALONE]
    every += [names.TORCH_ARTICLE, names.INT8_ONE, names.INT8_ALONE, names.INT8_ARTICLE]
    seconds = dict.fromkeys([*every, names.INT8_EXPLAINED], 10.0) | {names.INT8_ARTICLE: 2.0}
    found = {name: Measured(s, 0.0, s, 100.0, ["hedged"] * 40) for name, s in seconds.items()}
    setting = tables.Setting("default 1", "healthstory", 2, 40, 2, 3)
    throughput, scaling = tmp_path / "throughput.json", tmp_path / "scaling.json"
    throughput.write_text(json.dumps(tables.to_json(setting, tables.comparison(found, 40))))
    points = [asdict(Point(1, 1.5, 150)), asdict(Point(1000, 300, 180))]
    scaling.write_text(json.dumps({"threads": 2, "points": points}))
    monkeypatch.setattr("tests.docs.speed.THROUGHPUT", throughput)
    monkeypatch.setattr("tests.docs.speed.SCALING", scaling)
    said = speed()
    assert "| **claimcheck, whole articles**, `explain=False` | 20 | 5.0 |" in said
    assert "1,000 articles takes 300 seconds and at most 180 MB" in said


def test_without_the_yardstick_nothing_is_compared(tables):
    with pytest.raises(RuntimeError, match="could not be run"):
        tables.comparison({tables.names.SINGLE: Unavailable("no transformers")}, 4)


def test_a_variant_is_shown_with_what_it_changes(tables):
    import numpy as np

    shipped = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 9.0]])
    other = shipped + np.array([[0.0, 1.5, 0.0], [0.0, 0.0, 0.0]])
    found = {
        tables.SHIPPED: Measured(2.0, 0.0, 4.0, 100.0, shipped),
        "other": Measured(1.0, 0.0, 2.0, 100.0, other),
        "absent": Unavailable("pip install it"),
    }
    rows = {r["name"]: r for r in tables.variant_figures(found, 2, labels=2, repeated=0.01)}
    assert rows["other"]["times_shipped"] == 2.0 and rows["other"]["same_label"] == 0.5
    assert rows["other"]["largest_difference"] == 1.5
    assert rows["absent"]["note"] == "not run: pip install it"
    assert all(name in rows for name in tables.LEFT_OUT)
