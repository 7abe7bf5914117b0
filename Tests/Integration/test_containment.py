"""Whoever takes one process over has what that process needs, and nothing of its neighbours (rows A2, E8)."""

import os
import pwd
import socket
import struct
import subprocess
import time
from pathlib import Path

import pytest

from fastcgi import ask
from runs import until
from stack import ROOT, free_port

POOLS = ("gate", "auth", "app", "device", "status")
KEYS = {
    "gate": {"master", "code-tag", "code-show", "device"},
    "auth": {"master", "account", "factor"},
    "app": {"master", "code-tag", "code-show", "device", "account", "outbox"},
    # Terminals have no tokens.
    "device": {"code-tag", "code-show"},
    # It tells how the others are, and serves nobody.
    "status": set(),
}
as_root = pytest.mark.skipif(not ROOT, reason="only for root are these other users")
KNOCK = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"


def become(user):
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]


def run_as(user, *command, **options):
    return subprocess.run([*become(user), *map(str, command)], capture_output=True, text=True, timeout=30, **options)


def readable(user, paths):
    """Which of the files that user can read."""
    script = "import sys\nfor p in sys.argv[1:]:\n    try: open(p, 'rb').read(1); print(p)\n    except OSError: pass"
    return set(run_as(user, "/usr/bin/python3", "-c", script, *paths).stdout.split())


@as_root
@pytest.mark.parametrize("pool", POOLS)
def test_a_pool_is_a_user_that_reads_its_own_and_nothing_else(stack, pool):
    var, user = stack.var.resolve(), f"garita-{pool}"
    assert {pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name for pid in stack.workers(pool)} == {user}
    mine = {str(path) for path in (var / "pools" / pool).rglob("*") if path.is_file()}
    mine |= {f"/proc/{pid}/environ" for pid in stack.workers(pool)}
    assert readable(user, mine) == mine
    others = {path for room in ("pools", "secrets", "photos", "postgresql", "nginx") for path in (var / room).rglob("*")
              if path.is_file() and not path.is_relative_to(var / "pools" / pool)}
    others |= {var / "operator.env", var / "demo.env"}
    others |= {Path(f"/proc/{pid}/environ") for other in POOLS if other != pool for pid in stack.workers(other)}
    others |= {Path(f"/proc/{(var / f'run/{name}.pid').read_text().split()[0]}/environ") for name in ("postgresql", "nginx")}
    assert len(others) > 50 and readable(user, others) == (
        {str(path) for path in (var / "photos").iterdir()} if pool == "app" else set())
    changed = run_as(user, "sh", "-c", 'cd "$1" && ! touch keys/x && ! touch x && ! echo >>garita.env && ! chmod u+w keys '
                     '&& ! rm keys/master.1.key', "-", var / "pools" / pool)
    assert changed.returncode == 0, changed.stderr


@pytest.mark.parametrize("pool", POOLS)
def test_a_pool_has_the_keys_and_the_password_it_needs(stack, pool):
    place = stack.var.resolve() / "pools" / pool
    assert {path.name.split(".")[0] for path in (place / "keys").iterdir()} == KEYS[pool]
    assert [line.split(":")[3] for line in (place / "pgpass").read_text().splitlines()] == [f"garita_{pool}"]
    for role in ("garita_migrate", *(f"garita_{other}" for other in POOLS)):
        command = ["psql", "-X", "-w", "-h", stack.var.resolve() / "run/postgresql", "-U", role, "-d", "garita", "-c", "select 1"]
        environment = {"PATH": os.environ["PATH"], "PGPASSFILE": str(place / "pgpass")}
        prefix = become(f"garita-{pool}") if ROOT else []
        done = subprocess.run([*prefix, *command], capture_output=True, text=True, env=environment)
        assert (done.returncode == 0) == (role == f"garita_{pool}"), f"{role}: {done.stderr}"


def test_nothing_that_serves_gains_rights_or_leaves_its_memory_on_the_disk(stack):
    children = [pid for pid in stack.children() if pid != stack.process.pid]
    assert len(children) > 10
    for pid in children:
        status, limits = Path(f"/proc/{pid}/status").read_text(), Path(f"/proc/{pid}/limits").read_text()
        assert "NoNewPrivs:\t1" in status, status
        assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["0", "0"], limits


@as_root
@pytest.mark.parametrize("user, opened", [
    ("www-data", POOLS), *((f"garita-{pool}", ("postgresql",)) for pool in POOLS), ("postgres", ("postgresql",)), ("nobody", ())])
def test_a_socket_opens_to_who_needs_it(stack, user, opened):
    """A2"""
    run = stack.var.resolve() / "run"
    places = {pool: run / f"pools/{pool}.sock" for pool in POOLS} | {"postgresql": run / "postgresql/.s.PGSQL.5432"}
    for name, place in places.items():
        done = subprocess.run([*become(pwd.getpwnam(user).pw_uid)[:2], f"--regid={pwd.getpwnam(user).pw_gid}", "--init-groups",
                               "/usr/bin/python3", "-c", KNOCK, place], capture_output=True, text=True)
        assert (done.returncode == 0) == (name in opened), f"{name}: {done.stderr}"
        assert done.returncode == 0 or "PermissionError" in done.stderr


@pytest.mark.parametrize("place", [["-a", "127.0.0.1", "-p", "PORT"], ["-s", ":9000"], ["-s", "gate.sock"]])
def test_a_worker_refuses_to_serve_on_a_port_or_a_relative_path(stack, tmp_path, place):
    """A2"""
    var = stack.var.resolve()
    place = [str(free_port()) if word == "PORT" else word for word in place]
    done = subprocess.run(
        ["spawn-fcgi", "-n", *place, "--", var / "bin/garita", "worker", "gate"], cwd=tmp_path, text=True,
        capture_output=True, timeout=30, env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "pools/gate/garita.env")})
    assert done.returncode == 1
    assert "serve on anything but a Unix socket with an absolute path" in done.stderr


def test_no_worker_listens_on_the_network(stack):
    """A2: the only socket of the network that a process of ours holds is nginx's."""
    tables = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    listening = {f"socket:[{row[9]}]" for row in tables if row[3] == "0A"}
    held = {pid for pid in stack.children() for link in Path(f"/proc/{pid}/fd").glob("*") if target(link) in listening}
    assert {Path(f"/proc/{pid}/comm").read_text().strip() for pid in held} == {"nginx"}


def target(link):
    try:
        return os.readlink(link)
    except OSError:
        return None


def test_a_broken_record_costs_at_most_the_worker_it_reaches(stack):
    """A2: a name and a value of almost 2 GB each, at which libfcgi gives up the whole process."""
    before = set(stack.workers("gate"))
    pair = struct.pack(">II", 0xFFFFFFFE, 0xFFFFFFFE)
    records = struct.pack(">BBHHBB", 1, 1, 1, 8, 0, 0) + struct.pack(">HB5x", 1, 0)
    records += struct.pack(">BBHHBB", 1, 4, 1, len(pair), 0, 0) + pair + struct.pack(">BBHHBB", 1, 4, 1, 0, 0, 0)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(stack.var.resolve() / "run/pools/gate.sock"))
        connection.sendall(records)
        connection.settimeout(5)
        try:
            connection.recv(1)
        except OSError:
            pass
    until(lambda: len(stack.workers("gate")) == len(before), 2)
    assert len(before - set(stack.workers("gate"))) <= 1
    assert stack.call("POST", "/api/access/codes/validate/").status_code == 401


def test_a_worker_serves_the_hosts_of_the_list_alone(stack, tmp_path):
    """What a client names as the host ends in links; and with DEBUG the log says why a request was refused."""
    var = stack.var.resolve()
    environment = {"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "DEBUG": "yes",
                   "ALLOWED_HOSTS": "Garita.example.org, .example.net,[::1]"}
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            ["spawn-fcgi", "-n", "-s", tmp_path / "s", "--", var / "bin/garita", "worker", "app"], env=environment,
            stderr=log, start_new_session=True)
        try:
            until(lambda: "started" in (tmp_path / "log").read_text(), 20)
            for host, status in [
                    ("garita.example.org", 404), ("GARITA.example.org.:8443", 404), ("example.net", 404), ("a.b.example.net", 404),
                    ("[::1]:8080", 404), ("a.garita.example.org", 400), ("badexample.net", 400), ("127.0.0.1", 400), ("[::2]", 400),
                    ("", 400)]:
                said = ask(tmp_path / "s", DOCUMENT_URI="/api/nowhere/", SITE_ORIGIN=f"https://{host}")
                assert f"Status: {status} " in said, host
                assert ('{"detail":"This host name is not served here."}' in said) == (status == 400)
        finally:
            os.killpg(worker.pid, 15)
            worker.wait()
    log = (tmp_path / "log").read_text()
    assert log.count('"refusal":"This host name is not served here."') == 5 and log.count('"refusal":"Not found."') == 5


def test_workers_that_cannot_start_do_not_take_a_core(stack, tmp_path):
    """The next ones wait: two of them are some lines in two seconds, not hundreds."""
    var = stack.var.resolve()
    (tmp_path / "keys").mkdir()
    environment = {"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "GARITA_KEYS": str(tmp_path / "keys"),
                   "GARITA_GATE_WORKERS": "2"}
    with (tmp_path / "log").open("w") as log:
        pool = subprocess.Popen(["spawn-fcgi", "-n", "-s", tmp_path / "s", "--", var / "bin/garita", "pool", "gate"],
                                env=environment, stderr=log, start_new_session=True)
        try:
            until(lambda: "key master is missing" in (tmp_path / "log").read_text(), 20)
            time.sleep(2)
            assert pool.poll() is None
        finally:
            os.killpg(pool.pid, 9)
            pool.wait()
    assert (tmp_path / "log").read_text().count("key master is missing") <= 6
