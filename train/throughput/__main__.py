"""Sentences a second of the shipped model, beside other ways of running its weights.

Run ``python -m train.throughput`` on an idle machine. All get the same passages and the same number
of threads, each in a process of its own, in turns. ``--try`` tries other ways of running the
network instead, and shows what each would give. The public corpora are read from where
``train.corpora`` put them; ``--corpus articles`` needs no download.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from claimcheck.backends import default_threads
from claimcheck.errors import ModelError
from claimcheck.manifest import find_model, load_manifest
from train.sources import READERS, CorpusMissingError
from train.throughput.contenders import contenders
from train.throughput.measuring import measure
from train.throughput.networks import build
from train.throughput.tables import (
    Setting,
    comparison,
    comparison_lines,
    setting_lines,
    to_json,
    variant_figures,
    variant_lines,
)
from train.throughput.texts import Passage, sample
from train.throughput.variants import repeated, variants, windows_of

CORPUS = "healthstory"
"""Whole news stories by others, as an archive holds them."""


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
@click.option(
    "--corpus", default="healthstory", show_default=True, type=click.Choice(list(READERS))
)
@click.option("--sentences", default=2000, show_default=True, help="At least so many.")
@click.option("--repeats", default=3, show_default=True, help="Passes that count, of each.")
@click.option("--threads", type=click.IntRange(1), help="By default as the package chooses.")
@click.option("--try", "tries", is_flag=True, help="Try other ways of running the network.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Also write JSON here.")
def main(
    model: str,
    corpus: str,
    sentences: int,
    repeats: int,
    threads: int | None,
    tries: bool,
    output: Path | None,
) -> None:
    """Print what each way of running the model takes."""
    try:
        passages = sample(corpus, sentences)
        found = sum(len(p.sentences) for p in passages)
        manifest = load_manifest(find_model(model))
        setting = Setting(
            f"{manifest.name} {manifest.version}",
            corpus,
            len(passages),
            found,
            threads or default_threads(),
            repeats,
        )
        compare = _try if tries else _compare
        figures, lines = compare(model, passages, setting)
    except (CorpusMissingError, ModelError) as error:
        raise click.ClickException(str(error)) from None
    click.echo("\n".join(["", *setting_lines(setting), "", *lines]))
    if output:
        output.write_text(json.dumps(to_json(setting, figures), indent=1) + "\n", encoding="utf-8")


def _compare(
    model: str, passages: list[Passage], setting: Setting
) -> tuple[dict[str, Any], list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        networks = build(model, Path(folder), fused=False)
        chosen = list(contenders(networks, passages, setting.threads))
        found = measure(chosen, setting.repeats, _say)
    figures = comparison(found, setting.sentences)
    return figures, list(comparison_lines(figures))


def _try(model: str, passages: list[Passage], setting: Setting) -> tuple[dict[str, Any], list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        networks = build(model, Path(folder), fused=True)
        articles = windows_of(passages, networks.int8)
        chosen = list(variants(networks, articles, setting.threads))
        found = measure(chosen, setting.repeats, _say)
        labels = len(load_manifest(networks.int8).labels)
    rows = variant_figures(found, setting.sentences, labels, repeated(articles))
    return {"variants": rows}, list(variant_lines(rows))


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
