"""The command line. Exit 0: clean; 1: findings that were asked to fail; 2: something unread."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from claimcheck import __version__
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.rendering import FORMATS, renderer

if TYPE_CHECKING:
    from claimcheck.report import Report
    from claimcheck.scoring import Scorer

FAIL_ON = {"none": (), "overclaimed": ("overclaimed",), "hedged": ("overclaimed", "hedged")}
REPORT_FILE = "report.html"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="claimcheck")
def cli() -> None:
    """Mark, sentence by sentence, what a health article hedges, overclaims or supports."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), default="full", show_default=True
)
@click.option("-o", "--output", type=click.Path(), help="Write the result here, not to the screen.")
@click.option(
    "--report",
    default=REPORT_FILE,
    show_default=True,
    type=click.Path(),
    help="Where --format full also writes the HTML report.",
)
@click.option("--no-report", is_flag=True, help="Write no HTML report beside --format full.")
@click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    default="none",
    show_default=True,
    help="Exit 1 where a sentence is labelled so, or worse.",
)
@click.option("--model", default="default", show_default=True, help="A shipped model, or a folder.")
@click.option("--threads", type=click.IntRange(min=1), help="CPU threads (default: all).")
def score(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    report: str,
    no_report: bool,
    fail_on: str,
    model: str,
    threads: int | None,
) -> None:
    """Score articles, print them with their marks and write report.html.

    FILE is a plain-text file, or - for standard input.
    """
    from claimcheck.scoring import Scorer

    reports, unread = _score_all(Scorer(model=model, threads=threads), paths)
    if reports:
        _deliver(reports, format_, output, None if no_report else report)
    findings = sum(s.label in FAIL_ON[fail_on] for r in reports for s in r.sentences)
    sys.exit(2 if unread else 1 if findings else 0)


def _score_all(scorer: "Scorer", paths: Sequence[str]) -> tuple[list["Report"], int]:
    """Score every input that can be read; say of each other one why not, and go on."""
    reports: list[Report] = []
    unread = 0
    for path in paths:
        try:
            reports.append(_score_one(scorer, path))
        except InputError as error:
            _complain(error)
            unread += 1
    return reports, unread


def _score_one(scorer: "Scorer", path: str) -> "Report":
    from claimcheck.reading.text import from_bytes

    if path == "-":
        return scorer.score_document(from_bytes(sys.stdin.buffer.read(), "<stdin>"))
    return scorer.score_path(path)


def _deliver(
    reports: Sequence["Report"], format_: str, output: str | None, html: str | None
) -> None:
    for report in reports:
        for warning in report.warnings:
            if format_ != "full":
                click.echo(f"claimcheck: {report.origin}: {warning}", err=True)
    if format_ != "full":
        _emit(renderer(format_)(reports), output)
        return
    _show(reports, output)
    if html is not None:
        _write(html, renderer("html")(reports))
        click.echo(f"Report: {html}", err=True)


def _show(reports: Sequence["Report"], output: str | None) -> None:
    from rich.console import Console

    from claimcheck.rendering.terminal import show

    if output is None:
        show(reports, Console(highlight=False))
        return
    from io import StringIO

    text = StringIO()
    show(reports, Console(file=text, highlight=False, width=100))
    _write(output, text.getvalue())


def _emit(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text.rstrip("\n") + "\n")
    else:
        _write(output, text.rstrip("\n") + "\n")


def _write(path: str, text: str) -> None:
    """Write a file whole or not at all, so that an old report is never half replaced."""
    target = Path(path)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8", errors="replace")
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ClaimcheckError(f"cannot write {path}: {error.strerror}") from None


def _complain(error: object) -> None:
    line = " ".join(str(error).split())
    click.echo(f"claimcheck: {line}", err=True)


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line; whatever happens, a user sees a line and not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _tolerant(stream)
    try:
        cli.main(argv, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _complain("stopped")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ClaimcheckError as error:
        _complain(error)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does: no error, but no further output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (MemoryError, RecursionError, OSError) as error:
        _complain(f"gave up: {type(error).__name__} {error}")
        sys.exit(2)
    sys.exit(0)


def _tolerant(stream: Any) -> None:  # noqa: ANN401
    """Let a terminal that cannot show a character show a question mark instead."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
