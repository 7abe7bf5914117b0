# shellcheck shell=bash disable=SC2154 # variables of lib.sh, place.sh and web.sh
# VAR/garita.env for the workers and VAR/operator.env for commands that change the schema: the same settings, another
# password file. Lines a person added stay.

# settings PASSFILE FILE: prints the new content of FILE.
settings() {
    printf "GARITA_DATABASE=host=%s dbname=garita passfile=%s\n" "$VAR/run/postgresql" "$VAR/secrets/$1"
    printf 'GARITA_KEYS=%s\nGARITA_PHOTOS=%s\n' "$VAR/secrets/keys" "$VAR/photos"
    printf 'GARITA_SQL=%s\nGARITA_WEB=%s\n' "$VAR/share/sql" "$VAR/share/web"
    [ ! -f "$2" ] || grep -vE '^GARITA_(DATABASE|KEYS|PHOTOS|SQL|WEB)=' "$2" || true
}

write_settings() {
    settings pgpass "$VAR/garita.env" | write 600 "$web_user" "$VAR/garita.env" &&
        settings operator.pgpass "$VAR/operator.env" | write 600 "$(id -un)" "$VAR/operator.env"
}

# The environment of our programs holds nothing but what they need.
# operator COMMAND...: garita with the right to change the schema.
operator() { env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/operator.env" "$VAR/bin/garita" "$@"; }

# make_keys: as the user who reads them.
make_keys() {
    "${as_web[@]}" env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$VAR/garita.env" "$VAR/bin/garita" keys init
}
