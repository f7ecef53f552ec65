"""What is promised of every renderer, whatever the article."""

import csv
import json
import re
import zlib
from io import StringIO

from rich.console import Console

from claimcheck.document import Document
from claimcheck.rendering import FORMATS, renderer
from claimcheck.rendering.terminal import show
from claimcheck.report import Report
from claimcheck.segment import split_sentences
from tests.rendering.articles import scored

_MARK = re.compile(r'<mark class="claimcheck-[a-z_]+" title="[^"<>]*">|</mark>')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")


def check_renderers(document: Document) -> None:
    """Render a document, of whose sentences about half are overclaims, in every format."""
    texts = {s.text for s in split_sentences(document)}
    odd = {t for t in texts if zlib.crc32(t.encode(errors="replace")) % 2}
    report = scored(document, odd)
    for name in FORMATS:
        if name == "full":
            _check_full(report)
        elif name in _CHECKS and (name != "marked" or report.markup):
            _CHECKS[name](report, renderer(name)([report]))


def _check_full(report: Report) -> None:
    screen = StringIO()
    show([report], Console(file=screen, width=80))
    assert not _CONTROL.search(screen.getvalue()), "a control character on the screen"


def _check_json(report: Report, result: str) -> None:
    assert json.loads(result), "no JSON"


def _check_jsonl(report: Report, result: str) -> None:
    rows = [json.loads(line) for line in result.split("\n") if line]
    assert [row["text"] for row in rows] == [s.text for s in report.sentences], "a row is lost"


def _check_csv(report: Report, result: str) -> None:
    rows = list(csv.reader(StringIO(result, newline="")))
    assert len(rows) == 1 + len(report.sentences), "a row is lost"


def _check_lines(report: Report, result: str) -> None:
    lines = result.splitlines()
    assert len(lines) == len(report.overclaims), "not a line for each finding"


def _check_html(report: Report, result: str) -> None:
    assert result.lower().count("<script") == 1, "a script of the article's"
    assert not _CONTROL.search(result), "a control character on the page"


def _check_marked(report: Report, result: str) -> None:
    assert report.markup is not None
    if isinstance(result, str) and not _MARK.search(report.markup.source):
        assert _MARK.sub("", result) == report.markup.source, "more than marks came in"


def _check_any(report: Report, result: str) -> None:
    assert isinstance(result, str)


_CHECKS = {
    "json": _check_json,
    "jsonl": _check_jsonl,
    "csv": _check_csv,
    "concise": _check_lines,
    "github": _check_lines,
    "html": _check_html,
    "marked": _check_marked,
    "sarif": _check_json,
    "markdown": _check_any,
}
