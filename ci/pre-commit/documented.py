"""What docs/pre-commit.md shows, for the tests to use."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPOSITORY = "https://github.com/OWNER/zhengben"
REVISION = "v0.1.0"


def blocks(name: str) -> list[str]:
    """The files of that name that the page shows, in its order."""
    text = (ROOT / "docs/pre-commit.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```(?:yaml|toml)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for block in fences if block.startswith(f"# {name}\n")]


def config(*hooks: str, revision: str) -> str:
    """The page's settings of pre-commit that have these hooks, of this checkout."""
    for block in blocks(".pre-commit-config.yaml"):
        if re.findall(r"- id: (\S+)", block) == list(hooks):
            assert REPOSITORY in block and REVISION in block, block
            return block.replace(REPOSITORY, str(ROOT)).replace(REVISION, revision)
    raise AssertionError(f"docs/pre-commit.md has nothing with {hooks}")
