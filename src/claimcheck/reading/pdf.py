"""PDF files: paragraphs put together again from the lines on the pages."""

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any

from claimcheck.document import BlockKind, Document
from claimcheck.errors import InputError, MissingExtraError
from claimcheck.reading.drafts import Draft, Piece, assemble
from claimcheck.reading.pdflines import Line, paragraphs, without_margins
from claimcheck.reading.pdfwords import join_lines
from claimcheck.reading.sections import BY_LOOK, left_out, without_references
from claimcheck.reading.source import ReadOptions, Source

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextLine

_SIGNATURE_WITHIN = 1024
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BULLET = re.compile(r"\s*\(cid:\d+\)(?=\s)")
_NOTE = re.compile(r"[\d,–*†‡-]")
_RAISED = 0.85
"""Size of a character, against its line, below which a raised figure is the mark of a note."""
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


def read(source: Source, options: ReadOptions) -> Document:
    """Read a PDF; each block knows its page.

    Raises:
        InputError: where it is protected, damaged, or holds pictures of pages only.
        MissingExtraError: without the ``formats`` extra.

    """
    pages = _pages(source)
    if not any(pages):
        raise InputError(
            f"{source.origin} holds no text, only pictures of its pages: run OCR on it first"
        )
    lines = without_margins(pages)
    if not lines:
        lines = [line for page in pages for line in page]
    known = {word.lower() for line in lines for word in line.text.split()}
    drafts = [_draft(group, known) for group in paragraphs(lines)]
    kept, sections = without_references(drafts)
    warnings = (*_empty_pages(pages), *left_out(sections=sections))
    return assemble(kept, source.origin, warnings, markup=None)


def _draft(group: Sequence[Line], known: set[str]) -> Draft:
    text = join_lines([line.text for line in group], known)
    first = group[0]
    kind = BlockKind.PARAGRAPH
    if first.marker:
        kind = BlockKind.LIST_ITEM
        text = text[len(first.marker) :].lstrip()
    elif first.is_heading:
        kind = BlockKind.HEADING
    return Draft(kind, (Piece(text),), 1 if first.is_heading else BY_LOOK, page=first.page)


def _empty_pages(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if empty:
        noun = "Page" if len(empty) == 1 else "Pages"
        verb = "holds" if len(empty) == 1 else "hold"
        yield f"{noun} {', '.join(empty)} {verb} no text; a picture of text was not read."


def _pages(source: Source) -> list[list[Line]]:
    """Return the lines of each page, in reading order."""
    if not source.data:
        raise InputError(f"{source.origin} is empty: there is nothing to score")
    if b"%PDF-" not in source.data[:_SIGNATURE_WITHIN]:
        raise InputError(f"{source.origin} is no PDF, whatever its name says")
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.psexceptions import PSException
    except ImportError:
        raise MissingExtraError("reading PDFs", "formats") from None
    logger = logging.getLogger("pdfminer")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # its remarks are no messages of ours
    try:
        layouts = extract_pages(BytesIO(source.data), laparams=LAParams(all_texts=True))
        pages = [list(_lines(layout, number)) for number, layout in enumerate(layouts, start=1)]
    except PDFPasswordIncorrect:
        raise InputError(f"{source.origin} is protected: save a copy without a password") from None
    except Exception as error:
        # A damaged file can fail anywhere in the library, with almost any exception.
        detail = "" if isinstance(error, PSException) else f" ({type(error).__name__})"
        raise _damaged(source, detail) from None
    if not pages:
        raise _damaged(source, " (it has no pages)")
    return pages


def _damaged(source: Source, detail: str) -> InputError:
    return InputError(f"{source.origin} is damaged: open it and save it as a PDF again{detail}")


def _lines(layout: "LTPage", number: int) -> Iterator[Line]:
    from pdfminer.layout import LTContainer, LTTextLineHorizontal

    waiting: list[Any] = [layout]
    while waiting:
        item = waiting.pop()
        if isinstance(item, LTTextLineHorizontal):
            line = _line(item, layout, number)
            if line.text and _is_on_page(line):
                yield line
        elif isinstance(item, LTContainer):
            waiting.extend(reversed(list(item)))


def _is_on_page(line: Line) -> bool:
    """Tell a line from one at a place that is no number, as damaged files have them."""
    return all(map(isfinite, (line.left, line.right, line.bottom, line.size, line.height)))


def _line(found: "LTTextLine", layout: "LTPage", number: int) -> Line:
    from pdfminer.layout import LTChar

    characters = list(found)
    sizes = [c.size for c in characters if isinstance(c, LTChar)]
    size = median(sizes) if sizes else 0.0
    floor = min((c.y0 for c in characters if isinstance(c, LTChar)), default=0.0)
    texts: list[str] = []
    bold = 0
    for character in characters:
        text = character.get_text() if hasattr(character, "get_text") else ""
        if isinstance(character, LTChar):
            raised = character.size < _RAISED * size and character.y0 > floor + 0.2 * size
            before = texts[-1] if texts else ""
            if raised and _NOTE.fullmatch(text) and not before.isdecimal():
                continue
            bold += bool(_BOLD.search(character.fontname))
        texts.append(text)
    height = layout.height or 1.0
    return Line(
        text=_mended("".join(texts)),
        page=number,
        left=found.x0,
        right=found.x1,
        bottom=found.y0,
        size=size,
        bold=bold > 0.8 * len(sizes),
        height=(found.y0 - layout.y0) / height,
    )


def _mended(text: str) -> str:
    """Return a line without the signs of characters that its font does not name.

    At its beginning such a sign nearly always stands for a bullet.
    """
    bullet = _BULLET.match(text)
    if bullet:
        text = "•" + text[bullet.end() :]
    return " ".join(_UNMAPPED.sub("", text).split())
