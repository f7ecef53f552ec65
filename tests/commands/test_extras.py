"""What needs the `formats` extra says so, and what does not goes on without it."""

import json
import sys

import pytest

LIBRARIES = ("docx", "lxml_html_clean", "pdfminer", "trafilatura")
EXTRA = "pip install 'claimcheck[formats]'"


@pytest.fixture(autouse=True)
def without_the_extra(monkeypatch):
    for name in [*LIBRARIES, *(m for m in sys.modules if m.partition(".")[0] in LIBRARIES)]:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize("name", ["draft.docx", "paper.pdf"])
def test_a_file_that_needs_the_extra_is_one_line_that_names_it(run, write, name):
    write(name, "%PDF-1.7 or PK, it does not matter")
    assert EXTRA in run("score", name).complaint
    assert EXTRA in run("diff", name, name).complaint


def test_other_files_are_scored_all_the_same(run, write):
    write("draft.docx", "PK")
    write("paper.pdf", "%PDF-1.7")
    write("good.txt", "Mint may ease a cough.")
    result = run("score", "draft.docx", "good.txt", "paper.pdf", "-f", "json")
    assert result.code == 2 and result.err.count(EXTRA) == 2
    assert [r["origin"] for r in json.loads(result.out)["reports"]] == ["good.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", "<nav>Home</nav><article><p>Mint may ease a cough.</p></article>"),
        ("notes.md", "# Mint\n\nMint may ease a cough.\n"),
        ("notes.txt", "Mint may ease a cough.\n"),
    ],
)
def test_text_markdown_and_web_pages_need_no_extra(run, write, name, content):
    write(name, content)
    result = run("score", name, "-f", "jsonl")
    assert result.code == 0 and '"text": "Mint may ease a cough."' in result.out
    assert "Home" not in result.out
