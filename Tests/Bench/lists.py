"""The office's part of `make bench` (BENCH_PART=lists): lists, log pages, statistics, the own account, new codes, beside
what the legacy system does on a machine of 4 cores (4 workers), with 1,000,000 log rows."""

from pathlib import Path
from statistics import median

import requests

from pages import Person
from report import Rows, met
from round_trips import RoundTrips
from subjects import Watch, load, recorded

SCRIPT = Path(__file__).parent / "lists.lua"
CONNECTIONS = 32
# A person waits for one page at a time.
PAGE_LATENCY = 50
# CPU of the libfcgi hello's worker, 64 connections, on the machine of the legacy API's figures.
HELLO_THERE = 19
LATENCY = 25

# What is asked, requests/s of the legacy API, how many times that is the aim.
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
        demo = stack.demo()
        self.person = Person(stack)
        self.person.sign_in(demo["GARITA_ADMIN_USER"], demo["GARITA_ADMIN_PASSWORD"])

    def measure(self, method, path, connections, seconds):
        return load(self.stack.url, self.watch, SCRIPT, connections, seconds,
                    [method, path, self.credential(path), self.first, self.count])

    def credential(self, path):
        """Pages take a cookie, the API a token."""
        if not path.startswith("/admin/"):
            return f"Authorization: Bearer {self.stack.token('ADMIN')}"
        return f"Cookie: garita_insecure_session={self.person.cookie}"

    def round_trips(self):
        """How often each subject goes to the database and back: the most of several tries."""
        token = {"Authorization": f"Bearer {self.stack.token('ADMIN')}"}
        with RoundTrips(self.stack) as counter:
            def ask(method, path):
                body = {"visitor_id": int(self.first), "code_type": "QR"} if method == "POST" else None
                answer = requests.request(method, self.stack.url + path, headers=token, json=body, timeout=30)
                answer.raise_for_status()
            return {one: max(counter.of(lambda: ask(*one[:2])) for _ in range(5)) for one in SUBJECTS}


def page_subjects(data):
    """Pages of the administration that are asked for one after the other: name -> path."""
    gate = data.first_gate
    month = data.psql("select to_char(min(day), 'YYYY-MM-DD') || ' ' || to_char(min(day) + interval '1 month - 1 day', 'YYYY-MM-DD')"
                      " from (select date_trunc('month', now() - interval '3 months') as day) as m").split()
    dates = f"date_from={month[0]}&date_to={month[1]}"
    return {
        "home": "/admin/", "log, page 1": "/admin/log/", "log, one gate and status": f"/admin/log/?status=SUCCESS&access_point={gate}",
        "log, refused only (none)": "/admin/log/?status=DENIED", "log, one month": f"/admin/log/?{dates}",
        "log, page 100": "/admin/log/?page=100", "log, page 400 (the last)": "/admin/log/?page=400",
        "log, a name in a month": f"/admin/log/?search=5151&{dates}", "visitors": "/admin/visitors/",
        "visitors, a name": "/admin/visitors/?search=5151", "visitors, page 100": "/admin/visitors/?page=100",
        "one visitor": f"/admin/visitors/{data.psql('select min(id) from bench.visitors')}/",
        "passes": "/admin/passes/", "audit": "/admin/audit/"}


def pages(stack, data, rounds, seconds, say):
    """One row for each page: medians of the rounds, one connection."""
    prepare(data)
    office = Office(stack, data)
    made = Rows(["page", "pages/s", "p50 ms", "p99 ms", "CPU µs nginx", "worker", "PostgreSQL", "errors", "aim"])
    for name, path in page_subjects(data).items():
        # The first round warms up.
        runs = [office.measure("GET", path, 1, seconds) for _ in range(rounds + 1)][1:]
        rate, p50, p99 = (median(getattr(one, figure) for one in runs) for figure in ("rate", "p50", "p99"))
        errors = sum(one.errors for one in runs)
        say(f"  {name:32} {rate:7,.0f}/s  p50 {p50:.1f} ms  p99 {p99:.1f} ms"
            + (f"  {errors} ERRORS, e.g. {runs[-1].example[:80]}" if errors else ""))
        cpu = [f"{median(one.cpu[part] for one in runs):,.0f}" for part in ("nginx", "worker", "postgresql")]
        made.add(
            f"{name} `{path}`", f"{rate:,.0f}", f"{p50:.1f}", f"{p99:.1f}", *cpu, errors,
            met(p99 < PAGE_LATENCY, f"p99 < {PAGE_LATENCY}:") + "; " + met(errors == 0, "0 errors:"))
    return made


def prepare(data):
    """The sums as the timer keeps them. Twice: the first look remembers which transactions the second has seen end."""
    for _ in range(2):
        data.psql("select garita.refresh_log_rollups();")
    data.settle()


def table(stack, data, rounds, seconds, hello, say):
    """One row for each subject: medians of the rounds.

    - hello: CPU µs of the libfcgi hello's worker on this machine: how much slower it is than the legacy API's.
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
        "request", "requests/s", "legacy/s", "times", "times, by CPU speed", "p50 ms", "p99 ms", "round trips",
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
