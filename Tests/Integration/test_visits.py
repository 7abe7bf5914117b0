"""The life of a visit and the codes of visitors: who may do what, from which state, and what it ends."""

import uuid

import pytest

from stack import day
from test_main_job import CODE_KEYS, VISITOR_KEYS
from visits import A101, A102, CARLOS, MARIA, guard, issue, register, step  # noqa: F401 (a fixture)


def test_a_guard_approves_by_a_residents_word_only(stack):
    visitor = register(stack)
    assert step(stack, visitor, "approve", "GUARD") == (
        400, {"resident": ["A guard needs a resident's approval: choose the resident."]})
    assert step(stack, visitor, "approve", "GUARD", resident=MARIA) == (
        400, {"resident": ["No resident with that number lives in the unit visited."]})
    status, visit = step(stack, visitor, "approve", "GUARD", resident=CARLOS)
    assert (status, visit["status"], visit["resident"], visit["authorized_by"]) == (200, "APPROVED", CARLOS, 2)
    assert [key for key in visit if key != "resident_name"] == VISITOR_KEYS
    assert step(stack, visitor, "approve", "ADMIN") == (
        409, {"detail": "The visit is not awaiting approval.", "code": "status"})


@pytest.mark.parametrize("role", ["ADMIN", "GUARD", "RESIDENT"])
def test_a_waiting_visit_is_refused_for_good(stack, role):
    visitor = register(stack)
    assert step(stack, visitor, "deny", role)[1]["status"] == "DENIED"
    for name in ("approve", "deny", "cancel"):
        assert step(stack, visitor, name, "RESIDENT") == (
            409, {"detail": "The visit was refused.", "code": "visit_denied"}), name
    refused = stack.call("POST", "/api/visitors/generate_code/", role, json={"visitor_id": visitor, "code_type": "QR"})
    assert refused.status_code == 409


def test_a_cancelled_visits_code_is_refused_for_that_reason(stack, guard):
    visitor = register(stack, "RESIDENT")
    code = issue(stack, visitor, "RESIDENT")
    assert step(stack, visitor, "cancel", "GUARD")[0] == 403
    assert step(stack, visitor, "cancel", "RESIDENT")[1]["status"] == "DENIED"
    assert guard.scan(code["code"]).json()["reasons"] == ["visit_denied"]
    revoked = stack.call("POST", f"/api/codes/{code['id']}/revoke/", "RESIDENT")
    assert revoked.status_code == 200
    assert guard.scan(code["code"]).json()["reasons"] == ["revoked", "visit_denied"]
    stack.call("PATCH", f"/api/visitors/{visitor}/", "ADMIN", json={"status": "APPROVED"})
    assert guard.scan(code["code"]).json()["reasons"] == ["revoked"], "approving revives no revoked code"


def test_a_refusal_by_patch_is_one_too(stack, guard):
    visitor = register(stack, "RESIDENT")
    code = issue(stack, visitor)
    stack.call("PATCH", f"/api/visitors/{visitor}/", "RESIDENT", json={"status": "DENIED"})
    assert guard.scan(code["code"]).json()["reasons"] == ["visit_denied"]


def test_a_visit_that_has_begun_cannot_be_cancelled(stack, guard):
    visitor = register(stack, "RESIDENT")
    code = issue(stack, visitor)["code"]
    for direction in ("ENTRY", "EXIT"):
        assert guard.scan(code, direction=direction).status_code == 200
        assert step(stack, visitor, "cancel", "ADMIN") == (
            409, {"detail": "The visit has already started: it cannot be canceled.", "code": "status"})
    spanish = stack.call("POST", f"/api/visitors/{visitor}/cancel/", "ADMIN", headers={"Accept-Language": "es"})
    assert spanish.json()["detail"] == "La visita ya comenzó: no se puede cancelar."


def test_a_neighbours_visit_does_not_exist(stack):
    visitor = register(stack, unit=A102)
    for name in ("approve", "deny", "cancel"):
        assert step(stack, visitor, name, "RESIDENT") == step(stack, 999999, name, "RESIDENT") == (
            404, {"detail": "No Visitor matches the given query."})
    code = issue(stack, visitor)["id"]
    for path in (f"/api/codes/{code}/revoke/", "/api/codes/999999/revoke/"):
        answer = stack.call("POST", path, "RESIDENT")
        assert (answer.status_code, answer.json()) == (404, {"detail": "No TemporaryCode matches the given query."})


def test_who_sees_a_visitors_code(stack):
    """Administrators and the household; a guard at issue only."""
    visitor = register(stack, "RESIDENT")
    code = issue(stack, visitor, "GUARD")
    assert list(code) == CODE_KEYS and len(code["code"]) == 26
    path = f"/api/codes/{code['id']}/"
    shown = {role: stack.call("GET", path, role).json()["code"] for role in ("ADMIN", "RESIDENT", "GUARD")}
    assert shown == {"ADMIN": code["code"], "RESIDENT": code["code"], "GUARD": "••" + code["code"][-2:]}
    for role in shown:
        rows = stack.call("GET", f"/api/codes/?visitor={visitor}", role).json()["results"]
        assert [(row["id"], row["code"]) for row in rows] == [(code["id"], shown[role])]
        assert list(rows[0]) == CODE_KEYS
    assert stack.call("GET", "/api/codes/?search=" + code["code"], "ADMIN").json()["count"] == 0
    elsewhere = issue(stack, register(stack, unit=A102))
    assert stack.call("GET", f"/api/codes/{elsewhere['id']}/", "RESIDENT").status_code == 404
    one_time = issue(stack, visitor, "RESIDENT", code_type="OTP")
    assert len(one_time["secret_key"]) == 32
    assert stack.call("GET", f"/api/codes/{one_time['id']}/", "RESIDENT").json()["secret_key"] == ""


def test_a_revoked_code_opens_nothing_and_leaves_the_filter(stack, guard):
    visitor = register(stack, "RESIDENT")
    code, other = issue(stack, visitor), issue(stack, visitor)
    path = f"/api/codes/{code['id']}/revoke/"
    assert stack.call("POST", path, "GUARD").status_code == 403
    for _ in range(2):
        answer = stack.call("POST", path, "RESIDENT")
        assert (answer.status_code, answer.json()["is_active"], answer.json()["is_valid"]) == (200, False, False)
    assert guard.scan(code["code"]).json()["reasons"] == ["revoked"]
    active = lambda value: [row["id"] for row in stack.call(
        "GET", f"/api/codes/?visitor={visitor}&is_active={value}", "ADMIN").json()["results"]]
    assert active("true") == [other["id"]]
    assert active("false") == [other["id"], code["id"]]


def test_hours_and_gates_of_a_pass_are_shown_when_it_has_any(stack):
    name = uuid.uuid4().hex[:8]
    schedule = stack.call("POST", "/api/access/schedules/", "ADMIN", json={"name": name}).json()["id"]
    code = issue(stack, register(stack), schedule=schedule, access_points=[2, 1])
    row = stack.call("GET", f"/api/codes/{code['id']}/", "ADMIN").json()
    assert (row["schedule"], row["access_points"]) == (schedule, [1, 2])
    assert stack.call("DELETE", f"/api/access/schedules/{schedule}/", "ADMIN").status_code == 409


def test_staff_are_told_who_is_on_the_block_list_and_residents_are_not(stack):
    entry = {"kind": "plate", "value": "MAL-66-A", "reason": "x"}
    assert stack.call("POST", "/api/access/blocklist/", "ADMIN", json=entry).status_code == 201
    try:
        visit = {"first_name": "Eva", "last_name": "Mal", "unit": A101, "expected_date": day(), "vehicle_plate": "mal66a"}
        for role, told in (("ADMIN", ["blocklisted"]), ("GUARD", ["blocklisted"]), ("RESIDENT", None)):
            made = stack.call("POST", "/api/visitors/", role, json=visit).json()
            assert made.get("warnings") == told, role
            assert stack.call("GET", f"/api/visitors/{made['id']}/", role).json().get("warnings") == told
            assert issue(stack, made["id"], role).get("warnings") == told
        assert "warnings" not in stack.call("POST", "/api/visitors/", "GUARD", json=visit | {"vehicle_plate": "MAL-66-B"}).json()
        assert "warnings" not in stack.call("OPTIONS", "/api/visitors/", "ADMIN").text, "clients of the legacy API know none"
    finally:
        stack.psql("delete from garita.blocklist")


def test_a_visit_is_expected_today_or_later(stack, guard):
    visit = {"first_name": "Eva", "last_name": "Ríos", "unit": A101}
    for role in ("ADMIN", "GUARD", "RESIDENT"):
        refused = stack.call("POST", "/api/visitors/", role, json=visit | {"expected_date": day(-1), "visitor_type": "X"})
        assert refused.status_code == 400 and set(refused.json()) == {"expected_date", "visitor_type"}
        assert refused.json()["expected_date"] == ["This day is over. Choose today or a later day."]
    number = register(stack)
    stack.psql(f"update garita.visitors set expected_date = '{day(-5)}' where id = {number}")
    edit = lambda **fields: stack.call("PATCH", f"/api/visitors/{number}/", "ADMIN", json=fields).status_code
    assert edit(expected_date=day(-4)) == 400
    assert edit(expected_date=day(-5), notes="x") == 200, "who edits something else keeps the day"
    assert edit(expected_date=day(1)) == 200
