"""The yardstick: ``transformers.pipeline("text-classification")`` over the same weights."""

from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, logging, pipeline
from transformers.modeling_outputs import SequenceClassifierOutput

from claimcheck.manifest import load_manifest
from claimcheck.torch_model import SentencePooledBert


class OneSentenceBert(SentencePooledBert):
    """Our network as a pipeline can call it: a row is a sentence, and is judged by its mean.

    That is what our own encoding does with a sentence alone, so both compute the same. The outputs
    for reasons are left out, as a plain classifier would have none; they cost nothing.
    """

    labels: int

    def forward(  # type: ignore[override]
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        **_: Any,  # noqa: ANN401
    ) -> SequenceClassifierOutput:
        """Return logits of shape (rows, labels); token types are all alike, and not needed."""
        weights = attention_mask / attention_mask.sum(dim=1, keepdim=True)
        found = super().forward(input_ids, attention_mask, weights[:, None])
        return SequenceClassifierOutput(logits=found.logits[:, 0, : self.labels])


def text_classification(checkpoint: Path, threads: int) -> Any:  # noqa: ANN401
    """Return the pipeline for a checkpoint of ours."""
    torch.set_num_threads(threads)
    logging.set_verbosity(logging.CRITICAL)  # it does not know the class, and says so
    manifest = load_manifest(checkpoint)
    network = OneSentenceBert.from_pretrained(checkpoint)
    network.labels = len(manifest.labels)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    return pipeline("text-classification", model=network.eval(), tokenizer=tokenizer, device="cpu")
