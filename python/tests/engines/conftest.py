"""What the tests of all engines begin with."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import corpus


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet files."""
    return corpus.write(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="session")
def restored(articles: Path) -> pa.Table:
    """What one process makes of them, with edits."""
    return corpus.plainly(articles, ["text", "edits"])


@pytest.fixture
def new(tmp_path: Path) -> Callable[[str], Path]:
    """Makes folders."""

    def make(name: str) -> Path:
        path = tmp_path / name
        path.mkdir()
        return path

    return make
