"""A scorer that goes by single words, for processes: ``python -m tests.batch.words batch …``.

``CLAIMCHECK_TEST_DELAY`` is how many seconds it takes over a document, so that a test can find a
run at work.
"""

import os
import time

from claimcheck.cli import main
from claimcheck.commands import batch
from claimcheck.errors import ModelError
from tests import words


class WordScorer(words.WordScorer):
    """Takes its time, and some sentences do harm."""

    def classify(self, sentences, in_order=False):
        time.sleep(float(os.environ.get("CLAIMCHECK_TEST_DELAY", "0")))
        return super().classify(sentences, in_order)

    def _predict(self, sentence):
        match sentence:
            case "Fault.":
                raise RuntimeError("a fault\nof two lines")
            case "Broken model.":
                raise ModelError("the model is broken: install it again")
            case "Exit.":
                os._exit(9)
        return super()._predict(sentence)


def make_scorer(model, threads, explain):
    return WordScorer()


if __name__ == "__main__":
    # Under its name as a module, so that other processes find it again.
    from tests.batch.words import make_scorer as found_again

    batch._scorer = found_again
    main()
