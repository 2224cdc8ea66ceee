#!/bin/sh
# Counts the instructions that cleaning takes, and compares them with what is recorded:
#
#     ci/instructions.sh
#     ci/instructions.sh --overwrite   # records them
#
# Gets valgrind from apt. Says so and succeeds where there is neither.
set -eu
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
    if ! command -v apt-get >/dev/null; then
        echo "SKIPPED: the instructions, for want of valgrind and apt"
        exit 0
    fi
    . ci/debian.sh
    need valgrind valgrind
fi
# As CI compiles all it runs: without optimisation at link time, which takes minutes.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
exec cargo run --quiet --release --package xtask -- instructions "$@"
