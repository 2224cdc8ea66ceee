"""Responses in the encoding that they are in."""

import logging
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response, TextResponse
from w3lib.encoding import resolve_encoding

from zhengben import Cleaned, DecodeError
from zhengben.scrapy import _labels
from zhengben.scrapy._settings import Cleaners, Counter, refuse_if_disabled

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["ZhengbenDownloaderMiddleware"]

logger = logging.getLogger(__name__)

# What is done to a response by default: bytes and their decoding. The words on the page
# stay as the spider's selectors expect them.
_ENCODING = ("gloss-bytes", "mojibake")
_SCOPES: dict[object, tuple[str, ...] | None] = {"encoding": _ENCODING, "text": None}
# What is done to scripts, style sheets and data: only the bytes are made readable.
_BYTES = ("gloss-bytes",)


class ZhengbenDownloaderMiddleware:
    """Reads text in the encoding that it is in, whatever it is said to be.

    A response that is read rightly is passed on as it is. One that is not comes as
    UTF-8, and says so in its header and its markup; pinyin that a filter put between
    its bytes is gone, and text in it that was decoded wrongly before is restored. What
    cannot be decoded keeps its bytes.

    Settings: `ZHENGBEN_ENABLED`; `ZHENGBEN_RESPONSE`, which is `"encoding"`, or
    `"text"` to clean all text of HTML and plain text; `ZHENGBEN_CLEANER` and
    `ZHENGBEN_CONFIG` for how. A request's `meta` may have another `"zhengben"`, `False`
    to leave its response alone.

    Its place is between Scrapy's `RetryMiddleware` (550) and
    `HttpCompressionMiddleware` (590): there bodies are unpacked, and what is cached is
    what the server sent.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._scope = _known(crawler.settings.get("ZHENGBEN_RESPONSE", "encoding"))
        self._cleaners = Cleaners(crawler.settings)
        self._count = Counter(crawler.stats)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Self":
        """What Scrapy calls."""
        refuse_if_disabled(crawler.settings)
        return cls(crawler)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Response:
        """The response as it should be read."""
        scope = request.meta.get("zhengben", self._scope)
        if scope is False or not isinstance(response, TextResponse) or not response.body:
            return response
        self._count.add("response_count")
        if _labels.is_trusted(response):
            self._count.add("response_trusted_count")
            return response
        syntax, rules = _kind(response, _SCOPES[_known(scope)])
        try:
            cleaned = self._cleaners.of(syntax, rules).clean(response.body)
        except DecodeError as error:
            return self._undecodable(response, error)
        is_read = _is_read(response, cleaned)
        if is_read and not cleaned.changed:
            return response
        if not is_read:
            self._count.add("response_decoded_count")
            self._count.add(f"response_decoded_count/{cleaned.encoding}")
        return self._restored(response, cleaned)

    def _restored(self, response: TextResponse, cleaned: Cleaned) -> TextResponse:
        """A response in UTF-8 that says so."""
        if cleaned.changed:
            self._count.add("response_cleaned_count")
            self._count.add_edits(cleaned.edits)
        logger.debug("Read %s as %s, not %s", response, cleaned.encoding, response.encoding)
        text = _labels.say_utf8_in_text(response, cleaned.text)
        return response.replace(
            body=text.encode(),
            encoding="utf-8",
            headers=_labels.say_utf8_in_header(response.headers),
            flags=[*response.flags, "zhengben"],
        )

    def _undecodable(self, response: TextResponse, error: DecodeError) -> TextResponse:
        """A response with the same bytes: to decode them would lose some for good.

        If their encoding shows all the same, Scrapy is told.
        """
        try:
            damaged = self._cleaners.of("plain", _BYTES, damaged=True)
            encoding = resolve_encoding(damaged.clean(response.body).encoding or "")
        except DecodeError:
            encoding = None
        if encoding is None:
            self._count.add("response_undecodable_count")
            logger.info("Left %s as it is: %s", response, error)
            return response
        self._count.add("response_damaged_count")
        logger.warning("Left the bytes of %s as they are: %s", response, error)
        relabelled = response.replace(
            encoding=encoding, flags=[*response.flags, "zhengben"]
        )
        if not _is_better(relabelled, response):
            return response
        self._count.add("response_relabelled_count")
        return relabelled


def _known(scope: object) -> object:
    if scope not in _SCOPES:
        raise ValueError(
            f"what is cleaned of a response is {scope!r}, not one of {[*_SCOPES]}"
        )
    return scope


def _kind(
    response: TextResponse, rules: tuple[str, ...] | None
) -> tuple[str, tuple[str, ...] | None]:
    """What is to be cleaned of a response: its syntax, and these rules where it is text
    that people read."""
    if isinstance(response, HtmlResponse):
        return "html", rules
    kind = (response.headers.get("Content-Type") or b"").split(b";")[0]
    is_plain = kind.strip().lower() == b"text/plain"
    return "plain", rules if is_plain else _BYTES


def _is_read(response: TextResponse, cleaned: Cleaned) -> bool:
    """Whether Scrapy reads the text that the bytes are."""
    if response.text == cleaned.source:
        return True
    # Tables of one encoding differ in a few characters; no page is wrong for that.
    is_same = response.encoding == resolve_encoding(cleaned.encoding or "")
    return is_same and "\ufffd" not in response.text


def _is_better(relabelled: TextResponse, response: TextResponse) -> bool:
    """Whether more of a body can be read in another encoding."""
    if response.encoding not in _labels.CHINESE:
        # In a Western one nearly all can.
        return True
    return relabelled.text.count("\ufffd") < response.text.count("\ufffd")
