#!/bin/sh
# Gets the model of words that the language model learns from:
#
#     ci/words.sh FILE
#
# It is in Debian's source package libime, which apt fetches from the mirror that
# this machine is set up for, and checks; apt's own lists stay as they are.
# Fails, saying why, where apt has no such package. `xtask` checks the file's
# SHA-256.
set -eu

package=libime
version=1.0.16-1
file=$1

if [ -e "$file" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "there is no apt to get $package $version with" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt downloads as a user of its own, if it may.
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/none"

# The mirror's packages as sources. What apt calls the places of the binary
# packages is known only of lists that it has.
format='deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
format="$format \$(REPO_URI) \$(CODENAME) \$(COMPONENT)"
apt-get indextargets --format "$format" \
    'Created-By: Packages' 'Origin: Debian' 'Component: main' |
    sort -u >"$work/sources.list"
if [ ! -s "$work/sources.list" ]; then
    echo "apt has no lists of a Debian mirror: run apt-get update" >&2
    exit 1
fi

set -- -qq -o "Dir::Etc::sourcelist=$work/sources.list" \
    -o "Dir::Etc::sourceparts=$work/none" -o "Dir::State::lists=$work/lists" \
    -o "Dir::Cache=$work/cache" -o Acquire::Retries=2
cd "$work"
if ! apt-get "$@" update >log 2>&1 ||
    ! apt-get "$@" source --download-only --only-source "$package=$version" >>log 2>&1; then
    cat log >&2
    echo "apt cannot get the source package $package $version" >&2
    exit 1
fi
cd - >/dev/null

mkdir -p "$(dirname "$file")"
tar -xJOf "$work/${package}_${version%-*}.orig.tar.xz" \
    "$package-${version%-*}/data/lm_sc.arpa-20220810.tar.xz" >"$work/inner.tar.xz"
tar -xJOf "$work/inner.tar.xz" lm_sc.arpa >"$work/lm_sc.arpa"
mv "$work/lm_sc.arpa" "$file"
