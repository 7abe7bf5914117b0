"""The nginx of development in front of echo responders: what nginx does, without Garita behind it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter

from stack import CLONE, free_port, open_folder

POOLS = ("gate", "auth", "app", "device", "status")


class OtherAddress(HTTPAdapter):
    """Calls from 127.0.0.2, which nginx takes for a stranger."""

    def init_poolmanager(self, *positional, **named):
        super().init_poolmanager(*positional, source_address=("127.0.0.2", 0), **named)


# Names of addresses that nobody here has: a stranger says which is its own.
ADDRESSES = "set_real_ip_from 127.0.0.2; real_ip_header X-Test-Address;"
# Every status that nginx answers by itself (408 it only writes into its log, and closes), where programs and where people meet it.
STATUSES = [400, 403, 404, 405, 411, 412, 413, 414, 416, 421, 429, 494, 495, 496, 497, 500, 501, 502, 503, 504, 505]
FAULTS = "".join(
    f"location = /api/.test/{status} {{ return {status}; }}\n"
    f"location = /.test/{status} {{ include snippets/garita-page-errors.conf; return {status}; }}\n" for status in STATUSES)


class EchoPools:
    """Responders that tell what reached them, one or more in each pool, on the sockets of a folder. `host` names them in
    their answers, `log` is the file where they write what they did (echo_responder.py)."""

    def __init__(self, sockets, host="", log=None):
        self.sockets, self.host, self.log, self.pools = sockets, host, log, {}

    def start_pool(self, pool, responders=0):
        """One responder, or as many as a supervisor keeps alive."""
        path = self.sockets / f"{pool}.sock"
        path.unlink(missing_ok=True)
        responder = Path(__file__).with_name("echo_responder.py")
        self.pools[pool] = subprocess.Popen(
            ["spawn-fcgi", "-n", "-s", str(path), "-M", "0666", "--"]
            + ([shutil.which("multiwatch"), "-r", "1000000000", "-t", "1", "-f", str(responders), "--"] if responders else [])
            + [sys.executable, str(responder)],
            env=os.environ | {"POOL": self.host + pool} | ({"ECHO_LOG": str(self.log)} if self.log else {}))
        while not listens(path):
            assert self.pools[pool].poll() is None, f"the pool {pool} does not start"
            time.sleep(0.01)

    def responders(self, pool):
        """The processes that the supervisor of a pool has."""
        parents = {int(stat.parent.name): parent_of(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        return {child for child, parent in parents.items() if parent == self.pools[pool].pid}

    def stop_pool(self, pool):
        # A supervisor ends its children on TERM; a responder has none.
        self.pools[pool].terminate()
        self.pools[pool].wait()

    def start_pools(self):
        for pool in POOLS:
            self.start_pool(pool)

    def stop_pools(self, end=subprocess.Popen.terminate):
        for process in self.pools.values():
            end(process)
            process.wait(10)


class Front(EchoPools):
    def __init__(self):
        self.var, self.port, self.device_port = open_folder(), free_port(), free_port()
        super().__init__(self.var / "run/pools")
        self.url = f"http://127.0.0.1:{self.port}"
        self.stranger = requests.Session()
        self.stranger.mount("http://", OtherAddress())

    def start(self):
        for folder in ("run/pools", "nginx", "log/nginx", "share"):
            (self.var / folder).mkdir(parents=True)
        shutil.copytree(CLONE / "web", self.var / "share/web")
        shutil.copytree(CLONE / "nginx", self.var / "share/nginx")
        self.file = self.var / "share/nginx/development.conf"
        render(self.file.parent, self.var, self.port, self.device_port)
        site = self.file.with_name("site.conf")
        for mark, more in (("include snippets/garita-http.conf;", ADDRESSES), ("include snippets/garita-locations.conf;", FAULTS)):
            assert mark in site.read_text()
            site.write_text(site.read_text().replace(mark, f"{mark}\n{more}"))
        self.start_pools()
        self.nginx = subprocess.Popen(self.command("-g", "daemon off;"))
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError((self.var / "log/nginx/error.log").read_text())

    def command(self, *more):
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        return [nginx, "-p", f"{self.var}/nginx/", "-e", f"{self.var}/log/nginx/error.log", "-c", str(self.file), *more]

    def remove(self):
        self.nginx.terminate()
        self.nginx.wait(10)
        self.stop_pools()
        shutil.rmtree(self.var, ignore_errors=True)

    def call(self, method, path, caller=requests, **arguments):
        return caller.request(method, self.url + path, timeout=20, allow_redirects=False, **arguments)

    def raw(self, data):
        """Sends these bytes and returns all that comes back: for requests no library would make."""
        with socket.create_connection(("127.0.0.1", self.port), 15) as connection:
            connection.sendall(data)
            answer = b""
            try:
                while part := connection.recv(65536):
                    answer += part
            except ConnectionResetError:
                pass  # nginx may close with a reset (444, an unread body); what came before counts
        return answer.decode("latin-1")

    def logs(self):
        """Whatever nginx has written anywhere."""
        time.sleep(0.1)
        return {path.name: path.read_text() for path in (self.var / "log/nginx").iterdir()}


def render(folder, var, port, device_port=None):
    """Fills in a copy of nginx/ as deploy/local/web.sh does."""
    filled = lambda text: text.replace("@VAR@", str(var)).replace("@PORT@", str(port)).replace("@DEVICE_PORT@", str(device_port))
    folder.joinpath("development.conf").write_text(filled(folder.joinpath("development.conf.in").read_text()))
    folder.joinpath("enabled").mkdir(exist_ok=True)
    for name, place in (("site.conf", "site.conf"), ("hosts.conf", "hosts.conf"), *((("device.conf", "enabled/device.conf"),) if device_port else ())):
        changed = subprocess.check_output(["sed", "-f", folder / "development.sed", folder / name], text=True)
        folder.joinpath(place).write_text(filled(changed))


def parent_of(stat):
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


def listens(path):
    """Whether somebody accepts connections there; the kernel's own list, so that no request is spent on asking."""
    lines = Path("/proc/net/unix").read_text().splitlines()
    return any(line.endswith(f" {path}") and int(line.split()[3], 16) & 0x10000 for line in lines)
