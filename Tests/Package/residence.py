#!/usr/bin/env python3
"""What people do with a freshly installed residence, over HTTPS on this machine; nothing but the standard library.

    residence.py begin HOST CA STATE TOKEN   the administrator sets the password by the link; a gate, a home
    residence.py decide HOST CA STATE        a visit is registered and decided: in, and not in again
    residence.py load HOST CA STATE          asks until end of file on standard input; says what failed, and the longest wait

STATE is a file of JSON that `begin` writes.
"""

import datetime
import http.client
import json
import socket
import ssl
import sys
import threading
import time
from collections import Counter

PASSWORD = "siete-mares-verde-37"
VALIDATE = "/api/access/codes/validate/"
THREADS, PAUSE = 10, 0.05


class Client:
    def __init__(self, host, ca, token=None):
        self.host, self.token = host, token
        self.context = ssl.create_default_context(cafile=ca)

    def call(self, method, path, body=None):
        """Status and body; a connection of its own each time, as every device has one."""
        connection = http.client.HTTPSConnection(self.host, context=self.context, timeout=15)
        connection._create_connection = lambda *_: socket.create_connection(("127.0.0.1", 443), 15)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            connection.request(method, path, body and json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(text) if text[:1] in b"{[" and text else text

    def made(self, path, body):
        status, answer = self.call("POST", path, body)
        assert status in (200, 201), (path, status, answer)
        return answer

    def log_in(self):
        self.token = self.made("/api/auth/login/", {"username": "admin", "password": PASSWORD})["access"]
        return self


def begin(client, state, token):
    status, answer = client.call("POST", "/api/auth/reset/", {"token": token, "password": PASSWORD})
    assert status in (200, 204), (status, answer)
    client.log_in()
    gate = client.made("/api/access/points/", {"name": "Puerta", "code": "P1", "location": "Norte", "supports_qr": True})
    tower = client.made("/api/buildings/", {"name": "Torre A", "code": "A", "floors": 3})
    home = client.made("/api/units/", {"building": tower["id"], "number": "101", "floor": 1})
    facts = {"gate": gate["id"], "home": home["id"]}
    facts["code"] = visit(client, facts)
    with open(state, "w") as file:
        json.dump(facts, file)


def visit(client, facts):
    today = str(datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=-6))).date())
    visitor = client.made("/api/visitors/", {
        "first_name": "Juan", "last_name": "Pérez", "unit": facts["home"], "expected_date": today})
    return client.made("/api/visitors/generate_code/", {"visitor_id": visitor["id"], "code_type": "QR"})["code"]


def decide(client, state):
    facts = json.load(open(state))
    client.log_in()
    question = {"code": visit(client, facts), "access_point_id": facts["gate"], "access_type": "ENTRY"}
    status, answer = client.call("POST", VALIDATE, question)
    assert status == 200 and answer["valid"] is True, (status, answer)
    status, answer = client.call("POST", VALIDATE, question)
    assert answer["valid"] is False and answer["reason"] == "no_uses_left", (status, answer)
    print("a code was decided: in, and not in again")


def load(client, state):
    facts = json.load(open(state))
    client.log_in()
    exit_question = {"code": facts["code"], "access_point_id": facts["gate"], "access_type": "EXIT"}
    requests = [("POST", VALIDATE, exit_question), ("GET", "/api/visitors/", None), ("GET", "/account/sign-in/", None),
                ("POST", VALIDATE, exit_question)]
    seen, waits, over = Counter(), [], threading.Event()

    def work():
        while not over.is_set():
            for method, path, body in requests:
                began = time.monotonic()
                try:
                    status, _ = client.call(method, path, body)
                except OSError as error:
                    status = type(error).__name__
                waits.append((time.monotonic() - began, path))
                seen[method, path, status] += 1
                time.sleep(PAUSE)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    print("asking", flush=True)
    sys.stdin.read()
    over.set()
    for thread in threads:
        thread.join()
    failed = {str(what): count for what, count in seen.items() if what[2] != 200}
    longest = max(wait for wait, path in waits if path == VALIDATE)
    print(f"{sum(seen.values())} requests, {sum(failed.values())} failed, longest wait at the gate {longest:.2f} s")
    assert not failed, failed


command, host, ca, state, *rest = sys.argv[1:]
{"begin": begin, "decide": decide, "load": load}[command](Client(host, ca), state, *rest)
