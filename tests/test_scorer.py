"""The library: what a Scorer promises to whoever builds on it."""

import multiprocessing
import os
import pickle
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import claimcheck
from claimcheck import ClaimcheckError, Label, Reason, Report, Scorer
from claimcheck.backends import OnnxBackend
from claimcheck.errors import ModelError
from claimcheck.manifest import find_model

ARTICLE = "Can tea cure colds?\n\nTea cures every cold. It may ease a sore throat.\n- Buy it now."


def test_offsets_index_the_text_of_the_report(scorer, sample_text):
    report = scorer.score(sample_text)
    assert report.text == sample_text and len(report.sentences) > 20
    for s in report.sentences:
        assert report.text[s.start : s.end] == s.text


def test_scores_are_probabilities_of_all_labels(scorer):
    for s in scorer.score(ARTICLE).sentences:
        assert set(s.scores) == set(Label)
        assert sum(s.scores.values()) == pytest.approx(1)
        assert s.confidence == s.scores[s.label]


def test_only_overclaims_have_reasons_and_advice(scorer, sample_text):
    found = scorer.score(sample_text).sentences
    assert {s.label for s in found} == set(Label)
    for s in found:
        assert bool(s.reasons) == bool(s.advice) == (s.label is Label.OVERCLAIMED)


def test_the_summary_counts_what_is_in_the_report(scorer, sample_text):
    report = scorer.score(sample_text)
    summary = report.summary
    assert summary.sentences == len(report.sentences) == sum(summary.counts.values())
    assert summary.overclaim_rate == len(report.overclaims) / summary.claims


def test_an_empty_text_gives_an_empty_report(scorer):
    report = scorer.score("")
    assert report.sentences == () and report.summary.overclaim_rate == 0.0


def test_the_same_text_gives_the_same_report(scorer):
    assert scorer.score(ARTICLE) == scorer.score(ARTICLE)


def test_classify_takes_sentences_as_they_are(scorer):
    found = scorer.classify(["One thing. And another.", ""])
    assert len(found) == 2
    assert scorer.classify([]) == []


def test_sentences_alone_do_not_depend_on_their_neighbours(scorer):
    others = ["Mice were fed tea.", "A very much longer sentence, " * 20, "Ha."]
    alone = scorer.classify(["This effect lasts a year."])
    assert scorer.classify(["This effect lasts a year.", *others])[:1] == alone
    assert scorer.classify([*others, "This effect lasts a year."])[-1:] == alone


def test_a_string_instead_of_a_list_is_refused(scorer):
    with pytest.raises(ClaimcheckError, match="list of sentences"):
        scorer.classify("One sentence.")
    with pytest.raises(ClaimcheckError, match="iterable of texts"):
        scorer.stream("One text.")


def test_half_a_surrogate_pair_is_scored_and_kept(scorer):
    report = scorer.score("Tea \ud800 helps.")
    assert report.sentences[0].text == "Tea \ud800 helps."


def test_neighbours_are_in_view_only_in_order(scorer):
    sentences = ["Mice were given the extract for a week.", "This lowered the risk of cancer."]
    alone, in_order = scorer.classify(sentences), scorer.classify(sentences, in_order=True)
    assert all(a.scores != b.scores for a, b in zip(alone, in_order, strict=True))
    assert scorer.classify(sentences[:1], in_order=True) == alone[:1]


def test_a_process_forked_while_a_session_opens_does_not_hang(scorer):
    scorer.classify(["Tea helps."])
    lock = scorer._classifier._locks[os.getpid()]
    with lock:
        child = os.fork()
        if child == 0:
            scorer.classify(["Tea helps."])
            os._exit(0)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and os.waitpid(child, os.WNOHANG)[0] == 0:
            time.sleep(0.05)
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_a_model_named_by_a_relative_path_is_found_from_another_folder(tmp_path, monkeypatch):
    shutil.copytree(find_model("default"), tmp_path / "model")
    monkeypatch.chdir(tmp_path)
    scorer = Scorer("model")
    monkeypatch.chdir("/")
    assert len(pickle.loads(pickle.dumps(scorer)).classify(["Tea helps."])) == 1


def test_a_long_sentence_is_read_to_its_end_and_that_is_said(scorer):
    filler = "and the tea was served in the garden of the hotel by the sea " * 100
    hype = ", and this miracle tea cures every cancer for ever, guaranteed, without any side effect"
    wild, tame = (
        scorer.score(f"The guests sat down {filler}{end}.") for end in (6 * hype, "and went home")
    )
    assert len(wild.sentences) == 1 and wild.sentences[0].windows > 1
    assert wild.sentences[0].label is Label.OVERCLAIMED is not tame.sentences[0].label
    assert any("longer than the model reads" in w for w in wild.warnings)


def test_one_scorer_serves_many_threads(scorer):
    texts = [f"Tea number {n} cures colds. It may help." for n in range(40)]
    expected = [scorer.score(t) for t in texts]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(scorer.score, texts)) == expected


def test_a_scorer_survives_pickling(scorer):
    copy = pickle.loads(pickle.dumps(scorer))
    assert copy.score(ARTICLE) == scorer.score(ARTICLE)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_scorer_works_in_another_process_after_use_in_this_one(scorer, method):
    expected = scorer.score(ARTICLE)
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply(scorer.score, (ARTICLE,)) == expected


@pytest.mark.parametrize("threads", [0, -1])
def test_a_number_of_threads_that_makes_no_sense_is_refused(threads):
    with pytest.raises(ClaimcheckError, match="threads"):
        Scorer(threads=threads)


def test_an_unknown_backend_is_refused_with_the_known_ones():
    with pytest.raises(ModelError, match="onnx or torch"):
        Scorer(backend="abacus")


def test_public_names_are_there_and_typed():
    for name in claimcheck.__all__:
        assert getattr(claimcheck, name).__name__ == name
    assert claimcheck.Report is Report
    with pytest.raises(AttributeError):
        _ = claimcheck.nonesuch


@pytest.mark.slow
def test_a_text_of_five_megabytes_is_scored_in_full(scorer, monkeypatch):
    def run(_, windows):
        return np.zeros((sum(len(w.pieces) for w in windows), len(Label) + len(Reason)), np.float32)

    # The network is left out: it takes a hundredth of a second a sentence, whatever the text.
    monkeypatch.setattr(OnnxBackend, "run", run)
    line = "Tea may help, as a study of 40 adults found, but nobody knows how much of it. "
    text = (line * 60 + "\n") * (5_000_000 // (60 * len(line)) + 1)
    report = scorer.score(text)
    assert len(text) >= 5_000_000
    assert len(report.sentences) == text.count("Tea")
    assert report.sentences[-1].end == len(text.rstrip())
