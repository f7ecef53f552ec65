"""The command in this process, with a scorer that goes by single words."""

import json

import pytest

from claimcheck.cli import main
from claimcheck.commands import batch
from tests.batch.words import make_scorer
from tests.commands.conftest import Result, folder, write  # noqa: F401 - fixtures


@pytest.fixture
def run(folder, monkeypatch, capsys):  # noqa: F811 - the fixture
    """Run ``claimcheck batch`` in one process, and return its exit code and what it printed."""
    monkeypatch.setattr(batch, "_scorer", make_scorer)

    def run(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(["batch", "--workers", "1", *map(str, arguments)])
        printed = capsys.readouterr()
        return Result(stopped.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def rows(folder):  # noqa: F811 - the fixture
    """Return the rows of a result in JSON lines."""

    def rows(name):
        return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]

    return rows


@pytest.fixture
def records(write):  # noqa: F811 - the fixture
    """Write records as JSON lines."""

    def records(name, *found):
        return write(name, "".join(json.dumps(record) + "\n" for record in found))

    return records
