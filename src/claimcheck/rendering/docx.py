"""Word: the editor's own file handed back, with a comment on each finding."""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.labels import LABEL_WORDS
from claimcheck.reading import is_address
from claimcheck.rendering.display import certainty, explanation
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

AUTHOR = "claimcheck"
INITIALS = "cc"


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> bytes:
    """Return the Word file that a report's ``origin`` names, with comments in it.

    Every part but the text, its relations and the comments is left as it is; in the text only
    runs are split, so that a comment can begin and end with its sentence.

    Raises:
        ClaimcheckError: where there are several reports, or one that is not of a Word file.
        InputError: where the file cannot be read any more, or has changed since.
        MissingExtraError: where python-docx is not installed.

    """
    from claimcheck.reading.docx import body_paragraphs

    report = _only_word_file(reports)
    document = _open(report.origin)
    paragraphs = dict(enumerate(body_paragraphs(document), start=1))
    for sentence in selection.findings(report):
        paragraph = paragraphs.get(sentence.location.paragraph or 0)
        runs = _runs(paragraph, report, sentence) if paragraph is not None else []
        if not runs:
            raise InputError(f"{report.origin} has changed since it was read: score it again")
        document.add_comment(runs, _comment(sentence), AUTHOR, INITIALS)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _only_word_file(reports: Sequence[Report]) -> Report:
    if len(reports) != 1:
        raise ClaimcheckError("--format docx hands back one file: score one Word file at a time")
    origin = reports[0].origin
    if is_address(origin) or not origin.lower().endswith(".docx"):
        raise ClaimcheckError(
            f"--format docx hands a Word file back with comments, and {origin} is none: "
            "score a .docx file from a folder, or choose another format"
        )
    return reports[0]


def _open(origin: str) -> "WordDocument":
    from claimcheck.reading.docx import open_document
    from claimcheck.reading.source import ReadOptions, Source

    try:
        data = Path(origin).read_bytes()
    except OSError as error:
        raise InputError(f"{origin} cannot be read again: {error.strerror or error}") from None
    # Whoever read it before set the limit that it passed.
    return open_document(Source(data, origin), ReadOptions(max_bytes=sys.maxsize))


def _runs(paragraph: "Paragraph", report: Report, sentence: ScoredSentence) -> "list[Run]":
    """Return the runs that hold a sentence and nothing else; there are none in another file."""
    from docx.text.run import Run

    from claimcheck.reading.docx import text_runs
    from claimcheck.rendering.wordruns import run_text, runs_between

    runs = [run._r for run in text_runs(paragraph)]
    block = report.blocks[sentence.block]
    start, end = sentence.start - block.start, sentence.end - block.start
    if "".join(map(run_text, runs))[start:end] != sentence.text:
        return []
    return [Run(run, paragraph) for run in runs_between(runs, start, end)]


def _comment(sentence: ScoredSentence) -> str:
    title = f"{LABEL_WORDS[sentence.label].title} ({certainty(sentence)})"
    return f"{title}\n{explanation(sentence)}"
