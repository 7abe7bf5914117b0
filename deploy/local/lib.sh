# shellcheck shell=bash disable=SC2034 # used by the scripts that read this one
# What the scripts here share: words for a person, and who runs what.

say() { printf '%s\n' "$*"; }

# fail LINE: the one line a person reads when something is wrong.
fail() {
    printf 'garita: %s\n' "$*" >&2
    exit 1
}

# step WHAT COMMAND...: runs it quietly. When it fails its last line says why. Kept in memory, because a full disk is
# one of the things that go wrong.
step() {
    local what=$1 output
    shift
    output=$("$@" 2>&1) && return 0
    output=${output##*$'\n'}
    fail "$what failed: ${output#garita: }"
}

is_root() { [ "$(id -u)" = 0 ]; }

# has_user NAME: the account exists on this machine.
has_user() { getent passwd "$1" >/dev/null; }

# pool_user NAME: who its workers are.
pool_user() { if is_root; then printf 'garita-%s' "$1"; else id -un; fi; }

# choose_users: as root PostgreSQL, nginx and each pool get an account of their own, so that none can read what another
# holds; otherwise everything runs as the caller. as_database, as_web and as_app are prefixes of commands, so that a
# background command keeps its process id; nothing behind them gains rights again.
choose_users() {
    pools=(gate auth app device status outbox)
    database_user=$(id -un) web_user=$(id -un) pools_group=$(id -gn)
    as_database=(setpriv --no-new-privs --) as_web=(setpriv --no-new-privs --) as_app=(setpriv --no-new-privs --)
    is_root || return 0
    database_user=postgres web_user=www-data pools_group=garita
    { has_user postgres && has_user www-data; } ||
        fail "The accounts postgres and www-data are missing: run deploy/local/packages.sh"
    make_pool_users
    become postgres as_database
    become www-data as_web
    become garita-app as_app
}

# become USER ARRAY: sets ARRAY to the prefix that runs a command as USER.
become() {
    local -n prefix=$2
    prefix=(setpriv "--reuid=$1" "--regid=$(id -g "$1")" --init-groups --no-new-privs --)
}

# make_pool_users: a system account for each pool, and the group of them all, who may reach the database's socket. One
# run at a time changes the list of accounts.
make_pool_users() {
    local pool missing=()
    for pool in "${pools[@]}"; do has_user "garita-$pool" || missing+=("garita-$pool"); done
    [ "${#missing[@]}" != 0 ] || return 0
    # shellcheck disable=SC2016 # for the inner shell
    step "Making the accounts ${missing[*]}" env "PATH=$PATH:/usr/sbin" flock /etc bash -euc '
        getent group garita >/dev/null || groupadd --system garita
        for user; do
            getent passwd "$user" >/dev/null || useradd --system --user-group --groups garita \
                --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$user"
        done' - "${missing[@]}"
}

# The functions below work on names in folders of our own. In a folder that another user owns nothing is opened, given
# away or replaced by root: its owner could exchange the name for a link at any moment. That is done as the owner.

# folder MODE OWNER[:GROUP] PATH: makes it or puts mode and owner right; one that is right is not touched, because systemd
# restarts pools whose folder of keys changes. Without root there is one user and no group of ours: then it is the owner's.
folder() {
    local mode=$1
    { is_root || [[ $2 != *:* ]]; } || mode=700
    mkdir -p -- "$3" && give "$2" "$3" || return 1
    [ "$(stat -c %a -- "$3")" = "$mode" ] || chmod "$mode" -- "$3"
}

# give OWNER[:GROUP] PATH: only root can, and only root needs to.
give() {
    local owner=$1
    is_root || return 0
    [[ $owner == *:* ]] || owner+=:$(id -gn "$owner")
    [ "$(stat -c %U:%G -- "$2")" = "$owner" ] || chown -h -- "$owner" "$2"
}

# write MODE OWNER[:GROUP] PATH: standard input becomes the file, whole or not at all. Without root as with `folder`.
write() {
    local mode=$1
    { is_root || [[ $2 != *:* ]]; } || mode=600
    (umask 077 && cat >"$3.new") && give "$2" "$3.new" &&
        chmod "$mode" -- "$3.new" && mv -f -- "$3.new" "$3"
}

# write_as PREFIX PATH: the same in a folder of the user whom PREFIX (the name of an array) makes.
write_as() {
    local -n as=$1
    # shellcheck disable=SC2016 # for the inner shell
    "${as[@]}" sh -c 'umask 077 && cat >"$1.new" && mv -f -- "$1.new" "$1"' - "$2"
}

# free_megabytes PATH
free_megabytes() { df -Pm -- "$1" | awk 'NR == 2 { print $4 }'; }

# random_secret: 48 hexadecimal digits.
random_secret() { od -An -v -N24 -tx1 /dev/urandom | tr -d ' \n'; }
