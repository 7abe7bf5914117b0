# shellcheck shell=bash disable=SC2154 # variables of the scripts that read this one
# What `make run` and `garita setup` do alike: roles and database, settings, keys, the first administrator.
#
# Whoever reads this file has two commands: as_superuser (psql, its commands on standard input) and
# operator (garita with the right to change the schema).

# prepare_database SQL: roles, the passwords that stand as "ROLE PASSWORD" lines on standard input (no process list shows
# them), the database, and what only a superuser can take away in it.
prepare_database() {
    {
        cat "$1/roles.sql"
        printf '\nset log_min_error_statement = panic;\n'
        awk 'NF == 2 { printf "alter role %s password '\''%s'\'';\n", $1, $2 }'
        printf '%s\n' "select \$\$create database garita owner garita_owner template template0 encoding 'UTF8' locale 'C.UTF-8'\$\$" \
            "where not exists (select from pg_database where datname = 'garita') \\gexec" '\c garita'
        cat "$1/database.sql"
    } | as_superuser
}

# product_settings SHARE PHOTOS: where the product's own files lie.
product_settings() {
    printf 'GARITA_PHOTOS=%s\n' "$2"
    printf 'GARITA_COMMON_PASSWORDS=%s\n' "$1/common-passwords.txt"
    printf 'GARITA_SQL=%s\nGARITA_WEB=%s\n' "$1/sql" "$1/web"
}

# make_keys: those that are missing, and every pool's copies.
make_keys() { operator keys init; }

# administrators: "made" or "signed in", for whoever has gone furthest; nothing when there is none.
administrators() {
    local accounts
    accounts=$(operator user list) || fail "The accounts cannot be listed."
    accounts=$(grep -E '  (ADMIN|SUPERUSER)  ' <<<"$accounts") || return 0
    if grep -E '  last log-in [0-9]' >/dev/null <<<"$accounts"; then printf 'signed in'; else printf 'made'; fi
}

# has_account NAME
has_account() { operator user list | awk -v name="$1" '$1 == name { found = 1 } END { exit !found }'; }

# invite_administrator NAME URL: makes the account, or only another link for it, and says what to open.
invite_administrator() {
    local link
    if has_account "$1"; then
        link=$(operator user link "$1") || fail "No link could be made for $1."
    else
        link=$(operator user create "$1" --role ADMIN --link) || fail "The first administrator could not be made."
    fi
    say "The first administrator is \"$1\"; this link sets the password, once:"
    say "$2$(sed -n 's/^path=//p' <<<"$link")"
    say "$(grep -E '^(token|until)=' <<<"$link")"
}
