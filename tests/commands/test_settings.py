"""The configuration file: found, checked, and beaten by the command line."""

import tomllib
from itertools import chain, combinations

import pytest

from claimcheck.commands.options import SETTINGS

VALUES = {
    "format": "concise",
    "output": "out.txt",
    "report": "out.html",
    "no-report": True,
    "show": ["hedged", "supported"],
    "fail-on": "hedged",
    "max-overclaim-rate": 0.5,
    "min-confidence": 0.25,
    "baseline": "known.json",
    "keep": "all",
    "timeout": 3,
    "max-bytes": 1000,
    "ignore-comments": False,
    "skip-quotations": True,
    "model": "mine",
    "threads": 3,
}


def toml(values):
    def value(v):
        return str(v).lower() if isinstance(v, bool) else repr(v)

    return "".join(f"{k} = {value(v)}\n" for k, v in values.items())


def test_every_setting_can_stand_in_the_file(run, write, folder):
    assert set(VALUES) == {setting.key for setting in SETTINGS}
    write("claimcheck.toml", toml(VALUES))
    result = run("config")
    found = tomllib.loads(result.out)
    expected = VALUES | {k: str(folder / VALUES[k]) for k in ("output", "report", "baseline")}
    assert found == expected
    assert result.out.count(f"  # {folder / 'claimcheck.toml'}\n") == len(VALUES)


def test_without_a_file_the_defaults_are_in_force_and_can_be_read_back(run, write):
    shown = run("config").out
    write("claimcheck.toml", shown)
    again = run("config").out
    assert tomllib.loads(again) == tomllib.loads(shown)
    assert "  # default\n" in shown and "  # default\n" not in again


def test_the_command_line_beats_the_environment_and_that_beats_the_file(run, write, monkeypatch):
    write("claimcheck.toml", "threads = 3\n")
    assert "threads = 3" in run("config").out
    monkeypatch.setenv("CLAIMCHECK_THREADS", "2")
    assert "threads = 2  # CLAIMCHECK_THREADS" in run("config").out
    assert "threads = 1  # command line" in run("config", "--threads", "1").out


def test_a_thread_setting_that_makes_no_sense_is_one_line(run, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    complaint = run("config").complaint
    assert "CLAIMCHECK_THREADS" in complaint and "many" in complaint


def test_the_closest_file_above_the_input_wins_and_none_is_merged(run, write):
    write("claimcheck.toml", "fail-on = 'hedged'\nthreads = 3\n")
    write("news/pyproject.toml", "[tool.claimcheck]\nfail-on = 'overclaimed'\n")
    write("news/today/pyproject.toml", "[tool.other]\nthreads = 4\n")
    for name in ("news", "news/today", "news/today/a.txt", "news/*.txt", "news/no/such/a.txt"):
        found = run("config", name).out
        assert 'fail-on = "overclaimed"' in found and "# threads is not set" in found
    assert 'fail-on = "hedged"' in run("config", "other.txt").out
    assert 'fail-on = "overclaimed"' in run("config", "-", "--stdin-filename", "news/a.txt").out


def test_its_own_file_beats_a_shared_one_in_the_same_folder(run, write):
    write("claimcheck.toml", "threads = 3\n")
    write("pyproject.toml", "[tool.claimcheck]\nthreads = 4\n")
    assert "threads = 3" in run("config").out


def test_inputs_under_different_files_are_refused_until_one_is_chosen(run, write):
    write("news/claimcheck.toml", "threads = 3\n")
    write("blog/claimcheck.toml", "threads = 4\n")
    inputs = ("news/a.txt", "blog/b.txt")
    complaint = run("config", *inputs).complaint
    assert "news" in complaint and "blog" in complaint and "--config" in complaint
    assert "threads = 4" in run("config", *inputs, "--config", "blog/claimcheck.toml").out
    assert "threads is not set" in run("config", *inputs, "--no-config").out


def test_the_file_decides_what_a_run_does_and_the_command_line_overrides_it(run, write, folder):
    write("claimcheck.toml", "format = 'concise'\nfail-on = 'hedged'\noutput = 'found.txt'\n")
    write("drafts/a.txt", "Mint cures a cough. Mint may ease a cough.")
    assert run("score", "drafts/a.txt").code == 1
    assert "drafts/a.txt:1:1: overclaimed" in (folder / "found.txt").read_text("utf-8")
    result = run("score", "drafts/a.txt", "--fail-on", "none", "-f", "json", "-o", "other.json")
    assert result.code == 0 and (folder / "other.json").exists()


@pytest.mark.parametrize(
    ("text", "arguments", "written"),
    [
        ("no-report = true", (), False),
        ("no-report = true", ("--report", "mine.html"), True),
        ("report = 'mine.html'", (), True),
        ("report = 'mine.html'", ("--no-report",), False),
        ("report = 'mine.html'", ("-f", "json"), False),
    ],
)
def test_of_report_and_no_report_the_command_line_beats_the_file(
    run, write, folder, text, arguments, written
):
    write("claimcheck.toml", text)
    write("a.txt", "Mint cures a cough.")
    assert run("score", "a.txt", *arguments).code == 0
    assert (folder / "mine.html").exists() == written


def test_a_model_is_a_shipped_one_or_a_folder_beside_the_file(run, write, folder):
    write("news/claimcheck.toml", "model = 'mine'\n")
    write("news/mine/manifest.json", "{}")
    assert f'model = "{folder / "news" / "mine"}"' in run("config", "news").out
    write("news/claimcheck.toml", "model = 'default'\n")
    write("news/default/manifest.json", "{}")
    assert 'model = "default"' in run("config", "news").out


@pytest.mark.parametrize("key", ["fail_on", "failon", "Fail-On"])
def test_an_unknown_key_names_the_file_and_the_nearest_setting(run, write, key):
    write("claimcheck.toml", f"{key} = 'hedged'\n")
    for command in (("score", "a.txt"), ("diff", "a.txt", "b.txt"), ("baseline", "a.txt")):
        complaint = run(*command).complaint
        assert "claimcheck.toml" in complaint and f"'{key}'" in complaint
        assert "did you mean 'fail-on'?" in complaint


def test_a_key_like_no_setting_is_answered_with_all_of_them(run, write):
    write("claimcheck.toml", "zzz = 1\n")
    complaint = run("config").complaint
    assert all(setting.key in complaint for setting in SETTINGS)


WRONG = {
    "number": ("threads", "1.5"),
    "flag": ("skip-quotations", "'yes'"),
    "flag for a number": ("threads", "true"),
    "text for a number": ("min-confidence", "'0.5'"),
    "out of range": ("min-confidence", "1.5"),
    "no number": ("max-overclaim-rate", "nan"),
    "no such choice": ("format", "'word'"),
    "number for text": ("model", "3"),
    "no such label": ("show", "['hedge']"),
    "numbers for labels": ("show", "[1]"),
    "table": ("output", "{a = 1}"),
}


@pytest.mark.parametrize(("key", "value"), WRONG.values(), ids=WRONG)
def test_a_wrong_value_names_the_file_the_key_and_what_is_right(run, write, key, value):
    write("pyproject.toml", f"[tool.claimcheck]\n{key} = {value}\n")
    complaint = run("config").complaint
    assert "pyproject.toml" in complaint and f"{key} is " in complaint and "must be" in complaint


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("claimcheck.toml", "threads = [", "not valid TOML"),
        ("claimcheck.toml", f"threads = {'9' * 5000}", "not valid TOML"),
        ("pyproject.toml", "[tool]\nclaimcheck = 3\n", "must be a table"),
    ],
)
def test_a_damaged_file_is_one_line(run, write, name, text, said):
    write(name, text)
    complaint = run("config").complaint
    assert name in complaint and said in complaint


def test_a_named_file_that_is_missing_or_holds_nothing_is_one_line(run, write):
    assert "none.toml does not exist" in run("config", "--config", "none.toml").complaint
    write("pyproject.toml", "[tool.other]\n")
    assert "tool.claimcheck" in run("config", "--config", "pyproject.toml").complaint
    assert "--no-config" in run("config", "--config", "x.toml", "--no-config").complaint


def test_names_of_settings_are_not_mistaken_for_each_other():
    keys = [setting.key for setting in SETTINGS]
    assert len(set(keys)) == len(keys)
    options = [set(chain(s.opts, s.secondary_opts)) for s in SETTINGS]
    assert not any(a & b for a, b in combinations(options, 2))
