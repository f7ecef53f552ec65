"""Scorer: from a text to its report. The one place where the steps meet."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from claimcheck.backends import default_threads
from claimcheck.classifier import Classifier, Prediction
from claimcheck.document import Document, Location, Locator, Span
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.explain import explain, telling
from claimcheck.ignore import with_ignored
from claimcheck.labels import Label
from claimcheck.language import language_warning
from claimcheck.manifest import DEFAULT_MODEL, find_model
from claimcheck.reading import DEFAULT_OPTIONS, ReadOptions, read_path
from claimcheck.reading.text import from_text
from claimcheck.report import Report, ScoredSentence
from claimcheck.segment import Sentence, split_sentences
from claimcheck.streaming import Streams

BEFORE = 8
"""Sentences before one that an explanation may look back to."""


class Scorer(Streams):
    """Scores health articles with one model.

    One Scorer can be shared between threads and pickled into processes; the model's session
    is opened at first use, and once in each process.

    Args:
        model: the name of a shipped model, or a folder.
        backend: "onnx", or "torch" for the folder of any Hugging Face sequence-classification
            checkpoint with our label names and a tokenizer.json (needs the torch extra).
        threads: CPU threads; by default ``CLAIMCHECK_THREADS``, or all this process may use.
        explain: find the words that carried each overclaim, which costs about as much time again
            as the labels.

    Raises:
        ModelError: where the model is missing or damaged.
        ClaimcheckError: where a setting makes no sense.

    """

    def __init__(
        self,
        model: str | Path = DEFAULT_MODEL,
        backend: str = "onnx",
        threads: int | None = None,
        explain: bool = True,
    ) -> None:
        if threads is not None and threads < 1:
            raise ClaimcheckError(f"threads is {threads}: give a whole number from 1 on")
        super().__init__(threads or default_threads())
        self._classifier = Classifier(find_model(model), backend, self._threads)
        self._explains = explain
        manifest = self._classifier.manifest
        self.model_name = f"{manifest.name} {manifest.version}"

    def score(self, text: str) -> Report:
        """Score a plain text."""
        if not isinstance(text, str):
            raise InputError(f"score() takes a string, and this is of type {type(text).__name__}")
        return self.score_document(from_text(text))

    def score_path(self, path: str | Path, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
        """Score a file, in the format that its name says; its marker comments count.

        Raises:
            InputError: where it cannot be read.
            MissingExtraError: where its format needs an extra that is not installed.

        """
        return self.score_document(with_ignored(read_path(Path(path), options)))

    def score_document(self, document: Document) -> Report:
        """Score a document, each sentence judged with its neighbours in view."""
        sentences = split_sentences(document)
        predictions = self.classify([s.text for s in sentences], in_order=True)
        locator = Locator(document)
        scored = tuple(
            _scored(
                sentence,
                prediction,
                locator.locate(sentence.start, document.blocks[sentence.block]),
                self._words(sentences, index) if prediction.label is Label.OVERCLAIMED else (),
            )
            for index, (sentence, prediction) in enumerate(zip(sentences, predictions, strict=True))
        )
        return Report(
            text=document.text,
            origin=document.origin,
            blocks=document.blocks,
            sentences=scored,
            warnings=(*document.warnings, *_warnings(document.text, scored)),
            model=self.model_name,
            markup=document.markup,
        )

    def _words(self, sentences: Sequence[Sentence], index: int) -> tuple[Span, ...]:
        """Return what carried the label of an overclaim, as offsets into the text."""
        if not self._explains:
            return ()
        sentence = sentences[index]
        before = [s.text for s in sentences[max(0, index - BEFORE) : index]]
        shares = explain(self._classifier, sentence.text, Label.OVERCLAIMED, before)
        return tuple(
            Span(sentence.start + word.start, sentence.start + word.end) for word in telling(shares)
        )

    def classify(self, sentences: Sequence[str], in_order: bool = False) -> list[Prediction]:
        """Classify sentences as they are, without splitting.

        Args:
            sentences: one string each; an empty sequence gives an empty list.
            in_order: they are the sentences of one article in order, and each is judged with
                its neighbours in view; otherwise each is judged alone.

        """
        if isinstance(sentences, str):
            raise ClaimcheckError("classify() takes a list of sentences; use score() for a text")
        return self._classifier.predict(sentences, in_order)


def _scored(
    sentence: Sentence, prediction: Prediction, location: Location, words: tuple[Span, ...]
) -> ScoredSentence:
    return ScoredSentence(
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        kind=sentence.kind,
        block=sentence.block,
        label=prediction.label,
        confidence=prediction.confidence,
        scores=prediction.scores,
        reasons=prediction.reasons,
        model_label=prediction.model_label,
        windows=prediction.windows,
        unsure=prediction.unsure,
        words=words,
        location=location,
    )


def _warnings(text: str, sentences: Sequence[ScoredSentence]) -> Iterator[str]:
    language = language_warning(text)
    if language:
        yield language
    long = sum(s.windows > 1 for s in sentences)
    if long:
        noun = "sentence was" if long == 1 else "sentences were"
        yield f"{long} {noun} longer than the model reads at once, and judged in pieces."
