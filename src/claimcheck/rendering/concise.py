"""One line a finding, as compilers and linters print them: editors jump to the place."""

from collections.abc import Sequence

from claimcheck.document import Location
from claimcheck.rendering.display import certainty, explanation, one_line, place
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return lines such as ``draft.txt:3:1: overclaimed Hype. Replace … (91% sure)``.

    Where a format has no lines, ``paper.pdf: page 3:`` stands at the start.
    """
    return "".join(_line(r.origin, s) for r in reports for s in selection.findings(r))


def _line(origin: str, sentence: ScoredSentence) -> str:
    where = _where(one_line(origin), sentence.location)
    return f"{where}: {sentence.label} {explanation(sentence)} ({certainty(sentence)})\n"


def _where(origin: str, location: Location) -> str:
    if location.line is not None:
        return f"{origin}:{location.line}:{location.column or 1}"
    return ": ".join(filter(None, [origin, place(location)]))
