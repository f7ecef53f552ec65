"""Articles scored by hand, so that what renderers show needs no model."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from claimcheck.document import Block, BlockKind, Document, Locator, Span
from claimcheck.labels import Label, Reason
from claimcheck.report import Report, ScoredSentence
from claimcheck.segment import split_sentences

EVIL = '<script>alert("x")</script> & \x1b[31m'


@dataclass(frozen=True)
class Line:
    """A block of one or more sentences, one after the other, that bear the same label."""

    text: str
    label: Label = Label.NO_CLAIM
    reasons: tuple[Reason, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    unsure: bool = False
    words: str = ""


def sentence(text, start, block, kind, label, reasons=(), unsure=False, words=()):
    scores = dict.fromkeys(Label, 0.1) | {label: 0.7}
    end = start + len(text)
    return ScoredSentence(
        text, start, end, kind, block, label, 0.7, scores, reasons, label, 1, unsure, words
    )


def article(*lines: Line, origin: str = "tea.txt", warnings: tuple[str, ...] = ()) -> Report:
    """Return the report of a plain text with one sentence in each line."""
    text, blocks, sentences = "", [], []
    for index, line in enumerate(lines):
        start = len(text)
        blocks.append(Block(line.kind, start, start + len(line.text)))
        words = ()
        if line.words:
            at = start + line.text.index(line.words)
            words = (Span(at, at + len(line.words)),)
        sentences.append(
            sentence(
                line.text, start, index, line.kind, line.label, line.reasons, line.unsure, words
            )
        )
        text += line.text + "\n"
    locator = Locator(Document(text, tuple(blocks)))
    placed = tuple(replace(s, location=locator.locate(s.start, blocks[s.block])) for s in sentences)
    return Report(text, origin, tuple(blocks), placed, warnings, "model 1")


def scored(document: Document, overclaims: Collection[str]) -> Report:
    """Return the report of a document in which the sentences with these texts are overclaims."""
    locator = Locator(document)
    sentences = tuple(
        replace(
            sentence(
                s.text,
                s.start,
                s.block,
                s.kind,
                Label.OVERCLAIMED if s.text in overclaims else Label.NO_CLAIM,
            ),
            location=locator.locate(s.start, document.blocks[s.block]),
        )
        for s in split_sentences(document)
    )
    missing = set(overclaims) - {s.text for s in sentences}
    assert not missing, f"not among {[s.text for s in sentences]}: {missing}"
    return Report(
        document.text, document.origin, document.blocks, sentences, (), "model 1", document.markup
    )


TEA = (
    Line("How tea works", kind=BlockKind.HEADING),
    Line("Tea cures all ills.", Label.OVERCLAIMED, (Reason.ABSOLUTE,), words="cures all"),
    Line("Tea may soothe.", Label.HEDGED, kind=BlockKind.LIST_ITEM),
    Line("Tea contains caffeine.", Label.SUPPORTED, kind=BlockKind.QUOTATION),
    Line(
        "Clearly, tea lifts the mood.",
        Label.OVERCLAIMED,
        (Reason.CERTAINTY, Reason.CAUSAL),
        unsure=True,
    ),
)
