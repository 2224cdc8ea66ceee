"""A pipeline of datatrove: Parquet files read, cleaned and written.

As a program it runs with a cleaner that kills its worker once:
pipeline.py ARTICLES OUTPUT LOGS WATCHED MARK."""

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import ParquetReader
from datatrove.pipeline.writers import ParquetWriter
from hooks import KilledOnce
from zhengben.datatrove import ZhengbenFormatter


def executor(
    articles: Path, output: Path, logs: Path, cleaner: Any, **arguments: Any
) -> LocalPipelineExecutor:
    """An executor with a task for each file, and two workers."""
    formatter = ZhengbenFormatter(cleaner=cleaner, **arguments)
    # The writer takes its schema from the first document otherwise, which has no edits.
    schema = pa.schema([("id", pa.string()), *formatter.fields])
    return LocalPipelineExecutor(
        pipeline=[
            ParquetReader(str(articles)),
            formatter,
            ParquetWriter(str(output), adapter=_row, schema=schema),
        ],
        tasks=len(list(articles.glob("*.parquet"))),
        workers=2,
        logging_dir=str(logs),
    )


def _row(self: Any, document: Any) -> dict[str, Any]:
    return {**document.metadata, "id": document.id, "text": document.text}


if __name__ == "__main__":
    folders, mark = [Path(name) for name in sys.argv[1:5]], sys.argv[5]
    cleaner = KilledOnce(folders[3], mark=mark)
    executor(*folders[:3], cleaner, guard=False).run()
