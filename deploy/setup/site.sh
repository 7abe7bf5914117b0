# shellcheck shell=bash disable=SC2154 # shared by the scripts of setup
# Certificate and nginx.

# make_certificate: fullchain.pem and privkey.pem in one folder: links to the operator's own files, which whoever renews
# them (certbot) replaces there; or made here, for a try-out.
make_certificate() {
    local tls=$settings/tls changed=no
    folder 755 root "$tls"
    if [ "${answers[CERTIFICATE]}" != self-signed ]; then
        link "${answers[CERTIFICATE]}" "$tls/fullchain.pem" && changed=yes
        link "${answers[CERTIFICATE_KEY]}" "$tls/privkey.pem" && changed=yes
        [ "$changed" = no ] || did "certificate: ${answers[CERTIFICATE]}"
        is_for_host "$tls/fullchain.pem" || say "  certificate: it is not for ${answers[HOST]}, so browsers refuse it"
    elif [ -L "$tls/fullchain.pem" ] || ! is_for_host "$tls/fullchain.pem"; then
        rm -f -- "$tls/fullchain.pem" "$tls/privkey.pem"
        step "Making a certificate" env -C "$tls" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 397 \
            -subj "/CN=${answers[HOST]}" -addext "subjectAltName=DNS:${answers[HOST]}" -keyout privkey.pem -out fullchain.pem
        chmod 600 -- "$tls/privkey.pem"
        did "certificate: self-signed for ${answers[HOST]}, 397 days; browsers warn until there is a real one"
    fi
}

# is_for_host CERTIFICATE
is_for_host() { openssl x509 -noout -checkhost "${answers[HOST]}" -in "$1" 2>/dev/null | grep -q 'does match'; }

# link TARGET PATH: false when it leads there already.
link() { [ "$(readlink -- "$2")" != "$1" ] && ln -sfn -- "$1" "$2"; }

# rendered_site: the packaged file with the name of the residence.
rendered_site() { sed "s/garita\\.example\\.org/${answers[HOST]}/g" "$share/nginx/site.conf"; }

# new_site: prints what the site file should be. It is the operator's as soon as they change a line: then only another
# name of the residence is brought in.
new_site() {
    local old=${applied[HOST]:-}
    if [ ! -f "$nginx_site" ] || [ "$(sha256sum <"$nginx_site")" = "$(cat "$state/site.sha256" 2>/dev/null)" ]; then
        rendered_site
    elif [ -n "$old" ] && [ "$old" != "${answers[HOST]}" ]; then
        sed -E "s/(^|[^A-Za-z0-9.-])${old//./\\.}([^A-Za-z0-9.-]|\$)/\\1${answers[HOST]}\\2/g" "$nginx_site"
    else
        cat -- "$nginx_site"
    fi
}

# has_packaged_default: Debian's welcome page, unchanged; it would take all names that nobody has.
has_packaged_default() {
    local default=/etc/nginx/sites-available/default wanted
    [ "$(readlink -f /etc/nginx/sites-enabled/default)" = "$default" ] || return 1
    wanted=$(dpkg-query -W -f '${Conffiles}\n' nginx nginx-common 2>/dev/null | awk -v file="$default" '$1 == file { print $2; exit }')
    [ "$(md5sum <"$default")" = "$wanted  -" ]
}

# write_origins: the list of other sites (CORS_ALLOWED_ORIGINS) as nginx reads it.
write_origins() {
    operator config --nginx-origins >"$state/origins.new" || fail "CORS_ALLOWED_ORIGINS cannot be read."
    if keep 644 /etc/nginx/snippets/garita-origins.conf <"$state/origins.new"; then did "nginx: other sites that may call the API"; fi
    rm -f -- "$state/origins.new"
}

# write_site: nginx keeps what it has unless it takes the new files.
write_site() {
    local kept='' linked=yes default_away=no content
    [ ! -f "$nginx_site" ] || kept=$(cat -- "$nginx_site" && printf .)
    content=$(new_site && printf .)
    write_origins
    if has_packaged_default; then
        rm -- /etc/nginx/sites-enabled/default && default_away=yes
        did "nginx: Debian's welcome page put away (sites-enabled/default)"
    fi
    if [ ! -f "$nginx_hosts" ] && [ -f "$share/nginx/hosts.conf" ]; then
        keep 644 "$nginx_hosts" <"$share/nginx/hosts.conf" && did "nginx: $nginx_hosts"
    fi
    if printf '%s' "${content%.}" | keep 644 "$nginx_site"; then
        [ "$content" != "$(rendered_site && printf .)" ] || sha256sum <"$nginx_site" | write 644 root "$state/site.sha256"
        did "nginx: $nginx_site"
    fi
    if [ ! -L "$nginx_link" ]; then ln -s -- "$nginx_site" "$nginx_link" && linked=no && did "nginx: site enabled"; fi
    rm -f -- "$was_linked"
    check_nginx || take_back_site "$kept" "$linked" "$default_away"
}

# check_nginx: whether nginx takes its files; else `nginx_said` is why: its [emerg], which stands behind warnings.
check_nginx() {
    nginx_said=$(PATH=$PATH:/usr/sbin nginx -t -q 2>&1) && return 0
    nginx_said=$(grep -m 1 -F '[emerg]' <<<"$nginx_said" || head -n 1 <<<"$nginx_said")
    return 1
}

# take_back_site CONTENT LINKED DEFAULT_AWAY: nginx must be able to start with what is left.
take_back_site() {
    [ -z "$1" ] || printf '%s' "${1%.}" | keep 644 "$nginx_site" || true
    [ "$2" = yes ] || rm -f -- "$nginx_link"
    [ "$3" = no ] || ln -s -- /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
    fail "nginx refuses its configuration, which was taken back: $nginx_said"
}
