"""JSON: one object, the same shape for one article and for many."""

import json
from collections.abc import Sequence

from claimcheck.report import Report
from claimcheck.selection import OVERCLAIMS, Selection


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return ``{"reports": [...]}``, every sentence in it; each report names its schema."""
    found = {"reports": [r.to_dict() for r in reports]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
