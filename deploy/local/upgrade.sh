# shellcheck shell=bash disable=SC2154 # variables of lib.sh and paths.sh
# A VAR of an earlier release: there www-data owned keys, photos, passwords and settings, one of each for all workers.
#
# Each file is read as its earlier owner and written as its new one: root opens no name in a folder of www-data's.

upgrade_layout() {
    rm -f -- "$VAR"/run/{gate,auth,app}.sock
    take_back_keys && hand_over_photos && share_out_settings && renew_passwords
}

# is_of_web PATH: an earlier release gave it to www-data.
is_of_web() { is_root && [ "$(stat -c %U -- "$1" 2>/dev/null)" = "$web_user" ]; }

# exchange PATH: PATH.new takes the place of PATH.
exchange() { mv -- "$1" "$1.old" && mv -- "$1.new" "$1" && rm -rf -- "$1.old"; }

# settle PATH: an exchange that was interrupted is taken back, or brought to its end.
settle() { if [ -e "$1" ]; then rm -rf -- "$1.old" "$1.new"; elif [ -e "$1.old" ]; then mv -- "$1.old" "$1"; fi; }

# take_back_keys: with the time each was made, which says when it is used.
take_back_keys() {
    local keys=$VAR/secrets/keys name made names
    settle "$keys" || return 1
    is_of_web "$keys" || return 0
    folder 700 "$(id -un)" "$keys.new" || return 1
    names=$("${as_web[@]}" find "$keys" -maxdepth 1 -type f -readable -name '*.key' -printf '%f %Ts\n') || return 1
    while read -r name made; do
        [[ $name =~ ^[a-z-]+\.[0-9]+\.key$ ]] || continue
        "${as_web[@]}" head -c 1024 -- "$keys/$name" | write 600 "$(id -un)" "$keys.new/$name" &&
            touch -d "@$made" -- "$keys.new/$name" || return 1
    done <<<"$names"
    exchange "$keys"
}

hand_over_photos() {
    local photos=$VAR/photos
    settle "$photos" || return 1
    is_of_web "$photos" || return 0
    folder 2750 "$(pool_user app):$(id -gn "$web_user")" "$photos.new" || return 1
    "${as_web[@]}" find "$photos" -maxdepth 1 -type f -readable -name '*.jpg' -printf '%f\0' |
        "${as_web[@]}" tar -C "$photos" --null --no-recursion --verbatim-files-from -T - --mode=u=rw,g=r,o= -cf - |
        "${as_app[@]}" tar -C "$photos.new" -xf - || return 1
    exchange "$photos"
}

# share_out_settings: the lines that a person added.
share_out_settings() {
    local pool
    [ -f "$VAR/garita.env" ] || return 0
    folder 711 "$(id -un)" "$VAR/pools" && make_pool_folders "$(id -un)" || return 1
    for pool in "${pools[@]}"; do write 600 "$(id -un)" "$VAR/pools/$pool/garita.env" <"$VAR/garita.env" || return 1; done
    rm -f -- "$VAR/garita.env"
}

# renew_passwords: every worker could read those of all pools; without the file all are made anew.
renew_passwords() { [ ! -f "$VAR/secrets/pgpass" ] || rm -f -- "$VAR/secrets/operator.pgpass" "$VAR/secrets/pgpass"; }
