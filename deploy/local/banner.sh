# shellcheck shell=bash disable=SC2154 # variables of lib.sh, paths.sh and web.sh
# The demo community, and what a person wants to know once all is up.

# load_demo: the first time only, which is when the passwords are shown; afterwards they are in demo.env.
load_demo() {
    local accounts
    if [ ! -s "$VAR/demo.env" ]; then
        accounts=$(operator demo --env-file "$VAR/demo.env" --url "$url" 2>"$VAR/log/demo.log") ||
            fail "Loading the demo community failed: $(tail -n 1 "$VAR/log/demo.log")"
        say "$accounts"
    fi
    step "Writing $VAR/demo.env" write_address
}

# first_administrator: instead of the demo, whoever begins. Until an administrator has logged in, each start prints a
# fresh one-time link.
first_administrator() {
    [ "$(administrators)" = 'signed in' ] || invite_administrator admin "$url"
}

# write_address: the port may be another one today.
write_address() {
    { printf 'GARITA_URL=%s\n' "$url" && grep -v '^GARITA_URL=' "$VAR/demo.env"; } | write 600 "$(id -un)" "$VAR/demo.env"
}

greet() {
    local shown
    shown=$(wanted_var)
    if [ ! -s "$VAR/demo.env" ]; then
        printf '\nGarita runs: %s    (stop: Ctrl-C, or make stop)\nLogs:        %s/log\n' "$url" "$shown"
        return
    fi
    cat <<TEXT

Garita runs: $url    (stop: Ctrl-C, or make stop)
Accounts:    $shown/demo.env    Logs: $shown/log
Pages:       /gate/ for the guard, /home/ for the resident, /admin/ for the administrator

The main job, as the guard of the demo: log in, then ask whether a code may pass.

. $(printf '%q' "$shown")/demo.env
TOKEN=\$(curl -s \$GARITA_URL/api/auth/login/ -H 'Content-Type: application/json' \\
  -d '{"username":"'"\$GARITA_GUARD_USER"'","password":"'"\$GARITA_GUARD_PASSWORD"'"}' | sed 's/.*"access": *"\\([^"]*\\)".*/\\1/')
curl -s \$GARITA_URL/api/access/codes/validate/ -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' \\
  -d '{"code":"RFID123456","access_point_id":1,"access_type":"ENTRY"}'

TEXT
}
