"""What spiders see of pages with the downloader middleware, in real crawls."""

import json

import pytest
from conftest import Crawl, Crawler
from pages import GLOSSED, PAGES, REPRINT, RESTORED, SIMPLIFIED, TRADITIONAL
from scrapy.utils.test import get_crawler
from zhengben.scrapy import ZhengbenDownloaderMiddleware

MIDDLEWARE = {
    "DOWNLOADER_MIDDLEWARES": {"zhengben.scrapy.ZhengbenDownloaderMiddleware": 560}
}
MISLABELLED = {
    "gbk-as-utf8": ("GBK", SIMPLIFIED),
    "gbk-as-latin1": ("GBK", SIMPLIFIED),
    "big5-as-gbk": ("Big5", TRADITIONAL),
    "utf8-as-gbk": ("UTF-8", SIMPLIFIED),
}
CLEAN = [
    *[
        "utf8",
        "utf8-by-meta",
        "utf8-with-bom",
        "gbk",
        "big5",
        "big5-slash",
        "short",
        "traditional",
    ],
    *["russian", "russian-unlabelled", "japanese", "japanese-unlabelled"],
    *["french", "english", "image", "binary-as-html"],
]


@pytest.fixture(scope="module")
def crawled(crawl: Crawler) -> Crawl:
    """All pages, with the middleware as it is by default."""
    names = [*PAGES, "gbk-as-utf8.gz", "missing"]
    return crawl(names, {**MIDDLEWARE, "HTTPERROR_ALLOW_ALL": True})


@pytest.fixture(scope="module")
def bare(crawl: Crawler) -> Crawl:
    """All pages, without the middleware."""
    return crawl(list(PAGES), {})


@pytest.mark.parametrize(
    "name", [*MISLABELLED, "gbk-unlabelled", "gbk-as-utf8.gz", "gbk-untyped"]
)
def test_a_mislabelled_page_is_read(crawled: Crawl, name: str) -> None:
    title, *paragraphs = MISLABELLED.get(name, ("GBK", SIMPLIFIED))[1]
    page = crawled.pages[name]
    assert page["title"] == title
    assert page["paragraphs"] == paragraphs


@pytest.mark.parametrize("name", MISLABELLED)
def test_without_the_middleware_it_is_not(bare: Crawl, name: str) -> None:
    assert bare.pages[name]["title"] != MISLABELLED[name][1][0]


@pytest.mark.parametrize("name", MISLABELLED)
def test_a_mislabelled_page_says_utf8_afterwards(crawled: Crawl, name: str) -> None:
    page = crawled.pages[name]
    assert page["body"].decode("utf-8") == page["text"]
    assert page["encoding"] == "utf-8"
    assert page["content_type"].endswith("; charset=utf-8")
    for label in ("gb2312", "gbk", "big5", "iso-8859-1"):
        assert label not in page["text"].lower()
        assert label not in page["content_type"].lower()
    assert page["kind"] == "HtmlResponse"
    assert page["flags"] == ["zhengben"]


def test_nothing_but_the_label_is_changed(crawled: Crawl) -> None:
    encoding = {"gbk-as-utf8": "gbk", "big5-as-gbk": "big5", "utf8-as-gbk": "utf-8"}
    for name, codec in encoding.items():
        sent = PAGES[name].body.decode(codec).replace('"gb2312"', '"utf-8"')
        assert crawled.pages[name]["text"] == sent
    assert b'<a href="/next?p=1">' in crawled.pages["gbk-as-utf8"]["body"]


def test_data_are_read(crawled: Crawl) -> None:
    page = crawled.pages["json-in-gbk"]
    assert page["kind"] == "JsonResponse"
    assert json.loads(page["body"]) == {"title": SIMPLIFIED[0]}


def test_utf8_is_read_in_any_language(crawled: Crawl, bare: Crawl) -> None:
    assert crawled.pages["korean"]["title"] == "도서관"
    assert bare.pages["korean"]["title"] != "도서관"


def test_a_feed_is_read(crawled: Crawl) -> None:
    page = crawled.pages["feed-as-utf8"]
    assert page["kind"] == "XmlResponse"
    assert page["title"] == SIMPLIFIED[0]
    assert page["body"].startswith(b'<?xml version="1.0" encoding="utf-8"?>')


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_read_rightly_or_is_not_chinese_stays(
    crawled: Crawl, bare: Crawl, name: str
) -> None:
    assert crawled.pages[name] == bare.pages[name]
    assert crawled.pages[name]["body"] == PAGES[name].body


def test_glosses_between_bytes_are_taken_out(crawled: Crawl, bare: Crawl) -> None:
    page = crawled.pages["glossed"]
    assert "\ufffd" in bare.pages["glossed"]["text"]
    assert [page["title"], *page["paragraphs"]] == list(GLOSSED)
    assert page["encoding"] == "utf-8"
    assert crawled.stats["zhengben/edits/gloss-bytes"] >= 10


def test_text_that_was_decoded_wrongly_before_is_restored(
    crawled: Crawl, bare: Crawl
) -> None:
    assert "鑰佸浘涔" in bare.pages["mojibake"]["text"]
    page = crawled.pages["mojibake"]
    assert page["title"] == SIMPLIFIED[0]
    assert "修缮工程历时两年" in page["paragraphs"][0]


def test_words_stay_as_selectors_expect_them(crawled: Crawl) -> None:
    assert crawled.pages["reprint"]["body"] == PAGES["reprint"].body
    assert crawled.pages["reprint"]["paragraphs"] == [REPRINT]


def test_a_body_that_cannot_be_decoded_keeps_its_bytes(crawled: Crawl, bare: Crawl) -> None:
    for name in ("broken", "broken-labelled", "binary-as-html"):
        assert crawled.pages[name]["body"] == PAGES[name].body
    assert crawled.pages["broken-labelled"] == bare.pages["broken-labelled"]
    broken = crawled.pages["broken"]
    assert broken["encoding"] == "gb18030"
    assert broken["title"] == SIMPLIFIED[0]
    assert broken["paragraphs"][0] == SIMPLIFIED[1]
    assert "Left the bytes of <200 " in crawled.log
    assert "/broken> as they are: byte " in crawled.log
    assert crawled.stats["zhengben/response_damaged_count"] == 2
    assert crawled.stats["zhengben/response_relabelled_count"] == 1
    assert crawled.stats["zhengben/response_undecodable_count"] >= 1


def test_statistics_count_what_was_done(crawled: Crawl) -> None:
    stats = crawled.stats
    # All but the image and the empty page; the server's page of an error besides.
    assert stats["zhengben/response_count"] == len(PAGES) - 2 + 2
    assert stats["zhengben/response_decoded_count/Big5"] == 1
    assert stats["zhengben/response_decoded_count/UTF-8"] == 2
    assert stats["zhengben/response_trusted_count"] == 3


def test_a_request_can_opt_out(crawl: Crawler, bare: Crawl) -> None:
    name = "gbk-as-utf8"
    crawled = crawl([name], MIDDLEWARE, {name: {"zhengben": False}})
    page = crawled.pages[name]
    assert {**page, "url": ""} == {**bare.pages[name], "url": ""}
    assert "zhengben/response_count" not in crawled.stats


def test_a_request_can_ask_for_more(crawl: Crawler) -> None:
    names = ["reprint", "traditional"]
    crawled = crawl(names, MIDDLEWARE, {"reprint": {"zhengben": "text"}})
    assert crawled.pages["reprint"]["paragraphs"] == [RESTORED]
    assert crawled.pages["traditional"]["body"] == PAGES["traditional"].body


def test_what_is_unknown_is_an_error() -> None:
    crawler = get_crawler(settings_dict={"ZHENGBEN_RESPONSE": "all"})
    with pytest.raises(ValueError, match="'all', not one of"):
        ZhengbenDownloaderMiddleware.from_crawler(crawler)


def test_it_can_be_disabled(crawl: Crawler) -> None:
    crawled = crawl(["gbk-as-utf8"], {**MIDDLEWARE, "ZHENGBEN_ENABLED": False})
    assert crawled.pages["gbk-as-utf8"]["body"] == PAGES["gbk-as-utf8"].body
    assert "zhengben/response_count" not in crawled.stats


def test_all_text_can_be_cleaned(crawl: Crawler) -> None:
    crawled = crawl(["reprint", "traditional"], {**MIDDLEWARE, "ZHENGBEN_RESPONSE": "text"})
    assert crawled.pages["reprint"]["paragraphs"] == [RESTORED]
    assert b"<script>var a = '<p>';</script>" in crawled.pages["reprint"]["body"]
    assert crawled.pages["traditional"]["title"] == SIMPLIFIED[0]
    assert crawled.stats["zhengben/edits/gloss"] == 3


def test_the_cleaner_can_be_set(crawl: Crawler) -> None:
    settings = {"ZHENGBEN_RESPONSE": "text", "ZHENGBEN_CLEANER": {"script": "none"}}
    crawled = crawl(["traditional"], {**MIDDLEWARE, **settings})
    assert crawled.pages["traditional"]["body"] == PAGES["traditional"].body
