"""What several tests of renderers use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck import __version__
from claimcheck.document import BlockKind
from claimcheck.labels import Label, Reason
from claimcheck.report import Report
from tests.rendering.articles import EVIL, TEA, Line, article

SNAPSHOTS = Path(__file__).parent / "snapshots"
REWRITE = "CLAIMCHECK_REWRITE_SNAPSHOTS"


@pytest.fixture
def report() -> Report:
    """An article that is hostile wherever it can be, with one sentence of each label."""
    return article(
        Line(EVIL, kind=BlockKind.HEADING),
        Line("Tea cures all ills.", Label.OVERCLAIMED, (Reason.ABSOLUTE,)),
        Line("Tea may soothe.", Label.HEDGED, kind=BlockKind.LIST_ITEM),
        Line("Tea contains caffeine.", Label.SUPPORTED, kind=BlockKind.QUOTATION),
        origin=EVIL,
        warnings=(EVIL,),
    )


@pytest.fixture
def tea() -> Report:
    """The article of the snapshots."""
    return article(*TEA, warnings=("This is a sample.",))


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a result with a file of ``snapshots/``; with the variable set, write it anew."""

    def check(name: str, result: str) -> None:
        data = result.replace(f'"{__version__}"', '"VERSION"').encode()
        if os.environ.get(REWRITE):
            (SNAPSHOTS / name).write_bytes(data)
        assert data.decode() == (SNAPSHOTS / name).read_bytes().decode(), (
            f"snapshots/{name} differs; where that is meant, set {REWRITE}=1 and look at the diff"
        )

    return check
