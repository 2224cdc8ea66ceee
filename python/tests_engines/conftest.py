"""What the tests of all engines begin with."""

import os
from collections.abc import Callable
from pathlib import Path

import corpus
import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `corpus.py` makes, once for all engines if it is said where."""
    folder = os.environ.get("ENGINES_CORPUS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("corpus")
    if not (path / corpus.RESTORED).exists():
        corpus.prepare(path)
    return path


@pytest.fixture(scope="session")
def articles(prepared: Path) -> Path:
    """A folder of Parquet files."""
    return prepared / corpus.ARTICLES


@pytest.fixture(scope="session")
def restored(prepared: Path) -> pa.Table:
    """What one process makes of them, with edits."""
    return pq.read_table(prepared / corpus.RESTORED)


@pytest.fixture
def new(tmp_path: Path) -> Callable[[str], Path]:
    """Makes folders."""

    def make(name: str) -> Path:
        path = tmp_path / name
        path.mkdir()
        return path

    return make
