# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# VAR/pools/*/garita.env for the workers and VAR/operator.env for commands: the same settings, other passwords and keys.
# Lines a person added stay.

# settings PASSFILE KEYS FILE: prints the new content of FILE.
settings() {
    printf 'DATABASE_URL=host=%s dbname=garita passfile=%s\n' "$VAR/run/postgresql" "$1"
    printf 'GARITA_KEYS=%s\n' "$2"
    product_settings "$VAR/share" "$VAR/photos"
    printf 'GARITA_SCOREBOARD=%s\nGARITA_DATABASE_FOLDER=%s\n' "$VAR/run/scoreboard" "$VAR/postgresql"
    [ ! -f "$3" ] || grep -vE '^(DATABASE_URL|GARITA_DATABASE|GARITA_(KEYS|POOLS|PHOTOS|COMMON_PASSWORDS|SQL|WEB|SCOREBOARD|DATABASE_FOLDER))=' "$3" || true
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

# list_origins: other sites whose pages may call the API, as nginx reads them: CORS_ALLOWED_ORIGINS of the environment or
# of operator.env, else the place where a web client is developed.
list_origins() {
    local origins=()
    if [ -n "${CORS_ALLOWED_ORIGINS+set}" ]; then
        origins=("CORS_ALLOWED_ORIGINS=$CORS_ALLOWED_ORIGINS")
    elif ! grep -qs '^CORS_ALLOWED_ORIGINS=' "$VAR/operator.env"; then
        origins=(CORS_ALLOWED_ORIGINS=http://localhost:3000)
    fi
    # At the first start there are no settings yet.
    [ ! -f "$VAR/operator.env" ] || origins+=("GARITA_CONFIG=$VAR/operator.env")
    env -i "PATH=$PATH" LANG=C.UTF-8 "${origins[@]}" "$VAR/bin/garita" config --nginx-origins
}
