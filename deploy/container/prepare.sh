#!/usr/bin/env bash
# prepare.sh FOLDER: what a container holds, out of a built clone: executable, shared files, and the pieces of deploy/local
# that start.sh uses.
# shellcheck source-path=SCRIPTDIR/../local
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/../local/lib.sh"
# shellcheck source=paths.sh
. "$here/../local/paths.sh"

# follow_proxy FILE: whoever ends TLS stands before the container, and says with X-Forwarded-Proto what people see.
follow_proxy() {
    # shellcheck disable=SC2016 # nginx's variables
    sed -i 's|\$scheme://\$host\$garita_port|$garita_origin|' "$1/garita-fastcgi.conf" &&
        sed -i 's|^map \$scheme \$garita_transport_security|map $http_x_forwarded_proto $garita_transport_security|' \
            "$1/garita-http.conf" &&
        printf '\nmap $http_x_forwarded_proto $garita_origin {\n    default "http://$host$garita_port";\n    https "https://$host";\n}\n' \
            >>"$1/garita-http.conf" &&
        grep -q garita_origin "$1/garita-fastcgi.conf" && grep -q '^map $http_x_forwarded_proto $garita_tr' "$1/garita-http.conf"
}

VAR=$1
mkdir -p -- "$VAR/bin" "$VAR/share" "$VAR/setup"
copy_product
cp -R -- "$clone/deploy/local" "$clone/deploy/container" "$VAR/setup/"
# Made anew from here at each start.
mv -- "$VAR/share/nginx" "$VAR/setup/nginx"
cp -- "$here/site.sed" "$VAR/setup/nginx/development.sed"
follow_proxy "$VAR/setup/nginx/snippets" || fail "The snippets of nginx changed: deploy/container/prepare.sh must follow."
