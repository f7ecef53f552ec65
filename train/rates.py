"""How fast each part of the network learns."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from torch import nn


@dataclass(frozen=True, slots=True)
class Rates:
    """Learning rates: that of the top layer, and what the others are of it.

    Attributes:
        top: the rate of the encoder's last layer.
        head: the rate of the new head, as a multiple of it.
        layer_decay: the rate of each layer, as a share of the one above it; 1 for one rate
            (Howard and Ruder 2018).

    """

    top: float
    head: float
    layer_decay: float

    def of(self, parameter: str, layers: int) -> float:
        """Return the rate of a parameter, by its name, in an encoder of so many layers."""
        if parameter.startswith("classifier"):
            return self.head * self.top
        numbered = re.search(r"\blayer\.(\d+)\.", parameter)
        below = layers - 1 - int(numbered[1]) if numbered else layers
        return self.top * self.layer_decay**below


def parameter_groups(network: nn.Module, rates: Rates) -> list[dict[str, Any]]:
    """Return what an optimizer takes: the parameters that are trained, grouped by their rate."""
    groups: dict[float, list[nn.Parameter]] = defaultdict(list)
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[rates.of(name, network.config.num_hidden_layers)].append(parameter)
    return [{"params": found, "lr": rate} for rate, found in groups.items()]
