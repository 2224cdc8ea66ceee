"""Completes a book that mdBook has built, and checks its links:

    python3 ci/book/check.py DOCS BOOK

Copies what pages link to outside of docs/ into the book, and fails if a page is not in it,
or if a link within it, of a page or to a place on one, leads nowhere.
"""

import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from repository import copied, targets


class Page(HTMLParser):
    """The places of a page, and where its links lead."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.places: set[str] = set()
        self.links: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.places.add(value)
            elif name in ("href", "src"):
                self.links.add(value)


def broken(page: Page, pages: dict[Path, Page]) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for link in sorted(page.links):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        path = page.path
        if parts.path:
            path = (path.parent / unquote(parts.path)).resolve()
        # Of what is no page, places are not known.
        place = unquote(parts.fragment)
        places = pages[path].places if path in pages else {place}
        if not path.is_file() or (place and place not in places):
            found.append(link)
    return found


def main() -> None:
    docs, book = (Path(argument).resolve() for argument in sys.argv[1:])
    wrong = []
    for source in sorted(docs.glob("*.md")):
        name = "index" if source.stem == "README" else source.stem
        if source.stem != "SUMMARY" and not (book / f"{name}.html").is_file():
            wrong.append(f"{source.name} is not in SUMMARY.md")
        for target in sorted(targets(source.read_text(encoding="utf-8"))):
            if not (docs.parent / target).is_file():
                wrong.append(f"{source.name}: ../{target}")
                continue
            copy = book / copied(target)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(docs.parent / target, copy)
    # print.html has all pages one below another, and no places of theirs.
    paths = [
        path for path in book.rglob("*.html") if path.name not in ("print.html", "toc.html")
    ]
    pages = {path: Page(path) for path in paths}
    for path, page in sorted(pages.items()):
        # A page that is shown for any address cannot link relatively.
        if path.name != "404.html":
            wrong += [f"{path.name}: {link}" for link in broken(page, pages)]
    links = sum(len(page.links) for page in pages.values())
    print(f"the book: {len(pages)} pages, {links} links")
    if wrong:
        sys.exit("broken:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
