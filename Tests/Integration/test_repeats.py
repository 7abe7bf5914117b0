"""A request that carries an Idempotency-Key and is sent again makes nothing twice and gets the first answer."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from stack import day
from visits import A101, register

CARD = {"first_name": "Eva", "last_name": "Ríos", "unit": A101, "expected_date": day()}


def key():
    return uuid.uuid4().hex


def send(stack, name, role="ADMIN", path="/api/visitors/", **body):
    return stack.call("POST", path, role, headers={"Idempotency-Key": name}, **(body or {"json": CARD}))


def made(stack, last_name):
    return int(stack.psql(f"select count(*) from garita.visitors where last_name = '{last_name}'")[0])


def test_a_visitor_announced_again_is_the_same_visitor(stack):
    name, card = key(), CARD | {"last_name": key()}
    first = send(stack, name, json=card)
    assert first.status_code == 201 and "Idempotent-Replay" not in first.headers
    stack.call("PATCH", f"/api/visitors/{first.json()['id']}/", "ADMIN", json={"phone": "5512345678"})
    again = send(stack, f'"{name}"', json=card)
    assert (again.status_code, again.content) == (201, first.content), "as it was answered, not as it is now"
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert made(stack, card["last_name"]) == 1


@pytest.mark.parametrize("code_type", ["QR", "NUMERIC", "OTP"])
def test_a_code_issued_again_is_the_same_code_in_clear(stack, code_type):
    name, body = key(), {"visitor_id": register(stack), "code_type": code_type}
    first, again = [send(stack, name, "GUARD", "/api/visitors/generate_code/", json=body) for _ in range(2)]
    assert first.status_code == 201 and again.content == first.content and first.json()["code"]
    codes = f"select count(*) from garita.temporary_codes where visitor_id = {body['visitor_id']}"
    assert stack.psql(codes) == ["1"]
    secrets = [first.json()["code"]] + [s for s in [first.json()["secret_key"]] if s]
    kept = stack.psql(f"select encode(body_sealed, 'escape') || a::text from garita.answers a where request_key = '{name}'")[0]
    assert not [secret for secret in secrets if secret in kept or secret.encode().hex() in kept]


def test_a_key_means_one_request_only(stack):
    name, other = key(), CARD | {"first_name": "Ana"}
    assert send(stack, name).status_code == 201
    refused = send(stack, name, json=other)
    assert (refused.status_code, refused.json()) == (
        409, {"detail": "This request id was used for another request.", "code": "request_id"})
    code = {"visitor_id": register(stack), "code_type": "QR"}
    assert send(stack, name, path="/api/visitors/generate_code/", json=code).status_code == 409, "another address"
    assert send(stack, name).status_code == 201, "the first one keeps it"


def test_the_same_form_written_otherwise_is_the_same_request(stack):
    card = {field: str(value) for field, value in CARD.items()}
    name, files = key(), {field: (None, value) for field, value in card.items()}
    first, again = send(stack, name, files=files), send(stack, name, files=files)
    assert first.request.body != again.request.body, "another boundary"
    assert (again.status_code, again.content) == (201, first.content)


@pytest.mark.parametrize("again", [
    {"json": dict(reversed(CARD.items()))}, {"data": CARD}, {"files": {field: (None, str(value)) for field, value in CARD.items()}},
    {"data": json.dumps(CARD, indent=3), "headers": {"Content-Type": "application/json"}},
    {"data": json.dumps(CARD).replace(f'"unit": {A101}', f'"unit": {A101}.0'), "headers": {"Content-Type": "application/json"}},
    {"data": json.dumps(CARD).replace(f'"unit": {A101}', f'"unit": "{A101}"'), "headers": {"Content-Type": "application/json"}},
    {"data": json.dumps(CARD).replace("E", "\\u0045"), "headers": {"Content-Type": "application/json; charset=utf-8"}},
    {"data": json.dumps(CARD, ensure_ascii=False).encode(), "headers": {"Content-Type": "Application/JSON"}},
    {"data": json.dumps(CARD).replace(f'"unit": {A101}', f'"unit": {A101}e0'), "headers": {"Content-Type": "application/json"}},
    {"data": json.dumps(dict(sorted(CARD.items())), separators=(",", ":")), "headers": {"Content-Type": "application/json"}},
    {"data": dict(reversed(CARD.items()))},
    {"data": json.dumps(CARD).encode("utf-16"), "headers": {"Content-Type": "application/json; charset=utf-16"}},
], ids=["order", "form", "multipart", "blanks", "1.0", "text", "escaped", "bytes", "1e0", "sorted", "form-order", "utf-16"])
def test_a_request_is_the_same_however_it_is_written(stack, again):
    name = key()
    first = send(stack, name)
    headers = {"Idempotency-Key": name} | again.get("headers", {})
    repeated = stack.call("POST", "/api/visitors/", "ADMIN", headers=headers, **{k: v for k, v in again.items() if k != "headers"})
    assert (repeated.status_code, repeated.content) == (201, first.content), repeated.text
    assert repeated.headers["Idempotent-Replay"] == "true"


@pytest.mark.parametrize("change", [
    {"first_name": "eva"}, {"first_name": "Eva "}, {"unit": A101 + 1}, {"document_id": "007"}, {"notes": None}, {"notes": "null"},
    {"notes": [""]}, {"notes": {"a": 1}}, {"purpose": "Eva"}])
def test_a_request_that_says_something_else_is_another(stack, change):
    name = key()
    assert send(stack, name).status_code == 201
    assert send(stack, name, json=CARD | change).status_code == 409


def test_a_list_is_its_elements_in_either_way_of_writing(stack):
    card = {"resident": 1, "code": key(), "access_points": [1, 2]}
    name = key()
    first = send(stack, name, path="/api/access/codes/", json=card)
    if "Idempotency" not in str(first.request.headers) or first.status_code != 201:
        raise AssertionError(first.text)
    again = send(stack, name, path="/api/access/codes/", data=[("access_points", 1), ("access_points", 2), ("code", card["code"]), ("resident", "1")])
    assert (again.status_code, again.content) == (201, first.content)
    other = send(stack, name, path="/api/access/codes/", json=card | {"access_points": [12]})
    assert other.status_code == 409


def test_a_key_is_its_senders_own(stack):
    name = key()
    ids = {send(stack, name, role).json()["id"] for role in ("ADMIN", "GUARD", "RESIDENT")}
    assert len(ids) == 3


def test_what_failed_may_be_tried_again_under_its_key(stack):
    name, visitor = key(), register(stack)
    stack.call("POST", f"/api/visitors/{visitor}/deny/", "ADMIN")
    body = {"visitor_id": visitor, "code_type": "QR"}
    assert send(stack, name, path="/api/visitors/generate_code/", json=body).status_code == 409
    stack.psql(f"update garita.visitors set status = 'PENDING' where id = {visitor}")
    assert send(stack, name, path="/api/visitors/generate_code/", json=body).status_code == 201
    name = key()
    assert send(stack, name, json=CARD | {"unit": 99999}).status_code == 400
    assert send(stack, name).status_code == 201


@pytest.mark.parametrize("name", ["", "x" * 65, "two words", "ñ"])
def test_a_key_is_short_and_plain(stack, name):
    answer = stack.call("POST", "/api/visitors/", "ADMIN", json=CARD, headers={"Idempotency-Key": name.encode()})
    assert answer.status_code == (201 if name == "" else 400), "an empty header is none"
    if name:
        assert list(answer.json()) == ["Idempotency-Key"] or name == "ñ"


@pytest.mark.parametrize("path, body", [
    ("/api/visitors/", CARD), ("/api/visitors/generate_code/", {"code_type": "QR"}),
    ("/api/users/", {"password": "una-clave-9-larga", "email": "", "role": "GUARD"})])
def test_of_equal_requests_that_race_one_makes_and_all_tell_of_it(stack, path, body):
    for _ in range(3):
        name, body = key(), dict(body)
        if path == "/api/users/":
            body["username"] = name
        elif "code_type" in body:
            body["visitor_id"] = register(stack)
        else:
            body["last_name"] = name
        stack.token("ADMIN")
        with ThreadPoolExecutor(12) as senders:
            answers = list(senders.map(lambda _: send(stack, name, path=path, json=body), range(12)))
        told = {answer.content for answer in answers if answer.status_code == 201}
        # Who waits longer than a second for the first of them is asked to come again.
        assert {answer.status_code for answer in answers} <= {201, 503} and len(told) == 1
        assert len([a for a in answers if a.status_code == 201 and "Idempotent-Replay" not in a.headers]) == 1
        count = {
            "/api/visitors/": f"garita.visitors where last_name = '{name}'",
            "/api/users/": f"garita.users where username = '{name}'",
            "/api/visitors/generate_code/": f"garita.temporary_codes where visitor_id = {body.get('visitor_id')}"}[path]
        assert stack.psql(f"select count(*) from {count}") == ["1"]


def test_answers_are_forgotten_after_two_days(stack):
    from test_commands import garita

    name = key()
    send(stack, name)
    count = f"select count(*) from garita.answers where request_key = '{name}'"
    stack.psql(f"update garita.answers set created_at = created_at - interval '47 hours' where request_key = '{name}'")
    garita(stack, "maintain")
    assert stack.psql(count) == ["1"]
    stack.psql(f"update garita.answers set created_at = created_at - interval '2 hours' where request_key = '{name}'")
    assert "request ids forgotten: 1" in garita(stack, "maintain").stdout
    assert stack.psql(count) == ["0"]
