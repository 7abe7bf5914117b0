"""nginx keeps its connections to the workers of the gate: nobody waits behind a stranger, nothing is lost with a worker but
what it held, and whatever a connection brought ends with its answer."""

import os
import signal
import threading
import time

import requests

from traffic import WORDS, Traffic

VALIDATE = "/api/access/codes/validate/"


class Callers:
    """Ask all the time, each over a connection of its own, while `may` is set; `waits` has how long each took."""

    def __init__(self, stack, pause=0.0):
        self.url, self.pause, self.waits, self.may = stack.url + VALIDATE, pause, [], threading.Event()
        self.headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}
        self.may.set()

    def __call__(self, traffic):
        with requests.Session() as session:
            while not traffic.is_over():
                began = time.monotonic()
                try:
                    answer = session.post(self.url, json=WORDS, headers=self.headers, timeout=10)
                    traffic.statuses.append(answer.status_code)
                except requests.RequestException as error:
                    traffic.statuses.append(type(error).__name__)
                self.waits.append(time.monotonic() - began)
                time.sleep(self.pause)
                self.may.wait(5)


def connections(stack):
    """Connections that workers of the gate have with nginx (proc(5), net/unix: state 3 is connected)."""
    path = f"{stack.var.resolve()}/run/pools/gate.sock"
    with open("/proc/net/unix") as lines:
        return sum(1 for line in lines if line.rstrip().endswith(path) and line.split()[5] == "03")


def until(holds, seconds=5):
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_connections_are_kept_while_they_are_used_and_ended_when_not(stack):
    with Traffic(Callers(stack, 0.01), 4) as traffic:
        time.sleep(0.5)
        used = connections(stack)
        time.sleep(0.5)
    assert set(traffic.statuses) == {404}
    assert used >= 1
    assert until(lambda: connections(stack) == 0), "nginx ends what nobody has used for a second"


def test_nobody_waits_behind_a_request_that_waits_for_the_database(stack):
    """More callers than workers, so that each worker has connections of several; then the database of one is silent."""
    callers = Callers(stack)
    with Traffic(callers, 12) as traffic:
        time.sleep(0.5)
        callers.may.clear()
        time.sleep(0.2)
        # Idle, so that it holds no lock that the others need.
        silent = int(stack.psql("select min(pid) from pg_stat_activity where usename = 'garita_gate'")[0])
        os.kill(silent, signal.SIGSTOP)
        try:
            callers.waits.clear()
            callers.may.set()
            time.sleep(0.8)
        finally:
            os.kill(silent, signal.SIGCONT)
        time.sleep(0.1)
    assert set(traffic.statuses) == {404}
    assert sum(1 for wait in callers.waits if wait > 0.5) == 1, "its own request waits, and no other"


def test_a_killed_worker_loses_no_more_than_it_held(stack):
    """As many callers as workers: whoever is not with the killed one notices nothing."""
    workers = len(stack.workers("gate"))
    with Traffic(Callers(stack, 0.005), workers) as traffic:
        for _ in range(10):
            time.sleep(0.2)
            os.kill(stack.workers("gate")[0], signal.SIGKILL)
    lost = [status for status in traffic.statuses if status != 404]
    assert set(lost) <= {503}, "nginx says that it may be repeated"
    assert len(lost) <= 15 and len(traffic.statuses) > 200
