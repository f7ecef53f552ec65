"""From files to the documents in them, one at a time, whatever the size of the file.

What is cheap is done here, in the one process that goes through the input; parsing and reading are
left to ``Item.document``, which runs where the document is scored.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, cast

from claimcheck.batch.files import JSON_LINES, PARQUET
from claimcheck.batch.job import Job
from claimcheck.errors import ClaimcheckError, InputError, MissingExtraError
from claimcheck.reading import read_path
from claimcheck.reading.source import refuse_empty, refuse_large
from claimcheck.reading.text import from_text

if TYPE_CHECKING:
    import pyarrow

    from claimcheck.document import Document

_BATCH = 64
"""Records of a Parquet file that are held at a time."""
_BUFFER = 1 << 20
"""Bytes of a Parquet column that are read at a time."""


class File(Protocol):
    """A file of the input, such as a Path; as a string it is what people call it."""

    @property
    def name(self) -> str:
        """The last part of its path; the ending says its format."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Open it to read.

        Raises:
            OSError: where it cannot be read.

        """


class Item(Protocol):
    """One document of the input, not yet read."""

    @property
    def place(self) -> str:
        """Where it stands, for people; what it is called where it has no name of its own."""

    def named(self, job: Job) -> "Item":
        """Return it with the name that it gives itself as its place.

        Raises:
            InputError: where it is no record, or its name cannot be one.

        """

    def document(self, job: Job) -> "Document":
        """Read it.

        Raises:
            ClaimcheckError: where it cannot be read; the message says what to do.

        """


@dataclass(frozen=True, slots=True)
class Article:
    """A file that is one document."""

    place: str

    def named(self, job: Job) -> Item:
        """See Item."""
        return self

    def document(self, job: Job) -> "Document":
        """See Item."""
        return read_path(Path(self.place), job.reading)


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose text and name are known, whatever they are; ``origin`` is where it stands."""

    origin: str
    text: object
    name: object = None

    @property
    def place(self) -> str:
        """See Item; the name where there is one."""
        return str(self.name) if self._has_name else self.origin

    @property
    def _has_name(self) -> bool:
        return isinstance(self.name, str | int) and not isinstance(self.name, bool)

    def named(self, job: Job) -> Item:
        """See Item."""
        if self.name is not None and not self._has_name:
            raise InputError(
                f"{self.origin} has {_kind(self.name)} as its {job.id_column}: "
                "it must be text or a whole number"
            )
        return self

    def document(self, job: Job) -> "Document":
        """See Item."""
        if not isinstance(self.text, str):
            raise InputError(
                f"{self.origin} has {_kind(self.text)} as its {job.text_column}: it must be text"
            )
        refuse_large(self.origin, len(self.text), job.reading.max_bytes)
        refuse_empty(self.text, self.origin)
        return from_text(self.text, self.origin)


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line of JSON, not yet parsed."""

    place: str
    line: bytes

    def named(self, job: Job) -> Item:
        """See Item."""
        try:
            found: Any = json.loads(self.line)
        except (ValueError, RecursionError) as error:
            reason = "it is nested too deep" if isinstance(error, RecursionError) else error
            raise InputError(f"{self.place} is not JSON: {reason}") from None
        if not isinstance(found, dict):
            raise InputError(f"{self.place} is {_kind(found)}, not an object with its text")
        record = Record(self.place, found.get(job.text_column), found.get(job.id_column))
        if job.text_column not in found:
            return Unread(record.place, f"{self.place} {_lacks(job.text_column)}")
        return record.named(job)

    def document(self, job: Job) -> "Document":
        """See Item."""
        return self.named(job).document(job)


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read so far that a document came of it, and why."""

    place: str
    problem: str

    def named(self, job: Job) -> Item:
        """See Item."""
        return self

    def document(self, job: Job) -> "Document":
        """See Item; always raises."""
        raise InputError(self.problem)


def items_of(files: Iterable[File], job: Job) -> Iterator[Item]:
    """Yield every document of some files in order; what cannot be opened is one of them."""
    for file in files:
        name = file.name.lower()
        if name.endswith(JSON_LINES):
            yield from _json_lines(file, job)
        elif name.endswith(PARQUET):
            yield from _parquet(file, job)
        else:
            yield Article(str(file))


def _json_lines(file: File, job: Job) -> Iterator[Item]:
    number = 0
    try:
        with file.open("rb") as opened, _unpacked(file, opened) as content:
            for number, line in enumerate(_lines(content, job.reading.max_bytes), 1):
                place = f"{file}:{number}"
                if len(line) > job.reading.max_bytes:
                    yield _too_large(place, line, job)
                elif line.strip():
                    yield JsonLine(place, line.removeprefix(b"\xef\xbb\xbf"))
    except FileNotFoundError:
        yield Unread(str(file), f"{file} does not exist: check the name")
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        place = f"{file}:{number + 1}" if number else str(file)
        yield Unread(place, f"{place} cannot be read, nor what follows: {reason}")


def _unpacked(file: File, opened: IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    if file.name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=opened))
    return nullcontext(opened)


def _lines(file: IO[bytes], limit: int) -> Iterator[bytes]:
    """Yield the lines of a file without their ends; of one that is too long, enough to show it."""
    while line := file.readline(limit + 2):
        yield line.rstrip(b"\r\n")
        while line and not line.endswith(b"\n"):
            line = file.readline(_BUFFER)


def _too_large(place: str, line: bytes, job: Job) -> Item:
    try:
        refuse_large(place, len(line), job.reading.max_bytes)
    except InputError as error:
        return Unread(place, str(error))
    raise AssertionError("only for lines above the limit")


def _parquet(file: File, job: Job) -> Iterator[Item]:
    number = 0
    try:
        for number, (text, name) in enumerate(_parquet_records(file, job), 1):
            yield Record(f"{file}:{number}", text, name)
    except ClaimcheckError as error:
        yield Unread(str(file), str(error))
    except FileNotFoundError:
        yield Unread(str(file), f"{file} does not exist: check the name")
    except (OSError, ValueError) as error:  # Arrow's own errors are ValueErrors or OSErrors
        place = f"{file}:{number + 1}" if number else str(file)
        yield Unread(place, f"{place} cannot be read as Parquet, nor what follows: {error}")


def _parquet_records(file: File, job: Job) -> Iterator[tuple[object, object]]:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError(f"{file}: Parquet", "parquet") from None
    with file.open("rb") as opened:
        content = pq.ParquetFile(opened, buffer_size=_BUFFER, pre_buffer=False)
        columns = _columns(content.schema_arrow, file, job)
        for batch in content.iter_batches(_BATCH, columns=list(dict.fromkeys(columns))):
            texts = batch.column(columns[0]).to_pylist()
            names = batch.column(columns[1]).to_pylist() if columns[1:] else [None] * len(texts)
            yield from zip(texts, names, strict=True)


def _columns(schema: "pyarrow.Schema", file: File, job: Job) -> list[str]:
    """Return the name of the text's column, and that of the ids where there is one."""
    if job.text_column not in schema.names:
        raise InputError(f"{file} {_lacks(job.text_column)}")
    return [job.text_column, *([job.id_column] if job.id_column in schema.names else [])]


def _lacks(column: str) -> str:
    return f"has no column '{column}': name the one with the text (--text-column)"


def _kind(value: object) -> str:
    """Return what kind of value a record holds, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "an object"
    return f"a value of type {type(value).__name__}"
