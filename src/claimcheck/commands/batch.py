"""``claimcheck batch``: archives in, rows out; it may be killed at any time and goes on."""

import hashlib
import json
import os
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimcheck.batch.files import Inputs
from claimcheck.batch.job import Job
from claimcheck.batch.progress import counted
from claimcheck.batch.results import WRITERS
from claimcheck.batch.rows import RowKind, arrow_schema
from claimcheck.batch.run import CHUNK, Batch, run
from claimcheck.batch.work import Counts
from claimcheck.commands.configured import STDIN, ConfiguredCommand
from claimcheck.commands.inputs import is_report
from claimcheck.commands.options import InputSettings
from claimcheck.commands.output import complain, refuse_to_overwrite, say
from claimcheck.errors import ClaimcheckError
from claimcheck.reading import is_address

if TYPE_CHECKING:
    from claimcheck.scoring import Scorer


@click.command("batch", cls=ConfiguredCommand)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    required=True,
    help=f"Where the rows are written; its ending says the format: {' or '.join(WRITERS)}. With "
    "--engine ray, a folder.",
)
@click.option(
    "--rows",
    type=click.Choice([kind.value for kind in RowKind]),
    default=RowKind.SENTENCES.value,
    show_default=True,
    help="Write a row for each sentence, or one for each document with its counts.",
)
@click.option(
    "--text-column",
    default=Job().text_column,
    show_default=True,
    help="The column of JSON lines or Parquet that holds a document's text.",
)
@click.option(
    "--id-column",
    default=Job().id_column,
    show_default=True,
    help="The column that holds what a document is called; without it, its file and line.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Processes, which share the threads, or actors of Ray.  [default: one for each thread]",
)
@click.option(
    "--chunk-size",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    default=CHUNK,
    show_default=True,
    help="Documents that are scored and kept together; a run that is killed loses that many for "
    "each process.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
@click.option("--overwrite", is_flag=True, help="Begin anew, and replace a result that is there.")
@click.option(
    "--explain", is_flag=True, help="Find the words that carried each overclaim; takes longer."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or Ray, which writes a folder of Parquet files.",
)
@click.option(
    "--address",
    envvar="RAY_ADDRESS",
    show_envvar=True,
    help="The Ray cluster, as host:port.  [default: one of this machine's own]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    inputs: InputSettings,
    output: str,
    rows: str,
    text_column: str,
    id_column: str,
    workers: int | None,
    chunk_size: int,
    resume: bool,
    overwrite: bool,
    explain: bool,
    engine: str,
    address: str | None,
    quiet: bool,
) -> int:
    """Score archives of any size into one table.

    PATHS are files, folders, patterns such as 'archive/*.jsonl'. A file of JSON lines (.jsonl,
    .jsonl.gz) or Parquet has a document in each record, every other file is one. A document that
    cannot be scored is a row with its error. Exit code 0: all were scored; 2: some were not, or
    the run could not go on.
    """
    _refuse(ctx, paths, output, resume and overwrite)
    if engine == "local":
        _refuse_as_output(ctx, output)
    elif resume:
        raise click.UsageError("--resume needs --engine local", ctx)
    job = Job(
        RowKind(rows),
        text_column,
        id_column,
        inputs.reading,
        inputs.ignore_comments,
        inputs.skip_quotations,
    )
    if engine == "ray":
        from claimcheck.commands.cluster import everywhere, score_on_ray

        outcome = score_on_ray(
            paths,
            output,
            job,
            partial(_scorer, everywhere(inputs.model), 1, explain),
            workers=workers,
            address=address,
            overwrite=overwrite,
            quiet=quiet,
        )
        return _told(outcome.counts, outcome.seconds, output, quiet)
    threads, workers = _shared(inputs.threads, workers)
    scorer = _scorer(inputs.model, threads, explain)
    batch = Batch(
        Inputs(paths, lambda file: _is_same(file, output) or is_report(file)),
        Path(os.path.realpath(output)),
        job,
        chunk_size,
        _settings(job, scorer, inputs.model, explain),
    )
    if _is_finished(batch, output, resume, overwrite):
        say(f"{output} is there already, and nothing is left to go on with")
        return 0
    try:
        pace = run(batch, scorer, workers, resume, say, quiet)
    except KeyboardInterrupt:
        complain("stopped: go on with --resume")
        return 130
    return _told(pace.done, pace.seconds, output, quiet)


def _refuse(ctx: click.Context, paths: tuple[str, ...], output: str, is_both: bool) -> None:
    """Refuse what makes no sense, before anything is read."""
    if is_both:
        raise click.UsageError("--resume and --overwrite exclude each other", ctx)
    other = next((p for p in paths if p == STDIN or is_address(p)), None)
    if other is not None:
        raise click.UsageError(f"{other} is no file: a batch reads files and folders", ctx)
    refuse_to_overwrite(paths, [output])


def _refuse_as_output(ctx: click.Context, output: str) -> None:
    if Path(output).suffix not in WRITERS:
        known = " or ".join(WRITERS)
        raise click.UsageError(f"--output is {output}: its name must end in {known}", ctx)


def _shared(threads: int | None, workers: int | None) -> tuple[int, int]:
    """Return the threads of each process, and the processes."""
    from claimcheck.backends import default_threads

    threads = threads or default_threads()
    workers = workers or threads
    return max(1, threads // workers), workers


def _scorer(model: str, threads: int, explain: bool) -> "Scorer":
    from claimcheck.scoring import Scorer

    return Scorer(model=model, threads=threads, explain=explain)


def _is_same(file: Path, output: str) -> bool:
    return file.name == Path(output).name and os.path.realpath(file) == os.path.realpath(output)


def _settings(job: Job, scorer: "Scorer", model: str, explain: bool) -> dict[str, object]:
    """Return what the rows depend on, besides the input; the time limit is for the web only."""
    from claimcheck import __version__
    from claimcheck.manifest import find_model

    manifest = (find_model(model) / "manifest.json").read_bytes()
    reading = asdict(job.reading) | {"timeout": None}
    return {
        "claimcheck": __version__,
        "model": f"{scorer.model_name} {hashlib.sha256(manifest).hexdigest()}",
        "rows": job.rows.value,
        "text-column": job.text_column,
        "id-column": job.id_column,
        "reading": json.dumps(reading),
        "ignore-comments": job.ignore_comments,
        "skip-quotations": job.skip_quotations,
        "explain": explain,
    }


def _is_finished(batch: Batch, output: str, resume: bool, overwrite: bool) -> bool:
    """Tell whether there is nothing to do.

    Raises:
        ClaimcheckError: where something is in the way; the message says what to do.

    """
    if batch.output.suffix == ".parquet":
        arrow_schema(batch.job.rows)  # says now, and not after hours, that it is not installed
    exists = os.path.lexists(batch.output)
    if exists and not batch.output.is_file():
        raise ClaimcheckError(f"{output} is no file: choose another --output")
    if resume and exists and not batch.parts.exist:
        batch.parts.remove()  # what a run left that was killed while it tidied up
        return True
    if resume:
        return False
    if not overwrite and batch.parts.exist:
        raise ClaimcheckError(
            f"{batch.parts.folder} is from a run that was not finished: go on with it (--resume), "
            "or begin anew (--overwrite)"
        )
    if not overwrite and exists:
        raise ClaimcheckError(f"{output} exists: choose another, or replace it (--overwrite)")
    return False


def _told(done: Counts, seconds: float, output: str, quiet: bool) -> int:
    """Say what was done, and return the exit code."""
    if done.errors:
        failed = counted(done.errors, "document")
        complain(f"{failed} could not be scored: the column 'error' of {output} says why")
    if not quiet:
        counts = (counted(done.documents, "document"), counted(done.sentences, "sentence"))
        errors = counted(done.errors, "error")
        say(f"Batch: {output}, {', '.join(counts)}, {errors}, {seconds:.1f} seconds")
    return 2 if done.errors else 0
