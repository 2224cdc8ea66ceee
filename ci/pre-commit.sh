#!/bin/sh
# Tests the hooks for pre-commit and the GitHub action as docs/pre-commit.md has them:
#
#     ci/pre-commit.sh
#
# Needs python3 with pip, which gets pre-commit and the validators from PyPI, and git.
# The hooks are built from what is committed, and what is theirs is kept under
# target/pre-commit.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/pre-commit
venv=$home/venv

. "$root/ci/python/environments.sh"
if [ ! -x "$venv/bin/pre-commit" ] || [ ! -x "$venv/bin/check-jsonschema" ]; then
    environment "$venv"
    packages "$venv" 'pre-commit>=4,<5' 'check-jsonschema>=0.30,<1'
fi

cd "$root"
"$venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
"$venv/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml

# pre-commit builds each hook in an environment of its own; what they are built from is
# the same.
. ci/python/profile.sh
# They clean a few lines, so that little optimisation is enough.
export MATURIN_PEP517_ARGS="--profile dev --config profile.dev.package.zhengben.opt-level=1"
export PRE_COMMIT_HOME="$home/cache"
PATH="$venv/bin:$PATH" exec "$venv/bin/python" ci/pre-commit/test.py
