#!/bin/sh
# Tests what the Python package has for scrapers, and docs/scrapers.md, against a server
# on this machine:
#
#     ci/scrapers.sh [pytest option...]
#
# Needs python3 with pip, which gets Scrapy and the others from PyPI. The package is the
# wheel that ci/python.sh has built; if there is none, or sources are newer, it is built
# here. All is kept under target/python.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/python
python=$home/scrapers/bin/python
. "$root/ci/python/environments.sh"

# The program that the documentation runs.
if [ -z "${ZHENGBEN_FETCH:-}" ]; then
    cargo build --quiet --manifest-path "$root/Cargo.toml" --example fetch
    ZHENGBEN_FETCH=$target/debug/examples/fetch
fi
export ZHENGBEN_FETCH

. "$root/ci/python/profile.sh"
if [ ! -x "$home/scrapers/bin/pytest" ]; then
    environment "$home/scrapers"
    packages "$home/scrapers" -r "$root/python/tests_scrapers/requirements.txt"
fi
wheel=$(ls -t "$home"/dist/zhengben-*.whl 2>/dev/null | head -n 1)
if [ -z "$wheel" ] || [ -n "$(find "$root/python/zhengben" "$root/python/src" "$root/src" \
    -name '*.so' -prune -o -type f -newer "$wheel" -print | head -n 1)" ]; then
    rm -f "$home"/dist/zhengben-*.whl
    python3 -m pip wheel --quiet --no-deps --wheel-dir "$home/dist" "$root"
fi
packages "$home/scrapers" --no-deps --force-reinstall "$home"/dist/zhengben-*.whl

# From a folder in which there is nothing, it looks at what is installed.
mkdir -p "$home/empty"
cd "$home/empty"
"$python" -m mypy --strict --package zhengben.scrapy
cd "$root/python/tests_scrapers"
"$python" -m mypy --strict --cache-dir "$home/empty/.mypy_cache" .
"$python" -m pytest --quiet -p no:cacheprovider "$@"
