"""What the gate decides beyond the main job: one-time passwords, request ids, block list, schedules.

The rules themselves are tested row by row in sql/tests/access_control; here they travel through the whole stack.
"""

import base64
import hashlib
import hmac
import json
import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from devices import PATH, gate, guard  # noqa: F401 (fixtures)
from stack import day
from test_commands import garita
from test_main_job import MAIN_GATE, VISITOR_KEYS


def test_the_same_request_id_has_one_answer_and_one_use(stack, guard):
    code = guard.issue(guard.register())["code"]
    before = guard.call("GET", "/api/logs/?page_size=1").json()["count"]
    name = str(uuid.uuid4())
    answers = [guard.scan(code, headers={"Idempotency-Key": name}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, "true", "true"]
    assert guard.call("GET", "/api/logs/?page_size=1").json()["count"] == before + 1
    other = guard.scan("RFID123456", headers={"Idempotency-Key": name})
    assert other.status_code == 409
    assert guard.scan(code, headers={"Idempotency-Key": str(uuid.uuid4())}).json()["reason"] == "no_uses_left"
    in_body = guard.call("POST", PATH, json={"code": code, "access_point_id": MAIN_GATE, "request_id": name})
    assert in_body.text == answers[0].text
    assert guard.scan(code, headers={"Idempotency-Key": "x" * 65}).status_code == 400


def test_a_request_sent_many_times_at_once_is_one_request(stack, guard):
    code = guard.issue(guard.register(), max_uses=3)
    stack.token("GUARD")
    name = str(uuid.uuid4())
    with ThreadPoolExecutor(12) as senders:
        answers = list(senders.map(lambda _: guard.scan(code["code"], headers={"Idempotency-Key": name}), range(12)))
    while any(answer.status_code == 503 for answer in answers):  # waited longer than the lock's patience
        answers = [a if a.status_code != 503 else guard.scan(code["code"], headers={"Idempotency-Key": name}) for a in answers]
    assert len({answer.text for answer in answers}) == 1 and answers[0].status_code == 200
    assert stack.psql(f"select times_used from garita.credentials where code_kind = 'temporary' and code_id = {code['id']}") == ["1"]


@pytest.mark.parametrize("text", ["VISITOR:", "visitor: |Juan", "https://garita.example/g/", "/g/?lang=es", " VISITOR:|"])
def test_a_prefix_or_a_link_without_a_code_is_blank(stack, guard, text):
    blank = {"code": ["This field may not be blank."]}
    for path in (PATH, "/api/visitors/validate_code/"):
        answer = guard.call("POST", path, json={"code": text, "access_point_id": MAIN_GATE})
        assert (answer.status_code, answer.json()) == (400, blank)
    card = stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": 1, "code": text})
    assert (card.status_code, card.json()) == (400, blank)


def test_a_new_pin_has_six_digits_and_an_old_one_keeps_working(stack, guard, gate):
    make = lambda code, kind="PIN": stack.call(
        "POST", "/api/access/codes/", "ADMIN", json={"resident": 1, "code": code, "code_type": kind})
    for code in ("5937", "1-2-3-4", "12-34-5", "....71", "ab-cd-e"):
        short = make(code)
        assert (short.status_code, short.json()) == (400, {"code": ["A PIN must have at least 6 digits."]}), code
    assert make("593718").status_code == 201
    card = make("8264", "OTHER").json()
    path = f"/api/access/codes/{card['id']}/"
    assert stack.call("PATCH", path, "ADMIN", json={"code_type": "PIN"}).status_code == 400
    # As an import brought it.
    stack.psql(f"update garita.access_codes set code_type = 'PIN' where id = {card['id']}")
    assert stack.call("PATCH", path, "ADMIN", json={"notes": "de antes"}).status_code == 200
    assert guard.scan("8264", gate["id"]).status_code == 200
    assert f"the PIN {card['id']} of site MAIN has 4 digits" in garita(stack, "check").stdout


def otp(seed, moment):
    digest = hmac.new(base64.b32decode(seed), (int(moment) // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def test_a_one_time_password_is_really_that(stack, guard, gate):
    issued = guard.issue(guard.register(), "OTP", max_uses=5)
    handle, seed = issued["code"], issued["secret_key"]
    assert re.fullmatch("[A-Z2-9]{6}", handle) and len(base64.b32decode(seed)) == 20
    while time.time() % 30 > 25:
        time.sleep(0.5)
    now = time.time()
    assert guard.scan(handle, gate["id"]).json()["reason"] == "unknown_code"
    assert guard.scan(f"{handle}{otp(seed, now - 300)}", gate["id"]).json()["reason"] == "unknown_code"
    assert guard.scan(f"{handle.lower()}-{otp(seed, now)}", gate["id"]).status_code == 200
    assert guard.scan(f"{handle}{otp(seed, now)}", gate["id"]).status_code == 404, "each step once"
    assert guard.scan(f"{handle}{otp(seed, now + 30)}", gate["id"]).status_code == 200, "one step ahead is the clock's due"
    assert guard.scan(f"{handle}{otp(seed, now)}", gate["id"]).status_code == 404, "an older step is over"
    used = stack.psql(f"select times_used from garita.credentials where code_kind = 'temporary' and code_id = {issued['id']}")
    assert used == ["2"]
    assert seed not in stack.psql("select string_agg(t::text, '') from garita.temporary_codes t")[0]


def test_a_blocked_person_is_refused_and_a_likeness_only_shown(stack, guard):
    stack.psql("""insert into garita.blocklist (site_id, kind, value, reason)
        select id, 'name', 'Ramón Núñez', 'agresión' from garita.sites where code = 'MAIN'""")
    blocked = guard.issue(guard.register(first_name="RAMÓN", last_name="Núñez"))["code"]
    alike = guard.issue(guard.register(first_name="Ramon", last_name="Nunes"))["code"]
    refused = guard.scan(blocked)
    assert (refused.status_code, refused.json()["reason"]) == (400, "blocklisted")
    shown = guard.scan(alike)
    assert shown.status_code == 200 and "Ramón Núñez" in json.dumps(shown.json()["attention"], ensure_ascii=False)
    assert "attention" not in guard.scan("RFID123456").json()
    stack.psql("delete from garita.blocklist")


def test_the_original_address_for_visitors_is_the_same_decision(stack, guard, gate):
    code = guard.issue(guard.register(), max_uses=2)
    ask = lambda **body: guard.call("POST", "/api/visitors/validate_code/", json=body)
    before = guard.call("GET", "/api/logs/?page_size=1").json()["count"]
    answer = ask(code=code["code"]).json()
    assert list(answer) == ["valid", "visitor", "code", "code_id", "log_id", "warnings", "attention", "uses_left"]
    assert (answer["code_id"], answer["warnings"], answer["attention"], answer["uses_left"]) == (code["id"], [], [], 1)
    assert [key for key in answer["visitor"] if key != "resident_name"] == VISITOR_KEYS
    assert (answer["visitor"]["status"], answer["code"]["times_used"]) == ("CHECKED_IN", 1)
    assert ask(code=code["code"], access_point_id=gate["id"]).status_code == 200
    used_up = ask(code=code["code"])
    assert (used_up.status_code, used_up.json()["error"]) == (400, "Code is not active or has been used")
    assert ask(code="NOSUCHCODE").status_code == 404
    assert ask(code="NOSUCHCODE", access_point_id=9999).status_code == 404
    assert guard.call("GET", "/api/logs/?page_size=1").json()["count"] == before + 5
    assert stack.call("POST", "/api/visitors/validate_code/", "RESIDENT", json={"code": "X"}).status_code == 403


@pytest.mark.parametrize("in_body", [False, True])
def test_a_repeated_question_about_a_visitor_gets_the_stored_answer(stack, guard, in_body):
    visitor = guard.register()
    code = guard.issue(visitor, max_uses=2)
    name = str(uuid.uuid4())
    def ask(text=code["code"], **more):
        body, headers = {"code": text, "access_point_id": MAIN_GATE} | more, {}
        (body if in_body else headers).update({"request_id" if in_body else "Idempotency-Key": name})
        return guard.call("POST", "/api/visitors/validate_code/", json=body, headers=headers)
    first = ask()
    assert (first.status_code, first.json()["visitor"]["status"], first.json()["uses_left"]) == (200, "CHECKED_IN", 1)
    guard.scan(code["code"], direction="EXIT")
    guard.call("PATCH", f"/api/visitors/{visitor['id']}/", json={"notes": "cambió"})
    again = ask()
    assert again.text == first.text and again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert stack.psql(f"select times_used from garita.credentials where code_kind = 'temporary' and code_id = {code['id']}") == ["1"]
    assert ask(access_type="EXIT").status_code == 409
    name = str(uuid.uuid4())
    refused = ask("A" * 26)
    assert refused.status_code == 404 and ask("A" * 26).text == refused.text


def test_a_likeness_is_shown_on_every_route(stack, guard):
    stack.psql("""insert into garita.blocklist (site_id, kind, value, reason)
        select id, 'name', 'Iván Solís', 'robo' from garita.sites where code = 'MAIN'""")
    alike = guard.issue(guard.register(first_name="Ivan", last_name="Solis"), max_uses=2)["code"]
    shown = guard.call("POST", "/api/visitors/validate_code/", json={"code": alike}).json()
    assert shown["valid"] and shown["attention"] == guard.scan(alike).json()["attention"] != []
    stack.psql("delete from garita.blocklist")


def test_a_code_can_be_limited_to_gates(stack, guard, gate):
    answer = guard.call("POST", "/api/visitors/generate_code/", json={
        "visitor_id": guard.register()["id"], "code_type": "QR", "access_points": [gate["id"]]})
    assert answer.status_code == 201, answer.text
    refused = guard.scan(answer.json()["code"])
    assert (refused.status_code, refused.json()["reason"]) == (403, "wrong_gate")
    assert guard.scan(answer.json()["code"], gate["id"]).status_code == 200


def test_an_administrator_keeps_schedules_holidays_and_the_block_list(stack, guard):
    admin = lambda method, path, **body: stack.call(method, f"/api/access/{path}", "ADMIN", json=body or None)
    made = admin("POST", "schedules/", name="Limpieza", weekdays=31, starts_at="08:00", ends_at="14:00")
    assert made.status_code == 201, made.text
    schedule = made.json()
    assert (schedule["starts_at"], schedule["last_day"], schedule["on_holidays"]) == ("08:00:00", None, False)
    assert admin("PATCH", f"schedules/{schedule['id']}/", starts_at=None).json() == {
        "starts_at": ["This field may not be null."]}
    assert admin("POST", "holidays/", day=day(200), name="Navidad").status_code == 201
    assert admin("POST", "holidays/", day=day(200), name="Otra").json() == {
        "day": ["Holiday with this day already exists."]}
    blocked = admin("POST", "blocklist/", kind="document", value="DOC-777", reason="robo")
    assert blocked.status_code == 201, blocked.text
    entry = blocked.json()
    assert (entry["value"], entry["display"], entry["author"]) == ("", "", 1)
    assert admin("POST", "blocklist/", kind="document", value="doc 777").json() == {
        "value": ["Blocked Entry with this value already exists."]}
    kept = admin("PATCH", f"blocklist/{entry['id']}/", kind="name", reason="robo, 2026")
    assert (kept.status_code, kept.json()["kind"], kept.json()["reason"]) == (200, "document", "robo, 2026")
    code = guard.issue(guard.register(document_id="DOC-777"))["code"]
    assert guard.scan(code).json()["reason"] == "blocklisted"
    for path in ("schedules/", "holidays/", "blocklist/"):
        assert guard.call("GET", f"/api/access/{path}").status_code == 200
        assert stack.call("GET", f"/api/access/{path}", "RESIDENT").status_code == 403
        assert guard.call("POST", f"/api/access/{path}", json={}).status_code in (403, 405)
    assert admin("DELETE", f"blocklist/{entry['id']}/").status_code == 204


def test_a_code_for_other_hours_is_refused_with_the_reason(stack, guard):
    """A schedule whose only day is long past: whatever the hour of this test, it is not now."""
    made = stack.call("POST", "/api/access/schedules/", "ADMIN", json={
        "name": uuid.uuid4().hex, "first_day": "2020-01-01", "last_day": "2020-01-01"}).json()
    code = guard.issue(guard.register(), schedule=made["id"], max_uses=2)["code"]
    refused = guard.scan(code, headers={"Accept-Language": "es"})
    assert (refused.json()["reasons"], refused.json()["message"]) == (["outside_schedule"], "fuera de horario")
    stack.call("PATCH", f"/api/access/schedules/{made['id']}/", "ADMIN", json={"last_day": day(400), "on_holidays": True})
    assert guard.scan(code).status_code == 200
    wrong = guard.call("POST", "/api/visitors/generate_code/", json={
        "visitor_id": guard.register()["id"], "code_type": "QR", "schedule": 999999})
    assert wrong.status_code == 400
