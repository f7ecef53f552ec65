"""Which blocks of a page are its article, and which are what surrounds one."""

import logging
from collections.abc import Sequence

from claimcheck.document import BlockKind
from claimcheck.reading.htmlwalk import Page, PageBlock

_DEEPEST = 200
_MOST = 20_000
_LARGEST = 3_000_000
"""Depth, elements and characters from which a page is too much for a library that recurses."""
_ENOUGH = 100
"""Letters below which the library's finding is no article."""
_LONG = 40
"""Letters from which a text found inside a longer one is no accident, and prose is likely."""


def main_blocks(page: Page, blocks: Sequence[PageBlock], html: str) -> list[PageBlock]:
    """Return those of some blocks that are the article of a page.

    The trafilatura library finds the article where it is installed. Without it, or where it finds
    nothing, the article is what stands in ``article`` or ``main`` elements, or else all of it.

    Args:
        page: the whole page.
        blocks: those of its blocks that may belong to the article, in order.
        html: the page as it was.

    """
    is_main = _found_by_library(page, blocks, html) or [block.article for block in blocks]
    if not any(is_main):
        return list(blocks)
    return [block for block, kept in zip(blocks, is_main, strict=True) if kept]


def _found_by_library(page: Page, blocks: Sequence[PageBlock], html: str) -> list[bool] | None:
    """Return which blocks trafilatura takes for the article, or None where it finds none."""
    if page.depth > _DEEPEST or page.elements > _MOST or len(html) > _LARGEST:
        return None
    extracted = _extracted(html)
    lines = {_letters(line) for line in extracted.splitlines()}
    whole = _letters(extracted)
    texts = [_letters(block.draft.text) for block in blocks]
    is_main = [t in lines or (len(t) >= _LONG and t in whole) for t in texts]
    if sum(len(t) for t, kept in zip(texts, is_main, strict=True) if kept) < _ENOUGH:
        return None
    _keep_between(blocks, is_main)
    _keep_headings(blocks, is_main)
    return is_main


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
    return "".join(filter(str.isalpha, text.casefold()))


def _keep_between(blocks: Sequence[PageBlock], is_main: list[bool]) -> None:
    """Keep prose between parts that are kept: to lose a claim is worse than to read an aside."""
    first = is_main.index(True)
    last = len(is_main) - 1 - is_main[::-1].index(True)
    for index in range(first, last):
        draft = blocks[index].draft
        is_prose = draft.kind is BlockKind.LIST_ITEM or len(_letters(draft.text)) >= _LONG
        is_main[index] = is_main[index] or (is_prose and not blocks[index].linked)


def _keep_headings(blocks: Sequence[PageBlock], is_main: list[bool]) -> None:
    """Keep the headings right before a part that is kept: the library drops some, and the title."""
    follows = False
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].draft.kind is BlockKind.HEADING:
            is_main[index] = is_main[index] or follows
        follows = is_main[index]
    for index in range(is_main.index(True) - 1, -1, -1):
        draft = blocks[index].draft
        if draft.kind is BlockKind.HEADING and draft.level == 1:
            is_main[index] = True
            return
