# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# VAR/pools/*/garita.env for the workers and VAR/operator.env for commands: the same settings, other passwords and keys.
# Lines a person added stay.

# settings PASSFILE KEYS FILE: prints the new content of FILE.
settings() {
    printf "GARITA_DATABASE=host=%s dbname=garita passfile=%s\n" "$VAR/run/postgresql" "$1"
    printf 'GARITA_KEYS=%s\nGARITA_PHOTOS=%s\n' "$2" "$VAR/photos"
    printf 'GARITA_COMMON_PASSWORDS=%s\n' "$VAR/share/common-passwords.txt"
    printf 'GARITA_SQL=%s\nGARITA_WEB=%s\n' "$VAR/share/sql" "$VAR/share/web"
    [ ! -f "$3" ] || grep -vE '^GARITA_(DATABASE|KEYS|POOLS|PHOTOS|COMMON_PASSWORDS|SQL|WEB)=' "$3" || true
}

write_settings() {
    local pool place
    for pool in "${pools[@]}"; do
        place=$VAR/pools/$pool
        settings "$place/pgpass" "$place/keys" "$place/garita.env" |
            write 640 "$(id -un):$(id -gn "$(pool_user "$pool")")" "$place/garita.env" || return 1
    done
    { settings "$VAR/secrets/operator.pgpass" "$VAR/secrets/keys" "$VAR/operator.env" &&
        printf 'GARITA_POOLS=%s\n' "$VAR/pools"; } | write 600 "$(id -un)" "$VAR/operator.env"
}

# The environment of our programs holds nothing but what they need.
# operator COMMAND...: garita with the right to change the schema.
operator() { env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/operator.env" "$VAR/bin/garita" "$@"; }

# make_keys: those that are missing, and every pool's copies.
make_keys() { operator keys init; }
