"""The Python of docs/engines.md, section by section."""

import re
import subprocess
import sys
from pathlib import Path

import corpus

PAGE = corpus.ROOT / "docs/engines.md"


def run(section: str, folder: Path) -> int:
    """Runs the programs of a section, each in a process, where `articles` has Parquet
    files; how many there were. What begins without an import goes on with a program."""
    corpus.write(folder / "articles", 2_000, 4)
    part = re.split(rf"^## {re.escape(section)}$", PAGE.read_text("utf-8"), flags=re.M)[1]
    part = re.split(r"^## ", part, flags=re.M)[0]
    programs: list[str] = []
    for block in re.findall(r"^```python\n(.*?)^```$", part, flags=re.M | re.S):
        if block.startswith(("import ", "from ")):
            programs.append(block)
        else:
            programs[-1] += block
    for number, program in enumerate(programs, 1):
        file = folder / f"program{number}.py"
        file.write_text(program, "utf-8")
        subprocess.run([sys.executable, file.name], cwd=folder, check=True, timeout=300)
    return len(programs)
