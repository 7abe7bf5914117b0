#!/usr/bin/env bash
# upgrade.sh: what the package does when it was exchanged under a residence that runs (docs/upgrade.md).
#
# Sockets stay open, so requests that come in meanwhile wait in their queues. Workers end after the request they are
# answering, the schema is migrated in one transaction, the new workers take what waits: only that is the pause. When the
# migration fails nothing has changed in the database, and the workers of the package before go on, from its files.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
umask 022

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
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

# Services that start meanwhile wait for this lock (hold_services).
lock=/run/garita-upgrade.lock
hold=/run/systemd/system/garita-.service.d/90-upgrade.conf
was_fallback=no

milliseconds() { local now=${EPOCHREALTIME/[.,]/}; printf '%s' "${now%???}"; }

# wait_for_jobs: a backup or maintenance that runs holds what a migration must lock; it ends first, while all serve.
wait_for_jobs() {
    local job tries=1200
    for job in garita-backup garita-maintain garita-proof; do
        while [[ $(systemctl is-active "$job.service" 2>/dev/null) =~ ^(active|activating)$ ]]; do
            [ "$((tries--))" -gt 0 ] || fail "$job.service still runs after 10 minutes: upgrade when it has ended (dpkg --configure garita)."
            [ $((tries % 20)) != 0 ] || say "  waiting for $job.service to end"
            sleep 0.5
        done
    done
}

# hold_services SERVICE...: they end what they are answering, and start again as soon as the lock is free. They are not
# stopped, because a request that waits in the socket would start them: into a schema they do not know.
hold_services() {
    local tries=400
    systemctl restart --no-block "$@"
    while systemctl show -p SubState --value "$@" | grep -v '^$' | grep -qv '^start-pre$'; do
        [ "$((tries--))" -gt 0 ] || return 0
        sleep 0.02
    done
}

write_hold() {
    mkdir -p -- "${hold%/*}"
    printf '%s\n' '[Service]' TimeoutStartSec=infinity "ExecStartPre=+/usr/bin/flock --shared $lock true" | write 644 root "$hold"
    systemctl daemon-reload
}

end_hold() {
    rm -f -- "$hold"
    systemctl daemon-reload
    exec 8>&-
}

# give_up WHY: nothing has changed in the database. The services go on with the executable and files of the package before
# this one, also after a reboot.
give_up() {
    say "garita: the database was not migrated, and nothing in it has changed: $1"
    if [ -x "$before/garita" ]; then
        mkdir -p -- "${fallback%/*}"
        printf '%s\n' '# The migration of an upgrade failed: these are the workers before it. The package removes this file.' \
            '[Service]' "BindReadOnlyPaths=$before/garita:/usr/bin/garita $before/share:$share" | write 644 root "$fallback"
        rm -f -- "$hold"
        systemctl daemon-reload
        systemctl restart "${services[@]}"
        say "garita: the workers of $(cat "$before/version") serve on. Mend the cause, then: dpkg --configure garita"
        say "garita: or go back to that package: apt install --allow-downgrades ./garita_$(cat "$before/version")_amd64.deb"
    else
        say "garita: its workers wait. Mend the cause, then: dpkg --configure garita"
    fi
    exit 1
}

# units_are_as_before: nothing of them is lost by a reload. After a failed migration their files are others, too.
units_are_as_before() {
    local file
    [ "$was_fallback" = no ] || return 1
    for file in "$unit_folder"/garita*; do diff -r -q -- "$file" "$before/units/${file##*/}" >/dev/null 2>&1 || return 1; done
}

# migrate_and_restart PLAN: with a plan all services wait together, because functions and workers belong to each other;
# those of the gates last.
migrate_and_restart() {
    local began output service others=()
    if [ -f "$fallback" ]; then was_fallback=yes && rm -f -- "$fallback"; fi
    for service in "${services[@]}"; do [ "$service" = garita-gate.service ] || others+=("$service"); done
    if [ -z "$1" ]; then
        systemctl daemon-reload
        # A reload leaves no gap, and knows nothing of a changed unit.
        for service in "${services[@]}"; do
            if units_are_as_before; then systemctl reload-or-restart "$service"; else systemctl restart "$service"; fi
        done
        return 0
    fi
    wait_for_jobs
    exec 8>"$lock"
    flock 8
    write_hold
    hold_services "${others[@]}"
    began=$(milliseconds)
    hold_services garita-gate.service
    output=$(operator migrate 2>&1 8>&-) || give_up "${output##*$'\n'}"
    end_hold
    say "  schema: $(wc -l <<<"$1") steps; requests at the gates waited $(($(milliseconds) - began)) ms for it"
    wait_until_ready 30
}

upgrade_running() {
    local plan services
    mapfile -t services < <(running_services)
    if systemctl -q is-active garita.target; then
        plan=$(operator migrate --plan 2>&1) || give_up "${plan##*$'\n'}"
        migrate_and_restart "$plan"
        systemctl start garita.target
        return 0
    fi
    bring_up_schema
    [ -e "$was_enabled" ] || return 0
    systemctl -q enable --now "$(units_to_enable)" || fail "The services do not start: systemctl status garita.target"
    rm -f -- "$was_enabled"
}

# renew_site: nginx gets the new files when it takes them, and keeps what it has otherwise. The site file is exchanged
# only where nobody has changed it.
renew_site() {
    local kept
    if [ "$(sha256sum <"$nginx_site")" = "$(cat "$state/site.sha256" 2>/dev/null)" ]; then
        kept=$(cat -- "$nginx_site" && printf .)
        rendered_site | keep 644 "$nginx_site" || kept=''
        if [ -n "$kept" ] && check_nginx; then
            sha256sum <"$nginx_site" | write 644 root "$state/site.sha256"
        elif [ -n "$kept" ]; then
            printf '%s' "${kept%.}" | keep 644 "$nginx_site" || true
        fi
    elif ! rendered_site | cmp -s - "$nginx_site"; then
        say "  nginx: $nginx_site has changes of yours and stays; $share/nginx/site.conf is the new one"
    fi
    if check_nginx; then
        ! has_systemd || ! systemctl -q is-active nginx.service || systemctl reload nginx.service
    else
        say "garita: nginx goes on with what it has, because it refuses the files: $nginx_said"
        say "garita: mend them, then: nginx -t && systemctl reload nginx"
    fi
}

cd /
set_defaults
[ ! -f "$settings/setup.env" ] || { read_file "$settings/setup.env" answers; read_file "$settings/setup.env" applied; }
make_setup_folders
write_settings
prepare_roles
make_missing_keys
write_origins
if [ -e "$was_linked" ] && [ -f "$nginx_site" ]; then ln -sfn -- "$nginx_site" "$nginx_link" && rm -f -- "$was_linked"; fi
if [ -e "$was_device_linked" ] && [ -f "$nginx_device" ]; then
    ln -sfn -- "$nginx_device" "$nginx_device_link" && rm -f -- "$was_device_linked"
fi
if has_systemd; then upgrade_running; else bring_up_schema; fi
record_schema
renew_site
