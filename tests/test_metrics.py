"""The published figures, against values worked out by hand."""

import numpy as np
import pytest

from claimcheck.labels import Label
from train.baselines import word_list
from train.metrics import (
    bootstrap,
    bootstrap_macro_f1,
    confusion,
    expected_calibration_error,
    kappa,
    macro_f1,
    per_label,
    precision_recall,
    reliability,
)

N, H, O, S = Label.NO_CLAIM, Label.HEDGED, Label.OVERCLAIMED, Label.SUPPORTED  # noqa: E741
TRUTH = [N, N, H, H, O, O, S, S]
GUESS = [N, N, H, O, O, S, S, S]


def test_macro_f1_is_the_mean_over_all_four_labels():
    # F1: no claim 1, hedged 2/3, overclaimed 1/2, supported 4/5
    assert macro_f1(TRUTH, GUESS) == pytest.approx((1 + 2 / 3 + 1 / 2 + 4 / 5) / 4)
    assert macro_f1([N, H], [N, H]) == 0.5


def test_per_label_figures_and_confusion_agree():
    assert per_label(TRUTH, GUESS)[S] == pytest.approx((2 / 3, 1.0, 4 / 5, 2))
    matrix = confusion(TRUTH, GUESS)
    assert matrix.sum() == 8 and matrix[1, 2] == 1 and np.trace(matrix) == 6


def test_kappa_corrects_for_chance():
    # agreement 3/4, by chance 1/2
    assert kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"]) == pytest.approx(0.5)
    assert kappa(["a", "a"], ["a", "a"]) == 1.0


def test_calibration_error_is_the_gap_between_confidence_and_accuracy():
    confidence, correct = np.array([0.9, 0.9, 0.6, 0.6]), np.array([True, False, True, False])
    assert expected_calibration_error(confidence, correct) == pytest.approx((0.4 + 0.1) / 2)


def test_the_interval_holds_the_value_and_resamples_groups():
    groups = list("abcdefgh")
    once = bootstrap_macro_f1(TRUTH, GUESS, groups)
    assert once.low <= once.value <= once.high and once.low < once.high
    assert bootstrap_macro_f1(TRUTH * 2, GUESS * 2, groups * 2) == once
    whole = bootstrap_macro_f1(TRUTH, GUESS, ["a"] * 8)
    assert whole.low == whole.high == whole.value


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("A miracle cure.", O),
        ("It may help.", H),
        ("It lowers the risk by 3%.", S),
        ("Ask Ann.", N),
    ],
)
def test_the_word_list_labels_by_its_first_list_that_matches(sentence, label):
    assert word_list(sentence) is label


def test_reliability_puts_each_prediction_into_the_bin_of_its_confidence():
    confidence = np.array([0.1, 0.15, 0.95, 1.0])
    bins = reliability(confidence, np.array([False, True, True, True]), bins=2)
    assert [(b.sentences, b.accuracy) for b in bins] == [(2, 0.5), (2, 1.0)]
    assert [b.confidence for b in bins] == pytest.approx([0.125, 0.975])


def test_a_higher_threshold_never_finds_more():
    probability = np.linspace(0, 1, 50)
    points = precision_recall(probability, probability > 0.4)
    recalls = [p.recall for p in points]
    assert recalls == sorted(recalls, reverse=True)
    assert all(p.precision == 1 for p in points if p.threshold > 0.4)


def test_a_bootstrap_interval_holds_the_value_and_narrows_with_more_groups():
    values = np.tile([0.0, 1.0], 200)
    few = bootstrap(lambda rows: values[rows].mean(), [str(i // 40) for i in range(400)])
    many = bootstrap(lambda rows: values[rows].mean(), [str(i) for i in range(400)])
    assert few.value == many.value == 0.5
    assert many.low < 0.5 < many.high and few.low == few.high == 0.5
