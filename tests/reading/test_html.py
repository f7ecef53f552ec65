"""HTML is read as a browser shows it, and every word knows where it stands in the file."""

import pytest

from claimcheck.document import Locator
from claimcheck.errors import InputError
from claimcheck.reading import ReadOptions, read_bytes

ALL = ReadOptions(keep="all")


def read(html, options=ALL):
    return read_bytes(html.encode(), "tea.html", "tea.html", options)


def blocks(html, options=ALL):
    document = read(html, options)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def test_elements_say_what_a_block_is():
    html = (
        "<h1>Tea</h1><p>It helps.<ul><li>For sleep<li><p>For calm</ul>"
        "<blockquote><p>It helped <b>me</b>.</blockquote>And <i>more</i>.<div>Last.</div>"
    )
    assert blocks(html) == [
        ("heading", "Tea"),
        ("paragraph", "It helps."),
        ("list_item", "For sleep"),
        ("list_item", "For calm"),
        ("quotation", "It helped me."),
        ("paragraph", "And more."),
        ("paragraph", "Last."),
    ]


def test_white_space_collapses_as_in_a_browser():
    assert read("<p>  It\n\t may <b> help </b> <br> you.  </p>").text == "It may help\nyou."


def test_two_line_breaks_separate_paragraphs():
    assert read("It helps.<br>\n<br>It is hot.").text == "It helps.\n\nIt is hot."


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>if (a < b) { '<p>no</p>' }</script>",
        "<style>p { }</style>",
        "<!-- <p>no</p> -->",
        "<![if IE]>",
        "<![CDATA[no]]>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<p hidden>no</p>",
        '<div style="display: none"><p>no</p></div>',
        '<span aria-hidden="true">no</span>',
        "<button>no</button>",
        "<svg><text>no</text></svg>",
    ],
)
def test_what_no_browser_shows_is_no_text(unseen):
    assert read(f"<p>Yes.</p>{unseen}<p>Yes.</p>").text == "Yes.\n\nYes."


def test_entities_become_characters_that_point_to_what_was_written():
    document = read("<p>Tea &amp; milk&mdash;hot&#33; AT&T &nosuch; &copy2020</p>")
    assert document.text == "Tea & milk—hot! AT&T &nosuch; ©2020"
    written = {
        document.text[r.start : r.end]: document.markup.source[r.source_start : r.source_end]
        for r in document.markup.runs
    }
    assert (written["&"], written["—"], written["!"]) == ("&amp;", "&mdash;", "&#33;")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It helps.<sup>1</sup> It is hot.", "It helps. It is hot."),
        ("<p>It helps<sup>[2, 3]</sup>.", "It helps."),
        ('<p>In 2019<sup><a href="#n">4</a></sup> too', "In 2019 too"),
        ("<p>10<sup>9</sup> cells a m<sup>2</sup>", "109 cells a m2"),
        ("<p>the 4<sup>th</sup> day", "the 4th day"),
    ],
)
def test_the_marks_of_notes_are_left_out_and_other_superscripts_stay(html, text):
    assert read(html).text == text


def test_a_sentence_is_located_by_line_and_column_of_the_file():
    document = read("<html>\n<p>It <b>may</b>\n   help.")
    locator = Locator(document)
    may, help_ = (
        locator.locate(document.text.index(w), document.blocks[0]) for w in ("may", "help")
    )
    assert (may.line, may.column) == (2, 10)
    assert (help_.line, help_.column) == (3, 4)


@pytest.mark.parametrize(
    "head",
    ['<meta charset="windows-1251">', '<?xml version="1.0" encoding="windows-1251"?>'],
)
def test_the_encoding_that_a_page_names_is_used(head):
    data = f"{head}<p>Чай помогает.</p>".encode("cp1251")
    document = read_bytes(data, "x", "x.html")
    assert document.text == "Чай помогает." and document.warnings == ()


def test_a_page_that_shows_nothing_is_refused():
    with pytest.raises(InputError, match="shows no text"):
        read("<html><script>app()</script>")


def test_what_names_no_character_is_text_and_ends_nothing():
    html = "<p>A &#; b</p><p>I&#146d</p><p>C &# &#x;</p><p>D &amp; E</p>"
    assert read(html).text == "A &#; b\n\nI&#146d\n\nC &# &#x;\n\nD & E"


def test_a_number_longer_than_python_reads_names_no_character():
    long = f"&#{'9' * 5000};"
    assert read(f"<p title='{long}'>Tea {long} helps.").text == f"Tea {long} helps."
