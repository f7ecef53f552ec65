"""``python -m tests.fuzz``: search targets for inputs that break a promise."""

import sys

import click

from tests.fuzz.engines import ENGINES
from tests.fuzz.targets import TARGETS


@click.command()
@click.option("--engine", type=click.Choice(list(ENGINES)), default="hypothesis", show_default=True)
@click.option(
    "--target",
    "names",
    type=click.Choice(list(TARGETS)),
    multiple=True,
    help="May be given several times.  [default: all]",
)
@click.option("--seconds", default=60.0, show_default=True, help="For each target.")
@click.option("--seed", default=0, show_default=True)
def main(engine: str, names: tuple[str, ...], seconds: float, seed: int) -> None:
    """Print how many inputs were tried, and each promise that was broken with its case."""
    total = broken = 0
    for name in names or TARGETS:
        inputs, failures = ENGINES[engine](name, seconds, seed)
        click.echo(f"{name:10} {engine:10} {inputs:8,} inputs {len(failures):3} broken promises")
        for wrong, case in failures.items():
            click.echo(f"  {wrong}\n    {case[:1500]}")
        total += inputs
        broken += len(failures)
    click.echo(f"{'in all':10} {engine:10} {total:8,} inputs {broken:3} broken promises")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
