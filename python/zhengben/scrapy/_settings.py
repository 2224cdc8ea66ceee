"""What the middleware and the pipeline have in common: settings and statistics."""

import collections
from collections.abc import Iterable
from typing import Any

from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from zhengben import Cleaner, Edit

__all__ = ["Cleaners", "Counter", "refuse_if_disabled"]


def refuse_if_disabled(settings: BaseSettings) -> None:
    """Raises `NotConfigured`, so that Scrapy goes without, if `ZHENGBEN_ENABLED` is
    false."""
    if not settings.getbool("ZHENGBEN_ENABLED", True):
        raise NotConfigured


class Cleaners:
    """Cleaners with the settings of a project, for several kinds of text; each is made
    when it is first needed."""

    def __init__(self, settings: BaseSettings) -> None:
        self._common: dict[str, Any] = {"syntax": "auto"}
        if path := settings.get("ZHENGBEN_CONFIG"):
            self._common.update(Cleaner.from_config(path).settings)
        self._common.update(settings.getdict("ZHENGBEN_CLEANER"))
        self._made: dict[tuple[Any, ...], Cleaner] = {}

    def of(
        self,
        syntax: str | None,
        rules: tuple[str, ...] | None = None,
        *,
        damaged: bool = False,
    ) -> Cleaner:
        """The cleaner of texts of this kind, with these rules or stages only, none of which
        needs a dictionary; what is not given is as the project has it."""
        key = (syntax, rules, damaged)
        if key not in self._made:
            settings = dict(self._common)
            if syntax is not None:
                settings["syntax"] = syntax
            if rules is not None:
                # What is switched off by its rules alone is looked for all the same.
                settings |= {"rules": rules, "script": "none", "builtin_dictionary": False}
                settings |= {"dictionaries": None, "choices": None}
            if damaged:
                settings["damaged"] = True
            self._made[key] = Cleaner(**settings)
        return self._made[key]


class Counter:
    """Counts in the crawl's statistics, under `zhengben/`."""

    def __init__(self, stats: StatsCollector | None) -> None:
        self._stats = stats

    def add(self, name: str, count: int = 1) -> None:
        """Adds to a statistic."""
        if self._stats is not None and count:
            self._stats.inc_value(f"zhengben/{name}", count)

    def add_edits(self, edits: Iterable[Edit]) -> None:
        """Adds edits, each to every rule that touched it."""
        counts = collections.Counter(rule for edit in edits for rule in edit.rules)
        for rule, count in counts.items():
            self.add(f"edits/{rule}", count)
