"""The terminal: complete, safe, and marked without relying on colour."""

from io import StringIO

from rich.console import Console

from claimcheck.labels import REASON_WORDS, Reason
from claimcheck.rendering.terminal import show


def terminal(report, **options):
    out = StringIO()
    show([report], Console(file=out, width=80, **options))
    return out.getvalue()


def test_the_terminal_shows_symbols_without_colour(report):
    shown = terminal(report)
    assert "! Tea cures all ills." in shown and "~ Tea may soothe." in shown
    assert "✓ Tea contains caffeine." in shown
    assert "\x1b" not in shown


def test_the_terminal_lets_no_escape_sequence_of_the_article_through(report):
    assert "\x1b[31m" not in terminal(report, force_terminal=True).replace("\x1b[31;", "")


def test_the_terminal_gives_reason_and_advice_for_each_overclaim(report):
    shown = " ".join(terminal(report).split())
    assert REASON_WORDS[Reason.ABSOLUTE].title in shown
    assert REASON_WORDS[Reason.ABSOLUTE].advice in shown
