"""The texts that are timed: whole passages, so that packing and boilerplate are as in real use."""

from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.document import Document
from claimcheck.segment import split_sentences
from train.sources import read_corpus, text_hash


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole text, and its sentences in order."""

    document: Document
    sentences: tuple[str, ...]


def sample(corpus: str, sentences: int) -> list[Passage]:
    """Return passages of a corpus with at least so many sentences in all, always the same ones.

    Raises:
        CorpusMissingError: where a public corpus is not on this machine.

    """
    chosen: list[Passage] = []
    found = 0
    for source in sorted(read_corpus(corpus), key=lambda s: text_hash(s.id)):
        if found >= sentences:
            break
        texts = tuple(s.text for s in split_sentences(source.document))
        if texts:
            chosen.append(Passage(source.document, texts))
            found += len(texts)
    return chosen


def all_sentences(passages: Sequence[Passage]) -> list[str]:
    """Return the sentences of all passages in order."""
    return [sentence for passage in passages for sentence in passage.sentences]
