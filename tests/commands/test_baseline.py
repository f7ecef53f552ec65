"""`claimcheck baseline`, and a check that tells only of what it does not hold."""

import json

import pytest

from claimcheck.baseline import BASELINE_FILE

OLD = "Mint cures a cough. Mint may ease a cough. Mint grows in gardens."
CHECK = ("-f", "concise", "--fail-on", "hedged", "--baseline", BASELINE_FILE)


@pytest.fixture
def baseline(run, write, folder):
    """A baseline of one article with an overclaim and a hedge."""
    write("old.txt", OLD)
    result = run("baseline", "old.txt")
    assert result.code == 0 and result.out == ""
    assert result.err == f"Baseline: {BASELINE_FILE}, 2 claims, 1 of them overclaimed\n"
    return folder / BASELINE_FILE


def test_known_findings_neither_show_nor_fail_and_their_number_is_said(run, baseline):
    result = run("score", "old.txt", *CHECK)
    assert result.code == 0 and result.out == ""
    assert result.err == f"Left out: 1 finding that {BASELINE_FILE} knows already\n"


def test_a_new_finding_shows_and_fails(run, write, baseline):
    write("old.txt", f"{OLD} Mint cures gout.")
    result = run("score", "old.txt", *CHECK)
    assert result.code == 1 and result.out.count("\n") == 1 and "old.txt:1:67:" in result.out


def test_a_known_sentence_is_known_in_another_file_and_at_another_place(run, write, baseline):
    write("moved.txt", "A preface.\n\nMint  CURES a cough.")
    assert run("score", "moved.txt", *CHECK).code == 0


def test_without_the_baseline_everything_shows_and_fails(run, baseline):
    result = run("score", "old.txt", "-f", "concise", "--fail-on", "hedged")
    assert result.code == 1 and result.out and "Left out" not in result.err


def test_a_baseline_holds_whatever_later_runs_show_or_fail_on(run, baseline):
    result = run("score", "old.txt", *CHECK, "--show", "overclaimed,hedged")
    assert result.code == 0 and result.out == "" and "2 findings" in result.err


def test_an_article_is_never_replaced_by_its_baseline(run, baseline, folder):
    for paths in ("old.txt", "."):
        assert "overwritten" in run("baseline", paths, "-o", "old.txt").complaint
    assert (folder / "old.txt").read_text("utf-8") == OLD


def test_its_lines_are_sorted_and_hold_no_text(baseline):
    content = json.loads(baseline.read_text("utf-8"))
    assert content["schema"] == "claimcheck.baseline/1"
    assert content["fingerprints"] == sorted(content["fingerprints"])
    assert "Mint" not in baseline.read_text("utf-8")


def test_an_unreadable_input_does_not_keep_the_others_out(run, write, folder):
    write("old.txt", OLD)
    assert run("baseline", "none.txt", "old.txt", "-o", "b.json").code == 2
    assert len(json.loads((folder / "b.json").read_text("utf-8"))["fingerprints"]) == 2


def test_where_nothing_could_be_read_the_old_baseline_stays(run, baseline):
    before = baseline.read_bytes()
    assert run("baseline", "none.txt").code == 2 and baseline.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"schema": "claimcheck.baseline/2", "new": {}}', "newer claimcheck"),
        ('{"schema": "claimcheck.report/1"}', "not a baseline"),
        (f'{{"schema": "claimcheck.baseline/{"9" * 5000}"}}', "not a baseline"),
        ('{"schema": "claimcheck.baseline/1", "fingerprints": [1]}', "damaged"),
        ('{"schema": "claimcheck.baseline/1"}', "damaged"),
        ('{"schema": "claimcheck.ba', "damaged"),
        ("[" * 100_000, "damaged"),
        ("[]", "not a baseline"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_one_line(run, write, content, said):
    write("old.txt", OLD)
    write("b.json", content)
    complaint = run("score", "old.txt", "--baseline", "b.json").complaint
    assert "b.json" in complaint and said in complaint


def test_a_missing_baseline_is_one_line_that_says_how_to_make_it(run, write):
    write("old.txt", OLD)
    complaint = run("score", "old.txt", "--baseline", "b.json").complaint
    assert "b.json does not exist" in complaint and "claimcheck baseline" in complaint
