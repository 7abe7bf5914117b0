# shellcheck shell=bash
# The pools, the worker that tells how they are, and the outbox: spawn-fcgi opens the socket as descriptor 0, `garita pool` sets its
# queue and keeps the workers running.

# start_pool NAME [NICENESS]. The socket lies in a folder that only nginx enters: the workers have it as descriptor 0.
start_pool() {
    local socket=$VAR/run/pools/$1.sock user owner=() number=GARITA_${1^^}_WORKERS
    user=$(pool_user "$1")
    ! is_root || owner=(-u "$user" -g "$(id -gn "$user")" -U "$user" -G "$(id -gn "$web_user")")
    rm -f -- "$socket"
    setsid nice -n "${2:-0}" env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/pools/$1/garita.env" \
        ${!number:+"$number=${!number}"} setpriv --no-new-privs spawn-fcgi -n -s "$socket" -M 0660 "${owner[@]}" -- \
        "$VAR/bin/garita" pool "$1" </dev/null >>"$VAR/log/$1.log" 2>&1 9>&- &
    record "$1" $!
}

start_pools() {
    start_pool gate
    # Hashing passwords gives way: a gate that wants to decide comes first on every core.
    start_pool auth 10
    start_pool app
    start_pool device
    start_pool status
    start_outbox
}

# start_outbox: what opens doors and calls webhooks. Nobody asks it, so it has no socket.
start_outbox() {
    local as_outbox=(setpriv --no-new-privs --)
    ! is_root || become "$(pool_user outbox)" as_outbox
    setsid env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/pools/outbox/garita.env" \
        ${GARITA_DEVICE_NETWORKS:+"GARITA_DEVICE_NETWORKS=$GARITA_DEVICE_NETWORKS"} \
        ${GARITA_WEBHOOK_NETWORKS:+"GARITA_WEBHOOK_NETWORKS=$GARITA_WEBHOOK_NETWORKS"} \
        "${as_outbox[@]}" "$VAR/bin/garita" pool outbox </dev/null >>"$VAR/log/outbox.log" 2>&1 9>&- &
    record outbox $!
}
