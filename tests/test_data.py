"""The data in the project is sound. Public corpora are checked where they are, and named if not."""

import json

import pytest
from click.testing import CliRunner

from claimcheck.labels import Label
from claimcheck.reading.text import from_text
from train import stats
from train.annotate import Annotation, PacketError, Passage, collect_packet, write_packet
from train.annotate import main as annotate
from train.datacard import is_fresh
from train.gold import load_examples, read_splits, resolve
from train.sources import CorpusMissingError, Source, read_articles, read_corpus, text_hash
from train.validate import (
    Placed,
    check_labels,
    check_rounds,
    faults,
    near_duplicates,
    same_events,
    to_exclude,
)


def annotation(label="hedged", annotator="A", round_="first", **changes):
    reason = "hype" if label == "overclaimed" else None
    row = {"document": "a0001", "start": 0, "end": 4, "hash": text_hash("text")}
    return Annotation(
        **(row | changes), label=label, reason=reason, annotator=annotator, round=round_
    )


def test_every_file_under_data_is_sound():
    assert faults() == []


@pytest.mark.parametrize("corpus", ["healthstory", "eureka", "pubmed"])
def test_labels_of_public_text_point_at_that_text(corpus):
    try:
        next(read_corpus(corpus))
    except CorpusMissingError as error:
        pytest.skip(str(error))
    assert len(load_examples([corpus])) > 300


def test_every_article_written_for_the_project_is_labelled_and_in_a_split():
    splits = read_splits()
    labelled = {r.document for r in stats.rows()}
    assert {s.id for s in read_articles()} <= labelled & splits.keys()


def test_enough_was_labelled_twice():
    rows = stats.rows()
    assert sum(r.second is not None for r in rows) >= 0.15 * len(rows)


def test_an_adjudication_outranks_and_a_dispute_is_left_open():
    first, second = annotation("hedged", "A"), annotation("supported", "B", "second")
    assert resolve([first]) is first
    assert resolve([first, second]) is None
    judge = annotation("supported", "C", "adjudication")
    assert resolve([first, second, judge]) is judge


def test_text_that_changed_under_a_label_is_found():
    article = next(iter(read_articles()))
    wrong = annotation(document=article.id)
    assert list(check_labels([wrong], [article])) != []
    assert list(check_labels([annotation(document="a9999")], [article])) != []


def test_open_disputes_in_what_is_measured_are_found():
    rows = [annotation("hedged", "A"), annotation("supported", "B", "second")]
    assert any("dispute" in f for f in check_rounds(rows, {"a0001": "test"}))
    assert list(check_rounds(rows, {"a0001": "train"})) == []
    assert any("twice" in f for f in check_rounds(rows[:1] * 2, {"a0001": "train"}))
    assert any("only once" in f for f in check_rounds(rows[:1], {"a0001": "test"}))


def test_near_duplicates_across_splits_are_found_and_the_training_one_goes():
    text = "The findings should be seen as preliminary until they have appeared in a journal."
    close = text.replace("a journal", "the journal").replace(".", "!")
    rows = [
        Placed(("a", 0), "test", text),
        Placed(("b", 0), "train", close),
        Placed(("e", 0), "train", text.replace("preliminary", "very early indeed")),
        Placed(("c", 0), "train", "Quite another sentence that shares next to nothing with it."),
        Placed(("d", 0), "test", text),
    ]
    assert len(list(near_duplicates(rows))) == 2
    assert to_exclude(rows) == [("b", 0)]
    assert to_exclude(rows, [("a", "c")]) == [("b", 0), ("c", 0)]


def test_stories_of_one_event_in_two_splits_are_found():
    def story(name, text):
        return Source(name, "healthstory", "real_news", "", from_text(text))

    words = (
        "Surgeons in Leeds mended a torn valve through a vein and sent the patient home by noon. "
    )
    stories = [
        story("one", words * 2 + "It took an hour."),
        story("two", words + "The hospital was pleased with it."),
        story("three", "Nurses elsewhere counted how many steps they walked during a night shift."),
    ]
    splits = {"one": "test", "two": "train", "three": "train"}
    assert list(same_events(stories, splits)) == [("one", "two")]
    assert list(same_events(stories, dict.fromkeys(splits, "train"))) == []


def test_the_data_card_shows_what_the_data_holds():
    assert is_fresh()


def test_a_packet_is_collected_on_the_command_line(tmp_path):
    source = next(iter(read_articles()))
    write_packet("p1", [Passage(source, 0, 1)], tmp_path)
    key = json.loads((tmp_path / "p1.key.json").read_text("utf-8"))
    (tmp_path / "a.txt").write_text(f"1.1 {key['1.1']['word']} o:hype", "utf-8")
    arguments = ["collect", "p1", str(tmp_path / "a.txt"), "--folder", str(tmp_path)]
    arguments += ["--annotator", "ann", "--round", "second", "--output", str(tmp_path / "o.jsonl")]
    result = CliRunner().invoke(annotate, arguments)
    assert result.exit_code == 0, result.output
    row = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))
    assert (row["annotator"], row["round"], row["reason"]) == ("ann", "second", "hype")


def test_a_packet_comes_back_as_labels_of_the_right_sentences(tmp_path):
    source = next(iter(read_articles()))
    count = write_packet("p1", [Passage(source)], tmp_path)
    shown = (tmp_path / "p1.txt").read_text("utf-8")
    assert shown.count("\n1.") == count
    key = json.loads((tmp_path / "p1.key.json").read_text("utf-8"))
    answers = tmp_path / "answers.txt"
    answers.write_text("\n".join(f"{n} {e['word']} h" for n, e in key.items()), "utf-8")
    labels = collect_packet("p1", answers, tmp_path, "ann")
    assert len(labels) == count and {a.label for a in labels} == {Label.HEDGED}
    assert list(check_labels(labels, [source])) == []


@pytest.mark.parametrize(
    "line", ["1.1 Wrongword h", "1.1", "9.9 Tea h", "1.1 {word} o", "1.1 {word} x"]
)
def test_answers_that_slipped_or_miss_a_reason_are_refused(tmp_path, line):
    source = next(iter(read_articles()))
    write_packet("p1", [Passage(source, 0, 1)], tmp_path)
    key = json.loads((tmp_path / "p1.key.json").read_text("utf-8"))
    answers = tmp_path / "answers.txt"
    answers.write_text(line.format(word=key["1.1"]["word"]), "utf-8")
    with pytest.raises(PacketError):
        collect_packet("p1", answers, tmp_path, "ann")
