#!/bin/sh
# Tests what the Python package has for scrapers, and docs/scrapers.md, against a server
# on this machine:
#
#     ci/scrapers.sh [pytest option...]
#
# Needs python3 with pip, which gets Scrapy and the others from PyPI. The package is the
# wheel that ci/python.sh has built; if there is none, one is built. All is kept under
# target/python/scrapers.
set -eu
cd "$(dirname "$0")/.."

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
venv=$target/python/scrapers
python=$venv/bin/python

if [ ! -x "$venv/bin/pytest" ]; then
    python3 -m venv "$venv"
    # trafilatura's own lxml needs the last one, and older pip does not see it.
    "$python" -m pip install --quiet --disable-pip-version-check \
        'scrapy>=2.13,<3' 'trafilatura>=2,<3' 'requests>=2,<3' 'httpx>=0.28,<1' lxml_html_clean \
        'pytest>=9,<10' 'mypy>=2,<3' types-requests
fi

newest() {
    ls -t "$target"/wheels/zhengben-*.whl 2>/dev/null | head -n 1
}
wheel=$(newest)
if [ -z "$wheel" ]; then
    "$python" -m pip wheel --quiet --disable-pip-version-check --no-deps \
        --wheel-dir "$target/wheels" .
    wheel=$(newest)
fi
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$wheel"

# The program that the documentation runs.
if [ -z "${ZHENGBEN_FETCH:-}" ]; then
    cargo build --quiet --example fetch
    ZHENGBEN_FETCH=$target/debug/examples/fetch
fi
export ZHENGBEN_FETCH PYTHONDONTWRITEBYTECODE=1

"$python" -m mypy --strict --cache-dir "$target/python/mypy" --package zhengben.scrapy
cd python/tests_scrapers
"$python" -m mypy --strict --cache-dir "$target/python/mypy" .
exec "$python" -m pytest -p no:cacheprovider "$@"
