"""What engines take beyond a plain loop, and how a second worker helps.

    python engines.py CORPUS MEGABYTES WORK [ENGINE…]

CORPUS has one document a line; so much of it, over and over, is written to WORK as Parquet,
and cleaned by each engine that is installed: loop, guard, shards1, shards2, polars, duckdb,
ray, ray-data, spark, datatrove. Of each, seconds of the clock from when it is ready to
work, and seconds of processors in all its processes, which others on the machine hardly
change.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FILES = 8


def corpus(source: Path, megabytes: int, folder: Path) -> int:
    """Writes the documents; how many bytes of text they are."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    documents = source.read_text("utf-8").splitlines()
    documents = [document.replace("␤", "\n") for document in documents]
    sizes = [len(document.encode()) for document in documents]
    chosen, total, at = [], 0, 0
    while total < megabytes * 1_000_000:
        chosen.append(documents[at % len(documents)])
        total += sizes[at % len(documents)]
        at += 1
    # Each file has some of all kinds.
    for file in range(FILES):
        texts = chosen[file::FILES]
        ids = [str(number) for number in range(file, len(chosen), FILES)]
        table = pa.table({"id": ids, "text": texts})
        pq.write_table(table, folder / f"part-{file}.parquet", compression="zstd")
    print(f"{len(chosen)} documents, {total / 1e6:.1f} MB")
    return total


def loop(articles: Path, output: Path, guarded: bool = False) -> None:
    """What there is without an engine: files, batches, cleaned one after the other."""
    from zhengben import Cleaner
    from zhengben._batches import Cleaning
    from zhengben._guard import Guard

    cleaner = Cleaner()
    guard = Guard(Cleaning.of()) if guarded else None
    for path in sorted(articles.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            writer = pq.ParquetWriter(
                output / path.name, file.schema_arrow, compression="zstd"
            )
            for batch in file.iter_batches(1024):
                if guard:
                    cleaned, _ = guard.clean(pa.Table.from_batches([batch]))
                    writer.write_table(cleaned)
                else:
                    column = pa.table(cleaner.clean_arrow(batch.column("text")))["text"]
                    batch = batch.set_column(1, "text", column.combine_chunks())
                    writer.write_batch(batch)
            writer.close()


def shards(workers: int) -> Callable[[Path, Path], None]:
    def run(articles: Path, output: Path) -> None:
        from zhengben.shards import clean_shards

        clean_shards(articles, output, workers=workers)

    return run


def polars(articles: Path, output: Path) -> None:
    import polars as pl
    import zhengben.polars

    frame = pl.scan_parquet(articles / "*.parquet")
    frame.with_columns(zhengben.polars.fix_text("text")).sink_parquet(output / "a.parquet")


def duckdb(articles: Path, output: Path) -> None:
    import duckdb
    from zhengben import fix_text_arrow

    def fix(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array(fix_text_arrow(texts))

    with duckdb.connect() as connection:
        connection.create_function("fix_text", fix, ["VARCHAR"], "VARCHAR", type="arrow")
        connection.execute(
            f"copy (select * replace (fix_text(text) as text) from '{articles}/*.parquet') "
            f"to '{output}/a.parquet' (compression zstd)"
        )


def ray(articles: Path, output: Path) -> None:
    import zhengben.ray

    zhengben.ray.clean_shards(articles, output)


def ray_data(articles: Path, output: Path) -> None:
    import ray.data
    import zhengben.ray

    dataset = ray.data.read_parquet(str(articles)).repartition(FILES)
    zhengben.ray.clean(dataset).write_parquet(str(output), compression="zstd")


def spark(articles: Path, output: Path) -> None:
    import zhengben.spark
    from pyspark.sql import SparkSession

    frame = SparkSession.active().read.parquet(str(articles))
    cleaned = zhengben.spark.clean(frame)
    cleaned.write.mode("overwrite").option("compression", "zstd").parquet(str(output))


def datatrove(articles: Path, output: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import ParquetReader
    from datatrove.pipeline.writers import ParquetWriter
    from zhengben.datatrove import ZhengbenFormatter

    LocalPipelineExecutor(
        pipeline=[
            ParquetReader(str(articles)),
            ZhengbenFormatter(),
            ParquetWriter(str(output), compression="zstd"),
        ],
        tasks=FILES,
        workers=2,
        logging_dir=str(output / "logs"),
    ).run()


ENGINES: dict[str, Callable[[Path, Path], None]] = {
    "loop": loop,
    "guard": lambda articles, output: loop(articles, output, guarded=True),
    "shards1": shards(1),
    "shards2": shards(2),
    "polars": polars,
    "duckdb": duckdb,
    "ray": ray,
    "ray-data": ray_data,
    "spark": spark,
    "datatrove": datatrove,
}


def start(name: str) -> float:
    """Starts what an engine needs; how long that took."""
    begun = time.monotonic()
    if name.startswith("ray"):
        import ray

        if not ray.is_initialized():
            ray.init(
                num_cpus=2,
                include_dashboard=False,
                log_to_driver=False,
                _node_ip_address="127.0.0.1",
            )
            ray.data.DataContext.get_current().enable_progress_bars = False
    if name == "spark":
        os.environ["PYSPARK_PYTHON"] = sys.executable
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config(
            "spark.ui.enabled", "false"
        )
        builder.config("spark.sql.files.maxPartitionBytes", "16m").getOrCreate().range(
            1
        ).count()
    return time.monotonic() - begun


def main() -> None:
    source, megabytes, work = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    articles = work / "articles"
    total = corpus(source, megabytes, articles)
    for name in sys.argv[4:] or ENGINES:
        try:
            ready = start(name)
            output = work / "output"
            shutil.rmtree(output, ignore_errors=True)
            output.mkdir()
            before, begun = _processors(), time.monotonic()
            ENGINES[name](articles, output)
            seconds = time.monotonic() - begun
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        used = _processors() - before
        rate = total / seconds / 1e6
        print(
            f"{name}: {seconds:.1f} s, {rate:.1f} MB/s, {used:.1f} s of processors; "
            f"started in {ready:.1f} s",
            flush=True,
        )


def _processors() -> float:
    """The seconds that processors have worked for this process and all below it, so far."""
    used, parents = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        process = int(stat.parent.name)
        parents[process] = int(fields[1])
        # User, system, and those of children that have ended.
        used[process] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    total = 0.0
    for process in used:
        above = process
        while above not in (0, 1, os.getpid()):
            above = parents.get(above, 0)
        total += used[process] if above == os.getpid() else 0
    return total


if __name__ == "__main__":
    main()
