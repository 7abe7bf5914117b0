"""The codes of residents: given, shown, reported lost, ended with their right."""

import uuid

import pytest

from stack import day
from test_commands import garita
from test_main_job import MAIN_GATE
from visits import CARLOS, LAURA, MARIA, give, guard, issue, register  # noqa: F401 (a fixture)

ACCESS_CODE_KEYS = [
    "id", "resident", "resident_name", "code", "code_type", "access_points", "is_active", "issued_date", "expiry_date",
    "issued_by", "notes", "is_valid", "created_at", "updated_at"]


def test_a_permanent_code_lives_and_goes(stack, guard):
    text = f"  tag {uuid.uuid4().hex[:8]} "
    made = give(stack, text, access_points=[1, 3, 2], expiry_date=day(400))
    assert list(made) == ACCESS_CODE_KEYS
    assert (made["code"], made["code_type"], made["issued_by"], made["is_valid"]) == (text.strip(), "RFID", 1, True)
    assert (made["access_points"], made["issued_date"][:2]) == ([3, 2, 1], "20")
    path = f"/api/access/codes/{made['id']}/"
    masked = "••" + text.strip()[-2:].upper()
    assert {stack.call("GET", path, role).json()["code"] for role in ("ADMIN", "GUARD", "RESIDENT")} == {masked}
    assert text.strip().upper() not in stack.psql("select access_codes::text from garita.access_codes")
    assert guard.scan(text).json()["valid"]

    again = stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": LAURA, "code": text.upper()})
    assert (again.status_code, again.json()) == (400, {"code": ["Access Code with this code already exists."]})
    put = stack.call("PUT", path, "ADMIN", json={"resident": CARLOS, "code": masked, "access_points": [2]}).json()
    assert (put["code"], put["access_points"], put["expiry_date"]) == (masked, [2], day(400))
    assert put["updated_at"] > made["updated_at"]
    assert guard.scan(text, gate=MAIN_GATE).json()["reason"] == "wrong_gate"
    links = stack.call("PATCH", path, "ADMIN", json={"access_points": []}).json()
    assert links["access_points"] == [] and links["updated_at"] > put["updated_at"]
    assert guard.scan(text).json()["valid"]

    assert stack.call("DELETE", path, "ADMIN").status_code == 204
    gone = stack.call("GET", path, "ADMIN").json()
    assert (gone["is_active"], gone["is_valid"]) == (False, False), "it was used, so it stays, switched off"
    assert guard.scan(text).json()["reasons"] == ["revoked"]
    assert guard.scan(text, direction="EXIT").status_code == 200, "and lets its owner out"
    unused = give(stack)
    path = f"/api/access/codes/{unused['id']}/"
    assert [stack.call("DELETE", path, "ADMIN").status_code for _ in range(2)] == [204, 404]


@pytest.mark.parametrize("body, error", [
    ({}, {"resident": ["This field is required."], "code": ["This field is required."]}),
    ({"resident": 999, "code": " ", "code_type": "X", "access_points": [1, 999], "expiry_date": "soon"}, {
        "resident": ['Invalid pk "999" - object does not exist.'], "code": ["This field may not be blank."],
        "code_type": ['"X" is not a valid choice.'], "access_points": ['Invalid pk "999" - object does not exist.'],
        "expiry_date": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}),
    ({"resident": 1, "code": "x" * 101, "access_points": "1"}, {
        "code": ["Ensure this field has no more than 100 characters."],
        "access_points": ['Expected a list of items but got type "str".']}),
    ({"resident": 1, "code": "Y1", "access_points": ["x"]}, {
        "access_points": ["Incorrect type. Expected pk value, received str."]}),
    ({"resident": 1, "code": "Y1", "access_points": None}, {"access_points": ["This field may not be null."]})])
def test_every_fault_of_a_permanent_code_is_named(stack, body, error):
    answer = stack.call("POST", "/api/access/codes/", "ADMIN", json=body)
    assert (answer.status_code, answer.json()) == (400, error)


def test_a_live_pass_is_nobodys_permanent_code(stack):
    code = issue(stack, register(stack))["code"]
    answer = stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": CARLOS, "code": code})
    assert answer.json() == {"code": ["Access Code with this code already exists."]}


def test_expiry_ends_at_the_sites_midnight(stack, guard):
    today, yesterday = stack.psql("""
        select d, d - 1 from (select (now() at time zone time_zone)::date d from garita.sites where code = 'MAIN') x
        """)[0].split("|")
    made = give(stack, expiry_date=today)
    assert made["is_valid"] and guard.scan(made["code"]).json()["valid"]
    path = f"/api/access/codes/{made['id']}/"
    assert stack.call("PATCH", path, "ADMIN", json={"expiry_date": yesterday}).json()["is_valid"] is False
    assert guard.scan(made["code"]).json()["reasons"] == ["expired"]


def test_a_resident_reports_the_own_tag_lost(stack, guard):
    mine, mariass = give(stack), give(stack, resident=MARIA)
    path = f"/api/access/codes/{mine['id']}/report_lost/"
    assert stack.call("POST", path, "GUARD").status_code == 403
    lost = stack.call("POST", path, "RESIDENT")
    assert (lost.status_code, lost.json()["is_active"]) == (200, False)
    assert guard.scan(mine["code"]).json()["reasons"] == ["revoked"]
    for method, body in (("PATCH", {"is_active": True}), ("DELETE", None)):
        assert stack.call(method, f"/api/access/codes/{mine['id']}/", "RESIDENT", json=body).status_code == 403
    for path in (f"/api/access/codes/{mariass['id']}/report_lost/", "/api/access/codes/999999/report_lost/"):
        answer = stack.call("POST", path, "RESIDENT")
        assert (answer.status_code, answer.json()) == (404, {"detail": "No AccessCode matches the given query."})
    assert guard.scan(mariass["code"]).json()["valid"]
    listed = stack.call("GET", "/api/access/codes/?page_size=100", "RESIDENT").json()["results"]
    assert {row["resident"] for row in listed} == {CARLOS}


def test_revealing_a_permanent_code_is_audited(stack):
    made = give(stack)
    path = f"/api/access/codes/{made['id']}/reveal/"
    shown = stack.call("POST", path, "ADMIN")
    assert shown.json() == {"id": made["id"], "code": made["code"].upper()}
    assert shown.headers["Cache-Control"] == "no-store"
    trace = f"select user_id from garita.audit where action = 'REVEAL' and row_id = {made['id']}"
    assert stack.psql(trace) == ["1"]
    for role in ("GUARD", "RESIDENT"):
        assert stack.call("POST", path, role).status_code == 403
    assert stack.psql(trace) == ["1"]
    assert stack.call("POST", "/api/access/codes/999999/reveal/", "ADMIN").status_code == 404
    stack.psql(f"update garita.access_codes set code_sealed = null where id = {made['id']}")
    assert stack.call("POST", path, "ADMIN").status_code == 409


def test_moving_out_ends_the_codes_and_moving_back_revives_none(stack, guard):
    unit = stack.call("POST", "/api/units/", "ADMIN", json={
        "building": 1, "number": uuid.uuid4().hex[:8], "floor": 9}).json()["id"]
    resident = int(stack.psql(f"""insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone)
        select site_id, {unit}, 'Mo', 'Va', '{uuid.uuid4().hex}', '5512345678' from garita.units where id = {unit}
        returning id""")[0])
    tag = give(stack, resident=resident)
    code = issue(stack, register(stack, unit=unit, resident=resident))
    stack.psql(f"update garita.residents set move_out_date = current_date - 1 where id = {resident}")
    assert guard.scan(tag["code"]).json()["reasons"] == ["revoked", "moved_out"]
    assert guard.scan(code["code"]).json()["reasons"] == ["revoked", "moved_out"]
    stack.psql(f"update garita.residents set move_out_date = null where id = {resident}")
    assert guard.scan(tag["code"]).json()["reasons"] == ["revoked"]
    assert guard.scan(code["code"]).json()["reasons"] == ["revoked"]


def test_what_is_in_use_is_not_deleted(stack):
    visitor = register(stack)
    assert stack.call("DELETE", f"/api/visitors/{visitor}/", "ADMIN").status_code == 204
    visitor = register(stack)
    issue(stack, visitor)
    assert stack.call("DELETE", f"/api/visitors/{visitor}/", "ADMIN").status_code == 409
    name = uuid.uuid4().hex[:8]
    point = stack.call("POST", "/api/access/points/", "ADMIN", json={"name": name, "code": name, "location": "x"}).json()
    assert "building_name" not in point
    give(stack, access_points=[point["id"]])
    # Its only gate gone, the code would open every gate.
    assert stack.call("DELETE", f"/api/access/points/{point['id']}/", "ADMIN").status_code == 409


def test_the_daily_work_ends_the_codes_of_who_moves_out_that_day(stack, guard):
    """A date set before is kept by the gate by itself; the rows say so from the same day on."""
    unit = stack.call("POST", "/api/units/", "ADMIN", json={
        "building": 1, "number": uuid.uuid4().hex[:8], "floor": 9}).json()["id"]
    today = stack.psql("select (now() at time zone 'America/Mexico_City')::date")[0]
    homes = {}
    for word, days in (("today", 0), ("tomorrow", 1), ("never", None)):
        resident = stack.call("POST", "/api/residents/", "ADMIN", json={
            "unit": unit, "first_name": "Mo", "last_name": word, "document_id": uuid.uuid4().hex, "phone": "5512345678",
        }).json()["id"]
        homes[word] = resident, give(stack, resident=resident)["id"], issue(
            stack, register(stack, unit=unit, resident=resident))["id"]
        if days is not None:
            # As a date that was set weeks ago has come: no edit happens on the day itself.
            stack.psql(f"""set session_replication_role = replica;
                update garita.residents set move_out_date = date '{today}' + {days} where id = {resident};
                select garita.repair_copies()""")
    done = garita(stack, "maintain")
    assert done.returncode == 0
    assert int(done.stdout.split("codes of moved-out residents ended: ")[1].split()[0]) == 2
    for word, (_, tag, code) in homes.items():
        states = [stack.call("GET", path, "ADMIN").json()["is_active"]
                  for path in (f"/api/access/codes/{tag}/", f"/api/codes/{code}/")]
        assert states == [word != "today"] * 2, word
    assert "codes of moved-out residents ended: 0" in garita(stack, "maintain").stdout
