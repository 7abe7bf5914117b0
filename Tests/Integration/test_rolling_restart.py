"""Workers come and go, nginx reads its configuration again: nobody at a gate notices."""

import os
import signal
import time

import requests

from test_kept_connections import until
from traffic import WORDS, Traffic


def callers(stack):
    """Half of them GET; ten of these are about 200 requests a second."""
    headers, validate = {"Authorization": f"Bearer {stack.token('GUARD')}"}, f"{stack.url}/api/access/codes/validate/"

    def work(traffic):
        while not traffic.is_over():
            began = time.monotonic()
            for method in ("GET", "POST"):
                try:
                    # A connection of its own: a kept one that nginx closes while it ends an old process is the
                    # client's matter.
                    answer = requests.request(method, validate, json=WORDS, headers=headers, timeout=10)
                    traffic.statuses.append((method, answer.status_code))
                except requests.RequestException as error:
                    traffic.statuses.append((method, type(error).__name__))
            time.sleep(max(0, 0.1 - (time.monotonic() - began)))

    return work


def test_no_request_is_lost_while_workers_restart_in_turn_and_nginx_reloads(stack):
    nginx = int((stack.var / "run/nginx.pid").read_text().split()[0])
    stopped = set()
    with Traffic(callers(stack), 10) as traffic:
        for _ in range(3):
            os.kill(nginx, signal.SIGHUP)
            for worker in stack.workers("gate"):
                os.kill(worker, signal.SIGTERM)
                stopped.add(worker)
                time.sleep(0.25)
    assert until(lambda: not stopped & set(stack.workers("gate"))), "they end when nginx has ended their connections"
    assert len(traffic.statuses) > 100
    # 405: GET is not a way to ask. 404: no such code. Both are the worker's own word.
    assert set(traffic.statuses) == {("GET", 405), ("POST", 404)}


def test_a_worker_that_was_halted_goes_on(stack):
    """A halt interrupts the wait without being one of the signals to stop."""
    before = stack.workers("gate")
    for worker in before:
        os.kill(worker, signal.SIGSTOP)
    time.sleep(0.1)
    for worker in before:
        os.kill(worker, signal.SIGCONT)
    assert stack.call("POST", "/api/access/codes/validate/").status_code == 401
    time.sleep(0.2)
    assert set(stack.workers("gate")) == set(before)
