#!/bin/sh
# Compiles the command statically, as docs/install.md says but without optimisation, and runs
# it where there is nothing else:
#
#     ci/static.sh
#
# Needs Linux with the GNU C library and its static part, which Debian's libc6-dev has. Without
# the rights to change the root it runs in a usual folder.
set -eu
cd "$(dirname "$0")/.."

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
triple=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$target/static"
RUSTFLAGS='-C target-feature=+crt-static' cargo build --quiet --locked --target "$triple" \
    --config profile.dev.package.zhengben.opt-level=0

program=$CARGO_TARGET_DIR/$triple/debug/zhengben
# Whoever has an interpreter is linked when it is run.
if readelf --program-headers --wide "$program" | grep INTERP; then
    echo "it is not static" >&2
    exit 1
fi

root=$CARGO_TARGET_DIR/root
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
