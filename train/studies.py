"""The part of the model card that single studies fill: explanations, behaviour, other corpora."""

from collections.abc import Iterator
from typing import Any

from train.results import RESULTS, load
from train.tables import ablation_table

ERRORS = RESULTS / "errors.md"
"""What was found by reading errors: written by hand, the only part of the card that is."""

KINDS = {
    "add_hedge": "a hedge is added",
    "drop_hedge": "a hedge is dropped",
    "swap_name": "the drug's name is swapped",
    "add_source": "a figure and a source are added",
    "link_to_cause": '"linked to" becomes "prevents"',
    "negate": "it is negated",
    "add_hype": "hype is added",
    "spelling": "British becomes American spelling",
    "upper_case": "all capitals",
    "typos": "typos",
}

CAUSAL = {
    "pubmed": ("PubMed conclusions", "0.88 (BioBERT, five times the size)"),
    "eureka": ("EurekAlert headlines and leads, whole releases held out", "0.89 (BioBERT)"),
}
"""What the corpora of causal language hold, and what was published on them."""


def studies(model: str) -> str:
    """Return the sections, each where its study was made; a model's own only if it is this one."""
    return "".join(f"\n{section}\n" for section in _sections(model))


def _sections(model: str) -> Iterator[str]:
    for name, section in (("faithfulness", _faithfulness), ("behaviour", _behaviour)):
        found = load(name)
        if found and found["model"] == model:
            yield section(found)
    corpora = {name: load(name) for name in ("causal-pubmed", "causal-eureka", "certainty")}
    if any(corpora.values()):
        yield _other_corpora({name: found for name, found in corpora.items() if found})
    ablation = load("ablation")
    if ablation:
        yield _ablation(ablation)
    if ERRORS.exists():
        yield ERRORS.read_text(encoding="utf-8").strip()


def _faithfulness(found: dict[str, Any]) -> str:
    return f"""## Do the underlined words carry the label?

Of {found["sentences"]} sentences of the test split that it calls overclaimed, three words were
taken out and the article scored anew. Without the three telling words the probability of
"overclaimed" falls by {_interval(found["telling"])}, without three random ones by
{_interval(found["random"])};
it falls further without the telling ones in {found["telling_above_random"]:.0%} of the sentences.
`python -m train.faithfulness` prints this."""


def _behaviour(found: dict[str, Any]) -> str:
    rows = "\n".join(
        f"| {KINDS[kind]} | {number} | {_interval(rate)} |"
        for kind, (number, rate) in found["kinds"].items()
    )
    return f"""## Minimal pairs

Pairs of sentences without an article that differ in one thing, written for this project (CheckList;
Ribeiro et al. 2020). A pair is passed where both sentences get the label that its author and a
second reader expect. `python -m train.behaviour` prints this.

| what changes | pairs | passed |
|---|---|---|
{rows}"""


def _other_corpora(found: dict[str, Any]) -> str:
    rows = "\n".join(_corpus(name, figures) for name, figures in found.items())
    return f"""## The same network and training on other labels

| sentences | measure | this network | published | printed by |
|---|---|---|---|---|
{rows}"""


def _corpus(name: str, found: dict[str, Any]) -> str:
    """Return the row of a corpus."""
    if name == "certainty":
        what = f"how certain findings sound ({found['findings']} held out)"
        return f"| {what} | Pearson | {_interval(found['pearson'])} | – | `train.certainty` |"
    corpus = name.removeprefix("causal-")
    what = f"{CAUSAL[corpus][0]}, strength of causal language ({found['sentences']})"
    return (
        f"| {what} | macro-F1, 5 folds | {_interval(found['macro_f1'])} | {CAUSAL[corpus][1]}"
        f" | `train.causal {corpus}` |"
    )


def _ablation(found: dict[str, list[dict[str, float]]]) -> str:
    return f"""## What each choice is worth

The same small training each time, on 8 % of the training documents and for 12 % of the steps, with
one thing changed; validation split, mean of the seeds and their standard deviation. "Change" is the
mean difference from the first row with the same seed. A row that differs by less than the spread
shows nothing. `python -m train.ablation` makes and prints this.

{ablation_table(found)}"""


def _interval(value: dict[str, float]) -> str:
    return f"{value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"
