"""`claimcheck batch --engine ray`: the same rows from a cluster, also where a machine is lost."""

import json
import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from claimcheck.batch import work
from claimcheck.batch.items import items_of
from claimcheck.batch.job import Job
from claimcheck.batch.rows import RowKind
from claimcheck.batch.stored import record_files
from tests.batch.words import WordScorer
from tests.conftest import ROOT

ray = pytest.importorskip("ray", reason="needs the extra: pip install 'claimcheck[ray]'")
parquet = pytest.importorskip("pyarrow.parquet")

TEXT = "Mint cures a cough. Mint may help."
STORE = 80_000_000
"""Bytes of each node's object store; the least that Ray takes is a little under it."""


@pytest.fixture(scope="module")
def cluster():
    """Three nodes with a processor each, on this machine."""
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False}
    # A node that is gone is missed within seconds; one that is merely slow, as late as ever.
    head = node | {"_system_config": {"health_check_period_ms": 500}}
    with pytest.MonkeyPatch.context() as patch:
        # The scorer of these tests is found in every process, wherever a test runs.
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
        started = Cluster(initialize_head=True, head_node_args=head)
        started.add_node(**node)
        started.add_node(**node)
    yield started
    started.shutdown()


def in_order(rows):
    return sorted(rows, key=lambda row: (row["id"], row.get("sentence") or 0))


def rows_in(folder):
    return in_order(parquet.read_table(folder).to_pylist())


@pytest.mark.slow
@pytest.mark.parametrize("kind", RowKind)
def test_a_cluster_writes_the_rows_that_one_machine_writes(
    run, records, rows, write, folder, cluster, kind
):
    records("in/a.jsonl", *({"id": f"a{n}", "text": TEXT} for n in range(40)), {"text": None}, 3)
    write("in/b.jsonl", '{"text": "Mint may help."}\nno JSON\n{"text": "Fault."}\n')
    parquet.write_table(parquet.read_table(_table(folder)), folder / "in/c.parquet")
    options = ("in", "in/none.jsonl", "--rows", kind, "-q")
    local = run(*options, "-o", "out.jsonl")
    on_three = ("--engine", "ray", "--address", cluster.address, "--workers", "3")
    result = run(*options, "-o", "out", *on_three)
    assert result.err == local.err.replace("out.jsonl", "out")
    assert rows_in(folder / "out") == in_order(rows("out.jsonl"))
    assert result.code == local.code == 2
    assert (folder / "out/_SUCCESS").exists()


def _table(folder):
    import pyarrow as pa

    path = folder / "table.parquet"
    parquet.write_table(pa.table({"text": [TEXT, None, "A trial found it."]}), path)
    return path


@pytest.mark.slow
def test_nothing_is_lost_or_there_twice_where_a_node_is_killed_at_work(cluster, tmp_path):
    from claimcheck.batch.folder import ResultFolder
    from claimcheck.batch.ray_engine import RayBatch, run

    documents, files = 12, 12
    source, seen = tmp_path / "in", tmp_path / "seen"
    for folder in (source, seen):
        folder.mkdir()
    for number in range(files):
        # As large as it takes for rows to lie in a node's memory, and be lost with it.
        text = " ".join(f"Mint {n} may help {'and help ' * 25}so they say." for n in range(40))
        lines = [json.dumps({"id": f"{number}/{n}", "text": text}) for n in range(documents)]
        (source / f"{number:02}.jsonl").write_text("\n".join(lines), "utf-8")
    found = record_files([str(source)])
    total = files * documents

    def at_work():
        return {path.name: path.stat().st_size for path in seen.iterdir()}

    scored_before = []

    def kill():
        """Kill a node that has finished something and is about something else."""
        while True:
            for node in cluster.worker_nodes:
                if at_work().get(node.node_id, 0) > 1.5 * documents:
                    scored_before.append(sum(at_work().values()))
                    cluster.remove_node(node, allow_graceful=False)
                    return
            time.sleep(0.05)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    batch = RayBatch(found, ResultFolder(str(tmp_path / "out")), Job(), _slow(seen))
    outcome = run(batch, cluster.address, quiet=True)
    killer.join(timeout=30)

    assert scored_before and scored_before[0] < total < sum(at_work().values())
    expected = [
        row
        for item in items_of(found, Job())
        for row in work.score_item(WordScorer(), item, Job())[0]
    ]
    assert rows_in(tmp_path / "out") == in_order(expected)
    assert outcome.counts == work.Counts(total, total * 40, 0)


def _slow(seen):
    """Return what makes a scorer that takes its time, and notes where it was at work."""

    class Slow(WordScorer):
        def score_document(self, document):
            with (seen / ray.get_runtime_context().get_node_id()).open("ab") as file:
                file.write(b".")
            time.sleep(0.05)
            return super().score_document(document)

    return Slow


@pytest.mark.slow
def test_a_model_that_fails_on_a_node_is_said_in_a_line(run, records, folder, cluster):
    records("in.jsonl", {"text": "Broken model."})
    result = run("in.jsonl", "-o", "out", "--engine", "ray", "--address", cluster.address, "-q")
    assert result.complaint == "claimcheck: the model is broken: install it again"
    assert not (folder / "out/_SUCCESS").exists()


@pytest.mark.slow
def test_without_an_address_a_cluster_of_this_machine_is_started(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "mint", "text": "Mint may help."}\n', "utf-8")
    command = ["batch", "in.jsonl", "-o", "out", "--engine", "ray", "--workers", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck.cli", *command],
        cwd=tmp_path,
        env=_without_a_cluster(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0 and done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Batch: out, 1 document, 1 sentence, 0 errors, ")
    assert [row["id"] for row in rows_in(tmp_path / "out")] == ["mint"]


def _without_a_cluster():
    return {k: v for k, v in os.environ.items() if not k.startswith("RAY_")} | {
        "PYTHONPATH": str(ROOT / "src")
    }


def test_an_address_where_nothing_answers_is_said_at_once(run, records, unused_port):
    records("in.jsonl", {"text": TEXT})
    address = f"127.0.0.1:{unused_port}"
    result = run("in.jsonl", "-o", "out", "--engine", "ray", "--address", address)
    assert f"no Ray cluster answers at {address}" in result.complaint
    assert "--address" in result.complaint


@pytest.fixture
def unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_run_on_ray_cannot_be_resumed(run, records):
    records("in.jsonl", {"text": TEXT})
    result = run("in.jsonl", "-o", "out", "--engine", "ray", "--resume")
    assert "--resume needs --engine local" in result.complaint


def test_an_input_is_never_replaced_by_the_result(run, folder):
    (folder / "out").mkdir()
    path = folder / "out/part-0.parquet"
    _table(folder).rename(path)
    result = run("out/part-0.parquet", "-o", "out", "--engine", "ray", "--overwrite")
    assert "out/part-0.parquet is an input" in result.complaint and path.exists()
