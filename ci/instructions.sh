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
# As .ci/run compiles all it runs, with the features that its tests ask for.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_LTO=off CARGO_PROFILE_DEV_CODEGEN_UNITS=16
export CARGO_INCREMENTAL=0
cargo build --quiet --package zhengben --package xtask --lib --bins --tests --examples
exec "${CARGO_TARGET_DIR:-target}/debug/xtask" instructions "$@"
