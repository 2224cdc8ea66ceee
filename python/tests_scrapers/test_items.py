"""What the pipeline makes of items."""

import dataclasses
from collections import namedtuple
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from conftest import Crawler
from pages import REPRINT, RESTORED
from scrapy import Field, Item
from scrapy.utils.test import get_crawler
from zhengben.scrapy import ZhengbenItemPipeline

PIPELINE = {"ITEM_PIPELINES": {"zhengben.scrapy.ZhengbenItemPipeline": 300}}


class Article(Item):
    """An item as Scrapy's documentation has them."""

    title = Field()
    edits = Field()


@dataclasses.dataclass
class Page:
    """A dataclass."""

    title: str


@attrs.define
class Entry:
    """A class of attrs."""

    title: str


_Item = TypeVar("_Item")
Pair = namedtuple("Pair", "first second")


def processed(item: _Item, **settings: object) -> tuple[_Item, dict[str, Any]]:
    crawler = get_crawler(settings_dict=settings)
    pipeline = ZhengbenItemPipeline.from_crawler(crawler)
    stats = crawler.stats
    assert stats is not None
    return pipeline.process_item(item), stats.get_stats()


@pytest.mark.parametrize(
    "item", [{"title": REPRINT}, Article(title=REPRINT), Page(REPRINT), Entry(REPRINT)]
)
def test_items_of_all_kinds(item: object) -> None:
    kind: Any = type(item)
    restored, stats = processed(item)
    assert restored is item
    assert restored == kind(title=RESTORED)
    assert stats["zhengben/item_count"] == stats["zhengben/item_changed_count"] == 1
    assert stats["zhengben/edits/gloss"] == 3


def test_what_is_nested() -> None:
    item: dict[str, Any] = {
        "parts": [REPRINT, {"text": REPRINT, REPRINT: 1}, (REPRINT, 2), Pair(1, REPRINT)],
        "page": Page(REPRINT),
        "deep": [[[REPRINT]]],
    }
    restored, _ = processed(item)
    assert restored == {
        "parts": [
            RESTORED,
            {"text": RESTORED, REPRINT: 1},
            (RESTORED, 2),
            Pair(1, RESTORED),
        ],
        "page": Page(RESTORED),
        "deep": [[[RESTORED]]],
    }
    assert isinstance(restored["parts"][3], Pair)


def test_what_needs_no_change_stays_the_same_object() -> None:
    values = [
        "修缮工程历时两年。",
        ["一", ("二", 3)],
        {"四": None},
        5.5,
        b"\xb6\xaf",
        True,
        None,
    ]
    item = {str(key): value for key, value in enumerate(values)}
    restored, stats = processed(item)
    assert all(new is old for new, old in zip(restored.values(), values, strict=True))
    assert "zhengben/item_changed_count" not in stats


def test_some_fields() -> None:
    item = {"title": REPRINT, "source": REPRINT, "other": REPRINT}
    for fields in (["title", "absent"], "title,absent"):
        restored, _ = processed(dict(item), ZHENGBEN_ITEM_FIELDS=fields)
        assert restored == {**item, "title": RESTORED}


def test_fields_with_a_syntax() -> None:
    html = f"<pre>{REPRINT}</pre><p>{REPRINT}</p>"
    for fields in ({"content": "html"}, '{"content": "html"}'):
        restored, _ = processed({"content": html}, ZHENGBEN_ITEM_FIELDS=fields)
        assert restored["content"] == f"<pre>{REPRINT}</pre><p>{RESTORED}</p>"


def test_pages_are_known_by_their_beginning() -> None:
    page = f"<!DOCTYPE html><title>{REPRINT}</title><pre>{REPRINT}</pre>"
    restored, _ = processed({"page": page})
    assert (
        restored["page"] == f"<!DOCTYPE html><title>{RESTORED}</title><pre>{REPRINT}</pre>"
    )


def test_edits_can_be_kept() -> None:
    restored, _ = processed(Article(title=REPRINT), ZHENGBEN_ITEM_EDITS_FIELD="edits")
    first = restored["edits"][0]
    assert first["field"] == "title"
    assert REPRINT[first["start"] : first["end"]] == first["original"]
    clean, _ = processed({"title": RESTORED}, ZHENGBEN_ITEM_EDITS_FIELD="edits")
    assert clean == {"title": RESTORED, "edits": []}
    nested, _ = processed({"parts": [{"text": REPRINT}]}, ZHENGBEN_ITEM_EDITS_FIELD="edits")
    assert {edit["field"] for edit in nested["edits"]} == {"parts.0.text"}


def test_the_cleaner_can_be_set() -> None:
    restored, _ = processed({"title": "老圖書館"}, ZHENGBEN_CLEANER={"script": "none"})
    assert restored["title"] == "老圖書館"


def test_settings_can_stand_in_a_file(tmp_path: Path) -> None:
    config = tmp_path / "zhengben.toml"
    config.write_text('script = "none"\nkeep = ["(dòng)"]\n', encoding="utf-8")
    item = {"title": "老圖書館", "content": "新動(dòng)力"}
    restored, _ = processed(dict(item), ZHENGBEN_CONFIG=str(config))
    assert restored == item
    restored, _ = processed(
        dict(item), ZHENGBEN_CONFIG=str(config), ZHENGBEN_CLEANER={"script": "t2s"}
    )
    assert restored == {"title": "老图书馆", "content": "新动(dòng)力"}


def test_a_string_with_bytes_in_disguise_stays() -> None:
    disguised = b"\xff\xfe\xff".decode(errors="surrogateescape")
    restored, stats = processed({"title": disguised})
    assert restored["title"] == disguised
    assert stats["zhengben/item_undecodable_count"] == 1


def test_a_crawl_restores_its_items(crawl: Crawler) -> None:
    crawled = crawl(["reprint", "utf8"], {**PIPELINE, "ZHENGBEN_ITEM_FIELDS": ["content"]})
    assert crawled.items["reprint"]["content"] == [RESTORED]
    assert crawled.pages["reprint"]["paragraphs"] == [REPRINT]
    assert crawled.stats["zhengben/item_count"] == 2
    assert crawled.stats["zhengben/item_changed_count"] == 1
