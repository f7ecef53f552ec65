"""Find labels that may be wrong: where a model that never saw a sentence is sure of another label.

Run ``python -m train.suspects doubtful``. The training and validation splits are cut into folds by
document; each fold is judged by a model trained on the others (confident learning; Northcutt et al.
2021).
What it finds is written as a packet to be read again; the model changes no label. The test split is
left alone, so that nothing of a model's opinion gets into it.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from claimcheck.backends import default_threads
from claimcheck.classifier import Classifier, softmax
from claimcheck.encoding import Encoder, Tokens
from claimcheck.segment import split_sentences
from train.annotate import Passage, write_packet
from train.finetune import Settings, finetune
from train.gold import Example, Key, load_examples
from train.metrics import LABELS
from train.sources import Source, read_corpus


def suspicion(
    examples: Sequence[Example], settings: Settings, folds: int, work: Path
) -> list[float]:
    """Return for each example how much more a held-out model believes in another label.

    Returns:
        The probability of the likeliest other label minus that of the given one, -1 to 1.

    """
    fold_of = _folds(examples, folds, settings.seed)
    result = np.empty(len(examples))
    for fold in range(folds):
        held_out = [i for i, e in enumerate(examples) if fold_of[e.document] == fold]
        train = [replace(e, split="train") for e in examples if fold_of[e.document] != fold]
        probe = [replace(examples[i], split="validation") for i in held_out]
        folder = work / f"fold{fold}"
        finetune(settings, [*train, *probe], folder)
        result[held_out] = _margins(folder, probe, settings)
    return [float(x) for x in result]


def _folds(examples: Sequence[Example], folds: int, seed: int) -> dict[str, int]:
    documents = sorted({e.document for e in examples})
    random.Random(seed).shuffle(documents)
    return {document: i % folds for i, document in enumerate(documents)}


def _margins(folder: Path, examples: Sequence[Example], settings: Settings) -> list[float]:
    classifier = Classifier(folder, "torch", default_threads())
    encoder = Encoder(folder / "tokenizer.json", settings.limits)
    windows = [
        encoder.window(0, [encoder.tokens(e.text)[: settings.max_length]], _context(encoder, e))
        for e in examples
    ]
    scores = softmax(classifier.logits(windows)[:, : len(LABELS)])
    given = np.array([LABELS.index(e.label) for e in examples])
    own = scores[np.arange(len(examples)), given]
    scores[np.arange(len(examples)), given] = -1
    return [float(x) for x in scores.max(axis=1) - own]


def _context(encoder: Encoder, example: Example) -> Tokens:
    return encoder.context([encoder.tokens(text) for text in example.before])


def packet_passages(keys: Sequence[Key]) -> list[Passage]:
    """Return the sentences with what stands before them, for a packet."""
    documents = {document for document, _ in keys}
    sources: dict[str, Source] = {}
    for corpus in ("articles", "healthstory", "eureka", "pubmed"):
        sources |= {s.id: s for s in read_corpus(corpus) if s.id in documents}
    passages = []
    for document, start in keys:
        starts = [s.start for s in split_sentences(sources[document].document)]
        index = starts.index(start)
        passages.append(Passage(sources[document], index, index + 1))
    return passages


@click.command()
@click.option("--folds", default=3, show_default=True)
@click.option("--epochs", default=2.0, show_default=True)
@click.option("--context-tokens", default=Settings.context_tokens, show_default=True)
@click.option("--number", default=300, show_default=True, help="Sentences to read again.")
@click.option("--work", type=click.Path(path_type=Path), default=Path("runs/suspects"))
@click.option("--folder", type=click.Path(path_type=Path), default=Path("packets"))
@click.argument("name")
def main(
    name: str, folds: int, epochs: float, context_tokens: int, number: int, work: Path, folder: Path
) -> None:
    """Write packet NAME with the sentences whose labels are most in doubt."""
    examples = [e for e in load_examples() if e.split != "test"]
    settings = Settings(epochs=epochs, context_tokens=context_tokens)
    margins = suspicion(examples, settings, folds, work)
    worst = sorted(range(len(examples)), key=lambda i: -margins[i])[:number]
    keys = sorted((examples[i].document, examples[i].start) for i in worst)
    write_packet(name, packet_passages(keys), folder)
    found = {f"{e.document}:{e.start}": m for e, m in zip(examples, margins, strict=True)}
    (work / "margins.json").write_text(json.dumps(found), encoding="utf-8")
    wrong = sum(m > 0 for m in margins)
    click.echo(f"{len(examples)} sentences, {wrong} judged otherwise; {len(keys)} in {name}.txt")


if __name__ == "__main__":
    main()
