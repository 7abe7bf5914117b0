"""Who stands behind a visit: by whose word it is approved, and what its passes do not outlive."""

import threading
import time

import pytest

from test_main_job import Guard
from test_visits import A101, A102, CARLOS, LAURA, MARIA, issue, register, step


@pytest.fixture
def home(stack):
    """A-101 with its people as they are in the sample data; left so, too."""
    calm = f"""set session_replication_role = replica;
        update garita.residents set is_authorized = true, move_out_date = null, unit_id = 1 where id in ({CARLOS}, {LAURA});
        update garita.temporary_codes set is_active = false, revoked_at = now() where is_active"""
    stack.psql(calm)
    yield stack
    stack.psql(calm)


def change(stack, path, role="ADMIN", **fields):
    answer = stack.call("PATCH", path, role, json=fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_residents_registration_names_its_host(home):
    visit = home.call("POST", "/api/visitors/", "RESIDENT", json={
        "first_name": "Eva", "last_name": "Ríos", "unit": A101, "expected_date": "2026-11-23"}).json()
    assert (visit["resident"], visit["status"], visit["authorized_by"]) == (CARLOS, "APPROVED", 3)
    housemate = register(home, "RESIDENT", resident=LAURA)
    assert home.call("GET", f"/api/visitors/{housemate}/", "RESIDENT").json()["resident"] == LAURA


@pytest.mark.parametrize("kind", ["NUMERIC", "ALPHANUMERIC", "QR"])
@pytest.mark.parametrize("event, reasons", [
    ({"is_authorized": False}, ["person_not_authorized"]),
    ({"move_out_date": "2026-01-31"}, ["revoked", "moved_out"]),
    ({"unit": A102}, ["revoked", "moved_out"])])
def test_a_pass_ends_with_its_issuer_though_the_host_was_taken_away(home, kind, event, reasons):
    visitor = register(home, "RESIDENT")
    code = issue(home, visitor, "RESIDENT", code_type=kind)
    change(home, f"/api/visitors/{visitor}/", "RESIDENT", resident=None)
    change(home, f"/api/residents/{CARLOS}/", **event)
    guard = Guard(home)
    refused = guard.scan(code["code"])
    assert (refused.json()["valid"], refused.json()["reasons"]) == (False, reasons)
    leaves = guard.scan(code["code"], direction="EXIT").json()
    assert (leaves["valid"], leaves["warnings"]) == (True, reasons)
    assert home.psql(f"select times_used from garita.temporary_codes where id = {code['id']}") == ["0"]


def test_who_is_not_authorised_registers_what_waits_and_approves_nothing(home):
    before = register(home, "RESIDENT")
    change(home, f"/api/residents/{CARLOS}/", is_authorized=False)
    visitor = register(home, "RESIDENT", status="APPROVED")
    row = home.call("GET", f"/api/visitors/{visitor}/", "RESIDENT").json()
    assert (row["status"], row["resident"], row["authorized_by"]) == ("PENDING", CARLOS, None)
    assert step(home, visitor, "approve", "RESIDENT")[0] == 403
    assert home.call("PATCH", f"/api/visitors/{visitor}/", "RESIDENT", json={"status": "APPROVED"}).status_code == 403
    guard = Guard(home)
    for visit, reasons in ((before, ["person_not_authorized"]), (visitor, ["person_not_authorized", "approval_pending"])):
        assert guard.scan(issue(home, visit, "RESIDENT")["code"]).json()["reasons"] == reasons
    for role in ("GUARD", "ADMIN"):
        no_host = home.call("POST", "/api/visitors/generate_code/", role, json={"visitor_id": visitor, "code_type": "QR"})
        assert (no_host.status_code, no_host.json()) == (
            400, {"resident": ["This resident is not authorised to receive visitors."]})
    assert home.call("GET", f"/api/visitors/{visitor}/", "GUARD").json()["status"] == "PENDING"


@pytest.mark.parametrize("role", ["GUARD", "ADMIN"])
def test_nobody_records_the_word_of_who_cannot_give_it(home, role):
    """The same answer whichever way the approval comes."""
    change(home, f"/api/residents/{LAURA}/", is_authorized=False)
    body = {"first_name": "Eva", "last_name": "Ríos", "unit": A101, "expected_date": "2026-11-23", "status": "APPROVED"}
    waiting = f"/api/visitors/{register(home)}/"
    for host, said in ((MARIA, "Nobody of that number lives in the unit visited."),
                       (LAURA, "This resident is not authorised to receive visitors.")):
        named = body | {"resident": host}
        answers = [
            home.call("POST", "/api/visitors/", role, json=named), home.call("PUT", waiting, role, json=named),
            home.call("PATCH", waiting, role, json={"status": "APPROVED", "resident": host}),
            home.call("POST", waiting + "approve/", role, json={"resident": host})]
        assert [(answer.status_code, answer.json()) for answer in answers] == [(400, {"resident": [said]})] * 4
    assert home.call("GET", waiting, role).json()["status"] == "PENDING"


def test_a_visit_that_changes_its_home_waits_again_unless_its_changer_may_approve(home):
    path = f"/api/visitors/{register(home, 'RESIDENT')}/"
    moved = change(home, path, "GUARD", unit=A102)
    assert (moved["status"], moved["authorized_by"]) == ("PENDING", None)
    moved = change(home, path, "GUARD", status="APPROVED", resident=MARIA)
    assert (moved["status"], moved["authorized_by"]) == ("APPROVED", 2)
    assert change(home, path, "GUARD", resident=None)["status"] == "PENDING", "by nobody's word"
    path = f"/api/visitors/{register(home, 'RESIDENT')}/"
    moved = change(home, path, "ADMIN", unit=A102)
    assert (moved["status"], moved["resident"], moved["authorized_by"]) == ("APPROVED", None, 1)


@pytest.mark.parametrize("path, body", [
    (f"/api/residents/{CARLOS}/", {"is_authorized": False}), ("/api/visitors/{visitor}/", {"status": "DENIED"}),
    ("/api/access/points/1/", {"supports_qr": False}), ("/api/codes/{code}/revoke/", None)])
def test_no_request_that_begins_after_a_change_is_granted(home, path, body):
    """A gate is asked all the time while what a pass rests on is taken away."""
    visitor = register(home, "RESIDENT")
    code = issue(home, visitor, "RESIDENT", max_uses=500)
    path = path.format(visitor=visitor, code=code["id"])
    guard, asked, stop = Guard(home), [], threading.Event()
    home.token("GUARD")

    def ask():
        while not stop.wait(0.05):
            begun = time.monotonic()
            answer = guard.scan(code["code"])
            # nginx's own limit decides nothing.
            if answer.status_code != 429:
                asked.append((begun, answer.json()["valid"]))

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    try:
        time.sleep(0.4)
        changed = home.call("PATCH" if body else "POST", path, "ADMIN", json=body)
        committed = time.monotonic()
        assert changed.status_code == 200, changed.text
        while sum(begun > committed for begun, _ in asked) < 5:
            time.sleep(0.05)
    finally:
        stop.set()
        for asker in askers:
            asker.join()
        if "points" in path:
            change(home, path, supports_qr=True)
    assert any(valid for begun, valid in asked if begun < committed)
    assert not any(valid for begun, valid in asked if begun > committed)
    granted = str(sum(valid for _, valid in asked))
    assert home.psql(f"select times_used from garita.temporary_codes where id = {code['id']}") == [granted]
