"""datatrove: a pipeline with two worker processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import corpus
import pyarrow as pa
import pytest
import recipes
from hooks import KilledOnce, Poisoned, Watched

pytest.importorskip("datatrove")
import zhengben
from datatrove.data import Document
from pipeline import executor
from zhengben.datatrove import PoisonError, ZhengbenFormatter

New = Callable[[str], Path]


def test_what_a_plain_loop_makes(articles: Path, restored: pa.Table, new: New) -> None:
    cleaner, output, logs = Watched(new("watched")), new("output"), new("logs")
    stats = executor(articles, output, logs, cleaner, outputs=["text", "edits"]).run()
    assert cleaner.processes() >= 2
    assert corpus.same(corpus.read(output), restored.drop_columns("length"))

    counts = {name: count.total for name, count in stats.stats[1].stats.items()}
    edits, rules = corpus.counted(restored.select(["edits"]).to_pylist())
    assert (counts["total"], counts["edits"]) == (corpus.DOCUMENTS, edits)
    assert {name[6:]: n for name, n in counts.items() if name.startswith("edits_")} == rules


def test_a_rerun_finishes_what_a_killed_worker_left(
    articles: Path, restored: pa.Table, new: New
) -> None:
    cleaner = KilledOnce(new("watched"), mark=corpus.mark(20_000))
    output, logs = new("output"), new("logs")
    arguments = [str(path) for path in (articles, output, logs, cleaner.folder)]
    command = [sys.executable, str(Path(__file__).with_name("pipeline.py")), *arguments]
    with (logs / "stderr").open("wb") as stderr:
        running = subprocess.Popen(
            [*command, cleaner.mark], stderr=stderr, start_new_session=True
        )
    # All that can be done is done; then the pool waits for what its dead worker had.
    done = logs / "completions"
    until = time.monotonic() + 120
    while not done.is_dir() or len(list(done.iterdir())) < corpus.FILES - 1:
        assert running.poll() is None and time.monotonic() < until
        time.sleep(0.2)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(3)
    # With all its workers, which would be left otherwise.
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()

    assert cleaner.killed()
    # What it had begun stands under its name.
    with pytest.raises(pa.ArrowInvalid, match=r"000_00003\.parquet"):
        corpus.read(output)
    executor(articles, output, logs, cleaner, guard=False).run()
    assert len(list(done.iterdir())) == corpus.FILES
    assert corpus.same(corpus.read(output), restored.select(["id", "text"]))


def test_a_document_that_kills_is_named(few: Path, restored: pa.Table, new: New) -> None:
    poison = corpus.name(corpus.POISON)
    cleaner = Poisoned(new("watched"), mark=corpus.mark(corpus.POISON))
    output, logs = new("output"), new("logs")
    with pytest.raises(PoisonError, match=poison):
        executor(few, output, logs, cleaner).run()
    executor(few, output, logs, cleaner, skip=[poison]).run()
    assert len(list((logs / "completions").iterdir())) == len(corpus.FEW)
    written = corpus.read(output)
    expected = corpus.of_few(restored).select(["id", "text"])
    assert len(written) == len(expected)
    assert corpus.same(*map(corpus.without_poison, (written, expected)))


@pytest.mark.parametrize("guard", [True, False])
def test_texts_of_all_kinds(guard: bool) -> None:
    carried = "數據的處理".encode("gbk").decode(errors="surrogateescape")
    texts = ["", "軟件", carried, "程序"]
    documents = [Document(text=text, id=str(number)) for number, text in enumerate(texts)]
    step = ZhengbenFormatter(
        cleaner=zhengben.Cleaner(keep=["軟"]),
        batch_size=3,
        guard=guard,
        outputs=["text", "evidence"],
    )
    cleaned = list(step.run(iter(documents)))
    assert [document.text for document in cleaned] == ["", "軟件", "数据的处理", "程序"]
    assert cleaned[1].metadata["evidence"]["script"]["han"] == 2
    assert list(step.run(None)) == []


def test_the_page(new: New) -> None:
    assert recipes.run("datatrove", new("page"))
