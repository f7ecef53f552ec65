"""The rows of a batch: the same columns always, plain values, and what Arrow makes of them."""

import json

import pytest

from claimcheck.batch.rows import COLUMNS, RowKind, arrow_schema, error_row, rows_of
from claimcheck.labels import Label
from tests.conftest import ROOT
from tests.rendering.articles import TEA, Line, article


@pytest.fixture
def tea():
    return article(*TEA, warnings=("It may not be English.", "It is short."))


def test_a_sentence_is_a_row_with_its_offsets_label_and_reasons(tea):
    rows = rows_of(tea, "tea", RowKind.SENTENCES)
    assert [r["sentence"] for r in rows] == [1, 2, 3, 4, 5]
    assert all(tea.text[r["start"] : r["end"]] == r["text"] for r in rows)
    assert [r["label"] for r in rows] == [s.label.value for s in tea.sentences]
    assert rows[4]["reasons"] == "certainty causal" and rows[0]["reasons"] is None
    start, end = map(int, rows[1]["words"].split(":"))
    assert tea.text[start:end] == "cures all" and rows[0]["words"] is None
    assert rows[2]["line"] == 3 and rows[2]["page"] is None


def test_a_document_is_a_row_with_its_counts(tea):
    (row,) = rows_of(tea, "tea", RowKind.DOCUMENTS)
    assert [row[label] for label in Label] == [1, 1, 2, 1]
    assert (row["sentences"], row["claims"], row["unsure"]) == (5, 4, 1)
    assert row["overclaim_rate"] == 0.5
    assert row["warnings"] == "It may not be English. It is short."


def test_a_document_without_sentences_has_no_row_of_a_sentence_and_one_of_a_document():
    empty = article()
    assert rows_of(empty, "empty", RowKind.SENTENCES) == []
    assert rows_of(empty, "empty", RowKind.DOCUMENTS)[0]["sentences"] == 0


@pytest.mark.parametrize("kind", RowKind)
def test_an_error_is_one_row_of_one_line_with_null_everywhere_else(kind):
    row = error_row("tea", "cannot be read:\n  \x1b[31mbroken", kind)
    assert row["error"] == "cannot be read: �[31mbroken"
    assert {name for name, value in row.items() if value is not None} == {"id", "error"}


@pytest.mark.parametrize("kind", RowKind)
def test_every_row_has_every_column_in_order_with_values_of_its_type(kind, tea):
    for row in [*rows_of(tea, "tea", kind), error_row("tea", "broken", kind)]:
        assert list(row) == list(COLUMNS[kind])
        for name, value in row.items():
            assert value is None or type(value) is COLUMNS[kind][name]


@pytest.mark.parametrize("kind", RowKind)
def test_arrow_holds_the_rows_as_they_are(kind, tea):
    pyarrow = pytest.importorskip("pyarrow")
    rows = [*rows_of(tea, "tea", kind), error_row("tea", "broken", kind)]
    table = pyarrow.Table.from_pylist(rows, arrow_schema(kind))
    assert table.to_pylist() == rows


def test_half_a_surrogate_pair_takes_one_character_and_can_be_written():
    text = "Tea cures \ud83d all ills."
    (row,) = rows_of(article(Line(text)), "\udcff", RowKind.SENTENCES)
    assert row["text"] == text.replace("\ud83d", "?") and row["id"] == "?"
    assert json.dumps(row, ensure_ascii=False).encode("utf-8")


def test_the_documentation_names_every_column():
    text = (ROOT / "docs" / "batch.md").read_text("utf-8")
    names = {name for columns in COLUMNS.values() for name in columns}
    assert [name for name in names if f"`{name}`" not in text] == []
