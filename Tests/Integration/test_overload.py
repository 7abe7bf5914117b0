"""More than a pool can do: who finds no room is told at once, the other pools go on, and nobody works for who has gone.
And a database that does nothing: the worker says so before nginx loses patience, and no outcome is guessed."""

import json
import os
import select
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from test_people import PASSWORD, account, sign_in

WORKERS = {"app": 3, "auth": 2}
# Places in the queue, as deploy/local/pools.sh has it; the kernel takes one more.
PLACES = {"app": 16 * 3 + 1, "auth": 4 * 2 + 1}


@contextmanager
def halted(processes):
    """They do nothing meanwhile."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def request(stack, method, path, body=None, token=None):
    """Sent, and not waited for."""
    content = json.dumps(body).encode() if body else b""
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {len(content)}"]
    head += ["Content-Type: application/json"] if body else []
    head += [f"Authorization: Bearer {token}"] if token else []
    connection = socket.create_connection(("127.0.0.1", stack.port), 10)
    connection.sendall("\r\n".join([*head, "", ""]).encode() + content)
    return connection


def answered(connections, seconds):
    """Those that have an answer, or will within so many seconds of each other: connection -> the whole of it."""
    found, waiting = {}, set(connections)
    while waiting and (ready := select.select(list(waiting), [], [], seconds)[0]):
        for connection in ready:
            text = b""
            while part := connection.recv(65536):
                text += part
            found[connection] = text.decode("latin-1")
            waiting.remove(connection)
    return found


def deserted(stack, pool):
    return (stack.var / f"log/{pool}.log").read_text().count('"event":"deserted"')


def assert_told(refused, page):
    """API and page answer at once, in their own shape, when to come back."""
    for text in refused.values():
        head, _, body = text.partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 503") and "\r\nRetry-After: 1\r\n" in head, text
        assert set(json.loads(body)) == {"detail", "request_id"}
    shown = answered([page], 1)[page]
    assert shown.startswith("HTTP/1.1 503") and "\r\nRetry-After: 1\r\n" in shown and ">Garita</a>" in shown


def assert_sessions_go_on(stack, session):
    """What hashes nothing does not wait for what does."""
    renewed = stack.call("POST", "/api/auth/refresh/", json={"refresh": session["refresh"]})
    assert renewed.status_code == 200, renewed.text
    access = renewed.json()["access"]
    assert stack.call("POST", "/api/auth/verify/", json={"token": access}).status_code == 200
    mine = {"Authorization": f"Bearer {access}"}
    assert stack.call("GET", "/api/users/me/", headers=mine).status_code == 200
    assert stack.call("POST", "/api/auth/logout/", headers=mine).status_code == 204
    assert stack.call("POST", "/api/auth/verify/", json={"token": access}).status_code == 401


@pytest.mark.parametrize("pool", ["app", "auth"])
def test_a_full_queue_is_told_at_once_and_the_other_pools_go_on(stack, pool):
    """D13, B6"""
    guard, admin = stack.token("GUARD"), stack.token("ADMIN")
    _, name = account(stack)
    session = sign_in(stack, name).json()
    ask = {
        "app": lambda number: request(stack, "GET", "/api/visitors/", token=guard),
        "auth": lambda number: request(
            stack, "POST", "/api/auth/login/", {"username": f"nobody-{time.time_ns()}", "password": PASSWORD}),
    }[pool]
    places, before = PLACES[pool], deserted(stack, pool)
    workers = stack.workers(pool)
    assert len(workers) == WORKERS[pool]
    with halted(workers):
        connections = [ask(number) for number in range(places + 20)]
        refused = answered(connections, 1)
        assert len(refused) == 20
        page = request(stack, *(("GET", "/account/") if pool == "app" else ("POST", "/account/sign-in/")))
        assert_told(refused, page)
        gate = stack.call("POST", "/api/access/codes/validate/", "GUARD", json={"code": "RFID123456", "access_point_id": 1})
        assert gate.status_code == 200, gate.text
        if pool == "auth":
            assert_sessions_go_on(stack, session)
        else:
            assert sign_in(stack, name).status_code == 200
        waiting = [connection for connection in connections if connection not in refused]
        gone, patient = waiting[2:], waiting[:2]
        for connection in gone:
            connection.close()
        time.sleep(0.3)
    texts = answered(patient, 5)
    assert len(texts) == 2
    assert {text.split()[1] for text in texts.values()} == {"200" if pool == "app" else "401"}
    # The queue is empty at once: a hash for each would take seconds.
    assert stack.call("GET", "/api/visitors/", "ADMIN").status_code == 200 and admin
    end = time.monotonic() + 5
    while deserted(stack, pool) < before + len(gone) and time.monotonic() < end:
        time.sleep(0.05)
    assert deserted(stack, pool) == before + len(gone)


def test_who_sends_a_body_slowly_takes_no_place(stack):
    """As many log-ins as would fill the queue twice over, none of them complete."""
    connections = []
    for _ in range(2 * PLACES["auth"]):
        connection = socket.create_connection(("127.0.0.1", stack.port), 10)
        connection.sendall(
            b"POST /api/auth/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 60\r\n\r\n{")
        connections.append(connection)
    try:
        _, name = account(stack)
        assert sign_in(stack, name).status_code == 200
    finally:
        for connection in connections:
            connection.close()


def scan(stack, key):
    return stack.call(
        "POST", "/api/access/codes/validate/", "GUARD", json={"code": "RFID123456", "access_point_id": 1},
        headers={"Idempotency-Key": key})


def test_a_silent_database_leaves_the_outcome_open_until_the_request_is_repeated(stack):
    """D3, D4: the worker answers before nginx would, and the same id brings a definite answer, once."""
    stack.token("GUARD")
    keys = [f"silent-{time.time_ns()}-{number}" for number in range(4)]
    rows = lambda: int(stack.psql("select count(*) from garita.access_logs")[0])
    main = (stack.var.resolve() / "postgresql/postmaster.pid").read_text().split()[0]
    with ThreadPoolExecutor(8) as scanners:
        list(scanners.map(lambda number: scan(stack, f"{keys[0]}-{number}"), range(24)))  # every worker has its connection
        before = rows()
        server = [int(main)] + [int(pid) for pid in subprocess.check_output(["pgrep", "-P", main], text=True).split()]
        with halted(server):
            unsettled = list(scanners.map(lambda key: scan(stack, key), keys))
    for answer in unsettled:
        assert answer.status_code == 503 and answer.headers["Retry-After"], answer.text
        assert set(answer.json()) == {"detail", "request_id"}
    assert "The outcome is unknown. Please check, or try again with the same request id." in {
        answer.json()["detail"] for answer in unsettled}
    for key in keys:
        end = time.monotonic() + 10
        while (definite := scan(stack, key)).status_code == 503 and time.monotonic() < end:
            time.sleep(0.1)
        again = scan(stack, key)
        assert definite.status_code == 200 and (again.status_code, again.json()) == (200, definite.json())
        assert again.headers["Idempotent-Replay"] == "true"
    assert rows() == before + len(keys)
