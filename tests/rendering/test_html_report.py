"""The HTML report: complete, escaped, and marked without relying on colour."""

import re

from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason
from claimcheck.rendering import renderer


def test_html_escapes_whatever_comes_from_the_article(report):
    page = renderer("html")([report])
    assert "<script" not in page and "\x1b" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_html_asks_nothing_of_anyone(report):
    page = renderer("html")([report])
    assert not re.search(r"(src|href)=[\"'](?!#)|url\(|@import|<link|<script", page)


def test_html_names_every_label_reason_and_advice_in_words(report):
    page = renderer("html")([report])
    for label in Label:
        assert LABEL_WORDS[label].title in page and LABEL_WORDS[label].symbol in page
    assert REASON_WORDS[Reason.ABSOLUTE].title in page
    assert "70% sure" in page and "33%" in page


def test_html_jumps_between_sentence_and_note(report):
    page = renderer("html")([report])
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets and len(targets) == 2


def test_html_holds_several_articles(report):
    page = renderer("html")([report, report])
    ids = re.findall(r' id="([^"]+)"', page)
    assert page.count("<article") == 2 and len(ids) == len(set(ids))
