# shellcheck shell=bash disable=SC2154 # shared by the scripts of setup
# Folders, settings and keys.

# make_setup_folders: what systemd-tmpfiles does not make (garita.tmpfiles), for root alone where it holds secrets.
make_setup_folders() {
    local place
    systemd-tmpfiles --create garita.conf || true
    folder 755 root "$settings"
    folder 700 root "$settings/keys"
    folder 755 root "$settings/pools"
    folder 755 root "$state/acme"
    for place in $(login_roles | sed 's/^garita_//; /^migrate$/d') seal; do
        folder 755 root "$settings/pools/$place" && folder 700 root "$settings/pools/$place/keys"
    done
}

# write_settings: what is missing is added; what stands there is the operator's.
write_settings() {
    local file=$settings/garita.env name line added=''
    while read -r line; do
        name=${line%%=*}
        grep -qs "^ *$name *=" "$file" || added+=$line$'\n'
    done < <(printf '%s\n' "DATABASE_URL_FILE=$settings/database-url" "GARITA_KEYS=$settings/keys" \
        "GARITA_POOLS=$settings/pools" "GARITA_TLS=$settings/tls" "GARITA_NGINX_SITE=$nginx_site" \
        "GARITA_SCOREBOARD=/run/garita-scoreboard" "GARITA_BACKUPS=$backups" \
            "GARITA_BACKUP_RECIPIENTS=$settings/backup-recipients"
        [ ! -d /var/lib/postgresql ] || printf 'GARITA_DATABASE_FOLDER=/var/lib/postgresql\n'
        product_settings "$share" "$photos")
    [ -n "$added" ] || return 0
    { if [ -f "$file" ]; then cat "$file"; else printf '# /usr/share/doc/garita/docs/configuration.md lists all settings; "garita config" shows what is in force.\n'; fi
      printf '%s' "$added"; } | keep 644 "$file" && did "settings: $file"
}

make_missing_keys() {
    local made
    made=$(make_keys) || fail "The keys could not be made."
    [ -z "$made" ] || did "keys: $settings/keys ($(wc -l <<<"$made") made; keep a copy elsewhere, apart from backups)"
}
