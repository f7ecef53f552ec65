"""CSV: RFC 4180, and nothing in it that a spreadsheet would run."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.rendering import renderer
from claimcheck.rendering.csv import COLUMNS
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

render = renderer("csv")


def rows(result):
    return list(csv.DictReader(StringIO(result, newline="")))


def test_csv_looks_like_its_snapshot(tea, snapshot):
    snapshot("report.csv", render([tea]))


def test_every_sentence_is_a_row_whatever_the_selection(tea, report):
    found = rows(render([tea, report], Selection(labels=frozenset())))
    assert [row["text"] for row in found[:5]] == [s.text for s in tea.sentences]
    assert len(found) == 9 and tuple(found[0]) == COLUMNS


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t=", " =", "\r=", "\n@"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(sign):
    text = f'{sign}HYPERLINK("http://example.com")'
    row = rows(render([article(Line(text), origin=text)]))[0]
    assert row["text"].startswith("'") and row["origin"].startswith("'")


def test_quotes_commas_and_line_breaks_stay_in_their_cell():
    text = 'Tea, "the cure",\nheals'
    result = render([article(Line(text))])
    assert rows(result)[0]["text"] == text
    assert '"Tea, ""the cure"",\nheals"' in result and result.endswith("\r\n")


def test_control_characters_are_replaced():
    assert rows(render([article(Line("a\x00b\x1b[2J"))]))[0]["text"] == "a�b�[2J"


@given(st.text(), st.text())
def test_no_text_changes_the_shape_of_the_table_or_begins_as_a_formula(origin, text):
    table = list(csv.reader(StringIO(render([article(Line(text), origin=origin)]), newline="")))
    assert [len(row) for row in table] == [len(COLUMNS)] * 2
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in table[1])
