"""Label texts by reading: write packets for annotators, and collect what they decided.

A packet is a text file for a person to read, beside a key that says which sentence each number
stands for. The annotator writes one line a sentence, ``number first-word code``; the first word
guards against slipping by a line. ``collect`` turns that into stand-off labels.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import click

from claimcheck.document import BlockKind
from claimcheck.labels import Label, Reason
from claimcheck.segment import Sentence, split_sentences
from train.sources import Source, read_corpus, text_hash

CODES = {"n": Label.NO_CLAIM, "h": Label.HEDGED, "o": Label.OVERCLAIMED, "s": Label.SUPPORTED}
_MARKS = {BlockKind.HEADING: "[heading] ", BlockKind.LIST_ITEM: "• ", BlockKind.QUOTATION: "> "}


class Round(StrEnum):
    """Which look at a sentence a label comes from. The later one outranks the earlier."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATION = "adjudication"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's judgement of one sentence; one row of ``data/annotations/``."""

    document: str
    start: int
    end: int
    hash: str
    label: str
    reason: str | None
    annotator: str
    round: str = Round.FIRST


@dataclass(frozen=True, slots=True)
class Passage:
    """The run of a text's sentences to be labelled, with those before it shown as context."""

    source: Source
    first: int = 0
    last: int | None = None


class PacketError(Exception):
    """What is wrong with an annotator's answers, one line each."""


def write_packet(name: str, passages: Iterable[Passage], folder: Path) -> int:
    """Write ``<name>.txt`` to read and ``<name>.key.json``; return the number of sentences."""
    lines: list[str] = []
    key: dict[str, dict[str, object]] = {}
    for number, passage in enumerate(passages, 1):
        sentences = split_sentences(passage.source.document)
        lines.append(f"\n=== {number}")
        before = sentences[max(0, passage.first - 3) : passage.first]
        lines += [f"(before) {_one_line(s)}" for s in before]
        block = before[-1].block if before else -1
        for index, sentence in enumerate(sentences[passage.first : passage.last], 1):
            if sentence.block != block:
                lines.append("")
            block = sentence.block
            lines.append(f"{number}.{index} {_one_line(sentence)}")
            key[f"{number}.{index}"] = {
                "document": passage.source.id,
                "start": sentence.start,
                "end": sentence.end,
                "hash": text_hash(sentence.text),
                "word": first_word(sentence.text),
            }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"{name}.key.json").write_text(json.dumps(key, indent=0), encoding="utf-8")
    return len(key)


def collect_packet(
    name: str, answers: Path, folder: Path, annotator: str, round_: Round = Round.FIRST
) -> list[Annotation]:
    """Return the labels that an annotator gave to a packet.

    Raises:
        PacketError: with everything that is missing or does not fit, one line each.

    """
    key = json.loads((folder / f"{name}.key.json").read_text(encoding="utf-8"))
    found: dict[str, Annotation] = {}
    faults: list[str] = []
    for line in answers.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        try:
            number, word, code = line.split(maxsplit=2)
            entry = key[number]
            label, reason = _parse_code(code)
        except (ValueError, KeyError) as error:
            faults.append(f"{line!r}: not 'number first-word code' of this packet ({error})")
            continue
        if first_word(word).casefold()[:4] != str(entry["word"]).casefold()[:4]:
            faults.append(f"{line!r}: sentence {number} starts with {entry['word']!r}")
            continue
        found[number] = Annotation(
            entry["document"],
            entry["start"],
            entry["end"],
            entry["hash"],
            label,
            reason,
            annotator,
            round_,
        )
    faults += [f"sentence {number} has no label" for number in key if number not in found]
    if faults:
        raise PacketError("\n".join(faults))
    return [found[number] for number in key]


def write_annotations(annotations: Sequence[Annotation], path: Path) -> None:
    """Write one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(a), ensure_ascii=False) for a in annotations]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def first_word(text: str) -> str:
    """Return the first word of a sentence without the punctuation around it."""
    for piece in text.split():
        word = "".join(c for c in piece if c.isalnum())
        if word:
            return word
    return "-"


def _parse_code(code: str) -> tuple[Label, Reason | None]:
    letter, _, reason = code.strip().partition(":")
    label = CODES[letter]
    if (label is Label.OVERCLAIMED) != bool(reason):
        raise ValueError("an overclaim needs its reason, and nothing else has one")
    return label, Reason(reason) if reason else None


def _one_line(sentence: Sentence) -> str:
    return _MARKS.get(sentence.kind, "") + " ".join(sentence.text.split())


@click.group()
def main() -> None:
    """Make packets of sentences to label by reading, and collect the answers."""


@main.command()
@click.argument("name")
@click.argument("documents", nargs=-1, required=True)
@click.option("--corpus", default="articles", show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("packets"))
def packet(name: str, documents: tuple[str, ...], corpus: str, folder: Path) -> None:
    """Write packet NAME from whole DOCUMENTS (ids) of a corpus."""
    wanted = set(documents)
    passages = [Passage(source) for source in read_corpus(corpus) if source.id in wanted]
    click.echo(f"{write_packet(name, passages, folder)} sentences in {folder / name}.txt")


@main.command()
@click.argument("name")
@click.argument("answers", type=click.Path(path_type=Path, exists=True))
@click.option("--folder", type=click.Path(path_type=Path), default=Path("packets"))
@click.option("--annotator", help="Who answered; by default the packet's name.")
@click.option("--round", "round_", type=click.Choice([r.value for r in Round]), default="first")
@click.option("--output", type=click.Path(path_type=Path))
def collect(
    name: str, answers: Path, folder: Path, annotator: str | None, round_: str, output: Path | None
) -> None:
    """Check the ANSWERS to packet NAME; with --output write them as annotations."""
    try:
        annotations = collect_packet(name, answers, folder, annotator or name, Round(round_))
    except PacketError as error:
        raise click.ClickException(str(error)) from None
    if output:
        write_annotations(annotations, output)
    click.echo(f"{len(annotations)} labels, none missing")


if __name__ == "__main__":
    main()
