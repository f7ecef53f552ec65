"""What others run: the pre-commit hook and the GitHub action, with the lines they run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from claimcheck.commands.score import command as score
from tests.conftest import ROOT

ARTICLE = "# Mint\n\nThis miracle tea cures every cancer in everyone, guaranteed.\n"


@pytest.fixture
def repository(tmp_path):
    """A repository of somebody else's, with an article in it."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "my tea.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "drafts" / "notes.txt").write_text("Nothing to see.\n", "utf-8")
    return tmp_path


def execute(command, folder, **variables):
    scripts = Path(sys.executable).parent
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ
        | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "CLAIMCHECK_THREADS": "1"}
        | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def hook():
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def action():
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_the_hook_refuses_an_article_that_overclaims(hook, repository):
    command = [*hook["entry"].split(), *hook["args"], "drafts/my tea.md"]
    result = execute(command, repository)
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("drafts/my tea.md:3:1: overclaimed ")
    assert sorted(p.name for p in repository.iterdir()) == ["drafts"]


def test_the_hook_has_what_pre_commit_asks_of_one(hook):
    from pre_commit.clientlib import load_manifest

    (manifest,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    assert manifest["id"] == "claimcheck" and manifest["language"] == "python"


def step(action, name):
    (found,) = [s for s in action["runs"]["steps"] if s.get("name") == name]
    return found


def score_step(action, folder, **inputs):
    """Run the action's last step as GitHub would, with the inputs of a workflow."""
    given = {name: about["default"] for name, about in action["inputs"].items()} | inputs
    found = step(action, "Score")
    variables = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in found["env"].items()
    }
    return execute(["bash", "-eo", "pipefail", "-c", found["run"]], folder, **variables)


def test_the_action_annotates_what_overclaims_and_fails(action, repository):
    result = score_step(action, repository)
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("::warning file=drafts/my tea.md,line=3,col=1,title=")


def test_the_action_takes_paths_and_options_a_line_each(action, repository):
    inputs = {"paths": "drafts/my tea.md\n", "options": "--max-overclaim-rate=1\n--show=hedged\n"}
    result = score_step(action, repository, **inputs, **{"fail-on": "none"})
    assert result.returncode == 0 and result.stdout == "", result.stderr


def test_nothing_in_an_input_of_the_action_is_run_by_the_shell(action, repository):
    result = score_step(action, repository, paths="$(touch a)\n`touch b`\n; touch c\n--help\n")
    assert result.returncode == 2 and len(result.stderr.splitlines()) == 4
    assert sorted(p.name for p in repository.iterdir()) == ["drafts"]
    assert not any("${{" in s.get("run", "") for s in action["runs"]["steps"])


def test_the_choices_that_the_action_names_are_those_of_the_command(action):
    (fail_on,) = [p for p in score.params if p.name == "fail_on"]
    assert all(c in action["inputs"]["fail-on"]["description"] for c in fail_on.type.choices)


def test_the_action_installs_the_project_it_is_part_of(action):
    assert step(action, "Install")["env"]["SOURCE"] == "${{ github.action_path }}"
    assert "$SOURCE[formats]" in step(action, "Install")["run"]
