"""Spark: an executor with two worker processes of Python, as one of a cluster has them."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pyarrow as pa
import pytest
import recipes
from hooks import KilledOnce, Poisoned

pytest.importorskip("pyspark")
import zhengben.spark
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

New = Callable[[str], Path]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.log.level": "OFF",
        # The files are small: each is to be a partition.
        "spark.sql.files.maxPartitionBytes": "1m",
        "spark.sql.files.openCostInBytes": "1m",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    # Two tasks at once, each of which is tried four times, as a cluster does.
    builder = SparkSession.builder.master("local[2,4]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def frame(spark: SparkSession, articles: Path) -> DataFrame:
    return read(spark, articles)


def read(spark: SparkSession, folder: Path) -> DataFrame:
    """The files of a folder, each as a partition."""
    frame = spark.read.parquet(str(folder))
    assert frame.rdd.getNumPartitions() >= len(list(folder.iterdir()))
    return frame


def test_a_killed_worker_changes_nothing(
    spark: SparkSession, frame: DataFrame, restored: pa.Table, new: New
) -> None:
    cleaner = KilledOnce(new("watched"), mark=corpus.mark(20_000))
    output, totals = new("output"), zhengben.spark.Totals(spark)
    cleaned = zhengben.spark.clean(
        frame, outputs=corpus.OUTPUTS, cleaner=cleaner, totals=totals
    )
    cleaned.write.mode("overwrite").parquet(str(output))
    assert cleaner.killed()
    assert cleaner.processes() >= 3
    assert corpus.same(corpus.read(output), restored)
    edits, rules = corpus.counted(restored.select(["edits"]).to_pylist())
    metrics = totals.get()
    assert (metrics.documents, metrics.edits) == (corpus.DOCUMENTS, edits)
    assert metrics.rules == rules


def test_a_document_that_kills_is_named(
    spark: SparkSession, few: Path, restored: pa.Table, new: New
) -> None:
    frame, poison = read(spark, few), corpus.name(corpus.POISON)
    cleaner = Poisoned(new("watched"), mark=corpus.mark(corpus.POISON))
    output = new("output")
    arguments = {"outputs": corpus.OUTPUTS, "cleaner": cleaner, "id_column": "id"}
    with pytest.raises(PySparkException, match=poison):
        cleaned = zhengben.spark.clean(frame, **arguments)
        cleaned.write.mode("overwrite").parquet(str(output))

    cleaned = zhengben.spark.clean(frame, **arguments, skip=[poison])
    cleaned.write.mode("overwrite").parquet(str(output))
    written, expected = corpus.read(output), corpus.of_few(restored)
    assert len(written) == len(expected)
    assert corpus.same(*map(corpus.without_poison, (written, expected)))


def test_a_column(frame: DataFrame, restored: pa.Table, new: New) -> None:
    output = new("output")
    cleaned = frame.withColumn("text", zhengben.spark.fix_text("text"))
    cleaned.write.mode("overwrite").parquet(str(output))
    assert corpus.same(corpus.read(output), restored.drop_columns("edits"))


def test_types_that_cleaning_does_not_touch(spark: SparkSession) -> None:
    kind = (
        "id long, page binary, at timestamp, tags map<string, array<int>>, n decimal(9, 2)"
    )
    page = bytearray("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚".encode("gb18030"))
    frame = spark.createDataFrame(
        [(1, page, None, {"a": [1]}, None), (2, None, None, {}, None)], kind
    )
    outputs = {"text": "text", "evidence": "evidence", "encoding": "encoding"}
    cleaned = zhengben.spark.clean(frame, column="page", outputs=outputs)
    assert cleaned.schema.fields[: len(frame.schema)] == frame.schema.fields
    first, second = sorted(cleaned.collect(), key=lambda row: row.id)
    assert first.text == "新能源电池产业链企业快速集聚"
    assert first.encoding == "GBK"
    assert first.evidence.glossing.found and first.tags == {"a": [1]}
    assert second.text is None and second.evidence is None


def test_the_page(new: New) -> None:
    assert recipes.run("Spark", new("page"))
