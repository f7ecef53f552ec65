"""From sentences to what the model reads: the one place where that is decided.

Training and scoring both build their inputs here, so the model is used as it was trained. The
sentences of an article are read together, as many as fit into a window::

    [CLS] the end of what stands before [SEP] sentence [SEP] sentence [SEP] …

and each is judged from its own tokens (sequential sentence classification; Cohan et al. 2019), so
that a sentence costs no more than its length and has its neighbours in view. A sentence that is
longer than the model reads becomes several windows that overlap by a quarter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from claimcheck.document import Span
from claimcheck.errors import ModelError
from claimcheck.manifest import Limits

_SURROGATE = re.compile("[\ud800-\udfff]")

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of a long one, in a window: its index, and its half-open tokens."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """One row of a batch: token ids, and the pieces of it that are judged."""

    ids: Tokens
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """Turns sentences into windows of token ids. Safe to share between threads."""

    def __init__(self, tokenizer_file: Path, limits: Limits) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        except Exception as error:
            raise ModelError(f"{tokenizer_file} cannot be read as a tokenizer: {error}") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls = self._special("[CLS]")
        self._sep = self._special("[SEP]")
        self._limits = limits

    def encode(self, sentences: Sequence[str], in_order: bool) -> list[Window]:
        """Return windows that hold every sentence, in order.

        Args:
            sentences: any strings.
            in_order: they are the sentences of one article, and read together; otherwise each
                has a window of its own, with no context.

        """
        tokens = [self.tokens(sentence) for sentence in sentences]
        if in_order:
            return list(self._together(tokens))
        return [w for i, ids in enumerate(tokens) for w in self._alone(i, ids, ())]

    def tokens(self, text: str) -> Tokens:
        """Return the token ids of a text."""
        # One at a time: encoding a batch would start threads of its own, one for each CPU.
        return tuple(self._tokenizer.encode(_whole(text), add_special_tokens=False).ids)

    def without_each(self, text: str, words: Sequence[Span]) -> list[Tokens]:
        """Return the token ids of a text with each of some words left out in turn."""
        found = self._tokenizer.encode(_whole(text), add_special_tokens=False)
        return [
            tuple(
                token
                for token, (start, end) in zip(found.ids, found.offsets, strict=True)
                if end <= word.start or start >= word.end
            )
            for word in words
        ]

    def window(self, first: int, sentences: Sequence[Tokens], context: Tokens = ()) -> Window:
        """Return one window of sentences numbered from ``first`` on.

        Args:
            first: the index of the first sentence.
            sentences: their token ids.
            context: what ``context`` returned for what stands before them.

        """
        ids = [self._cls, *context]
        pieces: list[Piece] = []
        for index, sentence in enumerate(sentences, first):
            start = len(ids) if pieces or context else 0
            ids += (*sentence, self._sep)
            pieces.append(Piece(index, start, len(ids)))
        return Window(tuple(ids), tuple(pieces))

    def context(self, before: Sequence[Tokens], limit: int | None = None) -> Tokens:
        """Return the end of what stands before, each sentence closed, within the limit."""
        room = self._limits.context if limit is None else limit
        kept: Tokens = ()
        for sentence in reversed(before):
            if room < 2:
                break
            closed = (*sentence[-(room - 1) :], self._sep)
            kept = closed + kept
            room -= len(closed)
        return kept

    def _together(self, tokens: Sequence[Tokens]) -> Iterator[Window]:
        position = 0
        while position < len(tokens):
            context = self.context(tokens[max(0, position - self._limits.context) : position])
            end = self._fitting(tokens, position, len(context))
            if end == position + 1:
                yield from self._alone(position, tokens[position], context)
            else:
                yield self.window(position, tokens[position:end], context)
            position = end

    def _fitting(self, tokens: Sequence[Tokens], first: int, context: int) -> int:
        """Return the end of the run of sentences that share a window; at least one does."""
        length = 1 + context + len(tokens[first]) + 1
        end = first + 1
        while (
            len(tokens[first]) <= self._limits.sentence
            and end < len(tokens)
            and len(tokens[end]) <= self._limits.sentence
            and length + len(tokens[end]) + 1 <= self._limits.window
        ):
            length += len(tokens[end]) + 1
            end += 1
        return end

    def _alone(self, index: int, ids: Tokens, context: Tokens) -> Iterator[Window]:
        longest = self._limits.sentence
        step = longest - longest // 4
        for start in range(0, max(1, len(ids) - longest + step), step):
            yield self.window(index, [ids[start : start + longest]], context)

    def _special(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelError(f"the model's tokenizer has no {token}: use a BERT-like base model")
        return found


def _whole(text: str) -> str:
    """Return text that the tokenizer takes: half a surrogate pair, which JSON can hold, is none."""
    return _SURROGATE.sub("\ufffd", text)
