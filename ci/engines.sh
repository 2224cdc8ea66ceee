#!/bin/sh
# Tests the engines, each with its worker processes, on 50,000 documents:
#
#     ci/engines.sh [ENGINE…]
#
# of shards, ray, spark, datatrove and local (Polars and DuckDB). Needs the wheel that
# ci/python.sh has built, and python3 with pip, which gets the engines from PyPI, 1 GB of
# them; each has an environment of its own. Spark needs a Java, which apt gets where there is
# none. All is kept under target/python: what was downloaded, too.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/python/engines
tests=$root/python/tests_engines
wheel=$(echo "$target"/python/dist/zhengben-*.whl)
if [ ! -e "$wheel" ]; then
    echo "there is no wheel to test: ci/python.sh builds it" >&2
    exit 1
fi

. "$root/ci/python/environments.sh"
export PYTHONPATH="$tests"
# Its workers would give way to whatever else the machine does.
export RAY_USAGE_STATS_ENABLED=0 RAY_worker_niceness=0 SPARK_LOCAL_IP=127.0.0.1
# Ray and datatrove leave files in the home folder.
mkdir -p "$home/home"

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Java is not in PyPI.
java_is_there() {
    command -v java >/dev/null && return
    command -v apt-get >/dev/null || return 1
    as_root apt-get update -qq &&
        as_root apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
}

# An environment with the wheel and what its extras ask for.
engine() {
    python=$home/$1/bin/python
    environment "$home/$1" &&
        packages "$home/$1" "$wheel[$2]" 'pytest>=8,<10' &&
        packages "$home/$1" --no-deps --force-reinstall "$wheel"
}

# What all engines clean, and what a single process makes of it.
engine local parquet,polars,duckdb
export ENGINES_CORPUS="$home/corpus"
rm -rf "$ENGINES_CORPUS"
"$python" -c "import corpus, pathlib, sys; corpus.prepare(pathlib.Path(sys.argv[1]))" "$ENGINES_CORPUS"

# Tests engines, one after the other.
tests_of() {
    for engine in "$@"; do
        printf '\n--> %s\n' "$engine"
        case $engine in
        shards | local) engine local parquet,polars,duckdb || return ;;
        spark)
            if ! java_is_there; then
                echo "SKIPPED: Spark, for want of a Java"
                continue
            fi
            engine spark spark || return
            ;;
        *) engine "$engine" "$engine" || return ;;
        esac
        (cd "$home" && HOME="$home/home" "$python" -m pytest --quiet -p no:cacheprovider \
            --basetemp "$home/tmp/$engine" -W ignore --show-capture stderr \
            --durations 5 --durations-min 5 "$tests/test_$engine.py") || return
        rm -rf "$home/tmp/$engine"
    done
}

mkdir -p "$home/tmp"
if [ $# -gt 0 ]; then
    tests_of "$@"
    exit
fi
# Much of the time an engine waits for its processes to begin: two rows of tests at once.
tests_of ray spark >"$home/second.log" 2>&1 &
second=$!
code=0
tests_of shards local datatrove || code=$?
wait "$second" || code=$?
cat "$home/second.log"
exit "$code"
