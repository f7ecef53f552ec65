"""What training minimises, and how fast each layer learns."""

import pytest

pytest.importorskip("torch", reason="needs the train extra")

import torch
from torch import nn

from train.losses import Objective, disagreement, loss_of
from train.rates import Rates
from train.windows import IGNORED

LOGITS = torch.tensor(
    [[3.0, 0, 0, 0, *[0.0] * 7], [0, 0, 0, 3.0, *[0.0] * 7], [0, 1.0, 0, 0, *[0.0] * 7]]
)
LABELS = torch.tensor([0, 2, IGNORED])
REASONS = torch.tensor([IGNORED, 4, IGNORED])
PLAIN = Objective(label_smoothing=0.0, reason_weight=0.0)


def loss(objective, logits=LOGITS):
    return float(loss_of(logits, LABELS, REASONS, objective))


def test_the_plain_loss_is_cross_entropy_over_the_pieces_that_have_a_label():
    expected = nn.functional.cross_entropy(LOGITS[:2, :4], LABELS[:2])
    assert loss(PLAIN) == pytest.approx(float(expected))


def test_an_unlabelled_piece_changes_nothing():
    moved = LOGITS.clone()
    moved[2] += 5
    for objective in (PLAIN, Objective(focal=2.0), Objective()):
        assert loss(objective, moved) == pytest.approx(loss(objective))


def test_reasons_add_to_the_loss_by_their_weight():
    none, some, more = (
        loss(Objective(label_smoothing=0.0, reason_weight=weight)) for weight in (0.0, 0.5, 1.0)
    )
    assert none < some < more and more - some == pytest.approx(some - none)


def test_a_focal_exponent_plays_down_what_is_judged_well():
    right = LOGITS[:1], LABELS[:1], REASONS[:1]
    wrong = LOGITS[1:2], LABELS[1:2], REASONS[1:2]
    focal = Objective(label_smoothing=0.0, reason_weight=0.0, focal=2.0)
    kept = [float(loss_of(*case, focal) / loss_of(*case, PLAIN)) for case in (right, wrong)]
    assert kept[0] < 0.1 < kept[1] <= 1


def test_a_heavier_label_counts_for_more():
    heavy = Objective(label_smoothing=0.0, reason_weight=0.0, label_weights=(1.0, 1.0, 3.0, 1.0))
    assert loss(heavy) > loss(PLAIN)


def test_two_equal_judgements_do_not_disagree():
    assert float(disagreement(LOGITS, LOGITS, LABELS)) == pytest.approx(0)
    assert float(disagreement(LOGITS, LOGITS.flip(0), LABELS)) > 0


def test_the_head_learns_fastest_and_each_layer_slower_than_the_one_above_it():
    rates = Rates(top=1e-4, head=5.0, layer_decay=0.8)
    names = (
        "classifier.weight",
        "bert.encoder.layer.5.output.dense.weight",
        "bert.encoder.layer.0.output.dense.weight",
        "bert.embeddings.position_embeddings.weight",
    )
    found = [rates.of(name, layers=6) for name in names]
    assert found == pytest.approx([5e-4, 1e-4, 1e-4 * 0.8**5, 1e-4 * 0.8**6])
