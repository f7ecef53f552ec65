"""What is left out: between marker comments, and quotations; and what is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.ignore import with_ignored
from claimcheck.reading import read_bytes
from claimcheck.segment import split_sentences


def left(source, name="a.md", **options):
    """Return the sentences that are left to judge of a file."""
    document = with_ignored(read_bytes(source.encode(), "a", name), **options)
    sentences = split_sentences(document)
    assert all(document.text[s.start : s.end] == s.text for s in sentences)
    return [s.text for s in sentences]


MARKDOWN = """\
First.

<!-- claimcheck: off -->
# Second

Third.

<!-- claimcheck: on -->

Fourth.
"""
HTML = """\
<p>First.</p><!-- claimcheck: off --><h2>Second</h2><p>Third.</p>
<!--claimcheck:on--><p>Fourth.</p>
"""


@pytest.mark.parametrize(("source", "name"), [(MARKDOWN, "a.md"), (HTML, "a.html")])
def test_nothing_between_off_and_on_is_judged(source, name):
    assert left(source, name) == ["First.", "Fourth."]
    assert left(source, name, comments=False) == ["First.", "Second", "Third.", "Fourth."]


def test_off_without_on_holds_to_the_end():
    assert left("First.\n\n<!-- claimcheck: off -->\n\nSecond.\n\nThird.\n") == ["First."]


def test_on_without_off_does_nothing():
    assert left("First.\n\n<!-- claimcheck: on -->\n\nSecond.\n") == ["First.", "Second."]


def test_a_marker_inside_a_sentence_takes_the_whole_sentence():
    source = "<p>One. Two <!-- claimcheck: off -->cures<!-- claimcheck: on --> it. Three.</p>"
    assert left(source, "a.html") == ["One.", "Three."]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!-- claimcheck: ignore-next -->\n# One\n\nTwo.\n", ["Two."]),
        ("<!-- claimcheck: ignore-next -->\n\n- One.\n- Two.\n", ["Two."]),
        ("<!-- claimcheck: ignore-next -->\n\n> One.\n\nTwo.\n", ["Two."]),
        ("One.\n\n<!-- claimcheck: ignore-next -->\n\nTwo. Three.\n\nFour.\n", ["One.", "Four."]),
        ("One <!-- claimcheck: ignore-next --> is.\n\nTwo.\n\nThree.\n", ["One  is.", "Three."]),
        ("One.\n\n<!-- claimcheck: ignore-next -->\n", ["One."]),
    ],
    ids=["heading", "one item of a list", "quotation", "paragraph", "in a paragraph", "at the end"],
)
def test_ignore_next_takes_the_first_block_that_begins_after_it(source, expected):
    found = left(source)
    assert [" ".join(s.split()) for s in found] == [" ".join(s.split()) for s in expected]


def test_ignore_next_at_the_start_of_a_paragraph_takes_that_paragraph():
    source = "<p><!-- claimcheck: ignore-next -->One. Two.</p><p>Three.</p>"
    assert left(source, "a.html") == ["Three."]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("```\n<!-- claimcheck: off -->\n```\n\nJudged.\n", "a.md"),
        ("    <!-- claimcheck: off -->\n\nJudged.\n", "a.md"),
        ("Write `<!-- claimcheck: off -->` for it.\n\nJudged.\n", "a.md"),
        ("| a |\n|---|\n| `<!-- claimcheck: off -->` |\n\nJudged.\n", "a.md"),
        ("<script>'<!-- claimcheck: off -->'</script><p>Judged.</p>", "a.html"),
        ("<p title='<!-- claimcheck: off -->'>Judged.</p>", "a.html"),
        ("<p>&lt;!-- claimcheck: off --&gt; is a marker.</p><p>Judged.</p>", "a.html"),
        ("<!-- claimcheck: off -->\n\nJudged.\n", "a.txt"),
    ],
)
def test_what_only_looks_like_a_marker_is_none(source, name):
    assert left(source, name)[-1] == "Judged."


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_code_is_found_whatever_ends_its_lines(break_):
    lines = ["One\u2028two\x0bthree.", "", "```", "<!-- claimcheck: off -->", "```", "", "Judged."]
    assert left(break_.join(lines))[-1] == "Judged."


def test_a_misspelt_marker_is_warned_of_and_does_nothing():
    source = "First.\n\n<!-- Claimcheck: of -->\n\nSecond.\n"
    document = with_ignored(read_bytes(source.encode(), "a", "a.md"))
    assert "Line 3" in document.warnings[0] and "'claimcheck: of'" in document.warnings[0]
    assert document.ignored == ()


def test_other_comments_mean_nothing():
    assert left("<!-- turned off -->\n\nFirst.\n\n<!-- see claimcheck: off -->\n\nSecond.\n") == [
        "First.",
        "Second.",
    ]


def test_quotations_are_left_out_only_where_that_is_asked_for():
    source = "She was sure.\n\n> It cures everything.\n\nIt does not.\n"
    assert left(source, quotations=True) == ["She was sure.", "It does not."]
    assert len(left(source)) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It cured me. I was well.” That is her story.", ["That is her story."]),
        ('He was glad. "It cured me." That is his story.', ["He was glad.", "That is his story."]),
        ("“It cured me.” “Me too!”", []),
    ],
)
def test_sentences_wholly_in_quotation_marks_are_quotations(text, expected):
    assert left(f"{text}\n", "a.txt", quotations=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“It cured me,” says one user.",
        "“It cured me!” says one user.",
        "One user says: “It cured me.”",
        "This “miracle” cures all.",
        'It cures a 5" cut. It also cures a 6" cut.',
        "The so-called “cure.” fails here.",
    ],
)
def test_a_sentence_that_only_holds_a_quotation_is_judged(text):
    assert "".join(left(f"{text}\n", "a.txt", quotations=True)).startswith(text[:10])


def test_a_document_with_nothing_to_ignore_stays_the_same():
    document = read_bytes(b"First.\n\nSecond.\n", "a", "a.md")
    assert with_ignored(document, quotations=True) is document


def test_a_marker_counts_in_a_page_with_markup_of_old_word_processors():
    page = "<![if !supportLists]><p>One.</p><![endif]><!-- claimcheck: ignore-next --><p>Two.</p>"
    assert left(page, "a.html") == ["One."]


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![x", "<p"])
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_marker_before_tags_that_never_end_takes_no_time(piece, name):
    many = 20_000 if name == "a.html" else 4000
    source = "First.\n\n<!-- claimcheck: ignore-next -->\n\n<p>One.</p>\n\n" + piece * many
    document = read_bytes(source.encode(), "a", name)
    started = time.monotonic()
    with_ignored(document)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "source",
    ["Tea.\n\n" + "<!--claimcheck:x-->\n" * 20_000, "Tea.\n\n" + "    a\n\n<!---->\n\n" * 9000],
    ids=["misspelt", "between blocks of code"],
)
def test_comments_by_the_ten_thousand_take_no_time(source):
    started = time.process_time()
    assert left(source + "<!-- claimcheck: off -->\n\nSage.") == ["Tea."]
    assert time.process_time() - started < 10


def test_a_thousand_markers_take_no_time():
    parts = "One.\n\n<!-- claimcheck: off -->\n\nTwo.\n\n<!-- claimcheck: on -->\n\n"
    document = read_bytes((parts * 1000).encode(), "a", "a.md")
    started = time.monotonic()
    assert len(with_ignored(document).ignored) == 1000
    assert time.monotonic() - started < 5


PIECES = st.sampled_from(
    [
        "<!-- claimcheck: off -->",
        "<!-- claimcheck: on -->",
        "<!-- claimcheck: ignore-next -->",
        "<!-- x",
        "<![if x]>",
        "-->",
        "\n\n",
        "```\n",
        "> ",
        "Tea “helps.” It ",
        "<p>",
        "</p>",
        "&amp;",
        "# ",
        "\r\n",
    ]
)


@given(st.lists(PIECES).map("".join), st.sampled_from(["a.md", "a.html"]))
def test_whatever_the_markers_what_is_ignored_is_ordered_and_within_the_text(source, name):
    before = read_bytes(f"First words.\n\n{source}".encode(), "a", name)
    after = with_ignored(before, quotations=True)
    assert after.text == before.text and after.blocks == before.blocks
    position = -1
    for span in after.ignored:
        assert position < span.start < span.end <= len(after.text)
        position = span.end
