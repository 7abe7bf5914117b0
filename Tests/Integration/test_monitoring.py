"""What is counted and told: by a worker that answers while all others are busy, in numbers that never fall."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open
from prometheus_client.parser import text_string_to_metric_families as read_text

from front import OtherAddress
from pages import Person
from runs import logged, until
from stack import CLONE, ROOT, Stack
from test_commands import garita
from test_containment import become
from test_main_job import MAIN_GATE, Guard
from test_overload import halted, request

POOLS = ("gate", "auth", "app", "device")
OPEN = {"Accept": "application/openmetrics-text; version=1.0.0"}
# One of the sample community that opens nothing: too long to be a guess.
UNKNOWN = {"code": "ABCDEFGHJKMNPQRSTUVWXYZ234", "access_point_id": 1, "access_type": "ENTRY"}


@pytest.fixture(scope="module")
def own():
    """Killed, halted and without its database now and then."""
    one = Stack()
    one.start()
    yield one
    one.remove()


def samples(stack):
    """(name, labels) -> number."""
    text = stack.call("GET", "/metrics").text
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in read_text(text) for one in family.samples}


def total(found, name, **labels):
    return sum(value for (one, said), value in found.items() if one == name and labels.items() <= dict(said).items())


def counters(found):
    return {key: value for key, value in found.items() if key[0].endswith(("_total", "_bucket", "_count", "_sum", "_max"))}


def parts(stack):
    answer = stack.call("GET", "/readyz")
    told = answer.json()
    assert answer.status_code == (503 if told["status"] == "fail" else 200)
    return {name: part["status"] for name, part in told["parts"].items()}


def becomes(stack, part, level):
    """Within a second of the fault, by the clock of a busy machine."""
    until(lambda: parts(stack).get(part) == level, 5)


def upstreams(stack):
    """Pool -> answers that nginx took from it last, as its log has them."""
    found = dict.fromkeys(POOLS, 0)
    for line in (stack.var / "log/nginx/access.log").read_text().splitlines():
        pool = Path(json.loads(line)["pool"].split(":")[-1]).stem
        if pool in found:
            found[pool] += 1
    return found


def test_metrics_follow_the_conventions_and_both_forms_are_read(own):
    text = own.call("GET", "/metrics")
    assert text.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    done = subprocess.run(["promtool", "check", "metrics"], input=text.text, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    opened = own.call("GET", "/metrics", headers=OPEN)
    assert opened.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    names = [{family.name for family in read(answer.text)} for read, answer in ((read_text, text), (read_open, opened))]
    assert names[0] == names[1] and "garita_requests_accepted" in names[0] and len(names[0]) > 25


def test_counts_are_those_of_nginx_and_of_the_log(own):
    guard, before, rows = Guard(own), samples(own), int(own.psql("select count(*) from garita.access_logs")[0])
    code = guard.issue(guard.register(), max_uses=1)
    for _ in range(3):
        own.call("POST", "/api/access/codes/validate/", "GUARD", json=UNKNOWN)
    assert guard.scan(code["code"]).status_code == 200
    named = {"code": code["code"], "access_point_id": MAIN_GATE, "access_type": "ENTRY", "request_id": "counted once"}
    assert own.call("POST", "/api/visitors/validate_code/", "GUARD", json=named).text == own.call(
        "POST", "/api/visitors/validate_code/", "GUARD", json=named).text
    own.call("POST", "/api/auth/login/", json={"username": "nobody", "password": "x"})
    for path in ("/api/visitors/", "/api/visitors/999999/", "/api/nothing/", "/admin/", "/api/units"):
        own.call("GET", path, "ADMIN")
    last = own.call("OPTIONS", "/api/visitors/", "ADMIN")
    logged(own.var, last)

    def agrees():
        now, seen = samples(own), upstreams(own)
        return {pool: total(now, "garita_requests_total", pool=pool) for pool in POOLS} == seen and now
    # A worker counts an answer after it has left.
    now = until(agrees, 5)
    done = lambda name, **labels: total(now, name, **labels) - total(before, name, **labels)  # noqa: E731
    assert done("garita_requests_total", route="/api/access/codes/validate/", code="4xx", method="POST") >= 3
    assert done("garita_requests_total", route="-", code="4xx") >= 1, "what has no row of the route table"
    written = int(own.psql("select count(*) from garita.access_logs")[0]) - rows
    assert done("garita_verdicts_total") == written == 5
    assert (done("garita_verdicts_total", verdict="granted"), done("garita_verdicts_total", reason="unknown_code")) == (1, 3)
    assert done("garita_decision_seconds_count") == 5 and done("garita_database_connections_total") >= 1
    for pool in POOLS:
        assert total(now, "garita_request_seconds_count", pool=pool) == total(now, "garita_requests_total", pool=pool)
        # No terminal has called.
        assert pool == "device" or 0 < total(now, "garita_request_seconds_sum", pool=pool) < 1000


def test_nothing_of_a_person_is_told(own):
    said = own.call("GET", "/metrics").text + own.call("GET", "/status.json").text + own.call("GET", "/readyz").text
    demo = own.demo()
    for word in [value for value in demo.values() if value not in ("admin", own.url)] + ["127.0.0.1", "Eva", "999999", UNKNOWN["code"]]:
        assert word not in said


def test_it_answers_while_every_pool_is_busy_and_tells_the_queue(own):
    workers = [pid for pool in POOLS for pid in own.workers(pool)]
    with halted(workers):
        waiting = [request(own, "GET", "/api/units/") for _ in range(5)]
        until(lambda: total(samples(own), "garita_queue_length", pool="app") == 5, 5)
        began = time.monotonic()
        for path in ("/livez", "/readyz", "/metrics", "/status.json"):
            assert own.call("GET", path).status_code == 200
        assert time.monotonic() - began < 2
        assert "app" in garita(own, "status").stdout
    for connection in waiting:
        assert connection.recv(20).startswith(b"HTTP/1.1 401")
        connection.close()
    found = until(lambda: (now := samples(own)) and total(now, "garita_queue_length") == 0 and now, 5)
    assert total(found, "garita_queue_max", pool="app") == 5 and total(found, "garita_queue_limit", pool="app") == 48


def test_counters_never_fall_when_workers_are_killed(own):
    before = samples(own)
    for round_ in range(3):
        for worker in (killed := own.workers("gate")):
            os.kill(worker, signal.SIGKILL)
        until(lambda: len(set(own.workers("gate")) - set(killed)) == 4, 10)
        until(lambda: total(samples(own), "garita_worker_starts_total", pool="gate") == 4 * (round_ + 2), 10)
        until(lambda: own.call("POST", "/api/access/codes/validate/", "GUARD", json=UNKNOWN).status_code == 404, 5)
        now = samples(own)
        assert {key for key, value in counters(before).items() if now.get(key, -1) < value} == set()
        before = now
    until(lambda: total(samples(own), "garita_worker_restarts_total", pool="gate", reason="crash") == 12, 5)
    now = samples(own)
    assert total(now, "garita_worker_starts_total", pool="gate") == 16
    assert total(now, "garita_workers", pool="gate") == 4


def test_it_is_for_this_machine_alone(own):
    stranger = requests.Session()
    stranger.mount("http://", OtherAddress())
    for path in ("/livez", "/readyz", "/metrics", "/status.json"):
        assert stranger.get(own.url + path, timeout=5).status_code == 404
        assert own.call("GET", path, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
        assert own.call("POST", path).status_code == 405 and own.call("HEAD", path).text == ""


def test_readiness_falls_with_the_database_and_comes_back(own):
    assert all(level != "fail" for level in parts(own).values())
    own.psql("alter database garita allow_connections false", "postgres")
    try:
        own.psql("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'garita' and usename like 'garita_%'", "postgres")
        becomes(own, "database", "fail")
        assert total(samples(own), "garita_ready") == 0 and total(samples(own), "garita_database_up") == 0
        done = garita(own, "status")
        assert done.returncode == 1 and done.stdout.splitlines()[1].split()[:2] == ["FAIL", "database"]
        own.call("GET", "/api/units/", "ADMIN")
        assert total(samples(own), "garita_database_errors_total", **{"class": "unavailable"}) > 0
    finally:
        own.psql("alter database garita allow_connections true", "postgres")
    becomes(own, "database", "ok")


def test_readiness_falls_with_an_older_schema_and_warns_of_a_newer_one(own):
    newest = own.psql("select max(version) from garita.schema_migrations where version ~ '^[0-9]'")[0]
    row = f"from garita.schema_migrations where version = '{newest}'"
    own.psql(f"create table public.put_aside as select * {row}; delete {row}")
    try:
        becomes(own, "schema", "fail")
    finally:
        own.psql("insert into garita.schema_migrations select * from public.put_aside; drop table public.put_aside")
    becomes(own, "schema", "ok")
    own.psql("insert into garita.schema_migrations (version, checksum) values ('9999_next', '')")
    becomes(own, "schema", "warning")
    own.psql("delete from garita.schema_migrations where version = '9999_next'")
    becomes(own, "schema", "ok")


def test_readiness_falls_with_keys_that_no_worker_can_read(own):
    key = own.var / "pools/gate/keys/master.1.key"
    key.rename(own.var / "aside")
    try:
        becomes(own, "keys", "fail")
        assert own.call("POST", "/api/access/codes/validate/", "GUARD", json=UNKNOWN).status_code == 404, "it serves all the same"
    finally:
        (own.var / "aside").rename(key)
    becomes(own, "keys", "ok")


def test_readiness_falls_with_a_pool_that_has_no_worker(own):
    supervisor = int((own.var / "run/gate.pid").read_text().split()[0])
    with halted([supervisor]):
        for worker in own.workers("gate"):
            os.kill(worker, signal.SIGKILL)
        becomes(own, "workers", "fail")
    becomes(own, "workers", "ok")


@pytest.mark.skipif(not ROOT, reason="only root can mount")
def test_readiness_falls_with_a_full_disk(own):
    photos = own.var.resolve() / "photos"
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=2750", "tmpfs", photos], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"nothing can be mounted here: {mount.stderr}")
    try:
        becomes(own, "disk", "ok")
        for megabytes, level in ((165, "fail"), (100, "ok")):
            subprocess.run(["fallocate", "-l", f"{megabytes}M", photos / "much"], check=True)
            becomes(own, "disk", level)
            (photos / "much").unlink()
    finally:
        subprocess.run(["umount", photos], check=True)


def test_readiness_warns_of_what_is_late(own):
    own.psql("update garita.jobs set ended_at = ended_at - interval '3 days', started_at = started_at - interval '3 days'")
    becomes(own, "maintenance", "warning")
    own.psql("""insert into garita.jobs (job, ended_at, succeeded) select j, clock_timestamp(), true
        from unnest(array['maintain', 'backup', 'proof']) j""")
    for part in ("maintenance", "backup", "proof"):
        becomes(own, part, "ok")
    own.psql("insert into garita.jobs (job, ended_at, succeeded) values ('backup', clock_timestamp(), false)")
    becomes(own, "backup", "warning")
    found = samples(own)
    assert abs(total(found, "garita_job_last_success_timestamp_seconds", job="proof") - time.time()) < 600


def test_a_terminal_shows_the_same_without_nginx(own):
    told = json.loads(garita(own, "status", "--json").stdout)
    asked = own.call("GET", "/status.json").json()
    assert list(told) == list(asked) and told["parts"].keys() == asked["parts"].keys()
    assert [pool["name"] for pool in told["pools"]] == [*POOLS, "status"]
    assert {worker["pid"] for worker in told["pools"][2]["workers"]} == set(own.workers("app"))
    nginx = int((own.var / "run/nginx.pid").read_text().split()[0])
    with halted([nginx]):
        screen = garita(own, "status").stdout
    lines = screen.splitlines()
    assert lines[0].startswith("garita ") and len(lines) < 25 and max(map(len, lines)) <= 100
    levels = [line.split()[0] for line in lines[1:] if line[2:3].strip()]
    first_right = levels.index("ok")
    assert "WARNING" not in levels[first_right:] and "FAIL" not in levels[first_right:], "trouble first"


@pytest.mark.skipif(not ROOT, reason="becomes another user")
def test_an_account_of_the_group_reads_it_too(own):
    """With the settings of the pool that tells it: no keys, no row of a table."""
    var = own.var.resolve()
    done = subprocess.run(
        [*become("garita-status"), var / "bin/garita", "status"], capture_output=True, text=True, timeout=30,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "pools/status/garita.env")})
    assert done.returncode == 0 and f"gate {len(own.workers('gate'))}, " in done.stdout, done.stderr


def test_an_administrator_reads_what_to_tell_the_operator(own):
    demo = own.demo()
    person = Person(own, **{"Accept-Language": "es"})
    assert person.sign_in(demo["GARITA_ADMIN_USER"], demo["GARITA_ADMIN_PASSWORD"]).status_code == 303
    own.psql("insert into garita.jobs (job, ended_at, succeeded) values ('backup', clock_timestamp(), false)")
    home, page = person.get("/admin/"), person.get("/admin/system/")
    assert "/admin/system/" in home.text and "Respaldo, la última vez falló" in home.text
    assert page.status_code == 200 and "Ejecute `garita backup`" in page.text and "Decisiones en accesos" in page.text
    own.psql("""insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit, created_at)
        select 1, 'Lector callado', min(id), true, true, now() - interval '2 days' from garita.access_points where site_id = 1""")
    assert "Lector callado" in person.get("/admin/system/").text
    guard = Person(own)
    assert guard.sign_in(demo["GARITA_GUARD_USER"], demo["GARITA_GUARD_PASSWORD"]).status_code == 303
    assert guard.get("/admin/system/").status_code == 403


def test_rules_and_dashboard_ask_for_metrics_that_there_are(own):
    names = {name for name, _ in samples(own)}
    rules, dashboard = CLONE / "deploy/monitoring/alerts.yaml", json.loads((CLONE / "deploy/monitoring/grafana.json").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])] + [rules.read_text()]
    used = {word for text in asked for word in re.findall(r"\bgarita_[a-z_]+", text)}
    assert used - names - {"garita_certificate_expiry_timestamp_seconds"} == set() and len(used) > 10
    for command in (["check", "rules", rules], ["test", "rules", CLONE / "deploy/monitoring/alerts_test.yaml"]):
        done = subprocess.run(["promtool", *command], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
