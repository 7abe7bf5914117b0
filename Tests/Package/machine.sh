# shellcheck shell=bash disable=SC2154 # variables of package.sh
# A machine of its own for the package: a Debian root, booted by systemd-nspawn with a network that holds nothing but itself.
# Programs of this machine that ask it something share that network and nothing else.

# fresh_machine: the root as debootstrap left it, with the packages that the product depends on waiting in apt's cache.
fresh_machine() {
    rm -rf -- "$root"
    mkdir -p -- "$root"
    tar -x -C "$root" -f "$base/bare.tar"
}

# boot: until systemd has started everything; sets `leader`, the machine's process 1 as this machine sees it.
boot() {
    local nspawn tries=600
    setsid systemd-nspawn -q -D "$root" --hostname=garita-test --register=no --keep-unit --private-network -b >"$base/console.log" 2>&1 </dev/null &
    nspawn=$!
    until leader=$(pgrep -P "$nspawn" 2>/dev/null | head -n 1) && [ -n "$leader" ] &&
        [[ $(inside systemctl is-system-running 2>/dev/null) =~ ^(running|degraded)$ ]]; do
        { kill -0 "$nspawn" 2>/dev/null && [ "$((tries--))" -gt 0 ]; } || fail "The machine does not boot ($base/console.log)."
        sleep 0.1
    done
}

# inside COMMAND...: as root in the machine.
inside() {
    nsenter -t "$leader" -m -u -i -n -p -- /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# near COMMAND...: a program of this machine in that machine's network.
near() { nsenter -t "$leader" -n -- "$@"; }

power_off() {
    [ -n "${leader:-}" ] || return 0
    local tries=300
    kill -s RTMIN+4 "$leader" 2>/dev/null || true # systemd(1): powers off
    while kill -0 "$leader" 2>/dev/null; do
        [ "$((tries--))" -gt 0 ] || { kill -s KILL "$leader" 2>/dev/null || true; }
        sleep 0.1
    done
    leader=''
}

# in_root COMMAND...: in the root without systemd, as a container without an init has it.
in_root() {
    # shellcheck disable=SC2016 # the inner shell expands it
    unshare --mount --propagation private --pid --fork --kill-child sh -euc '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" "$@"' sh "$root" \
        /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
