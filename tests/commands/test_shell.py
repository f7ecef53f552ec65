"""What only a real process shows: streams, signals, files that are links or pipes, the model."""

import json
import os
import signal
import subprocess
import sys

import pytest

CLAIMCHECK = f"{sys.executable} -m claimcheck.cli"
ARTICLE = "Mint cures a cough. Mint may ease a cough.\n"


@pytest.fixture
def shell(folder):
    """Run a line of bash in the folder."""
    (folder / "article.txt").write_text(ARTICLE, "utf-8")

    def shell(line):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env={k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
            | {"CLAIMCHECK_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return shell


def test_help_does_not_load_the_model_its_runtime_or_a_reader(shell):
    code = (
        "import sys, claimcheck.cli as c\n"
        "try: c.main(['score', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'onnxruntime', 'numpy', 'tokenizers', 'sentencesplit', 'rich', 'jinja2',"
        " 'markdown_it', 'docx'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert result.returncode == 0, result.stderr


def test_an_article_is_scored_by_the_shipped_model(shell, folder):
    result = shell(f"{CLAIMCHECK} score article.txt -f json && {CLAIMCHECK} --version")
    found, _, version = result.stdout.rpartition("claimcheck, version ")
    assert result.returncode == 0 and version.strip()
    assert json.loads(found)["reports"][0]["model"].startswith("default ")


def test_a_model_that_does_not_exist_is_one_line_and_exit_2(shell):
    result = shell(f"{CLAIMCHECK} score article.txt --model nonesuch")
    assert result.returncode == 2 and len(result.stderr.splitlines()) == 1
    assert "nonesuch" in result.stderr and "default" in result.stderr


def test_a_reader_that_stops_reading_is_no_error(shell, folder):
    (folder / "article.txt").write_text(ARTICLE * 40, "utf-8")
    result = shell(f"{CLAIMCHECK} config | true; {CLAIMCHECK} score article.txt | true")
    assert result.returncode == 0 and "Traceback" not in result.stderr
    assert (folder / "report.html").exists()


def test_a_full_disk_is_one_line_and_exit_2(shell):
    result = shell(f"{CLAIMCHECK} config > /dev/full")
    assert result.returncode == 2
    assert result.stderr.startswith("claimcheck: cannot write") and result.stderr.count("\n") == 1


@pytest.mark.parametrize("line", ["config >&-", "score - <&-", "score none.txt 2>&-"])
def test_a_closed_stream_gives_no_traceback(shell, line):
    result = shell(f"{CLAIMCHECK} {line}")
    assert "Traceback" not in result.stderr and result.returncode in (0, 2)


def test_a_stopped_run_exits_130(shell, folder):
    os.mkfifo(folder / "fifo")
    command = [sys.executable, "-m", "claimcheck.cli", "score", "fifo", "--threads", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    with (folder / "fifo").open("wb"):  # returns when the other side has opened it to read
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and said.strip() == "claimcheck: stopped"


def test_a_link_is_written_through_and_a_device_is_not_replaced(shell, folder):
    (folder / "old.json").write_text("old", "utf-8")
    (folder / "link.json").symlink_to("old.json")
    os.mkfifo(folder / "pipe")
    result = shell(
        f"{CLAIMCHECK} score article.txt -f json -o link.json;"
        f" cat pipe & {CLAIMCHECK} score article.txt -f json -o pipe; wait"
    )
    assert (folder / "link.json").is_symlink() and (folder / "pipe").is_fifo()
    assert (folder / "old.json").read_text("utf-8") == result.stdout
    assert json.loads(result.stdout)["reports"]
