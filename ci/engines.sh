#!/bin/sh
# Tests the engines, each with its worker processes, on 50,000 documents:
#
#     ci/engines.sh [ENGINE…]
#     ci/engines.sh --prepare
#
# of shards, ray, spark, datatrove and local (Polars and DuckDB). Needs the wheel that
# ci/python.sh has built, and python3 with pip, which gets the engines from PyPI, 1 GB of
# them; each has an environment of its own. Spark needs a Java, which apt gets where there is
# none. All is kept under target/python: what was downloaded, too. With `--prepare` it only
# makes the environments, for which there need be no wheel: it can be built meanwhile.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/python/engines
tests=$root/python/tests_engines
. "$root/ci/python/environments.sh"
. "$root/ci/debian.sh"
export PYTHONPATH="$tests"
# Its workers would give way to whatever else the machine does.
export RAY_USAGE_STATS_ENABLED=0 RAY_worker_niceness=0 SPARK_LOCAL_IP=127.0.0.1
# For tests this short, compiling what Java runs well takes longer than running it.
export JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# Ray and datatrove leave files in the home folder.
mkdir -p "$home/home"

# Java is not in PyPI.
java_is_there() {
    command -v java >/dev/null && return
    command -v apt-get >/dev/null || return 1
    need java default-jre-headless
}

# The extras of the package that an engine's environment has.
extras_of() {
    case $1 in
    shards | local) echo parquet,polars,duckdb ;;
    *) echo "$1" ;;
    esac
}

# The folder of its environment.
folder_of() {
    case $1 in
    shards) echo "$home/local" ;;
    *) echo "$home/$1" ;;
    esac
}

# What the extras ask for, before there is a wheel that says it.
prepare() {
    folder=$(folder_of "$1")
    environment "$folder"
    python3 - "$root/pyproject.toml" "$(extras_of "$1")" >"$folder/requirements.txt" <<'END'
import sys, tomllib

with open(sys.argv[1], "rb") as file:
    extras = tomllib.load(file)["project"]["optional-dependencies"]
for extra in sys.argv[2].split(","):
    print(*extras[extra], sep="\n")
END
    packages "$folder" -r "$folder/requirements.txt" 'pytest>=8,<10'
}

if [ "${1:-}" = --prepare ]; then
    for engine in local ray spark datatrove; do
        prepare "$engine"
    done
    exit
fi

wheel=$(echo "$target"/python/dist/zhengben-*.whl)
if [ ! -e "$wheel" ]; then
    echo "there is no wheel to test: ci/python.sh builds it" >&2
    exit 1
fi

# An environment with the wheel and what its extras ask for.
engine() {
    folder=$(folder_of "$1")
    python=$folder/bin/python
    environment "$folder" &&
        packages "$folder" "$wheel[$(extras_of "$1")]" 'pytest>=8,<10' &&
        packages "$folder" --no-deps --force-reinstall "$wheel"
}

# What all engines clean, and what a single process makes of it.
engine local
export ENGINES_CORPUS="$home/corpus"
rm -rf "$ENGINES_CORPUS"
"$python" -c "import corpus, pathlib, sys; corpus.prepare(pathlib.Path(sys.argv[1]))" "$ENGINES_CORPUS"

# Tests engines, one after the other.
tests_of() {
    for engine in "$@"; do
        printf '\n--> %s\n' "$engine"
        if [ "$engine" = spark ] && ! java_is_there; then
            echo "SKIPPED: Spark, for want of a Java"
            continue
        fi
        engine "$engine" || return
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
tests_of ray datatrove >"$home/second.log" 2>&1 &
second=$!
code=0
tests_of shards local spark || code=$?
wait "$second" || code=$?
cat "$home/second.log"
exit "$code"
