"""Strategies for text that is likely to find a fault: pieces of syntax, and odd letters."""

from hypothesis import strategies as st

LONGEST = 60_000
"""Characters of the longest inputs: enough for what takes more than its share of time to show."""

WORDS = st.sampled_from(
    [
        *("It helps. ", "Tea cures colds", "may", " ", "\n", "\r\n", "\n\n", "\t", "  ", ".", ". "),
        *("U.S. ", "Dr. ", "e.g. ", "et al. ", "Fig. 3. ", "vitamin D. It ", "1.5", "No. 7", "..."),
        *("“", "”", '"', "'", "’", "(", ")", "[", "]", "?!", "…", ":", ";", "-", "—", "•", "* "),
        *("1. ", "2) ", "# ", "> ", "a.b", "@", "https://tea.example/a?b=c", "%", "$5"),
        *("é", "e\u0301", "ß", "İ", "ﬁ", "茶", "。", "שלום", "مرحبا", "🙂", "👩‍⚕️", "🏽"),
        *("\u200b", "\u200d", "\u202e", "\u2028", "\x85", "\x0b", "\x0c", "\x1c", "\ufeff"),
        *(
            "\ud800",
            "\x00",
            "\x1b[31m",
            "\ufffd",
            "\u00ad",
            "\u0301",
            "A" * 30,
            "&",
            "<",
            ">",
            "²",
            "٣",
        ),
    ]
)
HTML = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<br/>", "<li>", "<ul>", "</ul>", "<h1>", "</h1>"),
        *("<!--", "-->", "--!>", "<!-->", "<script>", "</script>", "<style>", "</style", "<![x"),
        *("<![CDATA[", "]]>", "<!DOCTYPE", "</", "<?", "?>", "<", "<a href='", "<p ", "<a b=c"),
        *("&amp;", "&#0;", "&#x41", "&#", "&#x", "&#65a", "&#146d", "&#1234567890123;", "&nope;"),
        *("&copy", "&", "&#xD800;", "&#" + "9" * 5000 + ";", "<table>", "<tr>", "<td>", "</td>"),
        *("<sup>", "1", "</sup>", "<a href='#'>", "</a>", "<blockquote>", "<nav>", "</nav>"),
        *("<article>", "<main>", "<div hidden>", "</div>", "<svg>", "</svg>", "<title>", "<pre>"),
        *('<meta charset="utf-16">', '<meta charset="x">', "<textarea>", "<template>", "<a\0b>"),
        *("References", "<h2>Sources</h2>", "<div class='share'>", "<math>", "<plaintext>"),
    ]
)
MARKDOWN = st.sampled_from(
    [
        *("# ", "*", "**", "_", "__", "`", "``", "[", "](", ")", "]", "![", "> ", "- ", "1. "),
        *("    ", "\\", "  \n", "|", "|-|-|\n", "|a|b|\n", "***", "===", "---\n", "```\n", "~~~"),
        *("<b>", "</b>", "<!-- ", " -->", "[^1]", "[^1]: ", "[r]: /a\n", "[r]", "&amp;", "&#35;"),
        *("~~", "<http://t.ea>", "\\*", "+++\n", "[x] ", "- [ ] ", "<div>\n", '"t"', "\t- ", "<"),
    ]
)
MARKERS = st.sampled_from(
    [
        *(
            "<!-- claimcheck: off -->",
            "<!-- claimcheck: on -->",
            "<!-- claimcheck: ignore-next -->",
        ),
        *("<!--claimcheck:x-->", "<!-- claimcheck: off", "<!-- claimcheck : ON\n-->", "\n\n"),
        *("<!-- claimcheck: off --", "<!--", "-->", "<!---->", "“Tea cures.”", '"It helps."'),
    ]
)


def mixed(pieces: st.SearchStrategy[str] = WORDS, longest: int = LONGEST) -> st.SearchStrategy[str]:
    """Return texts of these pieces and of words; now and then a few of them a thousand times."""
    piece = st.one_of(WORDS, pieces, pieces, st.text(max_size=3))
    few = st.lists(piece, max_size=3).map("".join)
    short = st.lists(piece, max_size=40).map("".join)
    stretch = st.tuples(few, st.integers(500, longest)).map(lambda p: (p[0] * p[1])[:longest])
    long = st.tuples(few, stretch, few).map(lambda parts: "".join(parts)[:longest])
    return st.one_of(*[short] * 9, long)
