"""Do the words that an explanation names carry the label? Take them out and see.

Run ``python -m train.faithfulness``. For each sentence of a split that the model calls overclaimed,
the three words with the largest shares are taken out, and three random ones, and the article is
scored anew each time (deletion; Samek et al. 2017, "comprehensiveness" of DeYoung et al. 2020).
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click
import numpy as np

from claimcheck.backends import default_threads
from claimcheck.classifier import Classifier
from claimcheck.explain import WordShare, explain
from claimcheck.labels import Label
from claimcheck.manifest import find_model
from claimcheck.segment import split_sentences
from train.gold import load_examples
from train.metrics import bootstrap
from train.results import save
from train.sources import read_corpus

WORDS = 3


@dataclass(frozen=True, slots=True)
class Deletion:
    """How far the probability of "overclaimed" falls when words are taken out of a sentence."""

    telling: float
    chance: float


def deletions(
    classifier: Classifier, sentences: Sequence[str], wanted: set[int], chance: random.Random
) -> Iterator[Deletion]:
    """Yield what deletion does to those of an article's sentences that are called overclaimed."""
    for index, found in enumerate(classifier.predict(sentences, in_order=True)):
        if index not in wanted or found.label is not Label.OVERCLAIMED:
            continue
        shares = explain(classifier, sentences[index], found.label, sentences[:index][-8:])
        if len(shares) < 2 * WORDS:
            continue
        ranked = sorted(shares, key=lambda word: -word.share)
        groups = (ranked[:WORDS], chance.sample(shares, WORDS))
        before = found.scores[found.label]
        telling, other = (
            before - _probability(classifier, sentences, index, group) for group in groups
        )
        yield Deletion(telling, other)


def _probability(
    classifier: Classifier, sentences: Sequence[str], index: int, words: Sequence[WordShare]
) -> float:
    """Return the probability of "overclaimed" for a sentence of an article without some words."""
    text = sentences[index]
    for word in sorted(words, key=lambda w: -w.start):
        text = text[: word.start] + text[word.end :]
    shorter = re.sub(r"\s+", " ", text).strip()
    start = max(0, index - 12)
    changed = [*sentences[start:index], shorter, *sentences[index + 1 : index + 8]]
    return classifier.predict(changed, in_order=True)[index - start].scores[Label.OVERCLAIMED]


@click.command()
@click.option("--model", default="default", show_default=True)
@click.option("--split", default="test", type=click.Choice(["validation", "test"]))
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
def main(model: str, split: str, corpora: str | None) -> None:
    """Print how far the label falls without the telling words, and without random ones."""
    classifier = Classifier(find_model(model), "onnx", default_threads())
    wanted: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for example in load_examples(corpora.split(",") if corpora else None):
        if example.split == split:
            wanted[example.corpus][example.document].add(example.position)
    chance = random.Random(0)
    found = [
        deletion
        for corpus, documents in wanted.items()
        for source in read_corpus(corpus)
        if source.id in documents
        for deletion in deletions(
            classifier,
            [s.text for s in split_sentences(source.document)],
            documents[source.id],
            chance,
        )
    ]
    telling, other = (np.array([getattr(d, name) for d in found]) for name in ("telling", "chance"))
    each = [str(number) for number in range(len(found))]
    figures = {
        "model": f"{classifier.manifest.name} {classifier.manifest.version}",
        "sentences": len(found),
        "telling": bootstrap(lambda rows: telling[rows].mean(), each),
        "random": bootstrap(lambda rows: other[rows].mean(), each),
        "telling_above_random": float((telling > other).mean()),
    }
    click.echo(f"{len(found)} sentences called overclaimed, {WORDS} words taken out of each")
    click.echo(f"the telling words   probability falls by {figures['telling']}")
    click.echo(f"random words        probability falls by {figures['random']}")
    click.echo(f"telling above random in {figures['telling_above_random']:.0%} of the sentences")
    save("faithfulness", figures)


if __name__ == "__main__":
    main()
