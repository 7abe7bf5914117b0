"""What the gate decides beyond the main job: devices, one-time passwords, request ids, guessing, block list, schedules.

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
import requests

from stack import day
from test_commands import garita
from test_main_job import MAIN_GATE, VISITOR_KEYS, Guard

PATH = "/api/access/codes/validate/"


@pytest.fixture
def guard(stack):
    return Guard(stack)


@pytest.fixture(autouse=True)
def forgiven(stack):
    """What one test guesses wrong is not counted for the account in the next."""
    yield
    stack.psql("delete from garita.guess_counts")


@pytest.fixture
def gate(stack):
    """A gate of its own, so that what is tried there closes no other."""
    name = f"Puerta {uuid.uuid4().hex[:8]}"
    made = stack.call("POST", "/api/access/points/", "ADMIN", json={
        "name": name, "code": name[-8:], "location": "Prueba", "supports_rfid": True})
    assert made.status_code == 201, made.text
    return made.json()


class Device:
    """A gate device as its maker would write it."""

    def __init__(self, stack, printed):
        self.stack = stack
        self.id, self.version, self.key = (line.split("=")[1] for line in printed.splitlines())

    def scan(self, code, gate, direction="ENTRY", request_id=None, age=0, key=None, version=None):
        body = json.dumps({"code": code, "access_point_id": gate, "access_type": direction}).encode()
        return requests.post(self.stack.url + PATH, data=body, timeout=10, headers={
            "Authorization": self.header("POST", PATH, body, request_id, age, key, version),
            "Content-Type": "application/json"})

    def header(self, method, path, body, request_id=None, age=0, key=None, version=None):
        moment, name = int(time.time()) - age, request_id or uuid.uuid4().hex
        text = "\n".join([method, path, hashlib.sha256(body).hexdigest(), str(moment), name])
        code = hmac.new(bytes.fromhex(key or self.key), text.encode(), hashlib.sha256).hexdigest()
        return f"Gate id={self.id}, kv={version or self.version}, ts={moment}, rid={name}, mac={code}"


def enrol(stack, gate, *ways):
    done = garita(stack, "device", "enrol", "--site", "MAIN", "--gate", gate["code"], "--name", f"Lector {gate['code']}", *ways)
    assert done.returncode == 0, done.stderr
    return Device(stack, done.stdout)


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
    assert stack.psql(f"select times_used from garita.temporary_codes where id = {code['id']}") == ["1"]


def test_guessing_closes_the_gate_for_short_codes_and_for_nothing_else(stack, guard, gate):
    short, long = guard.issue(guard.register(), "NUMERIC"), guard.issue(guard.register())
    wrong = [guard.scan(f"9{number:05d}", gate["id"]) for number in range(12)]
    assert [answer.status_code for answer in wrong] == [404] * 10 + [429] * 2
    closed = guard.scan(short["code"], gate["id"])
    assert (closed.status_code, closed.json()["reason"]) == (429, "throttled")
    assert 0 < int(closed.headers["Retry-After"]) <= 60
    assert guard.scan(long["code"], gate["id"]).status_code == 200
    assert guard.scan("RFID123456", gate["id"]).status_code == 200
    assert guard.scan(short["code"], MAIN_GATE).status_code == 200, "another gate is not concerned"
    path = f"/api/access/points/{gate['id']}/acknowledge/"
    assert stack.call("POST", path, "RESIDENT").status_code == 403
    own = guard.call("POST", path, headers={"Accept-Language": "es"})
    assert (own.status_code, own.json()["detail"]) == (
        403, "Entre los códigos erróneos probados aquí hay suyos: otra persona debe volver a admitir códigos cortos.")
    assert stack.call("POST", path, "ADMIN").status_code == 204
    assert guard.scan("999999", gate["id"]).status_code == 404


def test_tags_have_a_bucket_of_their_own_whatever_the_reader_says(stack, guard, gate):
    ask = lambda code, method: guard.call("POST", PATH, json={"code": code, "access_point_id": gate["id"], "method": method})
    methods = ["NUMERIC_CODE", "QR_CODE", "RFID", "MANUAL", "BIOMETRIC"]
    # Codes of other tests whose sealed copy is gone, or which are as long: a text could be one of them, too.
    stack.psql("""update garita.temporary_codes set is_active = false, revoked_at = now()
        where is_active and (code_sealed is null or octet_length(code_sealed) = 38)""")
    stack.psql("""update garita.access_codes set is_active = false
        where is_active and code_type = 'PIN' and (code_sealed is null or octet_length(code_sealed) = 38)""")
    wrong = [ask(f"RFID0000{number:02d}", methods[number % 5]) for number in range(11)]
    assert [answer.status_code for answer in wrong] == [404] * 10 + [429]
    assert {ask("RFID123456", method).status_code for method in methods} == {429}
    assert guard.scan(guard.issue(guard.register(), "NUMERIC")["code"], gate["id"]).status_code == 200
    assert guard.scan(guard.issue(guard.register())["code"], gate["id"]).status_code == 200
    assert guard.scan("RFID123456", gate["id"], "EXIT").status_code == 200, "nobody is kept inside"


def test_an_account_that_guesses_is_out_and_stays_paused_when_it_logs_in_again(stack, gate):
    """Over HTTP, in and out, by number and by tag: thirty at most are looked at, and no try stands in clear anywhere."""
    class Thief(Guard):
        def call(self, method, path, **arguments):
            return self.stack.call(method, path, "GUARD", **arguments)

    thief, seen = Thief(stack), []
    tries = [f"{shape}{7310 * number:06d}" for number in range(1, 16) for shape in ("", "RFID")]
    for code in tries + ["112233", "445566", "778899"]:
        answer = thief.scan(code, gate["id"], "EXIT" if len(seen) % 3 and len(seen) < 30 else "ENTRY")
        if answer.status_code == 401:
            stack.tokens.pop("GUARD")
            answer = thief.scan(code, gate["id"])
        seen.append(answer.status_code)
    assert set(seen[:30]) <= {404, 429} and seen[30:] == [429] * 3, seen
    assert thief.scan(thief.issue(thief.register(), "NUMERIC")["code"], MAIN_GATE).status_code == 429, "at every gate"
    inside = thief.issue(thief.register(), "NUMERIC")
    stack.psql(f"update garita.visitors set status = 'CHECKED_IN' where id = {inside['visitor']}")
    assert thief.scan(inside["code"], MAIN_GATE, "EXIT").status_code == 200, "and out goes who is inside"
    assert thief.scan(thief.issue(thief.register())["code"], gate["id"]).status_code == 200
    kept = stack.psql("""select string_agg(x, ' ') from (select l::text x from garita.access_logs l union all select t::text from
        garita.gate_throttles t union all select c::text from garita.guess_counts c union all select a::text from garita.admissions a
        union all select u::text from garita.audit u) rows""")[0]
    kept += "".join(path.read_text(errors="replace") for path in (stack.var / "log").rglob("*") if path.is_file())
    # Six digits stand by chance in fractions of a second and in numbers of microseconds.
    assert not [code for code in tries if re.search(rf"(?<![\d.:]){code}(?!\d)", kept)]


def test_unknown_and_not_mine_look_alike_and_reasons_are_for_who_stands_at_the_gate(stack, guard, gate):
    device = enrol(stack, gate, "--entry")
    used, elsewhere, expired = (guard.issue(guard.register()) for _ in range(3))
    guard.scan(used["code"])
    stack.psql(f"""update garita.temporary_codes set valid_from = now() - interval '2 days', valid_until = now() - interval '1 day'
        where id = {expired['id']};
        insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id)
        select site_id, id, {MAIN_GATE} from garita.temporary_codes where id = {elsewhere['id']}""")
    codes = {"A" * 26: (404, "unknown_code"), expired["code"]: (400, "expired"), used["code"]: (400, "no_uses_left"),
             elsewhere["code"]: (403, "wrong_gate")}
    for code, expected in codes.items():
        for answer in (device.scan(code, gate["id"]), guard.scan(code, gate["id"])):
            assert (answer.status_code, answer.json()["reason"]) == expected
    resident = [stack.call("POST", PATH, "RESIDENT", json={"code": code, "access_point_id": gate["id"]}) for code in codes]
    assert len({(answer.status_code, answer.text) for answer in resident}) == 1 and resident[0].status_code == 403
    assert stack.psql(f"""insert into garita.sites (name, code, time_zone) values ('Otra', 'OTRA{gate['id']}', 'UTC');
        insert into garita.access_points (site_id, name, code, location) select id, 'x', 'x', 'x' from garita.sites where code = 'OTRA{gate['id']}'
        returning id""")
    point = stack.psql(f"select id from garita.access_points where site_id = (select id from garita.sites where code = 'OTRA{gate['id']}')")[0]
    foreign, missing = guard.scan("A" * 26, int(point)), guard.scan("A" * 26, 999999)
    assert (foreign.status_code, foreign.text) == (404, missing.text)


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
        assert (short.status_code, short.json()) == (400, {"code": ["A PIN has at least 6 digits."]}), code
    assert make("593718").status_code == 201
    card = make("8264", "OTHER").json()
    path = f"/api/access/codes/{card['id']}/"
    assert stack.call("PATCH", path, "ADMIN", json={"code_type": "PIN"}).status_code == 400
    # As an import brought it.
    stack.psql(f"update garita.access_codes set code_type = 'PIN' where id = {card['id']}")
    assert stack.call("PATCH", path, "ADMIN", json={"notes": "de antes"}).status_code == 200
    assert guard.scan("8264", gate["id"]).status_code == 200
    assert f"the PIN {card['id']} of site MAIN has 4 digits" in garita(stack, "check").stdout


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
    assert "clock_behind_seconds" not in stack.call("GET", "/readyz").json()
    stack.psql("""select garita.ensure_log_partition((now() + interval '1 hour')::date);
        insert into garita.access_logs ("timestamp", created_at, site_id, access_type, access_method, status)
        select now() + interval '1 hour', now(), id, 'ENTRY', 'OTHER', 'DENIED' from garita.sites where code = 'MAIN'""")
    try:
        behind = stack.call("GET", "/readyz")
        assert behind.status_code == 200 and 3500 < behind.json()["clock_behind_seconds"] <= 3600
        assert "s behind the newest entry of the log" in garita(stack, "check").stderr
    finally:
        stack.psql("set session_replication_role = replica; delete from garita.access_logs where \"timestamp\" > now() + interval '1 minute'")


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
    used = stack.psql(f"select times_used from garita.temporary_codes where id = {issued['id']}")
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
    assert stack.psql(f"select times_used from garita.temporary_codes where id = {code['id']}") == ["1"]
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
        "value": ["Restricted Entry with this value already exists."]}
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
