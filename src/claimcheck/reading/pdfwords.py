"""Words that were broken at the end of a line, made whole again."""

import re
from collections.abc import Sequence, Set

_LIGATURES = {
    ord("ﬀ"): "ff",
    ord("ﬁ"): "fi",
    ord("ﬂ"): "fl",
    ord("ﬃ"): "ffi",
    ord("ﬄ"): "ffl",
    ord("ﬅ"): "st",
    ord("ﬆ"): "st",
    0x00AD: None,  # a soft hyphen within a line shows nothing
}
_BROKEN = re.compile(r"(?P<head>[^\W\d_]+)[-\u00ad\u2010]$")
_LONGEST_WORD = 80
"""Characters at the end of a text in which its last word is looked for."""
_CONTINUED = re.compile(r"[^\W\d_]+")
_COMPOUNDS = frozenset(
    {"self", "well", "long", "short", "high", "low", "double", "evidence", "placebo", "non", "half"}
)
"""First parts after which a hyphen at the end of a line mostly belongs to the word."""


def join_lines(lines: Sequence[str], known: Set[str]) -> str:
    """Return the lines of a paragraph as one line of text.

    Args:
        lines: without white space at their ends.
        known: the words of the document in lower case, by which a hyphen at the end of a line is
            told from one that belongs to a word.

    """
    text = lines[0] if lines else ""
    for line in lines[1:]:
        head = _BROKEN.search(text, max(0, len(text) - _LONGEST_WORD))
        tail = _CONTINUED.match(line)
        if head is None or tail is None:
            text += line if text.endswith(("-", "‐", "–", "—", "/")) else f" {line}"
        elif _keeps_hyphen(head["head"], tail.group(), text[-1], known):
            text = f"{text[:-1]}-{line}"
        else:
            text = text[:-1] + line
    return text.translate(_LIGATURES)


def _keeps_hyphen(head: str, tail: str, hyphen: str, known: Set[str]) -> bool:
    if hyphen == "\u00ad":
        return False
    whole, compound = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
    if (whole in known) != (compound in known):
        return compound in known
    return head.lower() in _COMPOUNDS or not tail.islower()
