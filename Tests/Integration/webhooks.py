"""Subscriptions of the sample community, their receiver, and the process that sends."""

import os
import signal
import subprocess
import uuid

import pytest

from receiver import Receiver
from runs import until
from stack import command_lines

LOOPBACK = "127.0.0.0/8"
VISITS = ["visit.expected", "visit.approved", "visit.refused", "visit.arrived", "visit.left"]


class Sender:
    """A `garita outbox` that may reach this machine, and can be killed."""

    def __init__(self, stack, networks=LOOPBACK):
        self.stack, self.networks, self.process = stack, networks, None

    def start(self):
        var = self.stack.var.resolve()
        environment = {
            "PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "GARITA_WEBHOOK_NETWORKS": self.networks}
        self.log = open(var / f"log/sender-{uuid.uuid4().hex}.log", "w+")
        self.process = subprocess.Popen(
            [str(var / "bin/garita"), "outbox"], env=environment, stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def stop(self):
        self.process.terminate()
        assert self.process.wait(10) == 0, self.said()

    def said(self):
        self.log.seek(0)
        return self.log.read()


@pytest.fixture(scope="module")
def sending(stack):
    """The stack with its own sender held still: a module's sender alone may reach this machine."""
    own = f"{stack.var.resolve()}/bin/garita "
    held = [pid for pid, line in command_lines().items() if line.startswith(own) and line.endswith(" outbox")]
    assert held
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    yield stack
    for pid in held:
        os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def sender(sending):
    one = Sender(sending).start()
    yield one
    if one.process.poll() is None:
        one.stop()
    one.log.close()


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def subscribe(stack, receiver):
    """Makes subscriptions that go with the test."""
    made = []

    def make(path="/", events=VISITS, **fields):
        body = {"name": f"Receiver {uuid.uuid4().hex[:8]}", "url": receiver.url(path), "events": events} | fields
        answer = stack.call("POST", "/api/webhooks/", "ADMIN", json=body)
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["id"])
        return answer.json()

    yield make
    for number in made:
        stack.call("DELETE", f"/api/webhooks/{number}/", "ADMIN")


def read(stack, webhook):
    return stack.call("GET", f"/api/webhooks/{webhook['id']}/", "ADMIN").json()


def deliveries(stack, webhook, query=""):
    answer = stack.call("GET", f"/api/webhooks/{webhook['id']}/deliveries/{query}", "ADMIN")
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def states(stack, webhook):
    """How many messages are in each state."""
    rows = stack.psql(f"select state, count(*) from garita.outbox where webhook_id = {webhook['id']} group by state")
    return {state: int(count) for state, count in (row.split("|") for row in rows)}


def announce(stack, subject, event="visit.arrived", count=1):
    stack.psql(f"select garita.announce(1, '{event}', '{subject}', '{{}}') from generate_series(1, {count})")


def hasten(stack, webhook, hours=0):
    """Lets hours pass for the messages that wait, whoever has them; with none, they are due now."""
    shift = f"interval '{hours} hours'" if hours else "greatest(due_at - clock_timestamp(), interval '0')"
    stack.psql(f"""update garita.outbox set due_at = due_at - {shift}, not_after = not_after - interval '{hours} hours',
            created_at = created_at, state = 'queued' where webhook_id = {webhook['id']} and state in ('queued', 'sent');
        update garita.webhooks set held_until = null where id = {webhook['id']};
        notify garita_outbox, 'w'""")


def settled(stack, webhook, seconds=30, **expected):
    """Waits until the messages are in these states, and in no others."""
    until(lambda: states(stack, webhook) == expected, seconds)
