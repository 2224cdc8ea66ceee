"""Documents to clean: sentences of the repository's cases, drawn over and over."""

import hashlib
import random
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from zhengben import Cleaner
from zhengben.shards import clean_shards

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 50_000
FILES = 8
SEED = 19

ARTICLES, RESTORED, SHARDS = "articles", "restored.parquet", "shards"
OUTPUTS = ["text", "edits"]
FEW_FILES = range(4, 7)
"""What is enough where it is not about how many documents there are."""
FEW = [f"part-{file}.parquet" for file in FEW_FILES]
POISON = 33_333
"""The number of a document in the second of these."""


def _column(name: str, column: int) -> list[str]:
    lines = (ROOT / "tests/cases" / name).read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [row[column] for row in rows if len(row) > column and row[column]]


def texts(count: int, seed: int = SEED) -> list[str]:
    """Short articles, of which each eighth has a sentence that a filter went over."""
    chance = random.Random(seed)
    garbled = (
        _column("gloss.tsv", 0) + _column("wording.tsv", 0) + _column("pipeline.tsv", 0)
    )
    native = _column("wording.tsv", 1)
    made = []
    for number in range(count):
        sentences = chance.choices(native, k=chance.randint(1, 3))
        if chance.random() < 0.125:
            sentences.insert(chance.randint(0, len(sentences)), chance.choice(garbled))
        made.append("".join([*sentences, f"第{number}篇。"]))
    return made


def write(folder: Path, count: int = DOCUMENTS, files: int = FILES) -> Path:
    """A folder of Parquet files of documents with their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.table(
        {
            "id": [name(number) for number in range(count)],
            "text": texts(count),
            "length": list(range(count)),
        }
    )
    each = -(-count // files)
    for file in range(files):
        part = table.slice(file * each, each)
        pq.write_table(part, folder / f"part-{file}.parquet", row_group_size=each // 3 + 1)
    return folder


def prepare(folder: Path) -> None:
    """The articles, and what one process makes of them: by a plain loop, and as shards."""
    articles = write(folder / ARTICLES)
    # A process works on the shards, for which a thread of this one waits.
    with ThreadPoolExecutor(1) as pool:
        shards = folder / SHARDS
        done = pool.submit(clean_shards, articles, shards, outputs=OUTPUTS, workers=1)
        pq.write_table(plainly(articles, OUTPUTS), folder / RESTORED)
        done.result()


def few(folder: Path, articles: Path) -> Path:
    """A folder of those of the articles' files that are in `FEW`."""
    for file in FEW:
        shutil.copy2(articles / file, folder / file)
    return folder


def of_few(table: pa.Table) -> pa.Table:
    """The rows of all documents that are of the files in `FEW`."""
    each = DOCUMENTS // FILES
    return table.slice(FEW_FILES.start * each, len(FEW_FILES) * each)


def without_poison(table: pa.Table) -> pa.Table:
    """The rows but for that of `POISON`."""
    return table.filter(pa.compute.field("id") != name(POISON))


def name(number: int) -> str:
    """The id of a document."""
    return f"article-{number:06}"


def mark(number: int) -> str:
    """What only that document has in it."""
    return f"第{number}篇。"


def plainly(folder: Path, outputs: Iterable[str] = ("text",)) -> pa.Table:
    """What one process makes of the documents, by a loop over them."""
    cleaner, names = Cleaner(), list(outputs)
    rows = []
    for file in sorted(folder.glob("*.parquet")):
        for document in pq.read_table(file).to_pylist():
            cleaned = cleaner.clean(document["text"])
            found = {
                "text": cleaned.text,
                "edits": [edit._asdict() for edit in cleaned.edits],
            }
            rows.append(document | {output: found[output] for output in names})
    return pa.Table.from_pylist(rows)


def same(written: pa.Table, expected: pa.Table) -> bool:
    """Whether tables have the same rows by their ids, and the same columns in any order,
    whatever engines call their types."""
    if sorted(written.column_names) != sorted(expected.column_names):
        return False
    written = written.select(expected.column_names).cast(expected.schema)
    return bool(written.sort_by("id").equals(expected.sort_by("id")))


def read(folder: Path) -> pa.Table:
    """All Parquet files that an engine has written."""
    files = [
        file
        for file in sorted(folder.rglob("*.parquet"))
        if not any(part.startswith(("_", ".")) for part in file.relative_to(folder).parts)
    ]
    return pa.concat_tables(
        [pq.read_table(file) for file in files], promote_options="permissive"
    )


def files(folder: Path) -> dict[str, str]:
    """The digest of each file of a folder's data."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def counted(rows: Iterable[dict[str, Any]]) -> tuple[int, dict[str, int]]:
    """How many edits there are, and how many of each rule."""
    edits, rules = 0, {}
    for row in rows:
        for edit in row["edits"]:
            edits += 1
            for rule in edit["rules"]:
                rules[rule] = rules.get(rule, 0) + 1
    return edits, dict(sorted(rules.items()))
