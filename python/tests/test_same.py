"""The same comes out whichever way a text goes in: one by one, as bytes, as a column, or by
the command."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import zhengben
from conftest import ROOT


def some(count: int) -> list[str]:
    """So many documents, of the pieces that the library's own tests are made of."""
    pieces = json.loads((ROOT / "tests/data/pieces.json").read_text("utf-8"))
    chance = random.Random(7)
    return ["".join(chance.choices(pieces, k=chance.randint(0, 30))) for _ in range(count)]


def test_every_way_gives_the_same(folder: Path) -> None:
    texts = [text for text in some(600) if not text.startswith("\ufeff")]
    cleaner = zhengben.Cleaner()
    singly = [cleaner.clean(text) for text in texts]
    assert sum(cleaned.changed for cleaned in singly) > 300
    expected = [cleaned.text for cleaned in singly]
    edits = [cleaned.edits for cleaned in singly]

    assert [zhengben.fix_text(text) for text in texts] == expected
    explained = [zhengben.fix_and_explain(text) for text in texts]
    assert [text for text, _ in explained] == expected
    assert [edits for _, edits in explained] == edits
    plans = zip(texts, edits, strict=True)
    assert [zhengben.apply_plan(text, plan) for text, plan in plans] == expected

    encoded = [cleaner.clean(text.encode()) for text in texts]
    assert [cleaned.text for cleaned in encoded] == expected

    for column in [pa.array(texts), pa.array(texts, pa.large_string())]:
        table = pa.table(cleaner.clean_arrow(column, outputs=["text", "edits"]))
        assert table["text"].to_pylist() == expected
        rows = table["edits"].to_pylist()
        for row in (edit for one in rows for edit in one):
            row["rules"] = tuple(row["rules"])
        assert rows == [[edit._asdict() for edit in one] for one in edits]

    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_bytes(text.encode())
    command = [sys.executable, "-m", "zhengben", "clean", "--write", "."]
    assert subprocess.run(command, capture_output=True).returncode == 1
    for number, text in enumerate(expected):
        assert (folder / f"{number}.txt").read_bytes().decode() == text
