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
from claimcheck.selection import OVERCLAIMS

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
    type=click.Path(),
    help=f"Where --format full also writes the HTML report.  [default: {REPORT_FILE}]",
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
    report: str | None,
    no_report: bool,
    fail_on: str,
    model: str,
    threads: int | None,
) -> int:
    """Score articles, print them with their marks and write report.html.

    FILE is a plain-text file, or - for standard input.
    """
    if report is not None and (format_ != "full" or no_report):
        raise click.UsageError("--report goes with --format full and without --no-report")
    from claimcheck.scoring import Scorer

    reports, unread = _score_all(Scorer(model=model, threads=threads), paths)
    if reports:
        html = None if no_report or format_ != "full" else report or REPORT_FILE
        _deliver(reports, format_, output, html)
    findings = sum(s.label in FAIL_ON[fail_on] for r in reports for s in r.sentences)
    return 2 if unread else 1 if findings else 0


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
        if sys.stdin is None:
            raise InputError("standard input is closed: name a file")
        return scorer.score_document(from_bytes(sys.stdin.buffer.read(), "<stdin>"))
    return scorer.score_path(path)


def _deliver(
    reports: Sequence["Report"], format_: str, output: str | None, html: str | None
) -> None:
    """Write the files first, then the screen: a reader of the screen may go away."""
    if html is not None:
        _write(html, renderer("html")(reports, OVERCLAIMS))
        click.echo(f"Report: {html}", err=True)
    if format_ != "full":
        for report in reports:
            for warning in report.warnings:
                _complain(f"{report.origin}: {warning}")
        result = renderer(format_)(reports, OVERCLAIMS)
    else:
        result = _shown(reports, to_screen=output is None)
    if output is not None:
        _write(output, result)
    elif sys.stdout is not None:
        _print(result if isinstance(result, str) else result.decode())


def _shown(reports: Sequence["Report"], to_screen: bool) -> str:
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
    )
    return text.getvalue()


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away, as `head` does; what is left to write goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ClaimcheckError(f"cannot write to the screen: {error.strerror}") from None


def _write(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all, so that an old report is never half replaced."""
    target = Path(path).resolve()
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    partial = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device is written to, never replaced
            return
        partial.write_bytes(data)
        partial.replace(target)
    except (OSError, ValueError) as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        raise ClaimcheckError(f"cannot write {path or 'to an empty name'}: {reason}") from None


def _complain(error: object) -> None:
    line = " ".join(str(error).split())
    click.echo(f"claimcheck: {line}", err=True)


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line; whatever happens, a user sees a line and not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _tolerant(stream)
    try:
        code = cli.main(argv, standalone_mode=False)
    except click.exceptions.Abort:
        _complain("stopped")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ClaimcheckError as error:
        _complain(error)
        sys.exit(2)
    except Exception as error:
        _complain(f"gave up on a fault of its own ({type(error).__name__}: {error})")
        sys.exit(2)
    sys.exit(code)


def _tolerant(stream: Any) -> None:  # noqa: ANN401
    """Let a terminal that cannot show a character show a question mark instead."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
