"""`claimcheck diff`: what a new draft changed, and whether it is worse."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.comparing import match

OLD = (
    "Mint grows in gardens. Mint cures a stubborn cough within a day. Mint may ease a fever. "
    "Sage cures gout."
)
NEW = (
    "Mint grows in gardens. Mint may ease a stubborn cough within a day. Mint may ease a fever. "
    "A trial in 90 adults found no harm. Thyme grows too."
)


@pytest.fixture
def drafts(write):
    write("old.txt", OLD)
    write("new.txt", NEW)


def changes(run, *arguments):
    result = run("diff", *arguments, "-f", "json")
    assert result.code == 0, result.err
    return [
        (c["kind"], c["old"] and c["old"]["text"], c["new"] and c["new"]["text"])
        for c in json.loads(result.out)["changes"]
    ]


def test_json_tells_what_is_new_gone_or_labelled_otherwise(run, drafts):
    assert changes(run, "old.txt", "new.txt") == [
        (
            "relabelled",
            "Mint cures a stubborn cough within a day.",
            "Mint may ease a stubborn cough within a day.",
        ),
        ("new", None, "A trial in 90 adults found no harm."),
        ("new", None, "Thyme grows too."),
        ("gone", "Sage cures gout.", None),
    ]


def test_json_has_the_figures_of_both_drafts_and_names_its_schema(run, drafts):
    found = json.loads(run("diff", "old.txt", "new.txt", "-f", "json").out)
    assert found["schema"] == "claimcheck.diff/1" and found["worse"] is False
    assert [found[d]["summary"]["overclaim_rate"] for d in ("old", "new")] == [0.6667, 0.0]


def test_the_screen_shows_claims_and_figures_but_no_change_that_is_no_claim(run, drafts):
    shown = run("diff", "old.txt", "new.txt").out
    assert "Another label (1)" in shown and "! → ~" in shown
    assert "was: Mint cures a stubborn cough" in shown
    assert "New (1)" in shown and "Gone (1)" in shown and "Thyme" not in shown
    assert "Overclaimed: 2 of 3 → 0 of 3" in shown
    assert "Overclaim rate: 67% → 0% of claims." in shown


def test_a_new_overclaim_comes_with_what_to_do_about_it(run, drafts):
    assert "Knows no exceptions. Say for whom it held" in run("diff", "new.txt", "old.txt").out


def test_the_same_draft_has_no_changes(run, drafts):
    result = run("diff", "old.txt", "old.txt", "--fail-on", "worse")
    assert result.code == 0 and "No claim is new, gone or has another label." in result.out


def test_a_sentence_that_was_moved_or_reworded_did_not_change(run, write):
    write("old.txt", "Sage cures gout. Mint grows here. Thyme may ease a cough in most adults.")
    write("new.txt", "Mint grows here. Thyme may ease a cough in some adults. Sage cures gout.")
    assert changes(run, "old.txt", "new.txt") == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Mint cures gout.", "Mint cures gout. Sage cures gout.", 1),  # more of them
        ("Mint cures gout. Sage may help.", "Mint cures gout.", 1),  # a higher rate
        ("Mint cures gout.", "Mint cures gout. Sage may help.", 0),
        ("Mint cures gout.", "Mint may help.", 0),
    ],
)
def test_it_fails_on_worse_only_where_count_or_rate_rose(run, write, old, new, code):
    write("old.txt", old)
    write("new.txt", new)
    assert run("diff", "old.txt", "new.txt").code == 0
    assert run("diff", "old.txt", "new.txt", "--fail-on", "worse").code == code


def test_a_draft_can_come_from_standard_input_and_the_result_go_to_a_file(run, drafts, folder):
    result = run("diff", "old.txt", "-", "-o", "diff.txt", stdin=NEW)
    assert result.out == "" and "<stdin>" in (folder / "diff.txt").read_text("utf-8")


def test_settings_for_reading_hold_for_both_drafts(run, write):
    write("claimcheck.toml", "skip-quotations = true\nformat = 'sarif'\nfail-on = 'hedged'\n")
    write("old.md", "> Mint cures gout.\n\nMint grows.\n")
    write("new.md", "> Sage cures gout.\n\nMint grows.\n")
    assert changes(run, "old.md", "new.md") == []


@pytest.mark.parametrize("arguments", [("none.txt", "new.txt"), ("old.txt", "none.txt")])
def test_a_draft_that_is_missing_is_one_line(run, drafts, arguments):
    assert "none.txt does not exist" in run("diff", *arguments).complaint


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.txt",), "NEW"),
        (("old.txt", "."), "folder"),
        (("old.txt", "new.txt", "-f", "html"), "full"),
        (("old.txt", "new.txt", "-o", "no/such/folder"), "cannot write"),
        (("old.txt", "new.txt", "-o", "new.txt"), "overwritten"),
    ],
)
def test_a_wrong_argument_is_one_line(run, drafts, arguments, said):
    assert said in run("diff", *arguments).complaint


SENTENCES = st.lists(st.sampled_from(["a b c d", "a b c e", "x y z", "x y", "q", "r s t u v"]))


@given(SENTENCES, SENTENCES)
def test_each_sentence_has_one_counterpart_at_most_and_equal_drafts_match_wholly(old, new):
    pairs = match(old, new)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert match(old, old) == [(i, i) for i in range(len(old))]


@given(st.permutations(["a b c", "d e f", "g h i", "j k l", "m n o"]))
def test_sentences_in_another_order_are_all_found(new):
    old = ["a b c", "d e f", "g h i", "j k l", "m n o"]
    assert [(old[i], new[j]) for i, j in match(old, new)] == [(s, s) for s in old]


def test_drafts_of_ten_thousand_sentences_take_no_time():
    started = time.process_time()
    same = ["tea helps."] * 10_000
    assert match(same, same) == [(n, n) for n in range(10_000)]
    old = [f"mint {n} grows." for n in range(3000)]
    new = [f"sage {n} was cut." for n in range(3000)]
    assert match([*old, "tea."], ["tea.", *new]) == [(3000, 0)]
    assert time.process_time() - started < 10
