"""Which blocks of a page are its article, and which are what surrounds one."""

import logging
from collections.abc import Sequence

from claimcheck.document import BlockKind
from claimcheck.reading.drafts import Draft
from claimcheck.reading.htmlwalk import Page, PageBlock

_DEEPEST = 200
"""Depth of elements from which a page is too strange for a library that recurses."""
_LARGEST = 5_000_000
"""Characters from which a page takes such a library too long."""
_ENOUGH = 150
"""Letters below which the library's finding is no article."""
_LONG = 40
"""Letters from which a text found inside a longer one is no accident."""


def main_text(page: Page, html: str) -> tuple[list[Draft], tuple[str, ...]]:
    """Return the blocks of the article of a page, and warnings where they were guessed badly.

    The trafilatura library finds the article where it is installed. Without it, or where it finds
    nothing, the article is what stands in ``article`` or ``main`` elements; or else everything
    but navigation, headers, footers, forms, tables, figures and asides.
    """
    beside = [block for block in page.blocks if not block.aside]
    found = _found_by_library(page, beside, html)
    if found is not None:
        return found, ()
    chosen = [block for block in beside if block.article] or beside
    if chosen:
        return [block.draft for block in chosen], ()
    warning = "No part of the page reads as its article; all of its text was kept."
    return [block.draft for block in page.blocks], (warning,)


def _found_by_library(page: Page, blocks: Sequence[PageBlock], html: str) -> list[Draft] | None:
    """Return the blocks that trafilatura takes for the article, or None where it finds none."""
    extracted = _extracted(html) if page.depth <= _DEEPEST and len(html) <= _LARGEST else ""
    lines = {_letters(line) for line in extracted.splitlines()}
    whole = _letters(extracted)
    is_main = [_is_among(_letters(block.draft.text), lines, whole) for block in blocks]
    body = [b.draft.text for b, kept in zip(blocks, is_main, strict=True) if kept]
    if len(_letters("".join(body))) < _ENOUGH:
        return None
    _keep_headings(blocks, is_main)
    return [block.draft for block, kept in zip(blocks, is_main, strict=True) if kept]


def _extracted(html: str) -> str:
    try:
        import trafilatura
    except ImportError:
        return ""
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # its remarks are no messages of ours
    try:
        return trafilatura.extract(html, include_comments=False, include_tables=False) or ""
    except Exception:
        # Whatever the library cannot read, the plain rule can.
        return ""


def _letters(text: str) -> str:
    """Return a text without what two readers of a page may write differently."""
    return "".join(filter(str.isalnum, text.casefold()))


def _is_among(letters: str, lines: set[str], whole: str) -> bool:
    return letters in lines or (len(letters) >= _LONG and letters in whole)


def _keep_headings(blocks: Sequence[PageBlock], is_main: list[bool]) -> None:
    """Keep the headings right before a part that is kept: the library drops some, and the title."""
    follows = False
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].draft.kind is BlockKind.HEADING:
            is_main[index] = is_main[index] or follows
        follows = is_main[index]
    first = is_main.index(True)
    for index in range(first - 1, -1, -1):
        draft = blocks[index].draft
        if draft.kind is BlockKind.HEADING and draft.level == 1:
            is_main[index] = True
            return
