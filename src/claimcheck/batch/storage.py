"""Files that are there whole or not at all, also after a power cut."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from claimcheck.errors import ClaimcheckError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to, which is put in the place of ``path`` once it is complete.

    Raises:
        ClaimcheckError: where it cannot be written.

    """
    partial = path.with_name(f".{path.name}.part")
    with writing(path), partial.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    with writing(path):
        partial.replace(path)
        _sync_folder(path.parent)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what an operating system says of a path into one line for people."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise ClaimcheckError(f"cannot write {path}: {reason}") from None


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where a system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
