"""Cleaning in datatrove: a step of a pipeline."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.base import PipelineStep
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise ImportError(
        "datatrove is not installed: pip install 'zhengben[datatrove]'"
    ) from error

import pyarrow as pa

from zhengben._batches import Cleaning, Metrics
from zhengben._guard import Guard, PoisonError
from zhengben._outputs import Outputs
from zhengben._zhengben import Cleaner, guess_bytes

__all__ = ["Metrics", "PoisonError", "ZhengbenFormatter"]


class ZhengbenFormatter(PipelineStep):
    """Restores the text of documents; other `outputs` go into their metadata.

    Documents are cleaned `batch_size` at a time. That is done in a process beside the
    worker, unless `guard` is False: the executor waits forever for a worker that has died,
    and so a document that kills the process is an error with its id instead.
    """

    name = "正 zhengben"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        *,
        outputs: Outputs = ("text",),
        cleaner: Cleaner | None = None,
        skip: Iterable[str] = (),
        batch_size: int = 1024,
        guard: bool = True,
    ) -> None:
        super().__init__()
        self.cleaning = Cleaning.of(
            outputs=outputs, cleaner=cleaner, id_column="id", skip=skip
        )
        self.batch_size = batch_size
        self.guard = guard

    @property
    def fields(self) -> list[pa.Field]:
        """The outputs as fields of the schema of a writer, which would take them from the
        first document otherwise, where lists may be empty."""
        schema = self.cleaning.schema(pa.schema({"id": pa.string(), "text": pa.string()}))
        return [schema.field(name) for _, name in self.cleaning.outputs]

    def run(
        self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1
    ) -> DocumentsPipeline:
        """Cleans the documents of a task."""
        guard = Guard(self.cleaning) if self.guard else None
        clean = guard.clean if guard else self.cleaning.clean
        try:
            for documents in _batches(data, self.batch_size):
                with self.track_time("batch"):
                    table, metrics = clean(_table(documents))
                    self._fill(documents, table)
                self._count(metrics)
                yield from documents
        finally:
            if guard:
                guard.close()

    def _fill(self, documents: list[Document], table: pa.Table) -> None:
        for output, name in self.cleaning.outputs:
            for document, value in zip(
                documents, table.column(name).to_pylist(), strict=True
            ):
                if output == "text":
                    document.text = value
                else:
                    document.metadata[name] = value

    def _count(self, metrics: Metrics) -> None:
        self.stat_update(StatHints.total, value=metrics.documents)
        counts = metrics.to_dict()
        for name in ("changed", "skipped", "edits"):
            if counts[name]:
                self.stat_update(name, value=counts[name])
        for rule, edits in metrics.rules.items():
            self.stat_update(f"edits_{rule}", value=edits)


def _batches(data: Iterable[Document] | None, size: int) -> Iterator[list[Document]]:
    documents = iter(data or ())
    while batch := list(islice(documents, size)):
        yield batch


def _table(documents: list[Document]) -> pa.Table:
    """The documents' texts; large, as those of a batch may be longer than 2 GiB."""
    try:
        texts = pa.array([document.text for document in documents], pa.large_string())
    except UnicodeEncodeError:
        readable = [_readable(document.text) for document in documents]
        texts = pa.array(readable, pa.large_string())
    ids = pa.array([str(document.id) for document in documents], pa.string())
    return pa.table({"id": ids, "text": texts})


def _readable(text: Any) -> Any:
    """The text that a string's bytes are, if it carries bytes that were not decoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return guess_bytes(text.encode(errors="surrogateescape")).text
    return text
