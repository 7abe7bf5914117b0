"""Doors over HTTP, with the process that opens them, nginx as a device with TLS, and a program of the machine."""

import base64
import http.server
import json
import os
import signal
import subprocess
import threading
import urllib.parse

import pytest

from runs import until
from stack import command_lines, free_port
from test_main_job import Guard


def outboxes(stack):
    return {pid for pid, line in command_lines().items() if line == f"{stack.var.resolve()}/bin/garita outbox"}


@pytest.fixture(scope="module", autouse=True)
def loopback(stack):
    """Devices of these tests are on this machine."""
    programs = stack.var / "programs"
    program = stack.var / "relay.sh"
    program.write_text("#!/bin/sh\necho \"$*\" >&2\necho confirmed\n")
    program.chmod(0o755)
    programs.write_text(f"relay {program} fixed\n")
    programs.chmod(0o644)
    settings = stack.var / "pools/outbox/garita.env"
    before = settings.read_text()
    settings.write_text(f"{before}GARITA_DEVICE_NETWORKS=127.0.0.0/8\nGARITA_DOOR_PROGRAMS={programs}\n")
    restart(stack)
    yield
    settings.write_text(before)
    restart(stack)


def restart(stack):
    before = outboxes(stack)
    assert before
    for process in before:
        os.kill(process, signal.SIGTERM)
    until(lambda: (now := outboxes(stack)) and not now & before, 15)


class Shelly(http.server.ThreadingHTTPServer):
    """A relay of the second generation, without a password."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.opened, self.is_on, self.is_closed = [], False, True
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class Answers(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        if path.path == "/rpc/Switch.Set":
            self.server.opened.append(path.query)
            self.server.is_on = "on=true" in path.query
            answer = {"was_on": False}
        elif path.path == "/rpc/Switch.GetStatus":
            answer = {"output": self.server.is_on}
        else:
            answer = {"state": self.server.is_closed}
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


SHELLY = {
    "door": "0", "open_path": "/rpc/Switch.Set?id={door}&on=true&toggle_after={seconds}", "success_rule": '"was_on"',
    "state_path": "/rpc/Switch.GetStatus?id={door}", "state_open": "/output=true", "state_closed": "/output=false",
    "contact_path": "/rpc/Input.GetStatus?id={input}", "contact_open": "/state=false", "contact_closed": "/state=true"}


class Door:
    def __init__(self, stack, driver="http", **settings):
        self.stack = stack
        self.id = stack.psql(f"""
            insert into garita.doors (site_id, access_point_id, name, driver, open_seconds, settings)
            values (1, 1, 'Norte', '{driver}', 3, '{json.dumps(settings)}') returning id""")[0]
        stack.psql("notify garita_outbox, 'c'")

    def open(self):
        return self.stack.psql(f"select garita.queue_door({self.id}, 'open', null, null, null, 'test')")[0]

    def ended(self, message=None):
        """State and answer of an opening: the one named, or the door's last."""
        which = f"id = {message}" if message else f"door_id = {self.id}"
        return self.stack.psql(f"select state, answer from garita.outbox where {which} order by id desc limit 1")

    def becomes(self, state, message=None):
        return until(lambda: (found := self.ended(message)) and found[0].split("|")[0] == state and found[0], 15)

    def known(self, what):
        return self.stack.psql(f"select {what} from garita.door_states where door_id = {self.id}")

    def remove(self):
        self.stack.psql(f"delete from garita.outbox where door_id = {self.id}; delete from garita.doors where id = {self.id}")


@pytest.fixture
def door(stack):
    made = []

    def make(*words, **settings):
        made.append(Door(stack, *words, **settings))
        return made[-1]

    yield make
    for one in made:
        one.remove()


def test_a_granted_scan_opens_a_relay_once_and_its_state_confirms_it(stack, door):
    shelly = Shelly()
    gate = door(address=shelly.address, **SHELLY)
    Guard(stack).scan("RFID123456")
    assert gate.becomes("confirmed") == "confirmed|relay on"
    assert shelly.opened == ["id=0&on=true&toggle_after=3"]
    assert gate.known("trouble, reached_at is not null") == ["|t"]


def test_an_answer_of_the_database_that_comes_late_opens_nothing(stack, door):
    shelly = Shelly()
    gate = door(address=shelly.address, open_path=SHELLY["open_path"], door="0")
    stack.psql(f"""update garita.doors set open_within_seconds = 1 where id = {gate.id};
        insert into garita.door_states (door_id, site_id) values ({gate.id}, 1) on conflict do nothing""")
    held = f"begin; select from garita.door_states where door_id = {gate.id} for update; select pg_sleep(1.4); rollback"
    holder = threading.Thread(target=stack.psql, args=[held])
    holder.start()
    assert until(lambda: stack.psql("select 1 from pg_stat_activity where wait_event = 'PgSleep'"), 5)
    # It is claimed at once, with a second left, and the answer comes when that is over.
    message = gate.open()
    holder.join()
    assert until(lambda: gate.ended(message)[0] in ("failed|too late", "expired|not sent in time"), 10), gate.ended(message)
    assert shelly.opened == []


def test_the_contact_is_an_event(stack, door):
    shelly = Shelly()
    gate = door(address=shelly.address, input="0", poll_seconds="2", **SHELLY)
    until(lambda: gate.known("contact") == ["closed"], 10)
    shelly.is_closed = False
    until(lambda: gate.known("contact") == ["open"], 10)
    assert stack.psql(f"select count(*) from garita.door_events where door_id = {gate.id} and kind = 'forced'") == ["1"]


def certificate(folder, name):
    """A key and a certificate of a device's own making; returns its fingerprint."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=relay",
         "-days", "2", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"], check=True, capture_output=True)
    return subprocess.run(
        ["openssl", "x509", "-in", folder / f"{name}.pem", "-noout", "-fingerprint", "-sha256"], check=True,
        capture_output=True, text=True).stdout.strip()


@pytest.fixture
def relay(tmp_path):
    """nginx as a device: TLS with a key of its own, and a password. Yields address, fingerprint and what it was asked."""
    pin, port = certificate(tmp_path, "own"), free_port()
    (tmp_path / "users").write_text("admin:{PLAIN}word\n")
    (tmp_path / "nginx.conf").write_text(f"""
        daemon off; master_process off; pid {tmp_path}/pid; error_log stderr crit;
        events {{}}
        http {{
            access_log {tmp_path}/access.log;
            client_body_temp_path {tmp_path}; proxy_temp_path {tmp_path}; fastcgi_temp_path {tmp_path};
            uwsgi_temp_path {tmp_path}; scgi_temp_path {tmp_path};
            server {{
                listen 127.0.0.1:{port} ssl; ssl_certificate {tmp_path}/own.pem; ssl_certificate_key {tmp_path}/own.key;
                auth_basic relay; auth_basic_user_file {tmp_path}/users;
                location = /open {{ default_type application/json; empty_gif; }}
                location = /moved {{ return 302 http://127.0.0.1:{port}/open; }}
            }}
        }}""")
    process = subprocess.Popen(["nginx", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], stderr=subprocess.DEVNULL)
    until(lambda: (tmp_path / "pid").exists(), 10)
    yield f"https://127.0.0.1:{port}", pin, lambda: (tmp_path / "access.log").read_text().splitlines()
    process.terminate()
    process.wait(10)


def test_a_device_is_known_by_its_pinned_certificate_alone(door, relay, tmp_path):
    address, pin, asked = relay
    word = "Authorization: Basic " + base64.b64encode(b"admin:word").decode()
    for wrong in (certificate(tmp_path, "other"), None):
        stranger = door(address=address, open_path="/open", headers=word, **({"pin": wrong} if wrong else {}))
        assert stranger.becomes("failed", stranger.open()).startswith("failed|the certificate")
        assert until(lambda: stranger.known("trouble") == ["certificate"], 5)
    assert asked() == []
    known = door(address=address, open_path="/open", headers=word, pin=pin, success_rule="GIF89a")
    assert known.becomes("accepted", known.open()) == "accepted|answered 200"
    locked = door(address=address, open_path="/open", pin=pin)
    locked.becomes("failed", locked.open())
    assert until(lambda: locked.known("trouble") == ["authentication"], 5)
    moved = door(address=address, open_path="/moved", headers=word, pin=pin)
    assert moved.becomes("failed", moved.open()).startswith("failed|answered 302")
    assert [line.split('"')[1].split()[1] for line in asked()] == ["/open", "/open", "/moved"]


def test_a_program_of_the_machine_opens(door):
    gate = door("command", program="relay", number="4")
    assert gate.becomes("confirmed", gate.open()) == "confirmed|confirmed"
    other = door("command", program="/bin/true")
    assert other.becomes("failed", other.open()) == "failed|the program is not in the list"
