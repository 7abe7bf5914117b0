# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# Where the data lies: VAR (default var/ in the clone, moved by GARITA_VAR), always a real path that every user of
# ours can enter.

clone=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

# The longest socket below VAR; the kernel takes 107 bytes (unix(7)).
longest_socket=/run/postgresql/.s.PGSQL.5432

# wanted_var: the path a person knows.
wanted_var() { realpath -ms -- "${GARITA_VAR:-$clone/var}"; }

# why_unsuitable PATH: prints why the data cannot lie there; nothing when it can.
why_unsuitable() {
    local user users=(postgres www-data)
    [[ $1 =~ ^[A-Za-z0-9._/+@-]+$ ]] || { printf 'its name has unusual characters'; return; }
    [ $((${#1} + ${#longest_socket})) -le 107 ] || { printf 'its name is too long for a socket'; return; }
    is_root || return 0
    for user in "${pools[@]}"; do users+=("garita-$user"); done
    for user in "${users[@]}"; do
        setpriv "--reuid=$user" "--regid=$(id -g "$user")" --init-groups -- env -C "$1" true 2>/dev/null ||
            { printf 'the user %s cannot enter it' "$user"; return; }
    done
}

# make_home PATH: makes and prints a suitable folder for the data of that VAR. A new one each time: whoever removes
# var/ or clones afresh expects to begin anew, and nothing old is ever removed.
make_home() {
    local base=$HOME/.local/state/garita name home
    ! is_root || base=/var/lib/garita-local
    name=$(printf '%s' "$1" | sha256sum | cut -c1-8)
    mkdir -p -- "$base" && home=$(mktemp -d "$base/$name.XXXXXX") && chmod 755 -- "$home" && printf '%s' "$home"
}

# find_var: sets VAR to what exists already; false when nothing does.
find_var() {
    VAR=$(wanted_var)
    [ -d "$VAR" ] || return 1
    VAR=$(realpath -- "$VAR")
}

# make_var: sets VAR; makes the folder, elsewhere when it must, with a symbolic link where a person looks for it.
make_var() {
    local wanted reason home
    wanted=$(wanted_var)
    [ -d "$wanted" ] || [ ! -L "$wanted" ] || rm -- "$wanted"
    [ -d "$wanted" ] || step "Making $wanted" mkdir -p -m 755 -- "$wanted"
    VAR=$(realpath -- "$wanted")
    [ -w "$VAR" ] || fail "$VAR is not writable: set GARITA_VAR to a folder of yours."
    reason=$(why_unsuitable "$VAR")
    [ -n "$reason" ] || return 0
    rmdir -- "$wanted" 2>/dev/null || fail "$VAR cannot hold the data ($reason): move it away or set GARITA_VAR."
    home=$(make_home "$VAR" 2>/dev/null) || fail "$VAR cannot hold the data ($reason): set GARITA_VAR."
    step "Linking $wanted" ln -sn -- "$home" "$wanted"
    say "The data of $wanted lies in $home, because $reason there."
    VAR=$home
    reason=$(why_unsuitable "$VAR")
    [ -z "$reason" ] || fail "$VAR cannot hold the data either ($reason): set GARITA_VAR."
}

# make_run_folder: what a run needs to find out whether it is the only one.
make_run_folder() { folder 755 "$(id -un)" "$VAR" && folder 711 "$(id -un)" "$VAR/run"; }

# make_folders: who may enter what. Folders that lie in one of ours and are another user's: nothing in them is ours to
# touch. run/ and pools/ let others pass through without listing.
make_folders() {
    local mine web_group
    mine=$(id -un) web_group=$(id -gn "$web_user")
    make_run_folder && folder 711 "$mine" "$VAR/secrets" && folder 711 "$mine" "$VAR/pools" &&
        folder 755 "$mine" "$VAR/log" && folder 755 "$mine" "$VAR/bin" && folder 755 "$mine" "$VAR/share" &&
        folder 700 "$web_user" "$VAR/log/nginx" && folder 700 "$web_user" "$VAR/nginx" &&
        folder 700 "$mine" "$VAR/secrets/keys" && make_pool_folders "$mine" &&
        folder 710 "$mine:$web_group" "$VAR/run/pools" &&
        folder 750 "$database_user:$pools_group" "$VAR/run/postgresql" && make_scoreboards &&
        folder 2750 "$(pool_user app):$web_group" "$VAR/photos"
}

# make_pool_folders MINE: each pool reads its own settings, password and keys, and can change none of them. Files of
# keys get the group of their folder (chmod(2), the set-group-ID bit).
make_pool_folders() {
    local pool group
    for pool in "${pools[@]}"; do
        group=$(id -gn "$(pool_user "$pool")")
        folder 750 "$1:$group" "$VAR/pools/$pool" && folder 2750 "$1:$group" "$VAR/pools/$pool/keys" || return 1
    done
}

# make_scoreboards: each pool writes its own file, and all read them. They begin anew with each start.
make_scoreboards() {
    local pool
    folder 750 "$(id -un):$pools_group" "$VAR/run/scoreboard" || return 1
    for pool in "${pools[@]}"; do
        write 640 "$(pool_user "$pool"):$pools_group" "$VAR/run/scoreboard/$pool" </dev/null || return 1
    done
}

# copy_product: the executable and its files, because other users may not enter the clone. Replaced by renaming: a
# running executable cannot be written over.
copy_product() {
    local room executable=${GARITA_EXECUTABLE:-$clone/.build/release/garita}
    [ -x "$executable" ] || fail "The executable is not built: run deploy/local/build.sh"
    install -m 755 -- "$executable" "$VAR/bin/garita.new" || return 1
    mv -f -- "$VAR/bin/garita.new" "$VAR/bin/garita" || return 1
    install -m 644 -- "${executable%/*}/common-passwords.txt" "$VAR/share/common-passwords.txt" || return 1
    for room in sql nginx web; do
        replace_folder "$clone/$room" "$VAR/share/$room" || return 1
    done
    copy_scanner "${executable%/*}" "$VAR/share/web/static" && name_assets "$VAR/share/web"
}

# copy_scanner FROM TO: where the build could make it (scanner.sh).
copy_scanner() {
    [ ! -f "$1/zbar.wasm" ] || install -m 644 -- "$1/zbar.wasm" "$1/zbar.txt" "$2/"
}

# name_assets FOLDER: beside each stylesheet, script and picture a copy whose name carries a hash of it, both also
# compressed for gzip_static; static/assets.txt lists the names for the workers, sw.js those it keeps in a browser.
name_assets() {
    local file name named static=$1/static
    for file in "$static"/*.css "$static"/*.js "$static"/*.svg "$static"/*.wasm; do
        [ -f "$file" ] || continue
        name=${file##*/}
        named=${name%.*}.$(sha256sum <"$file" | cut -c1-10).${name##*.}
        cp -p -- "$file" "$static/$named" && gzip -9 -n -k -- "$file" "$static/$named" || return 1
        printf '%s %s\n' "$name" "$named"
    done >"$static/assets.txt"
    name_shell "$1"
}

# name_shell FOLDER: what a browser keeps for the time without network; no camera then. The page that says so is named with
# its hash too, so that sw.js is another one whenever any of them is.
name_shell() {
    local page files
    page="/offline.html?$(sha256sum <"$1/offline.html" | cut -c1-10)"
    files=$(awk -v page="$page" '!/^scan\.|\.wasm$/ { printf "/static/%s ", $2 } END { printf "%s", page }' "$1/static/assets.txt")
    sed -i "s|@FILES@|$files|" "$1/sw.js"
}

# replace_folder FROM TO: readable by all, exchanged by renaming.
replace_folder() {
    rm -rf -- "$2.new" && cp -R -- "$1" "$2.new" && chmod -R u=rwX,go=rX -- "$2.new" && rm -rf -- "$2" && mv -- "$2.new" "$2"
}
