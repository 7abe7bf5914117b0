#!/usr/bin/env bash
# stop.sh: the package is removed. Nothing of it runs or starts again, and nginx forgets the site; settings and data stay.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=../local/lib.sh
. "$here/lib.sh"
# shellcheck source=paths.sh
. "$here/paths.sh"
# shellcheck source=services.sh
. "$here/services.sh"

if [ -L "$nginx_link" ]; then rm -- "$nginx_link" && touch -- "$was_linked"; fi
if [ -L "$nginx_device_link" ]; then rm -- "$nginx_device_link" && touch -- "$was_device_linked"; fi
# Workers of a package that is gone serve nobody.
rm -f -- "$fallback"
has_systemd || exit 0
! systemctl -q is-active nginx.service || systemctl reload nginx.service || true
mapfile -t enabled < <(units_to_enable)
# So that the package starts it again when it is installed again.
! systemctl -q is-enabled garita.target || touch -- "$was_enabled"
[ "${#enabled[@]}" = 0 ] || systemctl -q disable "${enabled[@]}" || true
systemctl stop 'garita*.target' 'garita*.timer' 'garita*.path' 'garita*.socket' 'garita*.service' || true
