#!/usr/bin/env bash
# `make stop`: ends the run on VAR from another terminal, and only that.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=processes.sh
. "$here/processes.sh"

find_var || { say "Nothing runs: $(wanted_var) does not exist."; exit 0; }
if pid=$(recorded garita); then
    kill -s TERM "$pid" 2>/dev/null || fail "The run (process $pid) belongs to another user."
    gone_within 40 garita || fail "The run (process $pid) does not end; its logs are in $VAR/log."
    say "Stopped."
elif has_leftovers; then
    stop_children
    rm -f -- "$VAR/run/garita.pid"
    say "Stopped what an earlier run left behind."
else
    say "Nothing runs on $(wanted_var)."
fi
