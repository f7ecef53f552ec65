"""From a Document to its sentences, with exact offsets."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import sentencesplit

from claimcheck.document import Block, BlockKind, Document, Span

PIECE = 4_000
"""Characters given to the splitter at once: the good splitters are slower than linear."""

LONGEST = 40_000
"""Characters after which a run of text without any sentence end is cut all the same."""

_BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_UNBROKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w")
_LINE_BREAKS = dict.fromkeys(map(ord, "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_VITAMIN_END = re.compile(r"\b[Vv]itamins? (?:[A-EK]|B\d{1,2})\.\s+(?=[\"“‘(]?[A-Z])")
_INITIALS = re.compile(r"\b(?:U\.S|U\.K|E\.U|U\.N)\.\s*$")
_NAME_WORD = re.compile(
    r"(?!(?:The|They|This|These|Those|That|It|Its|He|She|We|You|I|In|On|At|A|An|And|But|So|If"
    r"|For|From|Of|To|By|As|Or|Yet|Not|No|Our|His|Her|Their|More|Most|Some|Many|Each|Here"
    r"|There|When|While|What|Who|Why|How|Now|Then|Also|After|Before|Since|Although|However)\b)"
    r"[A-Z]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: half-open character offsets into the document's text, and its block."""

    start: int
    end: int
    text: str
    kind: BlockKind
    block: int


class Splitter(Protocol):
    """Anything that finds sentence spans in a piece of text."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return half-open offsets, ordered and not overlapping; gaps may hold white space."""


class RuleSplitter:
    """English sentence boundaries by rule (the sentencesplit library).

    Two of its habits hurt in health articles and are mended here: it ends a sentence inside
    "the U.S. Food and Drug Administration", and it runs on after "take vitamin D. It helps".
    """

    def __init__(self) -> None:
        self._segmenter = sentencesplit.Segmenter(language="en")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """See Splitter."""
        spans: list[tuple[int, int]] = []
        # Where blocks end is already known, so a line break within one is only a space.
        for found in self._segmenter.segment_spans(text.translate(_LINE_BREAKS)):
            start = found.start
            if spans and _is_inside_name(text, spans[-1][1], start):
                start = spans.pop()[0]
            for vitamin in _VITAMIN_END.finditer(text, start, found.end):
                spans.append((start, vitamin.end()))
                start = vitamin.end()
            spans.append((start, found.end))
        return spans


def _is_inside_name(text: str, before: int, after: int) -> bool:
    """Tell whether a boundary stands between a country's initials and what they qualify."""
    initials = _INITIALS.search(text, max(0, before - 6), before)
    return initials is not None and _NAME_WORD.match(text, after) is not None


@cache
def _default_splitter() -> Splitter:
    return RuleSplitter()


def split_sentences(document: Document, splitter: Splitter | None = None) -> list[Sentence]:
    """Return the sentences of every block, in order.

    ``document.text[s.start:s.end] == s.text`` holds for each. White space at the ends of a
    sentence, pieces without a letter or digit, and what the document ignores, belong to no
    sentence.
    """
    splitter = splitter or _default_splitter()
    return [
        Sentence(start, end, document.text[start:end], block.kind, index)
        for index, block in enumerate(document.blocks)
        for start, end in _block_spans(document.text, block, splitter)
        if not _is_ignored(start, end, document.ignored)
    ]


def _is_ignored(start: int, end: int, ignored: Sequence[Span]) -> bool:
    """Tell whether a sentence touches an ignored part; the parts are ordered and apart."""
    index = bisect_left(ignored, end, key=lambda span: span.start)
    return index > 0 and ignored[index - 1].end > start


def _block_spans(text: str, block: Block, splitter: Splitter) -> Iterator[tuple[int, int]]:
    for piece_start, piece_end in _pieces(text, block):
        piece = text[piece_start:piece_end]
        position = 0
        for start, end in splitter.spans(piece):
            if not position <= start <= end <= len(piece):
                raise RuntimeError("the sentence splitter returned spans out of order")
            position = end
            yield from _trimmed(text, piece_start + start, piece_start + end)


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a very long block where a sentence surely ends."""
    start = block.start
    while block.end - start > PIECE:
        cut = _cut(text, start, block.end)
        yield start, cut
        start = cut
    if start < block.end:
        yield start, block.end


def _cut(text: str, start: int, end: int) -> int:
    """Return the last sure sentence end within a piece, or the first one after it.

    A text with no sentence end for LONGEST characters is cut there, at white space if it
    has any, and one with no white space for PIECE characters there: no splitter could do better,
    and slow ones would take minutes.
    """
    within = list(_BREAK.finditer(text, start, start + PIECE))
    if within:
        return within[-1].end()
    limit = min(end, start + LONGEST)
    for word in _UNBROKEN.finditer(text, start, limit):
        if word.end() - word.start() >= PIECE:
            return word.start() if word.start() > start else start + PIECE
    after = _BREAK.search(text, start + PIECE, limit)
    if after:
        return after.end()
    if limit == end:
        return end
    space = text.rfind(" ", start + PIECE, limit)
    return space + 1 if space >= 0 else limit


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _WORD.search(text, start, end):
        yield start, end
