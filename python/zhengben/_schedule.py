"""Shards given to workers, and given again if a worker dies or fails."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from zhengben._batches import Metrics
from zhengben._errors import ZhengbenError
from zhengben._guard import PoisonError
from zhengben._shard import Shard, Work

__all__ = ["Pool", "Report", "ShardsError", "Task", "WorkerDied", "run"]


class WorkerDied(ZhengbenError, RuntimeError):
    """A worker ended in the middle of a shard."""


@dataclass
class Report:
    """What a run has come to."""

    metrics: Metrics = field(default_factory=Metrics)
    """What was done to all documents of the shards that are finished, now or before."""
    finished: int = 0
    """Shards finished by this run."""
    skipped: int = 0
    """Shards that were finished before."""
    failed: dict[str, str] = field(default_factory=dict)
    """What is wrong with shards that could not be finished, by name."""


class ShardsError(ZhengbenError, RuntimeError):
    """Some shards could not be finished; all others are. `report` has all of them."""

    TOLD = 10
    """Of how many the message says what is wrong."""

    def __init__(self, report: Report) -> None:
        self.report = report
        failed = len(report.failed)
        shards = report.finished + report.skipped + failed
        told = [f"{name}: {why}" for name, why in report.failed.items()][: self.TOLD]
        more = [f"and {failed - len(told)} more"] if failed > len(told) else []
        super().__init__(f"{failed} of {shards} shards: " + "; ".join(told + more))

    def __reduce__(self) -> Any:
        return ShardsError, (self.report,)


@dataclass(frozen=True)
class Task:
    """A try at a shard."""

    shard: Shard
    number: int
    """Which try it is; the first is 1."""

    @property
    def guarded(self) -> bool:
        """Whether it is to be known which document kills the worker, if one does."""
        return self.number > 1


class Pool(Protocol):
    """Workers."""

    def has_room(self) -> bool:
        """Whether one more task would not only wait."""

    def give(self, task: Task, identity: dict[str, Any]) -> None:
        """Has a worker do a task."""

    def next(self) -> tuple[Task, Metrics | Exception]:
        """Waits for a task that is done, or failed: `WorkerDied` if its worker has."""


def run(shards: Sequence[Shard], work: Work, pool: Pool, tries: int) -> Report:
    """Finishes shards, so far as they can be."""
    identity = work.identity()
    report, waiting = Report(), deque[Task]()
    for shard in shards:
        metrics = work.done(shard, identity)
        if metrics is None:
            waiting.append(Task(shard, 1))
        else:
            report.skipped += 1
            report.metrics += metrics
    given = 0
    while waiting or given:
        while waiting and pool.has_room():
            pool.give(waiting.popleft(), identity)
            given += 1
        task, outcome = pool.next()
        given -= 1
        if isinstance(outcome, Metrics):
            report.finished += 1
            report.metrics += outcome
        elif task.number < tries and _may_pass(outcome):
            waiting.appendleft(Task(task.shard, task.number + 1))
        else:
            times = "once" if task.number == 1 else f"{task.number} times"
            report.failed[task.shard.name] = f"failed {times}: {outcome}"
    if report.failed:
        report.failed = dict(sorted(report.failed.items()))
        raise ShardsError(report)
    return report


def _may_pass(error: Exception) -> bool:
    """Whether the next try may come to something else: of what the package says is wrong
    with settings or documents, it does not."""
    return isinstance(error, PoisonError | WorkerDied) or not isinstance(
        error, ZhengbenError
    )
