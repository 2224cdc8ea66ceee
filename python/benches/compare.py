"""How long the package takes: over the Rust library, and beside ftfy and OpenCC.

    pip install -C build-args="--features measure" .
    python python/benches/compare.py TEXTS

TEXTS has one document a line, with ␤ for line breaks. Needs ftfy, opencc and pyarrow. All
is measured in one run, in one thread, in the processor's time; the library is called by
the package's own module. Of several rounds, in each of which all have their turn, the
median counts.
"""

import argparse
import itertools
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import ftfy
import opencc
import pyarrow as pa
import zhengben
from zhengben import _zhengben

Work = Callable[[], object]


def seconds(works: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """The times that each takes; in each round all have their turn."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begin = time.process_time()
            work()
            times[name].append(time.process_time() - begin)
    return times


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


def over_rust(name: str, texts: list[str], rounds: int) -> None:
    """What Python and Arrow add to a call of the library."""
    column = pa.array(texts)
    works: dict[str, Work] = {
        "the library": _zhengben.Calls(texts),  # type: ignore[attr-defined]
        "fix_text": each(zhengben.fix_text, texts),
        "fix_text_arrow": lambda: zhengben.fix_text_arrow(column),
    }
    size = sum(map(len, texts)) / len(texts)
    print(f"{name}: {len(texts)} of {size:.0f} characters, nanoseconds each")
    times = seconds(works, rounds)
    library = times["the library"]
    for work, taken in times.items():
        # Both of a round are disturbed alike.
        more = median(one - other for one, other in zip(taken, library, strict=True))
        each_one, more = (t * 1e9 / len(texts) for t in (median(taken), more))
        print(f"  {work}: {each_one:.0f}, {more:+.0f}")


def beside(documents: list[str]) -> None:
    """The package beside others, on the same documents."""
    converter = opencc.OpenCC("t2s")
    column = pa.array(documents)
    tools: dict[str, Work] = {
        "zhengben.fix_text": each(zhengben.fix_text, documents),
        "zhengben.fix_text_arrow": lambda: zhengben.fix_text_arrow(column),
        "ftfy.fix_text": each(ftfy.fix_text, documents),
        "opencc t2s": each(converter.convert, documents),
    }
    size = sum(len(document.encode()) for document in documents) / 1e6
    print(f"{len(documents)} documents, {size:.1f} MB")
    times = seconds(tools, 1)
    [first] = times["zhengben.fix_text"]
    for name, [taken] in times.items():
        print(
            f"  {name}: {taken:.2f} s, {size / taken:.1f} MB/s, ratio {taken / first:.2f}"
        )


def main() -> None:
    """Measures what the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("texts", type=Path, help="one document a line")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    lines = given.texts.read_text("utf-8").splitlines()
    documents = [line.replace("␤", "\n") for line in lines[: given.documents]]
    for word in ("word", "新能源电池"):
        over_rust(word, [word] * 100_000, given.rounds)
    over_rust("sentences", short(documents, 100_000), given.rounds)
    unchanged = [text for text in documents if zhengben.fix_text(text) is text]
    over_rust("documents", unchanged[:10_000], given.rounds)
    beside(documents)


if __name__ == "__main__":
    main()
