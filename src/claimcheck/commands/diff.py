"""``claimcheck diff``: what a new draft of an article changed for better or worse."""

import json
from collections.abc import Iterator
from textwrap import TextWrapper

import click

from claimcheck.commands.configured import ConfiguredCommand
from claimcheck.commands.inputs import score_drafts
from claimcheck.commands.options import InputSettings
from claimcheck.commands.output import complain, deliver, refuse_to_overwrite
from claimcheck.comparing import Change, ChangeKind, Comparison, compare
from claimcheck.labels import Label
from claimcheck.rendering.display import certainty, explanation, one_line, percent, symbol
from claimcheck.report import Report, ScoredSentence

WIDTH = 80
INDENT = " " * 8
_TITLES = {
    ChangeKind.NEW: "New",
    ChangeKind.GONE: "Gone",
    ChangeKind.RELABELLED: "Another label",
}


@click.command("diff", cls=ConfiguredCommand)
@click.argument("old")
@click.argument("new")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["full", "json"]),
    default="full",
    show_default=True,
    help="What the result looks like; full is for the terminal.",
)
@click.option("-o", "--output", type=click.Path(), help="Write the result here, not to the screen.")
@click.option(
    "--fail-on",
    type=click.Choice(["none", "worse"]),
    default="none",
    show_default=True,
    help="Exit 1 where NEW has more overclaims, or a higher overclaim rate.",
)
def command(
    old: str, new: str, inputs: InputSettings, format_: str, output: str | None, fail_on: str
) -> int:
    """Compare two drafts of an article.

    Lists the claims that are new, gone, or have another label, and says how the overclaim rate
    changed. OLD and NEW are each a file, a web address, or - for standard input.
    """
    refuse_to_overwrite((old, new), [output])
    drafts = score_drafts(old, new, inputs)
    comparison = compare(*drafts)
    for report in drafts:
        for warning in report.warnings:
            complain(f"{report.origin}: {warning}")
    deliver(_json(comparison) if format_ == "json" else _full(comparison), output)
    if comparison.is_worse and fail_on == "worse":
        complain("failed: the new draft is worse, and --fail-on is worse")
        return 1
    return 0


def _json(comparison: Comparison) -> str:
    return json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _full(comparison: Comparison) -> str:
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    """Yield what changed, a part for each kind of change, and then the figures."""
    old, new = comparison.old, comparison.new
    yield f"{one_line(old.origin)} → {one_line(new.origin)}"
    yield ""
    changes = [c for c in comparison.changes if _is_about_claim(c)]
    for kind, title in _TITLES.items():
        found = [c for c in changes if c.kind is kind]
        if found:
            yield f"{title} ({len(found)})"
            for change in found:
                yield from _change(change)
                yield ""
    if not changes:
        yield "No claim is new, gone or has another label."
        yield ""
    yield f"Overclaimed: {_figures(old)} → {_figures(new)}"
    yield f"Overclaim rate: {_rate(old)} → {_rate(new)} of claims."


def _is_about_claim(change: Change) -> bool:
    sentences = (change.old, change.new)
    return any(s is not None and s.label is not Label.NO_CLAIM for s in sentences)


def _change(change: Change) -> Iterator[str]:
    sentence = change.new or change.old
    if sentence is None:  # for the type checker: a change has a sentence
        return
    was = f"{symbol(change.old)} → " if change.old and change.new else ""
    yield from _wrapped(f"{was}{symbol(sentence)}", one_line(sentence.text))
    yield from _wrapped("", certainty(sentence))
    if change.old and change.new and one_line(change.old.text) != one_line(sentence.text):
        yield from _wrapped("", f"was: {one_line(change.old.text)}")
    if change.new and _is_overclaim(change.new):
        yield from _wrapped("", explanation(change.new))


def _is_overclaim(sentence: ScoredSentence) -> bool:
    return sentence.label is Label.OVERCLAIMED


def _wrapped(mark: str, text: str) -> list[str]:
    first = f"{mark:<{len(INDENT)}}"
    return TextWrapper(WIDTH, initial_indent=first, subsequent_indent=INDENT).wrap(text)


def _figures(report: Report) -> str:
    return f"{len(report.overclaims)} of {report.summary.claims}"


def _rate(report: Report) -> str:
    return percent(report.summary.overclaim_rate)
