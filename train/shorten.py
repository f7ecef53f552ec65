"""Take layers out of a checkpoint, for a faster model that is then fine-tuned again.

Run ``python -m train.shorten FOLDER CHECKPOINT --layers 0,1,3,5``. A network that keeps some layers
of a trained one starts far ahead of a fresh one (Sajjad et al. 2023; the student of DistilBERT,
Sanh et al. 2019, starts so too).
"""

from pathlib import Path

import click
from torch import nn
from transformers import AutoTokenizer

from claimcheck.torch_model import SentencePooledBert, load_network


def shorten(checkpoint: Path, layers: list[int], folder: Path) -> None:
    """Write a checkpoint that has only some of another's layers, counted from 0, the lowest.

    Raises:
        ValueError: where a layer does not exist, or the network is not of our kind.

    """
    network = load_network(str(checkpoint))
    if not isinstance(network, SentencePooledBert):
        raise ValueError(f"{checkpoint} is no checkpoint of train.finetune from a BERT-like base")
    there = network.bert.encoder.layer
    if not layers or max(layers) >= len(there) or min(layers) < 0:
        raise ValueError(f"{checkpoint} has the layers 0 to {len(there) - 1}")
    network.bert.encoder.layer = nn.ModuleList(there[number] for number in layers)
    network.config.num_hidden_layers = len(layers)
    network.save_pretrained(folder)
    AutoTokenizer.from_pretrained(checkpoint).save_pretrained(folder)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("checkpoint", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--layers", default="0,1,3,5", show_default=True, help="Which ones stay.")
def main(folder: Path, checkpoint: Path, layers: str) -> None:
    """Write to FOLDER what is left of CHECKPOINT."""
    try:
        shorten(checkpoint, [int(number) for number in layers.split(",")], folder)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
