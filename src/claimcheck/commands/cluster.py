"""``claimcheck batch --engine ray``: the same rows, from the machines of a cluster."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from claimcheck.batch.job import Job
from claimcheck.errors import ClaimcheckError, MissingExtraError
from claimcheck.manifest import SHIPPED, find_model

if TYPE_CHECKING:
    from claimcheck.batch.ray_engine import Outcome
    from claimcheck.scoring import Scorer


def score_on_ray(
    paths: Sequence[str],
    output: str,
    job: Job,
    make_scorer: Callable[[], "Scorer"],
    *,
    workers: int | None,
    address: str | None,
    overwrite: bool,
    quiet: bool,
) -> "Outcome":
    """Score files of records into a folder of Parquet files.

    Args:
        paths: files, folders and patterns of this machine, or URIs.
        output: a folder that is not there, is empty, or may be replaced.
        job: how documents are read and written.
        make_scorer: opens the model, on whichever machine.
        workers: actors, at most.
        address: of a cluster; without it, one is started here for this run.
        overwrite: whether a result may be replaced.
        quiet: show no bar.

    Raises:
        ClaimcheckError: where the run cannot go on, or Ray is not installed.

    """
    engine = _engine()
    from claimcheck.batch.folder import ResultFolder
    from claimcheck.batch.stored import record_files

    folder = ResultFolder(output)
    files = record_files(paths, lambda file: _is_within(file, output))
    for file in files:
        if folder.holds(file):
            raise ClaimcheckError(f"{file} is an input and in {folder.shown}: choose another")
    batch = engine.RayBatch(files, folder, job, make_scorer, workers)
    outcome: Outcome = engine.run(batch, address or engine.LOCAL, overwrite, quiet)
    return outcome


def everywhere(model: str) -> str:
    """Return a model by what means the same on every machine: its name, or its whole path.

    Raises:
        ModelError: where it is not on this machine; better now than from another one.

    """
    folder = find_model(model)
    return model if folder.parent == SHIPPED else str(folder)


def _engine() -> ModuleType:
    try:
        from claimcheck.batch import ray_engine
    except ImportError:
        raise MissingExtraError("--engine ray", "ray") from None
    return ray_engine


def _is_within(file: Path, folder: str) -> bool:
    """Tell whether a file is of an earlier result in the place of the new one."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))
