"""Two application hosts behind one machine in front (nginx/front.conf): the client stays who it is, a host that goes takes
only what it held with it, and no request is done twice."""

import http.client
import itertools
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time

import pytest

from front import EchoPools
from packaged import Packaged
from stack import CLONE, ROOT, free_port, open_folder
from traffic import Traffic

# The addresses of the example, here.
FRONT, HOSTS, BEHIND = "127.0.0.1", ["127.0.0.11", "127.0.0.12"], "127.0.0.9"
# What docs/nginx.md says that a host behind a front changes.
EDITS = [
    ("listen 443 ssl http2", "listen 443 ssl http2 proxy_protocol"), ("listen 80", "listen 80 proxy_protocol"),
    ("#set_real_ip_from 10.0.0.5;", f"set_real_ip_from {BEHIND};"), ("#real_ip_header X-Forwarded-For;", "real_ip_header proxy_protocol;")]


class Host:
    """An application host: nginx as it is installed, and pools of its own."""

    def __init__(self, name, address, plain, tls, trust):
        self.site = Packaged(edits=EDITS, plain=plain, tls=tls, address=address)
        for file in ("fullchain.pem", "privkey.pem"):
            if trust:
                shutil.copy(trust / file, self.site.root / "etc/garita/tls")
        self.pools = EchoPools(self.site.root / "run/garita", f"{name} ", self.site.root / "done")
        (self.site.root / "done").touch()
        self.pools.start_pools()
        self.site.start()

    def done(self):
        return (self.site.root / "done").read_text().split()

    def kill(self):
        """All of it at once; the kernel tells whoever is connected."""
        workers = subprocess.check_output(["pgrep", "-P", str(self.site.process.pid)], text=True).split()
        for process in (self.site.process.pid, *map(int, workers)):
            os.kill(process, signal.SIGKILL)
        self.site.process.wait()
        self.pools.stop_pools(subprocess.Popen.kill)

    def remove(self):
        self.site.remove()
        self.pools.stop_pools()


class Hosts:
    def __init__(self):
        self.root, plain, tls = open_folder(), free_port(), free_port()
        self.plain, self.tls, self.hosts = plain, tls, []
        for name, address in zip(("one", "two"), HOSTS):
            trust = self.hosts[0].site.root / "etc/garita/tls" if self.hosts else None
            self.hosts.append(Host(name, address, plain, tls, trust))
        self.trust = self.hosts[0].site.trust
        self.file = self.root / "nginx.conf"
        self.file.write_text(self.here((CLONE / "nginx/front.conf").read_text()))
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
        self.command = [program, "-p", f"{self.root}/", "-e", "stderr", "-c", self.file]
        self.process = subprocess.Popen([*self.command, "-g", "daemon off;"])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex((FRONT, tls)) == 0:
                    return
            assert self.process.poll() is None
            time.sleep(0.05)

    def here(self, text):
        """The file with this machine's addresses, ports and folders."""
        for old, new in (("10.0.0.11", HOSTS[0]), ("10.0.0.12", HOSTS[1]), ("fail_timeout=5s", "fail_timeout=1s"), ("/run/nginx.pid", f"{self.root}/pid"),
                         ("/var/log/nginx", str(self.root)), ("proxy_protocol on;", f"proxy_protocol on;\n    proxy_bind {BEHIND};"),
                         ("include /etc/nginx/modules-enabled/*.conf;", "load_module /usr/lib/nginx/modules/ngx_stream_module.so;"),
                         (":443", f":{self.tls}"), (":80", f":{self.plain}"), ("listen 443", f"listen {FRONT}:{self.tls}"),
                         ("listen 80", f"listen {FRONT}:{self.plain}")):
            assert old in text, old
            text = text.replace(old, new)
        text = re.sub(r"\n *listen \[::\].*", "", text)
        return text if ROOT else text.replace("user www-data;\n", "")

    def connection(self, source):
        one = http.client.HTTPSConnection("localhost", self.tls, timeout=10, context=self.trust, source_address=(source, 0))
        one._create_connection = lambda _, *more: socket.create_connection((FRONT, self.tls), *more)
        return one

    def ask(self, source, path="/api/x/", method="GET", headers=None, connection=None):
        """Status, and what the worker was told."""
        one = connection or self.connection(source)
        one.request(method, path, headers=headers or {})
        answer = one.getresponse()
        return answer.status, json.loads(answer.read())

    def remove(self):
        self.process.terminate()
        self.process.wait(10)
        for host in self.hosts:
            host.remove()
        shutil.rmtree(self.root, ignore_errors=True)


@pytest.fixture
def hosts():
    made = Hosts()
    yield made
    made.remove()


def clients(hosts):
    """An address that the front hands to the first host, and one for the second."""
    found = {}
    for number in range(1, 100):
        found.setdefault(hosts.ask(f"127.0.4.{number}")[1]["pool"], f"127.0.4.{number}")
        if len(found) == 2:
            return found["one app"], found["two app"]
    raise AssertionError(f"one host gets everything: {found}")


def told(body):
    return dict(body["pairs"])


def test_a_host_sees_the_client_and_believes_only_the_front(hosts):
    source, _ = clients(hosts)
    for forwarded in ({}, {"X-Forwarded-For": "203.0.113.9"}):
        status, body = hosts.ask(source, headers=forwarded)
        assert (status, told(body)["REMOTE_ADDR"]) == (200, source)
        assert told(body)["SITE_ORIGIN"] == f"https://localhost:{hosts.tls}"
    with socket.create_connection((FRONT, hosts.plain), 10) as connection:
        connection.sendall(b"GET /gate/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert b"301 Moved" in connection.recv(1000)
    line = f"PROXY TCP4 127.0.0.1 {HOSTS[0]} 40000 {hosts.tls}\r\n".encode()
    liar = socket.create_connection((HOSTS[0], hosts.tls), 10, source_address=("127.0.0.77", 0))
    liar.sendall(line)
    with ssl.SSLContext.wrap_socket(hosts.trust, liar, server_hostname="localhost") as connection:
        connection.sendall(b"GET /api/x/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert '["REMOTE_ADDR", "127.0.0.77"]' in answer


def test_a_client_stays_with_its_host(hosts):
    for source, pool in zip(clients(hosts), ("one app", "two app")):
        kept = hosts.connection(source)
        assert {hosts.ask(source, connection=kept)[1]["pool"] for _ in range(10)} == {pool}
        assert {hosts.ask(source)[1]["pool"] for _ in range(10)} == {pool}


def test_a_host_that_goes_takes_only_what_it_held_and_nothing_is_done_twice(hosts):
    """POST and DELETE, because those would do harm; each waits in its worker a little, so that some are held."""
    numbers, lock, results, sources = itertools.count(), threading.Lock(), [], itertools.cycle(clients(hosts))

    def work(traffic):
        with lock:
            source = next(sources)
        while not traffic.is_over():
            method, mark, began = ("POST", "DELETE")[(number := next(numbers)) % 2], str(number), time.monotonic()
            try:
                status = hosts.ask(source, f"/api/x/?mark={mark}&sleep=0.02", method)[0]
            except (OSError, http.client.HTTPException) as error:
                status = repr(error)
            results.append((mark, status, began, time.monotonic()))

    with Traffic(work, 6) as traffic:
        time.sleep(1)
        kept = hosts.connection(clients(hosts)[1])
        went = time.monotonic()
        hosts.hosts[0].kill()
        gone = time.monotonic()
        # The host is tried again every second, and nobody may notice.
        time.sleep(2.5)
        assert not traffic.is_over() and hosts.ask(None, connection=kept)[0] == 200
    failed = [one for one in results if one[1] != 200]
    assert failed, "some were held"
    assert [one for one in failed if not (one[2] <= gone and one[3] >= went)] == [], "held when the host went, and no others"
    assert len(failed) <= 6
    done = hosts.hosts[0].done() + hosts.hosts[1].done()
    assert len(done) == len(set(done))
    assert {one[0] for one in results if one[1] == 200} <= set(done)
    after = [one for one in results if one[2] > gone]
    assert len(after) > 20 and {one[1] for one in after} == {200}


def test_the_front_has_a_line_for_each_connection_and_no_word_of_what_was_said(hosts):
    source, _ = clients(hosts)
    hosts.ask(source, "/api/x/?search=SECRETNAME")
    text = "".join(file.read_text() for file in hosts.root.glob("*.log"))
    assert f'"address":"{source}"' in text and f'"host":"{HOSTS[0]}:{hosts.tls}"' in text and "SECRET" not in text
