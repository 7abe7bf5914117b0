"""At most once, whatever happens: 200 connections scan codes of few uses while workers and their connections to the
database are killed and the database crashes.

Every client keeps a history: what it asked, under which request id, when, and what it heard. An answer that leaves the
outcome open (no answer, 502, 503, 504) is asked again under the same id until it is definite. At the end the history, the
codes, the stored answers and the access log must tell one story. Run by `make chaos`; a short form is in test_chaos.py.
"""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from stack import ROOT, Stack, day

CONNECTIONS = 200
CODES = 50
OPEN = {502, 503, 504}


@dataclass
class Request:
    """One scan: its id never changes, however often it is sent."""

    code: int
    invoked: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = 0
    answer: dict = None
    sent: int = 0


class Client(threading.Thread):
    def __init__(self, chaos):
        super().__init__(daemon=True)
        self.chaos, self.connection, self.history, self.failure = chaos, None, [], None

    def run(self):
        try:
            self.scan()
        except Exception as failure:
            self.failure = failure

    def scan(self):
        while not self.chaos.over.is_set():
            request = Request(random.choice(list(self.chaos.codes)), time.monotonic())
            self.history.append(request)
            self.settle(request)
            time.sleep(random.uniform(0, 0.1))

    def settle(self, request):
        """Sends until the outcome is definite; gives up a minute after the faults have stopped."""
        while self.send(request) is None:
            assert time.monotonic() < self.chaos.patience, "a request stays without an outcome"
            time.sleep(random.uniform(0.05, 0.3))
        again = Request(request.code, request.invoked, request.id)
        if random.random() < 0.05 and self.send(again) is not None:
            assert (again.status, again.answer) == (request.status, request.answer), "one id, two answers"

    def send(self, request):
        request.sent += 1
        body = {"code": self.chaos.codes[request.code], "access_point_id": 1, "access_type": "ENTRY"}
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.chaos.stack.port, timeout=5)
            self.connection.request(
                "POST", "/api/access/codes/validate/", json.dumps(body),
                {"Content-Type": "application/json", "Idempotency-Key": request.id} | self.chaos.authorization)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return None
        if answer.status in OPEN:
            return None
        request.status, request.answer = answer.status, json.loads(text)
        assert request.status in (200, 400), f"unexpected {request.status}: {text}"
        return request


class Chaos:
    def __init__(self, seconds, restarts):
        self.seconds, self.restarts = seconds, restarts
        self.over = threading.Event()
        self.patience = time.monotonic() + seconds + 120
        self.faults = Counter()
        self.revoked_at = {}

    def run(self):
        self.stack = Stack(GARITA_GATE_WORKERS="8", GARITA_APP_WORKERS="2")
        try:
            self.stack.start()
            self.prepare()
            # The supervisor would end everything at the first crash of the database, as it should; here it goes first.
            os.kill(self.stack.process.pid, signal.SIGKILL)
            self.stack.process.wait()
            clients = [Client(self) for _ in range(CONNECTIONS)]
            for client in clients:
                client.start()
            self.disturb()
            self.over.set()
            for client in clients:
                client.join(150)
                assert not client.is_alive(), "a client did not come to an end"
                if client.failure:
                    raise client.failure
            return self.judge([request for client in clients for request in client.history])
        finally:
            self.over.set()
            self.postgres("stop")
            self.stack.remove()

    def prepare(self):
        """Codes of one to three uses, made by the guard of the demo as any other; and three that open until revoked."""
        self.authorization = {"Authorization": f"Bearer {self.stack.token('GUARD')}"}
        self.codes, self.uses = {}, {}
        for number in range(CODES + 3):
            visitor = self.stack.call("POST", "/api/visitors/", "GUARD", json={
                "first_name": "V", "last_name": str(number), "unit": 1, "expected_date": day()}).json()
            code = self.stack.call("POST", "/api/visitors/generate_code/", "GUARD", json={
                "visitor_id": visitor["id"], "code_type": "QR", "max_uses": number % 3 + 1 if number < CODES else 1_000_000}).json()
            self.codes[code["id"]], self.uses[code["id"]] = code["code"], code["max_uses"]
        self.before = int(self.stack.psql("select count(*) from garita.access_logs")[0])

    def disturb(self):
        """Every second a worker dies; at even times the database crashes; once, codes are revoked."""
        reapers = [self.reaper(), self.disconnector()]
        crashes = [self.seconds * (number + 1) / (self.restarts + 1) for number in range(self.restarts)]
        began = time.monotonic()
        while (elapsed := time.monotonic() - began) < self.seconds or crashes:
            if crashes and elapsed >= crashes[0]:
                crashes.pop(0)
                self.postgres("restart")
                self.faults["database crashes"] += 1
            if not self.revoked_at and elapsed > self.seconds / 3:
                self.revoke(list(self.codes)[CODES:])
            time.sleep(0.2)
        for name, reaper in zip(("killed workers", "killed connections"), reapers):
            os.killpg(reaper.pid, signal.SIGTERM)
            self.faults[name] = reaper.communicate()[0].splitlines().count("t")

    def reaper(self):
        """Kills a worker of the gate every second: a process of its own, because 200 threads leave this one no time."""
        worker = f"^{self.stack.var.resolve()}/bin/garita worker gate$"
        return self.shell(f"while sleep 1; do pid=$(pgrep -f '{worker}' | shuf -n 1) && kill -9 $pid && echo t; done")

    def disconnector(self):
        """Ends the connection of a gate worker many times a second, wherever it is: before, in, or behind a commit."""
        kill = """select pg_terminate_backend(pid) from pg_stat_activity where usename = 'garita_gate'
            order by random() limit 3 \\watch 0.05"""
        var = self.stack.var.resolve()
        # psql ends with the server, which crashes.
        return self.shell(
            f'while sleep 0.1; do echo "$KILL" | psql -X -q -A -t -h {var}/run/postgresql -U postgres garita; done',
            KILL=kill, PGPASSFILE=f"{var}/secrets/superuser.pgpass")

    @staticmethod
    def shell(loop, **environment):
        """Says t each time."""
        return subprocess.Popen(
            ["sh", "-c", loop], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
            env=os.environ | environment)

    def revoke(self, codes):
        for code in codes:
            try:
                self.stack.psql(f"""update garita.temporary_codes set is_active = false, revoked_at = clock_timestamp()
                    where id = {code} and is_active""")
                self.revoked_at[code] = time.monotonic()
            except subprocess.CalledProcessError:
                return  # the database is just down; next second

    def postgres(self, action):
        """pg_ctl with immediate stop: the server dies without a checkpoint and recovers from its log."""
        var = self.stack.var.resolve()
        if not (var / "postgresql/PG_VERSION").exists():
            return
        version = (var / "postgresql/PG_VERSION").read_text().strip()
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if ROOT else []
        with open(var / "log/postgresql.log", "a") as log:
            subprocess.run(
                [*become, f"/usr/lib/postgresql/{version}/bin/pg_ctl", "-D", str(var / "postgresql"), "-m", "immediate",
                 "-w", "-t", "60", action], stdout=log, stderr=log, check=action == "restart", cwd="/")

    def judge(self, history):
        """The invariants of the checker; the numbers are the verdict."""
        granted = defaultdict(set)
        for request in history:
            assert request.answer is not None
            if request.answer["valid"]:
                granted[request.code].add(request.id)
        rows = self.stack.psql("""select t.code_id, t.times_used, t.max_uses, (select count(*) from garita.access_logs l
            where l.temporary_code_id = t.code_id and l.status = 'SUCCESS') from garita.credentials t
            where t.code_kind = 'temporary'""")
        for row in rows:
            code, used, uses, logged = map(int, row.split("|"))
            assert len(granted[code]) <= uses, f"code {code}: {len(granted[code])} entries granted, {uses} allowed"
            assert len(granted[code]) == used == logged, f"code {code}: {granted[code]} granted, {used} used, {logged} logged"
        stored = {line.split("|")[0] for line in self.stack.psql("select request_id from garita.admissions")}
        asked = {request.id for request in history}
        assert stored == asked, f"{len(stored - asked)} stored answers nobody asked, {len(asked - stored)} lost"
        written = int(self.stack.psql("select count(*) from garita.access_logs")[0]) - self.before
        assert written == len(asked), f"{written} log rows for {len(asked)} requests"
        for request in history:
            late = request.code in self.revoked_at and request.invoked > self.revoked_at[request.code]
            assert not (late and request.answer["valid"]), "granted after the revocation was acknowledged"
        return {
            "requests": len(history), "sent": sum(request.sent for request in history),
            "granted": sum(len(ids) for ids in granted.values()), "allowed": sum(self.uses.values()), **self.faults}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--restarts", type=int, default=2)
    options = parser.parse_args()
    verdict = Chaos(options.seconds, options.restarts).run()
    print("at most once: holds; " + ", ".join(f"{name} {number}" for name, number in verdict.items()))


if __name__ == "__main__":
    main()
