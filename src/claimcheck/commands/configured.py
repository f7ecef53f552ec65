"""A command with settings: its options, and the configuration file that belongs to its inputs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from claimcheck.commands.options import (
    INPUT_SETTINGS,
    check_config,
    grouped,
    put_in_force,
)
from claimcheck.commands.setting import Setting
from claimcheck.config import Config, find_config, load_config
from claimcheck.reading import is_address

IN_FORCE = "claimcheck.in_force"
"""Where the context of a command keeps its settings with their origin, a list of InForce."""

STDIN = "-"


class ConfiguredCommand(click.Command):
    """A command whose arguments are inputs, and whose settings a file may give.

    Its function gets the settings of every input as one argument, ``inputs``.
    """

    def __init__(self, *args: Any, settings: Sequence[Setting] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.params += [*settings, *INPUT_SETTINGS, *_plain_options()]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """See click.Command."""
        config = self._config(ctx)
        check_config(config)
        ctx.meta[IN_FORCE] = put_in_force(ctx, config)
        ctx.params = grouped(ctx.params)
        return super().invoke(ctx)

    def _config(self, ctx: click.Context) -> Config:
        named, none = ctx.params.pop("config"), ctx.params.pop("no_config")
        if named and none:
            raise click.UsageError("--config and --no-config exclude each other", ctx)
        if named:
            return load_config(Path(named))
        if none:
            return Config()
        inputs = _texts(ctx.params[str(p.name)] for p in self.params if _is_argument(p))
        folders = [_folder_of(i, ctx.params["stdin_filename"]) for i in inputs]
        return find_config(folders or [Path()])


def _plain_options() -> Iterator[click.Option]:
    yield click.Option(
        ["--stdin-filename"],
        help="The name of what standard input holds: its ending says the format.",
    )
    yield click.Option(
        ["--config"],
        type=click.Path(),
        help="A configuration file.  [default: the closest claimcheck.toml, or pyproject.toml "
        "with a table tool.claimcheck, upwards from the inputs]",
    )
    yield click.Option(["--no-config"], is_flag=True, help="Read no configuration file.")


def _is_argument(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


def _texts(values: Iterable[str | tuple[str, ...]]) -> Iterator[str]:
    for value in values:
        yield from (value,) if isinstance(value, str) else value


def _folder_of(argument: str, stdin_filename: str | None) -> Path:
    """Return the folder whose configuration an input comes under."""
    if is_address(argument):
        return Path()
    path = Path(stdin_filename or STDIN) if argument == STDIN else Path(argument)
    try:
        return path if path.is_dir() else path.parent
    except (OSError, ValueError):
        return path.parent
