"""From reports to something to read or to process: one module per output.

A module ``claimcheck.rendering.<name>`` has one public function, ``render(reports, selection)``.
Adding an output is adding such a module and one line in the registry below.
"""

from collections.abc import Callable, Sequence
from importlib import import_module

from claimcheck.report import Report
from claimcheck.selection import Selection

Renderer = Callable[[Sequence[Report], Selection], str | bytes]

_RENDERERS = {
    "concise": "concise",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "markdown": "markdown",
    "html": "html",
    "sarif": "sarif",
    "github": "github",
    "docx": "docx",
    "marked": "marked",
}
FORMATS = ("full", *_RENDERERS)
"""Every name that ``--format`` takes; ``full`` is the terminal's, which needs its width."""


def renderer(name: str) -> Renderer:
    """Return the function that renders reports in a format; its module is imported now."""
    render: Renderer = import_module(f"claimcheck.rendering.{_RENDERERS[name]}").render
    return render
