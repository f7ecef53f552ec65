"""JSON: one object, the same shape for one article and for many."""

import json
from collections.abc import Sequence

from claimcheck.report import Report


def render(reports: Sequence[Report]) -> str:
    """Return ``{"reports": [...]}``; each report names its schema."""
    return json.dumps({"reports": [r.to_dict() for r in reports]}, ensure_ascii=False, indent=2)
