"""The terminal: the article with its marks in place, then the figures, then what to mend."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from claimcheck.document import BlockKind
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.rendering.display import displayable, percent, shown_blocks
from claimcheck.report import Report, ScoredSentence

# Colour is never the only mark: every marked sentence also carries its symbol, and
# underlining tells the two that matter most apart on a monochrome terminal.
_STYLES = {
    Label.NO_CLAIM: "",
    Label.HEDGED: "blue",
    Label.OVERCLAIMED: "bold red underline",
    Label.SUPPORTED: "green",
}


def show(reports: Sequence[Report], console: Console) -> None:
    """Print reports to a console; colour, width and plain output are the console's business."""
    for report in reports:
        console.print(_view(report), soft_wrap=False)


def _view(report: Report) -> RenderableType:
    parts: list[RenderableType] = [Rule(Text(displayable(report.origin)), style="dim")]
    parts += [Text(f"Warning: {displayable(w)}", style="yellow") for w in report.warnings]
    parts.append(Text())
    blocks = list(shown_blocks(report))
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        parts.append(_block(block.kind, block.pieces))
        if following is None or not block.kind is following.kind is BlockKind.LIST_ITEM:
            parts.append(Text())
    parts += [_figures(report), Text()]
    if report.overclaims:
        parts += [Text("What to mend", style="bold"), *map(_finding, report.overclaims)]
    return Group(*parts)


def _block(kind: BlockKind, pieces: Sequence[tuple[str, ScoredSentence | None]]) -> RenderableType:
    text = Text("• " if kind is BlockKind.LIST_ITEM else "")
    for content, sentence in pieces:
        flat = content.replace("\n", " ")
        if sentence is None or sentence.label is Label.NO_CLAIM:
            text.append(flat)
            continue
        style = _STYLES[sentence.label]
        text.append(f"{LABEL_WORDS[sentence.label].symbol} ", style=style.replace("underline", ""))
        text.append(flat, style=style)
    if kind is BlockKind.HEADING:
        text.stylize("bold")
    return Padding(text, (0, 0, 0, 4 if kind is BlockKind.QUOTATION else 0))


def _figures(report: Report) -> Text:
    summary = report.summary
    text = Text(f"{summary.sentences} sentences, {summary.claims} health claims:", style="bold")
    for label in (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED):
        words = LABEL_WORDS[label]
        text.append("  ")
        text.append(
            f"{words.symbol} {summary.counts[label]} {words.title.lower()}",
            style=_STYLES[label].replace(" underline", ""),
        )
    text.append(f"\nOverclaim rate: {percent(summary.overclaim_rate)} of claims.")
    return text


def _finding(sentence: ScoredSentence) -> RenderableType:
    words = LABEL_WORDS[sentence.label]
    text = Text(displayable(" ".join(sentence.text.split())))
    text.append(f"\n{sentence.why}. ", style="bold")
    text.append(sentence.advice)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_row(Text(f"{words.symbol} {percent(sentence.confidence):>4}", style="bold red"), text)
    return Padding(grid, (0, 0, 1, 0))
