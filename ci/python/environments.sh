# Sourced by the checks that need packages of Python, with $target set: uv installs them
# in a tenth of pip's time; where it cannot be had, pip does. What is downloaded is kept
# under target/python, and the bytecode that Python makes of it: without, each of an engine's
# processes would compile its libraries for itself, for seconds.
export UV_CACHE_DIR="$target/python/downloads" PIP_CACHE_DIR="$target/python/downloads/pip"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONPYCACHEPREFIX="$target/python/bytecode"
unset PYTHONDONTWRITEBYTECODE
uv=$target/python/uv/bin/uv

# A new environment in a folder, or the one that is there.
environment() {
    [ -x "$1/bin/python" ] || python3 -m venv --without-pip "$1"
}

# Installs into the environment in a folder what pip's arguments name.
packages() {
    folder=$1
    shift
    if [ ! -x "$uv" ]; then
        python3 -m venv "$target/python/uv"
        "$target/python/uv/bin/python" -m pip install --quiet 'uv>=0.8,<1' || true
    fi
    if [ -x "$uv" ] && "$uv" pip install --quiet --python "$folder/bin/python" "$@"; then
        return
    fi
    python3 -m pip --python "$folder/bin/python" install --quiet "$@"
}
