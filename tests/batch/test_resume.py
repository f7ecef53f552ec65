"""A run that was stopped goes on, and what it writes is what an undisturbed run writes."""

import json
import os
from itertools import count
from pathlib import Path

import pytest

from claimcheck.batch import run as running
from claimcheck.errors import ClaimcheckError


@pytest.fixture
def stopped(run, records, folder):
    """A run of three documents, one in each chunk, whose last one was not reached."""
    records("in/a.jsonl", {"id": "a", "text": "Mint cures. It may."}, {"text": None})
    (folder / "in" / "z.txt").write_text("Broken model.")
    assert run("in", "-o", "out.jsonl", "--chunk-size", "1").complaint


def mend(folder):
    """Let the model work for the last document, without a trace on the file."""
    path = folder / "in" / "z.txt"
    before = path.stat()
    path.write_text("Mended model.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_stopped_run_goes_on_and_does_nothing_twice(run, stopped, folder, rows):
    mend(folder)
    first = folder / "out.jsonl.parts" / "000000.jsonl"
    first.write_bytes(first.read_bytes().replace(b"Mint cures.", b"Mint CURES."))
    result = run("in", "-o", "out.jsonl", "--chunk-size", "1", "--resume")
    assert [r["text"] for r in rows("out.jsonl")] == [
        "Mint CURES.",
        "It may.",
        None,
        "Mended model.",
    ]
    assert result.code == 2 and "3 documents, 3 sentences, 1 error" in result.err
    assert not (folder / "out.jsonl.parts").exists()


def test_a_run_is_not_begun_over_what_an_earlier_one_left(run, stopped, folder):
    before = sorted((folder / "out.jsonl.parts").iterdir())
    assert "--resume" in run("in", "-o", "out.jsonl", "--chunk-size", "1").complaint
    assert sorted((folder / "out.jsonl.parts").iterdir()) == before


def test_overwrite_begins_anew(run, stopped, folder, rows):
    mend(folder)
    (folder / "out.jsonl").write_text("an old result")
    run("in", "-o", "out.jsonl", "--overwrite")
    assert len(rows("out.jsonl")) == 4


def test_a_result_that_is_there_is_kept_unless_it_may_be_replaced(run, records, folder):
    records("in.jsonl", {"text": "Mint."})
    (folder / "out.jsonl").write_text("an old result")
    assert "--overwrite" in run("in.jsonl", "-o", "out.jsonl").complaint
    assert (folder / "out.jsonl").read_text() == "an old result"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (["--rows", "documents"], "rows"),
        (["--text-column", "body"], "text-column"),
        (["--chunk-size", "2"], "chunk-size"),
        (["--explain"], "explain"),
        (["more.txt"], "input"),
    ],
)
def test_a_run_goes_on_with_the_settings_that_it_began_with_only(run, stopped, change, named):
    arguments = ["in", "-o", "out.jsonl", "--chunk-size", "1", "--resume", *change]
    complaint = run(*arguments).complaint
    assert f"other settings ({named})" in complaint and "--overwrite" in complaint


def test_a_run_does_not_go_on_with_an_input_that_changed(run, stopped, folder):
    (folder / "in" / "a.jsonl").write_text('{"text": "Another text."}\n')
    result = run("in", "-o", "out.jsonl", "--chunk-size", "1", "--resume")
    assert "other settings (input)" in result.complaint


def test_resume_begins_where_there_is_nothing_to_go_on_with(run, records, rows):
    records("in.jsonl", {"text": "Mint."})
    assert run("in.jsonl", "-o", "out.jsonl", "--resume").code == 0
    assert len(rows("out.jsonl")) == 1


def test_resume_of_a_finished_run_does_nothing(run, records, folder):
    records("in.jsonl", {"text": "Mint."})
    run("in.jsonl", "-o", "out.jsonl")
    before = (folder / "out.jsonl").stat()
    result = run("in.jsonl", "-o", "out.jsonl", "--resume")
    assert result.code == 0 and "nothing is left" in result.err
    assert (folder / "out.jsonl").stat() == before


def test_a_run_that_was_killed_while_it_tidied_up_is_finished(run, records, folder):
    records("in.jsonl", {"text": "Mint."})
    run("in.jsonl", "-o", "out.jsonl")
    (folder / "out.jsonl.parts").mkdir()
    (folder / "out.jsonl.parts" / "000000.jsonl").write_text("{}\n")
    assert run("in.jsonl", "-o", "out.jsonl", "--resume").code == 0
    assert not (folder / "out.jsonl.parts").exists()


def test_a_folder_of_somebody_else_is_left_alone(run, records, folder, write):
    records("in.jsonl", {"text": "Mint."})
    theirs = write("out.jsonl.parts/letter.txt", "Dear Ada")
    assert "cannot write" in run("in.jsonl", "-o", "out.jsonl", "--overwrite").complaint
    assert theirs.read_text("utf-8") == "Dear Ada"


def test_parts_that_are_damaged_are_one_line(run, stopped, folder):
    (folder / "out.jsonl.parts" / "000000.jsonl").write_text("x")
    result = run("in", "-o", "out.jsonl", "--chunk-size", "1", "--resume")
    assert "is damaged" in result.complaint


def test_a_run_says_how_far_the_one_before_it_was(run, stopped, folder):
    mend(folder)
    result = run("in", "-o", "out.jsonl", "--chunk-size", "1", "--resume")
    assert result.err.startswith("Going on after 2 documents\n")


def test_an_input_that_changes_while_it_is_read_is_no_result(run, records, monkeypatch, folder):
    records("in.jsonl", {"text": "Mint."}, {"text": "Mint."})
    monkeypatch.setattr(running, "_survey", lambda batch: (3, "fingerprint"))
    assert "changed while it was read" in run("in.jsonl", "-o", "out.jsonl").complaint
    assert not (folder / "out.jsonl").exists()


def test_a_full_disk_stops_the_run_with_one_line_and_it_can_go_on(
    run, records, folder, monkeypatch
):
    records("in.jsonl", {"text": "Mint."})

    def full(*_):
        raise ClaimcheckError("cannot write out.jsonl: No space left on device")

    with monkeypatch.context() as patch:
        patch.setitem(running.WRITERS, ".jsonl", full)
        assert "No space left" in run("in.jsonl", "-o", "out.jsonl").complaint
    assert json.loads((folder / "out.jsonl.parts" / "settings.json").read_text())["rows"]
    assert run("in.jsonl", "-o", "out.jsonl", "--resume").code == 0


class Killed(BaseException):
    """Nothing in the code expects it, and so nothing is tidied up, as after ``kill -9``."""


def die_before_change(number, patch):
    """Let the run die before it changes something on the disk for that many times and once more."""
    changes = count()

    def dying(change):
        def wrapper(*args, **kwargs):
            if next(changes) == number:
                raise Killed
            return change(*args, **kwargs)

        return wrapper

    for name in ("mkdir", "replace", "unlink", "rmdir"):
        patch.setattr(Path, name, dying(getattr(Path, name)))


def test_a_run_that_dies_before_any_change_on_the_disk_goes_on_from_there(
    run, records, folder, monkeypatch
):
    records("in.jsonl", *({"id": n, "text": f"Mint {n} cures. It may."} for n in range(3)))
    run("in.jsonl", "-o", "whole.jsonl")
    arguments = ("in.jsonl", "-o", "out.jsonl", "--chunk-size", "1", "--resume")
    for number in count():
        with monkeypatch.context() as patch:
            die_before_change(number, patch)
            try:
                run(*arguments)
            except Killed:
                pass
            else:
                break
        assert run(*arguments).code == 0
        assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
        (folder / "out.jsonl").unlink()
        assert {p.name for p in folder.iterdir()} == {"in.jsonl", "whole.jsonl"}
    assert number == 1 + 1 + 3 + 1 + 1 + 3 + 1  # folder, settings, parts, result; and all removed
