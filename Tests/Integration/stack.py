"""A whole private Garita: PostgreSQL, pools and nginx, started by deploy/local/run.sh as a person would."""

import datetime
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zoneinfo
from pathlib import Path

import requests

from superuser import Superuser

CLONE = Path(__file__).resolve().parents[2]
# Where the sample community lies.
ZONE = zoneinfo.ZoneInfo("America/Mexico_City")
ROOT = os.geteuid() == 0
# What the tests read of the environment, and what programs need; language, zone, proxies, make and whatever else
# whoever starts them has set must not decide whether they pass.
KEPT = re.compile(
    r"PATH|HOME|TMPDIR|GARITA_(EXECUTABLE|VAR|PORT|DEVICE_PORT|ROLE|TIMING_ROUNDS|GATE_WORKERS|APP_WORKERS)"
    r"|(BENCH|CHAOS|FUZZ|PLAYWRIGHT|PYTEST|SCHEMATHESIS|WIRE)_\w+")


def forget_surroundings():
    for name in [name for name in os.environ if not KEPT.fullmatch(name)]:
        del os.environ[name]
    # Without the last one, requests looks into ~/.netrc for a password.
    os.environ |= {"LANG": "C.UTF-8", "NETRC": "/dev/null"}
    os.umask(0o022)


forget_surroundings()


def hear_signals():
    """A shell that runs the tests in the background leaves INT ignored, nohup HUP; no shell can trap that again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def day(offset=0):
    """YYYY-MM-DD of the day so many days from today, in the sample community."""
    return str(datetime.datetime.now(ZONE).date() + datetime.timedelta(offset))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_folder():
    """A folder below /tmp that other users may enter (pytest's own are closed, and root's children are others)."""
    folder = Path(tempfile.mkdtemp(prefix="garita-"))
    folder.chmod(0o755)
    return folder


def read_settings(path):
    lines = [line for line in path.read_text().splitlines() if "=" in line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def command_lines():
    """Process id -> command line (without its NULs) of everything that runs now, zombies left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            except OSError:
                continue
            if line:
                found[int(entry.name)] = line
    return found


class Stack:
    """One `run.sh` on a VAR of its own. Few workers: several stacks share the machine."""

    def __init__(self, var=None, port=None, clone=CLONE, prefix=(), **environment):
        self.clone, self.prefix = Path(clone), list(prefix)
        self.port, self.device_port = port or free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.var = Path(var) if var else open_folder() / "var"
        self.environment = os.environ | {
            "GARITA_VAR": str(self.var),
            "GARITA_PORT": str(self.port),
            "GARITA_DEVICE_PORT": str(self.device_port),
            "GARITA_GATE_WORKERS": "4",
            "GARITA_AUTH_WORKERS": "2",
            "GARITA_APP_WORKERS": "3",
            "GARITA_DEVICE_WORKERS": "2",
            "GARITA_EXECUTABLE": os.environ.get("GARITA_EXECUTABLE", str(CLONE / ".build/release/garita")),
        } | environment
        self.process, self.tokens, self.superusers = None, {}, {}

    def start(self):
        """Starts and waits until the greeting is out; returns the seconds it took."""
        self.output = tempfile.TemporaryFile("w+")
        began = time.monotonic()
        self.process = subprocess.Popen(
            self.prefix + [str(self.clone / "deploy/local/run.sh")], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True, cwd="/",
            preexec_fn=hear_signals)
        while "Garita runs:" not in self.said():
            assert self.process.poll() is None, f"run.sh ended: {self.said()}"
            assert time.monotonic() - began < 120, f"run.sh is not up: {self.said()}"
            time.sleep(0.05)
        return time.monotonic() - began

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def run_to_end(self, script="run.sh"):
        """For starts that must fail and for stop.sh."""
        return subprocess.run(
            self.prefix + [str(self.clone / "deploy/local" / script)], env=self.environment, text=True,
            capture_output=True, timeout=120, stdin=subprocess.DEVNULL, cwd="/")

    def stop(self):
        """TERM, as a supervisor would; returns the exit status."""
        self.process.terminate()
        return self.process.wait(60)

    def abandon(self):
        """Ends the run by its database, which here leaves out the last checkpoint: nothing has to survive, and that takes
        seconds."""
        if self.process and self.process.poll() is None:
            try:
                os.kill(int((self.var / "run/postgresql.pid").read_text().split()[0]), signal.SIGQUIT)
            except (OSError, IndexError):
                self.process.terminate()
            self.process.wait(60)

    def remove(self):
        for superuser in self.superusers.values():
            superuser.close()
        self.abandon()
        self.run_to_end("stop.sh")
        shutil.rmtree(self.var.resolve(), ignore_errors=True)
        shutil.rmtree(self.var.parent, ignore_errors=True)

    def children(self):
        """What runs on this VAR: postgres (and its backends), supervisors, workers, nginx."""
        place = str(self.var.resolve())
        mine = {pid: line for pid, line in command_lines().items() if place in line}
        sessions = {session_of(pid) for pid in mine} - {None}
        return {pid: line for pid, line in command_lines().items() if pid in mine or session_of(pid) in sessions}

    def workers(self, pool):
        start = f"{self.var.resolve()}/bin/garita worker {pool}"
        return [pid for pid, line in command_lines().items() if line == start]

    def demo(self):
        return read_settings(self.var / "demo.env")

    def psql(self, sql, database="garita"):
        """As superuser, for looking: lines of unaligned output. Its days are those of the sample community."""
        if database not in self.superusers:
            self.superusers[database] = Superuser(self.var, ZONE.key, database)
        return self.superusers[database].ask(sql)

    def token(self, role):
        """The access token of the demo's ADMIN, GUARD or RESIDENT; one log-in per role."""
        if role not in self.tokens:
            demo = self.demo()
            account = {"username": demo[f"GARITA_{role}_USER"], "password": demo[f"GARITA_{role}_PASSWORD"]}
            answer = requests.post(f"{self.url}/api/auth/login/", json=account, timeout=10)
            answer.raise_for_status()
            self.tokens[role] = answer.json()["access"]
        return self.tokens[role]

    def call(self, method, path, role=None, **arguments):
        headers = arguments.pop("headers", {})
        if role:
            headers["Authorization"] = f"Bearer {self.token(role)}"
        return requests.request(
            method, self.url + path, headers=headers, timeout=10, allow_redirects=False, **arguments)


def session_of(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[3]
    except (OSError, IndexError):
        return None
