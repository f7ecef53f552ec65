"""The same network and training on the public causal-language corpora, by cross-validation.

Run ``python -m train.causal pubmed`` or ``eureka``. Both label single sentences as no claim,
correlational, conditional causal or direct causal (Yu, Li and Wang 2019; Yu et al. 2020), and have
published results to compare with: BioBERT, 5 folds, macro-F1 0.88 and 0.89.
"""

import csv
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import torch
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from torch import nn
from transformers import AutoTokenizer

from claimcheck.backends import default_threads
from claimcheck.encoding import Encoder
from train.base import PACKAGED, base_model_path
from train.finetune import Settings, build_network, device, logits_of, train_passes
from train.gold import Example
from train.metrics import bootstrap, macro_f1_of
from train.results import save
from train.sources import corpora_folder, group_of
from train.windows import IGNORED, LABELS, Row, batch_of, batches

CORPORA = {"pubmed": "pubmed_causal.csv", "eureka": "eureka_causal.csv"}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class CausalSentence:
    """A sentence, the strength of its causal language from 0 to 3, and its release."""

    text: str
    strength: int
    group: str


def read(corpus: str, folder: Path | None = None) -> list[CausalSentence]:
    """Return the sentences of a corpus; those of PubMed are each from an abstract of their own."""
    path = (folder or corpora_folder()) / CORPORA[corpus]
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            CausalSentence(
                row["sentence"],
                int(row["label"]),
                group_of("eureka", f"eureka/{row['sentId']}", "") if corpus == "eureka" else str(n),
            )
            for n, row in enumerate(csv.DictReader(lines))
        ]


def cross_validate(
    sentences: Sequence[CausalSentence],
    settings: Settings,
    extra: Sequence[CausalSentence] = (),
) -> npt.NDArray[np.int64]:
    """Return the strength that a model trained on the other folds gives to each sentence.

    Args:
        sentences: what is cut into folds, groups kept whole.
        settings: how each fold is trained.
        extra: sentences that every fold is trained on as well.

    """
    with tempfile.TemporaryDirectory() as folder:
        encoder = _encoder(settings, Path(folder))
    rows = [_row(s, encoder, settings) for s in sentences]
    more = [_row(s, encoder, settings) for s in extra]
    truth = np.array([s.strength for s in sentences])
    found = np.empty(len(rows), np.int64)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=settings.seed)
    for train, held_out in folds.split(truth, truth, [s.group for s in sentences]):
        chosen = [*(rows[i] for i in train), *more]
        network = _trained(chosen, settings)
        with torch.inference_mode():
            for i in held_out:
                logits = logits_of(network, batch_of([rows[i]]))
                found[i] = int(logits[0, 0, : len(LABELS)].argmax())
    return found


def train_on_all(settings: Settings, kept_out: Sequence[Example], folder: Path) -> None:
    """Train on both corpora and write a checkpoint: a base that knows causal language.

    Args:
        settings: how it is trained.
        kept_out: examples whose texts are left out where they are not of the training split.
        folder: where the checkpoint goes.

    """
    folder.mkdir(parents=True)
    encoder = _encoder(settings, folder)
    forbidden = {e.text for e in kept_out if e.split != "train"}
    found = [s for corpus in CORPORA for s in read(corpus) if s.text not in forbidden]
    _trained([_row(s, encoder, settings) for s in found], settings).save_pretrained(folder)


def _encoder(settings: Settings, folder: Path) -> Encoder:
    AutoTokenizer.from_pretrained(base_model_path(settings.base)).save_pretrained(folder)
    return Encoder(folder / "tokenizer.json", settings.limits)


def _trained(rows: Sequence[Row], settings: Settings) -> nn.Module:
    chance = random.Random(settings.seed)
    plan = [batches(rows, chance, settings.batch_tokens) for _ in range(int(settings.epochs))]
    network = build_network(base_model_path(settings.base), settings).to(device())
    for _ in train_passes(network, plan, settings):
        pass
    return network.eval()


def _row(sentence: CausalSentence, encoder: Encoder, settings: Settings) -> Row:
    tokens = encoder.tokens(sentence.text)[: settings.max_length]
    return Row(encoder.window(0, [tokens]), (sentence.strength,), (IGNORED,))


@click.command()
@click.argument("corpus", type=click.Choice(list(CORPORA)))
@click.option("--base", default=PACKAGED, show_default=True, help="A Hugging Face id or a folder.")
@click.option("--epochs", type=int, default=5, show_default=True)
@click.option("--learning-rate", type=float, default=1.5e-4, show_default=True)
@click.option("--with-other", is_flag=True, help="Train every fold on the other corpus as well.")
@click.option("--seed", type=int, default=Settings.seed, show_default=True)
def main(
    corpus: str, base: str, epochs: int, learning_rate: float, with_other: bool, seed: int
) -> None:
    """Cross-validate on CORPUS and print macro-F1."""
    torch.set_num_threads(default_threads())
    settings = Settings(base=base, epochs=epochs, learning_rate=learning_rate, seed=seed)
    sentences = read(corpus)
    other = read(next(name for name in CORPORA if name != corpus)) if with_other else []
    truth = np.array([s.strength for s in sentences])
    found = cross_validate(sentences, settings, other)
    score = bootstrap(
        lambda rows: macro_f1_of(truth[rows], found[rows]), [s.group for s in sentences]
    )
    each = [float(f1) for f1 in f1_score(truth, found, average=None)]
    click.echo(f"{corpus}: {len(sentences)} sentences, {FOLDS} folds, macro-F1 {score}")
    click.echo("per class " + "  ".join(f"{value:.3f}" for value in each))
    save(f"causal-{corpus}", {"sentences": len(sentences), "macro_f1": score, "classes": each})


if __name__ == "__main__":
    main()
