"""Where the words of a Markdown paragraph stand in the file.

The parser says from which lines a paragraph was taken, and what its words are, but not where
each of them stands. Its tokens are in the order of the source, so this follows them through it:
every kind of token is a known piece of syntax at the place that has been reached. Words that are
not found there are kept, and have no place.
"""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from claimcheck.document import LINE_END
from claimcheck.reading.drafts import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

_NOTE = re.compile(r"\[\^[^\]]*\]")
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]", re.DOTALL)


class SourceLines:
    """The lines of a file as the parser counts them, each with its offset."""

    def __init__(self, source: str) -> None:
        self.source = source
        ends = list(LINE_END.finditer(source))
        self._starts = [0, *(end.end() for end in ends)]
        stops = [*(end.start() for end in ends), len(source)]
        # The parser replaces each NUL, and would make a line with one impossible to find.
        shown = source.replace("\0", "\ufffd")
        self._lines = [shown[a:b] for a, b in zip(self._starts, stops, strict=True)]

    def find(self, content: str, first: int, last: int) -> list[tuple[int, int]]:
        """Return where the lines of a paragraph's content stand.

        Args:
            content: the lines without the marks of quotations, lists and headings.
            first: the line of the file, from 0, where it begins.
            last: the line after its end.

        Returns:
            For each line that is found, its offset in the content and in the file, ascending.

        """
        places: list[tuple[int, int]] = []
        offset = 0
        number = first
        for line in content.split("\n"):
            words = line.strip()
            indent = len(line) - len(line.lstrip())
            for candidate in range(number, min(last, len(self._lines))):
                column = self._lines[candidate].rfind(words)
                if words and column >= 0:
                    places.append((offset + indent, self._starts[candidate] + column))
                    number = candidate + 1
                    break
            offset += len(line) + 1
        return places


class InlineMap:
    """The words of one inline token, in order, with their places in the file."""

    def __init__(self, token: "Token", lines: SourceLines) -> None:
        self._children = token.children or []
        self._content = token.content
        first, last = token.map or (0, 0)
        self._source = lines.source
        self._places = lines.find(token.content, first, last)
        self._at = 0  # how far the content has been followed
        self._links: list[bool] = []  # whether each open link is an address in angle brackets

    def pieces(self) -> list[Piece]:
        """Return the words, without notes and pictures; a line break is a piece of its own."""
        steps: dict[str, Callable[[Token], list[Piece]]] = {
            "text": self._text,
            "text_special": self._special,
            "code_inline": self._code,
            "softbreak": self._break,
            "hardbreak": self._break,
            "link_open": self._link_open,
            "link_close": self._link_close,
            "image": self._image,
            "footnote_ref": self._note,
        }
        return [p for token in self._children for p in steps.get(token.type, self._mark)(token)]

    # One step for each kind of token

    def _text(self, token: "Token") -> list[Piece]:
        return [self._taken(token.content, token.content)]

    def _special(self, token: "Token") -> list[Piece]:
        return [self._taken(token.content, token.markup)]

    def _code(self, token: "Token") -> list[Piece]:
        """Take code line by line: the parser makes a space of each line break in it."""
        self._skip(token.markup)
        start = self._content.replace("\n", " ").find(token.content, self._at)
        self._at = start if start >= 0 else self._at
        pieces: list[Piece] = []
        for line in self._content[self._at : self._at + len(token.content)].split("\n"):
            if pieces:
                pieces.append(Piece(" "))
                self._at += 1
            pieces.append(self._taken(line, line))
        self._skip(" ")
        self._skip("\n")
        self._skip(token.markup)
        return pieces if start >= 0 else [Piece(token.content)]

    def _break(self, token: "Token") -> list[Piece]:
        end = self._content.find("\n", self._at)
        self._at = end + 1 if end >= 0 else self._at
        while self._content[self._at : self._at + 1] in (" ", "\t"):
            self._at += 1
        return [Piece("\n" if token.type == "hardbreak" else " ")]

    def _link_open(self, token: "Token") -> list[Piece]:
        self._links.append(token.markup == "autolink")
        self._skip("<" if self._links[-1] else "[")
        return []

    def _link_close(self, token: "Token") -> list[Piece]:
        if self._links.pop():
            self._skip(">")
        else:
            self._skip("]")
            self._skip_target()
        return []

    def _image(self, token: "Token") -> list[Piece]:
        self._skip("![")
        self._skip(token.content + "]")
        self._skip_target()
        return []

    def _note(self, token: "Token") -> list[Piece]:
        found = _NOTE.match(self._content, self._at)
        self._at = found.end() if found else self._at
        return []

    def _mark(self, token: "Token") -> list[Piece]:
        """Pass what has no words of its own: raw tags, and the signs of emphasis."""
        self._skip(token.content or token.markup)
        return []

    # Moving on

    def _skip(self, syntax: str) -> None:
        if self._content.startswith(syntax, self._at):
            self._at += len(syntax)

    def _skip_target(self) -> None:
        """Pass what follows the words of a link: ``(address "title")``, ``[label]`` or nothing."""
        if self._content.startswith("(", self._at):
            end = _target_end(self._content, self._at + 1)
            if end is not None:
                self._at = end
                return
        label = _LABEL.match(self._content, self._at)
        self._at = label.end() if label else self._at

    def _taken(self, text: str, written: str) -> Piece:
        """Return the piece of some words that were written so, and move past them."""
        start = self._at
        if not self._content.startswith(written, start):
            return Piece(text)
        self._at += len(written)
        index = bisect_right(self._places, start, key=lambda place: place[0]) - 1
        if index < 0 or not written:
            return Piece(text)
        content_start, source_start = self._places[index]
        first = source_start + start - content_start
        if not self._source.startswith(written, first):
            return Piece(text)  # a line that was not found, or a NUL that the parser replaced
        return Piece(text, first, first + len(written))


def _target_end(content: str, start: int) -> int | None:
    """Return where an inline link ends whose parenthesis opened before start."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    size = len(content)
    position = _past_space(content, start)
    address = parseLinkDestination(content, position, size)
    if address.ok:
        position = address.pos
        after = _past_space(content, position)
        title = parseLinkTitle(content, after, size) if after > position else None
        position = title.pos if title and title.ok else after
    position = _past_space(content, position)
    return position + 1 if content.startswith(")", position) else None


def _past_space(content: str, position: int) -> int:
    while content[position : position + 1] in (" ", "\t", "\n"):
        position += 1
    return position
