#!/usr/bin/env bash
# `garita setup` [--file ANSWERS | --defaults]: an installed package becomes a running residence (docs/install.md).
#
# Each step looks first whether it is done already, and says in one line what it did. A setup that ended in the middle is
# run again. Without systemd (a container, a chroot) nothing is started, and the units are named instead.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
umask 022

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# The package brings it from deploy/local.
# shellcheck source=../local/lib.sh
. "$here/lib.sh"
# shellcheck source=shared.sh
. "$here/shared.sh"
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=answers.sh
. "$here/answers.sh"
# shellcheck source=settings.sh
. "$here/settings.sh"
# shellcheck source=database.sh
. "$here/database.sh"
# shellcheck source=site.sh
. "$here/site.sh"
# shellcheck source=services.sh
. "$here/services.sh"

# describe_site: the first site has what the answers say; later it is changed by the answers that changed.
describe_site() {
    local words=() name
    for name in NAME TIME_ZONE COUNTRY LANGUAGE; do
        [ "${answers[$name]}" = "${applied[$name]:-}" ] || [ -z "${answers[$name]}" ] ||
            words+=("--$(tr 'A-Z_' 'a-z-' <<<"$name")=${answers[$name]}")
    done
    [ "${#words[@]}" != 0 ] || return 0
    step "Describing the residence" operator site change MAIN "${words[@]}"
    did "residence: ${answers[NAME]}, ${answers[TIME_ZONE]}, ${answers[LANGUAGE]}"
}

say_first_administrator() {
    local url=https://${answers[HOST]} state
    state=$(administrators)
    if [ -z "$state" ]; then
        did "first administrator: ${answers[ADMINISTRATOR]}"
        say ""
        invite_administrator "${answers[ADMINISTRATOR]}" "$url"
    elif ! has_account "${answers[ADMINISTRATOR]}"; then
        say "There is an administrator already. Another one: garita user create ${answers[ADMINISTRATOR]} --role ADMIN --link"
    elif [ "$state" = made ]; then
        say "No administrator has signed in yet; another link: garita user link ${answers[ADMINISTRATOR]} (what \"path=\" says, behind $url)"
    fi
}

is_root || fail "Setup writes below /etc: run it as root."
exec 9>/run/garita-setup.lock
flock -n 9 || fail "Another setup is running."
# Paths are those of the caller's folder, which other accounts may not see.
read_answers "$@"
cd /
make_setup_folders
write_settings
set_up_database
make_missing_keys
bring_up_schema
describe_site
make_certificate
write_site
step "Checking the settings" operator check
start_services
say_first_administrator
remember_answers
[ ! -e "$settings/database-admin-url" ] ||
    say "$settings/database-admin-url holds an administrator's password and is not needed any more: remove it."
[ "$changes" != 0 ] || say "Nothing had to be done: everything is as the answers say."
say ""
say "Garita: https://${answers[HOST]}/"
