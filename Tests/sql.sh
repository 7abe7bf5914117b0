#!/usr/bin/env bash
# The pgTAP twins of sql/ on a throw-away cluster of their own: same roles, settings and migrations as `make run`.
# Arguments are files or folders below sql/tests/ (all of it without).
# shellcheck source-path=SCRIPTDIR/../deploy/local
set -euo pipefail
umask 022

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../deploy/local" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=../setup/shared.sh
. "$here/../setup/shared.sh"
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=processes.sh
. "$here/processes.sh"
# shellcheck source=settings.sh
. "$here/settings.sh"
# shellcheck source=database.sh
. "$here/database.sh"

GARITA_VAR=$(mktemp -d)
VAR=$GARITA_VAR
chmod 755 -- "$GARITA_VAR"

# shellcheck disable=SC2317 # called by the trap
end() {
    local status=$?
    trap '' INT TERM HUP
    trap - EXIT
    stop postgresql INT 15
    cd / && rm -rf -- "$GARITA_VAR"
    exit "$status"
}

# A cluster that is thrown away needs no patience with the disk.
hurry() { printf 'fsync = off\nfull_page_writes = off\n' >>"$VAR/postgresql/garita.conf"; }

add_test_tools() { printf '\\c garita\ncreate extension pgtap;\ncreate extension plpgsql_check;\n' | as_superuser; }

prove() {
    PGPASSFILE=$VAR/secrets/superuser.pgpass pg_prove --quiet --ext .sql --recurse \
        --host "$VAR/run/postgresql" --username postgres --dbname garita "$@"
}

tests=("$@")
[ "$#" != 0 ] || tests=("$clone/sql/tests")
mapfile -t tests < <(realpath -- "${tests[@]}")
trap end EXIT
trap 'exit 1' INT TERM HUP
choose_users
make_var
cd -- "$VAR"
step "Making folders" make_folders
step "Copying the product" copy_product
step "Making the database cluster" make_cluster
step "Writing the database settings" configure_cluster 50
hurry
start_postgresql
step "Writing passwords" write_passwords
step "Writing settings" write_settings
step "Preparing the database" prepare_database "$VAR/share/sql" < <(role_passwords)
step "Migrating" operator migrate
step "Making the tables of the log" operator maintain
step "Adding pgTAP" add_test_tools
prove "${tests[@]}"
