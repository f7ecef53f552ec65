"""Where results go: a file, whole or not at all, or the screen; and complaints, a line each."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from claimcheck.errors import ClaimcheckError
from claimcheck.rendering.display import one_line


def deliver(result: str | bytes, output: str | None) -> None:
    """Write a result to a file where one is named, and otherwise print it.

    Bytes come out as they are: they may be in another encoding than the screen's.

    Raises:
        ClaimcheckError: where it cannot be written.

    """
    if output is not None:
        write(output, result)
    elif sys.stdout is not None:
        _print(result)


def write(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all, so that an old report is never half replaced.

    Raises:
        ClaimcheckError: where it cannot be written.

    """
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device is written to, never replaced
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ClaimcheckError(f"cannot write {path or 'to an empty name'}: {reason}") from None


def _replace(target: Path, data: bytes) -> None:
    partial = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        partial.write_bytes(data)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def refuse_to_overwrite(inputs: Iterable[str], targets: Iterable[str | None]) -> None:
    """Refuse to write a result over an article.

    Raises:
        ClaimcheckError: where a target is one of the inputs.

    """
    files = {os.path.realpath(name) for name in inputs}
    for target in targets:
        if target is not None and os.path.realpath(target) in files:
            raise ClaimcheckError(f"{target} is an input and would be overwritten: choose another")


def complain(problem: object) -> None:
    """Say on standard error, in one line, what went wrong."""
    say(f"claimcheck: {problem}")


def say(message: str) -> None:
    """Say on standard error, in one line, what is no part of the result."""
    click.echo(one_line(message), err=True)


def _print(result: str | bytes) -> None:
    try:
        if isinstance(result, str):
            sys.stdout.write(result)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(result)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away, as `head` does; what is left to write goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ClaimcheckError(f"cannot write to the screen: {error.strerror}") from None
