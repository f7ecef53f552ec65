"""Several processes: the same rows, no more read than is needed, and none left behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from claimcheck.batch.items import Record
from claimcheck.batch.job import Job
from claimcheck.batch.pool import AHEAD, score_chunks
from claimcheck.errors import ClaimcheckError, ModelError
from tests.batch.words import WordScorer
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
PATIENCE = 300
"""Seconds after which something will never happen; a busy machine may need many."""
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")


def chunks_of(*texts):
    return [(n, [Record(f"in:{n}", text)]) for n, text in enumerate(texts)]


def scored(chunks, workers=2):
    with closing(score_chunks(chunks, WordScorer(), Job(), workers)) as found:
        return dict(found)


def test_two_processes_give_the_parts_that_one_gives():
    chunks = chunks_of(*(f"Mint {n} cures. It may." for n in range(9)), "Fault.", None)
    assert scored(chunks, 2) == scored(chunks, 1)


def test_no_more_is_read_than_the_processes_have_work_for():
    read = []

    def endless():
        while True:
            read.append(len(read))
            yield len(read) - 1, [Record("in", "Mint.")]

    with closing(score_chunks(endless(), WordScorer(), Job(), 2)) as found:
        taken = [next(found)[0] for _ in range(5)]
    assert len(read) <= len(taken) + 2 + AHEAD


def test_a_process_that_is_killed_is_one_line_that_says_how_to_go_on():
    with pytest.raises(ClaimcheckError, match="--resume"):
        scored(chunks_of("Mint.", "Exit.", "Mint."))


def test_a_model_that_fails_in_a_process_says_so_here():
    with pytest.raises(ModelError, match="the model is broken"):
        scored(chunks_of("Mint.", "Broken model."))


@pytest.fixture
def at_work(tmp_path):
    """A run over two processes that has done something and is not done."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "Mint cures."}\n' * 400)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.batch.words", "batch", str(source), "-q"),
            *("-o", str(tmp_path / "out.jsonl"), "--chunk-size", "1", "--workers", "2"),
        ],
        cwd=ROOT,
        env=os.environ | {"CLAIMCHECK_TEST_DELAY": "0.5"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until(lambda: list(tmp_path.glob("out.jsonl.parts/0*")))
    yield process
    process.kill()
    process.communicate()


def until(condition):
    for _ in range(PATIENCE * 20):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not come to that in {PATIENCE} seconds")


def is_at_work(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@needs_proc
def test_processes_end_with_the_one_that_started_them_even_if_it_is_killed(at_work):
    children = Path(f"/proc/{at_work.pid}/task/{at_work.pid}/children").read_text().split()
    assert len(children) >= 2
    at_work.kill()
    until(lambda: not any(map(is_at_work, children)))


def test_ctrl_c_is_one_line_at_once_and_the_run_can_go_on(at_work, tmp_path):
    os.killpg(at_work.pid, signal.SIGINT)
    _, said = at_work.communicate(timeout=PATIENCE)
    assert said == "claimcheck: stopped: go on with --resume\n"
    assert at_work.returncode == 130
    assert list(tmp_path.glob("out.jsonl.parts/0*"))
