# shellcheck shell=bash
# Records of the processes we started, so that stopping touches those and nothing else.
#
# A record is VAR/run/NAME.pid: process id and start time. An id alone may belong to another process by now.
# Each child leads a session of its own (setsid): Ctrl-C reaches only the script, which then stops them in order.

# process_field PID INDEX: a word of /proc/PID/stat after the command name (0 state, 3 session, 19 start time); proc(5).
process_field() {
    local stat words
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra words <<<"${stat##*) }"
    printf '%s' "${words[$2]}"
}

# lives PID: neither gone nor a zombie.
lives() {
    local state
    state=$(process_field "$1" 0) && [ "$state" != Z ]
}

# record NAME PID
record() {
    { printf '%s %s\n' "$2" "$(process_field "$2" 19)" >"$VAR/run/$1.pid"; } 2>/dev/null ||
        fail "Cannot write $VAR/run/$1.pid: is the disk full?"
}

# recorded NAME: prints the id when the very process of the record still lives.
recorded() {
    local pid='' start=''
    { read -r pid start <"$VAR/run/$1.pid"; } 2>/dev/null || return 1
    [[ $pid =~ ^[0-9]+$ ]] && lives "$pid" && [ "$(process_field "$pid" 19)" = "$start" ] && printf '%s' "$pid"
}

# survivors NAME: ids still in the session of a recorded leader that is gone. The kernel gives an id to nobody else
# while a session bears it; a living process with that id therefore means that the session ended.
survivors() {
    local leader='' start='' file pid
    { read -r leader start <"$VAR/run/$1.pid"; } 2>/dev/null || return 0
    [[ $leader =~ ^[0-9]+$ ]] || return 0
    ! lives "$leader" || return 0
    for file in /proc/[0-9]*/stat; do
        pid=${file#/proc/} pid=${pid%/stat}
        if [ "$(process_field "$pid" 3)" = "$leader" ] && lives "$pid"; then printf '%s\n' "$pid"; fi
    done
}

# gone_within SECONDS NAME: waits for the recorded process.
gone_within() {
    local tries=$(($1 * 20))
    while recorded "$2" >/dev/null; do
        [ "$((tries--))" -gt 0 ] || return 1
        sleep 0.05
    done
}

# stop NAME SIGNAL SECONDS: asks with SIGNAL, waits, ends what is left of its session, forgets the record.
stop() {
    local pid left
    if pid=$(recorded "$1"); then
        kill -s "$2" "$pid" 2>/dev/null || true
        gone_within "$3" "$1" || kill -s KILL "$pid" 2>/dev/null || true
        gone_within 5 "$1" || true
    fi
    mapfile -t left < <(survivors "$1")
    [ "${#left[@]}" = 0 ] || kill -s KILL "${left[@]}" 2>/dev/null || true
    rm -f -- "$VAR/run/$1.pid"
}

# stop_children: front to back, so that every request already accepted is answered.
stop_children() {
    stop nginx QUIT 6
    for pool in gate auth app device status outbox; do stop "$pool" TERM 8; done
    stop postgresql INT 15
}

# has_leftovers: children of a run that was killed.
has_leftovers() {
    local name
    for name in nginx gate auth app device status outbox postgresql; do
        if recorded "$name" >/dev/null || [ -n "$(survivors "$name")" ]; then return 0; fi
    done
    return 1
}
