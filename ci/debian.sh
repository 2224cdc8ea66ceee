# Sourced by the checks that need packages of Debian.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    as_root apt-get update -qq &&
        as_root apt-get install -y -qq --no-install-recommends "$@"
}

# A command, and the packages that bring it where there is none.
need() {
    if ! command -v "$1" >/dev/null; then
        shift
        install_packages "$@" >/dev/null
    fi
}
