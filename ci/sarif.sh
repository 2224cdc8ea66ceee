#!/bin/sh
# Holds SARIF logs to the official schema:
#
#     ci/sarif.sh [cargo test option...]
#
# The schema is OASIS's sarif-schema-2.1.0.json. It is not ours to keep; the crate
# serde-sarif has it, which cargo fetches and checks.
set -eu
cd "$(dirname "$0")/.."

version=0.8.0
sum=af47e7b67f24efe74076621fd3a5fbe7398add9e84fe820c971219a385895cea
work=${CARGO_TARGET_DIR:-target}/sarif
schema=$work/sarif-schema-2.1.0.json

if [ ! -e "$schema" ]; then
    mkdir -p "$work/src"
    cat >"$work/Cargo.toml" <<END
[package]
name = "sarif-schema"
version = "0.0.0"
edition = "2021"

[dependencies]
serde-sarif = { version = "=$version", default-features = false }

[workspace]
END
    : >"$work/src/lib.rs"
    manifest=$(cargo metadata --format-version 1 --manifest-path "$work/Cargo.toml" |
        tr ',' '\n' | sed -n "s|^\"manifest_path\":\"\(.*/serde-sarif-$version\)/Cargo.toml\".*|\1|p" | head -n 1)
    cp "$manifest/src/schema.json" "$schema"
fi
echo "$sum  $schema" | sha256sum --check --quiet

SARIF_SCHEMA=$(realpath "$schema") cargo test --test schema "$@" sarif -- --ignored
