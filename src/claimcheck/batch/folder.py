"""The folder of Parquet files that a batch on a cluster writes."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from claimcheck.batch.files import PARQUET
from claimcheck.batch.stored import StoredFile, filesystem_of, is_uri, shown
from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

SUCCESS = "_SUCCESS"
"""An empty file that says, as in Hadoop and Spark, that the folder with it is complete."""
_PART = ".part"
"""How the name of a file ends that is being written."""


class ResultFolder:
    """A folder at a path or a URI, the same for every machine that writes into it."""

    def __init__(self, location: str) -> None:
        self.location = location if is_uri(location) else os.path.abspath(location)  # noqa: PTH100
        self.shown = shown(location)

    def holds(self, file: StoredFile) -> bool:
        """Tell whether a file is in it, or below."""
        folder, path = _comparable(self.location), _comparable(file.location)
        return path.startswith(folder.rstrip("/") + "/")

    def prepare(self, overwrite: bool) -> None:
        """Make it an empty folder.

        Raises:
            ClaimcheckError: where something is there already, and is to stay or is no result.

        """
        from pyarrow import fs

        filesystem, path = filesystem_of(self.location)
        with self._writing():
            info = filesystem.get_file_info(path)
            if info.type == fs.FileType.File:
                raise ClaimcheckError(f"{self.shown} is a file: --engine ray writes a folder")
            if info.type == fs.FileType.Directory:
                self._empty(filesystem, path, overwrite)
            filesystem.create_dir(path, recursive=True)

    def _empty(self, filesystem: "FileSystem", path: str, overwrite: bool) -> None:
        from pyarrow import fs

        infos = filesystem.get_file_info(fs.FileSelector(path))
        if infos and not overwrite:
            raise ClaimcheckError(
                f"{self.shown} exists: choose another, or replace it (--overwrite)"
            )
        other = next((i for i in infos if not _is_of_a_result(i.base_name)), None)
        if other is not None:
            raise ClaimcheckError(
                f"{self.shown} holds more than a result ({other.base_name}): choose another"
            )
        for info in infos:
            filesystem.delete_file(info.path)

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Write one of its files, whole or not at all; what had that name is replaced."""
        filesystem, path = filesystem_of(self.location)
        with self._writing():
            if _shows_what_is_unfinished(filesystem):
                partial = f"{path}/.{uuid4().hex}{_PART}"
                filesystem.create_dir(path, recursive=True)
                _write(filesystem, partial, data)
                filesystem.move(partial, f"{path}/{name}")
            else:
                _write(filesystem, f"{path}/{name}", data)

    def finish(self, names: Iterable[str]) -> None:
        """Mark it as complete, if it is, and clear away what a lost machine left unfinished.

        Raises:
            ClaimcheckError: where files are missing that were written.

        """
        from pyarrow import fs

        filesystem, path = filesystem_of(self.location)
        expected = set(names)
        with self._writing():
            infos = filesystem.get_file_info(fs.FileSelector(path))
            missing = expected - {info.base_name for info in infos}
            if missing:
                raise ClaimcheckError(
                    f"{len(missing)} of {len(expected)} files of {self.shown} cannot be seen from "
                    "here: give an --output that all machines of the cluster share"
                )
            for info in infos:
                if info.base_name.endswith(_PART):
                    filesystem.delete_file(info.path)
        self.write(SUCCESS, b"")

    def _writing(self) -> "_Writing":
        return _Writing(self.shown)


def _comparable(location: str) -> str:
    return shown(location) if is_uri(location) else os.path.realpath(location)


def _is_of_a_result(name: str) -> bool:
    return name == SUCCESS or name.endswith((*PARQUET, _PART))


def _shows_what_is_unfinished(filesystem: "FileSystem") -> bool:
    """Tell a disk from an object store, which shows a file when it is complete."""
    return filesystem.type_name in ("local", "hdfs")


def _write(filesystem: "FileSystem", path: str, data: bytes | memoryview) -> None:
    with filesystem.open_output_stream(path, compression=None) as file:
        file.write(data)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Turns what a filesystem says of a folder into one line for people."""

    shown: str

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError | ValueError):
            raise ClaimcheckError(f"cannot write {self.shown}: {error}") from None
