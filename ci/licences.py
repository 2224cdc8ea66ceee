"""Collects the licences of the crates that are compiled into the command, which who hands
on the command hands on with it:

    python3 ci/licences.py OUTPUT [TARGET]

TARGET is what it is compiled for, if not this machine. Fails if a crate does not come with
the text of its licence.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

NAMES = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)


def cargo(*arguments: str) -> str:
    return subprocess.run(
        ["cargo", *arguments, "--locked"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def crates(target: list[str]) -> list[tuple[str, str]]:
    """Name and version of what is compiled into the command, but for itself."""
    tree = cargo(
        *("tree", "--package", "zhengben", "--prefix", "none", "--format", "{p}"),
        *("--edges", "no-dev,no-build,no-proc-macro"),
        *(f"--target={name}" for name in target),
    )
    found = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    return sorted((name, version[1:]) for name, version in found if name != "zhengben")


def texts(folder: Path) -> list[Path]:
    """The files with a crate's licences."""
    files = [file for file in folder.iterdir() if file.is_file() and NAMES.match(file.name)]
    return sorted(files)


def main() -> None:
    output, *target = sys.argv[1:]
    metadata = json.loads(cargo("metadata", "--format-version", "1", "--all-features"))
    packages = {(p["name"], p["version"]): p for p in metadata["packages"]}
    parts = []
    without = []
    for name, version in crates(target):
        package = packages[name, version]
        files = texts(Path(package["manifest_path"]).parent)
        if not files:
            without.append(f"{name} {version}: {package['license']}")
        heading = f"{name} {version}, {package['license']}"
        authors = [author.split(" <")[0] for author in package["authors"]]
        if authors:
            heading += f", by {', '.join(authors)}"
        body = [
            file.read_text(encoding="utf-8", errors="replace").strip() for file in files
        ]
        parts.append("\n\n".join([heading, "-" * 72, *body]))
    if without:
        sys.exit("no text of the licence of\n" + "\n".join(without))
    Path(output).write_text("\n\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"{output}: the licences of {len(parts)} crates")


if __name__ == "__main__":
    main()
