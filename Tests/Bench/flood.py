"""The floods' part of `make bench` (BENCH_PART=flood): log-ins with a wrong password, the costliest pictures that are
taken, lists five times beyond what the pool can hold; beside each of them the gate decides, a guard registers visitors,
a client renews its session. What they hear with a flood, beside what they hear without, in one run."""

import io
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import median

import requests
from PIL import Image

import usage
from report import Rows, met
from subjects import quantile, recorded

SCRIPT = Path(__file__).parent / "flood.lua"
# One gate, a busy residence, more than the machine can do.
LEVELS = (1, 8, 32)
# Hashing gives way to the gate altogether. What else computes shares the cores and the database with it: a bound in
# milliseconds, a tenth of what a reader waits.
AIM, GATE_LATENCY = 1.2, 200
# For a person who waits, in milliseconds.
LATENCY = 1_000


class Flood:
    """So many connections that send a request again and again."""

    def __init__(self, stack, folder, connections, method, path, headers, body=b""):
        self.url, self.connections, self.arguments = stack.url, connections, [method, path]
        for name, content in (("headers", "".join(f"{line}\r\n" for line in headers).encode()), ("body", body)):
            file = folder / f"flood.{name}"
            file.write_bytes(content)
            self.arguments.append(str(file))

    def __enter__(self):
        self.process = subprocess.Popen(
            ["wrk", "-t1", f"-c{self.connections}", "-d3600s", "--timeout", "30s", "-s", str(SCRIPT), self.url, "--",
             *self.arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        output, errors = self.process.communicate(timeout=60)
        line = next((line for line in output.splitlines() if line.startswith("RESULT")), None)
        if line is None:
            raise SystemExit(f"bench: wrk: {output}{errors}")
        self.statuses = {int(status): int(count) for status, count in (pair.split("=") for pair in line.split()[1:])}


class Person(threading.Thread):
    """Does one thing after the other until told to stop, and notes how long each took (milliseconds) and its status."""

    def __init__(self, ask):
        super().__init__(daemon=True)
        self.ask, self.times, self.statuses, self.over = ask, [], Counter(), threading.Event()

    def run(self):
        while not self.over.is_set():
            began = time.monotonic()
            self.statuses[self.ask().status_code] += 1
            self.times.append((time.monotonic() - began) * 1e3)
            time.sleep(0.05)

    def end(self):
        self.over.set()
        self.join()
        return self


def guard(stack):
    visit = {"first_name": "Flood", "last_name": "V", "unit": 1, "expected_date": f"{time.strftime('%Y')}-12-31"}
    return lambda: stack.call("POST", "/api/visitors/", "GUARD", json=visit)


def client(stack):
    """Renews its session over and over."""
    demo = stack.demo()
    account = {"username": demo["GARITA_GUARD_USER"], "password": demo["GARITA_GUARD_PASSWORD"]}
    pair = requests.post(f"{stack.url}/api/auth/login/", json=account, timeout=30).json()

    def renew():
        answer = stack.call("POST", "/api/auth/refresh/", json={"refresh": pair["refresh"]})
        pair.update(answer.json() if answer.status_code == 200 else {})
        return answer
    return renew


def worst_picture():
    """As many pixels and scans as are taken: ten passes over 24 megapixels, in a small file."""
    file = io.BytesIO()
    Image.new("RGB", (5_700, 4_280), "gray").save(file, "JPEG", progressive=True)
    return file.getvalue()


def floods(stack, folder, app_places):
    """Name -> flood; made when its turn comes, because they share files."""
    token = f"Authorization: Bearer {stack.token('ADMIN')}"
    me = stack.call("GET", "/api/users/me/", "ADMIN").json()["id"]
    form = (b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n' + worst_picture()
            + b"\r\n--x--\r\n")
    return {
        "200 log-ins": lambda: Flood(
            stack, folder, 200, "POST", "/api/auth/login/", ["Content-Type: application/json"],
            b'{"username":"nobody########","password":"wrong password"}'),
        "8 × pictures": lambda: Flood(
            stack, folder, 8, "PATCH", f"/api/users/{me}/", [token, "Content-Type: multipart/form-data; boundary=x"], form),
        f"{5 * app_places} × lists": lambda: Flood(stack, folder, 5 * app_places, "GET", "/api/visitors/", [token]),
    }


def measure(gate, asks, rounds, seconds):
    """Level -> measurements of the gate; the people beside it."""
    people = {name: Person(ask) for name, ask in asks.items()}
    for person in people.values():
        person.start()
    found = {level: [gate.measure(level, seconds) for _ in range(rounds)] for level in LEVELS}
    return found, {name: person.end() for name, person in people.items()}


def table(stack, gate, folder, app_places, rounds, seconds, say):
    """One row for each flood and subject, and what became of the floods.

    - gate: the subject that asks for decisions (subjects.Web).
    - app_places: requests that the app pool works on or keeps waiting.
    """
    made = Rows(["flood", "beside it", "p50 ms", "with flood", "p99 ms", "with flood", "p99 times", "errors", "aim"])
    gate.measure(8, seconds)
    # Signed in before anybody floods.
    asks, fates = {"registration": guard(stack), "refresh": client(stack)}, []
    for name, make in floods(stack, folder, app_places).items():
        say(f"{name}: without")
        calm, alone = measure(gate, asks, rounds, seconds)
        say(f"{name}: with")
        pool = recorded(stack, "auth" if "log-ins" in name else "app")
        with make() as flood:
            began, spent = time.monotonic(), usage.cpu_seconds(pool)
            stormy, crowded = measure(gate, asks, rounds, seconds)
            busy = (usage.cpu_seconds(pool) - spent) / (time.monotonic() - began)
        fates.append(f"{name}: " + ", ".join(f"{count:,} × {status}" for status, count in sorted(flood.statuses.items()))
                     + f"; {busy:.1f} cores")
        decisions(made, name, calm, stormy)
        persons(made, name, alone, crowded)
    return made, fates


def decisions(made, name, calm, stormy):
    for level in LEVELS:
        sides = (calm[level], stormy[level])
        p50, p99 = ([median(getattr(one, figure) for one in side) for side in sides] for figure in ("p50", "p99"))
        errors = sum(one.errors for side in sides for one in side)
        aim = (met(p99[1] <= AIM * p99[0], f"≤ {AIM} ×:") if "log-ins" in name else
               met(p99[1] <= GATE_LATENCY, f"p99 ≤ {GATE_LATENCY}:"))
        made.add(
            name, f"validate, {level} connection{'s' if level > 1 else ''}", *(f"{one:.2f}" for one in p50 + p99),
            f"{p99[1] / p99[0]:.2f}", errors, aim + "; " + met(errors == 0, "0 errors:"))


def persons(made, name, alone, crowded):
    for what in alone:
        sides = [sorted(one[what].times) for one in (alone, crowded)]
        p50, p99 = ([quantile(side, percent) for side in sides] for percent in (50, 99))
        errors = sum(count for one in (alone, crowded) for status, count in one[what].statuses.items() if status >= 300)
        made.add(
            name, what, *(f"{one:.2f}" for one in p50 + p99), f"{p99[1] / p99[0]:.2f}", errors,
            met(p99[1] <= LATENCY, f"p99 ≤ {LATENCY}:"))
