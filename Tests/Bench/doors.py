"""What a door adds to a decision, and how soon it is told (BENCH_PART=doors).

The cost: one connection asks the gate, in turns at a gate without a door and at one with a door; once with the process that
sends held still, so that only the decision itself is measured, and once with it at work. The way to the door: with 200 idle
doors and a dead one, from the moment at which the decision began to the moment at which the live door was asked."""

import os
import signal
import socket
import time
from contextlib import contextmanager
from statistics import median

import requests

from relay import OpenRelay
from report import Rows
from stack import command_lines
from subjects import PATH, Web, quantile, recorded

IDLE, OPENINGS, PAUSE = 200, 300, 0.05

GATE = """
    insert into garita.access_points (site_id, name, code, location, supports_qr, supports_rfid, supports_numeric)
    select site_id, '{name}', '{name}', 'North', true, true, true from garita.access_points where code like 'BENCH-%' limit 1
    returning id"""
DOORS = """
    insert into garita.doors (site_id, access_point_id, name, driver, settings)
    select site_id, id, 'Door ' || n, 'http', $settings${settings}$settings$
    from garita.access_points, generate_series(1, {number}) n where id = {gate}"""


@contextmanager
def held_still(stack):
    pids = [pid for pid, line in command_lines().items() if line == f"{stack.var.resolve()}/bin/garita outbox"]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def cost(stack, data, gates, rounds, seconds, say):
    """Medians of rounds; times of CPU are those of the worker and of PostgreSQL."""
    pool = {"worker": recorded(stack, "gate"), "postgresql": recorded(stack, "postgresql")}
    found = {}
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for name, gate in gates.items():
            asked = Web(stack, data, PATH, pool)
            asked.arguments[-2:] = [gate, 1]
            for sends in (False, True):
                if sends:
                    one = asked.measure(1, seconds, "permanent")
                else:
                    with held_still(stack):
                        one = asked.measure(1, seconds, "permanent")
                found.setdefault((name, sends), []).append(one)
                data.psql("delete from garita.outbox; checkpoint")
    made = Rows(["gate", "sender", "requests/s", "p50 ms", "CPU µs worker", "CPU µs PostgreSQL"])
    for (name, sends), runs in found.items():
        figures = [median(one.rate for one in runs), median(one.p50 for one in runs),
                   median(one.cpu["worker"] for one in runs), median(one.cpu["postgresql"] for one in runs)]
        made.add(name, "at work" if sends else "held still", *(f"{figure:,.{2 if place == 1 else 0}f}" for place, figure in enumerate(figures)))
    return made


def way(stack, data, gate, relay):
    """Milliseconds from the beginning of the decision to the door, of single scans."""
    headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}
    session = requests.Session()
    for _ in range(OPENINGS):
        session.post(f"{stack.url}{PATH}", headers=headers, timeout=10, json={
            "code": "R0000001", "access_point_id": int(gate), "access_type": "ENTRY"}).raise_for_status()
        time.sleep(PAUSE)
    time.sleep(5)
    began = dict(line.split("|") for line in data.psql("select id, extract(epoch from created_at) from garita.outbox").splitlines())
    return sorted((at - float(began[str(number)])) * 1e3 for number, at in relay.opened
                  if str(number) in began)


def table(stack, data, rounds, seconds, say):
    plain, door, idle, live = (data.psql(GATE.format(name=name)).strip() for name in ("PLAIN", "DOOR", "IDLE", "LIVE"))
    relay = OpenRelay()
    # It takes connections and never answers.
    dead = socket.create_server(("127.0.0.1", 0), backlog=128)
    silent = relay.settings().replace(relay.address, f"http://127.0.0.1:{dead.getsockname()[1]}")
    data.psql(DOORS.format(settings=relay.settings(), number=1, gate=door))
    made = cost(stack, data, {"without a door": plain, "with a door": door}, rounds, seconds, say)
    say(f"{IDLE} idle doors, a dead one, a live one")
    data.psql(DOORS.format(settings=relay.settings(), number=IDLE, gate=idle))
    for settings in (silent, relay.settings()):
        data.psql(DOORS.format(settings=settings, number=1, gate=live))
    time.sleep(1)
    relay.opened.clear()
    times = way(stack, data, live, relay)
    relay.stop()
    dead.close()
    return made, (
        f"From the beginning of the decision to the door, {len(times)} of {OPENINGS} openings beside {IDLE} idle doors and a dead"
        f" one at the same gate: p50 {quantile(times, 50):.1f} ms, p99 {quantile(times, 99):.1f} ms, longest {times[-1]:.1f} ms.")
