"""Markdown: its words, without code, tables, front matter, comments and notes."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimcheck.document import LINE_END, BlockKind, Document
from claimcheck.errors import InputError
from claimcheck.reading.decoding import decode
from claimcheck.reading.drafts import Draft, Piece, assemble, joined
from claimcheck.reading.markdownmap import InlineMap, SourceLines
from claimcheck.reading.sections import left_out, without_references
from claimcheck.reading.source import ReadOptions, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SKIPPED = {"table_open": "table_close", "footnote_block_open": "footnote_block_close"}
_CONTAINERS = {
    "list_item_open": BlockKind.LIST_ITEM,
    "blockquote_open": BlockKind.QUOTATION,
}
_BOX = re.compile(r"\[[ xX]\]\s+")
_TOML = re.compile(r"\+\+\+[ \t]*[\r\n].*?[\r\n]\+\+\+[ \t]*(?=[\r\n])", re.DOTALL)
"""Front matter between lines of plus signs; that between dashes is known to the parser."""
_CONTAINER_ENDS = ("list_item_close", "blockquote_close")


def read(source: Source, options: ReadOptions) -> Document:
    """Read a Markdown file (CommonMark with tables, footnotes and front matter).

    Raises:
        InputError: where it is empty, is not text, or has nothing but markup.

    """
    markdown, warnings = decode(source)
    try:
        tokens = _parser().parse(_without_toml(markdown))
    except Exception as error:
        # The parser has no errors of its own; a text that breaks it is still no reason to stop.
        raise InputError(
            f"{source.origin} cannot be read as Markdown ({type(error).__name__}): "
            "rename it to end in .txt to read it as plain text"
        ) from None
    drafts = list(_drafts(tokens, SourceLines(markdown)))
    if not drafts:
        raise InputError(f"{source.origin} holds markup only: there is nothing to score")
    kept, sections = without_references(drafts)
    notes = left_out(_count(tokens, "table_open"), sections, _raw_html(tokens))
    return assemble(kept, source.origin, (*warnings, *notes), ("markdown", markdown))


def _without_toml(markdown: str) -> str:
    """Return the same lines, those of front matter in TOML empty."""
    found = _TOML.match(markdown)
    if found is None:
        return markdown
    return "".join(LINE_END.findall(found.group())) + markdown[found.end() :]


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    parser.enable(["table", "strikethrough"]).disable("text_join")  # it hides what was escaped
    return parser.use(footnote_plugin, inline=False).use(front_matter_plugin)


def _drafts(tokens: Sequence["Token"], lines: SourceLines) -> Iterator[Draft]:
    kinds = [BlockKind.PARAGRAPH]
    until = ""  # the token that ends a part being left out
    level = 0  # of the heading that is open
    for token in tokens:
        if until:
            until = "" if token.type == until else until
        elif token.type in _SKIPPED:
            until = _SKIPPED[token.type]
        elif token.type in _CONTAINERS:
            kinds.append(_CONTAINERS[token.type])
        elif token.type in _CONTAINER_ENDS:
            kinds.pop()
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            kind = BlockKind.HEADING if level else kinds[-1]
            pieces = _trimmed(InlineMap(token, lines).pieces())
            if kind is BlockKind.LIST_ITEM:
                pieces = _without_box(pieces)
            if pieces:
                yield Draft(kind, pieces, level)


def _trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without blank ones at either end; none where all are blank."""
    filled = [index for index, piece in enumerate(pieces) if piece.text.strip()]
    return tuple(pieces[filled[0] : filled[-1] + 1]) if filled else ()


def _without_box(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a list item without the box of a task, such as ``[x]``."""
    pieces = tuple(joined(pieces))
    box = _BOX.match(pieces[0].text) if pieces and pieces[0].is_verbatim else None
    if box is None:
        return pieces
    first = pieces[0]
    rest = Piece(first.text[box.end() :], (first.start or 0) + box.end(), first.end)
    return _trimmed((rest, *pieces[1:]))


def _count(tokens: Sequence["Token"], kind: str) -> int:
    return sum(token.type == kind for token in tokens)


def _raw_html(tokens: Sequence["Token"]) -> list[str]:
    blocks = [token for token in tokens if token.type == "html_block"]
    shown = [block for block in blocks if not block.content.lstrip().startswith("<!--")]
    return ["raw HTML"] if shown else []
