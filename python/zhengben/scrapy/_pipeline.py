"""The texts of items, restored."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from itemadapter import ItemAdapter
from scrapy import Spider
from scrapy.crawler import Crawler

from zhengben import Cleaner, DecodeError, Edit
from zhengben.scrapy._settings import Cleaners, Counter, refuse_if_disabled

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["ZhengbenItemPipeline"]

_Item = TypeVar("_Item")


class ZhengbenItemPipeline:
    """Restores the texts of items of any kind that Scrapy knows.

    Each string of a field is a document of its own, in lists, dictionaries and items
    within the item too. What is not a string stays as it is, and so do keys.

    Settings: `ZHENGBEN_ENABLED`; `ZHENGBEN_ITEM_FIELDS`, the fields to clean, all by
    default, or a dictionary of them with the syntax of each (`{"content": "html"}`);
    `ZHENGBEN_ITEM_EDITS_FIELD`, a field that gets the list of what was changed;
    `ZHENGBEN_CLEANER` and `ZHENGBEN_CONFIG` for how.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._cleaners = Cleaners(settings)
        self._count = Counter(crawler.stats)
        fields = settings.get("ZHENGBEN_ITEM_FIELDS")
        if isinstance(fields, str) and fields.lstrip().startswith("{"):
            fields = settings.getdict("ZHENGBEN_ITEM_FIELDS")
        self._fields: dict[str, str | None] | None = None
        if isinstance(fields, Mapping):
            self._fields = dict(fields)
        elif fields is not None:
            self._fields = dict.fromkeys(settings.getlist("ZHENGBEN_ITEM_FIELDS"))
        self._edits_field: str | None = settings.get("ZHENGBEN_ITEM_EDITS_FIELD")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Self":
        """What Scrapy calls."""
        refuse_if_disabled(crawler.settings)
        return cls(crawler)

    def process_item(self, item: _Item, spider: Spider | None = None) -> _Item:
        """The item, with its texts restored."""
        self._count.add("item_count")
        adapter = ItemAdapter(item)
        changes: list[dict[str, Any]] = []
        for field in list(adapter):
            fields = {field: None} if self._fields is None else self._fields
            if field not in fields or field == self._edits_field:
                continue
            cleaner = self._cleaners.of(fields[field])
            value = adapter[field]
            restored = self._restored(value, field, cleaner, changes)
            if restored is not value:
                adapter[field] = restored
        if changes:
            self._count.add("item_changed_count")
        if self._edits_field:
            adapter[self._edits_field] = changes
        return item

    def _restored(
        self, value: object, place: str, cleaner: Cleaner, changes: list[dict[str, Any]]
    ) -> object:
        """A value with its strings restored; itself if nothing is changed."""

        def inner(part: object, key: object) -> object:
            return self._restored(part, f"{place}.{key}", cleaner, changes)

        if isinstance(value, str):
            return self._restored_text(value, place, cleaner, changes)
        if ItemAdapter.is_item(value):
            return _with_parts(value, inner)
        if isinstance(value, list | tuple):
            parts = [inner(part, index) for index, part in enumerate(value)]
            if all(new is old for new, old in zip(parts, value, strict=True)):
                return value
            # A named tuple takes its parts one by one.
            make = getattr(value, "_make", type(value))
            restored: object = make(parts)
            return restored
        return value

    def _restored_text(
        self, text: str, place: str, cleaner: Cleaner, changes: list[dict[str, Any]]
    ) -> str:
        try:
            cleaned = cleaner.clean(text)
        except DecodeError:
            # A string that carries bytes in disguise.
            self._count.add("item_undecodable_count")
            return text
        if not cleaned.changed:
            return text
        edits: list[Edit] = cleaned.edits
        self._count.add_edits(edits)
        changes.extend({"field": place, **edit._asdict()} for edit in edits)
        return cleaned.text


def _with_parts(item: _Item, restored: Callable[[object, object], object]) -> _Item:
    """An item or a dictionary with its values restored, in place as Scrapy's are."""
    adapter = ItemAdapter(item)
    for field in list(adapter):
        value = adapter[field]
        new = restored(value, field)
        if new is not value:
            adapter[field] = new
    return item
