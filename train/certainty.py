"""How certain a finding sounds: the same network and training, as a regression.

Run ``python -m train.certainty``. The public corpus of Pei and Jurgens (2021) rates scientific
findings from 1 (uncertain) to 6 (certain). Trained on its training part, the network is measured by
the correlation of its ratings with the annotators' on the part called ``val``.
"""

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import pearsonr
from torch import nn
from transformers import AutoTokenizer, get_linear_schedule_with_warmup

from claimcheck.backends import default_threads
from claimcheck.encoding import Encoder
from train.base import PACKAGED, base_model_path
from train.finetune import Settings, build_network, device, logits_of
from train.metrics import bootstrap
from train.results import save
from train.sources import corpora_folder
from train.windows import IGNORED, Row, batch_of, batches

CORPUS = "sentence-level-certainty.jsonl"
MIDDLE, HALF = 3.5, 2.5
"""The scale of 1 to 6 is learned as one of -1 to 1."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, how certain it sounds from 1 to 6, and the corpus's own split."""

    text: str
    certainty: float
    split: str


def read(folder: Path | None = None) -> list[Finding]:
    """Return the findings of the corpus."""
    path = (folder or corpora_folder()) / CORPUS
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Finding(r["finding"], r["sentence-level-certainty"], r["split"]) for r in rows]


def train(findings: Sequence[Finding], encoder: Encoder, settings: Settings) -> nn.Module:
    """Return a network whose first output is the certainty, on the scale of -1 to 1."""
    # A row's label is its place in the list: what is learned is looked up there.
    rows = list(_rows(findings, encoder, settings))
    truth = torch.tensor([(f.certainty - MIDDLE) / HALF for f in findings])
    chance = random.Random(settings.seed)
    network = build_network(base_model_path(settings.base), settings).to(device())
    plan = [b for _ in range(int(settings.epochs)) for b in batches(rows, chance, 800)]
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.learning_rate)
    schedule = get_linear_schedule_with_warmup(optimizer, len(plan) // 10, len(plan))
    network.train()
    for batch in plan:
        wanted = truth[torch.from_numpy(batch.labels[:, 0])].to(device())
        loss = nn.functional.mse_loss(logits_of(network, batch)[:, 0, 0], wanted)
        loss.backward()
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    return network.eval()


def rate(
    network: nn.Module, findings: Sequence[Finding], encoder: Encoder, settings: Settings
) -> npt.NDArray[np.float64]:
    """Return how certain each finding sounds, from 1 to 6."""
    with torch.inference_mode():
        found = [
            float(logits_of(network, batch_of([row]))[0, 0, 0])
            for row in _rows(findings, encoder, settings)
        ]
    return np.array(found) * HALF + MIDDLE


def _rows(findings: Sequence[Finding], encoder: Encoder, settings: Settings) -> Iterator[Row]:
    for number, finding in enumerate(findings):
        tokens = encoder.tokens(finding.text)[: settings.max_length]
        yield Row(encoder.window(0, [tokens]), (number,), (IGNORED,))


@click.command()
@click.option("--base", default=PACKAGED, show_default=True, help="A Hugging Face id or a folder.")
@click.option("--epochs", type=int, default=6, show_default=True)
@click.option("--learning-rate", type=float, default=1e-4, show_default=True)
@click.option("--seed", type=int, default=Settings.seed, show_default=True)
def main(base: str, epochs: int, learning_rate: float, seed: int) -> None:
    """Print the correlation with what annotators said of the split called val."""
    torch.set_num_threads(default_threads())
    settings = Settings(base=base, epochs=epochs, learning_rate=learning_rate, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        AutoTokenizer.from_pretrained(base_model_path(base)).save_pretrained(folder)
        encoder = Encoder(Path(folder) / "tokenizer.json", settings.limits)
    findings = read()
    held_out = [f for f in findings if f.split == "val"]
    network = train([f for f in findings if f.split == "train"], encoder, settings)
    truth = np.array([f.certainty for f in held_out])
    found = rate(network, held_out, encoder, settings)
    correlation = bootstrap(
        lambda rows: pearsonr(truth[rows], found[rows]).statistic,
        [str(i) for i in range(len(truth))],
    )
    click.echo(f"{len(held_out)} findings, Pearson {correlation}")
    save("certainty", {"findings": len(held_out), "pearson": correlation})


if __name__ == "__main__":
    main()
