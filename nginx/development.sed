# Makes the site of `make run` out of site.conf, hosts.conf and device.conf (sed script): the same lines on a port of this machine and
# without TLS. deploy/local/web.sh fills in @VAR@, @PORT@ and @DEVICE_PORT@.

/^# Plain HTTP/,/^}/d
/^ *listen 80/d
/^ *listen \[::\]/d
/^ *ssl_/d
/garita-tls\.conf;/d
s|listen 443 ssl http2|listen 127.0.0.1:@PORT@|
s|listen 192\.0\.2\.10:8088|listen 127.0.0.1:@DEVICE_PORT@|
s|192\.0\.2\.0/24 1;|127.0.0.0/8 1;|
s|server_name garita\.example\.org|server_name 127.0.0.1 localhost|
s|/etc/garita/nginx-hosts\.conf|hosts.conf|
s|/run/garita/|@VAR@/run/pools/|
s|/usr/share/garita/|@VAR@/share/|
s|/var/lib/garita/|@VAR@/|
s|/var/lib/nginx/garita-live|@VAR@/nginx/live|
s|/var/log/nginx/garita\.log|@VAR@/log/nginx/access.log|
s|/var/log/nginx/garita-error\.log|@VAR@/log/nginx/error.log|
