"""Every setting, defined once.

Its key in a configuration file is its name without the dashes. The command line beats the
environment, that beats the file, and that beats the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
from click.core import ParameterSource

from claimcheck.commands.setting import Labels, Number, Setting
from claimcheck.config import Config, check_keys
from claimcheck.labels import Label
from claimcheck.manifest import DEFAULT_MODEL
from claimcheck.reading import ReadOptions
from claimcheck.rendering import FORMATS

FAIL_ON: dict[str, frozenset[Label]] = {
    "none": frozenset(),
    "overclaimed": frozenset({Label.OVERCLAIMED}),
    "hedged": frozenset({Label.OVERCLAIMED, Label.HEDGED}),
}
REPORT_FILE = "report.html"
COMMAND_LINE = "command line"


def _setting(*names: str, **attributes: Any) -> Setting:  # noqa: ANN401
    attributes.setdefault("show_default", attributes.get("default") is not None)
    if isinstance(attributes.get("type"), click.IntRange | click.FloatRange):
        attributes.setdefault("metavar", "NUMBER")
    return Setting(names, **attributes)


_READING = ReadOptions()

INPUT_SETTINGS = (
    _setting(
        "--keep",
        type=click.Choice(["main", "all"]),
        default=_READING.keep,
        help="How much of a web page is read: its main text, or all of it.",
    ),
    _setting(
        "--timeout",
        type=Number(min=0, min_open=True),
        default=_READING.timeout,
        help="Seconds that a web address may take.",
    ),
    _setting(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=_READING.max_bytes,
        help="The largest input that is read.",
    ),
    _setting(
        "--ignore-comments/--no-ignore-comments",
        default=True,
        help="Leave out what stands between <!-- claimcheck: off --> and <!-- claimcheck: on -->, "
        "and the block after <!-- claimcheck: ignore-next -->.",
    ),
    _setting(
        "--skip-quotations/--no-skip-quotations",
        default=False,
        help="Leave out quotations: what others say is not the author's claim.",
    ),
    _setting("--model", default=DEFAULT_MODEL, help="A shipped model, or a folder."),
    _setting(
        "--threads",
        type=click.IntRange(min=1),
        envvar="CLAIMCHECK_THREADS",
        show_envvar=True,
        help="CPU threads.  [default: all]",
    ),
)
"""Settings of every command that reads and scores; their values are an InputSettings."""

SCORE_SETTINGS = (
    _setting(
        "-f",
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="full",
        help="What the result looks like; full is for the terminal.",
    ),
    _setting("-o", "--output", type=click.Path(), help="Write the result here, not to the screen."),
    _setting(
        "--report",
        type=click.Path(),
        help=f"Where --format full also writes the HTML report.  [default: {REPORT_FILE}]",
    ),
    _setting("--no-report", is_flag=True, help="Write no HTML report beside --format full."),
    _setting(
        "--show",
        type=Labels(),
        default="overclaimed",
        help="Labels of the sentences that are listed as findings, separated by commas.",
    ),
    _setting(
        "--fail-on",
        type=click.Choice(list(FAIL_ON)),
        default="none",
        help="Exit 1 where a sentence is labelled so, or worse.",
    ),
    _setting(
        "--max-overclaim-rate",
        type=Number(min=0, max=1),
        help="Exit 1 where a larger share of an article's claims is overclaimed, from 0 to 1.",
    ),
    _setting(
        "--min-confidence",
        type=Number(min=0, max=1),
        default=0.0,
        help="Neither list nor fail on a sentence said with less confidence, from 0 to 1.",
    ),
    _setting(
        "--baseline",
        type=click.Path(),
        help="Neither list nor fail on what this file, of `claimcheck baseline`, knows already.",
    ),
)
"""Settings of ``claimcheck score`` alone."""

SETTINGS = (*INPUT_SETTINGS, *SCORE_SETTINGS)


@dataclass(frozen=True, slots=True)
class InputSettings:
    """How inputs are read and scored."""

    keep: str
    timeout: float
    max_bytes: int
    ignore_comments: bool
    skip_quotations: bool
    model: str
    threads: int | None
    stdin_filename: str | None

    @property
    def reading(self) -> ReadOptions:
        """The part of it that readers take."""
        return ReadOptions(keep=self.keep, timeout=self.timeout, max_bytes=self.max_bytes)


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting's key, the value that it has in a run, and where that is from."""

    key: str
    value: Any
    source: str


def check_config(config: Config) -> None:
    """Refuse what is wrong in a configuration file, whichever command it is read for.

    Raises:
        ClaimcheckError: at the first key that is no setting, or value that is not allowed.

    """
    check_keys(config, [setting.key for setting in SETTINGS])
    for setting in SETTINGS:
        if setting.key in config.values:
            setting.from_file(config.values[setting.key], config)


def put_in_force(ctx: click.Context, config: Config) -> list[InForce]:
    """Give a command the file's values where nothing beats them; return all, with their origin."""
    return [
        _put_in_force(ctx, config, option)
        for option in ctx.command.params
        if isinstance(option, Setting)
    ]


def _put_in_force(ctx: click.Context, config: Config, setting: Setting) -> InForce:
    name = str(setting.name)
    source = "default"
    match ctx.get_parameter_source(name):
        case ParameterSource.COMMANDLINE:
            source = COMMAND_LINE
        case ParameterSource.ENVIRONMENT:
            source = str(setting.envvar)
        case _ if setting.key in config.values:
            ctx.params[name] = setting.from_file(config.values[setting.key], config)
            source = str(config.file)
    return InForce(setting.key, ctx.params[name], source)


def grouped(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command's parameters with those of InputSettings as one, named ``inputs``."""
    names = InputSettings.__dataclass_fields__
    inputs = InputSettings(**{name: params[name] for name in names})
    return {"inputs": inputs} | {k: v for k, v in params.items() if k not in names}
