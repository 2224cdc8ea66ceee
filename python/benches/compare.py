"""How long the package takes: over the Rust library, and beside ftfy and OpenCC.

    cargo build --release --package xtask
    python python/benches/compare.py TEXTS

TEXTS has one document a line, with ␤ for line breaks. Needs ftfy, opencc and pyarrow. All
is measured in one run, in one thread, in the processor's time; of several rounds the
fastest counts.
"""

import argparse
import itertools
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
import opencc
import pyarrow as pa
import zhengben

ROOT = Path(__file__).resolve().parents[2]


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The time that the fastest round takes."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def rust(texts: list[str], xtask: Path, rounds: int) -> float:
    """The nanoseconds that the library takes for a text."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(text.replace("\n", "␤") + "\n" for text in texts)
        file.flush()
        command = [xtask, "measure", "calls", file.name, "--rounds", str(rounds)]
        return float(subprocess.check_output(command))


def each(function: Callable[[str], object], texts: list[str]) -> Callable[[], None]:
    """A round of calls."""

    def calls() -> None:
        for text in texts:
            function(text)

    return calls


def short(documents: list[str], count: int) -> list[str]:
    """Sentences of documents that are not changed."""
    sentences = (
        sentence
        for document in documents
        for sentence in re.split(r"(?<=[。！？\n])", document)
        if 5 <= len(sentence) <= 40 and "\n" not in sentence
    )
    unchanged = (text for text in sentences if zhengben.fix_text(text) is text)
    return list(itertools.islice(unchanged, count))


def over_rust(name: str, texts: list[str], xtask: Path, rounds: int) -> None:
    """What Python and Arrow add to a call of the library."""
    column = pa.array(texts)
    count = len(texts)
    library = rust(texts, xtask, rounds)
    calls = seconds(each(zhengben.fix_text, texts), rounds) * 1e9 / count
    rows = seconds(lambda: zhengben.fix_text_arrow(column), rounds) * 1e9 / count
    size = sum(map(len, texts)) / count
    print(f"{name}: {count} of {size:.0f} characters, nanoseconds each")
    print(f"  Rust {library:.0f}, fix_text {calls:.0f}, fix_text_arrow {rows:.0f}")
    print(f"  over Rust: {calls - library:+.0f} and {rows - library:+.0f}")


def beside(documents: list[str]) -> None:
    """The package beside others, on the same documents."""
    converter = opencc.OpenCC("t2s")
    column = pa.array(documents)
    tools = {
        "zhengben.fix_text": each(zhengben.fix_text, documents),
        "zhengben.fix_text_arrow": lambda: zhengben.fix_text_arrow(column),
        "ftfy.fix_text": each(ftfy.fix_text, documents),
        "opencc t2s": each(converter.convert, documents),
    }
    size = sum(len(document.encode()) for document in documents) / 1e6
    print(f"{len(documents)} documents, {size:.1f} MB")
    first = None
    for name, work in tools.items():
        taken = seconds(work, 1)
        first = first or taken
        print(
            f"  {name}: {taken:.2f} s, {size / taken:.1f} MB/s, ratio {taken / first:.2f}"
        )


def main() -> None:
    """Measures what the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("texts", type=Path, help="one document a line")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--xtask", type=Path, default=ROOT / "target/release/xtask")
    given = parser.parse_args()
    lines = given.texts.read_text("utf-8").splitlines()
    documents = [line.replace("␤", "\n") for line in lines[: given.documents]]
    over_rust("short texts", short(documents, 100_000), given.xtask, given.rounds)
    unchanged = [text for text in documents if zhengben.fix_text(text) is text]
    over_rust("documents", unchanged[:20_000], given.xtask, given.rounds)
    beside(documents)


if __name__ == "__main__":
    main()
