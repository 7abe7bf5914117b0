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

# has_user NAME: the account exists on this machine.
has_user() { getent passwd "$1" >/dev/null; }

# choose_users: PostgreSQL refuses to run as root and the workers should not, so as root both get an account of their
# own; otherwise everything runs as the caller. as_database and as_web are prefixes of commands, so that a background
# command keeps its process id.
choose_users() {
    as_database=() as_web=()
    database_user=$(id -un) web_user=$(id -un)
    [ "$(id -u)" = 0 ] || return 0
    database_user=postgres web_user=www-data
    { has_user postgres && has_user www-data; } ||
        fail "The accounts postgres and www-data are missing: run deploy/local/packages.sh"
    as_database=(setpriv "--reuid=$database_user" "--regid=$(id -g "$database_user")" --init-groups --)
    as_web=(setpriv "--reuid=$web_user" "--regid=$(id -g "$web_user")" --init-groups --)
}

# folder MODE OWNER PATH: makes it or puts mode and owner right.
folder() {
    mkdir -p -- "$3" && chmod "$1" -- "$3" && give "$2" "$3"
}

# give OWNER PATH: only root can, and only root needs to.
give() {
    [ "$(id -u)" != 0 ] || chown -- "$1:$(id -g "$1")" "$2"
}

# write MODE OWNER PATH: standard input becomes the file, whole or not at all.
write() {
    (umask 077 && cat >"$3.new") && chmod "$1" -- "$3.new" && give "$2" "$3.new" && mv -f -- "$3.new" "$3"
}

# free_megabytes PATH
free_megabytes() { df -Pm -- "$1" | awk 'NR == 2 { print $4 }'; }

# random_secret: 48 hexadecimal digits.
random_secret() { od -An -v -N24 -tx1 /dev/urandom | tr -d ' \n'; }
