"""What is done of a batch: a file for each chunk of documents, in a folder beside the result.

A chunk is there whole or not at all, so a batch that was killed goes on with the chunks that are
missing. ``settings.json`` says what the parts were made from; it is written first and removed
first, so that a folder without it holds nothing to go on with.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from claimcheck.batch.storage import whole_file, writing
from claimcheck.batch.work import Counts, Part
from claimcheck.errors import ClaimcheckError

_SETTINGS = "settings.json"
_NAMES = "[0-9]*.jsonl"


class Parts:
    """The parts of one batch. The first line of a part has its counts; its rows follow."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exist(self) -> bool:
        """Whether there is a batch to go on with."""
        return (self.folder / _SETTINGS).is_file()

    def begin(self, settings: Mapping[str, object]) -> None:
        """Begin a batch: an empty folder with its settings."""
        self.remove()
        with writing(self.folder):
            self.folder.mkdir()
        with whole_file(self.folder / _SETTINGS) as file:
            file.write(json.dumps(settings, ensure_ascii=False, indent=2).encode() + b"\n")

    def go_on(self, settings: Mapping[str, object]) -> dict[int, Counts]:
        """Return the counts of every part that is done, by its number.

        Raises:
            ClaimcheckError: where the parts were made with other settings.

        """
        before = self._settings()
        other = sorted(
            k for k in before.keys() | settings.keys() if before.get(k) != settings.get(k)
        )
        if other:
            raise ClaimcheckError(
                f"{self.folder} is from a run with other settings ({', '.join(other)}): "
                "--resume with the same, or begin anew with --overwrite"
            )
        return {int(path.stem): _counts(path) for path in self.folder.glob(_NAMES)}

    def _settings(self) -> dict[str, object]:
        try:
            found = json.loads((self.folder / _SETTINGS).read_bytes())
        except (OSError, ValueError) as error:
            raise _damaged(self.folder / _SETTINGS, error) from None
        return dict(found)

    def write(self, number: int, part: Part) -> None:
        """Keep a part for good."""
        with whole_file(self._path(number)) as file:
            file.write(json.dumps(part.counts.to_dict()).encode() + b"\n")
            file.write(part.lines)

    def lines(self, total: int) -> Iterator[bytes]:
        """Yield the rows of all parts in order, each a line."""
        for number in range(total):
            with self._path(number).open("rb") as file:
                file.readline()
                yield from file

    def remove(self) -> None:
        """Remove the folder, unless something else is in it."""
        with writing(self.folder):
            if not self.folder.exists():
                return
            (self.folder / _SETTINGS).unlink(missing_ok=True)
            for pattern in (_NAMES, ".*.part"):
                for path in self.folder.glob(pattern):
                    path.unlink()
            self.folder.rmdir()

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.jsonl"


def _counts(path: Path) -> Counts:
    try:
        with path.open("rb") as file:
            return Counts(**json.loads(file.readline()))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> ClaimcheckError:
    return ClaimcheckError(f"{path} is damaged ({error}): begin anew with --overwrite")
