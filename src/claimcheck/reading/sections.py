"""Parts of an article that hold no claims of its own: lists of sources, and tables."""

import re
from collections.abc import Iterable, Sequence

from claimcheck.document import BlockKind
from claimcheck.reading.drafts import Draft

_REFERENCES = re.compile(
    r"(?:\d+\.?\s*)?(?:(?:notes\s+and\s+|selected\s+)?references?(?:\s+and\s+notes)?|bibliography"
    r"|works\s+cited|literature(?:\s+cited)?|citations|sources|end\s?notes|footnotes"
    r"|further\s+reading)\s*:?",
    re.IGNORECASE,
)

BY_LOOK = 9
"""The level of a heading that nothing but its look makes one."""


def without_references(drafts: Sequence[Draft]) -> tuple[list[Draft], tuple[str, ...]]:
    """Return the blocks without sections that list sources, and the headings of these sections."""
    places, names = reference_sections(drafts)
    return [draft for index, draft in enumerate(drafts) if index not in places], names


def reference_sections(drafts: Sequence[Draft]) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return which blocks belong to sections that list sources, and these sections' headings.

    A section ends at the next heading of its level or above that markup or a style makes one; a
    line that only looks like a heading ends none, for entries of such lists often do. Where
    nothing would be left of an article, none of it belongs to them.
    """
    places: set[int] = set()
    names: list[str] = []
    level = 0  # of the section that is open; 0 outside one
    for index, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING:
            if _REFERENCES.fullmatch(draft.text.strip()):
                level = level or min(draft.level, BY_LOOK - 1)
                names.append(draft.text.strip())
            elif draft.level <= level:
                level = 0
        if level:
            places.add(index)
    if len(places) == len(drafts):
        return frozenset(), ()
    return frozenset(places), tuple(names)


def left_out(
    tables: int = 0, sections: Sequence[str] = (), others: Iterable[str] = ()
) -> list[str]:
    """Return a warning that names what was left out, or none."""
    things = [f"{tables} table{'s' if tables > 1 else ''}"] if tables else []
    things += [f"the section “{name}”" for name in sections]
    things += others
    return [f"Left out: {', '.join(things)}."] if things else []
