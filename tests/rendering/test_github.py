"""GitHub: workflow commands that nothing in an article can break out of."""

import re

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.labels import Label
from claimcheck.rendering import renderer
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

render = renderer("github")
ALL = Selection(labels=frozenset(Label))
COMMAND = re.compile(r"::(warning|notice) (\w+=[^:,\r\n]*,?)+::[^\r\n]*\n")


def test_commands_look_like_the_snapshot(tea, snapshot):
    snapshot("github.txt", render([tea], ALL))


def test_an_overclaim_is_a_warning_and_any_other_label_a_notice(tea):
    levels = [line.split()[0] for line in render([tea], ALL).splitlines()]
    assert levels == ["::notice", "::warning", "::notice", "::notice", "::warning"]


def test_percent_colon_and_comma_are_escaped_as_documented():
    line = render([article(Line("50% of all: yes, all."), origin="a,b:c%.txt")], ALL)
    assert "file=a%2Cb%3Ac%25.txt," in line
    assert "::“50%25 of all: yes, all.”" in line


def test_a_web_page_is_no_file_of_the_repository():
    address = "https://example.com/tea.html"
    assert "file=" not in render([article(Line("Tea heals."), origin=address)], ALL)


@given(st.text(min_size=1), st.text(min_size=1))
def test_one_finding_is_one_command_whatever_it_says(origin, text):
    result = render([article(Line(text), origin=origin)], ALL)
    assert len(result.splitlines()) == 1
    assert COMMAND.fullmatch(result)
