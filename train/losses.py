"""What training minimises: how wrong the labels and the reasons of a batch are.

The variants that ``Objective`` offers were measured against one another by ``train.ablation``.
"""

from dataclasses import dataclass

import torch
from torch import nn

from train.windows import IGNORED, LABELS


@dataclass(frozen=True)
class Objective:
    """How the loss is made up.

    Attributes:
        label_smoothing: share of the target that goes to the other labels (Szegedy et al. 2016).
        reason_weight: weight of the reasons' loss beside that of the labels; 0 leaves it out.
        label_weights: weight of each label's sentences, in the order of ``Label``.
        focal: exponent that plays down sentences already judged well (Lin et al. 2017).
        r_drop: weight of the disagreement between two passes under dropout (Liang et al. 2021).

    """

    label_smoothing: float = 0.05
    reason_weight: float = 0.3
    label_weights: tuple[float, ...] = (1.0,) * len(LABELS)
    focal: float = 0.0
    r_drop: float = 0.0


def loss_of(
    logits: torch.Tensor, labels: torch.Tensor, reasons: torch.Tensor, objective: Objective
) -> torch.Tensor:
    """Return the loss of one batch, a scalar.

    Args:
        logits: (pieces, labels + reasons).
        labels: (pieces,), the number of the label or IGNORED.
        reasons: (pieces,), likewise.
        objective: see Objective.

    """
    split = len(LABELS)
    loss = _label_loss(logits[:, :split], labels, objective)
    if objective.reason_weight and (reasons != IGNORED).any():
        of_reasons = nn.functional.cross_entropy(logits[:, split:], reasons, ignore_index=IGNORED)
        loss = loss + objective.reason_weight * of_reasons
    return loss


def disagreement(first: torch.Tensor, second: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the symmetric KL divergence of two judgements of the same pieces, a scalar."""
    known = labels != IGNORED
    a, b = (x[known][:, : len(LABELS)].log_softmax(dim=-1) for x in (first, second))
    both = nn.functional.kl_div(a, b, reduction="batchmean", log_target=True)
    return (both + nn.functional.kl_div(b, a, reduction="batchmean", log_target=True)) / 2


def _label_loss(logits: torch.Tensor, labels: torch.Tensor, objective: Objective) -> torch.Tensor:
    weights = torch.tensor(objective.label_weights, device=logits.device)
    if not objective.focal:
        return nn.functional.cross_entropy(
            logits,
            labels,
            weight=weights,
            ignore_index=IGNORED,
            label_smoothing=objective.label_smoothing,
        )
    known = labels != IGNORED
    each = nn.functional.cross_entropy(
        logits[known],
        labels[known],
        reduction="none",
        label_smoothing=objective.label_smoothing,
    )
    right = logits[known].softmax(dim=-1).gather(1, labels[known][:, None])[:, 0]
    return (weights[labels[known]] * (1 - right) ** objective.focal * each).mean()
