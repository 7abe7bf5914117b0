"""nginx as it is installed: its main file, the site, the pools and the snippets where a machine has them, below a prefix."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time

from stack import CLONE, ROOT, free_port, open_folder

NAME = "garita.example.org"
# What Debian's nginx.conf says, with the paths of the prefix.
MAIN = """worker_processes 2;
worker_rlimit_nofile 4096;
pid @ROOT@/run/nginx.pid;
error_log @ROOT@/var/log/nginx/error.log;
events { worker_connections 1024; }
http {
    sendfile on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log @ROOT@/var/log/nginx/access.log;
    client_body_temp_path @ROOT@/var/lib/nginx/body;
    fastcgi_temp_path @ROOT@/var/lib/nginx/fastcgi;
    proxy_temp_path @ROOT@/var/lib/nginx/proxy;
    uwsgi_temp_path @ROOT@/var/lib/nginx/uwsgi;
    scgi_temp_path @ROOT@/var/lib/nginx/scgi;
    include sites-enabled/*;
}
"""
FOLDERS = [
    "run/garita", "etc/nginx/sites-available", "etc/nginx/sites-enabled", "etc/garita/tls", "var/log/nginx", "var/lib/nginx",
    "var/lib/garita/acme", "var/lib/garita/photos", "usr/share/garita"]
PLACES = ["/etc/garita", "/run/garita", "/usr/share/garita", "/var/lib/garita", "/var/lib/nginx", "/var/log/nginx"]


class Packaged:
    """`places` exchanges paths of the installation for others: a stack's pools, files and photos. `edits` are an operator's
    changes of the site, (old, new) each."""

    def __init__(self, places=(), edits=(), plain=None, tls=None, address="127.0.0.1"):
        self.root, self.address = open_folder(), address
        self.plain, self.tls = plain or free_port(), tls or free_port()
        self.url = f"https://localhost:{self.tls}"
        self.folder, self.file = self.root / "etc/nginx", self.root / "etc/nginx/nginx.conf"
        self.site, self.log = self.folder / "sites-available/garita", self.root / "var/log/nginx/garita.log"
        self.process, self.places = None, dict(places)
        for folder in FOLDERS:
            (self.root / folder).mkdir(parents=True)
        self.make_certificate()
        shutil.copytree(CLONE / "web", self.root / "usr/share/garita/web")
        shutil.copytree(CLONE / "nginx/snippets", self.folder / "snippets")
        self.file.write_text(("user www-data;\n" if ROOT else "") + MAIN.replace("@ROOT@", str(self.root)))
        (self.root / "etc/garita/nginx-hosts.conf").write_text(self.moved((CLONE / "nginx/hosts.conf").read_text()))
        self.site.write_text(self.moved(self.edited((CLONE / "nginx/site.conf").read_text(), edits)))
        (self.folder / "sites-enabled/garita").symlink_to(self.site)

    def moved(self, text):
        """Its paths below the prefix, its ports free ones, its name one that leads here. IPv6 is not everywhere."""
        places = {place: f"{self.root}{place}" for place in PLACES} | self.places
        longest_first = sorted(places, key=len, reverse=True)
        text = re.sub("|".join(map(re.escape, longest_first)), lambda found: str(places[found[0]]), text)
        text = "\n".join(line for line in text.split("\n") if not line.strip().startswith("listen [::]"))
        for port, own in (("80", self.plain), ("443", self.tls)):
            text = text.replace(f"listen {port}", f"listen {self.address}:{own}").replace(f":{port} ", f":{own} ")
        return text.replace(NAME, "localhost")

    @staticmethod
    def edited(text, edits):
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new)
        return text

    def make_certificate(self):
        place = self.root / "etc/garita/tls"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", place / "privkey.pem", "-out",
             place / "fullchain.pem"], check=True, capture_output=True)
        self.certificate = place / "fullchain.pem"
        self.trust = ssl.create_default_context(cafile=self.certificate)

    def nginx(self, *more):
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        return [program, "-p", f"{self.root}/", "-e", "stderr", "-c", str(self.file), *more]

    def test(self):
        """What `nginx -t` says, and its exit status."""
        done = subprocess.run(self.nginx("-t", "-q"), capture_output=True, text=True)
        return done.returncode, done.stderr

    def start(self):
        self.process = subprocess.Popen(self.nginx("-g", "daemon off;"), stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex((self.address, self.tls)) == 0:
                    return self
            assert self.process.poll() is None, self.test()
            time.sleep(0.05)
        raise AssertionError("nginx does not listen")

    def remove(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        shutil.rmtree(self.root, ignore_errors=True)

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def connection(self, source=None):
        """Over TLS, with the certificate looked at."""
        one = http.client.HTTPSConnection(
            "localhost", self.tls, timeout=15, context=self.trust, source_address=(source, 0) if source else None)
        one._create_connection = lambda _, *more: socket.create_connection((self.address, self.tls), *more)
        return one

    def ask(self, method, path, headers=None, body=None, source=None, kept=None):
        """Status, headers as they came, repeated ones too, and body; over a connection of its own or one that is kept."""
        connection = kept or self.connection(source)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], content
        finally:
            if not kept:
                connection.close()
