"""Fine-tune the base model: four labels, and seven reasons for the overclaims.

Run ``python -m train.finetune`` from a checkout. The checkpoint it writes is an ordinary
Hugging Face one: outputs 0 to 3 are the labels, 4 to 10 the reasons.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import nn
from transformers import (
    AutoTokenizer,
    DataCollatorWithPadding,
    EvalPrediction,
    Trainer,
    TrainingArguments,
)

from claimcheck.encoding import Encoder
from claimcheck.manifest import MANIFEST, Manifest, file_hash
from claimcheck.torch_model import load_network
from train.base import PACKAGED, base_model_path
from train.encoded import LABELS, NO_REASON, REASONS, encoded
from train.gold import Example, load_examples

BATCH_EVAL = 64
INPUTS = ("input_ids", "token_type_ids", "attention_mask")


@dataclass(frozen=True)
class Settings:
    """What decides a training run: the same settings and data give the same checkpoint."""

    base: str = PACKAGED
    epochs: float = 3
    batch_size: int = 32
    learning_rate: float = 1e-4
    head_rate: float = 5.0  # times the learning rate
    weight_decay: float = 0.01
    freeze_words: bool = True  # word embeddings: half the weights, and a third of a step's time
    warmup: float = 0.1
    label_smoothing: float = 0.05
    reason_weight: float = 0.3
    max_length: int = 128
    context_tokens: int = 32
    drop_context: float = 0.2
    share: float = 1.0  # of the training documents, for learning curves
    seed: int = 13


class TwoHeads(Trainer):
    """Cross entropy over the labels, plus that over the reasons where a sentence has one."""

    def __init__(self, settings: Settings, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self._settings = settings

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        **_: object,
    ) -> Any:  # noqa: ANN401
        """Return the loss of a batch, with the outputs where they are asked for."""
        labels, reasons = inputs["labels"], inputs["reasons"]
        outputs = model(**{name: inputs[name] for name in INPUTS})
        logits = outputs.logits.float()
        loss = nn.functional.cross_entropy(
            logits[:, : len(LABELS)], labels, label_smoothing=self._settings.label_smoothing
        )
        if (reasons != NO_REASON).any():
            loss = loss + self._settings.reason_weight * nn.functional.cross_entropy(
                logits[:, len(LABELS) :], reasons, ignore_index=NO_REASON
            )
        return (loss, outputs) if return_outputs else loss


def finetune(settings: Settings, examples: Sequence[Example], folder: Path) -> dict[str, float]:
    """Train on the training split, keep the epoch that is best on the validation split.

    Args:
        settings: see Settings.
        examples: labelled sentences of the splits "train" and "validation".
        folder: where the checkpoint goes: weights, tokenizer, manifest, settings.

    Returns:
        The figures of the kept epoch on the validation split.

    """
    base = base_model_path(settings.base)
    tokenizer = AutoTokenizer.from_pretrained(base)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(folder)
    encoder = Encoder(folder / "tokenizer.json", settings.max_length, settings.context_tokens)
    train = _share([e for e in examples if e.split == "train"], settings)
    validation = [e for e in examples if e.split == "validation"]
    network = _network(base, settings)
    trainer = TwoHeads(
        settings,
        model=network,
        optimizers=(_optimizer(network, settings), None),
        args=_arguments(settings, folder),
        train_dataset=encoded(train, encoder, settings.drop_context, settings.seed),
        eval_dataset=encoded(validation, encoder),
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=_figures,
    )
    trainer.train()
    figures = trainer.evaluate()
    trainer.save_model(str(folder))
    _describe(settings, folder)
    kept = {k.removeprefix("eval_"): float(v) for k, v in figures.items() if "per_second" not in k}
    return {**kept, "sentences": float(len(train))}


def _share(examples: Sequence[Example], settings: Settings) -> list[Example]:
    """Keep a share of the documents, the same ones for the same seed and more for more."""
    documents = sorted({e.document for e in examples})
    random.Random(settings.seed).shuffle(documents)
    kept = set(documents[: round(settings.share * len(documents))])
    return [e for e in examples if e.document in kept]


def _network(base: str, settings: Settings) -> nn.Module:
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


def _optimizer(network: nn.Module, settings: Settings) -> torch.optim.Optimizer:
    """Return AdamW with a faster rate for the new head than for what is already trained."""
    head = [p for n, p in network.named_parameters() if n.startswith("classifier")]
    body = [
        p
        for n, p in network.named_parameters()
        if not n.startswith("classifier") and p.requires_grad
    ]
    rate = settings.learning_rate
    return torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": settings.head_rate * rate}],
        weight_decay=settings.weight_decay,
    )


def _arguments(settings: Settings, folder: Path) -> TrainingArguments:
    cpu = not torch.cuda.is_available()
    return TrainingArguments(
        output_dir=str(folder / "epochs"),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=BATCH_EVAL,
        learning_rate=settings.learning_rate,
        weight_decay=settings.weight_decay,
        warmup_steps=settings.warmup,
        lr_scheduler_type="linear",
        seed=settings.seed,
        data_seed=settings.seed,
        use_cpu=cpu,
        bf16=True,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        remove_unused_columns=False,
        label_names=["labels", "reasons"],
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=1,
        save_only_model=True,
        load_best_model_at_end=True,
        metric_for_best_model="macro_f1",
        logging_steps=50,
        dataloader_pin_memory=not cpu,
        report_to="none",
        disable_tqdm=True,
    )


def _figures(prediction: EvalPrediction) -> dict[str, float]:
    labels, reasons = prediction.label_ids
    logits = np.asarray(prediction.predictions)
    split = len(LABELS)
    guessed = logits[:, :split].argmax(axis=1)
    each = f1_score(labels, guessed, labels=range(split), average=None, zero_division=0)
    known = reasons != NO_REASON
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
@click.option("--context-tokens", type=int, default=Settings.context_tokens, show_default=True)
@click.option("--share", type=float, default=1.0, help="Share of the training documents.")
@click.option("--seed", type=int, default=Settings.seed, show_default=True)
@click.option("--corpora", help="Comma-separated; all by default. 'articles' needs no download.")
def main(folder: Path, corpora: str | None, **options: Any) -> None:  # noqa: ANN401
    """Fine-tune on the labelled data and write the checkpoint to FOLDER."""
    settings = Settings(**options)
    examples = load_examples(corpora.split(",") if corpora else None)
    figures = finetune(settings, examples, folder)
    for name, value in sorted(figures.items()):
        click.echo(f"{name:24} {value:.4f}")


if __name__ == "__main__":
    main()
