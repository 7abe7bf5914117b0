#!/usr/bin/env bash
# `make run` and `make test` as on a machine that has nothing yet: a fresh Debian 12 with the Swift toolchain's documented
# prerequisites, and this clone. As root; needs debootstrap, 3 GB below /var/tmp (BARE_FOLDER) and half an hour.
#
# How this machine gets packages (apt's Debian sources, pip, git, certificates) is handed on; nothing else is.
# BARE_COMMAND runs something else than `make test`; BARE_KEEP=yes leaves the folder for a look.
# shellcheck source-path=SCRIPTDIR/../deploy/local source-path=SCRIPTDIR
set -euo pipefail
umask 022

clone=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=lib.sh
. "$clone/deploy/local/lib.sh"
# shellcheck source=toolchain.sh
. "$clone/deploy/local/toolchain.sh"
# shellcheck source=debian.sh
. "$clone/Tests/debian.sh"

# https://www.swift.org/install/linux/ for Debian 12; make and the certificates that fetching needs.
prerequisites=(binutils ca-certificates git gnupg2 libc6-dev libcurl4 libedit2 libgcc-12-dev libncurses6 libpython3.11
    libsqlite3-0 libstdc++-12-dev libxml2 libz3-dev make pkg-config tzdata zlib1g-dev)

make_root() {
    make_debian "$root"
    mkdir -p -- "$root/root/.config/pip" "$root/garita"
    inside bash -c "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
        ${prerequisites[*]}" >>"$root.log" 2>&1 || fail "The prerequisites failed: $(tail -n 1 "$root.log")"
    for file in /etc/gitconfig /etc/pip.conf "$HOME/.config/pip/pip.conf"; do
        [ ! -f "$file" ] || cp -- "$file" "$root${file/#$HOME//root}"
    done
}

# copy_clone: what belongs to the project, as it lies here, with its history.
copy_clone() {
    (cd -- "$clone" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar -c --ignore-failed-read) 2>/dev/null |
        tar -x -C "$root/garita"
}

# handed_on: folders of this machine that its configuration of git and pip names.
handed_on() {
    { git config --system --get-regexp '^url\.' 2>/dev/null | sed 's/^url\.//; s/\.insteadof .*//'; env | sed -n 's/^PIP_FIND_LINKS=//p'
      sed -n 's/^find-links *= *//p' /etc/pip.conf 2>/dev/null; } | sed -n 's|^\(/.*[^/]\)/*$|\1|p' | sort -u
}

# inside COMMAND...: in the root, with processes and mounts of its own, which end with it.
inside() {
    local folder binds=()
    for folder in "$toolchain" $(handed_on); do
        [ ! -d "$folder" ] || binds+=("$folder")
    done
    # shellcheck disable=SC2016 # the inner shell expands it
    unshare --mount --propagation private --pid --fork --kill-child sh -euc '
        root=$1 count=$2; shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
        while [ "$count" -gt 0 ]; do
            mkdir -p "$root$1"
            mount --bind "$1" "$root$1"
            mount -o remount,bind,ro "$root$1"
            shift; count=$((count - 1))
        done
        exec chroot "$root" "$@"' sh "$root" "${#binds[@]}" "${binds[@]}" \
        /usr/bin/env -i HOME=/root "PATH=$toolchain/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin" "${pip[@]}" "$@"
}

# try_run PORT: until the greeting, then ended as a person would from another terminal.
try_run() {
    # shellcheck disable=SC2016 # the inner shell expands it
    inside bash -c 'cd /garita && export GARITA_PORT=$1
        make run >/tmp/run.log 2>&1 &
        while kill -0 $! 2>/dev/null && ! grep -q "Garita runs:" /tmp/run.log; do sleep 1; done
        tail -n 20 /tmp/run.log
        kill -0 $! 2>/dev/null && make stop && wait $!' bash "$1"
}

[ "$(id -u)" = 0 ] || fail "test-bare makes a root file system: run it as root."
require_swift
"$clone/deploy/local/packages.sh" bare
toolchain=$(realpath -- "$(command -v swift)")
toolchain=${toolchain%/usr/bin/*}
base=${BARE_FOLDER:-/var/tmp}
[ "$(free_megabytes "$base")" -ge 4000 ] || fail "Less than 4000 MB are free below $base: set BARE_FOLDER."
root=$(mktemp -d "$base/garita-bare.XXXXXX")
chmod 755 -- "$root"
mapfile -t pip < <(env | grep '^PIP_FIND_LINKS=\|^PIP_INDEX_URL=\|^PIP_EXTRA_INDEX_URL=\|^PIP_DEFAULT_TIMEOUT=')
[ "${BARE_KEEP:-no}" = yes ] || trap 'rm -rf -- "$root" "$root.log"' EXIT
make_root
copy_clone
try_run 18180 || fail "make run failed in the bare root; its last lines are above."
inside bash -c "cd /garita && ${BARE_COMMAND:-make test}"
