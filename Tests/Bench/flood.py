"""The flood's part of `make bench` (BENCH_PART=flood): 200 parallel log-ins with a wrong password against the auth pool,
while the gate decides. The gate's p99 may rise by a fifth."""

import subprocess
import time
from pathlib import Path
from statistics import median

import usage
from report import Rows, met
from subjects import recorded

SCRIPT = Path(__file__).parent / "login.lua"
LOGINS = 200
# One gate, a busy residence, more than the machine can do.
LEVELS = (1, 8, 32)
AIM = 1.2


class Flood:
    """200 connections that log in again and again, each time under another name: no throttle of an account helps."""

    def __init__(self, stack):
        self.url = stack.url

    def __enter__(self):
        self.process = subprocess.Popen(
            ["wrk", "-t1", f"-c{LOGINS}", "-d3600s", "--timeout", "30s", "-s", str(SCRIPT), self.url],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()


def table(stack, gate, rounds, seconds, say):
    """One row for each level of load, and how many cores the log-ins kept busy.

    All rounds without the flood first: what it leaves in the queue takes minutes to work off, so nothing may follow.

    - gate: the subject that asks for decisions (subjects.Web).
    """
    def measure(name):
        found = {level: [] for level in LEVELS}
        for _ in range(rounds):
            for level in LEVELS:
                one = gate.measure(level, seconds)
                say(f"  {name:7} {level:2} connections {one.rate:7,.0f}/s  p50 {one.p50:.2f} ms  p99 {one.p99:.2f} ms")
                found[level].append(one)
        return found

    gate.measure(8, seconds)
    calm, auth = measure("calm"), recorded(stack, "auth")
    with Flood(stack):
        began, spent = time.monotonic(), usage.cpu_seconds(auth)
        stormy = measure("flood")
        busy = (usage.cpu_seconds(auth) - spent) / (time.monotonic() - began)
    made = Rows([
        "validate", "requests/s", "with flood", "p50 ms", "with flood", "p99 ms", "with flood", "p99 times", "errors",
        "aim"])
    for level in LEVELS:
        sides = (calm[level], stormy[level])
        cells = []
        for name, form in (("rate", "{:,.0f}"), ("p50", "{:.2f}"), ("p99", "{:.2f}")):
            cells += [form.format(median(getattr(one, name) for one in side)) for side in sides]
        ratio = median(one.p99 for one in sides[1]) / median(one.p99 for one in sides[0])
        errors = sum(one.errors for side in sides for one in side)
        made.add(
            f"{level} connection{'s' if level > 1 else ''}", *cells, f"{ratio:.2f}", errors,
            met(ratio <= AIM, f"≤ {AIM} ×:") + "; " + met(errors == 0, "0 errors:"))
    return made, busy
