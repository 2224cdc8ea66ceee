#!/bin/sh
# Says how many lines of src/ the tests run, by file, the least first:
#
#     ci/coverage.sh [CARGO-TEST-ARGUMENT…]
#
# Without arguments, all tests of the library and the command. Needs the tools of the LLVM
# that rustc has, such as Debian's llvm-22, which apt gets where they are missing. All is kept
# under target/coverage. Takes a quarter of an hour, so that .ci/run does without.
set -eu
cd "$(dirname "$0")/.."

version=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
. ci/debian.sh
need "llvm-cov-$version" "llvm-$version"

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/coverage
raw=$target/raw
rm -rf "$raw"
export CARGO_TARGET_DIR="$target" CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0
export RUSTFLAGS="-C instrument-coverage" LLVM_PROFILE_FILE="$raw/%p-%8m.profraw"
cargo test --quiet --no-fail-fast --package zhengben "$@"

# A killed process leaves half a profile.
"llvm-profdata-$version" merge --sparse --failure-mode=all "$raw" --output "$target/profile"
set --
for file in "$target"/debug/deps/* "$target/debug/zhengben"; do
    # Programs of tests, each of which has the library in it.
    if [ -f "$file" ] && [ -x "$file" ] && [ "${file%.*}" = "$file" ]; then
        set -- "$@" --object "$file"
    fi
done
"llvm-cov-$version" export --summary-only --instr-profile "$target/profile" "$@" \
    --ignore-filename-regex '(/tests/|/tests\.rs$|/xtask/|/\.cargo/|/rustc/)' >"$target/report.json"
python3 - "$target/report.json" "$PWD/src/" <<'END'
import json, sys

report, folder = sys.argv[1:]
with open(report, encoding="utf-8") as file:
    files = json.load(file)["data"][0]["files"]
rows = []
for file in files:
    if file["filename"].startswith(folder):
        lines = file["summary"]["lines"]
        rows.append((lines["percent"], lines["count"] - lines["covered"], lines["count"], file["filename"]))
for percent, missed, count, name in sorted(rows):
    print(f"{percent:5.1f} %  {missed:4} of {count:4} lines not run  {name.removeprefix(folder)}")
count = sum(row[2] for row in rows)
covered = count - sum(row[1] for row in rows)
print(f"{100 * covered / count:5.1f} %  of {count} lines")
END
