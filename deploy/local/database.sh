# shellcheck shell=bash disable=SC2154 # variables of lib.sh, place.sh and web.sh
# The private PostgreSQL: cluster, settings, roles, schema.

# postgresql_bin: the folder of the newest server program, or of the version that made the cluster.
postgresql_bin() {
    local version='*' found
    [ ! -f "$VAR/postgresql/PG_VERSION" ] || version=$(<"$VAR/postgresql/PG_VERSION")
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
        rm -f -- "$pwfile" && rm -rf -- "$VAR/postgresql" &&
        printf "include 'garita.conf'\n" >>"$new/postgresql.conf" && mv -- "$new" "$VAR/postgresql"
}

# configure_cluster CONNECTIONS
configure_cluster() {
    sed "s|@VAR@|$VAR|; s|@CONNECTIONS@|$1|" "$clone/deploy/local/postgresql.conf.in" |
        write 600 "$database_user" "$VAR/postgresql/garita.conf"
}

# forget_stale_lock: after a crash of the machine the id in postmaster.pid may belong to anybody, and PostgreSQL would
# refuse to start. Only removed when no PostgreSQL has that id.
forget_stale_lock() {
    local pid='' name=''
    { read -r pid <"$VAR/postgresql/postmaster.pid"; } 2>/dev/null || return 0
    { read -r name <"/proc/$pid/comm"; } 2>/dev/null || true
    [ "$name" = postgres ] || rm -f -- "$VAR/postgresql/postmaster.pid"
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

# write_passwords: pgpass is for the workers and holds the pools' roles only; operator.pgpass, for this script's user,
# holds the one that may change the schema as well.
write_passwords() {
    local role lines=''
    [ ! -f "$VAR/secrets/operator.pgpass" ] || [ ! -f "$VAR/secrets/pgpass" ] || return 0
    for role in garita_migrate garita_gate garita_auth garita_app; do
        lines+="*:*:*:$role:$(random_secret)"$'\n'
    done
    write 600 "$(id -un)" "$VAR/secrets/operator.pgpass" <<<"${lines%$'\n'}" &&
        grep -v :garita_migrate: "$VAR/secrets/operator.pgpass" | write 600 "$web_user" "$VAR/secrets/pgpass"
}

# prepare_database: roles, their passwords (through standard input: no process list shows them), the database.
prepare_database() {
    {
        cat "$VAR/share/sql/roles.sql"
        printf '\nset log_min_error_statement = panic;\n'
        awk -F: '{ printf "alter role %s password '\''%s'\'';\n", $4, $5 }' "$VAR/secrets/operator.pgpass"
        printf '%s\n' "select 'create database garita owner garita_owner'" \
            "where not exists (select from pg_database where datname = 'garita') \\gexec" '\c garita'
        cat "$VAR/share/sql/database.sql"
    } | as_superuser
}
