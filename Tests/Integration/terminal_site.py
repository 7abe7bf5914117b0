"""A gate whose doors belong to terminals, as an administrator and the database see them."""

import json
import uuid

import pytest

from fake_terminal import Terminal
from gates import Residence


@pytest.fixture(scope="module")
def residence(stack):
    return Residence(stack)


@pytest.fixture(scope="module")
def card(residence):
    number = str(uuid.uuid4().int)[:17]
    residence.card(number)
    return number


class Site:
    """A gate with one door, whose terminal has called or not."""

    def __init__(self, stack, residence):
        self.stack, self.gate = stack, residence.gate
        self.url = f"http://127.0.0.1:{stack.device_port}"

    def door(self, serial, number=1, network="127.0.0.1", direction="BOTH", **more):
        settings = {"serial": serial, "door": str(number), "network": network, "dialect": "security"} | more
        return int(self.stack.psql(f"""insert into garita.doors (site_id, access_point_id, name, driver, direction, settings)
            select site_id, id, 'Puerta {uuid.uuid4().hex[:6]}', 'zkteco', '{direction}', '{json.dumps(settings)}'
            from garita.access_points where id = {self.gate} returning id""")[0])

    def as_administrator(self, call):
        return self.stack.psql(f"""begin; select set_config('garita.site_id', site_id::text, true), set_config('garita.role', 'ADMIN', true)
            from garita.access_points where id = {self.gate}; set local role garita_admin; select {call}; commit""")

    def pair(self, terminal, door):
        self.as_administrator(f"api.open_pairing({door})")
        assert terminal.connect().text == "OK\n"
        assert terminal.register().status_code == 200
        self.stack.psql(f"update garita.terminals set pairing_until = null where serial = '{terminal.serial}'")

    def terminal(self, **settings):
        """A new one, paired, and its door; the doors of tests before are put away."""
        self.stack.psql("update garita.doors set is_active = false where driver = 'zkteco'")
        terminal = Terminal(self.url)
        door = self.door(terminal.serial, **settings)
        self.pair(terminal, door)
        return terminal, door

    def queue(self, door, kind="open"):
        return int(self.stack.psql(f"select garita.queue_door({door}, '{kind}', null, null, null, 'test')")[0])

    def outbox(self, door):
        return self.stack.psql(f"select kind || ' ' || state from garita.outbox where door_id = {door} order by id")

    def events(self, door):
        return self.stack.psql(f"select kind from garita.door_events where door_id = {door} and source <> '' order by id")

    def log(self):
        return self.stack.psql(f"""select status || ' ' || access_type || ' ' || array_to_string(reasons || warnings, ',')
            from garita.access_logs where access_point_id = {self.gate} order by id""")


@pytest.fixture(scope="module")
def site(stack, residence):
    return Site(stack, residence)
