"""From what is named on the command line to reports; what cannot be read is said, and passed."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.commands.configured import STDIN
from claimcheck.commands.options import InputSettings
from claimcheck.commands.output import complain
from claimcheck.errors import ClaimcheckError, InputError, own_fault
from claimcheck.ignore import with_ignored
from claimcheck.reading import expand, is_address, read_address, read_bytes, read_path

if TYPE_CHECKING:
    from claimcheck.document import Document
    from claimcheck.report import Report
    from claimcheck.scoring import Scorer


_REPORT = re.compile(
    rb'<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8">\s*'
    rb'<meta http-equiv="Content-Security-Policy".*\xc2\xb7 claimcheck</title>',
    re.DOTALL,
)
_REPORT_HEAD = 8192
"""Bytes of a report of ours in which its title ends."""


def score_all(arguments: Sequence[str], settings: InputSettings) -> tuple[list["Report"], int]:
    """Score every input that can be read; say of each other one why not, and go on.

    Returns:
        the reports, in the order of the inputs, and how many inputs could not be read.

    """
    scorer = _scorer(settings)
    reports: list[Report] = []
    unread = 0
    for document in _read_all(arguments, settings):
        if isinstance(document, ClaimcheckError):
            complain(document)
            unread += 1
            continue
        try:
            reports.append(scorer.score_document(document))
        except ClaimcheckError:
            raise  # the model's, and no other input would fare better
        except Exception as error:
            complain(own_fault(document.origin, error))
            unread += 1
    return reports, unread


def score_drafts(old: str, new: str, settings: InputSettings) -> tuple["Report", "Report"]:
    """Score two inputs, each a single file, an address or standard input.

    Raises:
        ClaimcheckError: where one of them cannot be read.

    """
    old_draft, new_draft = (
        _read(name if _is_no_file(name) else Path(name), settings) for name in (old, new)
    )
    scorer = _scorer(settings)
    return scorer.score_document(old_draft), scorer.score_document(new_draft)


def _scorer(settings: InputSettings) -> "Scorer":
    from claimcheck.scoring import Scorer

    return Scorer(model=settings.model, threads=settings.threads)


def _read_all(
    arguments: Sequence[str], settings: InputSettings
) -> Iterator["Document | ClaimcheckError"]:
    """Yield a document for each input, or why it cannot be read; each once, in order."""
    seen: set[str | Path] = set()
    for argument in arguments:
        try:
            sources = [s for s in _sources(argument) if s not in seen]
        except InputError as error:
            yield error
            continue
        seen.update(sources)
        for source in sources:
            try:
                yield _read(source, settings)
            # A missing extra, too, is a matter of this one input.
            except ClaimcheckError as error:
                yield error
            except Exception as error:
                yield own_fault(source, error)


def _sources(argument: str) -> Sequence[str | Path]:
    """Return what an argument stands for: itself, or the files of a folder or a pattern.

    Reports that an earlier run left among these files are no articles, and passed over.
    """
    if _is_no_file(argument):
        return [argument]
    files = expand([argument])
    articles = [f for f in files if f == Path(argument) or not is_report(f)]
    if not articles:
        raise InputError(f"{argument} holds nothing but reports of claimcheck: name the articles")
    return articles


def is_report(file: Path) -> bool:
    """Tell whether a file is an HTML report of ours, which is no article."""
    if file.suffix.lower() != ".html":
        return False
    try:
        with file.open("rb") as opened:
            return _REPORT.match(opened.read(_REPORT_HEAD)) is not None
    except OSError:
        return False  # the reader says why it cannot be read


def _is_no_file(argument: str) -> bool:
    return argument == STDIN or is_address(argument)


def _read(source: str | Path, settings: InputSettings) -> "Document":
    if isinstance(source, Path):
        document = read_path(source, settings.reading)
    elif source == STDIN:
        document = _read_stdin(settings)
    else:
        document = read_address(source, settings.reading)
    return with_ignored(
        document, comments=settings.ignore_comments, quotations=settings.skip_quotations
    )


def _read_stdin(settings: InputSettings) -> "Document":
    if sys.stdin is None:
        raise InputError("standard input is closed: name a file")
    name = settings.stdin_filename or ""
    # One byte more than is allowed is enough for the reader to refuse it.
    data = sys.stdin.buffer.read(settings.max_bytes + 1)
    return read_bytes(data, origin=name or "<stdin>", name=name, options=settings.reading)
