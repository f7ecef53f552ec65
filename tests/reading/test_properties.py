"""Whatever the bytes: no reader crashes, and offsets and runs are true."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcheck.document import Document
from claimcheck.errors import InputError
from claimcheck.reading import ENDINGS, ReadOptions, read_bytes
from claimcheck.segment import split_sentences
from tests.reading.samples import PARAGRAPH, pdf_file, word_file

PLAIN = st.sampled_from(
    ["It helps. ", "tea", " ", "\n", "\r\n", "\n\n", "\t", "é", "🙂", "\x00", "&", "<"]
)
HTML = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "<br/>", "<li>", "<ul>", "</ul>", "<h2>", "</h2>",
     "<!--", "-->", "<script>", "</script>", "<![x", "<!D", "</", "<?", "&amp;", "&#0;", "&#x41",
     "&nope;", "&copy", "<table>", "</td>", "<sup>", "1", "</sup>", "<a href='>'>", "</a>",
     "<blockquote>", "<nav>", "</nav>", "<article>", "<div hidden>", "</div>", "]]>", '"', "'", ">"]
)  # fmt: skip
MARKDOWN = st.sampled_from(
    ["# ", "*", "**", "_", "`", "``", "[", "](", ")", "]", "![", "> ", "- ", "1. ", "    ", "\\",
     "  \n", "|", "|-|-|\n", "***", "===", "```\n", "<b>", "<!-- ", " -->", "[^1]", "[r]: /a\n",
     "&amp;", "~~", "<http://t.ea>", "---\n", "\\*"]
)  # fmt: skip


def mixed(pieces):
    return st.lists(st.one_of(PLAIN, pieces), max_size=40).map("".join)


def read(data: bytes, ending: str, keep: str = "main") -> Document | None:
    try:
        return read_bytes(data, "x", f"x{ending}", ReadOptions(keep=keep))
    except InputError as error:
        assert str(error).startswith("x ") and "\n" not in str(error)
        return None


def check(document: Document | None) -> None:
    """Check what is promised of every document; what was refused promises nothing."""
    if document is None:
        return
    for sentence in split_sentences(document):
        assert document.text[sentence.start : sentence.end] == sentence.text
    if document.markup is None:
        return
    at = source_at = 0
    source = document.markup.source
    for run in document.markup.runs:
        assert at <= run.start < run.end <= len(document.text)
        assert source_at <= run.source_start < run.source_end <= len(source)
        at, source_at = run.end, run.source_end
        text, written = document.text[run.start : run.end], source[run.source_start : source_at]
        assert len(text) != len(written) or text == written


@given(mixed(HTML), st.sampled_from(["main", "all"]))
@example("<p>a<sup>1<p>b</sup>", "all")
@example("<![", "all")
@settings(max_examples=150)
def test_any_html_is_read_or_refused_and_its_runs_are_true(html, keep):
    check(read(html.encode(), ".html", keep))


@given(mixed(MARKDOWN))
@settings(max_examples=200)
def test_any_markdown_is_read_or_refused_and_its_runs_are_true(markdown):
    check(read(markdown.encode(), ".md"))


@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused_under_any_ending(data, ending):
    check(read(data, ending))


FILES = {
    ".docx": word_file(lambda document: document.add_paragraph(PARAGRAPH)),
    ".pdf": pdf_file([("BodyText", PARAGRAPH)]),
}


@pytest.mark.parametrize("ending", FILES)
@given(data=st.data())
@settings(max_examples=40)
def test_a_file_with_damaged_bytes_is_read_or_refused(ending, data):
    damaged = bytearray(FILES[ending])
    places = st.integers(0, len(damaged) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=20)):
        damaged[place] = data.draw(st.integers(0, 255))
    check(read(bytes(damaged[: data.draw(places)] or damaged), ending))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
)
@settings(max_examples=20)
def test_no_letter_of_a_word_file_is_lost(texts):
    data = word_file(lambda document: [document.add_paragraph(f"Tea {text}.") for text in texts])
    document = read(data, ".docx")
    said = "".join(f"Tea {text}." for text in texts)
    if document is not None:
        assert [c for c in document.text if c.isalnum()] == [c for c in said if c.isalnum()]
    else:
        assert not said
