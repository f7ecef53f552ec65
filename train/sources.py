"""The texts that labels point at: our own articles, and public corpora read where they lie.

Only ``data/articles/`` is text of this project. The public corpora belong to others: they are
read from the folder that ``CLAIMCHECK_CORPORA`` names, or from where ``python -m train.corpora``
put its downloads, and nothing of them is ever stored here.
"""

import csv
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimcheck.document import Block, BlockKind, Document
from claimcheck.reading.blocks import find_blocks

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "data" / "articles"
ANNOTATIONS = ROOT / "data" / "annotations"
CORPORA_SETTING = "CLAIMCHECK_CORPORA"
DOWNLOADS = ROOT / ".corpora"

OWN = "articles"
"""The corpus name of the articles written for this project."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text that can be labelled, under the name its labels know it by."""

    id: str
    corpus: str
    genre: str
    topic: str
    document: Document


def group_of(corpus: str, document: str, topic: str) -> str:
    """Return what belongs together: the articles of a topic, a press release, or a text alone.

    Splits never cut a group, and a bootstrap resamples whole groups.
    """
    if corpus == OWN:
        return f"topic {topic}"
    if corpus == "eureka":
        return "release " + document.rsplit("-", 2)[0]
    return document


class CorpusMissingError(Exception):
    """A corpus that labels point at is not on this machine; the message says how to get it."""


def text_hash(text: str) -> str:
    """Return the hash by which a label recognises its sentence: 16 hex digits of SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def corpora_folder() -> Path:
    """Return the folder of the public corpora: the setting's, or that of the downloads."""
    named = os.environ.get(CORPORA_SETTING)
    return Path(named) if named else DOWNLOADS


def read_articles(folder: Path = ARTICLES) -> Iterator[Source]:
    """Yield the articles written for the project, in the order of their ids."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Source(
                row["id"], OWN, row["genre"], row["topic"], _document(row["text"], row["id"])
            )


def read_healthstory(folder: Path | None = None) -> Iterator[Source]:
    """Yield the news stories of HealthStory: the headline, a blank line, the body."""
    path = _existing("healthstory.jsonl.gz", folder)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row['title']}\n\n{row['text']}"
            yield Source(
                f"healthstory/{row['id']}", "healthstory", "real_news", "", _document(text, "")
            )


def read_eureka(folder: Path | None = None) -> Iterator[Source]:
    """Yield the headline and lead sentences of EurekAlert releases, each as its own text."""
    for row in _csv_rows("eureka_causal.csv", folder):
        heading = row["sentId"].endswith("title")
        yield _single(f"eureka/{row['sentId']}", "eureka", "real_release", row["sentence"], heading)


def read_pubmed(folder: Path | None = None) -> Iterator[Source]:
    """Yield conclusion sentences of PubMed abstracts; the id is the row, counted from 0."""
    for number, row in enumerate(_csv_rows("pubmed_causal.csv", folder)):
        yield _single(f"pubmed/{number}", "pubmed", "real_abstract", row["sentence"], False)


READERS = {
    OWN: read_articles,
    "healthstory": read_healthstory,
    "eureka": read_eureka,
    "pubmed": read_pubmed,
}


def read_corpus(name: str) -> Iterator[Source]:
    """Yield the texts of one corpus by its name.

    Raises:
        CorpusMissingError: where a public corpus is not on this machine.

    """
    return READERS[name]()


def corpus_of(document: str) -> str:
    """Return the corpus that a document id belongs to."""
    return document.partition("/")[0] if "/" in document else OWN


def _document(text: str, origin: str) -> Document:
    return Document(text, find_blocks(text), origin)


def _single(id_: str, corpus: str, genre: str, sentence: str, heading: bool) -> Source:
    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    return Source(id_, corpus, genre, "", Document(sentence, (Block(kind, 0, len(sentence)),), id_))


def _csv_rows(name: str, folder: Path | None) -> Iterator[dict[str, str]]:
    with _existing(name, folder).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _existing(name: str, folder: Path | None) -> Path:
    path = (folder or corpora_folder()) / name
    if not path.exists():
        raise CorpusMissingError(
            f"{path} is missing: run 'python -m train.corpora' to download the public corpora, "
            f"or set {CORPORA_SETTING} to a folder that has them"
        )
    return path
