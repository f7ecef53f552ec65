"""The published figures, against values worked out by hand."""

import numpy as np
import pytest

from claimcheck.labels import Label
from train.baselines import word_list
from train.metrics import (
    bootstrap_macro_f1,
    confusion,
    expected_calibration_error,
    kappa,
    macro_f1,
    per_label,
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
