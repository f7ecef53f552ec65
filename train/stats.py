"""Count the data and measure the annotators' agreement: every figure of the data card.

Run ``python -m train.stats``. It needs no public corpus: labels and splits say all that is
counted here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from claimcheck.labels import Label, Reason
from train.annotate import Annotation, Round
from train.gold import by_sentence, read_annotations, read_splits, resolve
from train.metrics import kappa
from train.sources import OWN, corpus_of, read_articles

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence, without its text."""

    document: str
    genre: str
    topic: str
    split: str
    label: Label | None  # None while it is in dispute
    reason: Reason | None
    first: Annotation
    second: Annotation | None


def rows() -> list[Row]:
    """Return every sentence that has a first label."""
    splits = read_splits()
    articles = {s.id: s for s in read_articles()}
    found = []
    for (document, _), labels in by_sentence(read_annotations()).items():
        first = next((a for a in labels if a.round == Round.FIRST), None)
        if first is None:
            continue
        own = articles.get(document)
        decided = resolve(labels)
        found.append(
            Row(
                document,
                own.genre if own else corpus_of(document),
                own.topic if own else "",
                splits[document],
                Label(decided.label) if decided else None,
                Reason(decided.reason) if decided and decided.reason else None,
                first,
                next((a for a in labels if a.round == Round.SECOND), None),
            )
        )
    return found


def composition(found: Sequence[Row]) -> str:
    """Return the tables of what there is, as Markdown."""
    own = [r for r in found if corpus_of(r.document) == OWN]
    public = [r for r in found if corpus_of(r.document) != OWN]
    lines = [
        f"{len(found)} labelled sentences: {len(own)} in {_documents(own)} articles written for "
        f"the project, on {len({r.topic for r in own})} topics in {len({r.genre for r in own})} "
        f"genres, and {len(public)} of public text in {_documents(public)} documents.",
        "",
        "| split | sentences | documents | " + " | ".join(Label) + " |",
        "|---|---|---|" + "---|" * len(Label),
    ]
    for split in SPLITS:
        part = [r for r in found if r.split == split]
        lines.append(f"| {split} | {len(part)} | {_documents(part)} | {_label_cells(part)} |")
    lines += ["", "| genre or corpus | sentences | documents | " + " | ".join(Label) + " |"]
    lines.append("|---|---|---|" + "---|" * len(Label))
    for genre, part in _grouped(found, lambda r: r.genre):
        lines.append(f"| {genre} | {len(part)} | {_documents(part)} | {_label_cells(part)} |")
    lines += ["", "| reason of an overclaim | sentences |", "|---|---|"]
    reasons = Counter(r.reason for r in found if r.reason)
    lines += [f"| {reason} | {reasons[reason]} |" for reason in Reason]
    return "\n".join(lines)


def agreement(found: Sequence[Row]) -> str:
    """Return what the doubly labelled sentences say about the labels, as Markdown."""
    twice = [(r, r.second) for r in found if r.second is not None]
    first = [r.first.label for r, _ in twice]
    second = [s.label for _, s in twice]
    differ = sum(a != b for a, b in zip(first, second, strict=True))
    annotators = {r.first.annotator for r, _ in twice}
    lines = [
        f"{len(twice)} of {len(found)} sentences ({len(twice) / max(1, len(found)):.1%}) were "
        f"labelled twice, drawn from {len(annotators)} first annotators. Cohen's kappa "
        f"{kappa(first, second):.3f}; {differ} disagreements.",
        "",
        "| label against the rest | kappa |",
        "|---|---|",
    ]
    for label in Label:
        value = kappa([str(x == label) for x in first], [str(x == label) for x in second])
        lines.append(f"| {label} | {value:.3f} |")
    both = [(r, s) for r, s in twice if r.first.reason and s.reason]
    lines.append(
        f"| reason, where both say overclaimed ({len(both)}) | "
        f"{kappa([str(r.first.reason) for r, _ in both], [str(s.reason) for _, s in both]):.3f} |"
    )
    lines += ["", "| genre or corpus | labelled twice | kappa |", "|---|---|---|"]
    for genre, part in _grouped([r for r, _ in twice], lambda r: r.genre):
        value = kappa([r.first.label for r in part], [r.second.label for r in part if r.second])
        lines.append(f"| {genre} | {len(part)} | {value:.3f} |")
    return "\n".join(lines)


def _grouped(found: Sequence[Row], key: Callable[[Row], str]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[key(row)].append(row)
    return sorted(groups.items())


def _documents(found: Sequence[Row]) -> int:
    return len({r.document for r in found})


def _label_cells(found: Sequence[Row]) -> str:
    counts = Counter(r.label for r in found)
    return " | ".join(str(counts[label]) for label in Label)


def mended() -> str:
    """Return how many doubtful labels were read again, and how many of them were wrong."""
    again = changed = 0
    for labels in by_sentence(read_annotations()).values():
        reread = next((a for a in labels if a.round == Round.REREAD), None)
        before = resolve([a for a in labels if a.round != Round.REREAD])
        if reread is not None and before is not None:
            again += 1
            changed += reread.label != before.label
    return (
        f"{again} sentences of the training and validation splits were read again because models "
        f"that had not seen them were surest of another label; {changed} labels were "
        "changed."
    )


@click.command()
def main() -> None:
    """Print the tables of the data card."""
    found = rows()
    click.echo(composition(found))
    click.echo()
    click.echo(agreement(found))
    click.echo()
    click.echo(mended())


if __name__ == "__main__":
    main()
