"""Pages as servers send them: rightly labelled, wrongly labelled, damaged.

What they say was written for this project.
"""

from dataclasses import dataclass

__all__ = ["PAGES", "REPRINT", "RESTORED", "SIMPLIFIED", "TRADITIONAL", "Page"]

SIMPLIFIED = (
    "江北县的老图书馆重新开放",
    "修缮工程历时两年，阅览室的窗户、书架和地板都按照旧照片恢复了原来的样子。",
    "馆长说：“孩子们放学以后可以在这里做作业，老人也能找到安静的角落看报纸。”",
)
TRADITIONAL = (
    "江北縣的老圖書館重新開放",
    "修繕工程歷時兩年，閱覽室的窗戶、書架和地板都按照舊照片恢復了原來的樣子。",
    "館長說：「孩子們放學以後可以在這裡做作業，老人也能找到安靜的角落看報紙。」",
)

# What a filter looks for, without regard to where characters begin, and puts behind it.
_GLOSSES = (
    ("動", "dòng"),
    ("產", "chǎn"),
    ("業", "yè"),
    ("獎", "jiǎng"),
    ("鏈", "liàn"),
    ("網", "wǎng"),
)
_GLOSSED = (
    "江北縣的產業園區開始招工",
    "園區重要動力來源是水電，產業鏈上的企業都用這裡的電。主要動物園也在附近。",
    "網上報名的人很多，需要動手能力強的技術人員。",
)
# The same without the glosses, which is all that is done to a page's bytes.
GLOSSED = _GLOSSED

REPRINT = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚"
RESTORED = "新能源电池产业链企业快速集聚"


@dataclass(frozen=True)
class Page:
    """What a server sends."""

    body: bytes
    content_type: str | None


def _html(paragraphs: tuple[str, ...], label: str | None = None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    title, *rest = paragraphs
    return (
        f"<!DOCTYPE html>\n<html><head>{meta}<title>{title}</title></head>\n"
        f'<body><a href="/next?p=1">{title}</a><article>\n'
        + "\n".join(f"<p>{paragraph}</p>" for paragraph in rest)
        + "\n</article><script>var a = '<p>';</script></body></html>\n"
    )


def _glossed(text: str) -> bytes:
    page = text.encode("gbk")
    for character, reading in _GLOSSES:
        needle = character.encode("gbk")
        page = page.replace(needle, needle + f"({reading})".encode("gbk"))
    return page


_GBK = _html(SIMPLIFIED).encode("gbk")
# Half a character is lost in the last paragraph.
_BROKEN = _html(SIMPLIFIED).encode("gbk").replace("报纸".encode("gbk"), b"\xb1\xff\xd6\xbd")
_RUSSIAN = _html(
    ("Новости", "Старая библиотека снова открыта для читателей после ремонта.")
)
_JAPANESE = _html(
    ("図書館のお知らせ", "古い図書館が二年間の工事を終えて、また開館しました。")
)
_FRENCH = _html(
    ("Actualités", "La bibliothèque rénovée a rouvert ses portes à Noël, après l’été.")
)

PAGES: dict[str, Page] = {
    # Mislabelled.
    "gbk-as-utf8": Page(
        _html(SIMPLIFIED, "utf-8").encode("gbk"), "text/html; charset=UTF-8"
    ),
    "gbk-as-latin1": Page(_GBK, "text/html; charset=ISO-8859-1"),
    "gbk-unlabelled": Page(_GBK, "text/html"),
    "gbk-untyped": Page(_GBK, None),
    "big5-as-gbk": Page(
        _html(TRADITIONAL, "gb2312").encode("big5"), 'text/html;charset="gbk"; level=1'
    ),
    "utf8-as-gbk": Page(_html(SIMPLIFIED, "gb2312").encode(), "text/html; charset=gb2312"),
    "feed-as-utf8": Page(
        '<?xml version="1.0" encoding="utf-8"?>\n<rss><channel><title>'
        f"{SIMPLIFIED[0]}</title><item><title>{SIMPLIFIED[1]}</title></item></channel></rss>\n"
        "".encode("gbk"),
        "application/xml",
    ),
    "json-in-gbk": Page(
        f'{{"title": "{SIMPLIFIED[0]}"}}'.encode("gbk"), "application/json; charset=utf-8"
    ),
    # Rightly labelled.
    "utf8": Page(_html(SIMPLIFIED, "utf-8").encode(), "text/html; charset=utf-8"),
    "utf8-by-meta": Page(_html(SIMPLIFIED, "utf-8").encode(), "text/html"),
    "utf8-with-bom": Page(
        b"\xef\xbb\xbf" + _html(SIMPLIFIED).encode(), "text/html; charset=gbk"
    ),
    "gbk": Page(_html(SIMPLIFIED, "gb2312").encode("gbk"), "text/html; charset=gb2312"),
    "big5": Page(_html(TRADITIONAL, "big5").encode("big5"), "text/html"),
    # As UTF-16 and as Big5 it would be a text too.
    "short": Page("也".encode("gbk"), "text/html; charset=gbk"),
    # Python has another character for A241 than the Web.
    "big5-slash": Page(
        _html((*TRADITIONAL, "１／２")).encode("big5"), "text/html; charset=big5"
    ),
    "traditional": Page(_html(TRADITIONAL).encode(), "text/html; charset=utf-8"),
    # Not Chinese.
    "russian": Page(_RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r"),
    "russian-unlabelled": Page(_RUSSIAN.encode("cp1251"), "text/html"),
    "japanese": Page(_JAPANESE.encode("shift_jis"), "text/html; charset=Shift_JIS"),
    "japanese-unlabelled": Page(_JAPANESE.encode("euc_jp"), "text/html"),
    "french": Page(_FRENCH.encode("cp1252"), "text/html; charset=ISO-8859-1"),
    "korean": Page(
        _html(("도서관", "오래된 도서관이 다시 문을 열었습니다.")).encode(),
        "text/html; charset=euc-kr",
    ),
    "english": Page(b"<p>A library in the hills, open again.</p>", "text/html"),
    # Damaged.
    "glossed": Page(_glossed(_html(_GLOSSED, "gb2312")), "text/html; charset=gb2312"),
    "mojibake": Page(
        _html(
            tuple(part.encode().decode("gb18030", "replace") for part in SIMPLIFIED)
        ).encode(),
        "text/html; charset=utf-8",
    ),
    "reprint": Page(_html(("摘要", REPRINT)).encode(), "text/html; charset=utf-8"),
    "broken": Page(_BROKEN, "text/html; charset=utf-8"),
    "broken-labelled": Page(_BROKEN, "text/html; charset=gbk"),
    # Not text.
    "image": Page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png"),
    "binary-as-html": Page(
        bytes(range(256)) * 3 + b"\xff\x00\xfe" * 50, "text/html; charset=gbk"
    ),
    "empty": Page(b"", "text/html; charset=gbk"),
}
