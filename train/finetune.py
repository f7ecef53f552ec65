"""Fine-tune the base model: four labels, and seven reasons for the overclaims.

Run ``python -m train.finetune`` from a checkout. The checkpoint it writes is an ordinary
Hugging Face one: outputs 0 to 3 are the labels, 4 to 10 the reasons.
"""

import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import nn
from transformers import AutoTokenizer, get_linear_schedule_with_warmup

from claimcheck.backends import INPUTS, default_threads
from claimcheck.encoding import Encoder
from claimcheck.manifest import MANIFEST, Limits, Manifest, file_hash
from claimcheck.torch_model import SentencePooledBert, judge_pieces, load_network
from train.base import PACKAGED, base_model_path
from train.gold import DataError, Example, load_examples
from train.losses import Objective, disagreement, loss_of
from train.own import load_own
from train.rates import Rates, parameter_groups
from train.windows import IGNORED, LABELS, REASONS, Batch, Cutting, batches, cut, passages

SAY_EVERY = 50  # steps


@dataclass(frozen=True)
class Settings:
    """What decides a training run: the same settings and data give the same checkpoint."""

    base: str = PACKAGED
    epochs: float = 3
    batch_tokens: int = 1_600
    learning_rate: float = 2e-4
    head_rate: float = 5.0  # times the learning rate
    weight_decay: float = 0.01
    freeze_words: bool = True  # word embeddings: half the weights, and a third of a step's time
    warmup: float = 0.1
    layer_decay: float = 1.0  # learning rate of a layer, as a share of the one above it
    objective: Objective = field(default_factory=Objective)
    max_length: int = 128
    window_tokens: int = 128
    context_tokens: int = 40
    alone: float = 0.15  # share of the windows that hold a single sentence without context
    share: float = 1.0  # of the training documents, for learning curves
    seed: int = 13

    @property
    def limits(self) -> Limits:
        """What is read at once when an article is scored."""
        return Limits(self.max_length, self.window_tokens, self.context_tokens)

    @property
    def rates(self) -> Rates:
        """How fast each part of the network learns."""
        return Rates(self.learning_rate, self.head_rate, self.layer_decay)

    @property
    def cutting(self) -> Cutting:
        """How training texts are cut: around the sizes that are used when scoring."""
        window, context = self.window_tokens, self.context_tokens
        return Cutting(
            windows=(window // 2, window, 3 * window // 2),
            contexts=(0, context // 2, context, 3 * context // 2),
            alone=self.alone,
        )


def finetune(settings: Settings, examples: Sequence[Example], folder: Path) -> dict[str, float]:
    """Train on the training split, keep the pass that is best on the validation split.

    Args:
        settings: see Settings.
        examples: labelled sentences of the splits "train" and "validation".
        folder: where the checkpoint goes: weights, tokenizer, manifest, settings.

    Returns:
        The figures of the kept pass on the validation split.

    """
    base = base_model_path(settings.base)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(base)
    tokenizer.save_pretrained(folder)
    train = _share([e for e in examples if e.split == "train"], settings)
    validation = [e for e in examples if e.split == "validation"]
    if not train or not validation:
        raise DataError("training needs labelled sentences for the splits train and validation")
    torch.set_num_threads(default_threads())
    network = build_network(base, settings).to(device())
    if not isinstance(network, SentencePooledBert):
        settings = replace(settings, window_tokens=0, context_tokens=0, alone=1.0)
    encoder = Encoder(folder / "tokenizer.json", settings.limits)
    best: dict[str, float] = {}
    plan = _plan(train, encoder, settings)
    judged = _validation(validation, encoder, settings)
    for _ in train_passes(network, plan, settings):
        figures = _figures(network, judged)
        click.echo(f"validation macro-F1 {figures['macro_f1']:.4f}", err=True)
        if figures["macro_f1"] > best.get("macro_f1", -1):
            best = figures
            network.save_pretrained(folder)
    _describe(settings, folder)
    return {**best, "sentences": float(len(train))}


def device() -> str:
    """Return where networks run: on a GPU where there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def _plan(train: Sequence[Example], encoder: Encoder, settings: Settings) -> list[list[Batch]]:
    """Return the batches of every pass; a last pass may be a part of one."""
    chance = random.Random(settings.seed)
    found = passages(train, encoder, settings.max_length)
    plan = []
    for done in range(math.ceil(settings.epochs)):
        rows = list(cut(found, encoder, settings.cutting, chance))
        whole = batches(rows, chance, settings.batch_tokens)
        plan.append(whole[: round(min(1.0, settings.epochs - done) * len(whole))])
    return plan


def _validation(examples: Sequence[Example], encoder: Encoder, settings: Settings) -> list[Batch]:
    fixed = Cutting((settings.window_tokens,), (settings.context_tokens,))
    chance = random.Random(0)
    rows = list(cut(passages(examples, encoder, settings.max_length), encoder, fixed, chance))
    return batches(rows, chance, 2 * settings.batch_tokens)


def train_passes(network: nn.Module, plan: list[list[Batch]], settings: Settings) -> Iterator[int]:
    """Train pass by pass, and yield the number of steps so far after each."""
    steps = sum(map(len, plan))
    optimizer = torch.optim.AdamW(
        parameter_groups(network, settings.rates), weight_decay=settings.weight_decay
    )
    schedule = get_linear_schedule_with_warmup(optimizer, round(settings.warmup * steps), steps)
    step, judged, start = 0, 0, time.monotonic()
    for batches_of_pass in plan:
        network.train()
        for batch in batches_of_pass:
            loss = _loss(network, batch, settings)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            judged += int((batch.labels != IGNORED).sum())
            if step % SAY_EVERY == 0:
                rate = judged / (time.monotonic() - start)
                click.echo(f"{step}/{steps}  loss {loss:.3f}  {rate:.0f} sentences/s", err=True)
        yield step


def logits_of(network: nn.Module, batch: Batch) -> torch.Tensor:
    """Return the outputs for every piece of a batch, (rows, pieces, outputs)."""
    place = next(network.parameters()).device
    inputs = {
        name: torch.from_numpy(array).to(place)
        for name, array in zip(INPUTS, batch.inputs, strict=True)
    }
    return judge_pieces(network, inputs).float()


def _loss(network: nn.Module, batch: Batch, settings: Settings) -> torch.Tensor:
    """Return what a step makes smaller, a scalar."""
    objective = settings.objective
    logits = logits_of(network, batch).flatten(0, 1)
    labels = torch.from_numpy(batch.labels).flatten().to(logits.device)
    reasons = torch.from_numpy(batch.reasons).flatten().to(logits.device)
    loss = loss_of(logits, labels, reasons, objective)
    if objective.r_drop:
        again = logits_of(network, batch).flatten(0, 1)
        loss = (loss + loss_of(again, labels, reasons, objective)) / 2
        loss = loss + objective.r_drop * disagreement(logits, again, labels)
    return loss


def _share(examples: Sequence[Example], settings: Settings) -> list[Example]:
    """Keep a share of the documents, the same ones for the same seed and more for more."""
    documents = sorted({e.document for e in examples})
    random.Random(settings.seed).shuffle(documents)
    kept = set(documents[: round(settings.share * len(documents))])
    return [e for e in examples if e.document in kept]


def build_network(base: str, settings: Settings) -> nn.Module:
    """Load a base model or a checkpoint with a head for our labels and reasons."""
    torch.manual_seed(settings.seed)
    names = [str(label) for label in LABELS] + [f"reason:{reason}" for reason in REASONS]
    network = load_network(
        base,
        num_labels=len(names),
        id2label=dict(enumerate(names)),
        label2id={name: i for i, name in enumerate(names)},
        # Dropping attention weights costs a CPU a third of its time and gains nothing here.
        attention_probs_dropout_prob=0.0,
    )
    if settings.freeze_words:
        network.get_input_embeddings().weight.requires_grad_(False)
    return network


def _figures(network: nn.Module, validation: Sequence[Batch]) -> dict[str, float]:
    network.eval()
    with torch.inference_mode():
        found = [logits_of(network, batch).flatten(0, 1).cpu().numpy() for batch in validation]
    logits = np.concatenate(found)
    labels = np.concatenate([b.labels.ravel() for b in validation])
    reasons = np.concatenate([b.reasons.ravel() for b in validation])
    split, judged, known = len(LABELS), labels != IGNORED, reasons != IGNORED
    each = f1_score(
        labels[judged],
        logits[judged, :split].argmax(axis=1),
        labels=range(split),
        average=None,
        zero_division=0,
    )
    return {
        "macro_f1": float(each.mean()),
        **{f"f1_{name}": float(f1) for name, f1 in zip(LABELS, each, strict=True)},
        "reasons_accuracy": float((logits[known, split:].argmax(axis=1) == reasons[known]).mean()),
    }


def _describe(settings: Settings, folder: Path) -> None:
    """Write the settings, and a manifest that lets ``Scorer`` use the checkpoint at once."""
    settings_text = json.dumps(asdict(settings), indent=2)
    (folder / "settings.json").write_text(settings_text + "\n", encoding="utf-8")
    manifest = Manifest(
        name=folder.name,
        version="0",
        base_model=settings.base,
        labels=LABELS,
        reasons=REASONS,
        max_length=settings.max_length,
        window_tokens=settings.window_tokens,
        context_tokens=settings.context_tokens,
        files={n: file_hash(folder / n) for n in ("model.safetensors", "tokenizer.json")},
    )
    text = json.dumps(manifest.to_dict(), indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("runs/default"))
@click.option("--base", default=PACKAGED, show_default=True, help="A Hugging Face id or a folder.")
@click.option("--epochs", type=float, default=Settings.epochs, show_default=True)
@click.option("--learning-rate", type=float, default=Settings.learning_rate, show_default=True)
@click.option("--window-tokens", type=int, default=Settings.window_tokens, show_default=True)
@click.option("--context-tokens", type=int, default=Settings.context_tokens, show_default=True)
@click.option("--share", type=float, default=1.0, help="Share of the training documents.")
@click.option("--seed", type=int, default=Settings.seed, show_default=True)
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
@click.option(
    "--labels",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of JSONL with labels of your own; alone, or with those of --corpora.",
)
def main(
    folder: Path,
    corpora: str | None,
    labels: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Fine-tune on the labelled data and write the checkpoint to FOLDER."""
    try:
        examples = load_own(labels) if labels else []
        if corpora or not labels:
            examples += load_examples(corpora.split(",") if corpora else None)
        figures = finetune(Settings(**options), examples, folder)
    except DataError as error:
        raise click.ClickException(str(error)) from None
    for name, value in sorted(figures.items()):
        click.echo(f"{name:24} {value:.4f}")


if __name__ == "__main__":
    main()
