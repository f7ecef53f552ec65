"""From sentences to what the model reads: the one place where that is decided.

Training and scoring both build their inputs here, so the model is used as it was trained::

    [CLS] sentence [SEP] the end of what stands before it [SEP]

with token type 0 up to the first [SEP] and 1 after it; without context the second part is left
out. A sentence longer than the model reads becomes several windows that overlap by a quarter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from claimcheck.errors import ModelError

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Window:
    """One row of a batch: token ids, and the length of its first part ([CLS] to [SEP])."""

    ids: tuple[int, ...]
    first_part: int
    sentence: int  # index of the sentence it belongs to

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """Turns sentences into windows of token ids. Safe to share between threads."""

    def __init__(self, tokenizer_file: Path, max_length: int, context_tokens: int) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        except Exception as error:
            raise ModelError(f"{tokenizer_file} cannot be read as a tokenizer: {error}") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls = self._special("[CLS]")
        self._sep = self._special("[SEP]")
        self._max_length = max_length
        self._context_tokens = context_tokens

    def encode(self, sentences: Sequence[str], in_order: bool) -> list[Window]:
        """Return the windows of all sentences, at least one each, in order.

        Args:
            sentences: any strings.
            in_order: each is read with those before it in view, as sentences of one article.

        """
        tokens = [self._tokens(sentence) for sentence in sentences]
        windows: list[Window] = []
        context: list[int] = []
        for index, ids in enumerate(tokens):
            windows += self._windows(index, ids, context)
            if in_order and self._context_tokens:
                context = (context + ids)[-self._context_tokens :]
        return windows

    def encode_one(self, sentence: str, before: str) -> Window:
        """Return the first window of one sentence, with a given text before it."""
        ids, context = self._tokens(sentence), self._tokens(before)
        kept = context[-self._context_tokens :] if self._context_tokens else []
        return self._windows(0, ids, kept)[0]

    def _tokens(self, text: str) -> list[int]:
        # One at a time: encoding a batch would start threads of its own, one for each CPU.
        # Half a surrogate pair, which JSON can hold, is no character the tokenizer takes.
        whole = _SURROGATE.sub("\ufffd", text)
        ids: list[int] = self._tokenizer.encode(whole, add_special_tokens=False).ids
        return ids

    def _windows(self, index: int, ids: Sequence[int], context: Sequence[int]) -> list[Window]:
        tail = (*context, self._sep) if context else ()
        step = self._max_length - self._max_length // 4
        starts = range(0, max(1, len(ids) - self._max_length + step), step)
        return [self._window(index, ids[s : s + self._max_length], tail) for s in starts]

    def _window(self, index: int, ids: Sequence[int], tail: Sequence[int]) -> Window:
        first = (self._cls, *ids, self._sep)
        return Window((*first, *tail), len(first), index)

    def _special(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelError(f"the model's tokenizer has no {token}: use a BERT-like base model")
        return found
