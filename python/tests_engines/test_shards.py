"""Shards, with worker processes of this machine."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import corpus
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hooks import KilledOnce, Poisoned, Watched
from zhengben import Cleaner, ConfigError
from zhengben.shards import ShardsError, clean_shards

New = Callable[[str], Path]


def test_they_are_what_a_plain_loop_makes(alone: Path, restored: pa.Table) -> None:
    assert corpus.same(corpus.read(alone), restored)


def test_metrics_count_what_was_done(
    alone: Path, articles: Path, restored: pa.Table
) -> None:
    report = clean_shards(articles, alone, outputs=corpus.OUTPUTS)
    assert (report.finished, report.skipped) == (0, corpus.FILES)
    edits, rules = corpus.counted(restored.select(["edits"]).to_pylist())
    assert report.metrics.documents == corpus.DOCUMENTS
    assert (report.metrics.edits, report.metrics.rules) == (edits, rules)
    assert 0 < report.metrics.changed < corpus.DOCUMENTS / 2


def test_a_killed_worker_changes_nothing(alone: Path, articles: Path, new: New) -> None:
    cleaner = KilledOnce(new("watched"), mark=corpus.mark(20_000))
    output = new("output")
    report = clean_shards(
        articles, output, outputs=corpus.OUTPUTS, cleaner=cleaner, workers=2
    )
    assert cleaner.killed()
    assert cleaner.processes() >= 3
    assert report.finished == corpus.FILES
    assert corpus.files(output) == corpus.files(alone)
    assert not list(output.rglob(".*")), "what the killed one had begun"


def test_a_document_that_kills_is_named(alone: Path, few: Path, new: New) -> None:
    poison = corpus.name(corpus.POISON)
    cleaner = Poisoned(new("watched"), mark=corpus.mark(corpus.POISON))
    output = new("output")

    def run(**more: object) -> object:
        return clean_shards(
            few,
            output,
            outputs=corpus.OUTPUTS,
            cleaner=cleaner,
            id_column="id",
            workers=2,
            tries=2,
            **more,
        )

    with pytest.raises(ShardsError, match=poison) as raised:
        run()
    report = raised.value.report
    assert report.finished == len(corpus.FEW) - 1
    assert list(report.failed) == ["part-5.parquet"]
    assert "failed 2 times" in str(raised.value) and "signal 11" in str(raised.value)

    report = run(skip=[poison])
    assert (report.finished, report.skipped) == (1, len(corpus.FEW) - 1)
    assert report.metrics.skipped == 1
    of_alone, of_output = corpus.files(alone), corpus.files(output)
    assert of_output.keys() == set(corpus.FEW)
    same = [name for name, sum_ in of_output.items() if of_alone[name] == sum_]
    assert same == ["part-4.parquet", "part-6.parquet"]
    skipped = corpus.read(output).filter(pa.compute.field("id") == poison)
    given = corpus.read(few).filter(pa.compute.field("id") == poison)
    assert skipped["text"].to_pylist() == given["text"].to_pylist()
    assert skipped["edits"].to_pylist() == [None]


def test_what_has_changed_is_made_anew(new: New) -> None:
    articles = corpus.write(new("articles"), 90, 3)
    output = new("output")

    def finished(**more: object) -> int:
        return clean_shards(articles, output, workers=1, **more).finished

    assert finished() == 3
    assert finished() == 0
    assert finished(outputs=["text", "encoding"]) == 3
    assert finished(cleaner=Cleaner(script="none")) == 3
    assert finished(cleaner=Cleaner(script="none")) == 0

    words = new("words") / "words.tsv"
    recipes = (corpus.ROOT / "examples/recipes.tsv").read_text("utf-8")
    words.write_text(recipes, "utf-8")
    assert finished(cleaner=Cleaner(dictionaries=[words])) == 3
    assert finished(cleaner=Cleaner(dictionaries=[words])) == 0
    words.write_text("\n".join(recipes.splitlines()[:-1]) + "\n", "utf-8")
    assert finished(cleaner=Cleaner(dictionaries=[words])) == 3

    assert finished() == 3
    os.utime(articles / "part-1.parquet")
    assert finished() == 1
    (output / "part-2.parquet").unlink()
    assert finished() == 1
    record = output / "_zhengben" / "part-0.parquet.json"
    assert json.loads(record.read_text())["metrics"]["documents"] == 30
    record.write_text(record.read_text()[:100])
    assert finished() == 1


def test_row_groups_may_be_shards(few: Path, restored: pa.Table, new: New) -> None:
    cleaner, output = Watched(new("watched")), new("output")
    report = clean_shards(
        few, output, outputs=corpus.OUTPUTS, cleaner=cleaner, row_groups=2, workers=2
    )
    assert report.finished == 2 * len(corpus.FEW)
    assert cleaner.processes() >= 2
    assert sorted(corpus.files(output))[:2] == [
        "part-4-00000.parquet",
        "part-4-00002.parquet",
    ]
    assert corpus.same(corpus.read(output), corpus.of_few(restored))


def test_bytes_that_cannot_be_read(new: New) -> None:
    output, folder = new("output"), new("articles")
    texts = [
        "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚".encode(),
        None,
        b"\xff\x00\xff",
        "好".encode("gbk"),
    ]
    table = pa.table({"id": [1, 2, 3, 4], "page": pa.array(texts, pa.binary())})
    pq.write_table(table, folder / "pages.parquet")

    started = time.monotonic()
    with pytest.raises(ShardsError, match="document 3: ") as raised:
        clean_shards(folder, output, column="page", id_column="id")
    # To try again is of no use.
    assert "failed once" in str(raised.value) and time.monotonic() - started < 60

    outputs = {"text": "text", "encoding": "encoding", "error": "problem"}
    report = clean_shards(folder, output, column="page", outputs=outputs, errors="null")
    rows = corpus.read(output).to_pylist()
    assert [row["text"] is None for row in rows] == [False, True, True, False]
    assert (
        rows[0]["text"] == "新能源电池产业链企业快速集聚" and rows[0]["encoding"] == "UTF-8"
    )
    assert [row["problem"] is None for row in rows] == [True, True, False, True]
    assert [row["page"] for row in rows] == texts
    assert (report.metrics.documents, report.metrics.failed) == (3, 1)


def test_what_cannot_be_is_refused(new: New) -> None:
    articles = corpus.write(new("articles"), 10, 2)
    for arguments, why in [
        ({"skip": ["1"]}, "id_column"),
        ({"outputs": {"text": "a", "edits": "a"}}, "same column"),
        ({"output": articles / "cleaned"}, "among the inputs"),
        ({"inputs": articles / "part-7.parquet"}, "there is no"),
        ({"inputs": [articles, articles]}, "would become part-0.parquet"),
        ({"inputs": articles / "part-0.parquet", "output": articles}, "become itself"),
        ({"cleaner": Cleaner(), "outputs": ["texts"]}, "texts"),
    ]:
        with pytest.raises((ConfigError, ShardsError), match=why):
            clean_shards(
                **{"inputs": articles, "output": new(why), "workers": 1, **arguments}
            )
    with pytest.raises(ShardsError, match="another name"):
        clean_shards(articles, new("output"), outputs={"edits": "length"}, workers=1)
    with pytest.raises(ShardsError, match="no column 'article'"):
        clean_shards(articles, new("other"), column="article", workers=1)
