"""A server of pages, and crawls of it by Scrapy, each in a process of its own."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from server import serve

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the server."""
    with serve() as address:
        yield address


@dataclass(frozen=True)
class Crawl:
    """What a spider saw."""

    pages: dict[str, dict[str, Any]]
    items: dict[str, dict[str, Any]]
    stats: dict[str, Any]
    log: str


Crawler = Callable[..., Crawl]


@pytest.fixture(scope="session")
def crawl(address: str) -> Crawler:
    """Crawls pages of the server by name."""

    def crawl(
        names: Sequence[str],
        settings: dict[str, Any],
        metas: dict[str, dict[str, Any]] | None = None,
    ) -> Crawl:
        asked = {
            "urls": [f"{address}/{name}" for name in names],
            "metas": {f"{address}/{name}": meta for name, meta in (metas or {}).items()},
            "settings": {"TELNETCONSOLE_ENABLED": False, **settings},
        }
        done = subprocess.run(
            [sys.executable, "-W", "error::DeprecationWarning:zhengben", HERE / "crawl.py"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        log = done.stderr.decode()
        assert done.returncode == 0, log
        told = json.loads(done.stdout)
        for page in told["seen"]:
            page["body"] = base64.b64decode(page["body"])
        return Crawl(
            pages={_name(page): page for page in told["seen"]},
            items={_name(item): item for item in told["items"]},
            stats=told["stats"],
            log=log,
        )

    return crawl


def _name(thing: dict[str, Any]) -> str:
    return str(thing["url"]).rpartition("/")[2]
