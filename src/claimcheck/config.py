"""The configuration file: where it is looked for, and what stands in it.

It is ``claimcheck.toml``, or the table ``[tool.claimcheck]`` of a ``pyproject.toml``. The file
closest to the input wins, upwards from its folder, and files are never merged. What the keys
mean is the business of the command line, whose options they are.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from claimcheck.errors import ClaimcheckError

OWN_FILE = "claimcheck.toml"
SHARED_FILE = "pyproject.toml"
TABLE = ("tool", "claimcheck")


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says. ``file`` is None where there is no such file."""

    file: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that relative paths in it start from."""
        return self.file.parent if self.file else Path()


def find_config(folders: Iterable[Path]) -> Config:
    """Return the configuration of inputs that lie in some folders.

    Raises:
        ClaimcheckError: where it cannot be read, or the folders have different ones.

    """
    configs = {config.file: config for config in map(_closest, dict.fromkeys(folders))}
    if len(configs) > 1:
        files = " and ".join(str(file) if file else "no configuration file" for file in configs)
        raise ClaimcheckError(
            f"the inputs come under different configuration, {files}: score them apart, or "
            "choose with --config or --no-config"
        )
    return next(iter(configs.values()), Config())


def load_config(file: Path) -> Config:
    """Return the configuration in a file that was named.

    Raises:
        ClaimcheckError: where it cannot be read or holds none.

    """
    values = _table_in(file)
    if values is None:
        raise ClaimcheckError(f"{file} has no table [{'.'.join(TABLE)}]: add it")
    return Config(file, values)


def check_keys(config: Config, known: Iterable[str]) -> None:
    """Refuse a key that is no setting, and name the nearest one that is.

    Raises:
        ClaimcheckError: at the first such key.

    """
    known = list(known)
    for key in config.values:
        if key in known:
            continue
        near = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"settings are {', '.join(sorted(known))}"
        raise ClaimcheckError(f"{config.file}: '{key}' is not a setting; {hint}")


def _closest(folder: Path) -> Config:
    """Return the configuration in a folder, or else in the closest folder above it."""
    start = folder.absolute()
    for place in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            file = place / name
            # A pyproject.toml without the table belongs to somebody else: look further up.
            values = _table_in(file) if _exists(file) else None
            if values is not None:
                return Config(file, values)
    return Config()


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False  # below an input whose name no file can have: the reader says so


def _table_in(file: Path) -> Mapping[str, Any] | None:
    """Return the settings in a file, None where a shared file holds none."""
    try:
        found = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ClaimcheckError(f"{file} does not exist: check the name") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ClaimcheckError(f"{file} cannot be read: {reason}") from None
    except (ValueError, RecursionError) as error:  # a number of 5000 digits is a plain ValueError
        raise ClaimcheckError(f"{file} is not valid TOML: {error}") from None
    if file.name != SHARED_FILE:
        return found
    table: Any = found
    for part in TABLE:
        table = table.get(part) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ClaimcheckError(f"{file}: [{'.'.join(TABLE)}] must be a table")
    return table
