"""What every output for people shares: text made safe to show, and the shape of an article."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.document import BlockKind, Location
from claimcheck.labels import LABEL_WORDS
from claimcheck.report import Report, ScoredSentence

_KEEP = {"\n", "\t"}
_DIRECTION_OVERRIDES = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block to show: pieces of text in order, each with its sentence where it is one."""

    kind: BlockKind
    pieces: tuple[tuple[str, ScoredSentence | None], ...]


def shown_blocks(report: Report) -> Iterator[ShownBlock]:
    """Yield the blocks of an article with all their text, marked and unmarked."""
    sentences = iter(report.sentences)
    sentence = next(sentences, None)
    for index, block in enumerate(report.blocks):
        pieces: list[tuple[str, ScoredSentence | None]] = []
        position = block.start
        while sentence is not None and sentence.block == index:
            if sentence.start > position:
                pieces.append((report.text[position : sentence.start], None))
            pieces.append((sentence.text, sentence))
            position = sentence.end
            sentence = next(sentences, None)
        if position < block.end:
            pieces.append((report.text[position : block.end], None))
        yield ShownBlock(block.kind, tuple((displayable(t), s) for t, s in pieces))


def displayable(text: str) -> str:
    """Return text that cannot move the cursor, recolour a terminal or turn the line around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "�" if unicodedata.category(c) in ("Cc", "Cs") and c not in _KEEP else c
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if c not in _DIRECTION_OVERRIDES
    )


def one_line(text: str) -> str:
    """Return displayable text with every run of white space as one space."""
    return displayable(" ".join(text.split()))


def word_pieces(sentence: ScoredSentence) -> Iterator[tuple[str, bool]]:
    """Yield the text of a sentence in pieces, each with whether it carried the label."""
    position = sentence.start
    for word in sentence.words:
        start, end = max(word.start, position), min(word.end, sentence.end)
        if start >= end:
            continue
        if start > position:
            yield _piece(sentence, position, start), False
        yield _piece(sentence, start, end), True
        position = end
    if position < sentence.end:
        yield _piece(sentence, position, sentence.end), False


def _piece(sentence: ScoredSentence, start: int, end: int) -> str:
    return displayable(sentence.text[start - sentence.start : end - sentence.start])


def symbol(sentence: ScoredSentence) -> str:
    """Return the mark of its label, with a question mark where the label is a guess."""
    return LABEL_WORDS[sentence.label].symbol + ("?" if sentence.unsure else "")


def why(sentence: ScoredSentence) -> str:
    """Return why it has its label, without a full stop: its reasons, or what the label means."""
    return (sentence.why or LABEL_WORDS[sentence.label].meaning).rstrip(".")


def cause(sentence: ScoredSentence) -> str:
    """Return why it has its label and the words that carried it, without a full stop."""
    words = ", ".join(f"“{one_line(text)}”" for text, carried in word_pieces(sentence) if carried)
    return f"{why(sentence)}: {words}" if words else why(sentence)


def explanation(sentence: ScoredSentence) -> str:
    """Return what is to be said of it, in whole sentences: its cause, and what to do about it."""
    return f"{cause(sentence)}. {sentence.advice}".rstrip()


def certainty(sentence: ScoredSentence) -> str:
    """Return how sure the label is, in words: ``98% sure``, or ``unsure, 41%``."""
    share = percent(sentence.confidence)
    return f"unsure, {share}" if sentence.unsure else f"{share} sure"


def place(location: Location) -> str:
    """Return where something stands, in words; empty where that is not known."""
    if location.line is not None:
        return f"line {location.line}"
    if location.paragraph is not None:
        return f"paragraph {location.paragraph}"
    return f"page {location.page}" if location.page is not None else ""


def percent(share: float) -> str:
    """Return a share from 0 to 1 as whole percent."""
    return f"{share:.0%}"
