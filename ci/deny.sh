#!/bin/sh
# Holds the dependencies to deny.toml, and collects the licences of those that are compiled
# into the command:
#
#     ci/deny.sh
#
# Known vulnerabilities are not looked up here, since their database is fetched from the net:
# `cargo deny --workspace check advisories` does that.
set -eu
cd "$(dirname "$0")/.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
tool=cargo-deny
. ci/tools/path.sh

cargo deny --locked --workspace check --hide-inclusion-graph licenses bans sources

python3 ci/licences.py "$target/THIRD-PARTY.txt"
