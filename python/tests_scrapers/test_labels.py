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
    ("header", "expected"),
    [
        ("text/html; charset=GBK", "text/html; charset=utf-8"),
        ('text/html;charset="gbk"; level=1', "text/html; level=1; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/html; charset=", "text/html; charset=utf-8"),
        ("text/html; charset=\xff\xfe", "text/html; charset=utf-8"),
    ],
)
def test_headers_say_utf8(header: str, expected: str) -> None:
    response = TextResponse(
        "http://localhost/", headers={"Content-Type": header.encode("latin-1")}
    )
    assert _labels.say_utf8_in_header(response.headers)["Content-Type"] == expected.encode()
    assert response.headers["Content-Type"] == header.encode("latin-1")


def test_headers_without_a_type_stay_without() -> None:
    response = TextResponse("http://localhost/", headers={"ETag": "1"})
    assert _labels.say_utf8_in_header(response.headers) == response.headers


RUSSIAN = "Старая библиотека снова открыта для читателей после ремонта."
CHINESE = "旧图书馆修缮以后重新开放，读者可以借书了。"


@pytest.mark.parametrize(
    ("body", "header", "meta", "is_trusted"),
    [
        (RUSSIAN.encode("cp1251"), "windows-1251", "", True),
        (RUSSIAN.encode("cp1251"), "", "windows-1251", True),
        (RUSSIAN.encode("cp1251"), "windows-1251", "utf-8", True),
        (RUSSIAN.encode("cp1251"), "", "", False),
        (RUSSIAN.encode("cp1251"), "iso-8859-1", "", False),
        (RUSSIAN.encode(), "windows-1251", "", False),
        ("図書館".encode("shift_jis"), "Shift_JIS", "", True),
        ("図書館のお知らせ".encode("shift_jis") * 9 + b"\x81", "Shift_JIS", "", True),
        (CHINESE.encode("gbk"), "windows-1251", "gb2312", False),
        (CHINESE.encode("gbk"), "gbk", "", False),
        ("也".encode("gbk"), "gbk", "", True),
        ("中".encode("gbk"), "utf-8", "", False),
        ("中".encode("gbk"), "utf-8", "gbk", False),
        (b"ASCII", "gbk", "", False),
    ],
)
def test_some_labels_are_trusted(
    body: bytes, header: str, meta: str, *, is_trusted: bool
) -> None:
    head = f'<meta charset="{meta}">'.encode() if meta else b""
    content_type = f"text/html; charset={header}" if header else "text/html"
    response = HtmlResponse(
        "http://localhost/", headers={"Content-Type": content_type}, body=head + body
    )
    assert _labels.is_trusted(response) is is_trusted
