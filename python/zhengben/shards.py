"""Parquet files cleaned file by file: each is a shard of the work, and becomes a file.

What is done stays done: a run that was ended, or of which a worker died, is gone on with by
the same call. `zhengben.ray.clean_shards` does the same on a cluster of Ray.

The output's files appear when they are whole, under the names of their inputs. Beside them
the folder `_zhengben` has a file for each that says what it was made from and how; what was
made otherwise is made anew."""

from collections.abc import Iterable
from os import PathLike
from typing import Any

from zhengben._batches import Cleaning, Metrics
from zhengben._guard import PoisonError
from zhengben._outputs import Errors, Outputs
from zhengben._schedule import Report, ShardsError, WorkerDied, run
from zhengben._shard import Work, plan
from zhengben._workers import Processes
from zhengben._zhengben import Cleaner

__all__ = ["Metrics", "PoisonError", "Report", "ShardsError", "WorkerDied", "clean_shards"]


def clean_shards(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    output: str | PathLike[str],
    *,
    column: str = "text",
    outputs: Outputs = ("text",),
    cleaner: Cleaner | None = None,
    errors: Errors = "raise",
    id_column: str | None = None,
    skip: Iterable[Any] = (),
    row_groups: int | None = None,
    batch_rows: int = 1024,
    compression: str = "zstd",
    tries: int = 3,
    workers: int | None = None,
) -> Report:
    """Cleans Parquet files, or all that are in a folder, into files of a folder.

    Each file is a shard, or each so many `row_groups` of it. They are cleaned by as many
    `workers` as there are processors, each a process of its own, and shards that are done
    already are left alone.

    A shard that fails is tried again, `tries` times in all; from the second try on it is
    known which document kills a worker. The others are finished all the same; then
    `ShardsError` says what is wrong with which shard. The same call tries only those again.
    With `skip`, the ids of documents that stay as they are, they can be finished.
    """
    cleaning = Cleaning.of(
        column=column,
        outputs=outputs,
        cleaner=cleaner,
        errors=errors,
        id_column=id_column,
        skip=skip,
    )
    work = Work(cleaning, batch_rows, compression)
    shards = plan(inputs, output, row_groups)
    with Processes(work, workers) as pool:
        return run(shards, work, pool, tries)
