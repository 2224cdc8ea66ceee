#!/bin/sh
# Tests the Python package:
#
#     ci/python.sh [PYTEST-ARGUMENT…]
#
# Builds the sdist from what is committed, and from it the wheel, as ci/pre-commit.sh does
# from a clone; installs it into a fresh environment, and runs there the tests, the
# examples of docstrings and pages, and the type checkers. Needs python3 with pip, which
# gets the rest from PyPI, and git. What is compiled of other crates is shared with .ci/run's
# own build; all else is kept under target/python.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/python
tools=$home/tools

. "$root/ci/python/profile.sh"
. "$root/ci/python/environments.sh"

if [ ! -x "$tools/bin/maturin" ] || [ ! -x "$tools/bin/ruff" ]; then
    environment "$tools"
    packages "$tools" 'maturin>=1.9,<2' 'ruff>=0.15,<1'
fi
"$tools/bin/ruff" format --check --quiet "$root/python"
"$tools/bin/ruff" check --quiet "$root/python"

rm -rf "$home/clone" "$home/dist" "$home/unpacked" "$home/venv"
if [ -n "$(git -C "$root" status --porcelain)" ]; then
    echo "The package is that of the last commit, without what is changed since."
fi
git clone --quiet --depth 1 "file://$root" "$home/clone"
cd "$home/clone"
"$tools/bin/maturin" sdist --out "$home/dist"
mkdir "$home/unpacked"
# With the times of now: the archive has old ones, and Cargo would build nothing anew.
tar -xzmf "$home"/dist/zhengben-*.tar.gz -C "$home/unpacked" --strip-components=1
(cd "$home/unpacked" &&
    "$tools/bin/maturin" build --quiet $MATURIN_PEP517_ARGS --out "$home/dist")

environment "$home/venv"
python=$home/venv/bin/python
python3 -m pip --python "$python" install --quiet "$home"/dist/zhengben-*.whl
"$python" -c 'import zhengben; assert zhengben.fix_text("漢語") == "汉语"'
packages "$home/venv" -r "$root/python/tests/requirements.txt"

cd "$home/clone/python/tests"
"$python" -m pytest --quiet -p no:cacheprovider "$@"
# From a folder in which there is nothing, they look at what is installed.
mkdir -p "$home/empty"
cd "$home/empty"
# ci/scrapers.sh has Scrapy.
"$python" -m mypy --config-file "$root/pyproject.toml" --package zhengben \
    --exclude 'zhengben/scrapy/'
"$python" -m mypy.stubtest zhengben._zhengben
