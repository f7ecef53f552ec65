"""The documents keep their promises: nothing left to fill in, no link into nowhere."""

import re

import pytest

from tests.conftest import ROOT

MODEL = ROOT / "src" / "claimcheck" / "models" / "default"
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "data").glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    MODEL / "README.md",
]
FIGURES_BELONG_HERE = re.compile(r"^## How good it is\n.*?(?=^## )", re.MULTILINE | re.DOTALL)


def anchors(path):
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_nothing_is_left_to_fill_in_and_links_lead_somewhere(path):
    text = path.read_text("utf-8")
    assert not re.search(r"@[A-Z]+@|TODO|FIXME", text)
    for link, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", text):
        if link.startswith("https://"):
            continue
        target = path.parent / link if link else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), f"{link}#{anchor}"


def test_files_that_the_readme_names_exist():
    text = (ROOT / "README.md").read_text("utf-8")
    for name in re.findall(r"`((?:src|data|examples|train|tests)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("path", [DOCUMENTS[0], *(ROOT / "docs").glob("*.md")], ids=name_of)
def test_the_figures_of_the_model_stand_in_one_section_of_the_readme_only(path):
    evaluation = (MODEL / "evaluation.json").read_text("utf-8")
    figures = {f"{float(n):.3f}" for n in re.findall(r"\b0\.\d{4,}", evaluation)}
    assert figures
    text = FIGURES_BELONG_HERE.sub("", path.read_text("utf-8"))
    assert figures.isdisjoint(re.findall(r"\b0\.\d{3}\b", text))
    assert "macro-F1" not in text
