#!/bin/sh
# Opens the HTML report in Debian's Chromium and checks it:
#
#     ci/html-report.sh [PROGRAM]
#
# It is made by a program that is there, or else by this checkout's, built for it. Gets the
# browser from apt and what drives it from npm, in the versions that
# ci/html-report/package-lock.json names; reports and screenshots are in
# target/html-report. Says so and succeeds where there is neither npm nor apt.
set -eu
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null && ! command -v apt-get >/dev/null; then
    echo "SKIPPED: the HTML report in a browser, for want of npm and apt"
    exit 0
fi

. ci/debian.sh
need npm npm
need chromium chromium fonts-noto-cjk

target=${CARGO_TARGET_DIR:-target}
work=$target/html-report
mkdir -p "$work/driver"
cp ci/html-report/package.json ci/html-report/package-lock.json ci/html-report/check.mjs \
    "$work/driver/"
npm ci --prefix "$work/driver" --ignore-scripts --no-audit --no-fund --silent

if [ $# -eq 0 ]; then
    cargo build --quiet --release
    set -- "$target/release/zhengben"
fi
node "$work/driver/check.mjs" "$(command -v chromium)" "$1" "$work"
