#!/bin/sh
# Compiles for ci/fuzz.sh: what is ours tells the fuzzer where it has been, all else is compiled
# as it is for the tests, with which it is shared.
case $CARGO_PKG_NAME in
zhengben | zhengben-fuzz)
    set -- "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
        -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing
    ;;
esac
exec "$@"
