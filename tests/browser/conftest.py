"""A real browser that opens reports and notes what they ask for and complain of."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from claimcheck.rendering.html import render

NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Visit:
    """An open report: the page, what it requested and what its console said."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def current(self) -> list[str]:
        """The names of what is shown as current, in the order of the page: text, then notes."""
        return self.page.eval_on_selector_all(".current[id]", "parts => parts.map(p => p.id)")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.getAttribute('href')")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the tests of a module."""
    api = pytest.importorskip("playwright.sync_api", reason="needs the extra 'browser'")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    # Chromium refuses to sandbox itself when root runs it, as in a container.
    args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=args)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open reports as a file in a window of its own; options are those of the window."""
    contexts = []

    def open_(*reports: Any, **options: Any) -> Visit:
        path = tmp_path / "report.html"
        path.write_text(render(reports), encoding="utf-8")
        context = browser.new_context(**{"reduced_motion": "reduce"} | options)
        contexts.append(context)
        found = Visit(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(path.as_uri())
        return found

    yield open_
    for context in contexts:
        context.close()
