#!/usr/bin/env bash
# `make run` after the build: the whole product on this machine, until Ctrl-C or TERM.
#
# PostgreSQL, the pools of workers and nginx, private to VAR. Run as root, each gets an unprivileged user of its own.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
umask 022
# What a crash would leave on the disk holds keys and codes.
ulimit -c 0

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=../setup/shared.sh
. "$here/../setup/shared.sh"
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=upgrade.sh
. "$here/upgrade.sh"
# shellcheck source=processes.sh
. "$here/processes.sh"
# shellcheck source=settings.sh
. "$here/settings.sh"
# shellcheck source=database.sh
. "$here/database.sh"
# shellcheck source=pools.sh
. "$here/pools.sh"
# shellcheck source=web.sh
. "$here/web.sh"
# shellcheck source=banner.sh
. "$here/banner.sh"

# shellcheck disable=SC2317 # called by the trap
# end: whatever the reason, what we started stops; further signals wait for that.
end() {
    local status=$?
    trap '' INT TERM HUP
    trap - EXIT
    stop_children
    rm -f -- "$VAR/run/garita.pid"
    exit "$status"
}

# take_over: one run per VAR. The lock ends with this process, so it is never stale; children do not inherit it.
take_over() {
    exec 9>"$VAR/run/lock" || fail "Cannot write below $VAR/run."
    flock -n 9 || fail "Garita already runs on $VAR: stop it with \"make stop\"."
    if has_leftovers; then
        say "Stopping what an earlier run left behind."
        stop_children
    fi
}

start_database() {
    step "Making the database cluster" make_cluster
    step "Writing the database settings" configure_cluster
    start_postgresql
    step "Writing passwords" write_passwords
    step "Writing settings" write_settings
    step "Preparing the database" prepare_database "$VAR/share/sql" < <(role_passwords)
    step "Making keys" make_keys
    step "Migrating" operator migrate
    step "Making the tables of the log" operator maintain
}

start_service() {
    step "Checking the settings" operator check
    start_pools
    step "Checking nginx" check_nginx
    start_nginx
    wait_until_ready 20
}

# watch: until a signal (the trap leaves) or until a child ends, which ends the run.
watch() {
    local name pid='' ended=''
    wait -n -p ended || true
    for name in postgresql gate auth app device status outbox nginx; do
        { read -r pid _ <"$VAR/run/$name.pid"; } 2>/dev/null || continue
        [ "$pid" != "$ended" ] || fail "$name ended by itself, so everything stops: $(last_line "$name")"
    done
    fail "A child ended by itself, so everything stops (logs: $VAR/log)."
}

choose_users
make_var
step "Making $VAR/run" make_run_folder
cd -- "$VAR"
take_over
trap end EXIT
trap 'exit 0' INT TERM HUP
[ "$(free_megabytes "$VAR")" -ge 100 ] || fail "Less than 100 MB are free below $VAR."
record garita $$
check_port
step "Bringing $VAR up to date" upgrade_layout
step "Making folders below $VAR" make_folders
step "Copying the product" copy_product
step "Writing the nginx configuration" render_nginx
start_database
if [ "${GARITA_DEMO:-yes}" = no ]; then first_administrator; else load_demo; fi
start_service
greet
watch
