"""What the tests have in common."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

GARBLED = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚"
RESTORED = "新能源电池产业链企业快速集聚"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that we are in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
