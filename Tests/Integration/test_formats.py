"""Bodies and formats through the whole stack."""

import pytest

GUEST = {"first_name": "  Iñaki ", "last_name": "Sanz", "unit": "1", "expected_date": "2026-12-24"}


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
