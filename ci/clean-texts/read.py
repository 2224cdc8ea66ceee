"""Reads texts out of the archives that ci/clean-texts.sh has fetched.

    read.py LIST ARCHIVES TEXTS

A text becomes TEXTS/KIND/PACKAGE.docs, one document a line, `␤` for line breaks, or, where
it is source code, files in the folder TEXTS/KIND/PACKAGE.
"""

from __future__ import annotations

import csv
import gzip
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from readers import READERS

LINE_BREAK = "␤"


def contents(archive: Path, patterns: set[str]) -> dict[str, bytes]:
    """The files of an archive whose paths match any of the patterns."""

    def matches(name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in patterns)

    if archive.suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if matches(name)}
    found: dict[str, bytes] = {}
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    is_deb = archive.suffix == ".deb"
    with subprocess.Popen(command if is_deb else ["cat", archive], stdout=subprocess.PIPE) as pipe:
        with tarfile.open(fileobj=pipe.stdout, mode="r|" if is_deb else "r|gz") as tar:
            for member in tar:
                name = member.name.removeprefix("./")
                if member.isfile() and matches(name):
                    file = tar.extractfile(member)
                    found[name] = file.read() if file else b""
    return found


def members(files: dict[str, bytes], patterns: list[str]) -> Iterator[tuple[str, bytes]]:
    """Those that match, in the order of their paths."""
    for name in sorted(files):
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            data = files[name]
            yield name, gzip.decompress(data) if name.endswith((".gz", ".dz")) else data


def write_code(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    for name, data in files:
        try:
            data.decode()
        except UnicodeDecodeError:
            continue
        path = folder.joinpath(*PurePosixPath(name).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_documents(
    files: Iterator[tuple[str, bytes]], read: str, path: Path, seen: set[str]
) -> None:
    """A document that another package has too is written once."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="\n") as out:
        for _, data in files:
            for document in READERS[read](data):
                document = document.replace("\r\n", "\n").strip("\n")
                # It would be cut where it is not.
                is_odd = LINE_BREAK in document
                if document.strip() and not is_odd and document not in seen:
                    seen.add(document)
                    out.write(document.replace("\n", LINE_BREAK) + "\n")
    part.rename(path)


def main(table: Path, archives: Path, texts: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    seen: dict[str, set[str]] = {}
    shutil.rmtree(texts, ignore_errors=True)
    # An archive is read once for all rows that take something of it.
    for archive in dict.fromkeys(row["archive"] for row in rows):
        if not (archives / archive).exists():
            continue
        of_archive = [row for row in rows if row["archive"] == archive]
        patterns = {pattern for row in of_archive for pattern in row["files"].split()}
        files = contents(archives / archive, patterns)
        for row in of_archive:
            write(row, members(files, row["files"].split()), texts / row["kind"], seen)


def write(
    row: dict[str, str],
    files: Iterator[tuple[str, bytes]],
    folder: Path,
    seen: dict[str, set[str]],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if row["read"] == "code":
        write_code(files, folder / row["package"])
    else:
        path = folder / f"{row['package']}.{row['read']}.docs"
        write_documents(files, row["read"], path, seen.setdefault(row["kind"], set()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
