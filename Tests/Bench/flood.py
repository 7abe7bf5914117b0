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
        self.stack, self.auth = stack, recorded(stack, "auth")

    def __enter__(self):
        self.process = subprocess.Popen(
            ["wrk", "-t1", f"-c{LOGINS}", "-d3600s", "--timeout", "30s", "-s", str(SCRIPT), self.stack.url],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()
        self.drain()

    def drain(self):
        """Waits until the auth pool has nothing left to do: what was queued is still worked off."""
        until = time.monotonic() + 600
        while time.monotonic() < until:
            before = usage.cpu_seconds(self.auth)
            time.sleep(1)
            if usage.cpu_seconds(self.auth) - before < 0.1:
                return
        raise SystemExit("bench: the auth pool does not come to rest")


def table(stack, data, gate, rounds, seconds, say):
    """- gate: the subject that asks for decisions (subjects.Web)."""
    gate.measure(8, seconds)
    found = {level: [] for level in LEVELS}
    logins = []
    for number in range(rounds):
        calm = {level: gate.measure(level, seconds) for level in LEVELS}
        with Flood(stack) as flood:
            began, spent = time.monotonic(), usage.cpu_seconds(flood.auth)
            stormy = {level: gate.measure(level, seconds) for level in LEVELS}
            logins.append((usage.cpu_seconds(flood.auth) - spent) / (time.monotonic() - began))
        for level in LEVELS:
            found[level].append((calm[level], stormy[level]))
            say(f"  round {number + 1}: {level:2} connections, p99 {calm[level].p99:.2f} ms, with the flood "
                f"{stormy[level].p99:.2f} ms")
        data.psql("delete from garita.login_throttles")
    made = Rows([
        "validate", "requests/s", "with flood", "p50 ms", "with flood", "p99 ms", "with flood", "p99 times", "errors",
        "aim"])
    for level, pairs in found.items():
        cells = []
        for name, form in (("rate", "{:,.0f}"), ("p50", "{:.2f}"), ("p99", "{:.2f}")):
            cells += [form.format(median(getattr(pair[side], name) for pair in pairs)) for side in (0, 1)]
        ratio = median(stormy.p99 / calm.p99 for calm, stormy in pairs)
        errors = sum(one.errors for pair in pairs for one in pair)
        made.add(
            f"{level} connection{'s' if level > 1 else ''}", *cells, f"{ratio:.2f}", errors,
            met(ratio <= AIM, f"≤ {AIM} ×:"))
    return made, median(logins)
