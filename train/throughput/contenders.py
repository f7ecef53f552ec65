"""What is compared: the pipeline of transformers, and our own ways of running the same weights."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from claimcheck.document import Document
from claimcheck.scoring import Scorer
from train.throughput.measuring import Contender, Work
from train.throughput.networks import Networks
from train.throughput.texts import Passage, all_sentences

BATCH_SIZES = (8, 16, 32, 64)

SINGLE = "transformers pipeline, 1 at a time"
TORCH_ALONE = "Scorer, PyTorch fp32, sentences alone"
TORCH_ARTICLE = "Scorer, PyTorch fp32, whole articles"
INT8_ONE = "Scorer, int8, 1 sentence at a time"
INT8_ALONE = "Scorer, int8, sentences alone"
INT8_ARTICLE = "Scorer, int8, whole articles"
INT8_EXPLAINED = "Scorer, int8, whole articles, explained"


def batch_name(size: int) -> str:
    """Return the name of the pipeline with a batch size."""
    return f"transformers pipeline, batches of {size}"


def contenders(
    networks: Networks, passages: Sequence[Passage], threads: int
) -> Iterator[Contender]:
    """Yield what the table compares. All get the same sentences and the same number of threads.

    Where a contender is given articles, it splits them itself, and that is timed; the others are
    given sentences that are split already.
    """
    sentences = all_sentences(passages)
    documents = [passage.document for passage in passages]
    for size in (1, *BATCH_SIZES):
        name = SINGLE if size == 1 else batch_name(size)
        yield Contender(name, partial(_pipeline, networks.checkpoint, threads, sentences, size))
    for name, folder, backend in (
        (TORCH_ALONE, networks.checkpoint, "torch"),
        ("Scorer, ONNX fp32, sentences alone", networks.fp32, "onnx"),
        (INT8_ALONE, networks.int8, "onnx"),
    ):
        yield Contender(name, partial(_alone, folder, backend, threads, sentences))
    yield Contender(INT8_ONE, partial(_one_by_one, networks.int8, threads, sentences))
    for name, folder, backend, explain in (
        (TORCH_ARTICLE, networks.checkpoint, "torch", False),
        ("Scorer, ONNX fp32, whole articles", networks.fp32, "onnx", False),
        (INT8_ARTICLE, networks.int8, "onnx", False),
        (INT8_EXPLAINED, networks.int8, "onnx", True),
    ):
        scorer = partial(Scorer, folder, backend, threads, explain)
        yield Contender(name, partial(_articles, scorer, documents))
    scorer = partial(Scorer, networks.int8, threads=threads)
    texts = [document.text for document in documents]
    yield Contender("Scorer.stream, int8, explained", partial(_stream, scorer, texts))


def _pipeline(checkpoint: Path, threads: int, sentences: list[str], size: int) -> Work:
    from train.throughput.pipelines import text_classification

    classify = text_classification(checkpoint, threads)
    longest = classify.model.config.max_position_embeddings

    def work() -> list[str]:
        found = classify(sentences, batch_size=size, truncation=True, max_length=longest)
        return [row["label"] for row in found]

    return work


def _alone(folder: Path, backend: str, threads: int, sentences: list[str]) -> Work:
    scorer = Scorer(folder, backend, threads)
    return lambda: [str(p.label) for p in scorer.classify(sentences)]


def _one_by_one(folder: Path, threads: int, sentences: list[str]) -> Work:
    scorer = Scorer(folder, threads=threads)
    return lambda: [str(scorer.classify([sentence])[0].label) for sentence in sentences]


def _articles(make: Callable[[], Scorer], documents: list[Document]) -> Work:
    scorer = make()
    return lambda: [
        str(s.label) for document in documents for s in scorer.score_document(document).sentences
    ]


def _stream(make: Callable[[], Scorer], texts: list[str]) -> Work:
    scorer = make()
    return lambda: [str(s.label) for report in scorer.stream(texts) for s in report.sentences]
