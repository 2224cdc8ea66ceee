"""What the tests of all engines begin with."""

import os
import shutil
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


@pytest.fixture(scope="session")
def alone(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a single worker makes of them as shards."""
    output = tmp_path_factory.mktemp("alone") / corpus.SHARDS
    return Path(shutil.copytree(prepared / corpus.SHARDS, output))


@pytest.fixture
def few(articles: Path, new: Callable[[str], Path]) -> Path:
    """A folder of some of them."""
    return corpus.few(new("few"), articles)


@pytest.fixture
def new(tmp_path: Path) -> Callable[[str], Path]:
    """Makes folders."""

    def make(name: str) -> Path:
        path = tmp_path / name
        path.mkdir()
        return path

    return make
