"""Check the data: schemas, offsets, hashes, splits, and that no near-duplicate crosses them.

Run ``python -m train.validate``. Public corpora that are not on this machine are named and left
out; everything that is stored in the project is always checked.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import click
from jsonschema import Draft202012Validator
from sklearn.feature_extraction.text import TfidfVectorizer

from train.annotate import Annotation, Round
from train.gold import (
    EXCLUDED,
    Key,
    by_sentence,
    read_annotations,
    read_excluded,
    read_splits,
    resolve,
)
from train.sources import (
    ANNOTATIONS,
    ARTICLES,
    OWN,
    ROOT,
    CorpusMissingError,
    Source,
    corpus_of,
    group_of,
    read_corpus,
    text_hash,
)

SCHEMAS = ROOT / "data" / "schema"
SHINGLE = 5
"""Words in a row by which sentences are compared."""
ALIKE = 0.6
"""Jaccard similarity of shingles from which two sentences are near-duplicates."""
SAME_EVENT = 0.4
"""Cosine similarity from which two news stories tell of the same event."""
RANK = ("train", "validation", "test").index
WORDS = 8
"""Shorter sentences ("Ask your pharmacist first.") may stand in any article."""


def check_schemas() -> Iterator[str]:
    """Yield what is wrong with the form of any row of any file."""
    for folder, schema in (
        (ARTICLES, "article.schema.json"),
        (ANNOTATIONS, "annotation.schema.json"),
    ):
        validator = Draft202012Validator(json.loads((SCHEMAS / schema).read_text("utf-8")))
        for path in sorted(folder.glob("*.jsonl")):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                for error in validator.iter_errors(json.loads(line)):
                    yield f"{path.name}:{number}: {error.message}"


def check_labels(annotations: Sequence[Annotation], sources: Iterable[Source]) -> Iterator[str]:
    """Yield labels whose offsets or hash do not fit the text they point at."""
    by_document: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        by_document[annotation.document].append(annotation)
    for source in sources:
        for row in by_document.pop(source.id, []):
            if text_hash(source.document.text[row.start : row.end]) != row.hash:
                yield f"{row.annotator}: {row.document} has other text at {row.start}"
    for document, rows in by_document.items():
        yield f"{rows[0].annotator}: {document} does not exist"


def check_rounds(annotations: Sequence[Annotation], splits: dict[str, str]) -> Iterator[str]:
    """Yield sentences whose rounds are not complete for the split they are in."""
    for (document, start), rows in by_sentence(annotations).items():
        if len({r.annotator for r in rows}) < len(rows):
            yield f"{document}:{start} was labelled twice by the same annotator"
        if splits.get(document) in ("validation", "test") and resolve(rows) is None:
            yield f"{document}:{start} is in dispute and not adjudicated"
        if splits.get(document) == "test" and all(r.round != Round.SECOND for r in rows):
            yield f"{document}:{start} is in the test split and was labelled only once"
        if all(r.round != Round.FIRST for r in rows):
            yield f"{document}:{start} has no first label"


def check_splits(splits: dict[str, str], sources: Sequence[Source]) -> Iterator[str]:
    """Yield articles without a split, and topics or releases that stand in two."""
    groups: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        if source.id not in splits:
            yield f"{source.id} has no split"
            continue
        groups[group_of(source.corpus, source.id, source.topic)].add(splits[source.id])
    for group, names in groups.items():
        if len(names) > 1:
            yield f"{group} stands in {' and '.join(sorted(names))}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A labelled sentence with the split it is in."""

    key: Key
    split: str
    text: str


def near_duplicates(sentences: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Yield pairs of nearly equal sentences that stand in different splits.

    Two are nearly equal where the Jaccard similarity of their five-word shingles reaches ALIKE
    (Broder 1997).
    """
    shingles = [_shingles(s.text) for s in sentences]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(shingles):
        for shingle in found:
            holders[shingle].append(index)
    seen: set[tuple[int, int]] = set()
    for rows in holders.values():
        for a, b in combinations(rows, 2):
            if sentences[a].split == sentences[b].split or (a, b) in seen:
                continue
            seen.add((a, b))
            both, either = shingles[a] & shingles[b], shingles[a] | shingles[b]
            if len(both) >= ALIKE * len(either):
                yield sentences[a], sentences[b]


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) < WORDS:
        return set()
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def placed(
    annotations: Sequence[Annotation], sources: Sequence[Source], splits: dict[str, str]
) -> list[Placed]:
    """Return each labelled sentence of some texts with its split."""
    texts = {s.id: s.document.text for s in sources}
    return [
        Placed((document, start), splits[document], texts[document][start : rows[0].end])
        for (document, start), rows in by_sentence(annotations).items()
        if document in texts and document in splits
    ]


def same_events(sources: Sequence[Source], splits: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of news stories in different splits that tell of the same event.

    Two do where the cosine of their TF-IDF vectors reaches SAME_EVENT.
    """
    stories = [s for s in sources if s.corpus == "healthstory" and s.id in splits]
    if not stories:
        return
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english").fit_transform(
        [s.document.text for s in stories]
    )
    alike = (vectors @ vectors.T).tocoo()
    for row, column, cosine in zip(alike.row, alike.col, alike.data, strict=True):
        a, b = stories[row].id, stories[column].id
        if row < column and cosine >= SAME_EVENT and splits[a] != splits[b]:
            yield a, b


def to_exclude(sentences: Sequence[Placed], events: Iterable[tuple[str, str]] = ()) -> list[Key]:
    """Return what has to be left out so that nothing known from one split helps in another.

    Of a pair, the one in the split that matters less goes: training before validation before
    test. A single sentence goes where it is nearly equal to another (in news these are set
    phrases), and a whole story where another tells of the same event.
    """
    split_of = {s.key[0]: s.split for s in sentences}
    twins = {
        min(pair, key=lambda d: RANK(split_of[d])) for pair in events if {*pair} <= {*split_of}
    }
    single = {min(pair, key=lambda s: RANK(s.split)).key for pair in near_duplicates(sentences)}
    return sorted(single | {s.key for s in sentences if s.key[0] in twins})


def load_sources(annotations: Sequence[Annotation], say: bool) -> tuple[list[Source], set[str]]:
    """Return the labelled texts on this machine, and the names of the corpora that are not."""
    labelled = {a.document for a in annotations}
    sources: list[Source] = []
    missing: set[str] = set()
    for corpus in sorted({corpus_of(document) for document in labelled} | {OWN}):
        try:
            sources += [s for s in read_corpus(corpus) if s.id in labelled]
        except CorpusMissingError as error:
            missing.add(corpus)
            if say:
                click.echo(f"not checked: {error}", err=True)
    return sources, missing


def faults(say: bool = False) -> list[str]:
    """Return everything that is wrong with the data on this machine."""
    annotations, splits, excluded = read_annotations(), read_splits(), read_excluded()
    sources, missing = load_sources(annotations, say)
    present = [a for a in annotations if corpus_of(a.document) not in missing]
    kept = [p for p in placed(present, sources, splits) if p.key not in excluded]
    found = [*check_schemas(), *check_labels(present, sources)]
    found += [*check_rounds(annotations, splits), *check_splits(splits, sources)]
    found += [
        f"{a.key} and {b.key} are nearly equal and in {a.split} and {b.split}"
        for a, b in near_duplicates(kept)
    ]
    labelled = {p.key[0] for p in kept}
    found += [
        f"{a} and {b} tell of the same event in {splits[a]} and {splits[b]}"
        for a, b in same_events([s for s in sources if s.id in labelled], splits)
    ]
    if say:
        click.echo(f"{len(annotations)} labels, {len(sources)} texts, {len(found)} faults")
    return found


@click.command()
@click.option("--write-excluded", is_flag=True, help="Write data/excluded.json anew, then check.")
def main(write_excluded: bool) -> None:
    """Check every file under data/ and exit 1 if anything is wrong."""
    if write_excluded:
        annotations = read_annotations()
        sources, missing = load_sources(annotations, say=True)
        if missing:
            raise click.ClickException("all corpora are needed to find what to exclude")
        splits = read_splits()
        keys = to_exclude(placed(annotations, sources, splits), same_events(sources, splits))
        EXCLUDED.write_text(json.dumps(keys, indent=0) + "\n", encoding="utf-8")
    found = faults(say=True)
    for fault in found:
        click.echo(fault)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
