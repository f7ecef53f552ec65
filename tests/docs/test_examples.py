"""Every command and every piece of Python in the documents runs, and shows what they say."""

import shlex

import pytest
import yaml

from claimcheck.commands.options import check_config
from claimcheck.commands.score import command as score
from claimcheck.config import load_config
from tests.conftest import ROOT
from tests.docs.examples import Kind, agrees, examples, refreshed
from tests.docs.paths import DOCUMENTS, name_of
from tests.docs.running import NOT_RUN, reason_not_to_run, run_examples

EVERY = [(path, example) for path in DOCUMENTS for example in examples(path)]


def of_kind(kind):
    return [
        pytest.param(example.source, id=f"{name_of(path)}:{example.first}")
        for path, example in EVERY
        if example.kind is kind
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_what_a_document_shows_is_what_comes_out(path, tmp_path, scorer):
    for outcome in run_examples(path, tmp_path, scorer):
        example = outcome.example
        where = f"{name_of(path)}:{example.first}: {example.source}"
        printed = "\n".join(outcome.lines)
        assert outcome.code == example.exit_code, f"{where}\n{printed}"
        assert not example.shown or agrees(example.shown, outcome.lines), (
            f"{where}\nprints what follows; run `python -m tests.docs`\n{printed}"
        )


def test_what_is_not_run_is_named_with_its_reason_and_nothing_is_named_in_vain():
    patterns = {reason_not_to_run(example) for _, example in EVERY}
    assert patterns - {None} == set(NOT_RUN) and all(NOT_RUN.values())


@pytest.mark.parametrize("source", of_kind(Kind.TOML))
def test_a_configuration_in_a_document_is_accepted(source, tmp_path):
    name = "pyproject.toml" if "[tool.claimcheck]" in source else "claimcheck.toml"
    file = tmp_path / name
    file.write_text(source, "utf-8")
    config = load_config(file)
    check_config(config)
    assert config.values


@pytest.mark.parametrize("source", of_kind(Kind.YAML))
def test_a_workflow_or_a_hook_in_a_document_names_what_there_is(source):
    found = yaml.safe_load(source)
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for repository in found.get("repos", ()):
        assert [h["id"] for h in repository["hooks"]] == [hook["id"]]
    jobs = found.get("jobs", {}).values()
    uses = [step for job in jobs for step in job["steps"] if "claimcheck" in step.get("uses", "")]
    assert all(set(step.get("with", {})) <= set(action["inputs"]) for step in uses)
    lines = [shlex.split(step.get("run", "")) for job in jobs for step in job["steps"]]
    runs = [words for words in lines if words[:2] == ["claimcheck", "score"]]
    for words in runs:
        score.make_context("score", words[2:])
    assert found.get("repos") or uses or runs


@pytest.mark.parametrize(
    ("shown", "actual", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a"], ["a", "b"], False),
        (["a", "[…]", "c"], ["a", "b", "b", "c"], True),
        (["a", "[…]", "c"], ["a", "c"], True),
        (["[…]", "b"], ["a", "b", "c"], False),
        (["a b […]"], ["a b c d"], True),
        (["a b […]"], ["a c d"], False),
        (["!  98%  It cures.", "(line 3)"], ["!   7%  It cures.", "(line 3)"], True),
        (["(line 3)"], ["(line 4)"], False),
        (["3 health claims: 1 hedged"], ["4 health claims: 2 hedged"], True),
        (["! It cures."], ["~ It cures."], False),
    ],
)
def test_outputs_agree_but_for_the_figures_of_the_model(shown, actual, same):
    assert agrees(shown, actual) is same


def test_a_long_line_is_cut_between_words_and_still_agrees():
    line = "word " * 50
    (shown,) = refreshed(["old"], [line])
    assert len(shown) < 110 and shown.endswith("word […]") and agrees([shown], [line])


def test_refreshing_keeps_what_is_left_out_and_how_much_is_shown():
    shown = ["old", "[…]", "! It cures.", "old", "[…]", "old"]
    actual = ["first", "second", "~? It cures.", "next", "more", "last"]
    assert refreshed(shown, actual) == ["first", "[…]", "~? It cures.", "next", "[…]", "last"]
    with pytest.raises(ValueError, match="gone"):
        refreshed(["a", "[…]", "gone", "[…]", "z"], ["a", "z"])
