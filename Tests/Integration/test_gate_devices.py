"""Gate devices: each opens its own gate its own way, with its own key."""

import re

import pytest
import requests

from devices import PATH, Device, enrol, gate, guard  # noqa: F401 (fixtures)
from runs import until
from test_commands import garita
from test_main_job import MAIN_GATE


def test_a_device_opens_its_own_gate_its_own_way(stack, guard, gate):
    device = enrol(stack, gate, "--entry")
    granted = device.scan("RFID123456", gate["id"])
    assert granted.status_code == 200 and granted.json()["person_name"] == "Carlos González"
    row = stack.psql(f"select device_id, authorized_by is null from garita.access_logs where id = {granted.json()['log_id']}")
    assert row == [f"{device.id}|t"]
    assert device.scan("RFID123456", MAIN_GATE).status_code == 403
    refused = device.scan("RFID123456", gate["id"], "EXIT")
    assert refused.status_code in (400, 403) and refused.json()["valid"] is False
    assert device.scan("RFID123456", gate["id"], age=301).status_code == 401
    assert device.scan("RFID123456", gate["id"], key="00" * 32).status_code == 401
    listed = requests.get(f"{stack.url}/api/logs/", headers={"Authorization": f"Gate id={device.id}"}, timeout=10)
    assert listed.status_code == 401


def test_a_device_gets_a_new_key_and_is_switched_off(stack, gate):
    device = enrol(stack, gate, "--entry", "--exit")
    rotated = Device(stack, garita(stack, "device", "rotate", device.id).stdout)
    assert rotated.version != device.version and rotated.key != device.key
    for key in (device, rotated):
        assert key.scan("RFID123456", gate["id"]).status_code == 200
    assert garita(stack, "device", "revoke", device.id).returncode == 0
    for key in (device, rotated):
        assert key.scan("RFID123456", gate["id"]).status_code == 401
    assert "revoked" in garita(stack, "device", "list").stdout
    assert device.key not in stack.psql("select string_agg(d::text, '') from garita.devices d")[0]


def test_a_device_reads_its_own_gate_and_nothing_else(stack, guard, gate):
    device = enrol(stack, gate, "--entry")
    read = lambda path: requests.get(stack.url + path, timeout=10, headers={"Authorization": device.header("GET", path, b"")})
    own = read(f"/api/access/points/{gate['id']}/")
    assert (own.status_code, own.json()) == (200, guard.call("GET", f"/api/access/points/{gate['id']}/").json())
    other, missing = read(f"/api/access/points/{MAIN_GATE}/"), read("/api/access/points/999999/")
    assert (other.status_code, other.text) == (404, missing.text) and missing.status_code == 404
    for path in ("/api/access/points/", "/api/access/devices/", "/api/visitors/", f"/api/access/devices/{device.id}/"):
        assert read(path).status_code == 401
    assert requests.get(f"{stack.url}/api/access/points/{gate['id']}/", timeout=10).status_code == 401
    garita(stack, "device", "revoke", device.id)
    assert read(f"/api/access/points/{gate['id']}/").status_code == 401


@pytest.mark.parametrize("written", [
    lambda header: header.replace("Gate", "GATE"), lambda header: header.replace("Gate ", "gate   "),
    lambda header: header.replace("id=", "ID = ").replace("mac=", "Mac="), lambda header: re.sub(r"=(\w+)", r'="\1"', header)],
    ids=["capitals", "blanks", "names", "quotes"])
def test_a_signature_is_the_same_however_its_header_is_written(stack, gate, written):
    device, path = enrol(stack, gate, "--entry"), f"/api/access/points/{gate['id']}/"
    answer = requests.get(stack.url + path, timeout=10, headers={"Authorization": written(device.header("GET", path, b""))})
    assert answer.status_code == 200, answer.text


def test_devices_are_an_administrators_to_read(stack, gate):
    device = enrol(stack, gate, "--entry")
    for path in ("/api/access/devices/", f"/api/access/devices/{device.id}/"):
        assert [stack.call("GET", path, role).status_code for role in ("ADMIN", "GUARD", "RESIDENT")] == [200, 403, 403]


def test_the_time_a_client_brings_is_nobodys_concern(stack, guard, gate):
    code = guard.issue(guard.register())
    stack.psql(f"update garita.temporary_codes set valid_from = now() - interval '2 hours', valid_until = now() - interval '1 minute' where id = {code['id']}")
    answer = guard.call("POST", PATH, json={
        "code": code["code"], "access_point_id": gate["id"], "timestamp": "2020-01-01T00:00:00Z", "now": 0})
    assert answer.json()["reason"] == "expired"
    device = enrol(stack, gate, "--entry")
    assert device.scan(code["code"], gate["id"], age=250).json()["reason"] == "expired"


def test_a_clock_behind_the_log_is_told(stack):
    assert stack.call("GET", "/readyz").json()["parts"]["clock"]["status"] == "ok"
    stack.psql("""select garita.ensure_log_partition((now() + interval '1 hour')::date);
        insert into garita.access_logs ("timestamp", created_at, site_id, access_type, access_method, status)
        select now() + interval '1 hour', now(), id, 'ENTRY', 'OTHER', 'DENIED' from garita.sites where code = 'MAIN'""")
    try:
        until(lambda: stack.call("GET", "/readyz").json()["parts"]["clock"]["status"] == "warning", 5)
        behind = stack.call("GET", "/readyz")
        assert behind.status_code == 200 and "minutes behind the newest entry" in behind.json()["parts"]["clock"]["detail"]
        assert "s behind the newest entry of the log" in garita(stack, "check").stderr
    finally:
        stack.psql("set session_replication_role = replica; delete from garita.access_logs where \"timestamp\" > now() + interval '1 minute'")
