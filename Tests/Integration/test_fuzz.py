"""Hostile requests on every route by every role: none is a 5xx, none ends a worker, none leaves the database in two minds.

`make test` draws for some seconds; `make fuzz` (FUZZ_REQUESTS=100000) as many as it says. FUZZ_SEED repeats a run.
"""

import collections
import json
import os
import random
import re
import subprocess
import threading
import time

import pytest

from accounts import NAMES, PASSWORD, heal
from exchange import Client, Closed
from hostile import Hostile, shown
from stack import Stack
from test_commands import garita
from tokens import password_hash

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1000000"))
# Another seed each time: many short runs ask as much as a long one. `make fuzz` counts requests instead.
SECONDS = float("inf") if "FUZZ_REQUESTS" in os.environ else 12
SEED = os.environ.get("FUZZ_SEED") or str(time.time_ns())
THREADS = 6
PICTURES = ("image/png", "image/svg+xml", "image/jpeg", "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Fuzz:
    def __init__(self, stack):
        self.stack, self.faults, self.statuses = stack, [], collections.Counter()
        said = subprocess.run([stack.var / "bin/garita", "routes"], text=True, capture_output=True, check=True).stdout
        routes = [tuple(line.split()[:2]) for line in said.splitlines() if line]
        self.hostile, self.number, self.lock = Hostile(routes), 0, threading.Lock()
        self.deadline = time.monotonic() + SECONDS
        self.hash = password_hash(PASSWORD)
        self.device = self.enrol()
        self.heal()

    def enrol(self):
        """The number and key of a device at a gate."""
        gate = self.stack.psql("select code from garita.access_points order by id limit 1")[0]
        done = garita(self.stack, "device", "enrol", "--site", "MAIN", "--gate", gate, "--name", "Lector", "--entry")
        assert done.returncode == 0, done.stderr
        return dict(line.split("=") for line in done.stdout.splitlines())

    def heal(self):
        """The three accounts as they were, and a token for each."""
        heal(self.stack, self.hash)
        client = Client("127.0.0.1", self.stack.port)
        tokens = {}
        for role, name in NAMES.items():
            body = json.dumps({"username": name, "password": PASSWORD}).encode()
            answer = client.send("POST", "/api/auth/login/", {"Content-Type": "application/json"}, body)
            assert answer.status == 200, answer.body
            tokens[role] = answer.json()["access"]
        self.tokens = tokens

    def next(self):
        with self.lock:
            if self.number >= REQUESTS or time.monotonic() > self.deadline or len(self.faults) > 20:
                return None
            self.number += 1
            if self.number % 2000 == 0:
                self.heal()
            return self.number

    def run(self):
        threads = [threading.Thread(target=self.draw, daemon=True) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def draw(self):
        client = Client("127.0.0.1", self.stack.port, timeout=30)
        while (number := self.next()) is not None:
            request = self.hostile.draw(SEED, number)
            role, method, path, headers, body = request
            signed = {"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}
            if role == "DEVICE":
                die = random.Random(f"{SEED}/{number}/device")
                signed = {"Authorization": self.hostile.signed(die, self.device, int(time.time()), method, path, body)}
            try:
                fault = self.judge(method, path, client.send(method, path, signed | headers, body))
            except Exception as error:  # what a client cannot read is a fault of the answer
                fault = repr(error)
            if fault:
                self.faults.append(f"{fault}\n    {SEED}/{number}: {shown(*request)}")

    def judge(self, method, path, answer):
        """What is wrong with an answer; None for nothing."""
        self.statuses[answer.status] += 1
        if isinstance(answer, Closed):
            return "closed without an answer"
        kind = answer.headers.get("content-type", "")
        if answer.status >= 500:
            return f"{answer.status} {answer.body[:200]}"
        if method == "HEAD" or not answer.body or kind.startswith(PICTURES) or answer.status == 301:
            return None
        if not kind.startswith(("application/json", "application/problem+json")):
            # Outside /api/ there are pages, and nginx's own; below it one.
            is_outside = not path.startswith("/api/") or ".." in path or "%2e%2e" in path
            is_page = kind.startswith("text/") and (is_outside or path.startswith("/api/docs/"))
            return None if is_page else f"{answer.status} {kind}"
        content = json.loads(answer.body)
        if answer.status >= 400 and not (isinstance(content, dict) and content):
            return f"{answer.status} {answer.body[:200]}"
        return None


@pytest.fixture(scope="module")
def fuzzed():
    stack = Stack()
    try:
        stack.start()
        fuzz = Fuzz(stack)
        fuzz.run()
        yield fuzz
    finally:
        stack.remove()


def test_no_request_is_answered_with_a_5xx_or_without_shape(fuzzed, tell):
    counts = ", ".join(f"{status}: {count}" for status, count in sorted(fuzzed.statuses.items()))
    tell(f"fuzz: {sum(fuzzed.statuses.values())} requests, seed {SEED}; {counts}")
    assert fuzzed.faults == [], "\n".join(fuzzed.faults)


def test_no_worker_died_of_one(fuzzed):
    """The supervisor would tell; a worker recycles itself after some 50,000 requests."""
    for pool in ("gate", "auth", "app"):
        events = collections.Counter()
        for line in (fuzzed.stack.var / f"log/{pool}.log").read_text(errors="replace").splitlines():
            entry = json.loads(line)
            assert entry["level"] == "info", line
            events[entry["event"]] += 1
        assert not events["worker ended"], (pool, events)
        began, ended = events["started"], events["recycled"] + events["stopped"]
        assert began - ended == len(fuzzed.stack.workers(pool)), (pool, events)


def test_the_database_is_of_one_mind(fuzzed):
    """No pass opened more often than it may; log, passes and lists agree."""
    wrong = fuzzed.stack.psql("""
        select 'pass ' || t.code_id from garita.credentials t
        where t.code_kind = 'temporary' and (t.times_used > t.max_uses or t.times_used <> (
            select count(*) from garita.access_logs l
            where l.temporary_code_id = t.code_id and l.status = 'SUCCESS' and l.access_type = 'ENTRY'))
        union all select what || ' ' || count from garita.check_copies()
        union all select 'visit ' || v.id from garita.visitors v join garita.units u on u.id = v.unit_id
        where u.site_id <> v.site_id
        union all select 'log ' || l.id from garita.access_logs l where (l.status = 'SUCCESS') <> (l.reasons = '{}')""")
    assert wrong == []
    fuzzed.heal()
    client = Client("127.0.0.1", fuzzed.stack.port)
    for path, table in (
            ("logs", "access_logs"), ("visitors", "visitors"), ("codes", "temporary_codes"), ("users", "users"),
            ("buildings", "buildings"), ("residents", "residents"), ("access/codes", "access_codes")):
        headers = {"Authorization": f"Bearer {fuzzed.tokens['ADMIN']}"}
        answer = client.send("GET", f"/api/{path}/", headers).json()
        assert [str(answer["count"])] == fuzzed.stack.psql(f"select count(*) from garita.{table}"), table
