"""Documents for a soak: the project's articles in every format, and what nobody should hand over.

The mixture is the same for the same seed. Everything is made on the fly, and nothing is read but
``data/articles``.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from itertools import count

from claimcheck.document import BlockKind, Document
from train.sources import read_articles

ARTICLES_PER_ROUND = 60
"""Articles for each time that every hostile document comes up once."""

LARGE_EVERY = 4
"""Rounds for each time that the two that take minutes come up, from the first on."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that a soak reads: what it is, the ending that says its format, and its bytes."""

    kind: str
    ending: str
    data: bytes


def rounds(seed: int) -> Iterator[list[Sample]]:
    """Yield rounds without end: in each, some articles and the hostile documents, shuffled."""
    chance = random.Random(seed)
    articles = [source.document for source in read_articles()]
    for number in count():
        chosen = [chance.choice(articles) for _ in range(ARTICLES_PER_ROUND)]
        samples = [_as_file(document, place) for place, document in enumerate(chosen)]
        samples += [make(chance) for make in HOSTILE]
        samples += [make(chance) for make in LARGE if number % LARGE_EVERY == 0]
        chance.shuffle(samples)
        yield samples


# Articles, in every format


def _as_file(document: Document, number: int) -> Sample:
    ending, write = WRITERS[number % len(WRITERS)]
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    return Sample("article", ending, write(blocks))


Blocks = Sequence[tuple[BlockKind, str]]


def _text(blocks: Blocks) -> bytes:
    return "\n\n".join(text for _, text in blocks).encode()


def _markdown(blocks: Blocks) -> bytes:
    signs = {BlockKind.HEADING: "# ", BlockKind.LIST_ITEM: "- ", BlockKind.QUOTATION: "> "}
    return "\n\n".join(
        signs.get(kind, "") + " ".join(text.split()) for kind, text in blocks
    ).encode()


def _html(blocks: Blocks) -> bytes:
    tags = {BlockKind.HEADING: "h2", BlockKind.LIST_ITEM: "li", BlockKind.QUOTATION: "blockquote"}
    body = [
        f"<{tags.get(kind, 'p')}>{escape(text)}</{tags.get(kind, 'p')}>" for kind, text in blocks
    ]
    return f"<!doctype html><meta charset=utf-8><main>{''.join(body)}</main>".encode()


def _word(blocks: Blocks) -> bytes:
    import docx

    styles = {
        BlockKind.HEADING: "Heading 1",
        BlockKind.LIST_ITEM: "List Bullet",
        BlockKind.QUOTATION: "Quote",
    }
    file = docx.Document()
    for kind, text in blocks:
        file.add_paragraph(text, styles.get(kind))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _pdf(blocks: Blocks) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    story = [
        Paragraph(escape(text), styles["Heading1" if kind is BlockKind.HEADING else "BodyText"])
        for kind, text in blocks
    ]
    out = BytesIO()
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


WRITERS: tuple[tuple[str, Callable[[Blocks], bytes]], ...] = (
    (".txt", _text),
    (".md", _markdown),
    (".html", _html),
    (".docx", _word),
    (".pdf", _pdf),
)


# What nobody should hand over

_CLAIM = "Marsh thyme may ease a cough, and it cures every cold for good. "
_FOREIGN = (
    "Der Tee aus Sumpfthymian lindert den Husten, und wer ihn jeden Abend trinkt, schläft besser. ",
    "La tisane de thym des marais soulage la toux, et ceux qui en boivent dorment mieux la nuit. ",
    "La infusión de tomillo alivia la tos y quienes la beben cada noche duermen mucho mejor. ",
    "Чай из болотного чабреца облегчает кашель, и те, кто его пьёт, лучше спят по ночам. ",
    "沼泽百里香茶可以缓解咳嗽，每晚喝的人睡得更好。这是一个古老的家庭配方。",
    "شاي الزعتر يخفف السعال، ومن يشربه كل مساء ينام بشكل أفضل في الليل. ",
)
_STRANGE = (
    "🫖🏽 👩‍⚕️ \u202etea\u202c t\u200be\u200da \ufeffte\u0301\u0302\u0303a ﷽ \u0e49\u0e49 I\u0307 "
)
Chance = random.Random


def _nested_tags(chance: Chance) -> Sample:
    tag = chance.choice(["div", "b", "blockquote", "ul><li", "table><tr><td", "sup"])
    return Sample("nested tags", ".html", (f"<{tag}>" * 10_000 + _CLAIM * 20).encode())


def _open_tags(chance: Chance) -> Sample:
    piece = chance.choice(["<a href='", "<!--", "</", "<![x", "&#", "<p"])
    return Sample("tags that never end", ".html", f"<p>{_CLAIM * 5}</p>{piece * 20_000}".encode())


def _word_without_end(chance: Chance) -> Sample:
    return Sample(
        "a word of 200 KB", ".txt", (chance.choice("aé茶🫖") * 200_000).encode()[:200_000]
    )


def _lines_of_a_word(chance: Chance) -> Sample:
    words = chance.choices(["tea", "Cures.", "colds", "may", "help!"], k=50_000)
    return Sample("50,000 lines of a word", ".txt", "\n".join(words).encode())


def _line_without_end(chance: Chance) -> Sample:
    words = _CLAIM.replace(".", "").split() if chance.random() < 0.5 else _CLAIM.split()
    line = " ".join(chance.choices(words, k=200_000))[:1_000_000]
    return Sample("a line of a megabyte", ".txt", line.encode())


def _strange_letters(chance: Chance) -> Sample:
    text = "".join(chance.choices([_STRANGE, _CLAIM, "\u0301" * 50, "\u202e", "\u2028"], k=300))
    return Sample("strange letters", chance.choice([".txt", ".md", ".html"]), text.encode())


def _nuls(chance: Chance) -> Sample:
    text = "".join(chance.choices([_CLAIM, "\0", "\x1b[31m"], k=200))
    return Sample("NULs", chance.choice([".txt", ".md", ".html"]), text.encode())


def _noise(chance: Chance) -> Sample:
    ending = chance.choice([ending for ending, _ in WRITERS])
    return Sample("noise", ending, chance.randbytes(20_000))


def _foreign(chance: Chance) -> Sample:
    encoding = chance.choice(["utf-8", "utf-8", "utf-16"])
    return Sample("another language", ".txt", (chance.choice(_FOREIGN) * 20).encode(encoding))


def _legacy(chance: Chance) -> Sample:
    text = "Le thé réduit la fièvre, dit-on, après l'été. Crème brûlée. " * 20
    return Sample("another encoding", ".txt", text.encode(chance.choice(["cp1252", "cp850"])))


def _deep_markdown(chance: Chance) -> Sample:
    piece = chance.choice([">", "[", "- ", "*a **b ", "![", "`"])
    return Sample("nested Markdown", ".md", (piece * 5_000 + _CLAIM).encode())


def _broken(ending: str, write: Callable[[Blocks], bytes]) -> Callable[[Chance], Sample]:
    def make(chance: Chance) -> Sample:
        data = bytearray(write([(BlockKind.PARAGRAPH, _CLAIM * 9)]))
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        keep = len(data) if chance.random() < 0.5 else chance.randrange(len(data))
        return Sample(f"broken {ending}", ending, bytes(data[:keep]))

    return make


def _empty(chance: Chance) -> Sample:
    return Sample(
        "empty", chance.choice([ending for ending, _ in WRITERS]), b" " * chance.choice([0, 9])
    )


HOSTILE: tuple[Callable[[Chance], Sample], ...] = (
    _nested_tags,
    _open_tags,
    _word_without_end,
    _strange_letters,
    _nuls,
    _noise,
    _foreign,
    _legacy,
    _deep_markdown,
    *(_broken(".docx", _word) for _ in range(4)),
    *(_broken(".pdf", _pdf) for _ in range(4)),
    _empty,
)
LARGE = (_lines_of_a_word, _line_without_end)
