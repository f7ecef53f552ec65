"""JSON lines: one sentence a line, for programs that read line by line."""

import json
from collections.abc import Sequence

from claimcheck.report import Report
from claimcheck.selection import OVERCLAIMS, Selection

# Inside a JSON string, but ends of a line to some readers.
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return every sentence as JSON on a line of its own, its document's ``origin`` first."""
    return "".join(
        json.dumps({"origin": r.origin, **s.to_dict()}, ensure_ascii=False).translate(_LINE_ENDS)
        + "\n"
        for r in reports
        for s in r.sentences
    )
