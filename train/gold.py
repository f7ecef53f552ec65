"""From stand-off labels to examples: the text of each labelled sentence, and what it was judged.

Where annotators differ, an adjudication decides; a sentence still in dispute is left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.labels import Label, Reason
from claimcheck.segment import split_sentences
from train.annotate import Annotation, Round
from train.sources import (
    ANNOTATIONS,
    OWN,
    ROOT,
    Source,
    corpus_of,
    group_of,
    read_corpus,
    text_hash,
)

SPLITS = ROOT / "data" / "splits.json"
EXCLUDED = ROOT / "data" / "excluded.json"
BEFORE = 8
"""Sentences that are kept as what stands before one; the encoder takes the tokens it can use."""

Key = tuple[str, int]
"""What a label is about: the id of a text, and the character at which the sentence starts."""


class DataError(Exception):
    """Labels that do not fit their text; the message names the first ones."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence in its article.

    ``position`` counts the sentences of its text from 0; ``before`` holds up to BEFORE of those
    that stand before it.
    """

    document: str
    start: int
    corpus: str
    genre: str
    topic: str
    kind: str
    position: int
    text: str
    before: tuple[str, ...]
    label: Label
    reason: Reason | None
    split: str

    @property
    def real(self) -> bool:
        """Whether it is from a public corpus, and not written for the project."""
        return self.corpus != OWN

    @property
    def group(self) -> str:
        """What it belongs together with: its topic, press release or text."""
        return group_of(self.corpus, self.document, self.topic)


def read_annotations(folder: Path = ANNOTATIONS) -> list[Annotation]:
    """Return every row of every file, in the order of the file names."""
    rows: list[Annotation] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows += [
            Annotation(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()
        ]
    return rows


def read_splits(path: Path = SPLITS) -> dict[str, str]:
    """Return the split of every text: train, validation or test, by the id of the text."""
    splits: dict[str, str] = {}
    for name, documents in json.loads(path.read_text(encoding="utf-8")).items():
        splits |= dict.fromkeys(documents, name)
    return splits


def read_excluded(path: Path = EXCLUDED) -> set[Key]:
    """Return the sentences that stand nearly equal in another split, and so are left out."""
    return {(document, start) for document, start in json.loads(path.read_text("utf-8"))}


def by_sentence(annotations: Iterable[Annotation]) -> dict[Key, list[Annotation]]:
    """Group labels by what they are about."""
    grouped: dict[Key, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        grouped[annotation.document, annotation.start].append(annotation)
    return dict(grouped)


def resolve(annotations: Sequence[Annotation]) -> Annotation | None:
    """Return the label that stands for a sentence, or None while it is in dispute."""
    for decisive in (Round.REREAD, Round.ADJUDICATION):
        for annotation in annotations:
            if annotation.round == decisive:
                return annotation
    if len({a.label for a in annotations}) > 1:
        return None
    return annotations[0]


def load_examples(corpora: Iterable[str] | None = None) -> list[Example]:
    """Return the labelled sentences of some corpora (all by default) with their text.

    Raises:
        CorpusMissingError: where a public corpus is not on this machine.
        DataError: where a label points at text that is not there.

    """
    annotations = read_annotations()
    splits = read_splits()
    present = {corpus_of(a.document) for a in annotations}
    wanted = sorted(present if corpora is None else present & set(corpora))
    grouped: dict[str, dict[int, list[Annotation]]] = defaultdict(dict)
    excluded = read_excluded()
    for (document, start), rows in by_sentence(annotations).items():
        if (document, start) not in excluded:
            grouped[document][start] = rows
    return [
        example
        for corpus in wanted
        for source in read_corpus(corpus)
        if source.id in grouped
        for example in _examples(source, grouped[source.id], splits[source.id])
    ]


def _examples(
    source: Source, labelled: dict[int, list[Annotation]], split: str
) -> Iterable[Example]:
    sentences = split_sentences(source.document)
    found = {s.start: i for i, s in enumerate(sentences)}
    for start, rows in sorted(labelled.items()):
        text = source.document.text[start : rows[0].end]
        if text_hash(text) != rows[0].hash:
            raise DataError(f"{source.id}: the text at {start} is not the one that was labelled")
        resolved = resolve(rows)
        if resolved is None:
            continue
        index = found.get(start)
        if index is None:
            raise DataError(f"{source.id}: no sentence starts at {start}, where one was labelled")
        before = sentences[max(0, index - BEFORE) : index]
        yield Example(
            document=source.id,
            start=start,
            corpus=source.corpus,
            genre=source.genre,
            topic=source.topic,
            kind=sentences[index].kind,
            position=index,
            text=text,
            before=tuple(s.text for s in before),
            label=Label(resolved.label),
            reason=Reason(resolved.reason) if resolved.reason else None,
            split=split,
        )
