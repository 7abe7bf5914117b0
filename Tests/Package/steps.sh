# shellcheck shell=bash disable=SC2154 # variables of package.sh
# What happens to the package, in order.

under_systemd() {
    fresh_machine
    timed "booting" boot
    timed "apt install garita $before" install_in inside "$before"
    holds test "$(inside systemctl is-active garita.target)" != active
    # shellcheck disable=SC2016 # the words themselves
    refused "garita check before setup" 'run `garita setup`' inside garita check
    timed "garita setup" first_setup
    sed 's/^/            | /; s/token=.*/token=…/; s/#.*/#…/' "$base/setup.log"
    timed "an administrator signs in by the link; a gate, a home" residence begin "$(sed -n 's/^token=//p' "$base/setup.log")"
    timed "a visit is registered and decided" residence decide
    timed "garita setup again: nothing changes" again
    timed "the certificate's end is told, though root alone may read the file" certificate
    timed "a reload with a wrong setting fails, and the old workers go on" wrong_setting
    timed "another name of the residence alone" other_name
    power_off
    timed "booting again" boot
    timed "a visit is decided after the boot" residence decide
    timed "nginx's log is rotated, and goes on" rotate
    upgrades
    removals
    power_off
}

other_name() {
    sed -i 's/^NAME=.*/NAME="Los Cedros"/' "$root/root/$facts"
    set_up >"$base/again.log"
    [ "$(grep -c '^  ' "$base/again.log")" = 1 ] && inside garita site list | grep -q 'Los Cedros'
}

certificate() {
    inside chmod 600 /etc/garita/tls/fullchain.pem && inside systemctl restart garita-status && sleep 1 &&
        inside curl -sk --resolve "$host:443:127.0.0.1" "https://$host/metrics" | grep '^garita_certificate_expiry_timestamp_seconds [0-9]' &&
        inside chmod 644 /etc/garita/tls/fullchain.pem
}

wrong_setting() {
    local pid
    pid=$(inside systemctl show -p MainPID --value garita-gate)
    inside sh -c 'echo GARITA_GATE_WORKERS=many >>/etc/garita/garita.env' && inside systemctl reload garita-auth || return 1
    if inside systemctl reload garita-gate; then return 1; fi
    [ "$(inside systemctl show -p MainPID --value garita-gate)" = "$pid" ] &&
        inside journalctl -q -u garita-gate -p err | grep 'GARITA_GATE_WORKERS: is no whole number' &&
        inside sed -i '/^GARITA_GATE_WORKERS/d' /etc/garita/garita.env && inside systemctl reload garita-gate
}

rotate() {
    inside apt-get -q -y install logrotate
    inside logrotate -f /etc/logrotate.d/nginx
    residence decide
    [ -s "$root/var/log/nginx/garita.log" ] && [ -e "$root/var/log/nginx/garita.log.1" ]
}

upgrades() {
    local edited=/etc/nginx/snippets/garita-limits.conf
    printf '# edited\n' >>"$root$edited"
    timed "upgrade to $version under load, the same schema" under_load install_in inside "$version"
    say_load
    timed "upgrade to 8.0.0 under load, another schema" under_load install_in inside 8.0.0
    say_load
    holds test "$(schema)" = 9998_of_the_test
    grep -q '^# edited' "$root$edited" || fail "An edited snippet was replaced."
    refused "downgrade to $version" "a schema only goes forward" install_in inside "$version" --allow-downgrades
    timed "a visit is decided after the refused downgrade" residence decide
    refused "upgrade to 9.0.0, whose migration fails," "8.0.0 serve on" under_load install_in inside 9.0.0
    say_load
    holds test "$(schema)" = 9998_of_the_test
    timed "a visit is decided by the version before" residence decide
    timed "going back to 8.0.0" under_load install_in inside 8.0.0 --allow-downgrades
    say_load
    holds test ! -e "$root/$fallback"
    # The same with everything stopped: what starts then must be the executable whose schema the database has.
    refused "upgrade to 9.0.0 once more" "8.0.0 serve on" install_in inside 9.0.0
    holds test -e "$root/$fallback"
    inside systemctl stop garita.target
    timed "going back while it is stopped" install_in inside 8.0.0 --allow-downgrades
    holds test ! -e "$root/$fallback"
    timed "starting" inside systemctl start garita.target
    timed "a visit is decided after that" residence decide
}

removals() {
    timed "apt remove" inside apt-get -q -y remove garita
    holds test -s "$root/etc/garita/keys/master.1.key"
    refused "apt install of 9.0.0, whose migration fails," "Migrating failed" install_in inside 9.0.0
    timed "apt install again: it serves by itself" install_in inside 8.0.0 --allow-downgrades
    timed "a visit is decided after that" residence decide
    timed "apt purge: settings go" inside apt-get -q -y purge garita
    holds test ! -e "$root/etc/garita/garita.env" -a -s "$root/etc/garita/keys/master.1.key"
    holds test "$(schema)" = 9998_of_the_test
    refused "an older package over the data that was kept" "a schema only goes forward" install_in inside "$version"
    timed "apt install and setup take the data up" take_up
    timed "a visit is decided with the data of before" residence decide
    timed "apt purge with data" inside env GARITA_PURGE_DATA=yes apt-get -q -y purge garita
    holds test ! -e "$root/etc/garita" -a ! -e "$root/var/lib/garita" -a ! -e "$root/var/backups/garita"
    holds test "$(inside runuser -u postgres -- psql -X -A -t -d postgres -c \
        "select count(*) from pg_database, pg_roles where datname = 'garita' or rolname ~ '^garita_'")" = 0
    holds inside nginx -t -q
}

take_up() { install_in inside 8.0.0 && set_up; }

# without_systemd: the same commands in a chroot; PostgreSQL is started by hand, nothing else serves.
without_systemd() {
    fresh_machine
    timed "apt install garita $before" install_in in_root "$before"
    answers >"$root/root/$facts"
    timed "garita setup names the units it would start" setup_in_root
    timed "upgrade to 8.0.0, another schema" upgrade_in_root
    refused "downgrade to $version" "a schema only goes forward" install_in in_root "$version" --allow-downgrades
    timed "apt remove, purge with data" purge_in_root
}

# with_postgresql WORDS: in one chroot, whose processes end with it.
with_postgresql() { in_root bash -euc "pg_ctlcluster 15 main start; $1; pg_ctlcluster 15 main stop"; }

setup_in_root() {
    with_postgresql "garita setup --file /root/$facts >/root/setup.log; garita setup --file /root/$facts >/root/again.log; nginx -t -q"
    grep -q 'would start .*garita.target' "$root/root/setup.log" && grep -q '^Nothing had to be done' "$root/root/again.log"
}

upgrade_in_root() {
    cp -- "$base/garita_8.0.0_amd64.deb" "$root/root/"
    with_postgresql "apt-get -q -y install /root/garita_8.0.0_amd64.deb; garita check"
}

purge_in_root() {
    with_postgresql "apt-get -q -y remove garita; GARITA_PURGE_DATA=yes apt-get -q -y purge garita"
    [ ! -e "$root/etc/garita" ] && [ ! -e "$root/var/lib/garita" ]
}
