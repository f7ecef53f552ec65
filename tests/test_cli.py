"""The command line, as its users meet it: what it prints, writes and exits with."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import SAMPLE

FRENCH = (
    "Le thé vert est une boisson très ancienne qui vient de Chine. Les médecins disent depuis "
    "longtemps qu'il est bon pour la santé, mais personne ne sait encore pourquoi ni comment."
)


@pytest.fixture
def run(tmp_path):
    """Run the command line in an empty folder."""

    def run(*arguments, stdin=b""):
        return subprocess.run(
            [sys.executable, "-m", "claimcheck.cli", *map(str, arguments)],
            cwd=tmp_path,
            input=stdin,
            env={k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"},
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


def refused(result, *said):
    """Check that a run ended in one line of error and exit code 2."""
    lines = result.stderr.decode().splitlines()
    assert result.returncode == 2
    assert len(lines) == 1 and lines[0].startswith("claimcheck: ")
    assert all(word in lines[0] for word in said)
    assert b"Traceback" not in result.stdout + result.stderr
    return True


def test_help_does_not_load_the_model_or_its_runtime():
    code = (
        "import sys, claimcheck.cli as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'onnxruntime', 'numpy', 'tokenizers', 'sentencesplit'} & set(sys.modules)\n"
        "sys.exit(3 if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_version_is_that_of_the_package(run):
    from claimcheck import __version__

    assert __version__ in run("--version").stdout.decode()


def test_an_article_is_printed_and_its_report_written(run, tmp_path):
    result = run("score", SAMPLE)
    assert result.returncode == 0, result.stderr
    assert "Overclaim rate" in result.stdout.decode()
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [tmp_path / "report.html"]


def test_no_report_writes_no_file(run, tmp_path):
    assert run("score", SAMPLE, "--no-report").returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_json_has_one_shape_for_one_article_and_for_two(run):
    one = json.loads(run("score", SAMPLE, "--format", "json").stdout)
    two = json.loads(run("score", SAMPLE, SAMPLE, "--format", "json").stdout)
    assert len(one["reports"]) == 1 and two["reports"] == one["reports"] * 2


def test_output_goes_to_the_named_file(run, tmp_path):
    result = run("score", SAMPLE, "--format", "json", "-o", "out.json")
    assert result.stdout == b""
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["reports"]


def test_standard_input_is_read(run):
    result = run("score", "-", "--format", "json", stdin=b"This tea cures every cancer.")
    report = json.loads(result.stdout)["reports"][0]
    assert report["origin"] == "<stdin>" and report["summary"]["sentences"] == 1


def test_findings_fail_only_where_that_is_asked_for(run):
    text = b"This miracle tea cures every cancer, guaranteed."
    assert run("score", "-", "--no-report", stdin=text).returncode == 0
    assert run("score", "-", "--no-report", "--fail-on", "overclaimed", stdin=text).returncode == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\n \n", "empty"),
        ("page.pdf", b"%PDF-1.4 x", "PDF"),
        ("tool.bin", b"\x7fELF\x00\x00\x01", "binary"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_2(run, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    assert refused(run("score", name), name, said)


def test_a_missing_file_and_a_folder_are_one_line_and_exit_2(run, tmp_path):
    assert refused(run("score", "none.txt"), "none.txt", "does not exist")
    (tmp_path / "folder").mkdir()
    assert refused(run("score", "folder"), "folder")


def test_one_unreadable_file_loses_nothing_of_the_others(run):
    result = run("score", SAMPLE, "none.txt", SAMPLE, "--format", "json")
    assert result.returncode == 2
    assert len(json.loads(result.stdout)["reports"]) == 2


def test_a_model_that_does_not_exist_is_one_line_and_exit_2(run):
    assert refused(run("score", SAMPLE, "--model", "nonesuch"), "nonesuch", "default")


def test_a_thread_setting_that_makes_no_sense_is_one_line_and_exit_2(run, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    assert refused(run("score", SAMPLE), "CLAIMCHECK_THREADS", "many")


def test_a_guessed_encoding_is_said(run, tmp_path):
    (tmp_path / "old.txt").write_bytes("Café au lait eases migraine. ".encode("cp1252") * 20)
    result = run("score", "old.txt", "--format", "json")
    assert result.returncode == 0 and b"guessed" in result.stderr


def test_another_language_is_warned_of(run):
    result = run("score", "-", "--format", "json", stdin=FRENCH.encode())
    assert result.returncode == 0 and b"not English" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "שתיית תה מפחיתה את הסיכון למחלות לב. כך אומרים החוקרים.",
        "zero\u200bwidth \u202eoverride\u202c and \x1b[31mcolour\x07 \x00 here. Tea\u2060 helps.",
        "\ufeff\ufeffTea helps.\r\rIt is hot.\x0b\x0cYes.",
        "word " * 3000,
    ],
    ids=["right-to-left", "control characters", "odd line breaks", "3,000 words"],
)
def test_strange_text_gives_a_result(run, text):
    result = run("score", "-", stdin=text.encode())
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr
    assert b"\x1b[31m" not in result.stdout and b"\x07" not in result.stdout


@pytest.mark.parametrize("format_", ["full", "json"])
def test_a_reader_that_stops_reading_is_no_error(tmp_path, format_):
    article = tmp_path / "long.txt"
    article.write_text(SAMPLE.read_text("utf-8") * 8, "utf-8")
    command = f"{sys.executable} -m claimcheck.cli score {article} -f {format_} | true"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, check=False
    )
    assert result.returncode == 0 and b"Traceback" not in result.stderr
    assert (tmp_path / "report.html").exists() == (format_ == "full")


def test_a_full_disk_is_one_line_and_exit_2(tmp_path):
    command = f"{sys.executable} -m claimcheck.cli score {SAMPLE} -f json > /dev/full"
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert refused(result, "cannot write")


@pytest.mark.parametrize("redirection", [">&-", "- <&-"])
def test_a_closed_stream_gives_no_traceback(tmp_path, redirection):
    command = f"{sys.executable} -m claimcheck.cli score {SAMPLE} -f json {redirection}"
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert b"Traceback" not in result.stderr and result.returncode in (0, 2)


@pytest.mark.parametrize("output", ["", ".", "no/such/folder/x"])
def test_an_output_that_cannot_be_is_one_line_and_exit_2(run, output):
    assert refused(run("score", SAMPLE, "-f", "json", "-o", output), "cannot write")


def test_a_link_is_written_through_and_a_device_is_not_replaced(run, tmp_path):
    (tmp_path / "old.json").write_text("old", "utf-8")
    (tmp_path / "link.json").symlink_to("old.json")
    assert run("score", SAMPLE, "-f", "json", "-o", "link.json").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "old.json").read_text("utf-8"))["reports"]
    os.mkfifo(tmp_path / "pipe")
    command = f"cat pipe & {sys.executable} -m claimcheck.cli score {SAMPLE} -f json -o pipe; wait"
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert json.loads(result.stdout)["reports"] and (tmp_path / "pipe").is_fifo()


def test_a_name_too_long_loses_nothing_of_the_others(run):
    result = run("score", "a" * 300, SAMPLE, "--format", "json")
    assert result.returncode == 2 and len(json.loads(result.stdout)["reports"]) == 1


def test_a_file_name_is_shown_as_it_is(run, tmp_path):
    (tmp_path / "[red]x[").mkdir()
    (tmp_path / "[red]x[" / "foo].txt").write_text("Tea may help.", "utf-8")
    result = run("score", "[red]x[/foo].txt", "--no-report")
    assert result.returncode == 0 and "[red]x[/foo].txt" in result.stdout.decode()


def test_report_without_the_format_that_writes_it_is_refused(run):
    result = run("score", SAMPLE, "-f", "json", "--report", "x.html")
    assert result.returncode == 2 and b"--report" in result.stderr
