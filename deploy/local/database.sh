# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# The private PostgreSQL: cluster, settings, roles, schema.

# postgresql_bin: the folder of the newest server program, or of the version that made the cluster. The cluster belongs
# to another user: it is asked as that user, and what it answers is part of a path only when it is a number.
postgresql_bin() {
    local version='*' found
    if [ -f "$VAR/postgresql/PG_VERSION" ]; then
        version=$("${as_database[@]}" head -c 16 -- "$VAR/postgresql/PG_VERSION") || return 1
        [[ $version =~ ^[0-9]+$ ]] || fail "$VAR/postgresql/PG_VERSION holds no version."
    fi
    # shellcheck disable=SC2086 # the star is meant
    found=$(printf '%s\n' /usr/lib/postgresql/$version/bin/postgres | sort -V | tail -n 1)
    [ -x "$found" ] || fail "PostgreSQL $version is not installed: run deploy/local/packages.sh"
    dirname -- "$found"
}

# make_cluster: built aside and renamed, so that an interrupted start leaves none that is half made. PGDATA's own
# checksums are on; every connection needs a password.
make_cluster() {
    [ ! -f "$VAR/postgresql/PG_VERSION" ] || return 0
    local password new=$VAR/postgresql.new pwfile=$VAR/secrets/initdb.password
    [ "$(free_megabytes "$VAR")" -ge 300 ] || fail "Less than 300 MB are free below $VAR: the database needs them."
    password=$(random_secret)
    write 600 "$database_user" "$pwfile" <<<"$password" || return 1
    write 600 "$(id -un)" "$VAR/secrets/superuser.pgpass" <<<"*:*:*:postgres:$password" || return 1
    rm -rf -- "$new" && folder 700 "$database_user" "$new" &&
        "${as_database[@]}" "$(postgresql_bin)/initdb" --pgdata="$new" --username=postgres --auth=scram-sha-256 \
            --pwfile="$pwfile" --data-checksums --encoding=UTF8 --locale=C.UTF-8 &&
        rm -f -- "$pwfile" && rm -rf -- "$VAR/postgresql" && include_settings "$new" && mv -- "$new" "$VAR/postgresql"
}

# include_settings CLUSTER
include_settings() {
    # shellcheck disable=SC2016 # for the inner shell
    "${as_database[@]}" sh -c 'printf "%s\n" "$2" >>"$1/postgresql.conf"' - "$1" "include 'garita.conf'"
}

configure_cluster() {
    sed "s|@VAR@|$VAR|" "$clone/deploy/local/postgresql.conf.in" |
        write_as as_database "$VAR/postgresql/garita.conf"
}

# forget_stale_lock: after a crash of the machine the id in postmaster.pid may belong to anybody, and PostgreSQL would
# refuse to start. Only removed when no PostgreSQL has that id.
forget_stale_lock() {
    local pid='' name=''
    pid=$("${as_database[@]}" head -n 1 -- "$VAR/postgresql/postmaster.pid" 2>/dev/null) || return 0
    [[ ! $pid =~ ^[0-9]+$ ]] || { read -r name <"/proc/$pid/comm"; } 2>/dev/null || true
    [ "$name" = postgres ] || "${as_database[@]}" rm -f -- "$VAR/postgresql/postmaster.pid"
}

# start_postgresql: in the background, recorded; returns when it takes connections.
start_postgresql() {
    local bin pid tries=600
    bin=$(postgresql_bin)
    forget_stale_lock
    setsid "${as_database[@]}" "$bin/postgres" -D "$VAR/postgresql" >>"$VAR/log/postgresql.log" 2>&1 9>&- &
    pid=$!
    record postgresql "$pid"
    until "$bin/pg_isready" -q -h "$VAR/run/postgresql"; do
        { lives "$pid" && [ "$((tries--))" -gt 0 ]; } ||
            fail "PostgreSQL did not start: $(tail -n 1 "$VAR/log/postgresql.log") ($VAR/log/postgresql.log)"
        sleep 0.05
    done
}

# as_superuser: psql for administration, commands on standard input.
as_superuser() {
    PGPASSFILE=$VAR/secrets/superuser.pgpass PGHOST=$VAR/run/postgresql PGUSER=postgres PGDATABASE=postgres \
        PGOPTIONS='-c client_min_messages=warning' \
        "$(postgresql_bin)/psql" -X -q -A -t -v ON_ERROR_STOP=1
}

# write_passwords: operator.pgpass, for this script's user, holds those of all roles; each pool's pgpass the one of its
# role. libpq takes no such file that a group may read, so the pool owns its copy.
write_passwords() {
    local role pool lines=''
    [ ! -f "$VAR/secrets/operator.pgpass" ] || lines=$(<"$VAR/secrets/operator.pgpass")$'\n'
    for role in migrate "${pools[@]}"; do
        [[ $lines == *":garita_$role:"* ]] || lines+="*:*:*:garita_$role:$(random_secret)"$'\n'
    done
    write 600 "$(id -un)" "$VAR/secrets/operator.pgpass" <<<"${lines%$'\n'}" || return 1
    for pool in "${pools[@]}"; do
        grep ":garita_$pool:" "$VAR/secrets/operator.pgpass" |
            write 400 "$(pool_user "$pool")" "$VAR/pools/$pool/pgpass" || return 1
    done
}

# role_passwords: "ROLE PASSWORD" lines.
role_passwords() { awk -F: '{ print $4, $5 }' "$VAR/secrets/operator.pgpass"; }
