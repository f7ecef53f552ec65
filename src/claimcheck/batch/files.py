"""Which files a batch is about: articles in every format, and files of records."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.reading import ENDINGS, expand

JSON_LINES = (".jsonl", ".jsonl.gz")
PARQUET = (".parquet",)
PARTS = ".parts"
"""How the folder ends that an unfinished batch keeps beside its result."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that some arguments name; they are listed anew each time, so that none are held.

    Attributes:
        arguments: files, folders and patterns.
        is_left_out: tells which of the files of a folder or a pattern are passed over; those
            that are named themselves never are.

    """

    arguments: Sequence[str]
    is_left_out: Callable[[Path], bool]

    def files(self) -> Iterator[Path]:
        """Yield each file once, in order: those of a folder sorted, with the folders below it.

        A file that is named itself is yielded as it is, whether it exists or not.

        Raises:
            InputError: where a folder cannot be listed, or it or a pattern holds no file to read.

        """
        if len(self.arguments) == 1:
            return self._files_of(self.arguments[0])
        # Only several arguments can name a file twice.
        return iter(dict.fromkeys(f for a in self.arguments for f in self._files_of(a)))

    def _files_of(self, argument: str) -> Iterator[Path]:
        named = Path(argument)
        found = _in_folder(named) if os.path.isdir(named) else iter(expand([argument]))  # noqa: PTH112 - Path.is_dir() fails on names that cannot be
        is_empty = True
        for file in found:
            if file == named or not self.is_left_out(file):
                is_empty = False
                yield file
        if is_empty:
            known = " ".join((*ENDINGS, *JSON_LINES, *PARQUET))
            raise InputError(f"{argument} holds no file that can be read: these are {known}")


def _in_folder(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and below in the order of their names, without hidden ones."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in listed)
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror}") from None
    for name, is_folder in entries:
        if name.startswith((".", "~$")):
            continue
        if is_folder and not _is_unfinished(name):
            yield from _in_folder(folder / name)
        elif not is_folder and name.lower().endswith((*ENDINGS, *JSON_LINES, *PARQUET)):
            yield folder / name


def _is_unfinished(name: str) -> bool:
    return name.endswith(tuple(ending + PARTS for ending in (*JSON_LINES, *PARQUET)))
