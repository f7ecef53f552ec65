"""HTML: one file with no request to anywhere, for reading, forwarding and printing.

Everything that comes from an article goes through jinja2's autoescaping.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from claimcheck import __version__
from claimcheck.document import BlockKind
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.rendering.display import ShownBlock, displayable, percent, shown_blocks
from claimcheck.report import Report
from claimcheck.selection import OVERCLAIMS, Selection

SHOWN = (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED, Label.NO_CLAIM)
"""The order of the legend: what an editor looks for first comes first."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks that stand together: the items of one list, or a single other block."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template needs of one report."""

    report: Report
    title: str
    groups: tuple[_Group, ...]
    numbers: dict[int, int]  # start of an overclaimed sentence → its number in the side list


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return a whole HTML page with every report in it."""
    environment = Environment(
        loader=PackageLoader("claimcheck.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["displayable"] = displayable
    template = environment.get_template("report.html.j2")
    return template.render(
        pages=[_page(r) for r in reports],
        words=LABEL_WORDS,
        shown=SHOWN,
        version=__version__,
    )


def _page(report: Report) -> _Page:
    blocks = list(shown_blocks(report))
    numbers = {s.start: n for n, s in enumerate(report.overclaims, 1)}
    return _Page(report, _title(report, blocks), tuple(_groups(blocks)), numbers)


def _title(report: Report, blocks: Sequence[ShownBlock]) -> str:
    if blocks and blocks[0].kind is BlockKind.HEADING:
        return "".join(text for text, _ in blocks[0].pieces)
    return displayable(report.origin)


def _groups(blocks: Sequence[ShownBlock]) -> list[_Group]:
    groups: list[_Group] = []
    for block in blocks:
        joins = (
            groups and block.kind is BlockKind.LIST_ITEM and groups[-1].kind is BlockKind.LIST_ITEM
        )
        if joins:
            groups[-1] = _Group(block.kind, (*groups[-1].blocks, block))
        else:
            groups.append(_Group(block.kind, (block,)))
    return groups
