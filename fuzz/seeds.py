"""Writes what the fuzz targets begin with, made from the cases of the tests:

    python3 fuzz/seeds.py

into fuzz/corpus, where cargo-fuzz looks for it.
"""

import hashlib
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
CASES = FUZZ.parent / "tests" / "cases"
WORDS = FUZZ.parent / "dictionaries" / "wording"


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def put(target: str, data: bytes) -> None:
    folder = FUZZ / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def main() -> None:
    for path in sorted(CASES.glob("encoding*.tsv")):
        for row in rows(path):
            try:
                data = bytes.fromhex(row[0])
            except ValueError:
                continue
            put("decode", b"\0" + data)
            put("models", b"\0" + data)
    for path in sorted(CASES.glob("*.tsv")):
        for row in rows(path):
            for field in row[:3]:
                text = field.replace("\\n", "\n").encode()
                put("formats", b"\0\0" + text)
                put("garbled", b"\0\0" + text)
                put("records", b"\0" + b'{"a":"' + text + b'"}\n')
                put("glossed_bytes", text)
    for path in sorted(WORDS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[:40]:
            put("dictionary", b"\0" + line.encode() + b"\n")
            put("wording", line.encode())
    put("records", b"\1WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n")
    page = (FUZZ.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    for block in page.split("```")[1::2]:
        put("settings", block.removeprefix("toml\n").encode())
    for model in sorted((FUZZ.parent / "dictionaries" / "models").glob("*.bin")):
        kind = b"\1" if model.name == "ngram.bin" else b"\0"
        # Behind the magic number and the checksum.
        put("models", kind + model.read_bytes()[16:4096])


if __name__ == "__main__":
    main()
