"""The runs of a Word paragraph: those of a sentence, split where it begins and ends."""

from copy import deepcopy
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.text.run import CT_R

_CONTENT = "./*[not(self::w:rPr)]"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = {_WORD + name for name in ("t", "tab", "ptab", "br", "cr", "noBreakHyphen")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def runs_between(runs: "Sequence[CT_R]", start: int, end: int) -> "list[CT_R]":
    """Return the runs that hold the characters from start to end of the text of some runs.

    Runs at both ends are split in two where they hold more; the halves are alike in everything
    but their text.
    """
    found: list[CT_R] = []
    position = 0
    for run in runs:
        length = len(run_text(run))
        if position < end and position + length > start:
            # The end first, because splitting the beginning moves it into another run.
            split(run, end - position)
            found.append(split(run, start - position))
        position += length
    return found


def run_text(run: "CT_R") -> str:
    """Return the text of a run as a reader sees it: tabs and line breaks are one character."""
    return "".join(map(_shown, run.xpath(_CONTENT)))


def split(run: "CT_R", at: int) -> "CT_R":
    """Move what a run holds from a character on into a run of its own, right after it.

    Returns: the run that begins with that character; the given one where nothing has to move.
    """
    if not 0 < at < len(run_text(run)):
        return run
    rest = deepcopy(run)
    content = run.xpath(_CONTENT)
    ends = accumulate(len(_shown(child)) for child in content)
    for child, copy, end in zip(content, rest.xpath(_CONTENT), ends, strict=True):
        start = end - len(_shown(child))
        if start >= at:
            run.remove(child)
        elif end <= at:
            rest.remove(copy)
        else:
            _share_text(child, copy, at - start)
    run.addnext(rest)
    return rest


def _shown(child: Any) -> str:  # noqa: ANN401
    return str(child) if child.tag in _SHOWN else ""


def _share_text(head: Any, rest: Any, at: int) -> None:  # noqa: ANN401
    """Give the text of a ``w:t`` element to two; white space at the new ends has to count."""
    first, second = head.text[:at], head.text[at:]
    if head.get(_SPACE) != "preserve":  # then white space at the old ends did not count
        first, second = first.lstrip(), second.rstrip()
    for element, text in ((head, first), (rest, second)):
        element.text = text
        element.set(_SPACE, "preserve")
