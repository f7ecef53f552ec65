"""Web pages and other HTML: the text that a browser would show, and where it stands."""

import re

from claimcheck.document import Document
from claimcheck.errors import InputError
from claimcheck.reading.decoding import decode
from claimcheck.reading.drafts import assemble
from claimcheck.reading.htmlmain import main_blocks
from claimcheck.reading.htmlwalk import walk
from claimcheck.reading.sections import left_out, reference_sections
from claimcheck.reading.source import ReadOptions, Source

_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 4096
"""Bytes in which a page says its encoding."""


def read(source: Source, options: ReadOptions) -> Document:
    """Read a page: its main text, or with ``options.keep == "all"`` everything that it shows.

    Raises:
        InputError: where it is empty, is not text, or shows none.

    """
    html, warnings = decode(source, _declared(source.data))
    page = walk(html)
    if not page.blocks:
        raise InputError(f"{source.origin} shows no text: is it a page that needs JavaScript?")
    if options.keep == "all":
        drafts = [block.draft for block in page.blocks]
        return assemble(drafts, source.origin, warnings, ("html", html))
    beside = [block for block in page.blocks if not block.aside]
    if not beside:
        beside = list(page.blocks)
        warnings += ("No part of the page reads as its article; all of its text was kept.",)
    places, sections = reference_sections([block.draft for block in beside])
    prose = [block for index, block in enumerate(beside) if index not in places]
    notes = left_out(page.tables, sections)
    kept = main_blocks(page, prose, html)
    drafts = [block.draft for block in kept]
    return assemble(drafts, source.origin, (*warnings, *notes), ("html", html))


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page names; one of two-byte units cannot be true, and is UTF-8."""
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii", errors="replace")
    return "utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name
