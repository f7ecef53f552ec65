"""Markdown is read for its words, and every word knows where it stands in the file."""

import time

import pytest

from claimcheck.document import Locator
from claimcheck.errors import InputError
from claimcheck.reading import read_bytes


def read(markdown):
    return read_bytes(markdown.encode(), "tea.md", "tea.md")


def blocks(markdown):
    document = read(markdown)
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def place(document, words):
    """Return what stands in the source where some words of the text were taken from."""
    at = document.markup.source_offset(document.text.index(words))
    return document.markup.source[at : at + len(words)]


def test_headings_paragraphs_lists_and_quotations_are_told_apart():
    markdown = (
        "# Tea #\n\nIt may\nhelp.\n\nUses\n----\n\n- For sleep\n  and calm\n"
        "1. First\n\n> It helps *me*.\n> - Often.\n"
    )
    assert blocks(markdown) == [
        ("heading", "Tea"),
        ("paragraph", "It may help."),
        ("heading", "Uses"),
        ("list_item", "For sleep and calm"),
        ("list_item", "First"),
        ("quotation", "It helps me."),
        ("list_item", "Often."),
    ]


def test_emphasis_links_and_code_keep_their_words_and_lose_their_signs():
    markdown = (
        'It *may* **help** [some people](http://a.b/(c) "a, title"), ~~or~~ `not`, <http://t.ea>.'
    )
    assert blocks(markdown) == [("paragraph", "It may help some people, or not, http://t.ea.")]


def test_the_box_of_a_task_is_no_part_of_it():
    document = read("- [ ] It *may* help.\n- [x] It does.\n- [xx] It is.\n\n[x] No list.\n")
    shown = [document.text[b.start : b.end] for b in document.blocks]
    assert shown == ["It may help.", "It does.", "[xx] It is.", "[x] No list."]
    assert place(document, "It may") == "It *ma"
    assert place(document, "It does.") == "It does."


@pytest.mark.parametrize(
    "left_out",
    [
        "---\ntitle: Tea\n---\n",
        "```\ncode\n```\n",
        '+++\ntitle = "Tea"\n+++\n',
        '+++\r\ntitle = "Tea"\r\n+++\r\n',
        "    code\n",
        "<!-- a comment -->\n",
        "[link]: http://a.b\n",
        "![a cup](cup.png)\n",
        "***\n",
    ],
)
def test_what_is_no_prose_is_left_out(left_out):
    assert blocks(f"{left_out}\nIt helps.\n") == [("paragraph", "It helps.")]


def test_tables_notes_raw_html_and_references_are_left_out_and_said():
    markdown = (
        "It helps.[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>raw</div>\n\n"
        "## References\n\n### Books\n\n- Doe.\n\n## More\n\nIt is hot.\n\n[^1]: A note.\n"
    )
    document = read(markdown)
    assert document.text == "It helps.\n\nMore\n\nIt is hot."
    assert document.warnings == ("Left out: 1 table, the section “References”, raw HTML.",)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_word_is_found_again_in_the_source(line_end):
    lines = [
        "> It [a, b](http://a.b/a, 'b') and [a][r] and [r] a,",
        "> ![b](a) *b*, ``a ` c``\\* a &amp; <b>d</b>",
        "",
        "[r]: http://e.f",
    ]
    document = read(line_end.join(lines))
    assert document.text == "It a, b and a and r a,  b, a ` c* a & d"
    offsets = [
        document.markup.source_offset(i) for i, c in enumerate(document.text) if not c.isspace()
    ]
    assert offsets == sorted(set(offsets))
    assert place(document, "a ` c") == "a ` c"
    assert place(document, "d") == "d"
    assert document.markup.source[
        document.markup.source_offset(document.text.index("&")) :
    ].startswith("&amp;")


def test_a_sentence_is_located_by_line_and_column_of_the_file():
    document = read("# Tea\n\n- It **may** help.\n  It is hot.\n")
    block = document.blocks[1]
    locator = Locator(document)
    may, hot = (locator.locate(document.text.index(w), block) for w in ("may", "hot"))
    assert (may.line, may.column) == (3, 8)
    assert (hot.line, hot.column) == (4, 9)


def test_a_hard_line_break_stays_within_its_paragraph():
    assert blocks("It helps.  \nIt is hot.\\\nIt is tea.") == [
        ("paragraph", "It helps.\nIt is hot.\nIt is tea.")
    ]


def test_a_text_of_nothing_but_references_is_read_whole():
    assert read("# References\n\nDoe.").text == "References\n\nDoe."


def test_a_file_of_markup_only_is_refused():
    with pytest.raises(InputError, match="markup only"):
        read("```\ncode\n```\n")


def test_lines_with_nuls_hide_no_other_line_and_take_no_time():
    started = time.process_time()
    document = read("It helps no one\0 now.\nAsk first.\n" * 5000)
    assert len(document.markup.runs) == 5000 and place(document, "Ask first.") == "Ask first."
    assert time.process_time() - started < 5
