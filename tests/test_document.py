"""Blocks and sentences keep their place, whatever the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.document import Block, BlockKind, Document
from claimcheck.reading.text import from_text
from claimcheck.segment import split_sentences

PIECES = st.sampled_from(
    ["The tea works. ", "# Title", "- item\n", "\n", "\n\n", "> said\r\n", "Dr. Lee, M.D., ",
     "3.5 mg", "?!", "…", "“Yes.” ", "\u200b", "\x00", "\u202e", "שלום. ", "  \t", "1) one\n",
     "e.g. ", "U.S. Food", "vitamin D. It", "🙂", "\u2028", "\x85", "é", "。"]
)  # fmt: skip
HOSTILE = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))


def sentences(text: str) -> list[str]:
    return [s.text for s in split_sentences(from_text(text))]


def kinds(text: str) -> list[BlockKind]:
    return [b.kind for b in from_text(text).blocks]


@given(HOSTILE)
@settings(max_examples=300)
def test_every_sentence_is_found_where_its_offsets_say(text):
    document = from_text(text)
    position = 0
    for s in split_sentences(document):
        assert document.text[s.start : s.end] == s.text
        assert s.text == s.text.strip() != ""
        assert position <= s.start < s.end
        position = s.end
        block = document.blocks[s.block]
        assert block.start <= s.start and s.end <= block.end and s.kind is block.kind


@given(HOSTILE)
@settings(max_examples=300)
def test_no_letter_or_digit_is_lost_between_the_sentences_of_a_block(text):
    document = from_text(text)
    found = split_sentences(document)
    for index, block in enumerate(document.blocks):
        kept = "".join(s.text for s in found if s.block == index)
        whole = document.text[block.start : block.end]
        assert [c for c in kept if c.isalnum()] == [c for c in whole if c.isalnum()]


def test_the_text_of_a_document_is_the_string_it_was_given():
    assert from_text("a\r\n\x00b ").text == "a\r\n\x00b "


def test_a_short_line_without_a_full_stop_is_a_heading():
    assert kinds("The benefits of tea\n\nTea is hot.") == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_markers_are_recognised_and_left_out_of_the_sentence():
    document = from_text("## Uses\n- For sleep\n2) For calm\n> It helps me.")
    assert [b.kind for b in document.blocks] == ["heading", "list_item", "list_item", "quotation"]
    found = [s.text for s in split_sentences(document)]
    assert found == ["Uses", "For sleep", "For calm", "It helps me."]


def test_one_line_a_paragraph_makes_one_block_a_line():
    text = "First paragraph here. It has two sentences.\nSecond paragraph here."
    assert len(from_text(text).blocks) == 2


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = (
        "Sleep is a state in which the body rests and the senses\n"
        "are less awake to the world, and it is reached by every\n"
        "mammal that has been looked at so far."
    )
    assert len(from_text(text).blocks) == 1
    assert len(sentences(text)) == 1


def test_a_list_of_short_lines_is_not_taken_for_wrapped_prose():
    assert len(from_text("Better sleep\nCalmer mornings\nFewer colds").blocks) == 3


def test_a_wrapped_list_item_goes_on_on_the_next_line():
    assert sentences("- helps with\n  sleep\n- calms") == ["helps with\n  sleep", "calms"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Lee saw it. It fell.", ["Dr. Lee saw it.", "It fell."]),
        ("A dose of 3.5 mg is low. Take two.", ["A dose of 3.5 mg is low.", "Take two."]),
        ("Smith et al. found less pain. Why?", ["Smith et al. found less pain.", "Why?"]),
        ("The U.S. Food agency agrees. Good.", ["The U.S. Food agency agrees.", "Good."]),
        ("They flew to the U.S. They stayed.", ["They flew to the U.S.", "They stayed."]),
        ("Take vitamin D. It helps bones.", ["Take vitamin D.", "It helps bones."]),
        ('"It works." She left.', ['"It works."', "She left."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert sentences(text) == expected


def test_a_very_long_block_is_split_like_a_short_one():
    one = "The trial found a drop of 3.5 mg. It was small. "
    assert sentences(one * 500) == ["The trial found a drop of 3.5 mg.", "It was small."] * 500


def test_a_sentence_of_three_thousand_words_stays_one():
    assert len(sentences("word " * 3000)) == 1


def test_a_word_as_long_as_an_article_takes_no_time_and_is_not_lost():
    started = time.process_time()
    found = sentences("Read this: " + "tea.Tea" * 20_000 + " It helps.")
    assert time.process_time() - started < 20
    assert found[0] == "Read this:" and found[-1] == "It helps."
    assert "".join(found[1:-1]) == "tea.Tea" * 20_000


def test_punctuation_alone_is_no_sentence():
    assert sentences("***\n\n---\n\n…") == []


def test_blocks_out_of_order_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        Document("abc", (Block(BlockKind.PARAGRAPH, 2, 3), Block(BlockKind.PARAGRAPH, 0, 1)))


def test_a_short_question_on_a_line_of_its_own_is_a_heading():
    assert kinds("Is it safe?\n\nIt is.") == [BlockKind.HEADING, BlockKind.PARAGRAPH]


WRAPPED = "The new tea lowers the pressure of the blood in healthy adults\n{}at least a year of it."


@pytest.mark.parametrize("start", ["– as trials found – and keeps it low for ", "12. and for "])
def test_a_wrapped_line_that_happens_to_begin_like_a_list_item_is_none(start):
    assert len(from_text(WRAPPED.format(start)).blocks) == 1


def test_a_wrapped_quotation_and_a_wrapped_item_without_indent_stay_whole():
    quoted = "> The new tea lowers the pressure of the blood in healthy adults\n> for a year."
    item = "- The new tea lowers the pressure of the blood in healthy adults\nfor a year."
    assert kinds(quoted) == [BlockKind.QUOTATION] and kinds(item) == [BlockKind.LIST_ITEM]
