# shellcheck shell=bash
# The three pools: spawn-fcgi opens the socket as descriptor 0, multiwatch keeps N workers alive on it.

cores=$(nproc)

# at_most LIMIT NUMBER / at_least LIMIT NUMBER
at_most() { if [ "$2" -lt "$1" ]; then printf '%s' "$2"; else printf '%s' "$1"; fi; }
at_least() { if [ "$2" -gt "$1" ]; then printf '%s' "$2"; else printf '%s' "$1"; fi; }

# Workers per pool. A gate worker mostly waits for the database; sixteen on four cores measured best. Hashing a
# password is pure computing: half the cores, so that a flood of log-ins leaves the rest to the gates.
gate_workers=${GARITA_GATE_WORKERS:-$(at_most 16 $((4 * cores)))}
auth_workers=${GARITA_AUTH_WORKERS:-$(at_least 2 $((cores / 2)))}
app_workers=${GARITA_APP_WORKERS:-$((2 * cores))}

check_workers() {
    local number
    for number in "$gate_workers" "$auth_workers" "$app_workers"; do
        [[ $number =~ ^[1-9][0-9]{0,2}$ ]] || fail "The number of workers must be 1 to 999, not \"$number\"."
    done
}

# Requests that may wait for a free worker; nginx answers 503 at once to whoever finds no room (connect(2): EAGAIN, where
# it would wait for ever in a queue that nobody bounds). Four log-ins are a second or two of a worker; sixteen requests of
# the others less than one. A body that arrives slowly waits in nginx, and takes no room here.
gate_queue=$((16 * gate_workers))
auth_queue=$((4 * auth_workers))
app_queue=$((16 * app_workers))

# start_pool NAME WORKERS QUEUE [NICENESS]. The socket lies in a folder that only nginx enters: the workers have it as
# descriptor 0. multiwatch gives a child up after -r deaths each within -t ms of its start. One
# millisecond is shorter than any worker lives, so no series of crashes ever ends a pool.
start_pool() {
    local socket=$VAR/run/pools/$1.sock user owner=()
    user=$(pool_user "$1")
    ! is_root || owner=(-u "$user" -g "$(id -gn "$user")" -U "$user" -G "$(id -gn "$web_user")")
    rm -f -- "$socket"
    setsid nice -n "${4:-0}" env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/pools/$1/garita.env" \
        setpriv --no-new-privs spawn-fcgi -n -s "$socket" -b "$3" -M 0660 "${owner[@]}" -- \
        "$(command -v multiwatch)" -r 1000000000 -t 1 -f "$2" -- "$VAR/bin/garita" worker "$1" \
        </dev/null >>"$VAR/log/$1.log" 2>&1 9>&- &
    record "$1" $!
}

start_pools() {
    start_pool gate "$gate_workers" "$gate_queue"
    # Hashing passwords gives way: a gate that wants to decide comes first on every core.
    start_pool auth "$auth_workers" "$auth_queue" 10
    start_pool app "$app_workers" "$app_queue"
}
