"""Which documents there are."""

from pathlib import Path

from tests.conftest import ROOT

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
"""Those whose examples are run."""


def name_of(path: Path) -> str:
    """Return a document's path in the project."""
    return path.relative_to(ROOT).as_posix()
