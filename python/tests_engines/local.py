"""Polars and DuckDB, each file in a process of its own, as docs/engines.md has them."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import zhengben.polars
from zhengben import fix_text_arrow


def in_polars(source: Path, target: Path) -> None:
    """With edits, by Polars' streaming engine."""
    cleaned = zhengben.polars.clean("text", outputs=["text", "edits"])
    frame = pl.scan_parquet(source).with_columns(cleaned.alias("cleaned"))
    frame.drop("text").unnest("cleaned").sink_parquet(target)


def text_in_polars(source: Path, target: Path) -> None:
    """Only the text."""
    frame = pl.scan_parquet(source)
    frame.with_columns(zhengben.polars.fix_text("text")).sink_parquet(target)


def in_duckdb(source: Path, target: Path) -> None:
    """Only the text, by a function of SQL."""

    def fix(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array(fix_text_arrow(texts))

    with duckdb.connect() as connection:
        connection.create_function("fix_text", fix, ["VARCHAR"], "VARCHAR", type="arrow")
        connection.execute(
            "copy (select * replace (fix_text(text) as text) "
            f"from read_parquet('{source}')) to '{target}' (format parquet)"
        )


def each(work: Callable[[Path, Path], None], articles: Path, output: Path) -> set[int]:
    """Does it to each file, in two processes; which these were."""
    files = sorted(articles.glob("*.parquet"))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        done = [pool.submit(_do, work, file, output / file.name) for file in files]
        return {future.result() for future in done}


def _do(work: Callable[[Path, Path], None], source: Path, target: Path) -> int:
    import os

    work(source, target)
    return os.getpid()
