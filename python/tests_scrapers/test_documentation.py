"""Every block of docs/scrapers.md does what it shows.

With `OVERWRITE=1`, what commands print is written into it instead.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "scrapers.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://localhost:8000"


def blocks(*languages: str) -> list[str]:
    """The blocks of the document in these languages."""
    found = BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8"))
    return [
        text
        for language, text in (match.groups() for match in found)
        if language in languages
    ]


def test_all_blocks_are_tested() -> None:
    assert len(blocks("console")) == 6
    assert len(blocks(r"python", "rust", "console")) == len(
        BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    "session", blocks("console"), ids=lambda text: text.split("\n")[0][2:30]
)
def test_a_session(session: str, address: str, tmp_path: Path) -> None:
    for program in blocks("python"):
        first, _, _ = program.partition("\n")
        text = program.replace(ADDRESS, address)
        (tmp_path / first.removeprefix("# ")).write_text(text, encoding="utf-8")
    command, _, expected = session.removeprefix("$ ").partition("\n")
    words = shlex.split(command.replace(ADDRESS, address))
    if words[0] == "cargo":
        words = [_example(), *words[words.index("--") + 1 :]]
    elif words[0] == "python":
        words[0] = sys.executable
    else:
        words[0] = str(Path(sys.executable).with_name(words[0]))
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    printed = done.stdout.decode().replace(address, ADDRESS)
    if os.environ.get("OVERWRITE"):
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(
            document.replace(session, f"$ {command}\n{printed}"), encoding="utf-8"
        )
        return
    assert printed == expected


def _example() -> str:
    example = os.environ.get("ZHENGBEN_FETCH")
    if example is None:
        pytest.skip("ZHENGBEN_FETCH does not name the example's program")
    return example


def test_the_rust_example_is_the_one_that_runs() -> None:
    (shown,) = blocks("rust")
    assert shown in (ROOT / "examples" / "fetch.rs").read_text(encoding="utf-8")
