"""The Go services beside which the gate is measured (peers/): built here, with a PostgreSQL cluster and an nginx of their
own in the bench's folder. go_own asks its own plain schema, go_same the function that Garita's workers ask."""

import os
import shutil
import signal
import subprocess
import time

import jwt

import usage
from dataset import GATES, HERE, PERMANENT, TEMPORARY
from stack import ROOT, free_port
from subjects import ASKED, CALL, Watch, load, postgresql_bin, recorded

# Any key will do: these services issue their tokens themselves.
TOKEN_KEY = "a key of the bench, of thirty-two bytes and more"
# The values of the call in the order in which same.go gives them.
GIVEN = ("user", "version", "session", "tags", "hint", "shape", "gate", "direction")
STATEMENT = CALL.format(**ASKED | {name: f"${number}" for number, name in enumerate(GIVEN, 1)})


class Peers:
    """The two services, their nginx, and the cluster of the one that has its own schema."""

    def __init__(self, stack, data, connections, log_rows, folder):
        self.stack, self.data, self.connections = stack, data, connections
        self.folder, self.port, self.processes = folder / "peers", free_port(), []
        self.log_rows = log_rows

    def start(self):
        self.folder.mkdir()
        self.build()
        self.start_database()
        self.start_nginx()

    def build(self):
        environment = os.environ | {
            "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(self.folder / "cache")}
        for name in ("own", "same"):
            subprocess.run(
                ["go", "build", "-o", self.folder / name, "service.go", f"{name}.go"], cwd=HERE / "peers", env=environment,
                check=True)

    def start_database(self):
        """With the settings of Garita's cluster, whose file is taken as it is."""
        cluster, sockets, var = self.folder / "postgresql", self.folder / "run/postgresql", self.stack.var.resolve()
        for place in (cluster, sockets):
            place.mkdir(parents=True)
            # It takes everybody who reaches its socket for its superuser.
            place.chmod(0o700)
            if ROOT:
                shutil.chown(place, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if ROOT else []
        subprocess.run(
            [*as_owner, f"{postgresql_bin()}/initdb", "-D", cluster, "-U", "postgres", "--auth=trust", "--data-checksums",
             "--encoding=UTF8", "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        settings = (var / "postgresql/garita.conf").read_text().replace(str(var), str(self.folder))
        (cluster / "postgresql.auto.conf").write_text(settings)
        self.database = self.spawn([*as_owner, f"{postgresql_bin()}/postgres", "-D", cluster])
        self.wait(lambda: subprocess.run([f"{postgresql_bin()}/pg_isready", "-q", "-h", sockets]).returncode == 0)
        self.at = f"host={sockets} user=postgres dbname=postgres"
        with (HERE / "peers/schema.sql").open() as schema:
            self.psql(schema, temporary=TEMPORARY, permanent=PERMANENT, gates=GATES, first_gate=self.data.first_gate,
                      log_rows=self.log_rows)

    def psql(self, commands, **variables):
        values = [f"-v{name}={value}" for name, value in variables.items()]
        subprocess.run(["psql", "-X", "-q", *values, self.at], stdin=commands, check=True, stdout=subprocess.DEVNULL)

    def checkpoint(self):
        subprocess.run(["psql", "-X", "-q", self.at, "-c", "checkpoint"], check=True)

    def start_nginx(self):
        text = (HERE / "peers/nginx.conf").read_text()
        conf = self.folder / "nginx.conf"
        conf.write_text(text.replace("@FOLDER@", str(self.folder)).replace("@PORT@", str(self.port)))
        self.nginx = self.spawn(["/usr/sbin/nginx", "-c", conf, "-g", "daemon off;"])

    def spawn(self, command, **environment):
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                command, env=os.environ | environment, stdout=log, stderr=log, cwd="/", start_new_session=True)
        self.processes.append(process)
        return process

    def wait(self, holds):
        for _ in range(300):
            if holds():
                return
            time.sleep(0.1)
        raise SystemExit(f"bench: a peer does not start: {(self.folder / 'log').read_text()[-2000:]}")

    def own(self):
        return Peer(self, "own", self.database.pid, {"DATABASE": f"{self.at} pool_max_conns={self.connections}"})

    def same(self):
        claims = jwt.decode(self.stack.token("GUARD"), options={"verify_signature": False})
        var = self.stack.var.resolve()
        return Peer(self, "same", recorded(self.stack, "postgresql"), {
            "STATEMENT": STATEMENT, "USER_ID": str(claims["user_id"]), "VERSION": str(claims["tv"]),
            "SESSION": str(claims["sid"]), "TAG_KEY": (var / "secrets/keys/code-tag.1.key").read_text().strip(),
            # Planned once for each connection, as pgbench is told here.
            "DATABASE": f"host={var}/run/postgresql user=garita_gate passfile={var}/secrets/operator.pgpass dbname=garita"
                        f" plan_cache_mode=force_generic_plan pool_max_conns={self.connections}"})

    def stop(self):
        # PostgreSQL's fast way to end (SIGINT); the others take it as well.
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
        for process in self.processes:
            process.wait(60)


class Peer:
    """One of the services behind its nginx, loaded by wrk as Garita is.

    It runs only while it is measured: PostgreSQL takes as many connections as an installation needs, and the workers hold
    theirs."""

    # Seconds of the same load before it counts: to connect and to prepare.
    RAMP = 2

    def __init__(self, peers, name, database, settings):
        self.peers, self.name, self.database = peers, name, database
        self.socket = peers.folder / f"{name}.sock"
        self.settings = settings | {"SOCKET": str(self.socket), "TOKEN_KEY": TOKEN_KEY}
        token = jwt.encode({"user_id": 1, "exp": int(time.time()) + 86400}, TOKEN_KEY, algorithm="HS256")
        self.arguments = [f"/{name}/", token, TEMPORARY, PERMANENT, peers.data.first_gate, GATES]
        self.memory = None

    def measure(self, connections, seconds, kind="any"):
        service = self.peers.spawn([str(self.peers.folder / self.name)], **self.settings)
        try:
            self.peers.wait(self.socket.exists)
            groups = {"nginx": self.peers.nginx.pid, "worker": service.pid, "postgresql": self.database}
            runs = [
                load(f"http://127.0.0.1:{self.peers.port}", Watch(groups), HERE / "validate.lua", connections, duration,
                     [*self.arguments, kind]) for duration in (self.RAMP, seconds)]
            self.memory = usage.memory_megabytes([service.pid])
            return runs[-1]
        finally:
            service.terminate()
            service.wait(30)
            self.socket.unlink(missing_ok=True)
