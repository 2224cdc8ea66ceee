"""What responses say of their encoding."""

import pytest
from scrapy.http import HtmlResponse, TextResponse
from zhengben.scrapy import _labels


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<meta charset="gbk">', '<meta charset="utf-8">'),
        ("<META CHARSET=GB2312>", "<META CHARSET=utf-8>"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=big5" />',
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />',
        ),
        (
            "<?xml version='1.0' encoding='gb2312'?>",
            "<?xml version='1.0' encoding='utf-8'?>",
        ),
        ('<meta charset="UTF8">', '<meta charset="UTF8">'),
        ('<meta name="charset" content="gbk">', '<meta name="charset" content="gbk">'),
        ("<body><meta charset=gbk>", "<body><meta charset=gbk>"),
        ("charset=gbk", "charset=gbk"),
    ],
)
def test_markup_says_utf8(markup: str, expected: str) -> None:
    response = HtmlResponse("http://localhost/")
    assert _labels.say_utf8_in_text(response, markup) == expected
    assert _labels.say_utf8_in_text(response, "<!-- -->" * 600 + markup)[4800:] == markup


def test_plain_text_has_no_markup() -> None:
    text = '<meta charset="gbk">'
    assert _labels.say_utf8_in_text(TextResponse("http://localhost/"), text) == text


@pytest.mark.parametrize(
    ("header", "label", "expected"),
    [
        ("text/html; charset=GBK", "gbk", "text/html; charset=utf-8"),
        ('text/html;charset="gbk"; level=1', "gbk", "text/html; level=1; charset=utf-8"),
        ("text/html", None, "text/html; charset=utf-8"),
        ("text/html; charset=", None, "text/html; charset=utf-8"),
        ("text/html; charset=\xff\xfe", None, "text/html; charset=utf-8"),
    ],
)
def test_headers_say_utf8(header: str, label: str | None, expected: str) -> None:
    response = TextResponse(
        "http://localhost/", headers={"Content-Type": header.encode("latin-1")}
    )
    if label:
        assert _labels.http_label(response) == label
    else:
        _labels.http_label(response)
    assert _labels.say_utf8_in_header(response.headers)["Content-Type"] == expected.encode()
    assert response.headers["Content-Type"] == header.encode("latin-1")


def test_headers_without_a_type_stay_without() -> None:
    response = TextResponse("http://localhost/", headers={"ETag": "1"})
    assert _labels.http_label(response) is None
    assert _labels.say_utf8_in_header(response.headers) == response.headers
