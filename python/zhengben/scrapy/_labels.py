"""Where a response says which encoding it is in, and how it is made to say UTF-8."""

import codecs
import re

from scrapy.http import Headers, HtmlResponse, TextResponse, XmlResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

__all__ = ["CHINESE", "is_trusted", "say_utf8_in_header", "say_utf8_in_text"]

_LEGACY = frozenset(["gb18030", "gbk", "big5", "big5hkscs", "cp950", "hz"])
# Codecs of Chinese text; most bytes are no text in them.
CHINESE = _LEGACY | {"utf-8"}
# Codecs whose name on a page says nothing.
_ANY = frozenset(["ascii", "cp1252", "iso8859-1", "utf-16", "utf-16-be", "utf-16-le"])
# Of so many bytes that are not ASCII, one may be broken: tables of one encoding differ,
# and pages are cut.
_FEW = 100

# With fewer bytes that are not ASCII than these, a response is believed: that is eight
# characters of GBK. Of snippets of news and reviews with one character 1 in 13 is taken
# for another encoding, with two 1 in 200, with four to six 1 in 2,700, with eight or
# twelve 1 in 4,800.
_LITTLE = 16
_ASCII = bytes(range(0x80))

# How far Scrapy looks for a declaration; browsers look less far.
_HEAD = 4096

_BODY = re.compile(r"<\s*body\b", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"""(<\s*meta\b[^>]*?\bcharset\s*=\s*["']?\s*|<\?xml\b[^>]*?\bencoding\s*=\s*["'])([\w.:-]+)""",
    re.IGNORECASE,
)
_IN_HEADER = re.compile(rb"""\s*;\s*charset\s*=\s*(?:"[^"]*"|[^;,\s]*)""", re.IGNORECASE)


def is_trusted(response: TextResponse) -> bool:
    """Whether a response is in the encoding that it says, as far as can be told.

    It is, if it can be and there is too little text to know better, or if that is an
    encoding of another language: nobody writes that over a Chinese page by mistake.
    """
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    in_markup = html_body_declared_encoding(response.body)
    declared = [name for name in (http_content_type_encoding(header), in_markup) if name]
    high = len(response.body.translate(None, _ASCII))
    foreign = [name for name in declared if name not in CHINESE and name not in _ANY]
    if foreign and _LEGACY.isdisjoint(declared):
        # UTF-8 is not what it is by chance.
        broken = _broken(response.body, foreign[0])
        return broken <= high // _FEW and _broken(response.body, "utf-8") > 0
    if declared and declared[0] in CHINESE:
        return 0 < high < _LITTLE and "\ufffd" not in response.text
    return False


def _broken(body: bytes, encoding: str) -> int:
    """How many places of bytes cannot be read in an encoding."""
    return body.decode(encoding, "replace").count("\ufffd")


def say_utf8_in_text(response: TextResponse, text: str) -> str:
    """The text of a response with `utf-8` for what its markup says that it is in.

    Otherwise whoever reads the body without the header would be misled.
    """
    if not isinstance(response, HtmlResponse | XmlResponse):
        return text
    body = _BODY.search(text, 0, _HEAD)
    head = body.start() if body else _HEAD
    return _IN_TEXT.sub(_with_utf8, text[:head]) + text[head:]


def _with_utf8(declaration: re.Match[str]) -> str:
    before, label = declaration.groups()
    try:
        is_utf8 = codecs.lookup(label).name == "utf-8"
    except LookupError:
        is_utf8 = False
    return before + (label if is_utf8 else "utf-8")


def say_utf8_in_header(headers: Headers) -> Headers:
    """Headers whose `Content-Type`, if there is one, says UTF-8."""
    headers = headers.copy()
    if kind := headers.get("Content-Type"):
        headers["Content-Type"] = _IN_HEADER.sub(b"", kind) + b"; charset=utf-8"
    return headers
