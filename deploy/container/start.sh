#!/usr/bin/env bash
# What a container runs: the schema brought up to date, then the pools and nginx as deploy/local starts them, the seals of
# the log and the daily work. When one of them ends, the container ends, and whoever runs it starts it again.
#
# Settings come from the environment (docs/configuration.md). DATABASE_HOST and GARITA_PASSWORD stand for DATABASE_URL
# where an address cannot be put together outside. TRUSTED_PROXIES: networks whose X-Forwarded-For counts.
# shellcheck source-path=SCRIPTDIR/../local disable=SC2317 # what `step` calls is reached
set -euo pipefail
umask 027
ulimit -c 0

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../local" && pwd -P)
VAR=/srv/garita
GARITA_PORT=${PORT:-8080}
# Terminals are known by their addresses, which a container does not see.
unset GARITA_DEVICE_PORT
# None but those that are named; `make run` has a default.
CORS_ALLOWED_ORIGINS=${CORS_ALLOWED_ORIGINS-}
# For the commands of whoever enters the container; here its file is still to be written.
unset GARITA_CONFIG
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=processes.sh
. "$here/processes.sh"
# shellcheck source=settings.sh
. "$here/settings.sh"
# shellcheck source=pools.sh
. "$here/pools.sh"
# shellcheck source=web.sh
. "$here/web.sh"

# environment_file: the settings of the environment, because a pool starts with none. One pair of quotes is taken off.
environment_file() {
    local name
    while read -r name; do
        [ -z "${!name+set}" ] || printf "%s='%s'\n" "$name" "${!name}"
    done < <(garita config 2>/dev/null | sed -n 's/^[ !] \([A-Z_]*\) .*/\1\n\1_FILE/p')
}

write_environment() {
    local pool
    environment_file | write 600 "$(id -un)" "$VAR/operator.env" || return 1
    for pool in "${pools[@]}"; do
        mkdir -p -- "$VAR/pools/$pool" && write 600 "$(id -un)" "$VAR/pools/$pool/garita.env" <"$VAR/operator.env" || return 1
    done
}

# list_proxies: nginx counts and logs the client that they name.
list_proxies() {
    local network list
    read -ra list <<<"${TRUSTED_PROXIES:-}"
    for network in "${list[@]}"; do
        [[ $network =~ ^[0-9a-f.:]+(/[0-9]{1,3})?$ ]] || fail "TRUSTED_PROXIES: \"$network\" is no network, such as 10.0.0.0/8."
        printf 'set_real_ip_from %s; ' "$network"
    done
    [ "${#list[@]}" = 0 ] || printf 'real_ip_header X-Forwarded-For; real_ip_recursive on;'
}

write_nginx() {
    local proxies
    proxies=$(list_proxies) || { printf '%s\n' "$proxies"; return 1; }
    mkdir -p -- "$VAR/share/nginx" && cp -R -- "$VAR/setup/nginx/." "$VAR/share/nginx/" && render_nginx &&
        sed -i "s|^@PROXIES@|$proxies|" "$VAR/share/nginx/site.conf"
}

# show_logs: whoever runs the container keeps what its programs write. By way of a pipe of ours: standard error belongs to
# whoever started us, and need not be open to our user by a name.
show_logs() {
    local name pipe=$VAR/run/log
    rm -f -- "$pipe" && mkfifo -m 600 -- "$pipe"
    cat <>"$pipe" >&2 &
    for name in gate auth app device status outbox nginx nginx/access nginx/error; do ln -sfn -- "$pipe" "$VAR/log/$name.log"; done
}

daily() { while sleep 86400; do operator maintain || true; done; }

# wait_until_served SECONDS: a worker answers.
wait_until_served() {
    local tries=$(($1 * 10))
    until curl -fsS -m 5 -o /dev/null "$url/livez" 2>/dev/null; do
        [ "$((tries--))" -gt 0 ] || return 1
        sleep 0.1
    done
}

end() {
    local status=$?
    trap '' INT TERM HUP
    trap - EXIT
    stop_children
    stop seal TERM 5
    exit "$status"
}

if [ -z "${DATABASE_URL:-}${DATABASE_URL_FILE:-}" ] && [ -n "${DATABASE_HOST:-}" ]; then
    DATABASE_URL="host=$DATABASE_HOST dbname=garita password=${GARITA_PASSWORD:-}"
fi
choose_users
trap end EXIT
trap 'exit 0' INT TERM HUP
step "Writing the settings" write_environment
step "Writing the nginx configuration" write_nginx
mkdir -p -- "$GARITA_SCOREBOARD"
show_logs
[ "${GARITA_MIGRATE:-yes}" = no ] || step "Migrating" operator migrate
step "Making the tables of the log" operator maintain
step "Checking the settings" operator check
start_pools
step "Checking nginx" check_nginx
start_nginx
env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/operator.env" "$VAR/bin/garita" seal --follow &
record seal $!
daily &
step "Waiting for an answer" wait_until_served 30
say "Garita runs on port $GARITA_PORT."
wait -n || true
fail "A program ended by itself, so the container ends; its lines are above."
