#!/bin/sh
# Runs the fuzz targets for a short time, from the cases of the tests on:
#
#     ci/fuzz.sh [SECONDS [TARGET…]]
#
# 10 seconds each if it is not said, two at once. Compiled as cargo-fuzz does without a
# sanitizer, but with little optimisation, and without cargo-fuzz, which takes longer to
# compile than the targets. What makes a target fail is left in target/fuzz/found.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-10}
[ $# -eq 0 ] || shift
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')

coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
    -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
# For a target of its own: what runs while compiling has no coverage to tell.
RUSTFLAGS=$(echo $coverage) CARGO_TARGET_DIR=$target \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=none \
    cargo build --quiet --release --manifest-path fuzz/Cargo.toml --target "$host"

python3 fuzz/seeds.py
mkdir -p "$target/found" "$target/logs"
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)

# What is new to a target stays out of the corpus of whoever runs longer.
export target seconds host
printf '%s\n' "$@" | xargs -P 2 -I NAME sh -c '
    new=$(mktemp -d)
    if "$target/$host/release/NAME" -max_total_time="$seconds" -timeout=25 -max_len=6000 \
        -rss_limit_mb=4000 -artifact_prefix="$target/found/NAME-" "$new" fuzz/corpus/NAME \
        >"$target/logs/NAME" 2>&1; then
        rm -r "$new"
        sed -n "s/^Done \(.*\) runs in .*/NAME: \1 executions/p" "$target/logs/NAME"
    else
        rm -r "$new"
        tail -n 40 "$target/logs/NAME"
        exit 255
    fi'
