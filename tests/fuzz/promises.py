"""What is promised of every document and every sentence, whatever the input."""

from bisect import bisect_right
from collections.abc import Sequence

from claimcheck.document import Document, Locator
from claimcheck.errors import ClaimcheckError
from claimcheck.segment import Sentence, split_sentences

LONGEST_MESSAGE = 400


def check_refusal(error: ClaimcheckError) -> None:
    """Check that people are told in one short line what is wrong."""
    message = str(error)
    assert message and len(message) < LONGEST_MESSAGE, f"a message of {len(message)} characters"
    assert "\n" not in message, "a message of several lines"


def check_document(document: Document) -> list[Sentence]:
    """Check offsets and runs, and return the sentences, which are checked too."""
    position = 0
    for block in document.blocks:
        assert position <= block.start < block.end <= len(document.text), f"{block} is misplaced"
        position = block.end
    for warning in document.warnings:
        assert warning and "\n" not in warning, "a warning that is not one line"
    _check_ignored(document)
    _check_markup(document)
    sentences = split_sentences(document)
    check_sentences(document, sentences)
    return sentences


def _check_ignored(document: Document) -> None:
    position = -1
    for span in document.ignored:
        assert position < span.start < span.end <= len(document.text), f"{span} is misplaced"
        position = span.end


def _check_markup(document: Document) -> None:
    if document.markup is None:
        return
    at = source_at = 0
    source = document.markup.source
    for run in document.markup.runs:
        assert at <= run.start < run.end <= len(document.text), f"{run} is misplaced"
        assert source_at <= run.source_start < run.source_end <= len(source), f"{run} is misplaced"
        at, source_at = run.end, run.source_end
        text, written = document.text[run.start : run.end], source[run.source_start : source_at]
        assert len(text) != len(written) or text == written, f"{run} says what is not written"


def check_sentences(document: Document, sentences: Sequence[Sentence]) -> None:
    """Check that sentences are true, apart and in their blocks, and that no word is lost."""
    text = document.text
    locator = Locator(document)
    position = 0
    for sentence in sentences:
        block = document.blocks[sentence.block]
        assert text[sentence.start : sentence.end] == sentence.text, "the text of a sentence"
        assert max(position, block.start) <= sentence.start < sentence.end <= block.end, "its place"
        assert sentence.text == sentence.text.strip(), "white space at its ends"
        found = locator.locate(sentence.start, block)
        assert (found.line or found.paragraph or found.page or 0) > 0, "its location"
        position = sentence.end
    if not document.ignored:
        _check_no_word_lost(document, sentences)


def _check_no_word_lost(document: Document, sentences: Sequence[Sentence]) -> None:
    starts = [sentence.start for sentence in sentences]
    for block in document.blocks:
        for offset in range(block.start, block.end):
            if document.text[offset].isalnum():
                index = bisect_right(starts, offset) - 1
                inside = index >= 0 and offset < sentences[index].end
                assert inside, f"{document.text[offset]!r} of a block is in no sentence"
