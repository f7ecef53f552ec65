"""The model card: its figures come from the model folder and from ``train/results/``.

Run ``python -m train.card`` to write it anew after one of the studies in ``train.studies``.
"""

import json
from pathlib import Path
from typing import Any

import click

from claimcheck.labels import LABEL_WORDS, Label
from claimcheck.manifest import Manifest, find_model, load_manifest
from train.evaluate import ENOUGH
from train.studies import studies


def model_card(folder: Path) -> str:
    """Return the Markdown card of a model folder from its manifest and evaluation.json."""
    manifest = load_manifest(folder)
    found = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    default = manifest.thresholds.get(Label.OVERCLAIMED, 0.0)
    size = (folder / "model.onnx").stat().st_size / 1e6
    return f"""# Model card: {manifest.name} {manifest.version}

Labels each sentence of an English health article as hedged, overclaimed, supported or no claim,
and gives the likely reason of an overclaim. {manifest.base_model},
fine-tuned; ONNX, int8, {size:.0f} MB. It reads windows of {manifest.window_tokens} tokens
with as many sentences of an article as fit, {manifest.context_tokens} of them from what stands
before.

Made by `make model` on the data that `data/README.md` describes, in four passes, each from the
average of the weights before it, as measured on the validation split. The data grew on the way: the
articles from `a1111` on were there from the third pass, those from `a1287` on in the fourth.
Language models wrote those articles and those labels.

## What it is for, and what it is not

For editors and pipelines that want to see which sentences claim more than they can carry. It
judges wording and visible support and looks nothing up: a supported sentence can be false, and an
overclaimed one true. Do not use it to rate authors or outlets, or to take text down unread. It has
been measured on English only.

## Figures

Test split: {found["sentences"]} sentences of {found["documents"]} articles, stories and single
sentences, on topics and events that training never saw. Nothing was chosen by it, except that the
int8 network ships only within half a point of the fp32 one. Intervals are 95 % bootstrap intervals
over topics, stories and releases. `python -m train.evaluate` prints all of this.

| | macro-F1 |
|---|---|
| **this model** | **{_interval(found["macro_f1"])}** |
{_rows(found["parts"], "{} part")}
{_rows(found["baselines"], "baseline: {}")}
| the same in fp32 | {found["fp32_macro_f1"]:.3f} |

Expected calibration error {found["calibration_error"]:.3f}, with temperature
{manifest.temperature} and bias {_bias(manifest)}.
The first reason given for an overclaim is the annotators' in {found["first_reason_right"]:.0%} of
the overclaims that were found; macro-F1 of the seven reasons there is
{found["reasons_macro_f1"]:.3f}.

![How often the model is right against how sure it is](reliability.png)
![Precision and recall of overclaimed by threshold](precision-recall.png)

"Overclaimed" is said from a probability of {default} on where no other label is likelier: the
lowest threshold at which it was right four times in five on the validation split. On the test split
other thresholds would give (`python -m train.pictures` draws the whole curve):

| threshold on the probability alone | precision | recall |
|---|---|---|
{_thresholds(found["overclaimed_by_threshold"])}

| label | precision | recall | F1 | sentences |
|---|---|---|---|---|
{_labels(found["labels"])}

| genre | accuracy | macro-F1 | sentences |
|---|---|---|---|
{_genres(found["genres"])}

(–: a label has fewer than {ENOUGH} sentences there.)

Rows are the true labels, columns the given ones:

| | {" | ".join(LABEL_WORDS[label].title for label in Label)} |
|---|{"---|" * len(Label)}
{_confusion(found["confusion"])}
{studies(f"{manifest.name} {manifest.version}")}"""


def _thresholds(points: list[dict[str, float]]) -> str:
    return "\n".join(
        f"| {p['threshold']:.2f} | {p['precision']:.3f} | {p['recall']:.3f} |" for p in points[1::2]
    )


def _bias(manifest: Manifest) -> str:
    return ", ".join(f"{label} {value:+.2f}" for label, value in manifest.bias.items()) or "none"


def _interval(value: dict[str, float]) -> str:
    return f"{value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"


def _rows(values: dict[str, Any], name: str) -> str:
    return "\n".join(f"| {name.format(k)} | {_interval(v)} |" for k, v in values.items())


def _labels(labels: dict[str, dict[str, float]]) -> str:
    return "\n".join(
        f"| {LABEL_WORDS[Label(k)].title} | {v['precision']:.3f} | {v['recall']:.3f}"
        f" | {v['f1']:.3f} | {v['sentences']} |"
        for k, v in labels.items()
    )


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _genres(genres: dict[str, Any]) -> str:
    return "\n".join(
        f"| {name} | {v['accuracy']:.3f} | {_or_dash(v['macro_f1'])} | {v['sentences']} |"
        for name, v in genres.items()
    )


def _confusion(matrix: list[list[int]]) -> str:
    return "\n".join(
        f"| {LABEL_WORDS[label].title} | {' | '.join(map(str, row))} |"
        for label, row in zip(Label, matrix, strict=True)
    )


@click.command()
@click.option("--model", default="default", show_default=True, help="A shipped model or a folder.")
def main(model: str) -> None:
    """Write the card of a model."""
    folder = find_model(model)
    (folder / "README.md").write_text(model_card(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
