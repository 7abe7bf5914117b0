# shellcheck shell=bash disable=SC2034 # used by the scripts that read this one
# Where an installed package keeps what.

settings=/etc/garita
share=/usr/share/garita
state=/var/lib/garita
photos=$state/photos
backups=/var/backups/garita
nginx_site=/etc/nginx/sites-available/garita
nginx_link=/etc/nginx/sites-enabled/garita
# Where terminals call; the operator puts it there (docs/doors-zkteco.md).
nginx_device=/etc/nginx/sites-available/garita-device
nginx_device_link=/etc/nginx/sites-enabled/garita-device
nginx_hosts=$settings/nginx-hosts.conf
# The version of the package whose schema the database has; a package of an earlier one is not installed over it.
schema_version=$state/schema-version
# What the package before this one was made of, in case its workers must go on (upgrade.sh).
before=$state/before
# Lets the services run from there; only as long as the database has the schema of that package.
fallback=/etc/systemd/system/garita-.service.d/90-before.conf
# The package was removed while it served: it serves again as soon as it is installed again.
was_enabled=$state/was-enabled
# Then nginx had the site, too; one that the operator put away stays away.
was_linked=$state/was-linked
was_device_linked=$state/was-device-linked

# The environment of our programs holds nothing but what they need.
# operator COMMAND...: garita with the right to change the schema.
operator() { env -i "PATH=$PATH" LANG=C.UTF-8 "GARITA_CONFIG=$settings/garita.env" garita "$@"; }

# package_version: of the package that is installed.
package_version() { dpkg-query -W -f '${Version}' garita 2>/dev/null; }

changes=0

# did WHAT: one line for what was done; what was found done is not told.
did() {
    changes=$((changes + 1))
    say "  $*"
}

# keep MODE PATH: standard input becomes the file, unless it holds that already; false then.
keep() {
    local content
    content=$(cat && printf .)
    ! cmp -s -- "$2" <(printf '%s' "${content%.}") || return 1
    printf '%s' "${content%.}" | write "$1" root "$2" || fail "$2 cannot be written."
}
