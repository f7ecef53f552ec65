"""``python -m tests.docs``: bring what the documents show up to date with what comes out.

Outputs of examples, and the parts that are made from the code. Needed after a change of the model,
of the options or of what is printed; read the difference before you commit it.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from claimcheck import Scorer
from tests.docs.examples import agrees, refreshed
from tests.docs.paths import DOCUMENTS
from tests.docs.reference import renewed
from tests.docs.running import run_examples


def refresh(document: Path, scorer: Scorer) -> None:
    """Rewrite a document where it shows something else than what comes out."""
    lines = document.read_text("utf-8").splitlines()
    with TemporaryDirectory() as folder:
        outcomes = list(run_examples(document, Path(folder), scorer))
    for outcome in reversed(outcomes):  # from the end, so that the numbers of lines stay true
        example = outcome.example
        if example.shown and not agrees(example.shown, outcome.lines):
            end = example.first + len(example.shown)
            try:
                lines[example.first : end] = refreshed(example.shown, outcome.lines)
            except ValueError as error:
                sys.exit(f"{document}:{example.first}: {error}; write this one anew")
    document.write_text(renewed("\n".join(lines) + "\n"), "utf-8")


if __name__ == "__main__":
    shared = Scorer(threads=1)
    for path in DOCUMENTS:
        refresh(path, shared)
