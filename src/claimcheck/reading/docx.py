"""Word files: the paragraphs of the body; not tables, notes, headers or what was deleted."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from claimcheck.document import BlockKind, Document
from claimcheck.errors import InputError, MissingExtraError
from claimcheck.reading.blocks import reads_as_heading
from claimcheck.reading.drafts import Draft, Piece, assemble
from claimcheck.reading.sections import BY_LOOK, left_out, without_references
from claimcheck.reading.source import ReadOptions, Source, megabytes, refuse_empty

if TYPE_CHECKING:
    import docx.document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_OLE = b"\xd0\xcf\x11\xe0"  # the container of old Word files, and of encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BODY = "word/document.xml"
UNPACKED = 4
"""A Word file may unpack to this many times the limit for any input; its text to the limit."""

_PARAGRAPHS = ".//w:p[not(ancestor::w:tbl or ancestor::w:p)]"
_RUNS = (
    ".//w:r[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:r)"
    " and not(w:rPr/w:vanish[not(@w:val='0' or @w:val='false')])]"
)
_OUTLINE = "./w:pPr/w:outlineLvl/@w:val"
_NUMBERING = "./w:pPr/w:numPr/w:numId/@w:val"
_LEFT_OUT = re.compile(r"toc \d|toc heading|table of |caption|bibliography", re.IGNORECASE)


def body_paragraphs(document: "docx.document.Document") -> "list[Paragraph]":
    """Return the paragraphs of the body in order; ``Block.paragraph`` is a place here, from 1.

    Paragraphs in content controls count; those in tables and text boxes do not.
    """
    from docx.text.paragraph import Paragraph

    return [Paragraph(p, document._body) for p in document.element.body.xpath(_PARAGRAPHS)]


def text_runs(paragraph: "Paragraph") -> "list[Run]":
    """Return the runs whose joined ``text`` is exactly the text of the paragraph's block.

    Runs in links and tracked insertions are among them; deleted and hidden ones are not.
    """
    from docx.text.run import Run

    return [Run(r, paragraph) for r in paragraph._p.xpath(_RUNS)]


def read(source: Source, options: ReadOptions) -> Document:
    """Read a Word file.

    Raises:
        InputError: where it is protected, damaged, empty, or unpacks to more than is allowed.
        MissingExtraError: without the ``formats`` extra.

    """
    document = open_document(source, options)
    try:
        drafts = list(_drafts(body_paragraphs(document)))
        tables = len(document.tables)
    except Exception as error:
        # A style, say, may be of a kind that no library knows.
        raise _damaged(source, error) from None
    refuse_empty("".join(draft.text for draft in drafts), source.origin)
    kept, sections = without_references(drafts)
    return assemble(kept, source.origin, tuple(left_out(tables, sections)), markup=None)


def open_document(source: Source, options: ReadOptions) -> "docx.document.Document":
    """Open a Word file with python-docx after checking what could hurt; for errors see read."""
    try:
        import docx
    except ImportError:
        raise MissingExtraError("reading Word files", "formats") from None
    _check_package(source, options)
    try:
        document = docx.Document(BytesIO(source.data))
        document.element.body.xpath("1")  # a file may have no body at all
    except Exception as error:
        # A damaged part can fail anywhere in the library, with almost any exception.
        raise _damaged(source, error) from None
    return document


def _check_package(source: Source, options: ReadOptions) -> None:
    """Refuse what is no Word file, or unpacks to too much.

    Sizes are those that the archive declares: zipfile never unpacks more than that of a part, and
    fails where a part is longer.
    """
    if not source.data:
        raise InputError(f"{source.origin} is empty: there is nothing to score")
    if source.data.startswith(_OLE):
        if _ENCRYPTED in source.data:
            raise InputError(f"{source.origin} is protected: save a copy without a password")
        raise InputError(f"{source.origin} is an old Word file: save it as .docx")
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as package:
            sizes = {part.filename: part.file_size for part in package.infolist()}
    except Exception as error:
        raise _damaged(source, error) from None
    if _BODY not in sizes and "[Content_Types].xml" not in sizes:
        raise InputError(f"{source.origin} is a zip archive, and no Word file")
    texts = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    total = sum(sizes.values())
    if texts > options.max_bytes or total > UNPACKED * options.max_bytes:
        raise InputError(
            f"{source.origin} unpacks to {megabytes(total)}, more than the limit of "
            f"{megabytes(options.max_bytes)} allows: split it, or raise the limit (--max-bytes)"
        )


def _damaged(source: Source, error: Exception) -> InputError:
    detail = " ".join(str(error).split())[:120] or type(error).__name__
    return InputError(
        f"{source.origin} is no Word file, or damaged: open it in Word and save it again ({detail})"
    )


def _drafts(paragraphs: "list[Paragraph]") -> Iterator[Draft]:
    styles: dict[str | None, _Style] = {}  # by their ids: to look one up takes a millisecond
    for number, paragraph in enumerate(paragraphs, start=1):
        text = "".join(run.text for run in text_runs(paragraph))
        if not text.strip():
            continue
        name = paragraph._p.style
        if name not in styles:
            styles[name] = _style(paragraph)
        style = styles[name]
        if not _LEFT_OUT.match(style.name):
            kind, level = _kind(paragraph, style, text.strip())
            yield Draft(kind, (Piece(text),), level, paragraph=number)


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of paragraphs: its name, the level of a heading or 0, and whether it makes lists."""

    name: str
    level: int
    lists: bool


def _style(paragraph: "Paragraph") -> _Style:
    style = paragraph.style
    if style is None:
        return _Style("", 0, lists=False)
    name = style.name or ""
    lists = name.startswith("List") and name != "List Paragraph"
    return _Style(name, _style_level(style), lists or bool(style.element.xpath(_NUMBERING)))


def _kind(paragraph: "Paragraph", style: _Style, text: str) -> tuple[BlockKind, int]:
    """Return what a paragraph is, and the level of a heading."""
    outline = paragraph._p.xpath(_OUTLINE)
    level = _level(outline[0]) if outline else style.level
    if style.name == "Title" or level:
        return BlockKind.HEADING, level or 1
    if style.name == "Subtitle":
        return BlockKind.HEADING, 2
    if style.name.endswith("Quote"):
        return BlockKind.QUOTATION, 0
    numbering = paragraph._p.xpath(_NUMBERING)
    if numbering[0] != "0" if numbering else style.lists:
        return BlockKind.LIST_ITEM, 0
    return (BlockKind.HEADING, BY_LOOK) if reads_as_heading(text) else (BlockKind.PARAGRAPH, 0)


def _style_level(style: "ParagraphStyle | None") -> int:
    """Return the level of a heading from 1, or 0 for text: a style's own, or that of its bases."""
    for _ in range(10):  # styles that are based on each other in a ring exist
        if style is None:
            break
        named = re.match(r"heading (\d)", style.name or "", re.IGNORECASE)
        if named:
            return int(named[1])
        outline = style.element.xpath(_OUTLINE)
        if outline:
            return _level(outline[0])
        style = style.base_style
    return 0


def _level(outline: str) -> int:
    """Return the level of an outline number, which counts from 0, and where 9 is body text."""
    return int(outline) + 1 if re.fullmatch("[0-8]", outline) else 0
