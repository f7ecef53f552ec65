"""The reference says what the code does: made parts are up to date, and nothing is missing."""

import re

import pytest

import claimcheck
from claimcheck.reading.registry import FORMATS as INPUTS
from claimcheck.rendering import FORMATS
from tests.conftest import ROOT
from tests.docs.paths import DOCUMENTS, name_of
from tests.docs.reference import PARTS, commands, renewed

DOCS = ROOT / "docs"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_what_is_made_from_the_code_is_up_to_date(path):
    text = path.read_text("utf-8")
    assert renewed(text) == text, "run `python -m tests.docs`"


def test_every_part_that_can_be_made_stands_in_a_document():
    found = "".join(path.read_text("utf-8") for path in DOCUMENTS)
    assert [name for name in PARTS if f"made from the code: {name} -->" not in found] == []


def test_the_reference_of_the_command_line_has_every_command_and_format():
    text = (DOCS / "cli.md").read_text("utf-8")
    assert [c for c in commands() if f"## claimcheck {c}\n" not in text] == []
    assert [f for f in FORMATS if f"\n| `{f}` |" not in text] == []


def test_the_reference_of_the_library_has_every_public_name():
    text = (DOCS / "api.md").read_text("utf-8")
    assert [n for n in claimcheck.__all__ if not re.search(rf"^#+ .*`{n}`", text, re.M)] == []


def test_the_readme_names_every_kind_of_file_that_can_be_read():
    text = (ROOT / "README.md").read_text("utf-8")
    assert [e for f in INPUTS for e in f.endings[:1] if f"`{e}`" not in text] == []


def test_every_document_is_in_the_index():
    text = (DOCS / "README.md").read_text("utf-8")
    assert [p.name for p in DOCS.glob("*.md") if p.name != "README.md" and p.name not in text] == []
