"""Markdown: to paste into a ticket; nothing of the article is taken for markup."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimcheck.labels import Label
from claimcheck.rendering import renderer
from claimcheck.rendering.display import one_line
from claimcheck.rendering.markdown import escape
from claimcheck.selection import Selection
from tests.rendering.articles import Line, article

render = renderer("markdown")
parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
tricky = st.text(st.sampled_from("*_`~[]()<>!#+-=|:\\&;$^@ \n\t1.)ab\"'{}/")) | st.text()


def inline(text):
    return [
        (child.type, child.content)
        for token in parser.parse(text)
        for child in (token.children or [])
    ]


def test_a_report_looks_like_its_snapshot(tea, snapshot):
    snapshot("report.md", render([tea]))


@given(tricky)
@example("# One")
@example("1. One")
@example("- One\n===")
@example("<script>alert(1)</script> &lt;")
@example("[a](javascript:alert(1)) ![b](http://example.com)")
@example("foo #")
def test_escaped_text_is_shown_as_it_is(text):
    shown = inline(escape(text))
    assert {kind for kind, _ in shown} <= {"text", "text_special"}
    assert "".join(c for _, c in shown).replace("\u2060", "") == one_line(text).replace(
        "\u2060", ""
    )
    assert [t.type for t in parser.parse(escape(text))] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    )


def test_nobody_is_called_and_nothing_linked_by_an_article():
    shown = escape("@anna says www.example.com and https://example.com are #1, mail a@b.example")
    for form in ("@anna", "www.", "https:", "#1", "a@b"):
        assert form not in shown


def test_findings_follow_the_selection(tea):
    assert "What to mend" not in render([tea], Selection(min_confidence=0.99))
    assert (
        "may soothe"
        in render([tea], Selection(labels=frozenset({Label.HEDGED}))).partition("## The article")[0]
    )


@given(tricky)
def test_an_article_keeps_its_blocks_whatever_they_say(text):
    report = article(Line(text, Label.OVERCLAIMED), Line("Second."), origin=text)
    kinds = [t.type for t in parser.parse(render([report])) if t.type.endswith("_open")]
    plain = article(Line("Tea heals.", Label.OVERCLAIMED), Line("Second."), origin="Tea.")
    if one_line(text):
        assert kinds == [t.type for t in parser.parse(render([plain])) if t.type.endswith("_open")]
