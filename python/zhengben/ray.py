"""Cleaning on Ray: a step of a pipeline of Ray Data, or Parquet files shard by shard."""

import warnings
from collections.abc import Iterable
from os import PathLike
from typing import Any

try:
    import ray
    from ray.data import Dataset
    from ray.exceptions import RayError, RayTaskError
except ImportError as error:
    raise ImportError("Ray Data is not installed: pip install 'zhengben[ray]'") from error

import pyarrow as pa

from zhengben._batches import Cleaning, Metrics
from zhengben._guard import PoisonError, guard_of
from zhengben._outputs import Errors, Outputs
from zhengben._schedule import Report, ShardsError, Task, WorkerDied, run
from zhengben._shard import Shard, Work, plan
from zhengben._zhengben import Cleaner

__all__ = [
    "Metrics",
    "PoisonError",
    "Report",
    "ShardsError",
    "Totals",
    "WorkerDied",
    "clean",
    "clean_shards",
]


class Totals:
    """Metrics of a pipeline, added up as its batches are done.

    A batch that is done twice, because its worker died afterwards or because the pipeline
    is run again, is counted twice; `clean_shards` counts exactly.
    """

    def __init__(self) -> None:
        self._actor = ray.remote(num_cpus=0)(_Sum).remote()

    def get(self) -> Metrics:
        """What has been done so far."""
        metrics: Metrics = ray.get(self._actor.get.remote())
        return metrics


class _Sum:
    def __init__(self) -> None:
        self._metrics = Metrics()

    def add(self, metrics: Metrics) -> None:
        self._metrics += metrics

    def get(self) -> Metrics:
        return self._metrics


def clean(
    dataset: Dataset,
    *,
    column: str = "text",
    outputs: Outputs = ("text",),
    cleaner: Cleaner | None = None,
    errors: Errors = "raise",
    id_column: str | None = None,
    skip: Iterable[Any] = (),
    totals: Totals | None = None,
    guard: bool = False,
    batch_size: int | None = 1024,
    max_retries: int = 3,
    **options: Any,
) -> Dataset:
    """A dataset with its documents cleaned, by `Dataset.map_batches`, which gets `options`.

    The text takes the place of the `column`; other `outputs` are columns of their own.
    A batch whose worker dies is done again, up to `max_retries` times: Ray's own default is
    without end. With `guard` it is known which document kills a worker, and the worker
    lives on to tell: `PoisonError` has its id, if `id_column` says where that is.
    """
    cleaning = Cleaning.of(
        column=column,
        outputs=outputs,
        cleaner=cleaner,
        errors=errors,
        id_column=id_column,
        skip=skip,
    )
    actor = None if totals is None else totals._actor

    def clean_batch(table: pa.Table) -> pa.Table:
        clean = guard_of(cleaning).clean if guard else cleaning.clean
        cleaned, metrics = clean(table)
        if actor is not None:
            actor.add.remote(metrics)
        return cleaned

    with warnings.catch_warnings():
        # Before 2.64, there is no other way to say how often a task is tried again.
        warnings.filterwarnings("ignore", "`ray_remote_args` is deprecated")
        return dataset.map_batches(
            clean_batch,
            batch_format="pyarrow",
            batch_size=batch_size,
            zero_copy_batch=True,
            max_retries=max_retries,
            **options,
        )


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
    **options: Any,
) -> Report:
    """Cleans Parquet files, or all that are in a folder, into files of a folder.

    As `zhengben.shards.clean_shards`, which has the same arguments, but its workers are
    Ray's tasks; `options` are theirs, such as `num_cpus` or `memory`. All nodes have to see
    the folders under the same paths.
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
    return run(shards, work, _Tasks(work, options), tries)


def _do(work: Work, shard: Shard, identity: dict[str, Any], guarded: bool) -> Metrics:
    return work.do(shard, identity, guarded=guarded)


class _Tasks:
    """Ray's workers."""

    AHEAD = 2
    """Tasks for each processor of the cluster that are with Ray at once: so many that no
    processor waits for the next one."""

    def __init__(self, work: Work, options: dict[str, Any]) -> None:
        if not ray.is_initialized():
            ray.init()
        # How often a task is tried is counted here, where it ends.
        self._do = ray.remote(max_retries=0, **options)(_do)
        self._work = ray.put(work)
        self._given: dict[Any, Task] = {}

    def has_room(self) -> bool:
        """Whether one more task would not only wait."""
        processors = ray.cluster_resources().get("CPU", 1)
        return len(self._given) < self.AHEAD * int(processors)

    def give(self, task: Task, identity: dict[str, Any]) -> None:
        """Has a worker do a task."""
        reference = self._do.remote(self._work, task.shard, identity, task.guarded)
        self._given[reference] = task

    def next(self) -> tuple[Task, Metrics | Exception]:
        """Waits for a task that is done, or failed: `WorkerDied` if its worker has."""
        [reference], _ = ray.wait(list(self._given), num_returns=1)
        task = self._given.pop(reference)
        try:
            metrics: Metrics = ray.get(reference)
        except RayTaskError as error:
            return task, error.cause if isinstance(error.cause, Exception) else error
        except RayError as error:
            first = str(error).strip().partition("\n")[0]
            return task, WorkerDied(f"its worker died ({first})")
        return task, metrics
