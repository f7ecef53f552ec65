"""A walk through HTML that keeps account of where every word stands.

It follows the rules of HTML where they decide what is shown: elements that end by themselves,
white space that collapses, and what no browser shows. It never recurses, so that no depth of
nested tags can break it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from itertools import islice

from claimcheck.document import BlockKind
from claimcheck.reading.drafts import Draft, Piece
from claimcheck.reading.htmlelements import BLOCKS, ENDS, VOID, kind_of, roles_of
from claimcheck.reading.htmlparse import PageParser

_REACH = 512
"""Elements that one without an end tag may lie outside of: browsers nest no deeper either."""

_WORDS = re.compile(r"[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*|[ \t\n\r\f]+")
_SPACES = " \t\n\r\f"
_NOTE = re.compile(r"[\[(]?\s*[\d*†‡§]+(?:\s*[,;–-]\s*\d+)*\s*[\])]?")
_LONGEST_NOTE = 500
"""Characters of markup beyond which a superscript is no mark of a note."""
_UNITS = ("m", "cm", "mm", "km", "kg/m")
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of a page.

    Attributes:
        draft: the block.
        aside: whether it stands in navigation, a table or another part beside the text.
        article: whether it stands in an ``article`` or ``main`` element.
        linked: whether most of it is the words of links.

    """

    draft: Draft
    aside: bool
    article: bool
    linked: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: its blocks in order, and how many tables and elements it has.

    ``depth`` is the largest number of elements that are open at once.
    """

    blocks: tuple[PageBlock, ...]
    tables: int
    elements: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Open:
    """An element whose end has not come yet, and what it counts as."""

    tag: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Note:
    """A superscript that may be the mark of a note: where it began.

    Attributes:
        flushes: how many blocks had ended before it.
        piece: how many pieces its block had.
        offset: in the page.

    """

    flushes: int
    piece: int
    offset: int


def walk(html: str) -> Page:
    """Return what a page shows; never fails, whatever the markup."""
    walker = _Walker(html)
    walker.parse()
    walker.flush()
    return Page(tuple(walker.blocks), walker.tables, walker.elements, walker.depth)


class _Walker(PageParser):
    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.blocks: list[PageBlock] = []
        self.tables = 0
        self.elements = 0
        self.depth = 0
        self._stack: list[_Open] = []
        self._open: Counter[str] = Counter()  # tags, and roles in capitals
        self._kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
        self._pieces: list[Piece] = []
        self._linked = 0  # characters of the block that are the words of links
        self._flushes = 0
        self._notes: list[_Note] = []  # the superscripts that are open

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._line_break()
        elif tag in VOID:
            if tag == "hr":
                self.flush()
        else:
            self._begin(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # to a browser, <div/> is <div>

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag]:
            self._end(tag)
        elif tag == "br":
            self._line_break()

    def handle_text(self, start: int, end: int) -> None:
        if self._open["NEVER"]:
            return
        for found in _WORDS.finditer(self.html, start, end):
            self._add(found.group(), found.start(), found.end())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    # Elements

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._end_implied(tag)
        if tag in BLOCKS:
            self.flush()
        roles = roles_of(tag, attributes, in_article=self._open["ARTICLE"] > 0)
        self.tables += tag == "table" and not self._open["NEVER"] and not self._open["table"]
        self._stack.append(_Open(tag, roles))
        self._open.update((tag, *roles))
        self.elements += 1
        self.depth = max(self.depth, len(self._stack))
        kind = kind_of(tag)
        if kind:
            self._kinds.append(kind)
        if tag == "sup":
            self._notes.append(_Note(self._flushes, len(self._pieces), self.position()))

    def _end(self, tag: str) -> None:
        """End the innermost element of a tag, and what was left open inside."""
        while True:
            element = self._stack[-1]
            if element.tag in BLOCKS:
                self.flush()
            self._stack.pop()
            self._open.subtract((element.tag, *element.roles))
            if kind_of(element.tag):
                self._kinds.pop()
            if element.tag == "sup":
                self._drop_note(self._notes.pop())
            if element.tag == tag:
                return

    def _end_implied(self, tag: str) -> None:
        if tag in BLOCKS and self._open["p"]:
            self._end("p")
        ended, apart = ENDS.get(tag, ((), ()))
        if not any(self._open[name] for name in ended):
            return
        for element in islice(reversed(self._stack), _REACH):
            if element.tag in ended:
                self._end(element.tag)
                return
            if element.tag in apart:
                return

    # Text

    def _reference(self, written: str) -> None:
        if self._open["NEVER"]:
            return
        start = self.position()
        end = start + len(written)
        end += self.html.startswith(";", end)
        self._add(unescape(self.html[start:end]), start, end)

    def _add(self, text: str, start: int, end: int) -> None:
        """Add a word, or white space, which collapses; a space of the source stays its own."""
        if text.strip(_SPACES):
            self._pieces.append(Piece(text, start, end))
            self._linked += len(text) if self._open["a"] else 0
        elif self._pieces and self._pieces[-1].text not in (" ", _BREAK):
            space = self.html.find(" ", start, end)
            self._pieces.append(Piece(" ", space, space + 1) if space >= 0 else Piece(" "))

    def _line_break(self) -> None:
        """Add a line break; a second one makes a new block, as old pages separate paragraphs."""
        if self._open["NEVER"]:
            return
        while self._pieces and self._pieces[-1].text == " ":
            self._pieces.pop()
        if self._pieces and self._pieces[-1].text == _BREAK:
            self.flush()
        elif self._pieces:
            self._pieces.append(Piece(_BREAK))

    def _drop_note(self, note: _Note) -> None:
        """Drop a superscript that is the mark of a note, as it would run into the word before."""
        end = self.position()
        piece = note.piece
        # Where its block has ended since, the word before it is in another block.
        if note.flushes != self._flushes or end - note.offset > _LONGEST_NOTE or not piece:
            return
        written = "".join(found.text for found in self._pieces[piece:]).strip()
        before = self._pieces[piece - 1].text.rsplit(" ", 1)[-1]
        is_link = "<a" in self.html[note.offset : end].lower()
        is_power = before.isdecimal() or before in _UNITS
        if before and _NOTE.fullmatch(written) and (is_link or not is_power):
            del self._pieces[piece:]

    def flush(self) -> None:
        """End the current block, if it holds anything."""
        pieces = self._pieces
        while pieces and pieces[-1].text in (" ", _BREAK):
            pieces.pop()
        if any(piece.text.strip() for piece in pieces):
            kind, level = self._kinds[-1]
            draft = Draft(kind, tuple(pieces), level)
            aside, article = self._open["ASIDE"] > 0, self._open["ARTICLE"] > 0
            linked = self._linked > len(draft.text) / 2
            self.blocks.append(PageBlock(draft, aside, article, linked))
        self._flushes += 1
        self._pieces = []
        self._linked = 0
