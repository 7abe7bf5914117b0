# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# The private nginx on 127.0.0.1.

port=${GARITA_PORT:-8080}
url=http://127.0.0.1:$port
# Where door terminals call; nowhere unless it is set.
device_port=${GARITA_DEVICE_PORT:-}

check_port() {
    { [ -z "$device_port" ] || { [[ $device_port =~ ^[1-9][0-9]{0,4}$ ]] && [ "$device_port" -le 65535 ]; }; } ||
        fail "GARITA_DEVICE_PORT must be a port number, not \"$device_port\"."
    { [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && [ "$port" -le 65535 ]; } ||
        fail "GARITA_PORT must be a port number, not \"$port\"."
    # A connection that somebody takes means the port is in use.
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        fail "Port $port is in use by another program: set GARITA_PORT to a free one."
    fi
}

# fill_in: the places that hold @VAR@, @PORT@ and @DEVICE_PORT@.
fill_in() { sed "s|@VAR@|$VAR|g; s|@PORT@|$port|g; s|@DEVICE_PORT@|$device_port|g"; }

# render_nginx: the configuration beside the snippets it includes; the site is production's, as development.sed changes it.
render_nginx() {
    local file share=$VAR/share/nginx
    fill_in <"$share/development.conf.in" | write 644 "$(id -un)" "$share/development.conf" || return 1
    for file in site.conf hosts.conf; do
        sed -f "$share/development.sed" "$share/$file" | fill_in | write 644 "$(id -un)" "$share/$file" || return 1
    done
    mkdir -p -- "$share/enabled" && rm -f -- "$share/enabled/device.conf" || return 1
    if [ -n "$device_port" ]; then
        sed -f "$share/development.sed" "$share/device.conf" | fill_in |
            write 644 "$(id -un)" "$share/enabled/device.conf" || return 1
    fi
    list_origins | write 644 "$(id -un)" "$share/snippets/garita-origins.conf"
}

# nginx_here ARGUMENTS...: sets nginx_command. -e names the log used before the configuration is read.
nginx_here() {
    nginx_command=("${as_web[@]}" "$(PATH=$PATH:/usr/sbin command -v nginx)" -p "$VAR/nginx/" -e "$VAR/log/nginx/error.log"
        -c "$VAR/share/nginx/development.conf" "$@")
}

# check_nginx: nginx says why first and "test failed" last; a person needs the first.
check_nginx() {
    local said
    nginx_here -t -q
    said=$("${nginx_command[@]}" 2>&1) || { printf '%s\n' "${said%%$'\n'*}"; return 1; }
}

start_nginx() {
    nginx_here -g 'daemon off;'
    setsid "${nginx_command[@]}" </dev/null >>"$VAR/log/nginx.log" 2>&1 9>&- &
    record nginx $!
}

# wait_until_ready SECONDS: /readyz answers 200, or the run ends with what it said.
wait_until_ready() {
    local tries=$(($1 * 20)) answer name
    until answer=$(curl -sS -m 5 -w '\n%{http_code}' "$url/readyz" 2>&1) && [ "${answer##*$'\n'}" = 200 ]; do
        for name in postgresql gate auth app device status outbox nginx; do
            recorded "$name" >/dev/null || fail "$name ended while starting: $(last_line "$name")"
        done
        [ "$((tries--))" -gt 0 ] || fail "Not ready after $1 s: /readyz said ${answer//$'\n'/ } (logs: $VAR/log)"
        sleep 0.05
    done
}

# last_line NAME: the end of a child's log. nginx writes its own, in a folder of its user.
last_line() {
    local log=$VAR/log/$1.log
    if [ "$1" = nginx ] && [ ! -s "$log" ]; then
        "${as_web[@]}" tail -n 1 -- "$VAR/log/nginx/error.log" 2>/dev/null || true
    else
        tail -n 1 -- "$log" 2>/dev/null || true
    fi
}
