"""Files on this machine: which ones are meant, and their bytes."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.reading.registry import ENDINGS, by_ending
from claimcheck.reading.source import ReadOptions, Source, refuse_large

_LOCKS = ("~$",)
"""How the names of the files begin that Word keeps beside a file that is open."""


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that paths, folders and patterns name, each once, in order.

    A folder stands for the files in it and below that have a known ending, sorted, without hidden
    ones; a pattern such as ``drafts/*.md`` or ``drafts/**/*.md`` for the files that it matches.
    A file that is named itself is returned as it is, whether it exists or not.

    Raises:
        InputError: where a folder cannot be listed, or it or a pattern holds no file to read.

    """
    return list(dict.fromkeys(file for path in paths for file in _files_of(path)))


def _files_of(path: str | Path) -> list[Path]:
    named = Path(path)
    if os.path.isdir(named):  # noqa: PTH112 - Path.is_dir() fails on names that cannot be
        files = sorted(_in_folder(named))
        if not files:
            raise InputError(f"{path} holds no file that can be read: {_listed(ENDINGS)}")
        return files
    if glob.has_magic(str(path)) and not os.path.lexists(named):
        matched = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - keeps the prefix
        files = [Path(match) for match in matched if not os.path.isdir(match)]  # noqa: PTH112
        files = [file for file in files if not file.name.startswith(_LOCKS)]
        if not files:
            raise InputError(f"{path} matches no file: check the pattern")
        return files
    return [named]


def _in_folder(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(where, name)
            if by_ending(path.suffix) and not name.startswith((".", *_LOCKS)):
                yield path


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename} cannot be read: {error.strerror}") from None


def load(path: Path, options: ReadOptions) -> Source:
    """Return the bytes of a file.

    Raises:
        InputError: where it is missing, a folder, not permitted or too large.

    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: name the files in it")
        with path.open("rb") as file:
            refuse_large(str(path), os.fstat(file.fileno()).st_size, options.max_bytes)
            data = file.read(options.max_bytes + 1)  # a pipe has no size that could be asked
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: check the name") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{path} cannot be read: {reason}") from None
    refuse_large(str(path), len(data), options.max_bytes)
    return Source(data, str(path))


def _listed(endings: Iterable[str]) -> str:
    return "these endings are known: " + " ".join(endings)
