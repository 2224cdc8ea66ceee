#!/bin/sh
# Tests the crate as it is published:
#
#     ci/package.sh [CARGO-TEST-ARGUMENT…]
#
# Packs it from what is committed, says how large it is, unpacks it into a folder of its own
# and runs its tests there: without arguments those that say in little time whether something
# is missing. All tests are in the archive; `ci/package.sh --release --no-fail-fast` runs all
# of them. Needs git; what is compiled of other crates is shared with the repository's own
# tests.
set -eu

# crates.io takes no more.
limit=10000000

root=$(cd "$(dirname "$0")/.." && pwd)
target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
home=$target/archive

rm -rf "$home"
mkdir -p "$home/unpacked"
if [ -n "$(git -C "$root" status --porcelain)" ]; then
    echo "The package is that of the last commit, without what is changed since."
fi
git clone --quiet --depth 1 "file://$root" "$home/clone"
# Cargo would only build it; its tests do more.
(cd "$home/clone" &&
    cargo package --quiet --locked --no-verify --package zhengben --target-dir "$home/packed")

archive=$(echo "$home"/packed/package/zhengben-*.crate)
size=$(wc -c <"$archive")
echo "$(basename "$archive"): $size bytes"
if [ "$size" -gt "$limit" ]; then
    echo "it is larger than $limit bytes" >&2
    exit 1
fi

# With the times of now: the archive has old ones, and Cargo would build nothing anew.
tar -xzmf "$archive" -C "$home/unpacked" --strip-components=1
cd "$home/unpacked"
export CARGO_TARGET_DIR="$target"
if [ $# -gt 0 ]; then
    exec cargo test --locked "$@"
fi

# Compiling takes longest, and least without optimisation; two tests take a minute then. What
# is tested here is the archive: the repository's own tests try more cases of each property.
export CARGO_INCREMENTAL=0 PROPTEST_CASES=16
run() {
    cargo test --quiet --locked --config profile.dev.package.zhengben.opt-level=0 "$@"
}
run --lib -- --skip the_index_changes_no_decision --skip a_search_does_not_grow_with_the_text
run --test cases --test dictionary --test encoding --test pages --test readme
run --doc
