#!/bin/sh
# Builds docs/ as a book and checks its links:
#
#     ci/book.sh
#
# The book is in target/book. Needs python3, with pip if there is no mdbook. The commands that
# the pages show are run by tests/pages.rs, their Python by ci/python.sh, ci/engines.sh and
# ci/scrapers.sh.
set -eu
cd "$(dirname "$0")/.."

root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
tool=mdbook
. ci/tools/path.sh

rm -rf "$target/book"
mdbook build --dest-dir "$target/book"
PYTHONDONTWRITEBYTECODE=1 python3 ci/book/check.py docs "$target/book"
