"""Gates of one test, and the devices that sign what they read there."""

import hashlib
import hmac
import json
import time
import uuid

import pytest
import requests

from test_commands import garita
from test_main_job import Guard

PATH = "/api/access/codes/validate/"


@pytest.fixture
def guard(stack):
    return Guard(stack)


@pytest.fixture
def gate(stack):
    """A gate of its own, so that what is tried there closes no other."""
    name = f"Puerta {uuid.uuid4().hex[:8]}"
    made = stack.call("POST", "/api/access/points/", "ADMIN", json={
        "name": name, "code": name[-8:], "location": "Prueba", "supports_rfid": True})
    assert made.status_code == 201, made.text
    return made.json()


class Device:
    """A gate device as its maker would write it."""

    def __init__(self, stack, printed):
        self.stack = stack
        self.id, self.version, self.key = (line.split("=")[1] for line in printed.splitlines())

    def scan(self, code, gate, direction="ENTRY", request_id=None, age=0, key=None, version=None):
        body = json.dumps({"code": code, "access_point_id": gate, "access_type": direction}).encode()
        return requests.post(self.stack.url + PATH, data=body, timeout=10, headers={
            "Authorization": self.header("POST", PATH, body, request_id, age, key, version),
            "Content-Type": "application/json"})

    def header(self, method, path, body, request_id=None, age=0, key=None, version=None):
        moment, name = int(time.time()) - age, request_id or uuid.uuid4().hex
        text = "\n".join([method, path, hashlib.sha256(body).hexdigest(), str(moment), name])
        code = hmac.new(bytes.fromhex(key or self.key), text.encode(), hashlib.sha256).hexdigest()
        return f"Gate id={self.id}, kv={version or self.version}, ts={moment}, rid={name}, mac={code}"


def enrol(stack, gate, *ways):
    done = garita(stack, "device", "enrol", "--site", "MAIN", "--gate", gate["code"], "--name", f"Lector {gate['code']}", *ways)
    assert done.returncode == 0, done.stderr
    return Device(stack, done.stdout)
