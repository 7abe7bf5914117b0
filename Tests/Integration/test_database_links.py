"""The way to the database: TLS to another machine, which must prove who it is; and pgbouncer in between."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from fastcgi import ask
from runs import until
from stack import ROOT, free_port, open_folder

AS_DATABASE = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if ROOT else []
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))


def run(*arguments, **options):
    return subprocess.run(
        [str(argument) for argument in arguments], check=True, text=True, capture_output=True, timeout=60, cwd="/", **options).stdout


def give_to_database(folder):
    if ROOT:
        run("chown", "-R", "postgres:postgres", folder)


def make_authority(folder, name):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", f"/CN={name}", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")


def make_certificate(folder, host):
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={host}",
        "-keyout", folder / "server.key", "-out", folder / "server.csr")
    (folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
    run("openssl", "x509", "-req", "-days", "2", "-in", folder / "server.csr", "-CA", folder / "ours.pem", "-CAkey",
        folder / "ours.key", "-CAcreateserial", "-extfile", folder / "names", "-out", folder / "server.pem")


class Server:
    """A PostgreSQL of its own on loopback, with TLS under the name localhost; it holds our roles and no schema."""

    def __init__(self):
        self.folder, self.port = open_folder(), free_port()
        make_authority(self.folder, "ours")
        make_authority(self.folder, "theirs")
        make_certificate(self.folder, "localhost")
        give_to_database(self.folder)
        run(*AS_DATABASE, PROGRAMS / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "postgres", "--no-sync")
        with (self.folder / "data/postgresql.conf").open("a") as settings:
            settings.write(
                f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{self.folder}'\nfsync = off\n"
                f"ssl = on\nssl_cert_file = '{self.folder}/server.pem'\nssl_key_file = '{self.folder}/server.key'\n")
        self.control("start")
        self.ask("; ".join(f"create role garita_{name} login" for name in ("gate", "auth", "app", "device", "migrate")))

    def control(self, what):
        run(*AS_DATABASE, PROGRAMS / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-m", "immediate", "-w", what)

    def ask(self, sql):
        return run(*AS_DATABASE, PROGRAMS / "psql", "-X", "-h", self.folder, "-p", self.port, "-U", "postgres", "-c", sql)

    def remove(self):
        self.control("stop")
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def server():
    one = Server()
    yield one
    one.remove()


def findings(stack, url):
    """What the check says of the database at an address: id -> text."""
    var = stack.var.resolve()
    done = subprocess.run(
        [str(var / "bin/garita"), "check", "--deploy", "--json"], text=True, capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "DATABASE_URL": url})
    return {one["id"]: one["text"] for one in json.loads(done.stdout)}


REACHED = "garita.E030"  # the server was asked, and holds no schema of ours


@pytest.mark.parametrize("host, mode, authority, ids, words", [
    ("localhost", "verify-full", "ours", {REACHED}, "holds no schema"),
    ("localhost", "verify-full", "theirs", {"garita.E021"}, "certificate verify failed"),
    ("localhost", "verify-full", "nobody", {"garita.E021"}, "does not exist"),
    ("127.0.0.1", "verify-full", "ours", {"garita.E021"}, "does not match host name"),
    ("127.0.0.1", "verify-ca", "ours", {REACHED, "garita.E114"}, "without sslmode=verify-full"),
    ("localhost", "require", "nobody", {REACHED, "garita.E114"}, "without sslmode=verify-full")])
def test_the_database_proves_who_it_is(stack, server, host, mode, authority, ids, words):
    found = findings(
        stack, f"postgresql://{host}:{server.port}/postgres?sslmode={mode}&sslrootcert={server.folder}/{authority}.pem")
    assert {name for name in found if name in (REACHED, "garita.E020", "garita.E021", "garita.E114")} == ids, found
    assert any(words in text for text in found.values())


def test_a_database_without_tls_is_refused(stack, server):
    server.ask("alter system set ssl = off")
    server.ask("select pg_reload_conf()")
    until(lambda: "off" in server.ask("show ssl"), 10)
    try:
        found = findings(stack, f"host=localhost port={server.port} dbname=postgres sslmode=verify-full sslrootcert={server.folder}/ours.pem")
        assert "server does not support SSL" in found["garita.E021"] and REACHED not in found
    finally:
        server.ask("alter system reset ssl")
        server.ask("select pg_reload_conf()")


@pytest.fixture(scope="module")
def bouncer(stack):
    """DATABASE_URL by way of pgbouncer in session mode, with one connection to the server for each role."""
    folder, var = open_folder(), stack.var.resolve()
    passwords = [line.split(":")[3:] for line in (var / "secrets/operator.pgpass").read_text().splitlines()]
    (folder / "userlist.txt").write_text("".join(f'"{role}" "{password}"\n' for role, password in passwords))
    (folder / "pgbouncer.ini").write_text(f"""[databases]
garita = host={var}/run/postgresql dbname=garita pool_size=1
[pgbouncer]
pool_mode = session
server_reset_query = DISCARD ALL
ignore_startup_parameters = extra_float_digits, options
auth_type = scram-sha-256
auth_file = {folder}/userlist.txt
unix_socket_dir = {folder}
listen_port = 6432
logfile = {folder}/log
""")
    give_to_database(folder)
    program = subprocess.Popen([*AS_DATABASE, shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin"), folder / "pgbouncer.ini"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: (folder / ".s.PGSQL.6432").exists(), 10)
    yield f"host={folder} port=6432 dbname=garita passfile={var}/secrets/operator.pgpass"
    program.send_signal(signal.SIGINT)
    program.wait(20)
    shutil.rmtree(folder)


def command(stack, url, *arguments):
    var = stack.var.resolve()
    return subprocess.run(
        [str(var / "bin/garita"), *arguments], text=True, capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "DATABASE_URL": url})


def as_role(url, role, sql):
    return run(PROGRAMS / "psql", "-X", "-A", "-t", f"{url} user={role}", "-c", sql).strip()


def test_commands_work_through_pgbouncer(stack, bouncer):
    done = command(stack, bouncer, "check")
    assert done.returncode == 0, done.stderr
    assert command(stack, bouncer, "migrate", "--plan").stdout == ""
    assert "log tables made" in command(stack, bouncer, "maintain").stdout


def test_workers_one_after_the_other_share_a_connection_of_pgbouncer(stack, bouncer, tmp_path):
    """The second worker prepares the same statements under the same names on the connection that the first one left."""
    var, token = stack.var.resolve(), stack.token("ADMIN")
    connection = as_role(bouncer, "garita_app", "select pg_backend_pid()")
    for number in ("1", "2"):
        worker = subprocess.Popen(
            ["spawn-fcgi", "-n", "-s", tmp_path / number, "--", var / "bin/garita", "worker", "app"], stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "DATABASE_URL": bouncer})
        try:
            until(lambda: (tmp_path / number).exists(), 10)
            for path in ("/api/buildings/", "/api/visitors/", "/api/buildings/"):
                said = ask(tmp_path / number, DOCUMENT_URI=path, SITE_ORIGIN=stack.url, REMOTE_ADDR="127.0.0.1", REQUEST_ID="0" * 32,
                           HTTP_AUTHORIZATION=f"Bearer {token}")
                assert "Status: 200 " in said and '"count":' in said, said
        finally:
            worker.terminate()
            worker.wait(10)
        # Nothing of the callers is left to whoever comes next, and the limits of the role count.
        assert as_role(bouncer, "garita_app", """select pg_backend_pid(), current_user, current_setting('statement_timeout'),
            (select count(*) from pg_prepared_statements)""") == f"{connection}|garita_app|3s|0"
