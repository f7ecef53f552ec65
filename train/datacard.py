"""Put the measured tables into the data card, so that no figure in it is typed by hand.

Run ``python -m train.datacard`` after the data changed. A test fails while the card is stale.
"""

import re
from pathlib import Path

import click

from train.sources import ROOT
from train.stats import agreement, composition, mended, rows

CARD = ROOT / "data" / "README.md"


def refreshed(text: str) -> str:
    """Return the card with both measured parts made anew."""
    found = rows()
    measured = {
        "composition": composition(found),
        "agreement": agreement(found),
        "mended": mended(),
    }
    for name, table in measured.items():
        block = f"<!-- {name} -->\n{table}\n<!-- /{name} -->"
        pattern = re.compile(f"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
        text = pattern.sub(lambda _, block=block: block, text)
    return text


def is_fresh(path: Path = CARD) -> bool:
    """Tell whether the card shows what the data holds now."""
    text = path.read_text(encoding="utf-8")
    return refreshed(text) == text


@click.command()
def main() -> None:
    """Rewrite the measured parts of data/README.md."""
    CARD.write_text(refreshed(CARD.read_text(encoding="utf-8")), encoding="utf-8")
    click.echo(f"{CARD.name} is up to date")


if __name__ == "__main__":
    main()
