"""The command line. Exit 0: clean; 1: findings that were asked to fail; 2: something unread."""

import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from claimcheck import __version__
from claimcheck.commands.output import complain
from claimcheck.errors import ClaimcheckError

_COMMANDS = ("score", "diff", "batch", "baseline", "config")


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = import_module(f"claimcheck.commands.{cmd_name}").command
        return found


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", prog_name="claimcheck")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Mark, sentence by sentence, what a health article hedges, overclaims or supports."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line; whatever happens, a user sees a line and not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _tolerant(stream)
    try:
        code = cli.main(argv, prog_name="claimcheck", standalone_mode=False)
    except click.exceptions.Abort:
        complain("stopped")
        sys.exit(130)
    except click.UsageError as error:
        about = error.ctx.command_path if error.ctx else "claimcheck"
        complain(f"{error.format_message()} (see {about} --help)")
        sys.exit(2)
    except click.ClickException as error:
        complain(error.format_message())
        sys.exit(2)
    except ClaimcheckError as error:
        complain(error)
        sys.exit(2)
    except Exception as error:
        complain(f"gave up on a fault of its own ({type(error).__name__}: {error})")
        sys.exit(2)
    sys.exit(code)


def _tolerant(stream: Any) -> None:  # noqa: ANN401
    """Let a terminal that cannot show a character show a question mark instead."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
