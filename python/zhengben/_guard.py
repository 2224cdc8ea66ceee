"""Cleaning in a process beside this one, so that a document that kills it is known.

A worker that dies takes with it which document it was at. Engines try again; from the
second try on, or always if asked to, the documents go to a child process. If that dies,
they are given to another one by one, and the one that kills it again has its id in the
error."""

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from zhengben._batches import Cleaning, Metrics
from zhengben._child import Child, Died
from zhengben._errors import ZhengbenError

__all__ = ["Guard", "PoisonError", "guard_of"]


class PoisonError(ZhengbenError, RuntimeError):
    """A document kills the process that cleans it, or is too much for its memory."""


class Guard:
    """A child process that cleans tables as a `Cleaning` says."""

    def __init__(self, cleaning: Cleaning) -> None:
        self._cleaning = cleaning
        self._child: Child | None = None

    def clean(self, table: pa.Table) -> tuple[pa.Table, Metrics]:
        """The cleaned table, and what was done to it."""
        try:
            return self._answer(table)
        except Died:
            pass
        # What killed it may have been something else: then all of them pass now.
        parts, metrics = [], Metrics()
        for row in range(len(table)):
            try:
                part, count = self._answer(table.take([row]))
            except Died as death:
                document = self._cleaning.document(table, row)
                raise PoisonError(
                    f"document {document}: the process that cleaned it died ({death})"
                ) from None
            parts.append(part)
            metrics += count
        return pa.concat_tables(parts).combine_chunks(), metrics

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _answer(self, table: pa.Table) -> tuple[pa.Table, Metrics]:
        if self._child is None:
            self._child = Child(_Cleans(self._cleaning))
        try:
            cleaned, metrics = self._child.call("clean", _packed(table))
        except Died:
            self._child = None
            raise
        return _unpacked(cleaned), metrics


@dataclass(frozen=True)
class _Cleans:
    """What is in the child."""

    cleaning: Cleaning

    def clean(self, data: bytes) -> tuple[bytes, Metrics]:
        table, metrics = self.cleaning.clean(_unpacked(data))
        return _packed(table), metrics


# A table is pickled with all of the memory that it is a slice of; this has the slice only.
def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _unpacked(data: bytes) -> pa.Table:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()


@lru_cache(maxsize=1)
def guard_of(cleaning: Cleaning) -> Guard:
    """The guard of this process for a cleaning; tasks of one worker share it."""
    return Guard(cleaning)
