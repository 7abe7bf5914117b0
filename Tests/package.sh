#!/usr/bin/env bash
# `make test-package`: the Debian package on a machine that holds nothing of this one: a fresh Debian 12 under its own systemd
# (systemd-nspawn), and once more without systemd. As root; 3 GB below /var/tmp (PACKAGE_FOLDER), ten minutes.
#
# Installed, set up, used, booted again, upgraded under load to a newer schema, a failed migration, a refused downgrade,
# removed, installed again, purged without and with data. Each step's time is printed. PACKAGE_KEEP=yes leaves the folder.
# shellcheck source-path=SCRIPTDIR/../deploy/local source-path=SCRIPTDIR
set -euo pipefail
umask 022

clone=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=lib.sh
. "$clone/deploy/local/lib.sh"
# shellcheck source=debian.sh
. "$clone/Tests/debian.sh"
# shellcheck source=Package/machine.sh
. "$clone/Tests/Package/machine.sh"

host=garita.example.net
facts=setup.env
fallback=etc/systemd/system/garita-.service.d/90-before.conf
before=0.0.9 leader=''

# timed WHAT COMMAND...: prints how long it took; its output only when it fails.
timed() {
    local what=$1 began=${EPOCHREALTIME/[.,]/} output=$base/step.log
    shift
    "$@" >"$output" 2>&1 || { cat -- "$output" >&2; fail "$what failed."; }
    printf '%6.1f s  %s\n' "$(((${EPOCHREALTIME/[.,]/} - began) / 100000))e-1" "$what"
}

# refused WHAT WORDS COMMAND...: it must fail and say WORDS.
refused() {
    local what=$1 words=$2 output
    shift 2
    ! output=$("$@" 2>&1) || fail "$what was not refused."
    grep -qF -- "$words" <<<"$output" || { printf '%s\n' "$output" >&2; fail "$what: \"$words\" was not said."; }
    say "          $what: refused"
}

holds() { "$@" || fail "Not so: $*"; }

# make_packages: that of now, one before it, and two after it: with another migration, and with one that fails.
make_packages() {
    local sql=$base/sql
    package() { (cd -- "$clone" && GARITA_PACKAGE_VERSION=$1 GARITA_PACKAGE_SQL=$2 deploy/package/build.sh) && mv -- "$clone/.build/package/garita_$1_amd64.deb" "$base/"; }
    version=$(sed -n 's/.*current = "\(.*\)"/\1/p' "$clone/Sources/Garita/Server/Version.swift")
    cp -- "$clone/.build/package/garita_${version}_amd64.deb" "$base/"
    package "$before" "$clone/sql"
    cp -R -- "$clone/sql" "$sql"
    printf '%s\n' 'create index of_the_test on garita.visitors (created_at);' \
        >"$sql/migrations/9998_of_the_test.sql"
    printf '%s\n' "comment on function garita.current_user_id() is 'Of the test of the package.';" >>"$sql/functions/caller/current_user_id.sql"
    package 8.0.0 "$sql"
    printf '%s\n' 'select 1 / 0;' >"$sql/migrations/9999_that_fails.sql"
    package 9.0.0 "$sql"
}

# make_base: the fresh Debian, and in apt's cache what the package depends on; a machine without network installs from it.
make_base() {
    make_debian "$root" systemd,systemd-sysv,dbus,ca-certificates
    in_root update-ca-certificates >/dev/null 2>&1
    cp -- "$base/garita_${before}_amd64.deb" "$root/root/"
    in_root sh -c "apt-get -q update && apt-get -q -y install --download-only /root/garita_${before}_amd64.deb" >>"$root.log" 2>&1 ||
        fail "Fetching the packages failed: $(tail -n 1 "$root.log")"
    rm -f -- "$root/root/"*.deb
    tar -c -C "$root" -f "$base/bare.tar" .
}

answers() {
    printf '%s\n' 'NAME="Los Pinos de la Prueba"' "HOST=$host" TIME_ZONE=America/Mexico_City COUNTRY=MX LANGUAGE=es \
        CERTIFICATE=self-signed DATABASE=local ADMINISTRATOR=admin
}

# install_in RUN VERSION [OPTIONS]: apt as an operator runs it, from its cache.
install_in() {
    local run=$1 version=$2
    shift 2
    cp -- "$base/garita_${version}_amd64.deb" "$root/root/"
    "$run" apt-get -q -y "$@" install "/root/garita_${version}_amd64.deb"
}

# fingerprint RUN: of everything that setup may write: files, and what the catalog says of roles.
fingerprint() {
    "$1" sh -c 'find /etc/garita /etc/nginx /etc/postgresql /etc/systemd/system /var/lib/garita -type f -exec sha256sum {} + | sort
        find /etc/garita /var/lib/garita /etc/nginx -printf "%p %m %u %g\n" | sort
        runuser -u postgres -- psql -X -A -t -d postgres -c "select * from pg_authid order by 1" \
            -c "select * from pg_db_role_setting order by 1, 2"'
}

set_up() { inside garita setup --file "/root/$facts"; }

residence() { near python3 "$clone/Tests/Package/residence.py" "$1" "$host" "$root/etc/garita/tls/fullchain.pem" "$base/state.json" "${@:2}"; }

first_setup() {
    answers >"$root/root/$facts"
    set_up >"$base/setup.log"
}

# again: nothing is another one afterwards, and setup says so.
again() {
    local first
    first=$(fingerprint inside)
    set_up >"$base/again.log"
    grep -q '^Nothing had to be done' "$base/again.log" || { cat "$base/again.log"; fail "The second setup did something."; }
    [ "$first" = "$(fingerprint inside)" ] || { diff <(printf '%s' "$first") <(fingerprint inside); fail "The second setup changed something."; }
}

# under_load COMMAND...: while ten callers ask the gate and the pages; no request of theirs may fail.
under_load() {
    local status=0 feed
    mkfifo -- "$base/feed"
    residence load <"$base/feed" >"$base/load.log" 2>&1 &
    local loader=$!
    exec {feed}>"$base/feed"
    rm -- "$base/feed"
    until grep -q asking "$base/load.log"; do kill -0 "$loader" || { cat "$base/load.log" >&2; return 1; }; sleep 0.1; done
    sleep 2
    "$@" {feed}>&- || status=$?
    sleep 2
    exec {feed}>&-
    wait "$loader" || { cat "$base/load.log" >&2; status=1; }
    return "$status"
}

# say_load: what the callers saw; none of their requests failed, also where the upgrade was meant to.
say_load() {
    holds grep -q ' 0 failed' "$base/load.log"
    sed '/asking/d; s/^/          /' "$base/load.log"
    grep -h 'waited' "$base/step.log" | sed 's/^/        /' || true
}

schema() { inside runuser -u postgres -- psql -X -A -t -d garita -c 'select max(version) from garita.schema_migrations where version ~ $$^[0-9]$$'; }

# shellcheck source=Package/steps.sh
. "$clone/Tests/Package/steps.sh"

[ "$(id -u)" = 0 ] || fail "test-package boots a machine of its own: run it as root."
"$clone/deploy/local/packages.sh" package
mkdir -p -- "${PACKAGE_FOLDER:-/var/tmp}"
base=$(mktemp -d "${PACKAGE_FOLDER:-/var/tmp}/garita-package.XXXXXX")
chmod 755 -- "$base"
root=$base/root
[ "$(free_megabytes "$base")" -ge 3000 ] || fail "Less than 3000 MB are free below $base: set PACKAGE_FOLDER."
# shellcheck disable=SC2317 # called by the trap
end() {
    power_off
    [ "${PACKAGE_KEEP:-no}" = yes ] || rm -rf -- "$base"
}
trap end EXIT
trap 'exit 1' INT TERM HUP
timed "packages of three versions" make_packages
timed "a fresh Debian 12, and what the package depends on fetched" make_base
say "Under systemd:"
under_systemd
say "Without systemd:"
without_systemd
say "The package does what docs/install.md and docs/upgrade.md say."
