"""What is searched: for each target, a strategy of cases, and a check that a case must pass.

A case is a string, bytes, or a tuple of parts: something that can be cut down. A check returns
nothing, and raises whatever is wrong; a refusal, a ``ClaimcheckError``, it takes for an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from claimcheck.comparing import compare
from claimcheck.document import Document
from claimcheck.encoding import Encoder
from claimcheck.errors import ClaimcheckError
from claimcheck.ignore import with_ignored
from claimcheck.language import language_warning
from claimcheck.manifest import DEFAULT_MODEL, find_model, load_manifest
from claimcheck.reading import ReadOptions, read_bytes
from claimcheck.reading.registry import FORMATS
from claimcheck.reading.text import from_text
from claimcheck.segment import RuleSplitter
from tests.fuzz import packages
from tests.fuzz.promises import check_document, check_refusal
from tests.fuzz.rendered import check_renderers
from tests.fuzz.settings import check_baseline, check_config, config_texts, json_texts
from tests.fuzz.texts import HTML, MARKDOWN, MARKERS, mixed
from tests.fuzz.web import answers, check_answer
from tests.rendering.articles import scored


@dataclass(frozen=True)
class Target:
    """A part that is searched for faults."""

    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def read(data: bytes, ending: str, keep: str = "main") -> Document | None:
    """Return a document that keeps what is promised, or None where it is refused."""
    try:
        document = read_bytes(data, "x", f"x{ending}", ReadOptions(keep=keep))
    except ClaimcheckError as error:
        check_refusal(error)
        return None
    check_document(document)
    return document


def encoded(text: str) -> bytes:
    """Return a text as UTF-8, which half a surrogate pair makes invalid."""
    return text.encode("utf-8", errors="surrogatepass")


def _text(case: str) -> None:
    document = read(encoded(case), ".txt")
    if document is not None:
        starts = {o for b in document.blocks for o in range(b.start, b.end)}
        lost = [c for o, c in enumerate(document.text) if c.isalpha() and o not in starts]
        assert not lost, f"{lost[0]!r} is in no block"


def _html(case: str) -> None:
    for keep in ("main", "all"):
        read(encoded(case), ".html", keep)


def _under_any_ending(case: bytes) -> None:
    for format_ in FORMATS:
        read(case, format_.endings[0])


def _splitter(case: str) -> None:
    spans = RuleSplitter().spans(case)
    position = 0
    for start, end in [*spans, (len(case), len(case))]:
        assert position <= start <= end, "spans out of order"
        assert not case[position:start].strip(), "a gap with more than white space"
        position = end
    check_document(from_text(case))


def _windows(case: Sequence[str]) -> None:
    encoder, limits = _encoder()
    for in_order in (True, False):
        windows = encoder.encode(case, in_order)
        for window in windows:
            assert window.pieces and len(window) <= max(
                limits.window, limits.context + limits.sentence + 2
            )
            assert all(0 <= p.start < p.end <= len(window) for p in window.pieces), (
                "a piece outside"
            )
        order = [piece.sentence for window in windows for piece in window.pieces]
        assert order == sorted(order) and set(order) == set(range(len(case))), "a sentence is lost"


@cache
def _encoder() -> tuple[Encoder, Any]:
    folder = find_model(DEFAULT_MODEL)
    limits = load_manifest(folder).limits
    return Encoder(folder / "tokenizer.json", limits), limits


def _language(case: str) -> None:
    warning = language_warning(case)
    assert warning is None or (warning and "\n" not in warning)


def _ignored(case: str) -> None:
    for ending in (".md", ".html"):
        document = read(encoded(case), ending)
        if document is None:
            continue
        less = with_ignored(document, quotations=True)
        same = replace(less, ignored=document.ignored, warnings=document.warnings)
        assert same == document, "more than the ignored parts has changed"
        for sentence in check_document(less):
            apart = all(i.end <= sentence.start or sentence.end <= i.start for i in less.ignored)
            assert apart, "a sentence in an ignored part"


def _rendered(case: str) -> None:
    for ending in (".txt", ".md", ".html"):
        document = read(encoded(case), ending)
        if document is not None:
            check_renderers(document)


def _compared(case: Sequence[str]) -> None:
    old, new = (scored(from_text(text), ()) for text in ("".join(case[::2]), "".join(case[1::2])))
    changes = compare(old, new).changes
    gone = sum(change.new is None for change in changes)
    came = sum(change.old is None for change in changes)
    assert len(new.sentences) - len(old.sentences) == came - gone, "a sentence is lost"


TARGETS = {
    "text": Target(mixed(), _text),
    "markdown": Target(mixed(MARKDOWN), lambda case: read(encoded(case), ".md") and None),
    "html": Target(mixed(HTML), _html),
    "bytes": Target(packages.noise, _under_any_ending),
    "docx": Target(
        packages.word_changes, lambda case: read(packages.word_bytes(case), ".docx") and None
    ),
    "pdf": Target(
        packages.pdf_changes, lambda case: read(packages.pdf_bytes(case), ".pdf") and None
    ),
    "web": Target(answers, check_answer),
    "splitter": Target(mixed(), _splitter),
    "windows": Target(st.lists(mixed(), max_size=8).map(tuple), _windows),
    "language": Target(mixed(), _language),
    "ignore": Target(mixed(st.one_of(MARKERS, MARKERS, HTML, MARKDOWN)), _ignored),
    "render": Target(mixed(st.one_of(HTML, MARKDOWN), longest=8_000), _rendered),
    "diff": Target(st.lists(mixed(), max_size=6).map(tuple), _compared),
    "config": Target(config_texts, check_config),
    "baseline": Target(json_texts, check_baseline),
}
