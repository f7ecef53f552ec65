"""Marked: the editor's own page comes back with marks in it, and otherwise as it was."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimcheck.errors import ClaimcheckError
from claimcheck.labels import Label
from claimcheck.reading import ReadOptions, read_bytes
from claimcheck.rendering.marked import render
from claimcheck.rendering.marks import Mark, fitted_to_markdown
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article, scored

ALL = Selection(labels=frozenset(Label))
KEEP_ALL = ReadOptions(keep="all")
MARK = re.compile(r'<mark class="claimcheck-[a-z_]+" title="[^"<>]*">(.*?)</mark>', re.DOTALL)

PAGE = """<!doctype html>
<html><head><title>Tea</title></head><body><main>
<h1>Tea &amp; health</h1>
<p>Tea <b>cures <i>all</i></b> ills.  It is
old.   <a href="x?a=1&amp;b=2">Green tea</a> ends pain &mdash; at once.</p>
<!-- Tea cures all ills. -->
<p>Ask <mark>a doctor</mark>. Tea &lt;3 melts<br>fat.</p>
</main></body></html>
"""
DRAFT = """---
title: Tea
---
# Tea and *health*

Tea **cures** all ills. It is [very
old](http://example.com/a_b "Tea").

> Use `tea --hot` and pain ends. Ask first.

- \\*Tea melts fat.
- See [tea] for more.

[tea]: http://example.com
"""


def read(source, name, overclaims=()):
    return scored(read_bytes(source.encode(), name, name, KEEP_ALL), overclaims)


def marked_texts(result):
    return MARK.findall(result)


class Nesting(HTMLParser):
    """Fails where a mark holds a tag or is not closed."""

    def __init__(self):
        super().__init__()
        self.open = False

    def handle_starttag(self, tag, attrs):
        assert not self.open, f"<{tag}> within a mark"
        self.open = dict(attrs).get("class", "").startswith("claimcheck-")

    def handle_endtag(self, tag):
        assert not self.open or tag == "mark", f"</{tag}> within a mark"
        self.open = False


def test_a_page_looks_like_its_snapshot(snapshot):
    overclaims = ["Tea cures all ills.", "Green tea ends pain — at once.", "Tea <3 melts\nfat."]
    report = read(PAGE, "tea.html", overclaims)
    snapshot("marked.html", render([report]))


def test_a_markdown_draft_looks_like_its_snapshot(snapshot):
    overclaims = ["Tea cures all ills.", "Use tea --hot and pain ends.", "*Tea melts fat."]
    snapshot("marked.md", render([read(DRAFT, "tea.md", overclaims)]))


@pytest.mark.parametrize(("source", "name"), [(PAGE, "tea.html"), (DRAFT, "tea.md")])
def test_without_its_marks_a_file_is_as_it_was(source, name):
    result = render([read(source, name)], ALL)
    assert result != source and MARK.sub(r"\1", result) == source


def test_marks_of_a_page_never_hold_a_tag_and_hold_all_of_their_sentence():
    result = render([read(PAGE, "tea.html", ["Tea cures all ills."])])
    Nesting().feed(result)
    assert marked_texts(result) == ["Tea ", "cures ", "all", " ills."]


def test_several_runs_with_only_white_space_between_get_one_mark():
    result = render([read("<p>Tea   cures\n  all &amp; ills.</p>", "tea.html")], ALL)
    assert marked_texts(result) == ["Tea   cures\n  all &amp; ills."]


def test_code_references_and_escapes_of_markdown_are_marked_around():
    result = render([read(DRAFT, "tea.md")], ALL)
    plain = MarkdownIt("commonmark", {"html": True})
    assert MARK.sub(r"\1", plain.render(result)) == plain.render(DRAFT)
    assert "Use `tea --hot` and pain ends." in marked_texts(result)
    assert "See [tea] for more." in marked_texts(result)


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("Tea a**cures**b all.", ["Tea a**cures**b all."]),
        ("Tea *cures*_all_ ills.", ["Tea *cures*_all_ ills."]),
        ("Tea ``cures`all`` ills.", ["Tea ``cures`all`` ills."]),
        ("[Tea](x) cures.", ["Tea", " cures."]),
        ("Tea **cures all. Ask** first.", ["Tea ", "cures all.", "Ask", " first."]),
        ("Ask <http://tea.example> now.", ["Ask <http://tea.example> now."]),
    ],
)
def test_marks_stand_around_emphasis_code_and_addresses_and_within_links(source, marked):
    assert marked_texts(render([read(source, "tea.md")], ALL)) == marked


def test_a_mark_that_would_change_what_is_shown_is_left_out():
    source = "Tea `cures all` ills."
    within_code = Mark(5, 10, '<mark class="claimcheck-x" title="">')
    assert fitted_to_markdown(source, [within_code]) == []


def test_many_marks_that_would_change_what_is_shown_take_no_time_and_cost_no_other():
    source = "Tea heals.\n\n" + "See [mint cures. It] helps.\n\n" * 300 + "[mint cures. It]: /a\n"
    report = read(source, "tea.md")
    started = time.process_time()
    result = render([report], ALL)
    assert time.process_time() - started < 10
    assert marked_texts(result)[0] == "Tea heals." and MARK.sub(r"\1", result) == source
    assert result.count("<a") == 0 and MarkdownIt().render(result).count('href="/a"') == 300


def test_the_title_says_why_and_is_escaped():
    result = render([read("<p>Tea heals.</p>", "tea.html", ["Tea heals."])])
    title = re.search('title="([^"]*)"', result)[1]
    assert title.startswith("Overclaimed (70% sure): ") and "<" not in title


def test_other_labels_have_a_class_of_their_own():
    result = render([read("<p>Tea is hot.</p>", "tea.html")], ALL)
    assert '<mark class="claimcheck-no_claim"' in result


@pytest.mark.parametrize(
    ("name", "codec"), [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("koi8-r", "koi8-r")]
)
def test_a_page_in_another_encoding_stays_in_it(name, codec):
    source = f'<meta charset="{name}"><p>Tea heals.</p><p>{bytes([0xE9]).decode(codec)}</p>'
    data = source.encode(codec)
    report = scored(read_bytes(data, "tea.html", "tea.html", KEEP_ALL), ["Tea heals."])
    result = render([report])
    assert isinstance(result, bytes)
    assert MARK.sub(r"\1", result.decode(codec)).encode(codec) == data


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "no-such", "rot13", "undefined", "idna"])
def test_any_other_page_is_text(name):
    source = f'<meta charset="{name}"><p>Tea heals é.</p>'
    assert MARK.sub(r"\1", render([read(source, "tea.html")], ALL)) == source


def test_plain_text_is_refused_with_a_way_out():
    with pytest.raises(ClaimcheckError, match=r"needs HTML or Markdown, and tea\.txt is neither"):
        render([article(Line("Tea heals."))])


def test_several_files_are_refused():
    report = read(PAGE, "tea.html")
    with pytest.raises(ClaimcheckError, match="score one at a time"):
        render([report, report])


html_pieces = st.lists(
    st.sampled_from(
        ["Tea heals. ", "Pain ends", "<b>", "</b>", "<p>", "</p>", "<i>", "</i>", "&amp;", "&lt;b",
         " ", "\n", "<!-- a -->", "<br>", "é", "<a href='x>y'>", "</a>", "<mark>", "&#x41;", "<"]
    ),
    max_size=25,
)  # fmt: skip


@given(html_pieces)
def test_no_page_is_changed_but_by_its_marks(pieces):
    source = "<p>Tea.</p>" + "".join(pieces)
    result = render([read(source, "tea.html")], ALL)
    assert MARK.sub(r"\1", result) == source
    Nesting().feed(result)


markdown_pieces = st.lists(
    st.sampled_from(
        ["Tea heals. ", "Pain ends", "*", "**", "_", "`", "``", "[", "](x)", "]", "![", "\\", "\n",
         "\n\n", "> ", "- ", "# ", " ", "&amp;", "<b>", "</b>", "<http://a.b>", "~~", "    ", "é"]
    ),
    max_size=25,
)  # fmt: skip


@given(markdown_pieces)
def test_no_draft_is_changed_or_shown_differently_but_for_its_marks(pieces):
    source = "Tea.\n\n" + "".join(pieces)
    result = render([read(source, "tea.md")], ALL)
    assert MARK.sub(r"\1", result) == source
    plain = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    assert MARK.sub(r"\1", plain.render(result)) == plain.render(source)
