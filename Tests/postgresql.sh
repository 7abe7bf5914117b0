#!/usr/bin/env bash
# The SQL tests, and situations of the gate and the API, on PostgreSQL 14, 16 and 17; `make test` has proved 15, which is
# Debian 12's. Arguments: the versions, all three without.
#
# Each server comes from the archive of the distribution that has it, into a root of its own below /var/tmp
# (POSTGRESQL_FOLDER, 700 MB each; they stay for the next time). It runs there, with /tmp and this clone in their
# usual places, while the product and the tests run here. As root; needs debootstrap.
# shellcheck source-path=SCRIPTDIR/../deploy/local
set -euo pipefail
umask 022

clone=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=lib.sh
. "$clone/deploy/local/lib.sh"
base=${POSTGRESQL_FOLDER:-/var/tmp/garita-postgresql}
debian=http://deb.debian.org/debian
ubuntu=http://archive.ubuntu.com/ubuntu
# The keys of Ubuntu's archive, which Debian 12 has no package of; its fingerprints are published at
# wiki.ubuntu.com/SecurityTeam/FAQ.
keys_package=$ubuntu/pool/main/u/ubuntu-keyring/ubuntu-keyring_2021.03.26_all.deb
keys_checksum=0d0e7ed6b112f5d03eabf3c7eb01ebdacf9c57714b279e90495cfc58c8c4520f
situations=(test_api test_at_most_once test_checks test_database_links test_gate_rules test_gate_verdicts test_roles test_schema test_visits)

# place VERSION: where a server of it can be had: suite, mirror, keyring, components.
place() {
    case $1 in
        14) printf '%s\n' "jammy $ubuntu $base/keys/usr/share/keyrings/ubuntu-archive-keyring.gpg main,universe" ;;
        16) printf '%s\n' "noble $ubuntu $base/keys/usr/share/keyrings/ubuntu-archive-keyring.gpg main,universe" ;;
        17) printf '%s\n' "trixie $debian /usr/share/keyrings/debian-archive-keyring.gpg main" ;;
        *) fail "PostgreSQL $1: 14, 16 and 17 are known here." ;;
    esac
}

fetch_keys() {
    [ ! -d "$base/keys" ] || return 0
    mkdir -p "$base"
    curl -fsS -o "$base/keys.deb" "$keys_package" || fail "The keys of Ubuntu's archive cannot be had."
    printf '%s  %s\n' "$keys_checksum" "$base/keys.deb" | sha256sum --check --quiet || fail "Those are other keys."
    dpkg-deb -x "$base/keys.deb" "$base/keys"
}

# make_root VERSION: no cluster is made and nothing started in it.
make_root() {
    local version=$1 root=$base/$1 suite mirror keyring components script
    [ ! -e "$root/ready" ] || return 0
    read -r suite mirror keyring components <<<"$(place "$version")"
    script=/usr/share/debootstrap/scripts/$suite
    # Ubuntu's suites share a script, which their later names lead to.
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/gutsy
    rm -rf -- "$root"
    debootstrap --variant=minbase --keyring="$keyring" --components="$components" "$suite" "$root" "$mirror" "$script" &&
        mkdir -p "$root/etc/postgresql-common/createcluster.d" &&
        printf 'create_main_cluster = false\n' >"$root/etc/postgresql-common/createcluster.d/garita.conf" &&
        printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d" || return 1
    apt-config dump Acquire | grep -i '::proxy\|::ca' >"$root/etc/apt/apt.conf.d/90machine" || true
    cp -- /etc/resolv.conf /etc/hosts "$root/etc/"
    chroot "$root" sh -c "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
        postgresql-$version postgresql-$version-pgtap postgresql-$version-plpgsql-check" && touch "$root/ready"
}

# programs VERSION: a folder as /usr/lib/postgresql, whose programs run inside the root, also for who is not root.
programs() {
    local version=$1 root=$base/$1 folder name
    folder=$base/programs-$version
    mkdir -p "$folder/$version/bin"
    for name in "$root/usr/lib/postgresql/$version/bin"/*; do
        # shellcheck disable=SC2016 # for the program
        printf '#!/bin/sh\n[ "$(id -u)" != 0 ] || exec chroot %s %s "$@"\nexec unshare --user --map-current-user --root=%s --wd=/ %s "$@"\n' \
            "$root" "${name#"$root"}" "$root" "${name#"$root"}" >"$folder/$version/bin/${name##*/}"
        chmod 755 "$folder/$version/bin/${name##*/}"
    done
}

# with_server VERSION COMMAND...: a shell command that finds that version and no other.
with_server() {
    local version=$1
    shift
    # shellcheck disable=SC2016 # the inner shell expands it
    unshare --mount --propagation private bash -euc '
        root=$0 programs=$1 clone=$2; shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mkdir -p "$root$clone"
        for place in /tmp "$clone" /etc/passwd /etc/group; do mount --rbind "$place" "$root$place"; done
        mount --bind "$programs" /usr/lib/postgresql
        cd -- "$clone" && shift && exec "$@"' "$base/$version" "$base/programs-$version" "$clone" -- "$@"
}

[ "$(id -u)" = 0 ] || fail "test-postgresql makes root file systems: run it as root."
versions=("$@")
[ "$#" != 0 ] || versions=(14 16 17)
tests=("${situations[@]/#/Tests/Integration/}")
tests=("${tests[@]/%/.py}")
fetch_keys
for version in "${versions[@]}"; do
    step "Fetching PostgreSQL $version" make_root "$version"
    programs "$version"
    say "PostgreSQL $version: $(with_server "$version" "/usr/lib/postgresql/$version/bin/postgres" --version)"
    with_server "$version" Tests/sql.sh
    with_server "$version" .venv/bin/pytest -q "${tests[@]}" ||
        fail "PostgreSQL $version: a situation failed; its lines are above."
done
