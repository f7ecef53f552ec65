"""HTML: one file with no request to anywhere, for reading, forwarding and printing.

Everything that comes from an article goes through jinja2's autoescaping. The page allows itself
nothing but its own style and script, which its content policy names by their hashes.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from claimcheck import __version__
from claimcheck.document import BlockKind
from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.rendering import display
from claimcheck.rendering.display import ShownBlock, displayable, percent, shown_blocks, word_pieces
from claimcheck.report import Report, ScoredSentence, summarize
from claimcheck.selection import OVERCLAIMS, Selection

SHOWN = (Label.OVERCLAIMED, Label.HEDGED, Label.SUPPORTED, Label.NO_CLAIM)
"""The order of the legend: what an editor looks for first comes first."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sentence as the page shows it.

    Attributes:
        sentence: what is said of it.
        number: its place among the sentences of its article, from 1.
        finding: its number in the list of findings; None where it is not listed.
        runs: its text in order, each stretch with whether it carried the label.

    """

    sentence: ScoredSentence
    number: int
    finding: int | None
    runs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks that stand together: the items of one list, or a single other block.

    Each block is its pieces in order: a sentence, or text that was not judged.
    """

    kind: BlockKind
    blocks: tuple[tuple[_Marked | str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Article:
    """What the templates need of one report."""

    report: Report
    title: str
    titled: bool  # its text begins with its title
    groups: tuple[_Group, ...]
    sentences: tuple[_Marked, ...]

    @property
    def findings(self) -> tuple[_Marked, ...]:
        return tuple(m for m in self.sentences if m.finding)

    @property
    def unlisted(self) -> int:
        """How many overclaims are marked in the text but not listed."""
        overclaims = (m for m in self.sentences if m.sentence.label is Label.OVERCLAIMED)
        return sum(m.finding is None for m in overclaims)


def render(reports: Sequence[Report], selection: Selection = OVERCLAIMS) -> str:
    """Return a whole HTML page with every report in it."""
    style, script = _inline("report.css"), _inline("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            articles=[_article(r, selection) for r in reports],
            total=summarize(s for r in reports for s in r.sentences),
            words=LABEL_WORDS,
            shown=SHOWN,
            version=__version__,
            style=style,
            script=script,
            policy=_policy(style, script),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("claimcheck.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "displayable": displayable,
        "doubt": _doubt,
        "percent": percent,
        "place": display.place,
        "symbol": display.symbol,
        "why": display.why,
    }
    return environment


def _inline(name: str) -> str:
    """Return one of the page's own files, to stand in the page as it is."""
    return files("claimcheck.rendering").joinpath("templates", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content policy under which nothing but these two can act or load."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def _article(report: Report, selection: Selection) -> _Article:
    listed = {s.start: n for n, s in enumerate(selection.findings(report), 1)}
    sentences = {
        s.start: _Marked(s, n, listed.get(s.start), tuple(word_pieces(s)))
        for n, s in enumerate(report.sentences, 1)
    }
    blocks = list(shown_blocks(report))
    titled = bool(blocks) and blocks[0].kind is BlockKind.HEADING
    title = "".join(text for text, _ in blocks[0].pieces) if titled else displayable(report.origin)
    groups = tuple(_groups(blocks, sentences))
    return _Article(report, title, titled, groups, tuple(sentences.values()))


def _groups(blocks: Sequence[ShownBlock], sentences: dict[int, _Marked]) -> list[_Group]:
    groups: list[_Group] = []
    for block in blocks:
        pieces = tuple(text if s is None else sentences[s.start] for text, s in block.pieces)
        joins = (
            groups and block.kind is BlockKind.LIST_ITEM and groups[-1].kind is BlockKind.LIST_ITEM
        )
        if joins:
            groups[-1] = _Group(block.kind, (*groups[-1].blocks, pieces))
        else:
            groups.append(_Group(block.kind, (pieces,)))
    return groups


def _doubt(sentence: ScoredSentence) -> str:
    """Return the two likeliest labels of a sentence with their shares, in words."""
    likeliest = sorted(sentence.scores, key=lambda label: -sentence.scores[label])[:2]
    return ", ".join(
        f"{percent(sentence.scores[label])} {LABEL_WORDS[label].title.lower()}"
        for label in likeliest
    )
