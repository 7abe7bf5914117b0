"""The office's part of `make bench` (BENCH_PART=lists): lists, log pages, statistics, the own account, new codes, beside
what the original Django system does on a machine of 4 cores (4 workers), with 1,000,000 log rows."""

import subprocess
from pathlib import Path
from statistics import median

import requests

from report import Rows, met
from round_trips import RoundTrips
from subjects import Measurement, Watch, recorded

SCRIPT = Path(__file__).parent / "lists.lua"
CONNECTIONS = 32
# CPU of the libfcgi hello's worker, 64 connections, on the machine of the original's figures.
HELLO_THERE = 19
LATENCY = 25

# What is asked, requests/s of the original, how many times that is the aim.
SUBJECTS = [
    ("GET", "/api/visitors/", 66, 30),
    ("GET", "/api/logs/", 57, 30),
    ("GET", "/api/logs/?page=100", 46, 30),
    ("GET", "/api/logs/stats/?days=30", 26, 30),
    ("GET", "/api/users/me/", 1_500, 10),
    ("POST", "/api/visitors/generate_code/", 390, 10),
]


class Office:
    """An administrator's client of the app pool."""

    def __init__(self, stack, data):
        self.stack = stack
        self.first, self.count = data.psql("select min(id), count(*) from bench.visitors").split("|")
        self.watch = Watch({
            "nginx": recorded(stack, "nginx"), "worker": recorded(stack, "app"),
            "postgresql": recorded(stack, "postgresql")})

    def measure(self, method, path, connections, seconds):
        self.watch.begin()
        done = subprocess.run(
            ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), self.stack.url,
             "--", method, path, self.stack.token("ADMIN"), self.first, self.count], text=True, capture_output=True)
        result = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
        if not result:
            raise SystemExit(f"bench: wrk: {done.stdout}{done.stderr}")
        duration, valid, wrong, p50, p99, example = (result[0].split(" ", 6) + [""])[1:7]
        return Measurement(
            int(duration) / 1e6, int(valid), int(wrong), int(p50) / 1e3, int(p99) / 1e3,
            self.watch.end(int(valid) + int(wrong)), example)

    def round_trips(self):
        """How often each subject goes to the database and back: the most of several tries."""
        token = {"Authorization": f"Bearer {self.stack.token('ADMIN')}"}
        with RoundTrips(self.stack) as counter:
            def ask(method, path):
                body = {"visitor_id": int(self.first), "code_type": "QR"} if method == "POST" else None
                answer = requests.request(method, self.stack.url + path, headers=token, json=body, timeout=30)
                answer.raise_for_status()
            return {one: max(counter.of(lambda: ask(*one[:2])) for _ in range(5)) for one in SUBJECTS}


def prepare(data):
    """The sums as the timer keeps them. Twice: the first look remembers which transactions the second has seen end."""
    for _ in range(2):
        data.psql("select garita.keep_log_sums();")
    data.settle()


def table(stack, data, rounds, seconds, hello, say):
    """One row for each subject: medians of the rounds.

    - hello: CPU µs of the libfcgi hello's worker on this machine: how much slower it is than the original's.
    """
    prepare(data)
    office = Office(stack, data)
    trips = office.round_trips()
    found = {subject: [] for subject in SUBJECTS}
    for number in range(rounds + 1):
        for subject in SUBJECTS:
            data.psql("checkpoint")
            one = office.measure(*subject[:2], CONNECTIONS, seconds)
            say(f"  {subject[1]:32} {one.rate:7,.0f}/s  p50 {one.p50:.1f} ms  p99 {one.p99:.1f} ms"
                + (f"  {one.errors} ERRORS, e.g. {one.example[:80]}" if one.errors else ""))
            if number > 0:  # the first round warms up
                found[subject].append(one)
    made = Rows([
        "request", "requests/s", "original/s", "times", "times, by CPU speed", "p50 ms", "p99 ms", "round trips",
        "CPU µs nginx", "worker", "PostgreSQL", "errors", "aim"])
    slower = max(1, hello / HELLO_THERE)
    for (method, path, original, aim), runs in found.items():
        rate, p50, p99 = (median(getattr(one, name) for one in runs) for name in ("rate", "p50", "p99"))
        errors, times = sum(one.errors for one in runs), rate / original
        cpu = [f"{median(one.cpu[name] for one in runs):,.0f}" for name in ("nginx", "worker", "postgresql")]
        made.add(
            f"{method} {path}", f"{rate:,.0f}", f"{original:,}", f"{times:.1f}", f"{times * slower:.1f}", f"{p50:.1f}",
            f"{p99:.1f}", trips[method, path, original, aim], *cpu, errors,
            met(times >= aim, f"≥ {aim} ×:") + "; " + met(p99 < LATENCY, f"p99 < {LATENCY}:") + "; "
            + met(trips[method, path, original, aim] <= 2, "≤ 2 trips:") + "; " + met(errors == 0, "0 errors:"))
    return made
