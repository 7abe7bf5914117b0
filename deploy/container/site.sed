# Makes the site of a container out of site.conf and hosts.conf (sed script), as nginx/development.sed does that of `make run`:
# without TLS, which ends before the container, and under every name, because ALLOWED_HOSTS decides. start.sh fills in
# @VAR@, @PORT@ and, at @PROXIES@, whose X-Forwarded-For counts.

/^# Whoever asks for no name of ours/,/^}/d
/^# Plain HTTP/,/^}/d
/^ *listen \[::\]/d
/^ *ssl_/d
/garita-tls\.conf;/d
s|listen 443 ssl http2|listen @PORT@ default_server|
s|server_name garita\.example\.org|server_name _|
s|^#set_real_ip_from 10\.0\.0\.5;|@PROXIES@|
s|/etc/garita/nginx-hosts\.conf|hosts.conf|
s|/run/garita/|@VAR@/run/pools/|
s|/usr/share/garita/|@VAR@/share/|
s|/var/lib/garita/|@VAR@/|
s|/var/lib/nginx/garita-live|@VAR@/nginx/live|
s|/var/log/nginx/garita\.log|@VAR@/log/nginx/access.log|
s|/var/log/nginx/garita-error\.log|@VAR@/log/nginx/error.log|
