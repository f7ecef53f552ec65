"""Download the public corpora from their public homes, and check that they are what was labelled.

Run ``python -m train.corpora``. Where there is no way out, set ``CLAIMCHECK_CORPORA`` to a folder
that already has the files; they are checked all the same.
"""

import gzip
import json
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import click

from claimcheck.manifest import file_hash
from train.sources import corpora_folder

TIMEOUT = 60
"""Seconds without an answer after which a download is given up."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of a public corpus: where it lives, and how it is made of what lives there."""

    file: str
    url: str
    build: Callable[[Path, Path], None]
    sha256: str | None  # None where the file is put together here, and its texts are checked


class DownloadError(Exception):
    """A corpus could not be fetched, or is not the one that was labelled."""


def _keep(downloaded: Path, target: Path) -> None:
    shutil.copy(downloaded, target)


def _stories(downloaded: Path, target: Path) -> None:
    """Put the stories of FakeHealth's archive into one file, one JSON object a line."""
    prefix = "dataset/content/HealthStory/"
    with ZipFile(downloaded) as archive, gzip.open(target, "wt", encoding="utf-8") as lines:
        for name in sorted(archive.namelist()):
            _, found, rest = name.partition(prefix)
            if not found or not rest.endswith(".json"):
                continue
            story = json.loads(archive.read(name))
            digits = rest.removesuffix(".json").rsplit("_", 1)[-1]
            row = {k: story.get(k) or "" for k in ("url", "title", "text")}
            lines.write(json.dumps({"id": f"story_{digits}", **row}, ensure_ascii=False) + "\n")


_GITHUB = "https://raw.githubusercontent.com"
_CAUSAL = f"{_GITHUB}/junwang4/correlation-to-causation-exaggeration/master/data"
CORPORA = (
    Corpus(
        "healthstory.jsonl.gz",
        "https://codeload.github.com/EnyanDai/FakeHealth/zip/refs/heads/master",
        _stories,
        None,
    ),
    Corpus(
        "eureka_causal.csv",
        f"{_CAUSAL}/annotated_eureka.csv",
        _keep,
        "a0243352da856be39207a61816350f679ddb28d5d66d2621c786bd412345e2f9",
    ),
    Corpus(
        "pubmed_causal.csv",
        f"{_CAUSAL}/annotated_pubmed.csv",
        _keep,
        "57973580bc93127289105c8f45e9886ad054b5e360a639d7678f15e7c202ad6d",
    ),
)


def fetch(corpus: Corpus, folder: Path) -> str:
    """Bring one corpus into a folder unless it is there; return what was done.

    Raises:
        DownloadError: where it cannot be fetched, or its checksum is another.

    """
    target = folder / corpus.file
    done = "already there"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            downloaded, built = Path(scratch) / "download", Path(scratch) / "built"
            _download(corpus.url, downloaded)
            try:
                corpus.build(downloaded, built)
            except (BadZipFile, ValueError) as error:
                raise DownloadError(f"{corpus.url} holds something else: {error}") from None
            built.replace(target)
        done = "downloaded"
    if corpus.sha256 is not None and file_hash(target) != corpus.sha256:
        raise DownloadError(f"{target} is not the version that was labelled: its checksum differs")
    return done


def _download(url: str, target: Path) -> None:
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer, target.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except (urllib.error.URLError, OSError) as error:
        raise DownloadError(f"{url} cannot be fetched: {error}") from None


@click.command()
def main() -> None:
    """Download what is missing and check what is there."""
    folder = corpora_folder()
    failed = False
    for corpus in CORPORA:
        try:
            click.echo(f"{corpus.file}: {fetch(corpus, folder)}")
        except DownloadError as error:
            click.echo(f"{corpus.file}: {error}", err=True)
            failed = True
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
