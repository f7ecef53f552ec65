"""Claims that are known already, in a file: an old archive need not be mended before a check helps.

A baseline holds fingerprints, which are made of a sentence's words and its label. So it survives
moving a sentence, and renaming a file, but not rewording. It holds every claim, not only what a
run shows or fails on, so that it stays true when those settings change.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claimcheck.errors import ClaimcheckError
from claimcheck.labels import Label
from claimcheck.report import Report

NAME = "claimcheck.baseline"
VERSION = 1
BASELINE_FILE = "claimcheck-baseline.json"

_VERSION = re.compile(r"[0-9]{1,9}")
_REMAKE = "make it anew with `claimcheck baseline`"


def fingerprints(reports: Iterable[Report]) -> frozenset[str]:
    """Return the fingerprints of every claim in some articles."""
    return frozenset(
        s.fingerprint for r in reports for s in r.sentences if s.label is not Label.NO_CLAIM
    )


def to_json(known: Iterable[str]) -> str:
    """Return a baseline file's content: sorted, a line each, so that changes read well."""
    content = {"schema": f"{NAME}/{VERSION}", "fingerprints": sorted(known)}
    return json.dumps(content, indent=2) + "\n"


def load_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints in a baseline file.

    Raises:
        ClaimcheckError: where it is missing, damaged, or written by a newer version.

    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ClaimcheckError(
            f"the baseline {path} does not exist: make it with `claimcheck baseline`"
        ) from None
    except OSError as error:
        raise ClaimcheckError(f"the baseline {path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise ClaimcheckError(f"the baseline {path} is damaged: {_REMAKE}") from None
    return _checked(content, path)


def _checked(content: Any, path: Path) -> frozenset[str]:  # noqa: ANN401
    schema = content.get("schema") if isinstance(content, dict) else None
    name, _, version = str(schema).partition("/")
    if name != NAME or not _VERSION.fullmatch(version):
        raise ClaimcheckError(f"{path} is not a baseline: {_REMAKE}")
    if int(version) > VERSION:
        raise ClaimcheckError(
            f"the baseline {path} was written by a newer claimcheck (form {version}; this one "
            f"reads {VERSION}): update claimcheck, or {_REMAKE}"
        )
    found = content.get("fingerprints")
    if not isinstance(found, list) or not all(isinstance(f, str) for f in found):
        raise ClaimcheckError(f"the baseline {path} is damaged: {_REMAKE}")
    return frozenset(found)
