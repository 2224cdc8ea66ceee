"""A preprocessor of mdBook: pages link to the repository's files outside of docs/ as they
do in a checkout, `../schemas/report.schema.json`; in the book these are copies, in the
folder `repository`, which check.py puts there.

Markdown is shown there as it is written, because mdBook makes `.html` of `.md` in links.
"""

import json
import re
import sys

LINK = re.compile(r"(\]\()\.\./([^)\s#]+)")
FOLDER = "repository"


def copied(path: str) -> str:
    """Where in the book the copy of a file is."""
    if path.endswith(".md"):
        path = path.removesuffix(".md") + ".txt"
    return f"{FOLDER}/{path}"


def targets(page: str) -> set[str]:
    """The files that a page links to, from the repository's root."""
    return {link[2] for link in LINK.finditer(page)}


def rewrite(node: object) -> None:
    """Rewrites the chapters in whatever a book is made of."""
    if isinstance(node, list):
        for item in node:
            rewrite(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "content" and isinstance(value, str):
                node[key] = LINK.sub(lambda link: link[1] + copied(link[2]), value)
            else:
                rewrite(value)


if __name__ == "__main__":
    if sys.argv[1:2] == ["supports"]:
        sys.exit(sys.argv[2] != "html")
    _, book = json.load(sys.stdin)
    rewrite(book)
    json.dump(book, sys.stdout)
