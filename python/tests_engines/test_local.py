"""Polars and DuckDB: one machine, two processes."""

from collections.abc import Callable
from pathlib import Path

import corpus
import pyarrow as pa
import pytest
import recipes

pl = pytest.importorskip("polars")
pytest.importorskip("duckdb")

import local  # noqa: E402
import zhengben  # noqa: E402
import zhengben.polars  # noqa: E402

New = Callable[[str], Path]


@pytest.mark.parametrize("work", [local.in_polars, local.text_in_polars, local.in_duckdb])
def test_what_a_plain_loop_makes(
    work: Callable[[Path, Path], None],
    articles: Path,
    restored: pa.Table,
    new: New,
) -> None:
    output = new("output")
    assert len(local.each(work, articles, output)) == 2
    expected = restored if work is local.in_polars else restored.drop_columns("edits")
    assert corpus.same(corpus.read(output), expected)


def test_polars_expressions() -> None:
    frame = pl.DataFrame(
        {"a": ["漢語", None], "b": ["電腦".encode("gbk"), b"\xff\x00\xff"]}
    )
    cleaner = zhengben.Cleaner(keep=["電"])
    outputs = ["text", "encoding", "changed", "error"]
    rows = frame.select(
        zhengben.polars.fix_text("a"),
        zhengben.polars.fix_text(pl.col("a").str.slice(1)).alias("c"),
        zhengben.polars.clean("b", outputs=outputs, cleaner=cleaner, errors="null"),
    ).to_dicts()
    assert [(row["a"], row["c"]) for row in rows] == [("汉语", "语"), (None, None)]
    assert rows[0]["b"] == {
        "text": "電脑",
        "encoding": "GBK",
        "changed": True,
        "error": None,
    }
    assert rows[1]["b"]["text"] is None and rows[1]["b"]["error"]
    with pytest.raises(zhengben.DecodeError, match="row 1"):
        frame.select(zhengben.polars.clean("b"))


@pytest.mark.parametrize("section", ["Shards", "Polars", "DuckDB"])
def test_the_page(section: str, new: New) -> None:
    assert recipes.run(section, new("page"))
