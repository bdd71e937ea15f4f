#!/usr/bin/env bash
# debian.sh FOLDER PACKAGE...: installs Debian packages as root, or else unpacks them and all that they need and
# this machine lacks under FOLDER/root. Called by setup.sh.
set -euo pipefail

folder=$1
shift

main() {
    command -v apt-get || { echo "This machine has no apt-get." && exit 1; }
    export DEBIAN_FRONTEND=noninteractive
    if ((EUID == 0)); then
        as_root install "$@" || { refresh as_root && as_root install "$@"; }
    else
        privately "$@"
    fi
}

as_root() { apt-get -q -y -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=false "$@"; }

# Another apt-get may hold the package lists' lock, which no option waits for.
refresh() {
    for _ in {1..10}; do
        "$@" update && return
        sleep 5
    done
    return 1
}

# apt with its state in our folder; what the machine has already is read from the machine.
as_anybody() {
    apt-get -q -y -o Dir::State="$folder/apt" -o Dir::State::Lists="$folder/apt/lists" -o Dir::Cache="$folder/apt" \
        -o Dir::State::status=/var/lib/dpkg/status -o Debug::NoLocking=true -o Acquire::Languages=none \
        -o APT::Install-Recommends=false "$@"
}

privately() {
    mkdir -p "$folder"/apt/{lists,archives}/partial "$folder/root"
    refresh as_anybody
    as_anybody install --download-only "$@"
    for package in "$folder"/apt/archives/*.deb; do
        [[ $package == */libc6_* ]] && continue # the machine's own loader needs its own C library
        dpkg-deb -x "$package" "$folder/root"
    done
    rm -rf "$folder/apt"
}

main "$@"
