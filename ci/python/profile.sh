# Sourced by the checks that build the Python package, with $target set: what it has in common
# with all that .ci/run builds is compiled once. The library itself has little optimisation,
# since it is built anew from each clone; and built otherwise than this checkout's own, neither
# of the two is taken for the other, which Cargo tells apart by times alone.
export CARGO_TARGET_DIR="$target"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
# As pip, too, gives it to maturin.
export MATURIN_PEP517_ARGS="--config profile.release.package.zhengben.opt-level=1"
