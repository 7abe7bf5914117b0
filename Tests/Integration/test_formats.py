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


@pytest.mark.parametrize("path", [
    "/api/buildings.json", "/api/buildings.json?search=torre", "/api/buildings/1.json", "/api/buildings/?format=json"])
def test_json_is_asked_for_by_suffix_and_by_query(stack, path):
    plain = path.replace(".json", "/").replace("?format=json", "")
    answer = stack.call("GET", path, "ADMIN")
    assert (answer.status_code, answer.json()) == (200, stack.call("GET", plain, "ADMIN").json())
    assert answer.headers["Allow"] == stack.call("GET", plain, "ADMIN").headers["Allow"]


def test_a_suffix_leads_past_no_limit(stack):
    """The gate's own path takes 1 kB, by whichever name."""
    for path in ("/api/access/codes/validate/", "/api/access/codes/validate.json"):
        assert stack.call("POST", path, "ADMIN", json={"code": "x" * 2000}).status_code == 413


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
