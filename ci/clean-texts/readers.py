"""How a file is read: each reader makes documents of its bytes."""

from __future__ import annotations

import csv
import gettext
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

# A page of the web has about as many characters.
PAGE = 8_000

Reader = Callable[[bytes], Iterator[str]]


def pages(lines: Iterator[str]) -> Iterator[str]:
    """Lines, put together to pages."""
    page: list[str] = []
    size = 0
    for line in lines:
        page.append(line)
        size += len(line) + 1
        if size >= PAGE:
            yield "\n".join(page)
            page, size = [], 0
    yield "\n".join(page)


def text(data: bytes) -> Iterator[str]:
    """Plain text: pages of it."""
    return pages(iter(data.decode().split("\n")))


def euc_jp(data: bytes) -> Iterator[str]:
    """Plain text in EUC-JP."""
    return pages(iter(data.decode("euc-jp").split("\n")))


def lines(data: bytes) -> Iterator[str]:
    """A document in each line."""
    return iter(data.decode().split("\n"))


def file(data: bytes) -> Iterator[str]:
    """A file that is one document, if it is UTF-8."""
    yield data.decode()


def fortunes(data: bytes) -> Iterator[str]:
    """Documents between lines with `%`, without the colours of a terminal."""
    return iter(re.sub(r"\x1b\[[\d;]*m", "", data.decode()).split("\n%\n"))


def tagged(data: bytes) -> Iterator[str]:
    """Characters with the tags of a segmenter, a paragraph a line."""
    words = (line.split() for line in data.decode().split("\n"))
    return pages("".join(word.rsplit("/", 1)[0] for word in line) for line in words)


class Prose(HTMLParser):
    """The text of a page's body."""

    SILENT = frozenset({"script", "style", "head", "svg"})
    BLOCKS = frozenset(
        "p div li tr h1 h2 h3 h4 h5 h6 pre dt dd br td th table section title".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        self.code += tag == "pre"
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT and self.silent > 0
        self.code -= tag == "pre" and self.code > 0
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data if self.code else re.sub(r"[ \t\n]+", " ", data))


def html(data: bytes) -> Iterator[str]:
    """A page of HTML: its text."""
    prose = Prose()
    prose.feed(data.decode())
    text = re.sub(r" *\n *", "\n", "".join(prose.parts))
    yield re.sub(r"\n{2,}", "\n", text)


def messages(data: bytes) -> Iterator[str]:
    """Translations in a compiled catalogue."""
    catalogue = gettext.GNUTranslations(io.BytesIO(data))
    found: dict[Any, str] = vars(catalogue)["_catalog"]
    return pages(value for key, value in found.items() if key)


def strings(data: bytes) -> Iterator[str]:
    """Translations in JSON, by their keys."""
    values: dict[str, Any] = json.loads(data)
    return pages(value for value in values.values() if isinstance(value, str))


def array(data: bytes) -> Iterator[str]:
    """An array of documents in JSON."""
    return iter(json.loads(data))


def sentences(data: bytes) -> Iterator[str]:
    """An array of sentences in JSON."""
    return pages(iter(json.loads(data)))


def verses(data: bytes) -> Iterator[str]:
    """Chapters with verses and their translations."""
    for chapter in json.loads(data):
        yield "\n".join(verse["translation"] for verse in chapter["verses"])


def poems(data: bytes) -> Iterator[str]:
    """Poems with titles and authors."""
    for poem in json.loads(data):
        title = poem.get("title") or poem.get("rhythmic") or poem.get("chapter", "")
        head = f"{title}\n{poem.get('author', '')}".strip()
        yield "\n".join([head, *(poem.get("paragraphs") or poem.get("content") or [])])


def talk(data: bytes) -> Iterator[str]:
    """What is said in a transcript of CHAT."""
    said = re.findall(r"^\*\w+:\t(.*)$", data.decode(), re.M)
    return pages(re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", line) for line in said)


def statutes(data: bytes) -> Iterator[str]:
    """Statutes in a database, one a document."""
    with tempfile.NamedTemporaryFile(suffix=".db") as copy:
        copy.write(data)
        copy.flush()
        yield from _statutes(sqlite3.connect(copy.name))


def _statutes(base: sqlite3.Connection) -> Iterator[str]:
    laws = base.execute("SELECT law_id, law_name FROM laws ORDER BY law_id").fetchall()
    for law, name in laws:
        articles = base.execute(
            "SELECT chapter, article_no, article_text FROM articles WHERE law_id = ? ORDER BY id",
            (law,),
        )
        page, chapter = [name], None
        for heading, number, article in articles:
            if heading and heading != chapter:
                page.append(heading)
                chapter = heading
            page.append(article if article.startswith(number or "") else f"{number}　{article}")
        yield "\n".join(page)


def idioms(data: bytes) -> Iterator[str]:
    """A table of idioms, as dictionaries print them."""

    def entries() -> Iterator[str]:
        for row in csv.DictReader(io.StringIO(data.decode())):
            yield f"{row['word']}（{row['pinyin']}）{row['explanation']}"
            yield f"【出处】{row['derivation']}【例句】{row['example']}"

    return pages(entries())


def lessons(data: bytes) -> Iterator[str]:
    """Sentences of a course, each with its words, as textbooks print them."""

    def entries() -> Iterator[str]:
        for sentence in json.loads(data):
            yield sentence["chinese"]
            yield sentence["pinyin"]
            yield sentence["translation"]["en"]
            for word in sentence["tokens"]:
                yield f"{word['word']} ({word['pinyin']}) {word['gloss_en']}"

    return pages(entries())


def annotated(data: bytes) -> Iterator[str]:
    """The same sentences, with a reading behind every word, and behind every character."""

    def entries() -> Iterator[str]:
        for sentence in json.loads(data):
            words = sentence["tokens"]
            if all(word["pinyin"] for word in words):
                yield "".join(f"{word['word']}({word['pinyin']})" for word in words)
            readings = sentence["pinyin"].split()
            han = [c for c in sentence["chinese"] if "\u4e00" <= c <= "\u9fff"]
            if len(readings) == len(han):
                left = iter(readings)
                yield "".join(
                    f"{c}({next(left)})" if "\u4e00" <= c <= "\u9fff" else c
                    for c in sentence["chinese"]
                )

    return pages(entries())


def dictionary_of_hanja(data: bytes) -> Iterator[str]:
    """Readings, hanja and meanings, behind the licence."""
    entries = (line for line in data.decode().split("\n") if not line.startswith("#"))
    return pages(line.strip(":").replace(":", " ") for line in entries)


READERS: dict[str, Reader] = {
    "annotated": annotated,
    "array": array,
    "euc-jp": euc_jp,
    "file": file,
    "fortunes": fortunes,
    "hanja": dictionary_of_hanja,
    "html": html,
    "idioms": idioms,
    "lessons": lessons,
    "lines": lines,
    "messages": messages,
    "poems": poems,
    "sentences": sentences,
    "statutes": statutes,
    "strings": strings,
    "tagged": tagged,
    "talk": talk,
    "text": text,
    "verses": verses,
}
