"""The examples in a document: commands, Python and configuration, each with what it shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ELISION = "[…]"
"""Stands for any number of lines of output, or at the end of a line for the rest of it."""

WIDTH = 96
"""Characters from which a line of output is cut in a document."""

_PROMPT = "$ "
_EXIT_CODE = re.compile(r"#.*exit code (\d)")
_MARK = re.compile(r"^[!~✓]\?? +")
_PERCENT = re.compile(r" *\d+%")
_SHARE = re.compile(r"\b(?:0\.\d+|1\.0)\b")
_COUNTS = re.compile(r"\d+(?= (?:sentences|health claims|overclaimed|hedged|supported))")


class Kind(StrEnum):
    """What an example is written in; other blocks of a document are no examples."""

    CONSOLE = "console"
    PYTHON = "python"
    TOML = "toml"
    YAML = "yaml"


@dataclass(frozen=True)
class Example:
    """One command, or one block.

    Attributes:
        source: the command without its prompt, or the block.
        shown: the lines that the document shows as its output.
        first: the number of the document's line, from 0, where these stand or would stand.

    """

    kind: Kind
    source: str
    shown: tuple[str, ...]
    first: int

    @property
    def exit_code(self) -> int:
        """What the document says that a command exits with."""
        found = _EXIT_CODE.search(self.source)
        return int(found[1]) if found else 0


def examples(document: Path) -> Iterator[Example]:
    """Yield the examples of a document in order."""
    tokens = MarkdownIt().parse(document.read_text("utf-8"))
    for token, following in zip(tokens, [*tokens, None][1:], strict=True):
        if token.type != "fence" or token.info not in list(Kind):
            continue
        if token.info == Kind.CONSOLE:
            yield from _commands(token)
        else:
            output = following if following and following.info == "text" else None
            shown, first = _content(output or Token("fence", "", 0)), _start(output or token)
            yield Example(Kind(token.info), token.content, shown, first)


def _content(token: Token) -> tuple[str, ...]:
    return tuple(token.content.splitlines())


def _start(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _commands(block: Token) -> Iterator[Example]:
    lines = _content(block)
    starts = [n for n, line in enumerate(lines) if line.startswith(_PROMPT)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first = start + 1
        while lines[first - 1].endswith("\\"):
            first += 1
        command = "\n".join(lines[start:first]).removeprefix(_PROMPT)
        yield Example(Kind.CONSOLE, command, _trimmed(lines[first:end]), _start(block) + first)


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines without blank ones at the end, which only part one command from the next."""
    return tuple("\n".join(lines).rstrip().splitlines())


def agrees(shown: Sequence[str], actual: Sequence[str]) -> bool:
    """Tell whether a document shows what came out.

    Figures of probability and counts of labels are not compared: they are the model's, and may
    differ a little from one processor to the next.
    """
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == ELISION:
            parts.append([])
        else:
            parts[-1].append(_stable(line))
    pattern = r"(?:.*\n)*".join("".join(map(_pattern, part)) for part in parts)
    return re.fullmatch(pattern, "".join(f"{_stable(line)}\n" for line in actual)) is not None


def _pattern(line: str) -> str:
    is_cut = line.endswith(ELISION)
    return re.escape(line.removesuffix(ELISION)) + (".*\n" if is_cut else "\n")


def _stable(line: str) -> str:
    line = _PERCENT.sub(" N%", line.rstrip())
    return _COUNTS.sub("N", _SHARE.sub("N", line))


def refreshed(shown: Sequence[str], actual: Sequence[str]) -> list[str]:
    """Return what a document should show, with as many lines in each part as it shows now.

    Raises:
        ValueError: where a part in the middle is no longer found by its first line.

    """
    actual = [_cut(line) for line in actual]
    marks = [n for n, line in enumerate(shown) if line.strip() == ELISION]
    if not marks:
        return actual
    result: list[str] = []
    for start, end in zip([-1, *marks], [*marks, len(shown)], strict=True):
        part = list(shown[start + 1 : end])
        if start == -1:
            part = actual[: len(part)]
        elif end == len(shown):
            part = actual[len(actual) - len(part) :]
        elif part:
            at = next((n for n, line in enumerate(actual) if _alike(line, part)), None)
            if at is None:
                raise ValueError(f"no line like {next(filter(None, part))!r}")
            part = actual[at : at + len(part)]
        result += [*part, *([ELISION] if end < len(shown) else [])]
    return result


def _cut(line: str) -> str:
    if len(line) <= WIDTH:
        return line
    return f"{line[:WIDTH].rpartition(' ')[0] or line[:WIDTH]} {ELISION}"


def _alike(line: str, part: Sequence[str]) -> bool:
    """Tell whether a line is the first of a part, whatever its sentence is labelled now."""
    return _MARK.sub("", _stable(line)) == _MARK.sub("", _stable(part[0]))
