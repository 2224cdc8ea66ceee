# Sourced by the checks that build the Python package: they share what they compile, in
# $target/pre-commit/cargo, and optimise little.
export CARGO_TARGET_DIR="$target/pre-commit/cargo"
export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
