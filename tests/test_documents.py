"""The documents keep their promises: nothing left to fill in, no link into nowhere."""

import re

import pytest

from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "data").glob("*.md")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_nothing_is_left_to_fill_in_and_links_lead_somewhere(path):
    text = path.read_text("utf-8")
    assert not re.search(r"@[A-Z]+@|TODO|FIXME", text)
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("https://") or (path.parent / link).exists(), link


def test_files_that_the_readme_names_exist():
    text = (ROOT / "README.md").read_text("utf-8")
    for name in re.findall(r"`((?:src|data|examples|train|tests)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name
