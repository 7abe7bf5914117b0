"""Bodies and formats through the whole stack."""

import json
import re
import time
from datetime import datetime
from pathlib import Path

import pytest

from stack import day

GUEST = {"first_name": "  Iñaki ", "last_name": "Sanz", "unit": "1", "expected_date": day()}


@pytest.mark.parametrize("body", [
    {"json": GUEST}, {"data": GUEST}, {"files": {name: (None, value) for name, value in GUEST.items()}}],
    ids=["json", "form", "multipart"])
def test_a_visitor_is_announced_in_any_body(stack, body):
    answer = stack.call("POST", "/api/visitors/", "ADMIN", **body)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["first_name"], answer.json()["unit"]) == ("Iñaki", 1)


def test_a_guard_signs_in_and_issues_a_code_by_multipart(stack):
    demo = stack.demo()
    account = {"username": (None, demo["GARITA_GUARD_USER"]), "password": (None, demo["GARITA_GUARD_PASSWORD"])}
    assert stack.call("POST", "/api/auth/login/", files=account).status_code == 200
    code = {"visitor_id": (None, "1"), "code_type": (None, "QR")}
    assert stack.call("POST", "/api/visitors/generate_code/", "ADMIN", files=code).status_code == 201


@pytest.mark.parametrize("type, body, status", [
    ("text/plain", b"x", 415), ("application/xml", b"<a/>", 415), ("application/json; charset=klingon", b"{}", 415),
    ("multipart/form-data", b"x", 400), ("multipart/form-data; boundary=b", b"--b\r\n", 400),
    ("multipart/form-data; boundary=b", b"--b\r\n" * 2000, 400), ("application/json", b"{\"a\":", 400),
    ("application/json", b"x" * 20_000, 413), ("multipart/form-data; boundary=b", b"x" * 6_291_457, 413)])
def test_a_bad_body_is_refused_and_the_worker_lives(stack, type, body, status):
    answer = stack.call("POST", "/api/visitors/", "ADMIN", data=body, headers={"Content-Type": type})
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_a_text_that_is_a_file_is_an_error_of_its_field(stack):
    files = {name: (None, value) for name, value in GUEST.items()} | {"first_name": ("a.txt", b"x")}
    answer = stack.call("POST", "/api/visitors/", "ADMIN", files=files)
    assert (answer.status_code, answer.json()) == (400, {"first_name": ["Not a valid string."]})


@pytest.mark.parametrize("path", [
    "/api/buildings.json", "/api/buildings.json?search=torre", "/api/buildings/1.json", "/api/buildings/?format=json"])
def test_json_is_asked_for_by_suffix_and_by_query(stack, path):
    plain = path.replace(".json", "/").replace("?format=json", "")
    answer = stack.call("GET", path, "ADMIN")
    # A link to the next page keeps what was asked for.
    listed = {key: value for key, value in answer.json().items() if key != "next"}
    assert answer.status_code == 200 and listed.items() <= stack.call("GET", plain, "ADMIN").json().items()
    assert answer.headers["Allow"] == stack.call("GET", plain, "ADMIN").headers["Allow"]


# Requests that go wrong in every way we have words for: method, path, role, body, headers.
WRONG = [
    ("GET", "/api/visitors/", None, None, {}), ("GET", "/api/visitors/", None, None, {"Authorization": "Bearer x"}),
    ("GET", "/api/visitors/", None, None, {"Authorization": "Bearer a b"}), ("GET", "/api/visitors/", None, None, {"Authorization": "Gate x"}),
    ("POST", "/api/access/codes/validate/", None, b"{}", {"Authorization": "Gate id=1, kv=1, ts=1, rid=0123456789abcdef, mac=00"}),
    ("POST", "/api/buildings/", "GUARD", b"{}", {}), ("GET", "/api/buildings/99999/", "ADMIN", None, {}),
    ("GET", "/api/nowhere/", "ADMIN", None, {}), ("DELETE", "/api/buildings/", "ADMIN", None, {}),
    ("GET", "/api/visitors/?page=x", "ADMIN", None, {}), ("GET", "/api/logs/?cursor=x", "ADMIN", None, {}),
    ("GET", "/api/visitors/", "ADMIN", None, {"Accept": "image/png"}), ("GET", "/api/visitors/%0a", "ADMIN", None, {}),
    ("GET", "/api/visitors/?search=%00", "ADMIN", None, {}), ("GET", "/api/visitors/?search=%ff", "ADMIN", None, {}),
    ("GET", "/api/visitors/?unit=x", "ADMIN", None, {}), ("GET", "/api/logs/stats/?days=x", "ADMIN", None, {}),
    ("GET", "/api/logs/?date_from=x", "ADMIN", None, {}), ("GET", "/api/logs/resident_logs/", "ADMIN", None, {}),
    ("POST", "/api/visitors/generate_code/", "ADMIN", b'{"visitor_id":99999,"code_type":"QR"}', {}),
    ("POST", "/api/visitors/generate_code/", "ADMIN", b'{"visitor_id":"x","code_type":"X","valid_hours":0,"max_uses":1e30}', {}),
    ("POST", "/api/visitors/", "ADMIN", b"{}", {}), ("POST", "/api/visitors/", "ADMIN", b"{", {}),
    *(("POST", "/api/visitors/", "ADMIN", body, {}) for body in (
        b"null", b"[]", b"7", b'{"a":1,"a":2}', b"{}x", b"\xff", b"[" * 100_0, b'{"a":' * 17 + b"1" + b"}" * 17, b'{"\\u0000":1}', b"")),
    ("POST", "/api/visitors/", "ADMIN", b"{}", {"Content-Type": "text/plain"}), ("POST", "/api/visitors/", "ADMIN", b"x" * 20_000, {}),
    *(("POST", "/api/visitors/", "ADMIN", body, {"Content-Type": "multipart/form-data; boundary=b"}) for body in (
        b"x", b"--b\r\n", b"--b\r\nA: b\r\n\r\nx\r\n--b--", b"--bx", b"--b\r\nA\r\n\r\n\r\n--b--",
        b'--b\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\nklingon\r\n--b--')),
    ("POST", "/api/visitors/", "ADMIN", b'{"first_name":[],"last_name":"' + b"x" * 200 + b'","unit":"x","expected_date":"x","expected_time":"x",'
     b'"phone":"1","email":"x","visitor_type":"x","resident":{},"check_in_time":"x"}', {}),
    ("POST", "/api/units/", "ADMIN", b'{"building":99999,"number":"a b c d e f g","floor":-1,"is_occupied":"x","owner_phone":"x"}', {}),
    ("POST", "/api/buildings/", "ADMIN", b'{"name":"Torre A","code":"A","floors":99999999999}', {}),
    ("POST", "/api/auth/login/", None, b'{"username":"x","password":"y"}', {}), ("POST", "/api/auth/login/", None, b"{}", {}),
    ("POST", "/api/auth/refresh/", None, b'{"refresh":"x"}', {}), ("POST", "/api/auth/verify/", None, b'{"token":"x"}', {}),
    ("PATCH", "/api/buildings/1/", "ADMIN", b"{}", {"If-Match": '"x"'}), ("DELETE", "/api/buildings/1/", "ADMIN", None, {}),
    ("POST", "/api/visitors/", "ADMIN", b"{}", {"Idempotency-Key": "a b"}),
    ("POST", "/api/access/codes/validate/", "GUARD", b'{"code":"","access_point_id":"x","access_type":"x"}', {}),
    ("POST", "/api/users/", "ADMIN", b'{"username":"a b","password":"12345678"}', {}),
]
# Sentences that the contract keeps in English; "message" says the same in the language of the client.
KEPT = {"error"}
# Names of tables: one word in the one language may be two in the other.
NAMES = {"reasons"}


def sentences(value, name=""):
    """The texts of an answer that are sentences: what has a blank in it."""
    if isinstance(value, dict):
        return [text for key, member in value.items() if key not in NAMES and (key not in KEPT or "valid" not in value) for text in sentences(member, key)]
    if isinstance(value, list):
        return [text for member in value for text in sentences(member, name)]
    return [value] if isinstance(value, str) and " " in value else []


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_every_error_is_told_in_both_languages(stack, number):
    method, path, role, body, headers = WRONG[number]
    told = {}
    for language in ("en", "es"):
        sent = {"Content-Type": "application/json"} | headers | {"Accept-Language": language}
        answer = stack.call(method, path, role, data=body, headers=sent)
        assert 400 <= answer.status_code < 500, answer.text
        told[language] = sentences(answer.json())
    assert told["en"] and len(told["en"]) == len(told["es"])
    assert [(en, es) for en, es in zip(told["en"], told["es"]) if en == es] == []


@pytest.mark.parametrize("number", [-1, 0, 2**31, -(2**63), 10**30, "-1"])
def test_a_gate_that_no_number_names_is_unknown(stack, number):
    """As the legacy API: any whole number is looked for."""
    for path in ("/api/access/codes/validate/", "/api/visitors/validate_code/"):
        answer = stack.call("POST", path, "GUARD", json={"code": "RFID123456", "access_point_id": number})
        assert (answer.status_code, answer.json()["valid"]) == (404, False), answer.text


def test_nothing_is_no_body(stack):
    """JSON's null, in the legacy API's words; a list and a number are told what they are."""
    for body, said in ((b"null", "No data provided"), (b"[]", "Invalid data. Expected a dictionary, but got list."),
                       (b"true", "Invalid data. Expected a dictionary, but got bool.")):
        for path, role in (("/api/visitors/", "ADMIN"), ("/api/auth/login/", None), ("/api/access/codes/validate/", "GUARD")):
            answer = stack.call("POST", path, role, data=body, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.json()) == (400, {"non_field_errors": [said]})


@pytest.mark.parametrize("number, said", [
    ("a b", ["Unit number must be 1-10 alphanumeric characters"]), ("101", None), ("PH-1", None),
    ("12345678901", ["Unit number must be 1-10 alphanumeric characters", "Ensure this field has no more than 10 characters."]),
    ("a b c d e f g", ["Unit number must be 1-10 alphanumeric characters", "Ensure this field has no more than 10 characters."])])
def test_the_number_of_a_unit_is_judged_in_the_originals_words(stack, number, said):
    answer = stack.call("POST", "/api/units/", "ADMIN", json={"building": 1, "number": number, "floor": "x"})
    assert answer.status_code == 400 and answer.json().get("number") == said


@pytest.mark.parametrize("value, taken", [
    ("1", True), ("1.0", True), ('"1"', True), ('" +1 "', True), ("1e0", True), ("-0", False), ("0", False), ("1.5", False), ("true", False),
    ("2147483648", False), ("9223372036854775808", False), ("-9223372036854775809", False), ("1e30", False), ("1e400", False),
    ("1" + "0" * 300, False), ('"1e1"', False), ('"\\u0000"', False), ("[1]", False), ("NaN", False), ("Infinity", False), ("01", False)])
def test_a_whole_number_of_json_is_one_of_its_field(stack, value, taken):
    body = '{"visitor_id":1,"code_type":"QR","max_uses":%s}' % value
    answer = stack.call("POST", "/api/visitors/generate_code/", "ADMIN", data=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == (201 if taken else 400), answer.text


@pytest.mark.parametrize("body", [
    b"[" * 15_000, b'{"a":' * 3_000, b'{"a":1,"a":2}', b'{"a":1,"\\u0061":2}', b"{}{}", b"{} x", b'{"a":"\x00"}', b'{"a":"\xff"}',
    b"\xef\xbb\xbf{}", b"{'a':1}", b'{"a":1,}', b"//x\n{}", b'{"a":"\\ud800"}', b'{"a":' + b"[" * 16 + b"]" * 16 + b"}"])
def test_json_that_parsers_read_differently_is_refused(stack, body):
    for path, role in (("/api/visitors/", "ADMIN"), ("/api/access/codes/validate/", "GUARD"), ("/api/auth/login/", None)):
        answer = stack.call("POST", path, role, data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 413), (path, answer.text)


@pytest.mark.parametrize("headers, path", [
    ({"Cookie": "; ".join(f"c{n}=v" for n in range(1000))}, "/admin/"), ({"Accept": ",".join(["a/b;q=0.1"] * 800)}, "/api/visitors/"),
    ({"Accept-Language": ",".join(["x-y"] * 1900)}, "/api/visitors/"), ({"If-None-Match": '"x",' * 1900}, "/api/visitors/"),
    ({}, "/api/visitors/?" + "&".join(f"a{n}=b" for n in range(1000))), ({}, "/api/visitors/?ordering=" + ",".join(["id", "-id"] * 1000)),
    ({}, "/api/visitors/?search=" + "+".join("abcd"[n % 4] + str(n) for n in range(1500))), ({}, "/api/visitors/?search=" + "," * 7000)])
def test_many_of_anything_are_read_in_no_time(stack, headers, path):
    stack.call("GET", path.partition("?")[0], "ADMIN")
    log = stack.var / "log/app.log"
    size = log.stat().st_size
    answer = stack.call("GET", path, "ADMIN", headers=headers)
    assert answer.status_code in (200, 303, 406), answer.status_code
    for _ in range(100):  # the worker writes its line after its answer
        if lines := log.read_bytes()[size:].decode().splitlines():
            break
        time.sleep(0.02)
    times = [json.loads(line)["us"] for line in lines]
    # A quadratic reader takes seconds for these; the margin is for a busy machine.
    assert max(times) < 1_000_000


@pytest.mark.parametrize("state, status", [
    ("53100", 503), ("53200", 503), ("53300", 503), ("53400", 503), ("57P01", 503), ("57P02", 503), ("58030", 503), ("58P01", 503),
    ("25006", 503), ("55006", 503), ("08006", 503), ("40001", 503), ("22015", 400), ("22P02", 400), ("54000", 400), ("23502", 400),
    ("23P01", 409), ("44000", 403), ("22012", 500), ("XX001", 500), ("42P01", 500)])
def test_what_the_database_cannot_do_has_its_status(stack, state, status):
    """A disk that is full, memory at its end, a database that only reads: come again, nothing is lost."""
    stack.psql(f"""create or replace function garita.fail_for_a_test() returns trigger language plpgsql as
        $$ begin raise exception using errcode = '{state}', message = 'SECRETVALUE'; end $$;
        create or replace trigger fail_for_a_test before insert on garita.blocklist for each row execute function garita.fail_for_a_test();""")
    try:
        answer = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "plate", "value": "ABC123", "reason": "x"})
    finally:
        stack.psql("drop function garita.fail_for_a_test() cascade")
    assert answer.status_code == status and "SECRETVALUE" not in answer.text, answer.text
    assert ("Retry-After" in answer.headers) == (status == 503)
    if status >= 500:
        assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


def test_no_worker_leaves_its_memory_in_a_file(stack):
    for pool in ("gate", "auth", "app"):
        for worker in stack.workers(pool):
            limits = Path(f"/proc/{worker}/limits").read_text()
            assert re.search(r"^Max core file size +0 +0 ", limits, re.M)


def test_a_suffix_leads_past_no_limit(stack):
    """The gate's own path takes 1 kB, by whichever name."""
    for path in ("/api/access/codes/validate/", "/api/access/codes/validate.json"):
        assert stack.call("POST", path, "ADMIN", json={"code": "x" * 2000}).status_code == 413


FINE = [("{}T10:00:00.123456789Z", "{}T10:00:00.123456Z"), ("{}t10:00:00,9999999+0200", "{}T08:00:00.999999Z"),
        ("{} 23:59:59.9999999 +00", "{}T23:59:59.999999Z")]


@pytest.mark.parametrize("written, meant", FINE, ids=["point", "comma", "last"])
def test_what_is_finer_than_microseconds_is_cut_off(stack, written, meant):
    """As the legacy API did: never refused, never rounded into another second or day."""
    sent, kept = written.format(day(6)), datetime.fromisoformat(meant.format(day(6)))
    visitor = stack.call("POST", "/api/visitors/", "ADMIN", json=GUEST).json()["id"]
    seen = stack.call("PATCH", f"/api/visitors/{visitor}/", "ADMIN", json={"check_in_time": sent, "expected_time": "18:30:59.999999999"})
    assert seen.status_code == 200, seen.text
    assert datetime.fromisoformat(seen.json()["check_in_time"]) == kept
    assert seen.json()["expected_time"] == "18:30:59.999999"
    plate = f"{time.time_ns() % 10**9}"
    blocked = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={
        "kind": "plate", "value": plate, "reason": "x", "expires_at": sent})
    assert blocked.status_code == 201 and datetime.fromisoformat(blocked.json()["expires_at"]) == kept, blocked.text
    stack.call("DELETE", f"/api/access/blocklist/{blocked.json()['id']}/", "ADMIN")


@pytest.mark.parametrize("path, name", [
    ("/api/logs/", "date_from"), ("/api/logs/", "date_to"), ("/api/audit/", "date_from"), ("/api/audit/", "date_to"),
    ("/api/codes/", "expires_by")])
def test_a_filter_reads_moments_as_fields_do(stack, path, name):
    for written, _ in FINE:
        answer = stack.call("GET", path, "ADMIN", params={name: written.format(day(-1))})
        assert answer.status_code == 200, answer.text
    same = [stack.call("GET", path, "ADMIN", params={name: text}).json()["count"] for text in (day(), day().replace("-", ""))]
    assert same[0] == same[1]
    assert stack.call("GET", path, "ADMIN", params={name: f"{day()}T10:00:00."}).status_code == 400


@pytest.mark.parametrize("query, accept, status, detail", [
    ("?format=xml", "*/*", 404, "Not found."),
    ("", "application/xml", 406, "Could not satisfy the request Accept header.")])
@pytest.mark.parametrize("role", ["ADMIN", None])
def test_a_form_of_answer_that_we_have_not_is_refused(stack, query, accept, status, detail, role):
    answer = stack.call("GET", f"/api/buildings/{query}", role, headers={"Accept": accept})
    assert (answer.status_code, answer.json()) == (status, {"detail": detail})


def test_a_picture_answers_to_a_client_that_wants_pictures(stack):
    issued = stack.call("POST", "/api/visitors/generate_code/", "ADMIN", json={"visitor_id": 1, "code_type": "QR"})
    answer = stack.call("GET", f"/api/codes/{issued.json()['id']}/qr.png", "ADMIN", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize("method, path, role, body, status, title, more", [
    ("POST", "/api/buildings/", "ADMIN", {}, 400, "Bad Request",
     {"errors": {"name": ["This field is required."], "code": ["This field is required."]}}),
    ("GET", "/api/buildings/", None, None, 401, "Unauthorized", {}),
    ("POST", "/api/buildings/", "GUARD", {}, 403, "Forbidden", {}),
    ("GET", "/api/buildings/99999/", "ADMIN", None, 404, "Not Found",
     {"detail": "No Building matches the given query."}),
    ("DELETE", "/api/buildings/", "ADMIN", None, 405, "Method Not Allowed", {}),
    ("POST", "/api/visitors/", "ADMIN", b"x" * 20_000, 413, "Content Too Large", {}),
    ("GET", "/api/users/me/", "garbage", None, 401, "Unauthorized", {"code": "token_not_valid"})])
def test_errors_are_problem_details_for_who_asks(stack, method, path, role, body, status, title, more):
    headers = {"Accept": "application/problem+json"}
    if role == "garbage":
        role, headers["Authorization"] = None, "Bearer garbage"
    sent = {"data": body, "headers": headers | {"Content-Type": "application/json"}} if isinstance(body, bytes) else {
        "json": body, "headers": headers}
    answer = stack.call(method, path, role, **sent)
    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", title, status)
    assert problem["detail"] and problem["request_id"] == answer.headers.get("X-Request-Id", problem["request_id"])
    assert problem.items() >= more.items()


def test_an_answer_that_is_no_error_stays_json_for_who_takes_problems(stack):
    answer = stack.call("GET", "/api/buildings/", "ADMIN", headers={"Accept": "application/problem+json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
