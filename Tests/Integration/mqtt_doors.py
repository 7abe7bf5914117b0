"""Doors behind a broker, and the process that reaches them."""

import json
import os
import signal
import uuid

from runs import until
from stack import command_lines


def restart(stack, how=signal.SIGTERM):
    before = outboxes(stack)
    for process in before:
        os.kill(process, how)
    until(lambda: (now := outboxes(stack)) and not set(now) & set(before), 15)


def outboxes(stack):
    return [pid for pid, line in command_lines().items() if line == f"{stack.var.resolve()}/bin/garita outbox"]


class Door:
    """A door behind a broker, of a gate of its own."""

    def __init__(self, stack, gate, broker, seconds=3, **settings):
        self.stack, self.base = stack, f"prueba/{uuid.uuid4().hex[:8]}"
        self.settings = {"host": "127.0.0.1", "port": str(broker.port), "topic": self.base} | settings
        self.id = stack.psql(f"""
            insert into garita.doors (site_id, access_point_id, name, driver, open_within_seconds, open_seconds, settings)
            select p.site_id, p.id, 'Pluma', 'mqtt', {seconds}, 1, '{json.dumps(self.settings)}'
            from garita.access_points p where p.id = {gate['id']} returning id""")[0]

    def is_connected(self):
        return until(lambda: self.stack.psql(
            f"select 1 from garita.door_states where door_id = {self.id} and trouble = ''") and True, 15)

    def open(self, kind="open"):
        return self.stack.psql(f"select garita.queue_door({self.id}, '{kind}', null, null, null, 'test')")[0]

    def state(self, message):
        return self.stack.psql(f"select state from garita.outbox where id = {message}")[0]

    def becomes(self, message, *states, seconds=12):
        return until(lambda: (state := self.state(message)) in states and state, seconds)

    def answer(self, message):
        return self.stack.psql(f"select answer from garita.outbox where id = {message}")[0]

    def events(self):
        return self.stack.psql(f"select kind from garita.door_events where door_id = {self.id} order by id")

    def known(self, what):
        return self.stack.psql(f"select {what} from garita.door_states where door_id = {self.id}")[0]
