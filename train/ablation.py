"""What each choice in training is worth: the same small training, with one thing changed.

Run ``python -m train.ablation``. Every variant is trained with three seeds on the same share of the
training documents and measured on the validation split. Runs that are done already are kept in the
work folder and not done again. A share, so that all of it fits an afternoon on two cores: what
it shows is which way a choice points, and not what it gives with all of the data.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import torch

from claimcheck.backends import default_threads
from claimcheck.document import BlockKind
from claimcheck.labels import Label
from train.causal import train_on_all
from train.finetune import Settings, finetune
from train.gold import Example, load_examples
from train.results import save
from train.tables import ablation_table

SEEDS = (13, 14, 15)
SHARE = 0.08
EPOCHS = 1.5
PLAIN = Settings(share=SHARE, epochs=EPOCHS)
MARKS = {BlockKind.HEADING: "heading : ", BlockKind.LIST_ITEM: "- ", BlockKind.QUOTATION: '" '}

Examples = Sequence[Example]


@dataclass(frozen=True)
class Variant:
    """One change: to the settings, to the texts, or to what training starts from."""

    settings: Settings = PLAIN
    change: Callable[[Examples], Examples] = lambda examples: examples
    after_causal: bool = False


def variants(examples: Examples) -> dict[str, Variant]:
    """Return what is compared, by the name it has in the table."""
    objective = PLAIN.objective

    def losing(**changes: object) -> Variant:
        return Variant(replace(PLAIN, objective=replace(objective, **changes)))

    return {
        "as shipped": Variant(),
        "sentence alone": Variant(replace(PLAIN, window_tokens=0, context_tokens=0, alone=1.0)),
        "with the kind of block": Variant(change=with_kinds),
        "after causal language": Variant(after_causal=True),
        "rare labels weigh more": losing(label_weights=label_weights(examples)),
        "focal loss": losing(focal=2.0),
        "no label smoothing": losing(label_smoothing=0.0),
        "no reasons": losing(reason_weight=0.0),
        "R-Drop": losing(r_drop=0.5),
        "lower layers slower": Variant(replace(PLAIN, layer_decay=0.8)),
        "words trained too": Variant(replace(PLAIN, freeze_words=False)),
        "half the learning rate": Variant(replace(PLAIN, learning_rate=1e-4)),
    }


def with_kinds(examples: Examples) -> Examples:
    """Write before each heading, bullet and quotation which of them it is."""
    return [replace(e, text=MARKS.get(BlockKind(e.kind), "") + e.text) for e in examples]


def label_weights(examples: Examples) -> tuple[float, ...]:
    """Return weights that fall with the square root of a label's frequency; their mean is 1."""
    counts = [sum(e.label is label for e in examples if e.split == "train") for label in Label]
    raw = [(sum(counts) / max(1, count)) ** 0.5 for count in counts]
    return tuple(len(raw) * weight / sum(raw) for weight in raw)


def run(name: str, variant: Variant, seed: int, examples: Examples, work: Path) -> dict[str, float]:
    """Train a variant with one seed, or read what that gave before."""
    folder = work / name.replace(" ", "-") / str(seed)
    done = folder / "figures.json"
    if not done.exists():
        settings = replace(variant.settings, seed=seed)
        if variant.after_causal:
            base = work / "causal" / str(seed)
            if not base.exists():
                train_on_all(replace(settings, epochs=3, learning_rate=1.5e-4), examples, base)
            settings = replace(settings, base=str(base))
        figures = finetune(settings, variant.change(examples), folder)
        (folder / "model.safetensors").unlink()
        done.write_text(json.dumps(figures), encoding="utf-8")
    found: dict[str, float] = json.loads(done.read_text(encoding="utf-8"))
    return found


@click.command()
@click.option("--work", type=click.Path(path_type=Path), default=Path("runs/ablation"))
@click.option("--only", multiple=True, help="Names of variants; all by default.")
def main(work: Path, only: tuple[str, ...]) -> None:
    """Train what is missing, print the table and keep its figures."""
    torch.set_num_threads(default_threads())
    examples = load_examples()
    compared = variants(examples)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in only or compared}
    for seed in SEEDS:
        for name, runs in found.items():
            runs.append(run(name, compared[name], seed, examples, work))
            click.echo(f"{name} {seed}: {runs[-1]['macro_f1']:.4f}", err=True)
            save("ablation", found)
    click.echo(ablation_table(found))


if __name__ == "__main__":
    main()
