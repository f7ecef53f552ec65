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
    """Return the blocks without sections that list sources, and the headings of these sections.

    A section ends at the next heading of its level or above that markup or a style makes one; a
    line that only looks like a heading ends none, for entries of such lists often do. An article
    that would have nothing left is returned whole.
    """
    kept: list[Draft] = []
    names: list[str] = []
    level = 0  # of the section being left out; 0 outside one
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            if _REFERENCES.fullmatch(draft.text.strip()):
                level = level or min(draft.level, BY_LOOK - 1)
                names.append(draft.text.strip())
                continue
            if draft.level <= level:
                level = 0
        if not level:
            kept.append(draft)
    return (kept, tuple(names)) if kept else (list(drafts), ())


def left_out(
    tables: int = 0, sections: Sequence[str] = (), others: Iterable[str] = ()
) -> list[str]:
    """Return a warning that names what was left out, or none."""
    things = [f"{tables} table{'s' if tables > 1 else ''}"] if tables else []
    things += [f"the section “{name}”" for name in sections]
    things += others
    return [f"Left out: {', '.join(things)}."] if things else []
