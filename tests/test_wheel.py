"""What users install: the wheel alone, without PyTorch, without a way out."""

import json
import subprocess
import sys
import venv

import pytest

from tests.conftest import ROOT, SAMPLE

OFFLINE = """
import socket, sys

def refuse(*args, **kwargs):
    raise OSError("no network in this test")

socket.socket.connect = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
for name in ("torch", "transformers", "datasets", "sklearn"):
    sys.modules[name] = None
from claimcheck.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """An interpreter that has the built wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(folder / "venv", with_pip=True)
    interpreter = folder / "venv" / "bin" / "python"
    wheel = next(folder.glob("*.whl"))
    subprocess.run([interpreter, "-m", "pip", "install", "-q", wheel], check=True)
    return interpreter


@pytest.mark.slow
def test_the_wheel_scores_an_article_without_torch_and_without_network(python, tmp_path):
    absent = [python, "-c", "import torch"]
    assert subprocess.run(absent, capture_output=True, check=False).returncode != 0
    result = subprocess.run(
        [python, "-c", OFFLINE, "score", SAMPLE, "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)["reports"][0]
    assert report["summary"]["sentences"] > 20 and report["summary"]["counts"]["overclaimed"] > 0


@pytest.mark.slow
def test_the_torch_backend_names_the_extra_it_needs(python):
    code = "from claimcheck import Scorer; Scorer(backend='torch').classify(['Tea helps.'])"
    result = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert "MissingExtraError" in result.stderr and "claimcheck[torch]" in result.stderr
