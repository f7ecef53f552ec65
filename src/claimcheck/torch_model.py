"""The network of our own checkpoints, for PyTorch: BERT, averaged over each sentence's tokens.

Needs the ``torch`` extra. Several sentences of an article share a row and attend to one another,
and each is judged from the average of its own tokens. Sentence encoders such as all-MiniLM were
trained to be read by their average (Reimers and Gurevych 2019), and start far better from it than
from their first token.
"""

from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModelForSequenceClassification, BertModel
from transformers.modeling_outputs import SequenceClassifierOutput
from transformers.models.bert.modeling_bert import BertPreTrainedModel


class SentencePooledBert(BertPreTrainedModel):
    """BERT with one linear layer on the mean of each sentence's token states."""

    def __init__(self, config: Any) -> None:  # noqa: ANN401
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)
        self.classifier = nn.Linear(config.hidden_size, config.num_labels)
        self.post_init()

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, pooling: torch.Tensor
    ) -> SequenceClassifierOutput:
        """Return logits of shape (rows, sentences, outputs).

        Args:
            input_ids: (rows, tokens), padded.
            attention_mask: the same, 1 for each token that is no padding.
            pooling: (rows, sentences, tokens), the weight of each token in each sentence.

        """
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        means = pooling.to(states.dtype) @ states
        return SequenceClassifierOutput(logits=self.classifier(self.dropout(means)))


def load_network(
    source: str,
    attn_implementation: str = "sdpa",
    **settings: Any,  # noqa: ANN401
) -> nn.Module:
    """Load a base model or a checkpoint for classification.

    BERT-like bases and our own checkpoints get our head; a checkpoint that came with a head of
    its own, and every other architecture, gets the one of ``transformers``.
    """
    config = AutoConfig.from_pretrained(source)
    with_head = any("ForSequenceClassification" in name for name in config.architectures or [])
    ours = config.model_type == "bert" and not with_head
    network = SentencePooledBert if ours else AutoModelForSequenceClassification
    loaded: nn.Module = network.from_pretrained(
        source, attn_implementation=attn_implementation, **settings
    )
    return loaded


def judge_pieces(network: nn.Module, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the outputs for every sentence of some windows, (rows, sentences, outputs).

    A checkpoint with a head of its own gives one judgement a row, so each of its rows has to hold
    a single sentence.
    """
    if isinstance(network, SentencePooledBert):
        logits: torch.Tensor = network(**inputs).logits
        return logits
    rest = {name: value for name, value in inputs.items() if name != "pooling"}
    single: torch.Tensor = network(**rest).logits[:, None]
    return single
