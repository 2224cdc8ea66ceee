# Sourced by the checks that build the Python package, with $target set: what it has in common
# with all that .ci/run builds is compiled once. Built otherwise than this checkout's own
# library, neither of the two is taken for the other, which Cargo tells apart by times alone.
export CARGO_TARGET_DIR="$target" CARGO_INCREMENTAL=0
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_LTO=off CARGO_PROFILE_DEV_CODEGEN_UNITS=16
# As pip, too, gives it to maturin.
export MATURIN_PEP517_ARGS="--profile dev --config profile.dev.package.zhengben.opt-level=2"
