#!/bin/sh
# Links the command statically, as docs/install.md says, and runs it where there is nothing
# else:
#
#     ci/static.sh [CARGO-RUSTC-OPTION…]
#
# With `--release`, as the page has it, if no option is given. Needs Linux with the GNU C
# library and its static part, which Debian's libc6-dev has. Without the rights to change the
# root it runs in a usual folder.
set -eu
cd "$(dirname "$0")/.."

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
[ $# -gt 0 ] || set -- --release
cargo rustc --quiet --locked "$@" --bin zhengben --message-format json-render-diagnostics -- \
    -C target-feature=+crt-static >"$target/static.json"
program=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$target/static.json")

# Whoever has an interpreter is linked when it is run.
if readelf --program-headers --wide "$program" | grep INTERP; then
    echo "it is not static" >&2
    exit 1
fi

root=$target/static
rm -rf "$root"
mkdir -p "$root"
cp "$program" examples/reprint.txt "$root"
cd "$root"
if [ "$(id -u)" -eq 0 ]; then
    chroot . /zhengben clean --write reprint.txt || [ $? -eq 1 ]
else
    ./zhengben clean --write reprint.txt || [ $? -eq 1 ]
fi
cd - >/dev/null
diff "$root/reprint.txt" examples/reprint.restored.txt
