"""``claimcheck config``: every setting that is in force, and where its value is from."""

import json
from collections.abc import Iterable, Iterator

import click

from claimcheck.commands.configured import IN_FORCE, ConfiguredCommand
from claimcheck.commands.options import SCORE_SETTINGS, InForce, InputSettings
from claimcheck.commands.output import deliver


@click.command("config", cls=ConfiguredCommand, settings=SCORE_SETTINGS)
@click.argument("paths", nargs=-1)
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[str, ...], inputs: InputSettings, **_: object
) -> int:
    """Print the settings in force for PATHS, and where each value is from.

    PATHS are as for `claimcheck score`; by default, the folder you are in. What is printed is
    TOML that a claimcheck.toml can hold.
    """
    deliver("".join(_lines(ctx.meta[IN_FORCE])), None)
    return 0


def _lines(settings: Iterable[InForce]) -> Iterator[str]:
    for setting in settings:
        if setting.value is None:
            yield f"# {setting.key} is not set\n"
        else:
            yield f"{setting.key} = {_toml(setting.value)}  # {setting.source}\n"


def _toml(value: object) -> str:
    """Return a value as TOML, whose scalars and lists of text are those of JSON."""
    plain = sorted(value) if isinstance(value, frozenset) else value
    return json.dumps(plain, ensure_ascii=False)
