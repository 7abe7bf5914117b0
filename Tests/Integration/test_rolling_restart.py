"""Workers come and go, nginx reads its configuration again: nobody at a gate notices."""

import os
import signal
import threading
import time

import requests

# Too long to be a guess: it does not count against the gate.
WORDS = {"code": "ABCDEFGHJKMNPQRSTUVWXYZ234", "access_point_id": 1, "access_type": "EXIT"}


class Callers:
    """About 200 requests a second from ten threads, half of them POST, until told to stop."""

    def __init__(self, stack):
        self.stack, self.statuses, self.stop = stack, [], threading.Event()
        self.headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}
        self.threads = [threading.Thread(target=self.call) for _ in range(10)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def call(self):
        validate = f"{self.stack.url}/api/access/codes/validate/"
        while not self.stop.is_set():
            began = time.monotonic()
            for method in ("GET", "POST"):
                try:
                    # A connection of its own: a kept one that nginx closes while it ends an old process is the
                    # client's matter.
                    answer = requests.request(method, validate, json=WORDS, headers=self.headers, timeout=10)
                    self.statuses.append((method, answer.status_code))
                except requests.RequestException as error:
                    self.statuses.append((method, type(error).__name__))
            time.sleep(max(0, 0.1 - (time.monotonic() - began)))


def test_no_request_is_lost_while_workers_restart_in_turn_and_nginx_reloads(stack):
    nginx = int((stack.var / "run/nginx.pid").read_text().split()[0])
    with Callers(stack) as callers:
        for _ in range(3):
            os.kill(nginx, signal.SIGHUP)
            for worker in stack.workers("gate"):
                os.kill(worker, signal.SIGTERM)
                time.sleep(0.25)
    assert len(callers.statuses) > 100
    # 405: GET is not a way to ask. 404: no such code. Both are the worker's own word.
    assert set(callers.statuses) == {("GET", 405), ("POST", 404)}


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
