#!/usr/bin/env bash
# install.sh FOLDER: the files of the package below FOLDER, out of what `make build` made and of this clone.
# shellcheck source-path=SCRIPTDIR/../local
set -euo pipefail
umask 022

root=$1
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/../local/lib.sh"
# shellcheck source=paths.sh
. "$here/../local/paths.sh"

built=$clone/.build/release
share=$root/usr/share/garita

# install_web: with the hashed names and compressed copies that `make run` makes too.
install_web() {
    replace_folder "$clone/web" "$share/web"
    copy_scanner "$built" "$share/web/static"
    name_assets "$share/web"
}

# install_setup: the pieces of `make run` that it shares lie beside it.
install_setup() {
    mkdir -p -- "$share/setup"
    install -m 644 -- "$clone"/deploy/setup/*.sh "$clone/deploy/local/lib.sh" "$share/setup/"
    chmod 755 -- "$share/setup/setup.sh" "$share/setup/upgrade.sh" "$share/setup/stop.sh"
}

# install_nginx: setup writes the site out of the template, and the list of origins out of a setting.
install_nginx() {
    local file
    mkdir -p -- "$share/nginx" "$root/etc/nginx/snippets"
    for file in "$clone"/nginx/*.conf; do
        [ "${file##*/}" = front.conf ] || install -m 644 -- "$file" "$share/nginx/"
    done
    install -m 644 -- "$clone"/nginx/snippets/*.conf "$root/etc/nginx/snippets/"
    rm -f -- "$root/etc/nginx/snippets/garita-origins.conf"
}

# install_examples: what some operators begin with: a machine in front of several, alerts, a dashboard.
install_examples() {
    local examples=$root/usr/share/doc/garita/examples
    mkdir -p -- "$examples"
    install -m 644 -- "$clone/nginx/front.conf" "$clone"/deploy/monitoring/{alerts.yaml,grafana.json} "$examples/"
}

# install_documents: settings, commands and findings name them.
install_documents() {
    local documents=$root/usr/share/doc/garita
    mkdir -p -- "$documents/docs/decisions"
    install -m 644 -- "$clone/README.md" "$documents/"
    install -m 644 -- "$clone"/docs/*.md "$documents/docs/"
    install -m 644 -- "$clone"/docs/decisions/*.md "$documents/docs/decisions/"
}

# install_units: where Debian 12 looks for those of packages.
install_units() {
    local file units=$root/lib/systemd/system
    mkdir -p -- "$units"
    for file in "$clone"/deploy/systemd/*.{service,socket,timer,path,target}; do install -m 644 -- "$file" "$units/"; done
    cp -R -- "$clone"/deploy/systemd/*.d "$units/"
    install -D -m 644 -- "$clone/deploy/systemd/garita.sysusers" "$root/usr/lib/sysusers.d/garita.conf"
    install -D -m 644 -- "$clone/deploy/systemd/garita.tmpfiles" "$root/usr/lib/tmpfiles.d/garita.conf"
}

install_completions() {
    mkdir -p -- "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
        "$root/usr/share/fish/vendor_completions.d"
    "$built/garita" --generate-completion-script bash | sed '1{/^#!/d}' >"$root/usr/share/bash-completion/completions/garita"
    "$built/garita" --generate-completion-script zsh >"$root/usr/share/zsh/vendor-completions/_garita"
    "$built/garita" --generate-completion-script fish >"$root/usr/share/fish/vendor_completions.d/garita.fish"
}

install -D -m 755 -- "$built/garita" "$root/usr/bin/garita"
install -D -m 644 -- "$built/common-passwords.txt" "$share/common-passwords.txt"
replace_folder "${GARITA_PACKAGE_SQL:-$clone/sql}" "$share/sql"
rm -rf -- "$share/sql/tests"
install_web
install_setup
install_nginx
install_examples
install_documents
install_units
install_completions
