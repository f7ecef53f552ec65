"""Markdown: a report to paste into a ticket or a message.

Whatever comes from the article is escaped: it can neither format anything nor link nor call
anyone.
"""

import re
from collections.abc import Iterator, Sequence

from claimcheck.document import BlockKind
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.rendering.display import (
    ShownBlock,
    cause,
    certainty,
    one_line,
    percent,
    place,
    shown_blocks,
    symbol,
)
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

_INLINE = re.compile(r"([\\`*_{}\[\]<>&~|$!^#])")
_LINE_START = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+=:])")
_LINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(?=:)|(www)(?=\.)")
# A ticket system would make "@name" call somebody and "#1" name another ticket.
_CALL = re.compile(r"([@#])(?=\w)")
_WORD_JOINER = "\u2060"


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return one Markdown document (CommonMark) with every report in it."""
    return "\n".join(line for r in reports for line in _report(r, selection)).rstrip("\n") + "\n"


def _report(report: Report, selection: Selection) -> Iterator[str]:
    findings = selection.findings(report)
    yield from (f"# {escape(report.origin)}", "")
    for warning in report.warnings:
        yield from (f"> **Warning:** {escape(warning)}", "")
    yield from (_figures(report), "")
    if findings:
        yield from ("## What to mend", "")
        for number, sentence in enumerate(findings, 1):
            yield from _finding(number, sentence)
    yield from ("## The article", "")
    for block in shown_blocks(report):
        yield from (_block(block), "")


def _figures(report: Report) -> str:
    summary = report.summary
    counts = ", ".join(
        f"{escape(LABEL_WORDS[label].symbol)} {summary.counts[label]} "
        f"{LABEL_WORDS[label].title.lower()}"
        for label in (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED)
    )
    return (
        f"{summary.sentences} sentences, {summary.claims} health claims: {counts}. "
        f"**Overclaim rate: {percent(summary.overclaim_rate)} of claims.**"
    )


def _finding(number: int, sentence: ScoredSentence) -> Iterator[str]:
    about = ", ".join(filter(None, [certainty(sentence), place(sentence.location)]))
    indent = " " * len(f"{number}. ")
    yield f"{number}. **{escape(cause(sentence))}** ({about})"
    yield ""
    yield f"{indent}> {escape(sentence.text)}"
    yield ""
    if sentence.advice:
        yield from (f"{indent}{escape(sentence.advice)}", "")


def _block(block: ShownBlock) -> str:
    text = " ".join(_marked(*piece) for piece in block.pieces if piece[0].strip())
    match block.kind:
        case BlockKind.HEADING:
            return f"### {text}"
        case BlockKind.LIST_ITEM:
            return f"- {text}"
        case BlockKind.QUOTATION:
            return f"> {text}"
    return text


def _marked(text: str, sentence: ScoredSentence | None) -> str:
    if sentence is None or sentence.label is Label.NO_CLAIM:
        return escape(text)
    shown = escape(f"{symbol(sentence)} {text}")
    return f"**{shown}**" if sentence.label is Label.OVERCLAIMED else shown


def escape(text: str) -> str:
    """Return one line of Markdown that shows a text as it is, wherever in a line it stands."""
    escaped = _INLINE.sub(r"\\\1", one_line(text))
    escaped = _LINK.sub(lambda m: m.group() + _WORD_JOINER, escaped)
    escaped = _CALL.sub(lambda m: m.group() + _WORD_JOINER, escaped)
    return _LINE_START.sub(r"\1\\", escaped)
