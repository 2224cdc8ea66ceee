"""Ray: shards and Ray Data, with two worker processes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pyarrow as pa
import pytest
import recipes
from hooks import KilledOnce, Poisoned

ray = pytest.importorskip("ray")
import ray.data  # noqa: E402
import zhengben.ray  # noqa: E402
from zhengben.shards import clean_shards  # noqa: E402

New = Callable[[str], Path]


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.init(
        # Ray Data writes at the same time as it cleans.
        num_cpus=4,
        include_dashboard=False,
        log_to_driver=False,
        _node_ip_address="127.0.0.1",
        object_store_memory=1 << 30,
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


def test_a_killed_worker_changes_no_shard(alone: Path, articles: Path, new: New) -> None:
    cleaner = KilledOnce(new("watched"), mark=corpus.mark(20_000))
    output = new("output")
    report = zhengben.ray.clean_shards(
        articles, output, outputs=corpus.OUTPUTS, cleaner=cleaner
    )
    assert cleaner.killed()
    assert cleaner.processes() >= 3
    assert report.finished == corpus.FILES
    assert corpus.files(output) == corpus.files(alone)
    once = clean_shards(articles, alone, outputs=corpus.OUTPUTS)
    assert once.skipped == corpus.FILES
    assert report.metrics == once.metrics


def test_a_document_that_kills_is_named(alone: Path, few: Path, new: New) -> None:
    poison = corpus.name(corpus.POISON)
    cleaner = Poisoned(new("watched"), mark=corpus.mark(corpus.POISON))
    output = new("output")
    arguments = {"outputs": corpus.OUTPUTS, "cleaner": cleaner, "id_column": "id"}
    with pytest.raises(zhengben.ray.ShardsError, match=poison) as raised:
        zhengben.ray.clean_shards(few, output, **arguments)
    assert list(raised.value.report.failed) == ["part-5.parquet"]
    assert "failed 3 times" in str(raised.value)
    assert raised.value.report.finished == len(corpus.FEW) - 1

    report = zhengben.ray.clean_shards(few, output, **arguments, skip=[poison])
    assert (report.finished, report.skipped) == (1, len(corpus.FEW) - 1)
    of_alone, of_output = corpus.files(alone), corpus.files(output)
    assert of_output.keys() == set(corpus.FEW)
    same = [name for name, sum_ in of_output.items() if of_alone[name] == sum_]
    assert same == ["part-4.parquet", "part-6.parquet"]


def test_a_killed_worker_changes_no_dataset(
    restored: pa.Table, articles: Path, new: New
) -> None:
    cleaner = KilledOnce(new("watched"), mark=corpus.mark(20_000))
    output, totals = new("output"), zhengben.ray.Totals()
    # Ray reads so little as a single block.
    dataset = ray.data.read_parquet(str(articles)).repartition(corpus.FILES).materialize()
    dataset = zhengben.ray.clean(
        dataset, outputs=corpus.OUTPUTS, cleaner=cleaner, totals=totals
    )
    dataset.write_parquet(str(output))
    assert cleaner.killed()
    assert cleaner.processes() >= 3
    assert corpus.same(corpus.read(output), restored)
    # Batches that the killed worker had done are counted twice.
    assert totals.get().documents >= corpus.DOCUMENTS


def test_retries_of_a_dataset_are_bounded(articles: Path, new: New) -> None:
    cleaner = Poisoned(new("watched"), mark=corpus.mark(10))
    dataset = ray.data.read_parquet(str(articles / "part-0.parquet"))
    arguments = {"cleaner": cleaner, "id_column": "id"}
    with pytest.raises(ray.exceptions.WorkerCrashedError):
        zhengben.ray.clean(dataset, **arguments, max_retries=1).materialize()
    with pytest.raises(ray.exceptions.RayTaskError, match=corpus.name(10)):
        zhengben.ray.clean(dataset, **arguments, guard=True).materialize()
    skipping = zhengben.ray.clean(dataset, **arguments, skip=[corpus.name(10)])
    assert skipping.count() == len(corpus.read(articles)) / corpus.FILES


def test_workers_are_processes_of_their_own(new: New) -> None:
    articles = corpus.write(new("articles"), 100, 1)
    cleaner = Poisoned(new("watched"), mark="nothing")
    zhengben.ray.clean_shards(articles, new("output"), cleaner=cleaner)
    assert not (cleaner.folder / str(os.getpid())).exists()


def test_the_page(new: New) -> None:
    assert recipes.run("Ray", new("page"))
