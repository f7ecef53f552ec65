"""What is shown: complete, escaped, and marked without relying on colour."""

import json
import re
from io import StringIO

import pytest
from rich.console import Console

from claimcheck.document import Block, BlockKind
from claimcheck.labels import LABEL_WORDS, REASON_WORDS, Label, Reason
from claimcheck.rendering import renderer
from claimcheck.rendering.display import displayable, shown_blocks
from claimcheck.rendering.terminal import show
from claimcheck.report import Report, ScoredSentence

EVIL = '<script>alert("x")</script> & \x1b[31m'


def sentence(text, start, block, kind, label, reasons=()):
    scores = dict.fromkeys(Label, 0.1) | {label: 0.7}
    return ScoredSentence(
        text, start, start + len(text), kind, block, label, 0.7, scores, reasons, label, 1
    )


@pytest.fixture
def report():
    lines = [
        (EVIL, BlockKind.HEADING, Label.NO_CLAIM, ()),
        ("Tea cures all ills.", BlockKind.PARAGRAPH, Label.OVERCLAIMED, (Reason.ABSOLUTE,)),
        ("Tea may soothe.", BlockKind.LIST_ITEM, Label.HEDGED, ()),
        ("Tea contains caffeine.", BlockKind.QUOTATION, Label.SUPPORTED, ()),
    ]
    text, blocks, sentences = "", [], []
    for index, (line, kind, label, reasons) in enumerate(lines):
        blocks.append(Block(kind, len(text), len(text) + len(line)))
        sentences.append(sentence(line, len(text), index, kind, label, reasons))
        text += line + "\n"
    return Report(text, EVIL, tuple(blocks), tuple(sentences), (EVIL,), "model 1")


def terminal(report, **options):
    out = StringIO()
    show([report], Console(file=out, width=80, **options))
    return out.getvalue()


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


def test_the_terminal_shows_symbols_without_colour(report):
    shown = terminal(report)
    assert "! Tea cures all ills." in shown and "~ Tea may soothe." in shown
    assert "✓ Tea contains caffeine." in shown
    assert "\x1b" not in shown


def test_the_terminal_lets_no_escape_sequence_of_the_article_through(report):
    assert "\x1b[31m" not in terminal(report, force_terminal=True).replace("\x1b[31;", "")


def test_the_terminal_gives_reason_and_advice_for_each_overclaim(report):
    shown = " ".join(terminal(report).split())
    assert REASON_WORDS[Reason.ABSOLUTE].title in shown
    assert REASON_WORDS[Reason.ABSOLUTE].advice in shown


def test_json_offsets_index_its_own_text(report):
    found = json.loads(renderer("json")([report]))["reports"][0]
    assert found["schema"] == "claimcheck.report/1"
    for s in found["sentences"]:
        assert found["text"][s["start"] : s["end"]] == s["text"]
        assert set(s["scores"]) == set(Label)
    assert found["summary"]["overclaim_rate"] == pytest.approx(1 / 3, abs=1e-4)


def test_blocks_are_shown_with_all_their_text(report):
    shown = "".join(t for b in shown_blocks(report) for t, _ in b.pieces)
    assert shown == report.text.replace("\n", "").replace("\x1b", "�")


def test_line_ends_of_windows_are_line_ends():
    assert displayable("é one\r\ntwo\rthree") == "é one\ntwo\nthree"


def test_characters_that_move_the_cursor_are_replaced_and_overrides_dropped():
    assert displayable("a\x1b[2Jb\u202ec\n") == "a�[2Jbc\n"
