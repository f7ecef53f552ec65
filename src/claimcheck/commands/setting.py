"""A setting: an option of the command line whose value may also stand in a configuration file."""

import math
from pathlib import Path
from typing import Any

import click

from claimcheck.config import Config
from claimcheck.errors import ClaimcheckError
from claimcheck.labels import Label
from claimcheck.manifest import SHIPPED


class Labels(click.ParamType):  # type: ignore[type-arg]  # generic in newer click only
    """Labels: a list in a file, separated by commas on the command line."""

    name = "labels"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> frozenset[Label]:
        """See click.ParamType."""
        if isinstance(value, frozenset):
            return value
        names = value.split(",") if isinstance(value, str) else value
        try:
            return frozenset(Label(name.strip()) for name in names)
        except (ValueError, AttributeError):
            self.fail(f"'{value}' is not made of {', '.join(Label)}", param, ctx)


class Number(click.FloatRange):
    """A number in a range; unlike click's, never one that is no number (nan) or endless."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """See click.ParamType."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


class Setting(click.Option):
    """An option that a configuration file may give."""

    @property
    def key(self) -> str:
        """Its name in a configuration file."""
        return next(o for o in self.opts if o.startswith("--")).removeprefix("--")

    @property
    def expected(self) -> str:
        """What its value must be in a file, in words."""
        if self.is_flag:
            return "true or false"
        match self.type:
            case Labels():
                return f"a list made of {', '.join(Label)}"
            case click.Choice(choices=choices):
                return f"one of {', '.join(choices)}"
            case click.IntRange(min=least):
                return f"a whole number from {least} on"
            case Number(min=least, max=None):
                return f"a number above {least:g}"
            case Number(min=least, max=most):
                return f"a number from {least:g} to {most:g}"
        return "text in quotation marks"

    def from_file(self, value: object, config: Config) -> Any:  # noqa: ANN401
        """Return the value that a file gives, checked; a path starts from the file's folder.

        Raises:
            ClaimcheckError: where it is of the wrong type or out of range.

        """
        try:
            if not self._has_right_type(value):
                raise click.BadParameter("")
            converted = self.type.convert(value, self, None)
        except click.BadParameter:
            shown = str(value).lower() if isinstance(value, bool) else repr(value)
            raise ClaimcheckError(
                f"{config.file}: {self.key} is {shown}, and must be {self.expected}"
            ) from None
        return self._placed(converted, config.folder)

    def _has_right_type(self, value: object) -> bool:
        if self.is_flag or isinstance(value, bool):
            return self.is_flag and isinstance(value, bool)
        match self.type:
            case Labels():
                return isinstance(value, str | list)
            case click.IntRange():
                return isinstance(value, int)
            case click.FloatRange():
                return isinstance(value, int | float)
        return isinstance(value, str)

    def _placed(self, value: Any, folder: Path) -> Any:  # noqa: ANN401
        is_path = isinstance(self.type, click.Path)
        if is_path or (self.name == "model" and _is_folder(value, folder)):
            return str(folder / value)
        return value


def _is_folder(model: str, folder: Path) -> bool:
    """Tell a folder with a model, from where the file stands, from the name of a shipped one."""
    return not (SHIPPED / model).is_dir() and (folder / model).is_dir()
