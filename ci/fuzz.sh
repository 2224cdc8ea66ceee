#!/bin/sh
# Runs the fuzz targets for a short time, from the cases of the tests on:
#
#     ci/fuzz.sh [SECONDS [TARGET…]]
#
# 10 seconds each if it is not said, two at once. Without cargo-fuzz, which takes longer to
# compile than the targets, and without a sanitizer. Compiled as the tests are, which checks
# more than a release build does, and shares other crates with them. What makes a target fail
# is left in target/fuzz/found.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-10}
[ $# -eq 0 ] || shift
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
RUSTC_WRAPPER=$PWD/ci/fuzz/rustc.sh CARGO_TARGET_DIR=$target \
    cargo build --quiet --manifest-path fuzz/Cargo.toml
programs=$target/debug
target=$target/fuzz

python3 fuzz/seeds.py
mkdir -p "$target/found" "$target/logs"
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)

# What is new to a target stays out of the corpus of whoever runs longer.
export target programs seconds
printf '%s\n' "$@" | xargs -P 2 -I NAME sh -c '
    new=$(mktemp -d)
    if "$programs/NAME" -max_total_time="$seconds" -timeout=25 -max_len=6000 \
        -rss_limit_mb=4000 -artifact_prefix="$target/found/NAME-" "$new" fuzz/corpus/NAME \
        >"$target/logs/NAME" 2>&1; then
        rm -r "$new"
        sed -n "s/^Done \(.*\) runs in .*/NAME: \1 executions/p" "$target/logs/NAME"
    else
        rm -r "$new"
        tail -n 40 "$target/logs/NAME"
        exit 255
    fi'
