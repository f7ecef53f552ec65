"""Web pages and other HTML: the text that a browser would show, and where it stands."""

import re

from claimcheck.document import Document
from claimcheck.errors import InputError
from claimcheck.reading.decoding import decode
from claimcheck.reading.drafts import assemble
from claimcheck.reading.htmlmain import main_text
from claimcheck.reading.htmlwalk import walk
from claimcheck.reading.sections import left_out, without_references
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
    kept, guesses = main_text(page, html)
    drafts, sections = without_references(kept)
    notes = left_out(page.tables, sections)
    return assemble(drafts, source.origin, (*warnings, *guesses, *notes), ("html", html))


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page names; one of two-byte units cannot be true, and is UTF-8."""
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii", errors="replace")
    return "utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name
