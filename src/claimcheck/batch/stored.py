"""Files and folders by path or URI, on this machine and on every filesystem that Arrow knows."""

import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from claimcheck.batch.files import JSON_LINES, PARQUET, Inputs
from claimcheck.errors import ClaimcheckError, InputError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

RECORDS = (*JSON_LINES, *PARQUET)
"""How the names of files end that hold records."""

_BUFFER = 1 << 20
"""Bytes that are read from a filesystem at a time."""
_SECRET = re.compile(r"(?<=://)[^/@]*@")
"""A name and a password in a URI, which belong in no row."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of records, opened wherever it is needed.

    Attributes:
        shown: what rows and messages call it.
        location: a URI, or an absolute path that means the same on every machine that reads it.

    """

    shown: str
    location: str

    def __str__(self) -> str:
        return self.shown

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.shown.rsplit("/", 1)[-1]

    def open(self, mode: str = "rb") -> IO[bytes]:
        """Open it for reading in bytes.

        Raises:
            OSError: where it is missing or cannot be read.

        """
        filesystem, path = filesystem_of(self.location)
        raw: Any = filesystem.open_input_file(path)
        return io.BufferedReader(raw, _BUFFER)


def is_uri(name: str) -> bool:
    """Tell whether a name is a URI, such as ``s3://bucket/archive``, and no path."""
    return "://" in name


def filesystem_of(location: str) -> tuple["FileSystem", str]:
    """Return the filesystem that a URI or a path is on, and its path there.

    Raises:
        ClaimcheckError: where Arrow knows no such filesystem, or cannot reach it.

    """
    from pyarrow import fs

    if not is_uri(location):
        return fs.LocalFileSystem(), os.path.abspath(location)  # noqa: PTH100 - keeps links
    try:
        filesystem, path = fs.FileSystem.from_uri(location)
    except (OSError, ValueError) as error:
        raise ClaimcheckError(f"{shown(location)} is on no filesystem known: {error}") from None
    return filesystem, path


def shown(location: str) -> str:
    """Return a URI as people and rows may see it: without secrets and options."""
    return _SECRET.sub("", location.partition("?")[0]) if is_uri(location) else location


def record_files(
    arguments: Sequence[str], is_left_out: Callable[[Path], bool] = lambda file: False
) -> list[StoredFile]:
    """Return the files of records that paths, folders, patterns and URIs name, each once, in order.

    A file that is named itself is returned as it is, whether it exists or not.

    Raises:
        InputError: where a folder cannot be listed or holds none, or an input is no file of
            records.

    """
    found = [f for argument in arguments for f in _files_of(argument, is_left_out)]
    for file in found:
        if not file.name.lower().endswith(RECORDS):
            raise InputError(
                f"{file} is no file of records ({' '.join(RECORDS)}): --engine local reads it"
            )
    return list(dict.fromkeys(found))


def _files_of(argument: str, is_left_out: Callable[[Path], bool]) -> Iterator[StoredFile]:
    if is_uri(argument):
        yield from _files_at(argument)
        return
    for file in Inputs([argument], is_left_out).files():
        yield StoredFile(str(file), os.path.abspath(file))  # noqa: PTH100 - keeps links


def _files_at(uri: str) -> Iterator[StoredFile]:
    """Yield the file at a URI, or those of records in the folder there and below, sorted."""
    from pyarrow import fs

    filesystem, path = filesystem_of(uri)
    try:
        is_folder = filesystem.get_file_info(path).type == fs.FileType.Directory
        infos = filesystem.get_file_info(fs.FileSelector(path, recursive=True)) if is_folder else []
    except OSError as error:
        raise InputError(f"{shown(uri)} cannot be read: {error}") from None
    if not is_folder:
        yield StoredFile(shown(uri), uri)
        return
    base, mark, options = uri.partition("?")
    below = sorted(i.path[len(path.rstrip("/")) + 1 :] for i in infos if i.is_file)
    names = [n for n in below if n.lower().endswith(RECORDS) and not _is_hidden(n)]
    if not names:
        raise InputError(f"{shown(uri)} holds no file of records: {' '.join(RECORDS)}")
    for name in names:
        file = f"{base.rstrip('/')}/{name}"
        yield StoredFile(shown(file), file + mark + options)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "_")) for part in name.split("/"))
