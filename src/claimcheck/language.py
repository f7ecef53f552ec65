"""Is this English? The model reads nothing else, and should say so instead of guessing."""

import re
from functools import cache
from typing import Any

SAMPLE = 5_000
"""Characters that are looked at."""

ENOUGH_WORDS = 12
"""Below this many words no language is named: a guess would be worth nothing."""

_LETTERS = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "that", "is", "for", "are", "with", "was", "it", "be", "on"]
)
_ENGLISH_SHARE = 0.12


@cache
def _identifier() -> Any:  # noqa: ANN401
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_warning(text: str) -> str | None:
    """Return one sentence of warning where a text is surely not English, else None."""
    sample = text[:SAMPLE]
    words = _LETTERS.findall(sample.lower())
    if len(words) < ENOUGH_WORDS and sum(map(len, words)) < 5 * ENOUGH_WORDS:
        return None
    # The identifier takes a second to load, and one glance clears nearly every article.
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    language, probability = _identifier().classify(sample)
    if language == "en" or probability < 0.9:
        return None
    return (
        f"This text looks like '{language}', not English. The model reads English only: "
        "do not rely on these labels."
    )
