"""The terminal: the article with its marks in place, then the figures, then what to mend."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimcheck.document import BlockKind
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.rendering.display import (
    cause,
    displayable,
    one_line,
    percent,
    place,
    shown_blocks,
    symbol,
    word_pieces,
)
from claimcheck.report import Report, ScoredSentence
from claimcheck.selection import OVERCLAIMS, Selection

# Colour is never the only mark: every marked sentence also carries its symbol, and
# underlining tells the two that matter most apart on a monochrome terminal.
_STYLES = {
    Label.NO_CLAIM: "",
    Label.HEDGED: "blue",
    Label.OVERCLAIMED: "red underline",
    Label.SUPPORTED: "green",
}
_WORDS = "bold underline2"
"""What the words that carried a label are marked with besides; bold where 2 lines are not known."""


def show(reports: Sequence[Report], console: Console, selection: Selection = OVERCLAIMS) -> None:
    """Print reports to a console; colour, width and plain output are the console's business.

    The article is marked with every label; what to mend are the findings of the selection.
    """
    for report in reports:
        for part in _view(report, selection):
            console.print(part, soft_wrap=False)


def _view(report: Report, selection: Selection) -> Iterator[RenderableType]:
    yield Rule(Text(displayable(report.origin)), style="dim")
    yield from (Text(f"Warning: {displayable(w)}", style="yellow") for w in report.warnings)
    yield Text()
    blocks = list(shown_blocks(report))
    for block, following in zip_longest(blocks, blocks[1:]):
        yield _block(block.kind, block.pieces)
        if following is None or not block.kind is following.kind is BlockKind.LIST_ITEM:
            yield Text()
    yield from (_figures(report), Text())
    findings = selection.findings(report)
    if findings:
        yield Text("What to mend", style="bold")
        yield from map(_finding, findings)


def _block(kind: BlockKind, pieces: Sequence[tuple[str, ScoredSentence | None]]) -> RenderableType:
    text = Text("• " if kind is BlockKind.LIST_ITEM else "")
    for content, sentence in pieces:
        if sentence is None or sentence.label is Label.NO_CLAIM:
            text.append(content.replace("\n", " "))
        else:
            text.append_text(_marked(sentence))
    if kind is BlockKind.HEADING:
        text.stylize("bold")
    return Padding(text, (0, 0, 0, 4 if kind is BlockKind.QUOTATION else 0))


def _marked(sentence: ScoredSentence) -> Text:
    """Return a sentence behind its symbol, the words that carried its label marked stronger."""
    style = _STYLES[sentence.label]
    text = Text()
    text.append(f"{symbol(sentence)} ", style=_plain(sentence.label))
    for piece, carried in word_pieces(sentence):
        text.append(piece.replace("\n", " "), style=f"{style} {_WORDS}" if carried else style)
    return text


def _plain(label: Label) -> str:
    """Return the style of what names a label and is no part of the article."""
    return _STYLES[label].replace("underline", "bold")


def _figures(report: Report) -> Text:
    summary = report.summary
    text = Text(f"{summary.sentences} sentences, {summary.claims} health claims:", style="bold")
    for label in (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED):
        words = LABEL_WORDS[label]
        text.append("  ")
        text.append(
            f"{words.symbol} {summary.counts[label]} {words.title.lower()}",
            style=_plain(label),
        )
    text.append(f"\nOverclaim rate: {percent(summary.overclaim_rate)} of claims.")
    if any(s.unsure for s in report.sentences):
        text.append("\nA question mark behind a symbol: the label is a guess.")
    return text


def _finding(sentence: ScoredSentence) -> RenderableType:
    text = Text(one_line(sentence.text))
    text.append(f"\n{cause(sentence)}. ", style="bold")
    text.append(sentence.advice)
    where = place(sentence.location)
    if where:
        text.append(f" ({where})", style="dim")
    grid = Table.grid(padding=(0, 2, 0, 0))
    mark = Text(
        f"{symbol(sentence):<2} {percent(sentence.confidence):>4}", style=_plain(sentence.label)
    )
    grid.add_row(mark, text)
    return Padding(grid, (0, 0, 1, 0))
