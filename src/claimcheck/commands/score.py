"""``claimcheck score``: articles with their marks, in any format, and a verdict for a check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from claimcheck.baseline import load_baseline
from claimcheck.commands.configured import ConfiguredCommand
from claimcheck.commands.inputs import score_all
from claimcheck.commands.options import (
    FAIL_ON,
    REPORT_FILE,
    SCORE_SETTINGS,
    InputSettings,
)
from claimcheck.commands.output import complain, deliver, refuse_to_overwrite, say, write
from claimcheck.labels import Label
from claimcheck.rendering import renderer
from claimcheck.selection import Selection

if TYPE_CHECKING:
    from claimcheck.report import Report

BINARY = {"docx"}
"""Formats that no screen can show."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """What makes a check fail."""

    fail_on: str
    max_overclaim_rate: float | None
    selection: Selection


@click.command("score", cls=ConfiguredCommand, settings=SCORE_SETTINGS)
@click.argument("paths", nargs=-1, required=True)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    inputs: InputSettings,
    format_: str,
    output: str | None,
    report: str | None,
    no_report: bool,
    show: frozenset[Label],
    fail_on: str,
    max_overclaim_rate: float | None,
    min_confidence: float,
    baseline: str | None,
) -> int:
    """Score articles, print them with their marks and write report.html.

    PATHS are files, folders, patterns such as 'drafts/*.md', web addresses, or - for standard
    input. Exit code 0: clean; 1: findings that --fail-on or --max-overclaim-rate asked for; 2:
    something could not be read or run.
    """
    html = _html_report(ctx, format_, report, no_report)
    if format_ in BINARY and output is None:
        raise click.UsageError(f"--format {format_} needs a file to go to: add -o FILE")
    refuse_to_overwrite(paths, (output, html))
    known = load_baseline(Path(baseline)) if baseline else frozenset()
    shown = Selection(show, min_confidence, known)
    limits = _Limits(
        fail_on, max_overclaim_rate, Selection(FAIL_ON[fail_on], min_confidence, known)
    )
    reports, unread = score_all(paths, inputs)
    # Now it is also known which files a folder or a pattern stands for.
    refuse_to_overwrite((r.origin for r in reports), (output, html))
    if reports:
        _deliver(reports, shown, format_, output, html)
    left_out = sum(len(shown.left_out(r)) for r in reports)
    if left_out:
        say(f"Left out: {_counted(left_out, 'finding')} that {baseline} knows already")
    failures = list(_failures(reports, limits))
    for failure in failures:
        complain(failure)
    return 2 if unread else 1 if failures else 0


def _html_report(
    ctx: click.Context, format_: str, report: str | None, no_report: bool
) -> str | None:
    """Return where the HTML report goes, if there is to be one.

    Of --report and --no-report, one on the command line beats the other in a file.
    """
    named = ctx.get_parameter_source("report") is ParameterSource.COMMANDLINE
    refused = ctx.get_parameter_source("no_report") is ParameterSource.COMMANDLINE
    if named and (refused or format_ != "full"):
        raise click.UsageError("--report goes with --format full and without --no-report")
    if format_ != "full" or refused or (no_report and not named):
        return None
    return report or REPORT_FILE


def _deliver(
    reports: Sequence["Report"],
    shown: Selection,
    format_: str,
    output: str | None,
    html: str | None,
) -> None:
    """Write the files first, then the screen: a reader of the screen may go away."""
    if html is not None:
        write(html, renderer("html")(reports, shown))
        say(f"Report: {html}")
    if format_ == "full":
        deliver(_full(reports, shown, to_screen=output is None), output)
        return
    for report in reports:
        for warning in report.warnings:
            complain(f"{report.origin}: {warning}")
    deliver(renderer(format_)(reports, shown), output)


def _full(reports: Sequence["Report"], shown: Selection, to_screen: bool) -> str:
    """Return what the terminal shows, with colours where the screen has them."""
    from io import StringIO

    from rich.console import Console

    from claimcheck.rendering.terminal import show

    screen = Console() if to_screen else Console(file=StringIO(), width=100)
    text = StringIO()
    show(
        reports,
        Console(
            file=text,
            highlight=False,
            width=screen.width,
            force_terminal=screen.is_terminal,
            color_system=screen.color_system,  # type: ignore[arg-type]
        ),
        shown,
    )
    return text.getvalue()


def _failures(reports: Sequence["Report"], limits: _Limits) -> Iterator[str]:
    """Yield why the check fails, a line for each reason."""
    count = sum(len(limits.selection.findings(r)) for r in reports)
    if count:
        yield f"failed: {_counted(count, 'finding')} for --fail-on {limits.fail_on}"
    limit = limits.max_overclaim_rate
    for report in reports:
        rate = report.summary.overclaim_rate
        if limit is not None and rate > limit:
            yield (
                f"failed: {report.origin}: {rate:.1%} of the claims are overclaimed, "
                f"more than --max-overclaim-rate {limit:g}"
            )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
