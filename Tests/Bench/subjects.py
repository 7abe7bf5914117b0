"""The three that are measured: Garita, the database alone, libfcgi alone."""

import os
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import jwt
import requests

import usage
from dataset import GATES, PERMANENT, TEMPORARY
from stack import ROOT

HERE = Path(__file__).parent
PATH, HELLO = "/api/access/codes/validate/", "/bench/hello/"

# The one place that knows the call: the worker's statement. bench.tag: dataset.py.
CALL = (
    "select granted, reasons, warnings, attention, person_type, person_name, unit, code_kind, code_id, log_id,"
    " uses_left, visitor_id, retry_after, replayed"
    " from api.validate_code({user}, {version}, {session}, null, null, {tags}, {hint}, '{{}}', null, {shape},"
    " {gate}, {direction}, null, {request}, '0123456789abcdef0123456789abcdef', '127.0.0.1')")
# How pgbench asks; a case changes what it is about. A code of the data set is short enough to be guessed.
ASKED = {
    "user": ":user", "version": ":version", "session": ":session", "tags": "array[bench.tag(:code)]", "hint": "'42'",
    "shape": "'A9999999'", "gate": ":gate", "direction": "'ENTRY'", "request": "null"}


@dataclass
class Measurement:
    """What one run gave; times of CPU are per request."""

    seconds: float
    requests: int
    errors: int
    p50: float
    p99: float
    cpu: dict = field(default_factory=dict)
    example: str = ""

    @property
    def rate(self):
        return self.requests / self.seconds

    @property
    def request_seconds(self):
        return self.seconds / max(1, self.requests)


class Watch:
    """CPU time of the groups, of the load generator and of everybody else, between begin and end."""

    def __init__(self, groups):
        self.groups = groups

    def begin(self):
        self.start = self.now()

    def end(self, requests):
        """Microseconds per request of each group; for others the part of the machine they took."""
        spent = {name: after - self.start[name] for name, after in self.now().items()}
        clock, machine = spent.pop("clock"), spent.pop("machine")
        others = max(0, machine - sum(spent.values())) / clock / os.cpu_count()
        return {name: value * 1e6 / max(1, requests) for name, value in spent.items()} | {"others": others}

    def now(self):
        found = {name: usage.cpu_seconds(pid) for name, pid in self.groups.items()}
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return found | {
            "client": ended.ru_utime + ended.ru_stime, "machine": usage.machine_seconds(), "clock": time.monotonic()}


def load(url, watch, script, connections, seconds, arguments):
    """Runs wrk with a script that counts (counting.lua): the Measurement of its answers."""
    watch.begin()
    done = subprocess.run(
        ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url, "--",
         *map(str, arguments)], text=True, capture_output=True)
    result = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    if not result:
        raise SystemExit(f"bench: wrk: {done.stdout}{done.stderr}")
    duration, valid, wrong, p50, p99, example = (result[0].split(" ", 6) + [""])[1:7]
    return Measurement(
        int(duration) / 1e6, int(valid), int(wrong), int(p50) / 1e3, int(p99) / 1e3,
        watch.end(int(valid) + int(wrong)), example)


class Web:
    """Something behind nginx, loaded by wrk."""

    def __init__(self, stack, data, path, groups):
        self.stack, self.path, self.watch = stack, path, Watch(groups)
        self.arguments = [path, stack.token("GUARD"), TEMPORARY, PERMANENT, data.first_gate, GATES]

    def measure(self, connections, seconds, kind="any"):
        """kind of codes: validate.lua."""
        return load(
            self.stack.url, self.watch, HERE / "validate.lua", connections, seconds, [*self.arguments, kind])


class Limit:
    """pgbench on the same function, in the role of the gate workers: what the database can do on this machine."""

    # Seconds: long enough to connect and to prepare; not counted.
    RAMP = 2

    def __init__(self, stack, data, groups, folder, call=CALL.format(**ASKED), first=1, last=None, settings=""):
        """The calls are about a random code from first to last at a random gate; settings are further options of the
        session."""
        self.stack, self.folder, self.watch, self.settings = stack, folder, Watch(groups), settings
        claims = jwt.decode(stack.token("GUARD"), options={"verify_signature": False})
        self.variables = {"user": claims["user_id"], "version": claims["tv"], "session": claims["sid"]}
        self.script = (
            f"\\set code random({first}, {last or len(data.tags)})\n"
            f"\\set gate {data.first_gate} - 1 + random(1, {GATES})\n{call};\n")

    def command(self, clients, seconds):
        options = [f"-D{name}={value}" for name, value in self.variables.items()]
        return [
            f"{postgresql_bin()}/pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(4, clients)),
            "-T", str(seconds), *options, "-U", "garita_gate", "-h", str(self.stack.var.resolve() / "run/postgresql")]

    def start(self, clients, seconds):
        """pgbench, whose log of single calls is read by calls()."""
        for old in self.folder.glob("calls.*"):
            old.unlink()
        script = self.folder / "validate.sql"
        script.write_text(self.script)
        environment = os.environ | {
            "PGPASSFILE": str(self.stack.var / "secrets/operator.pgpass"),
            # As the workers connect; and the long array is planned once, not six times. A machine that stands still for a
            # second shows in the times and ends nothing.
            "PGOPTIONS":
                "-c client_connection_check_interval=1000 -c plan_cache_mode=force_generic_plan -c statement_timeout=30s"
                " -c lock_timeout=30s" + self.settings}
        return subprocess.Popen(
            [*self.command(clients, seconds), "-l", "--log-prefix=calls", "-f", script, "garita"],
            cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def measure(self, clients, seconds, ramp=RAMP):
        pgbench = self.start(clients, seconds + ramp + 1)
        time.sleep(ramp)
        self.watch.begin()
        began, client = time.time(), process_seconds(pgbench.pid)
        time.sleep(seconds)
        ended, client = time.time(), process_seconds(pgbench.pid) - client
        spent = self.watch.end(1)
        output, errors = pgbench.communicate()
        if pgbench.returncode != 0:
            raise SystemExit(f"bench: pgbench: {output}{errors}"[:4000])
        times = sorted(call for call, end in self.calls() if began <= end < ended)
        cpu = {name: value / max(1, len(times)) for name, value in spent.items() if name != "others"}
        cpu["client"] = client * 1e6 / max(1, len(times))
        cpu["others"] = max(0, spent["others"] - client / (ended - began) / os.cpu_count())
        return Measurement(ended - began, len(times), 0, quantile(times, 50) * 1e3, quantile(times, 99) * 1e3, cpu)

    def calls(self):
        """Seconds that each call took, and when it ended (pgbench's per-transaction log)."""
        for log in self.folder.glob("calls.*"):
            for line in log.open():
                _client, _number, spent, _script, second, micros = line.split()[:6]
                yield int(spent) / 1e6, int(second) + int(micros) / 1e6


class Hello:
    """hello.c with as many processes as the gate pool has, and a place in the same nginx."""

    def __init__(self, stack, workers, folder):
        self.stack, self.socket = stack, stack.var.resolve() / "run/hello.sock"
        program = folder / "hello"
        subprocess.run(["cc", "-O2", "-o", program, HERE / "hello.c", "-lfcgi"], check=True)
        program.chmod(0o755)
        owner = ["-u", "www-data", "-g", "www-data", "-U", "www-data", "-G", "www-data"] if ROOT else []
        self.process = subprocess.Popen(
            ["spawn-fcgi", "-n", "-s", self.socket, "-M", "0660", *owner, "--",
             shutil.which("multiwatch"), "-f", str(workers), "--", program],
            stdout=subprocess.DEVNULL, start_new_session=True)
        self.join_nginx()

    def join_nginx(self):
        share = self.stack.var.resolve() / "share/nginx"
        shared = (share / "snippets/garita-fastcgi.conf").read_text()
        # hello.c serves one connection at a time, so a kept one would pin it.
        kept = [line for line in shared.splitlines() if "fastcgi_keep_conn" not in line]
        own = ["fastcgi_keep_conn off;", f"fastcgi_pass unix:{self.socket};"]
        (share / "snippets/bench.conf").write_text("\n".join([f"location = {HELLO} {{", *kept, *own, "}", ""]))
        main = share / "site.conf"
        there = "include snippets/garita-locations.conf;"
        main.write_text(main.read_text().replace(there, there + "\n        include snippets/bench.conf;"))
        os.kill(recorded(self.stack, "nginx"), signal.SIGHUP)
        for _ in range(100):
            if requests.post(self.stack.url + HELLO, timeout=5).status_code == 200:
                return
            time.sleep(0.1)
        raise SystemExit("bench: the libfcgi hello does not answer behind nginx")

    def stop(self):
        """At once: libfcgi would wait for one more connection before it ends."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def recorded(stack, name):
    return int((stack.var / f"run/{name}.pid").read_text().split()[0])


def process_seconds(pid):
    fields = usage.stat(pid)
    return (int(fields[11]) + int(fields[12])) / usage.TICKS if fields else 0


def postgresql_bin():
    """The newest server's folder: pgbench lies beside it."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))


def quantile(ordered, percent):
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0
