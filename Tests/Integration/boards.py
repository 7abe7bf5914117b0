"""Doors of boards, as an administrator makes them, and what an independent client would have sent to them."""

import datetime
import os
import signal
import uuid

from uhppoted import encode

from runs import until
from stack import command_lines


def process(stack):
    line = f"{stack.var.resolve()}/bin/garita outbox"
    return next((pid for pid, command in command_lines().items() if command == line), None)


def restart(stack, meanwhile=lambda: None):
    """Kills the process; its supervisor starts another, which goes on only after `meanwhile`."""
    before = until(lambda: process(stack), 10)
    os.kill(before, signal.SIGKILL)
    meanwhile()
    assert until(lambda: process(stack) not in (None, before), 15)


class Entrance:
    """A gate of its own with doors of one board."""

    def __init__(self, stack, board, **settings):
        self.stack, self.board, self.name = stack, board, f"U{uuid.uuid4().hex[:8]}"
        self.gate = stack.psql(f"""insert into garita.access_points (site_id, name, code, location, is_entry, is_exit, supports_rfid)
            select min(id), '{self.name}', '{self.name}', 'Prueba', true, true, true from garita.sites returning id""")[0]
        self.settings = {"serial": str(board.serial), "address": f"127.0.0.1:{board.port}"} | settings
        self.door = self.add(1)

    def add(self, number, **columns):
        settings = ", ".join(f"'{name}', '{value}'" for name, value in (self.settings | {"door": str(number)}).items())
        columns = {"open_seconds": 1, "open_within_seconds": 5, "direction": "'BOTH'"} | columns
        return self.stack.psql(f"""insert into garita.doors (site_id, access_point_id, name, driver, settings, {', '.join(columns)})
            select min(id), {self.gate}, 'Puerta {number}', 'uhppote', jsonb_build_object({settings}), {', '.join(map(str, columns.values()))}
            from garita.sites returning id""")[0]

    def tell(self, kind="open"):
        return self.stack.psql(f"select garita.queue_door({self.door}, '{kind}', null, null, null, 'test')")[0]

    def state(self, message):
        return self.stack.psql(f"select state from garita.outbox where id = {message}")[0]

    def ends(self, message, state, seconds=15):
        assert until(lambda: self.state(message) == state, seconds), self.stack.psql(f"select state, answer from garita.outbox where id = {message}")

    def about(self, what):
        return (self.stack.psql(f"select {what} from garita.door_states where door_id = {self.door}") or [""])[0]

    def events(self, kind):
        return self.stack.psql(f"select source_epoch, source_index from garita.door_events where door_id = {self.door} and kind = '{kind}' order by id")

    def is_met(self):
        assert until(lambda: self.about("details ->> 'mode'") == "controlled", 20), self.about("row_to_json(door_states)")

    def card(self, number, **columns):
        """A card of a resident for this gate."""
        made = self.stack.call("POST", "/api/access/codes/", "ADMIN", json={
            "resident": int(self.stack.psql("select min(id) from garita.residents where is_authorized and move_out_date is null")[0]),
            "code": str(number), "code_type": "RFID", "access_points": [int(self.gate)], **columns})
        assert made.status_code == 201, made.text
        return made.json()["id"]

    def end(self):
        self.stack.psql(f"delete from garita.doors where access_point_id = {self.gate}")
        self.board.end()


def number(request, place=8):
    return int.from_bytes(request[place:place + 4], "little")


def judged(request):
    """What the independent client would have sent for the same."""
    serial, door = number(request, 4), request[8]
    return {
        0x20: lambda: encode.get_status_request(serial), 0x94: lambda: encode.get_controller_request(serial),
        0x40: lambda: encode.open_door_request(serial, door), 0x58: lambda: encode.get_cards_request(serial),
        0x5A: lambda: encode.get_card_request(serial, number(request)), 0x5C: lambda: encode.get_card_by_index_request(serial, number(request)),
        0x52: lambda: encode.delete_card_request(serial, number(request)), 0x82: lambda: encode.get_door_control_request(serial, door),
        0x80: lambda: encode.set_door_control_request(serial, door, request[9], request[10]),
        0x8E: lambda: encode.record_special_events_request(serial, True), 0xB0: lambda: encode.get_event_request(serial, number(request)),
        0x30: lambda: encode.set_time_request(serial, moment(request[8:15])), 0x92: lambda: encode.get_listener_request(serial),
        0x90: lambda: encode.set_listener_request(serial, ".".join(map(str, request[8:12])), int.from_bytes(request[12:14], "little"), request[14]),
        0x50: lambda: encode.put_card_request(
            serial, number(request), moment(request[12:16]).date(), moment(request[16:20]).date(), *request[20:24], 0),
    }[request[1]]()


def moment(digits):
    return datetime.datetime.strptime(bytes(digits).hex().ljust(14, "0"), "%Y%m%d%H%M%S")
