"""The main job, as the guard of the sample community does it, with the answers a client of the legacy API expects."""

import json
import re
import shlex
import subprocess

import pytest

from stack import CLONE, day

MAIN_GATE, GATE_OF_TOWER_A, GATE_OF_TOWER_B = 1, 2, 4

VISITOR_KEYS = [
    "id", "first_name", "last_name", "full_name", "document_id", "phone", "email", "photo", "visitor_type", "status",
    "unit", "unit_display", "resident", "purpose", "expected_date", "expected_time", "vehicle_plate", "company",
    "authorized_by", "check_in_time", "check_out_time", "notes", "is_currently_inside", "companions", "party", "created_at",
    "updated_at"]
CODE_KEYS = [
    "id", "visitor", "visitor_name", "code", "code_type", "qr_code_image", "secret_key", "valid_from", "valid_until",
    "max_uses", "times_used", "is_active", "generated_by", "last_used_at", "is_valid", "is_expired", "created_at",
    "updated_at"]


@pytest.fixture
def guard(stack):
    return Guard(stack)


class Guard:
    """The guard's part of the API, in the words of a guard."""

    def __init__(self, stack):
        self.stack = stack

    def call(self, method, path, **arguments):
        return self.stack.call(method, path, "GUARD", **arguments)

    def register(self, **fields):
        body = {"first_name": "Juan", "last_name": "Pérez", "unit": 1, "expected_date": day()} | fields
        answer = self.call("POST", "/api/visitors/", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def issue(self, visitor, kind="QR", **fields):
        body = {"visitor_id": visitor["id"], "code_type": kind} | fields
        answer = self.call("POST", "/api/visitors/generate_code/", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def scan(self, code, gate=MAIN_GATE, direction="ENTRY", **arguments):
        body = {"code": code, "access_point_id": gate, "access_type": direction}
        return self.call("POST", "/api/access/codes/validate/", json=body, **arguments)

    def visitor(self, visitor):
        return self.call("GET", f"/api/visitors/{visitor['id']}/").json()

    def last_log(self):
        newest = self.call("GET", "/api/logs/?page_size=1").json()["results"][0]
        return self.call("GET", f"/api/logs/{newest['id']}/").json()


def test_a_visit_from_registration_to_the_log(guard):
    visitor = guard.register()
    assert list(visitor) == VISITOR_KEYS
    assert (visitor["status"], visitor["unit_display"], visitor["authorized_by"]) == ("PENDING", "A-101", None)

    code = guard.issue(visitor)
    assert list(code) == CODE_KEYS
    assert len(code["code"]) == 26 and not set(code["code"]) & set("01OIL")
    assert guard.visitor(visitor)["status"] == "APPROVED"

    granted = guard.scan(code["code"])
    assert granted.status_code == 200
    assert granted.json() | {"log_id": 0} == {
        "valid": True, "person_type": "visitor", "person_name": "Juan Pérez", "unit": "A-101", "code_id": code["id"],
        "log_id": 0, "warnings": [], "uses_left": 0}
    assert guard.visitor(visitor)["status"] == "CHECKED_IN"
    row = guard.last_log()
    assert (row["id"], row["status"], row["access_method"], row["visitor"]) == (
        granted.json()["log_id"], "SUCCESS", "QR_CODE", visitor["id"])

    left = guard.scan(code["code"], direction="EXIT")
    assert (left.status_code, left.json()["warnings"]) == (200, ["no_uses_left"])
    assert guard.visitor(visitor)["status"] == "CHECKED_OUT"

    refused = guard.scan(code["code"])
    assert refused.status_code == 400
    assert refused.json() == {
        "valid": False, "error": "Code is not active or has been used", "reason": "no_uses_left",
        "reasons": ["no_uses_left"], "message": "no entries left"}
    assert guard.last_log()["status"] == "DENIED"

    mine = guard.call("GET", f"/api/logs/?visitor={visitor['id']}&ordering=timestamp").json()
    assert [(row["access_type"], row["status"]) for row in mine["results"]] == [
        ("ENTRY", "SUCCESS"), ("EXIT", "SUCCESS"), ("ENTRY", "DENIED")]


@pytest.mark.parametrize("path", ["qr.png", "qr.svg"])
def test_the_picture_reads_back_as_the_code_and_nothing_else(guard, tmp_path, path):
    code = guard.issue(guard.register())
    answer = guard.call("GET", f"/api/codes/{code['id']}/{path}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    picture = tmp_path / path
    picture.write_bytes(answer.content)
    if path == "qr.png":
        assert answer.headers["Content-Type"] == "image/png"
        read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True)
        assert read.stdout.strip() == code["code"]
    else:
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.text.startswith("<svg") or answer.text.startswith("<?xml")
    assert "Juan" not in answer.text


def test_the_picture_is_nobody_elses(stack, guard):
    """The issuing guard sees it, and an administrator; a resident of another home and a stranger do not."""
    code = guard.issue(guard.register(unit=4))
    path = f"/api/codes/{code['id']}/qr.png"
    assert stack.call("GET", path, "ADMIN").status_code == 200
    assert stack.call("GET", path, "RESIDENT").status_code == 404
    assert stack.call("GET", path).status_code == 401


def test_no_picture_has_a_name_to_guess(stack, guard):
    """The legacy API wrote `visitor_<id>_<id>.png` into a folder that everybody could read."""
    visitor = guard.register()
    code = guard.issue(visitor)
    for folder in ("media", "media/qr_codes", "qr_codes", "static", "static/qr_codes", "api/.photos"):
        answer = stack.call("GET", f"/{folder}/visitor_{visitor['id']}_{code['id']}.png")
        assert answer.status_code == 404, folder


@pytest.mark.parametrize("kind, length, letters", [
    ("NUMERIC", {6, 7, 8}, set("0123456789")), ("ALPHANUMERIC", {8}, None)])
def test_typed_codes_work_in_any_case_and_with_blanks(guard, kind, length, letters):
    code = guard.issue(guard.register(), kind)
    assert len(code["code"]) in length and code["qr_code_image"] is None
    assert letters is None or set(code["code"]) <= letters
    assert guard.scan(f"  {code['code'].lower()} ").json()["valid"]


def test_what_a_scanner_reads_is_understood(guard):
    code = guard.issue(guard.register(), max_uses=3)["code"]
    for text in (f"VISITOR:{code}|Juan Pérez " + "x" * 90, f"https://garita.example/g/{code}", code):
        assert guard.scan(text).status_code == 200, text


def test_an_unknown_code_is_refused_and_logged_without_the_code(stack, guard):
    answer = guard.scan("NOSUCHCODE")
    assert answer.status_code == 404
    assert answer.json() == {
        "valid": False, "error": "Invalid code", "reason": "unknown_code", "reasons": ["unknown_code"],
        "message": "code not recognized"}
    row = guard.last_log()
    assert (row["person_name"], row["access_method"], row["status"], row["denial_reason"]) == (
        "Unknown", "OTHER", "DENIED", "Invalid code")
    assert row["code_used"] == "••DE"
    assert stack.psql("select count(*) from garita.access_logs where access_logs::text like '%NOSUCHCODE%'") == ["0"]


def test_an_expired_code_is_refused_but_lets_its_visitor_out(stack, guard):
    visitor = guard.register()
    code = guard.issue(visitor, max_uses=2)
    assert guard.scan(code["code"]).status_code == 200
    stack.psql(f"""update garita.temporary_codes set valid_from = valid_from - interval '2 days',
        valid_until = valid_until - interval '2 days' where id = {code['id']}""")
    refused = guard.scan(code["code"])
    assert (refused.status_code, refused.json()["error"]) == (400, "Code has expired")
    assert guard.last_log()["reasons"] == ["expired"]
    left = guard.scan(code["code"], direction="EXIT")
    assert (left.status_code, left.json()["warnings"]) == (200, ["expired"])


def test_a_refused_visit_gets_no_code(stack, guard):
    visitor = guard.register()
    assert stack.call("PATCH", f"/api/visitors/{visitor['id']}/", "ADMIN", json={"status": "DENIED"}).status_code == 200
    answer = guard.call(
        "POST", "/api/visitors/generate_code/", json={"visitor_id": visitor["id"], "code_type": "QR"})
    assert answer.status_code == 409


def test_a_gate_of_a_building_opens_for_its_people_only(guard):
    code = guard.issue(guard.register(unit=1))["code"]
    refused = guard.scan(code, GATE_OF_TOWER_B)
    assert (refused.status_code, refused.json()["reason"]) == (403, "wrong_gate")
    assert refused.json()["error"] == "Access point not authorized"
    assert guard.scan(code, GATE_OF_TOWER_A).status_code == 200


def test_every_reason_is_told_in_the_order_of_the_rules(guard):
    """A card at a gate that reads none, of another tower, in the wrong direction."""
    answer = guard.scan("RFID123456", GATE_OF_TOWER_B, "EXIT", headers={"Accept-Language": "es"})
    assert answer.json()["reasons"] == ["wrong_direction", "method_not_supported"]
    assert answer.json()["message"] == "sentido incorrecto"
    answer = guard.scan("RFID123456", GATE_OF_TOWER_B)
    assert answer.json()["reasons"] == ["method_not_supported", "wrong_gate"]


def test_an_unknown_gate_is_a_404_and_leaves_a_trace(guard):
    answer = guard.scan("RFID123456", 9999)
    assert (answer.status_code, answer.json()["error"]) == (404, "Invalid access point")
    assert guard.last_log()["reasons"] == ["unknown_access_point"]


def test_a_card_opens_for_its_resident(guard):
    answer = guard.scan("rfid123456").json()
    assert (answer["valid"], answer["person_type"], answer["person_name"], answer["unit"]) == (
        True, "resident", "Carlos González", "A-101")
    assert "uses_left" not in answer


def test_a_resident_may_not_ask_a_gate(stack, guard):
    before = guard.call("GET", "/api/logs/?page_size=1").json()["count"]
    answer = stack.call(
        "POST", "/api/access/codes/validate/", "RESIDENT", json={"code": "RFID123456", "access_point_id": MAIN_GATE})
    assert answer.status_code == 403
    assert answer.json() == {"detail": "You do not have permission to perform this action."}
    assert guard.call("GET", "/api/logs/?page_size=1").json()["count"] == before


@pytest.mark.parametrize("body, fields", [
    ({}, {"code": "required", "access_point_id": "required"}),
    ({"code": " ", "access_point_id": "x"}, {"code": "blank", "access_point_id": "integer"}),
    ({"code": "A" * 101, "access_point_id": 1}, {"code": "no more than 100"}),
    ({"code": True, "access_point_id": 1, "access_type": "IN"}, {"code": "valid string", "access_type": "choice"}),
    ({"code": "a\0b", "access_point_id": 1}, {"code": "Null characters"}),
    ({"code": "AB12", "access_point_id": 1.5}, {"access_point_id": "integer"}),
])
def test_bad_input_names_every_field(guard, body, fields):
    answer = guard.call("POST", "/api/access/codes/validate/", json=body)
    assert answer.status_code == 400
    said = answer.json()
    assert set(said) == set(fields)
    for name, words in fields.items():
        assert words in str(said[name])


def test_form_bodies_work_too(guard):
    answer = guard.call(
        "POST", "/api/access/codes/validate/", data={"code": "RFID123456", "access_point_id": "1"})
    assert answer.status_code == 200


def test_no_code_password_or_token_stands_in_a_log(stack, guard):
    code = guard.issue(guard.register())["code"]
    guard.scan(code)
    demo = stack.demo()
    secrets = [code, demo["GARITA_GUARD_PASSWORD"], stack.token("GUARD").split(".")[2], "Pérez"]
    for path in sorted(stack.var.resolve().glob("log/**/*")):
        if path.is_file():
            text = path.read_text(errors="replace")
            for secret in secrets:
                assert secret not in text, path.name


def test_the_requests_of_the_page_for_clients_work_as_written(stack, tmp_path):
    """docs/clients.md is pasted into a shell; each answer has the members of the one shown there, in that order."""
    page = (CLONE / "docs/clients.md").read_text()
    section = page.split("## The main job in five requests")[1].split("\n## ")[0]
    script = "\n".join(re.findall(r"^ {4,7}(\S.*|  .*)$", section, re.M))
    assert script.count("curl -s $GARITA_URL") + script.count('curl -s "$GARITA_URL') == 6
    script = script.replace(". var/demo.env", f". {shlex.quote(str(stack.var / 'demo.env'))}")
    done = subprocess.run(["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    answers = done.stdout.splitlines()
    shown = [line for line in re.findall(r"^ {3}`({.*})`$", section, re.M) if "refresh" not in line]
    assert len(answers) == len(shown) == 6
    for answer, sample in zip(answers, shown):
        members = iter(re.findall(r'"(\w+)":', answer))
        assert [name for name in re.findall(r'"(\w+)":', sample) if name not in members] == []
    granted, left, refused = [json.loads(answer) for answer in answers[2:5]]
    assert (granted["valid"], left["valid"], refused["reason"]) == (True, True, "no_uses_left")
    assert json.loads(answers[5])["results"][0]["status"] == "DENIED"
    read = subprocess.run(["zbarimg", "-q", "--raw", str(tmp_path / "pass.png")], capture_output=True, text=True)
    assert read.stdout.strip() == json.loads(answers[1])["code"]
