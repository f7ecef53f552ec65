"""How far a batch is: a bar on a terminal, a line now and then elsewhere."""

import io

import pytest
from rich.console import Console

from claimcheck.batch.progress import EVERY, Pace, bar, duration, lines
from claimcheck.batch.work import Counts


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_pace_is_that_of_this_run_and_the_rest_is_reckoned_by_documents(clock):
    pace = Pace(100, Counts(40, 4000, 0), clock)
    clock.now += 10
    pace.add(Counts(20, 300, 2))
    assert str(pace) == ("60 of 100 documents, 30 sentences a second, 2 errors, 20 seconds left")


def test_nothing_is_foretold_before_anything_is_done(clock):
    assert str(Pace(1000, Counts(), clock)) == "0 of 1,000 documents, 0 sentences a second"


def test_where_there_is_no_terminal_a_line_is_said_at_most_every_few_seconds_until_all_is_done(
    clock,
):
    said = []
    show = lines(said.append, clock)
    pace = Pace(8, Counts(), clock)
    for _ in range(8):
        clock.now += EVERY / 2
        pace.add(Counts(1, 10, 0))
        show(pace)
    assert [line.split(" documents")[0] for line in said] == [
        "Batch: 2 of 8",
        "Batch: 4 of 8",
        "Batch: 6 of 8",
    ]


def test_a_terminal_shows_a_bar_with_the_same_words(clock):
    screen = Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None)
    pace = Pace(10, Counts(), clock)
    with bar(pace, screen) as show:
        clock.now += 2
        pace.add(Counts(5, 50, 1))
        show(pace)
    shown = screen.file.getvalue()
    assert "━" in shown
    assert "5 of 10 documents, 25 sentences a second, 1 error, 2 seconds left" in shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (5399, "90 minutes"),
        (5400, "1.5 hours"),
        (200_000, "2.3 days"),
    ],
)
def test_times_are_said_as_people_say_them(seconds, said):
    assert duration(seconds) == said
