# shellcheck shell=bash disable=SC2154 # shared by the scripts of setup
# Roles, passwords, database, schema: of the PostgreSQL on this machine, or of another one.
#
# Each role's URL stands, with its password, in a file that root alone reads; systemd hands it to the pool.

is_local() { [ "${answers[DATABASE]}" = local ]; }

# as_postgres COMMAND...: as the owner of the local cluster; nothing behind it gains rights again.
as_postgres() {
    local postgres
    become postgres postgres
    "${postgres[@]}" env -i "PATH=$PATH" LANG=C.UTF-8 "$@"
}

# as_superuser: psql, commands on standard input; an administrator's URL stays out of the list of processes.
as_superuser() {
    local quiet='PGOPTIONS=-c client_min_messages=warning' options=(-X -q -A -t -v ON_ERROR_STOP=1)
    if is_local; then
        as_postgres "$quiet" psql "${options[@]}" -d postgres
    else
        with_url "$settings/database-admin-url" "${options[@]}"
    fi
}

# ask_postgres SQL
ask_postgres() { as_superuser <<<"$1"; }

# with_url FILE OPTIONS...: psql at the URL of the file; its password goes by the environment, which only root reads.
with_url() (
    local url password=''
    take_password_out "$(cat -- "$1")" ||
        fail "$1 holds no address of PostgreSQL; signs such as @ / : % in a password are written as %40 %2F %3A %25"
    shift
    [ -z "$password" ] || export PGPASSWORD=$password
    PGOPTIONS='-c client_min_messages=warning' PGCONNECT_TIMEOUT=10 psql "$@" -d "$url"
)

# take_password_out URL: sets `url` to it without its password, and `password` to that; false for what is no URL, or has a
# secret that only a URL can carry. A host never has an @, so one that is left over belongs to a password.
take_password_out() {
    local user='' rest=${1#*://} word words kept=''
    [[ $1 =~ ^postgres(ql)?://([^@/]*@)?[^@]*$ ]] || return 1
    if [[ $rest == *@* ]]; then user=${rest%%@*} rest=${rest#*@}; fi
    if [[ $user == *:* ]]; then decode password "${user#*:}" && user=${user%%:*} || return 1; fi
    url=${1%%://*}://${user:+$user@}${rest%%\?*}
    [[ $rest == *\?* ]] || return 0
    IFS='&' read -r -a words <<<"${rest#*\?}"
    for word in "${words[@]}"; do
        case ${word%%=*} in
        password) decode password "${word#*=}" || return 1 ;;
        sslpassword | *%*) return 1 ;;
        *) kept+=${kept:+&}$word ;;
        esac
    done
    url+=${kept:+?$kept}
}

# decode NAME TEXT: sets the variable NAME to what the text of a URL stands for (RFC 3986, section 2.1).
decode() {
    [[ $2 =~ ^([^%]|%[0-9A-Fa-f]{2})*$ && $2 != *%00* ]] || return 1
    local text=${2//\\/\\\\}
    printf -v "$1" '%b' "${text//%/\\x}"
}

# login_roles: those that sign in, one a line: commands' (garita_migrate) and the pools'.
login_roles() { sed -n 's/^alter role \(garita_[a-z]*\) login .*/\1/p' "$share/sql/roles.sql"; }

# url_file ROLE
url_file() {
    if [ "$1" = garita_migrate ]; then printf '%s/database-url' "$settings"; else
        printf '%s/pools/%s/database-url' "$settings" "${1#garita_}"
    fi
}

# url_of ROLE PASSWORD
url_of() {
    local place=${answers[DATABASE]}
    ! is_local || place="postgresql:///garita?host=$(ask_postgres 'show unix_socket_directories' | cut -d, -f1)&port=$(ask_postgres 'show port')"
    printf '%s//%s:%s@%s\n' "${place%%//*}" "$1" "$2" "${place#*//}"
}

# roles_without_entry: those that cannot sign in with what their file says; one a line.
roles_without_entry() {
    local role
    while read -r role; do
        with_url "$(url_file "$role")" -X -q -A -t -c 'select 1' >/dev/null 2>&1 </dev/null || printf '%s\n' "$role"
    done < <(login_roles)
}

# sql_state: what the files of roles and database were when they last ran.
sql_state() { cat "$share/sql/roles.sql" "$share/sql/database.sql" | sha256sum | cut -d' ' -f1; }

# passwords_of ROLE...: "ROLE PASSWORD" lines: that of the role's file, or a new one.
passwords_of() {
    local role password
    for role; do
        password=$(sed -n 's|^[a-z]*://[^:/@]*:\([^@]*\)@.*|\1|p' "$(url_file "$role")" 2>/dev/null || true)
        printf '%s %s\n' "$role" "${password:-$(random_secret)}"
    done
}

# write_urls: the files of the roles whose "ROLE PASSWORD" lines stand on standard input.
write_urls() {
    local role password
    while read -r role password; do
        url_of "$role" "$password" </dev/null | write 600 root "$(url_file "$role")" ||
            fail "$(url_file "$role") cannot be written."
    done
}

# admit_roles: one marked block at the head of pg_hba.conf, written as the owner of the cluster: our roles sign in with
# their passwords, over the socket alone. The rest of the file stays.
admit_roles() {
    local hba block
    hba=$(ask_postgres 'show hba_file')
    block="# Written by garita setup: its roles sign in with their passwords.
local garita $(login_roles | paste -sd,) scram-sha-256
# End of what garita setup wrote."
    # shellcheck disable=SC2016 # for the inner shell
    as_postgres sh -euc '
        umask 077
        rest() { sed "/^# Written by garita setup:/d; /^# End of what garita setup wrote/d; /^local garita garita_[a-z_,]* scram-sha-256$/d" "$1"; }
        { printf "%s\n" "$2" && rest "$1"; } >"$1.new"
        if cmp -s "$1" "$1.new"; then rm "$1.new"; exit 3; fi
        chmod --reference="$1" "$1.new" && mv "$1.new" "$1"' - "$hba" "$block" && ask_postgres 'select pg_reload_conf()' >/dev/null
}

set_up_database() {
    if is_local; then
        ask_postgres 'select 1' >/dev/null 2>&1 ||
            fail "PostgreSQL does not answer on this machine: apt install postgresql, or name a remote one (DATABASE)."
        if admit_roles; then did "PostgreSQL: roles of Garita admitted by password ($(ask_postgres 'show hba_file'))"; fi
    fi
    prepare_roles
}

# prepare_roles: what is missing of roles, passwords and database. The files are written when the database has taken the
# passwords: one that is away changes nothing.
prepare_roles() {
    local missing lines=''
    mapfile -t missing < <(roles_without_entry)
    [ "${#missing[@]}" != 0 ] || forget_passwords
    [ "${#missing[@]}" != 0 ] || [ "$(cat "$state/roles.sha256" 2>/dev/null)" != "$(sql_state)" ] || return 0
    [ "${#missing[@]}" = 0 ] || lines=$(passwords_of "${missing[@]}")
    if ! is_local && [ ! -s "$settings/database-admin-url" ]; then hand_over "$lines"; fi
    step "Preparing the database" prepare_database "$share/sql" <<<"$lines"
    [ -z "$lines" ] || write_urls <<<"$lines"
    sql_state | write 644 root "$state/roles.sha256"
    did "database: garita, roles $(login_roles | paste -sd' ')"
}

# forget_passwords: whoever had to know those of the roles has used them.
forget_passwords() {
    local file=$settings/database-administrator.sql
    grep -qs "^alter role garita_[a-z]* password '" "$file" || return 0
    rm -f -- "$file"
    did "database: $file removed, because it held passwords and the roles can sign in"
}

# hand_over LINES: the SQL that the administrator of a remote PostgreSQL must run, with the passwords of LINES. Setup goes on
# when it is run again and the roles can sign in.
hand_over() {
    local file=$settings/database-administrator.sql
    [ -z "$1" ] || write_urls <<<"$1"
    # shellcheck disable=SC2317 # prepare_database calls it
    (as_superuser() { cat; } && prepare_database "$share/sql" <<<"$1") | write 600 root "$file"
    sql_state | write 644 root "$state/roles.sha256"
    say "The administrator of the database must run $file there (psql -f; it holds passwords: hand it over safely)."
    say "Or put an administrator's URL into $settings/database-admin-url (mode 600) until setup has run."
    fail "Setup waits for the database: run it again afterwards."
}

bring_up_schema() {
    local done_now plan
    plan=$(operator migrate --plan 2>&1) || fail "The schema cannot be looked at: ${plan##*$'\n'}"
    [ -n "$plan" ] || { record_schema; end_fallback; return 0; }
    done_now=$(operator migrate 2>&1) || fail "Migrating failed: $(tail -n 1 <<<"$done_now")"
    step "Making the tables of the log" operator maintain
    did "schema: $(wc -l <<<"$done_now") steps"
    record_schema
    end_fallback
}

# record_schema: after a migration, or where there was nothing to migrate.
record_schema() { ! package_version | keep 644 "$schema_version" || true; }
