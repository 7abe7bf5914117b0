# shellcheck shell=bash disable=SC2154 # shared by the scripts of setup
# systemd's part: which units there are, and when they serve.

unit_folder=/lib/systemd/system

has_systemd() { [ -d /run/systemd/system ]; }

# units_to_enable: those that are started at boot, by name.
units_to_enable() { grep -l '^\[Install\]' "$unit_folder"/garita*.* 2>/dev/null | xargs -r -n 1 basename; }

# units_of KIND: service, socket, timer, …
units_of() { find "$unit_folder" -name "garita-*[^@].$1" -printf '%f\n' | sort; }

# pool_services: what answers requests.
pool_services() { units_of socket | sed 's/socket$/service/'; }

# write_remote_drop_in: the units see no network, which is right for a database on this machine only.
write_remote_drop_in() {
    local file=/etc/systemd/system/garita-.service.d/50-database.conf
    if [ "${answers[DATABASE]}" = local ]; then
        [ ! -f "$file" ] || { rm -f -- "$file" && did "services: the network is closed to them again"; }
        return 0
    fi
    mkdir -p -- "${file%/*}"
    if printf '%s\n' '# Written by garita setup, because the database is on another machine; narrow it to its address.' '[Service]' \
        PrivateNetwork=no 'RestrictAddressFamilies=AF_INET AF_INET6' IPAddressAllow=any | keep 644 "$file"; then
        did "services: may reach the database over the network ($file)"
    fi
}

# end_fallback: the services run the executable of now, whose schema the database has; those that run are restarted.
end_fallback() {
    local running
    [ -e "$fallback" ] || return 0
    rm -f -- "$fallback"
    has_systemd || return 0
    systemctl daemon-reload
    mapfile -t running < <(running_services)
    [ "${#running[@]}" = 0 ] || systemctl restart "${running[@]}"
}

# running_services: those that run; a machine may do without some.
running_services() {
    local service
    while read -r service; do
        ! systemctl -q is-active "$service" || printf '%s\n' "$service"
    done < <(pool_services; printf 'garita-outbox.service\ngarita-seal.service\n')
}

# start_services: enables and starts what does not run, and waits until it serves.
start_services() {
    local unit waiting=()
    if ! has_systemd; then
        say "  without systemd: would start $(units_to_enable | paste -sd' ') and reload nginx.service"
        return 0
    fi
    write_remote_drop_in
    systemctl daemon-reload
    while read -r unit; do
        if ! systemctl -q is-enabled "$unit" 2>/dev/null || ! systemctl -q is-active "$unit"; then waiting+=("$unit"); fi
    done < <(units_to_enable)
    if [ "${#waiting[@]}" != 0 ]; then
        step "Enabling services" systemctl enable --now "${waiting[@]}"
        did "services: ${waiting[*]}"
    fi
    rm -f -- "$was_enabled"
    if [ "$changes" != 0 ]; then systemctl reload-or-restart nginx.service || fail "nginx does not start: journalctl -u nginx"; fi
    wait_until_ready 30
}

# ask_ready: what /readyz says, and its status in the last line; by nginx, so that it is in the way of requests.
ask_ready() {
    curl -sk -m 5 --noproxy '*' --resolve "${answers[HOST]}:443:127.0.0.1" -w '\n%{http_code}' "https://${answers[HOST]}/readyz" 2>&1
}

# wait_until_ready SECONDS
wait_until_ready() {
    local answer until=$((SECONDS + $1))
    until answer=$(ask_ready) && [ "${answer##*$'\n'}" = 200 ]; do
        [ "$SECONDS" -lt "$until" ] ||
            fail "Not ready after $1 s: /readyz said ${answer//$'\n'/ } (journalctl -u 'garita*'; systemctl status garita.target)"
        sleep 0.1
    done
}
