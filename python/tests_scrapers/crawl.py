"""Crawls pages with Scrapy, and writes what a spider sees:

python crawl.py < crawl.json > seen.json

`crawl.json` has the `urls`, the `settings`, and the `metas` that requests have by URL.
"""

import base64
import json
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse
from scrapy.signals import item_scraped


class _Spider(Spider):
    name = "pages"
    urls: list[str]
    metas: dict[str, dict[str, Any]]
    seen: list[dict[str, Any]]

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield Request(url, meta=self.metas.get(url, {}))

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        seen: dict[str, Any] = {
            "url": response.url,
            "kind": type(response).__name__,
            "body": base64.b64encode(response.body).decode(),
            "content_type": (response.headers.get("Content-Type") or b"").decode(),
            "flags": response.flags,
        }
        if isinstance(response, TextResponse):
            seen["encoding"] = response.encoding
            seen["text"] = response.text
        if isinstance(response, HtmlResponse | XmlResponse):
            seen["title"] = response.xpath("//title/text()").get()
            seen["paragraphs"] = response.xpath("//p/text()").getall()
            yield {
                "url": response.url,
                "title": seen["title"],
                "content": seen["paragraphs"],
            }
        self.seen.append(seen)


def main() -> None:
    """Runs the crawl."""
    asked = json.load(sys.stdin)
    seen: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    process = CrawlerProcess(asked["settings"])
    crawler = process.create_crawler(_Spider)

    def keep(item: dict[str, Any]) -> None:
        items.append(item)

    crawler.signals.connect(keep, signal=item_scraped)
    process.crawl(crawler, urls=asked["urls"], metas=asked.get("metas", {}), seen=seen)
    process.start()
    stats = crawler.stats.get_stats() if crawler.stats else {}
    json.dump({"seen": seen, "items": items, "stats": stats}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
