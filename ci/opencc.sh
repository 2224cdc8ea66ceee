#!/bin/sh
# Runs a command with the OpenCC library to link to:
#
#     ci/opencc.sh cargo test --features opencc
#
# Builds the library from its source package on the first run, about a minute,
# and keeps it under target/opencc. Needs python3 with pip, and a C++ compiler.
# If ../shared/corpora is there, its texts are unpacked beside it, and one of
# them is made Traditional, for tests/opencc.rs to compare.
set -eu

version=1.4.2
root=$(cd "$(dirname "$0")/.." && pwd)
home=${CARGO_TARGET_DIR:-$root/target}/opencc/$version
corpora=$root/../shared/corpora

if [ ! -e "$home/done" ]; then
    rm -rf "$home"
    mkdir -p "$home/build"
    cd "$home/build"
    if command -v cmake >/dev/null; then
        cmake=cmake
    else
        python3 -m venv "$home/build/venv"
        "$home/build/venv/bin/python" -m pip install --quiet cmake
        cmake=$home/build/venv/bin/cmake
    fi
    # Only OpenCC itself from source: with ":all:", pip would build cmake too.
    python3 -m pip download --quiet --no-deps --no-binary opencc "opencc==$version"
    tar xzf "opencc-$version.tar.gz"
    "$cmake" -S "opencc-$version" -B cmake -DCMAKE_BUILD_TYPE=Release \
        -DBUILD_SHARED_LIBS=OFF -DCMAKE_INSTALL_PREFIX="$home" \
        -DCMAKE_INSTALL_LIBDIR=lib >log 2>&1 || { cat log; exit 1; }
    "$cmake" --build cmake --parallel "$(nproc)" >log 2>&1 || { cat log; exit 1; }
    "$cmake" --install cmake >log 2>&1 || { cat log; exit 1; }
    cd "$root"
    rm -rf "$home/build"
    touch "$home/done"
fi

if [ -d "$corpora" ]; then
    texts=$home/corpora
    if [ ! -d "$texts" ]; then
        rm -rf "$texts.new"
        mkdir "$texts.new"
        for file in "$corpora"/*.txt.xz; do
            xz -dc "$file" | head -c 200000 | sed '$d' >"$texts.new/$(basename "$file" .xz)"
        done
        # One file for each kind of Traditional: a sample of all.
        for config in s2t s2twp s2hk; do
            cat "$texts.new"/[a-z]*_*.txt | head -n 9000 |
                "$home/bin/opencc" -c "$config" >"$texts.new/$config.txt"
        done
        mv "$texts.new" "$texts"
    fi
    export ZHENGBEN_CORPORA="$texts"
fi

export OPENCC_STATIC=1 OPENCC_DYLIB_STDCPP=1 OPENCC_LIBS=opencc:marisa
export OPENCC_LIB_DIRS="$home/lib" OPENCC_INCLUDE_DIRS="$home/include/opencc"
exec "$@"
