"""Folders and patterns stand for the files in them; a file's ending says how it is read."""

from pathlib import Path

import pytest

from claimcheck.errors import InputError
from claimcheck.reading import expand, is_address, read_bytes, read_path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.txt", "c.xyz", ".hidden.md", "in/d.HTML", "in/.git/e.md"):
        path = Path("drafts", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It helps.")
    return Path("drafts")


def names(paths):
    return [path.as_posix() for path in paths]


def test_a_folder_stands_for_its_readable_files_sorted_without_hidden_ones(folder):
    assert names(expand([folder])) == ["drafts/a.txt", "drafts/b.md", "drafts/in/d.HTML"]


def test_the_file_that_word_keeps_beside_an_open_one_is_passed_over(folder):
    for name in ("~$open.docx", "open.docx"):
        (folder / name).write_bytes(b"")
    assert "drafts/~$open.docx" not in names(expand([folder]))
    assert names(expand(["drafts/*.docx"])) == ["drafts/open.docx"]
    assert names(expand(["drafts/~$open.docx"])) == ["drafts/~$open.docx"]


def test_a_pattern_stands_for_the_files_that_it_matches(folder):
    assert names(expand(["drafts/*.md"])) == ["drafts/b.md"]
    assert names(expand(["drafts/**/*.HTML"])) == ["drafts/in/d.HTML"]


def test_what_is_named_twice_is_read_once_and_in_the_order_of_its_first_name(folder):
    assert names(expand(["drafts/b.md", folder])) == [
        "drafts/b.md", "drafts/a.txt", "drafts/in/d.HTML",
    ]  # fmt: skip


def test_a_file_that_is_named_is_taken_whether_it_exists_or_not(folder):
    assert names(expand(["drafts/c.xyz", "none.txt"])) == ["drafts/c.xyz", "none.txt"]


def test_a_name_that_looks_like_a_pattern_is_a_file_where_it_exists(folder):
    Path("a[1].txt").write_text("It helps.")
    assert names(expand(["a[1].txt"])) == ["a[1].txt"]


def test_a_folder_or_a_pattern_without_a_file_to_read_is_refused(folder):
    Path("empty").mkdir()
    with pytest.raises(InputError, match="empty holds no file that can be read"):
        expand(["empty"])
    with pytest.raises(InputError, match="matches no file"):
        expand(["*.md"])


def test_the_ending_says_the_format_in_capitals_too(tmp_path):
    path = tmp_path / "A.MD"
    path.write_text("# It *helps*")
    assert read_path(path).text == "It helps"
    assert read_bytes(b"# It *helps*", "<stdin>", "a.md").text == "It helps"
    assert read_bytes(b"# It *helps*", "<stdin>").text == "# It *helps*"


def test_an_unknown_ending_is_read_as_plain_text_and_said(tmp_path):
    path = tmp_path / "a.xyz"
    path.write_text("It *helps*.")
    document = read_path(path)
    assert document.text == "It *helps*."
    assert document.warnings == ("The ending .xyz is not known; it was read as plain text.",)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("https://a.b", True), ("HTTP://a.b", True), ("ftp://a.b", False), ("http.txt", False)],
)
def test_addresses_are_told_from_files(name, is_one):
    assert is_address(name) is is_one
