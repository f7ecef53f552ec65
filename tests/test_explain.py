"""Which words carried a label: the ones without which it would be less likely."""

import pytest

from claimcheck import Label, Scorer
from claimcheck.explain import MOST_WORDS, SHOWN_WORDS, WordShare, explain, telling

HYPE = "This miracle tea cures every cancer, guaranteed, and it comes in a green box."


@pytest.fixture(scope="module")
def classifier(scorer):
    return scorer._classifier


def test_every_word_has_a_share_and_those_for_the_label_sum_to_one(classifier):
    shares = explain(classifier, HYPE, Label.OVERCLAIMED)
    assert [HYPE[s.start : s.end] for s in shares][:3] == ["This", "miracle", "tea"]
    assert sum(s.share for s in shares if s.share > 0) == pytest.approx(1)


def test_leaving_out_the_telling_words_costs_the_label_more_than_others(classifier, scorer):
    shares = explain(classifier, HYPE, Label.OVERCLAIMED)
    ranked = sorted(shares, key=lambda s: -s.share)

    def without(words):
        text = HYPE
        for word in sorted(words, key=lambda w: -w.start):
            text = text[: word.start] + text[word.end :]
        return scorer.classify([text])[0].scores[Label.OVERCLAIMED]

    assert without(ranked[:3]) < without(ranked[-3:])


def test_a_sentence_without_words_or_with_too_many_is_not_explained(classifier):
    assert explain(classifier, "?!", Label.HEDGED) == ()
    assert explain(classifier, "tea " * (MOST_WORDS + 1), Label.HEDGED) == ()


def test_few_words_are_pointed_out_in_reading_order():
    shares = [WordShare(10 * n, 10 * n + 5, share) for n, share in enumerate([0.05, 0.3, 0.4, 0.2])]
    assert [s.start for s in telling(shares)] == [10, 20, 30]
    assert len(telling([WordShare(n, n + 1, 0.2) for n in range(9)])) == SHOWN_WORDS


def test_overclaims_carry_their_words_and_nothing_else_does(scorer, sample_text):
    report = scorer.score(sample_text)
    assert any(s.words for s in report.overclaims)
    for s in report.sentences:
        assert s.label is Label.OVERCLAIMED or s.words == ()
        for word in s.words:
            assert s.start <= word.start < word.end <= s.end
            assert report.text[word.start : word.end].strip()


def test_a_scorer_may_leave_explanations_out(sample_text):
    report = Scorer(explain=False).score(sample_text)
    assert report.overclaims and not any(s.words for s in report.sentences)
