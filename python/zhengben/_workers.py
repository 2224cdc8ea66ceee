"""Worker processes of this machine."""

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import Empty, SimpleQueue
from typing import Any

from zhengben._batches import Metrics
from zhengben._child import Child, Died
from zhengben._schedule import Task, WorkerDied
from zhengben._shard import Work

__all__ = ["Processes"]


class Processes:
    """A pool of processes, started when there is something for them to do."""

    def __init__(self, work: Work, workers: int | None) -> None:
        self._work = work
        self._most = workers or _processors()
        # Each thread only waits for a process.
        self._threads = ThreadPoolExecutor(self._most)
        self._idle: SimpleQueue[Child] = SimpleQueue()
        self._children: set[Child] = set()
        self._given: dict[Future[Metrics], Task] = {}

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for child in list(self._children):
            child.end()
        self._threads.shutdown()

    def has_room(self) -> bool:
        """Whether one more task would not only wait."""
        return len(self._given) < self._most

    def give(self, task: Task, identity: dict[str, Any]) -> None:
        """Has a worker do a task."""
        self._given[self._threads.submit(self._do, task, identity)] = task

    def next(self) -> tuple[Task, Metrics | Exception]:
        """Waits for a task that is done, or failed: `WorkerDied` if its worker has."""
        done, _ = wait(self._given, return_when=FIRST_COMPLETED)
        future = done.pop()
        task, error = self._given.pop(future), future.exception()
        if error is None:
            return task, future.result()
        if not isinstance(error, Exception):
            raise error
        return task, error

    def _do(self, task: Task, identity: dict[str, Any]) -> Metrics:
        try:
            child = self._idle.get_nowait()
        except Empty:
            child = Child(self._work)
            self._children.add(child)
        try:
            metrics: Metrics = child.call("do", task.shard, identity, guarded=task.guarded)
        except Died as death:
            self._children.discard(child)
            raise WorkerDied(f"its worker died ({death})") from None
        except Exception:
            self._idle.put(child)
            raise
        self._idle.put(child)
        return metrics


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
