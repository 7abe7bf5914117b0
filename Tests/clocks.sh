#!/usr/bin/env bash
# The tests that ask what day or hour it is, at other days and hours: PostgreSQL, workers, nginx and tests together read
# a clock that is set otherwise, on a machine of another time zone. Waiting takes its real time.
#
# `clocks.sh` runs them at every moment of the table below (`make test-clocks`, half an hour), `clocks.sh --quick` some
# at one awkward moment (part of `make test`), `clocks.sh --at MOMENT ZONE COMMAND...` any command.
# shellcheck source-path=SCRIPTDIR/../deploy/local
set -euo pipefail
umask 022

clone=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=lib.sh
. "$clone/deploy/local/lib.sh"

# When it is, as date(1) reads it, and the zone of the machine. The sample community lies in America/Mexico_City (UTC-6
# all year); Tijuana changes its clocks with California. Runs that begin before midnight pass it.
moments() {
    local day
    day=$(date -u +%Y-%m-%d)
    cat <<END
$day 12:00 UTC + 1 day|America/Mexico_City|a day later
2027-06-15 23:58:30 -0600|UTC|23:59 in the community
2027-06-16 00:01 -0600|Asia/Kathmandu|00:01 in the community
2027-04-30 19:30 -0600|America/Mexico_City|the evening of a month's last day: another month in UTC
2028-02-29 20:00 -0600|Pacific/Kiritimati|a leap day
2027-12-31 23:58 UTC|UTC|the year ends in UTC
$day 12:00 UTC + 1 year|UTC|a year later
2028-03-12 09:58:30 UTC|America/Tijuana|clocks go forward
2027-11-07 08:58:30 UTC|America/Tijuana|clocks go back
END
}

sensitive=(test_admin_forms test_admin_gates test_admin_home test_admin_lists test_admin_passes test_admin_reports test_admin_settings
    test_audit test_commands test_csv_import_files test_csv_import_rows test_gate_devices test_gate_guessing test_gate_rules test_logs
    test_main_job test_people test_permanent_codes test_photos_kept test_photos_refused test_photos_shown test_second_factor
    test_second_factor_enrolment test_sessions test_states test_visits test_wire)
quick=(test_admin_gates test_admin_passes test_gate_devices test_gate_guessing test_gate_rules test_wire)

# enter FOLDER COMMAND...: runs it in a mount namespace of its own, where FOLDER is /etc.
enter() {
    local own=(unshare --mount --propagation private)
    [ "$(id -u)" = 0 ] || own=(unshare --user --map-current-user --keep-caps --mount --propagation private)
    # shellcheck disable=SC2016 # the inner shell expands it
    "${own[@]}" sh -c 'mount --bind "$0" /etc && exec "$@"' "$@"
}

# at MOMENT ZONE COMMAND...: a copy of /etc that loads the library into every program (ld.so(8)), also into those that
# are started with an empty environment.
at() {
    local moment=$1 zone=$2 folder offset status=0
    shift 2
    offset=$(($(date -d "$moment" +%s) - $(date +%s)))
    folder=$(mktemp -d) && chmod 755 -- "$folder"
    cp -a /etc "$folder/etc" 2>/dev/null || [ "$(id -u)" != 0 ] || fail "There is no room for a copy of /etc."
    clang -shared -fPIC -O2 -Wall -Wextra -Werror "-DOFFSET=${offset}L" -o "$folder/clock.so" "$clone/Tests/Clocks/clock.c"
    printf '%s\n' "$folder/clock.so" >"$folder/etc/ld.so.preload"
    ln -sf -- "/usr/share/zoneinfo/$zone" "$folder/etc/localtime"
    printf '%s\n' "$zone" >"$folder/etc/timezone"
    enter "$folder/etc" "$@" || status=$?
    rm -rf -- "$folder"
    return "$status"
}

# run_tests NAMES...: SQL, then files of Tests/Integration.
run_tests() {
    Tests/sql.sh && .venv/bin/pytest -q -n 2 --dist loadfile -p no:cacheprovider "${@/%/.py}"
}

# everywhere: all moments, also when one has failed.
everywhere() {
    local moment zone name failed=()
    while IFS='|' read -r moment zone name <&3; do
        say "== $name: $moment, machine in $zone"
        at "$moment" "$zone" "$clone/Tests/clocks.sh" --tests "${sensitive[@]/#/Tests/Integration/}" || failed+=("$name")
    done 3< <(moments)
    [ "${#failed[@]}" = 0 ] || fail "failed: $(IFS=';'; printf '%s' "${failed[*]}")"
}

cd -- "$clone"
case ${1:-} in
    --tests) shift && run_tests "$@" ;;
    --at) shift && at "$@" ;;
    --quick)
        at 'now' UTC true 2>/dev/null || { say "Not run at another clock: this machine gives no mount namespace."; exit 0; }
        at '2028-02-29 20:00 -0600' Pacific/Kiritimati "$clone/Tests/clocks.sh" --tests "${quick[@]/#/Tests/Integration/}"
        ;;
    '') everywhere ;;
    *) fail "clocks.sh takes nothing, --quick or --at MOMENT ZONE COMMAND..." ;;
esac
