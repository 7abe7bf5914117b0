#!/usr/bin/env bash
# Debian packages of the product (`packages.sh run`), of its tests (`test`, `bare`, `tls`, `pitr`), of its bench (`bench`)
# and of its own package (`package`): installs what is missing. `packages.sh updates` only tells which of the product's
# packages Debian has a newer version of.
#
# Installing must not change what runs on this machine: no system PostgreSQL cluster is made, no service started.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=toolchain.sh
. "$here/toolchain.sh"

cluster_drop_in=/etc/postgresql-common/createcluster.d/garita-local.conf
policy=/usr/sbin/policy-rc.d

wanted() {
    printf '%s\n' nginx spawn-fcgi postgresql curl pkg-config \
        libfcgi-dev libpq-dev libjansson-dev libqrencode-dev libpng-dev libturbojpeg0-dev libwebp-dev \
        libxlsxwriter-dev libcurl4-openssl-dev libmosquitto-dev libssl-dev wspanish wamerican python3-django patch xz-utils age
    # promtool, which checks metrics, rules and alerts, comes with prometheus.
    [ "$1" != test ] || printf '%s\n' python3-venv prometheus shellcheck multiwatch systemd procps zbar-tools poppler-utils openssl pgbouncer chromium mosquitto \
        dpkg-dev groff-base fonts-dejavu-core \
        libtap-parser-sourcehandler-pgtap-perl libnginx-mod-stream \
        "postgresql-$(postgresql_version)-pgtap" "postgresql-$(postgresql_version)-plpgsql-check"
    [ "$1" != tls ] || printf '%s\n' python3-venv openssl testssl.sh
    [ "$1" != pitr ] || printf '%s\n' pgbackrest
    [ "$1" != package ] || printf '%s\n' debhelper dpkg-dev lintian python3 debootstrap systemd-container
    [ "$1" != bare ] || printf '%s\n' debootstrap
    # pgbench comes with the server.
    [ "$1" != bench ] || printf '%s\n' python3-venv multiwatch wrk gcc libc6-dev golang-go golang-github-jackc-pgx-v4-dev
}

# postgresql_version: the one installed, else the one Debian would install.
postgresql_version() {
    local installed
    installed=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -V | tail -n 1)
    [ -z "$installed" ] || { printf '%s' "$installed"; return; }
    apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | head -n 1
}

missing() {
    local package
    for package in $(wanted "$1"); do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

# quiet_services: what the packages' own scripts ask before they make or start anything. Taken back afterwards.
quiet_services() {
    trap restore_services EXIT
    mkdir -p "$(dirname "$cluster_drop_in")"
    printf 'create_main_cluster = false\n' >"$cluster_drop_in"
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\n# Made by garita deploy/local/packages.sh for the time of one installation.\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
}

restore_services() {
    rm -f "$cluster_drop_in"
    ! grep -qs 'garita deploy/local/packages.sh' "$policy" || rm -f "$policy"
}

# install_packages PACKAGE...: as root. A freshly installed nginx would also start at the next boot; ours is private. Of
# prometheus only promtool is used.
install_packages() {
    local service services=()
    for service in nginx prometheus mosquitto; do
        [ -e "/lib/systemd/system/$service.service" ] || services+=("$service.service")
    done
    quiet_services
    step "Reading the package lists (apt-get update)" apt-get -q update
    export DEBIAN_FRONTEND=noninteractive
    step "Installing packages" apt-get -q -y install --no-install-recommends "$@"
    if [ "${#services[@]}" != 0 ] && command -v systemctl >/dev/null; then
        systemctl -q disable "${services[@]}" 2>/dev/null || true
    fi
}

# scanner_updates: the same of zbar, whose sources are compiled (scanner.sh) and not installed.
scanner_updates() {
    local made candidate
    made=$(sed -n 's/^debian=//p' "$here/scanner.sh")
    candidate=$(LC_ALL=C apt-cache policy libzbar0 | sed -n 's/^ *Candidate: //p')
    if [ -n "$candidate" ] && dpkg --compare-versions "$made" lt "$candidate"; then
        say "zbar $made: $candidate waits"
        return 1
    fi
    say "zbar $made"
}

# list_updates: installed and candidate version of each package of the product, as the package lists know them
# (`apt-get update` renews those); 1 when an update waits.
list_updates() {
    local package installed candidate waits=0
    while read -r package installed candidate; do
        if [ "$installed" = '(none)' ]; then
            continue
        elif dpkg --compare-versions "$installed" lt "$candidate"; then
            say "$package $installed: $candidate waits"
            waits=1
        else
            say "$package $installed"
        fi
    done < <(wanted run | LC_ALL=C xargs apt-cache policy | awk '
        /^[^ ]/ { name = $1; sub(/:$/, "", name) }
        $1 == "Installed:" { installed = $2 }
        $1 == "Candidate:" { print name, installed, $2 }')
    scanner_updates || waits=1
    return "$waits"
}

if [ "${1:-}" = updates ]; then
    list_updates
    exit
fi

if [ "${1:-}" = --install ]; then
    shift
    install_packages "$@"
    exit 0
fi

require_swift
command -v dpkg-query >/dev/null || fail "This machine has no Debian packages; Garita is made for Debian 12."
read -ra names <<<"$(missing "${1:-run}")"
[ "${#names[@]}" != 0 ] || exit 0
say "Installing Debian packages: ${names[*]}"
if [ "$(id -u)" = 0 ]; then
    install_packages "${names[@]}"
elif command -v sudo >/dev/null; then
    sudo -- "$here/packages.sh" --install "${names[@]}"
else
    fail "Debian packages are missing and there is no sudo; as root: apt-get install ${names[*]}"
fi
