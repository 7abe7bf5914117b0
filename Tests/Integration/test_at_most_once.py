"""At most `max_uses` entries are granted, with real scanners, real workers and a real race."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from test_main_job import Guard


def scan(stack, code):
    headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}
    body = {"code": code, "access_point_id": 1, "access_type": "ENTRY"}
    try:
        return requests.post(f"{stack.url}/api/access/codes/validate/", json=body, headers=headers, timeout=10)
    except requests.ConnectionError:
        return None


def granted(answers):
    return sum(1 for answer in answers if answer is not None and answer.json().get("valid") is True)


def spent(stack, code):
    row = stack.psql(f"""select c.times_used, c.times_used < c.max_uses, (select count(*) from garita.access_logs l
        where l.temporary_code_id = c.code_id and l.status = 'SUCCESS') from garita.credentials c
        where c.code_kind = 'temporary' and c.code_id = {code['id']}""")[0]
    used, active, logged = row.split("|")
    return int(used), active == "t", int(logged)


def test_a_code_for_k_entries_opens_k_times_however_many_scan_at_once(stack):
    """Scans come in waves of 16, so that nginx's own limit per address takes no part."""
    guard = Guard(stack)
    for uses in (1, 2, 3, 1, 1):
        code = guard.issue(guard.register(), max_uses=uses)
        with ThreadPoolExecutor(16) as scanners:
            answers = list(scanners.map(lambda _: scan(stack, code["code"]), range(16)))
        assert {answer.json().get("reason") for answer in answers} <= {None, "no_uses_left"}
        assert {answer.status_code for answer in answers} <= {200, 400}
        assert granted(answers) == uses
        assert spent(stack, code) == (uses, False, uses)
        rows = stack.psql(f"select count(*) from garita.access_logs where temporary_code_id = {code['id']}")
        assert rows == ["16"], "every attempt is one log row"
        time.sleep(1)


def test_killed_workers_never_make_two_entries_of_one(stack):
    """Workers of the gate are killed while they decide: an answer may be lost, a use is never granted twice."""
    guard = Guard(stack)
    stop = threading.Event()

    def kill():
        while not stop.is_set():
            workers = stack.workers("gate")
            if workers:
                try:
                    os.kill(random.choice(workers), signal.SIGKILL)
                except ProcessLookupError:
                    pass
            stop.wait(0.1)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        for _ in range(5):
            code = guard.issue(guard.register(), max_uses=2)
            with ThreadPoolExecutor(12) as scanners:
                answers = list(scanners.map(lambda _: scan(stack, code["code"]), range(12)))
            used, _, logged = spent(stack, code)
            assert granted([a for a in answers if a is not None and a.status_code in (200, 400)]) <= used <= 2
            assert logged == used
            # 504: every worker died so often that its next one waits for 2 s, as long as nginx does.
            assert {a.status_code for a in answers if a is not None} <= {200, 400, 503, 504}
            time.sleep(1)
    finally:
        stop.set()
        killer.join()
    deadline = time.monotonic() + 5
    while len(stack.workers("gate")) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(stack.workers("gate")) == 4


def test_a_month_without_a_partition_stops_no_gate(stack):
    """The timer that makes partitions ahead has died, the month begins, and everybody comes home at once."""
    month = stack.psql("select 'garita.access_logs_' || to_char(clock_timestamp() at time zone 'UTC', 'YYYYMM')")[0]
    stack.psql(f"alter table garita.access_logs detach partition {month}; drop table {month}; select garita.renew_gates(null)")
    guard = Guard(stack)
    stack.token("GUARD")
    with ThreadPoolExecutor(16) as scanners:
        answers = list(scanners.map(lambda _: scan(stack, "RFID123456"), range(16)))
    assert [answer.status_code for answer in answers] == [200] * 16
    assert stack.psql(f"select count(*) from {month}") == ["16"]
    assert guard.scan("RFID123456").status_code == 200
