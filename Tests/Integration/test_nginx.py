"""What nginx lets through, where it sends it, and what it answers by itself."""

import json
import re
import time

import pytest

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ALWAYS = {
    "REQUEST_METHOD", "DOCUMENT_URI", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR", "REQUEST_ID",
    "SITE_ORIGIN",
}
WHEN_SENT = {
    "Authorization": "HTTP_AUTHORIZATION", "Accept": "HTTP_ACCEPT", "Accept-Language": "HTTP_ACCEPT_LANGUAGE",
    "User-Agent": "HTTP_USER_AGENT", "Origin": "HTTP_ORIGIN", "Idempotency-Key": "HTTP_IDEMPOTENCY_KEY",
}
COOKIE = {"Cookie": "HTTP_COOKIE"}
PAGE = COOKIE | {"Sec-Fetch-Site": "HTTP_SEC_FETCH_SITE"}
APP_ONLY = COOKIE | {"If-Match": "HTTP_IF_MATCH", "If-None-Match": "HTTP_IF_NONE_MATCH"}
VALIDATE = "/api/access/codes/validate/"


def head(path, *lines, method="GET", host="localhost"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *lines, "", ""]).encode()


def echoed(raw):
    return json.loads(re.search(r"\{.*\}", raw, re.S).group())


def assert_own_error(raw, status):
    """nginx's own answer: JSON with detail, the headers of every answer, the request id where the fault is ours."""
    start, _, rest = raw.partition("\r\n")
    lines, _, body = rest.partition("\r\n\r\n")
    found = dict(line.split(": ", 1) for line in lines.split("\r\n"))
    assert start.split()[1] == str(status), raw
    assert found["Content-Type"] == "application/json", raw
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    content = json.loads(body)
    assert content["detail"]
    if status >= 500:
        assert content["request_id"] == found["X-Request-Id"]
    assert re.fullmatch("[0-9a-f]{32}", found["X-Request-Id"])
    return found


@pytest.mark.parametrize("path, pool", [
    (VALIDATE, "gate"), ("/api/access/codes/validate", "app"), ("/api/access/codes/", "app"),
    ("/api/auth/login/", "auth"), ("/api/auth/", "auth"), ("/api/auth/password/", "auth"), ("/api/auth/second_factor/", "auth"),
    ("/api/auth/refresh/", "app"), ("/api/auth/verify/", "app"), ("/api/auth/logout/", "app"), ("/api/auth/refresh", "app"),
    ("/api/auth/refresh.json", "app"), ("/api/auth/refreshed/", "auth"), ("/api/auth/sessions/", "app"), ("/api/visitors/", "app"), ("/readyz", "app"), ("/livez", "app"),
    ("/account/", "app"), ("/account/sign-in/", "app"), ("/account/password/", "app"), ("/account/sessions/", "app"),
])
def test_each_path_has_its_pool(front, path, pool):
    assert front.call("GET", path).json()["pool"] == pool


@pytest.mark.parametrize("path", ["/account/sign-in/", "/account/password/", "/account/new-password/", "/account//./sign-in/"])
def test_a_form_with_a_password_goes_to_the_pool_that_hashes(front, path):
    assert [front.call(method, path).json()["pool"] for method in ("GET", "POST")] == ["app", "auth"]
    declared = front.raw(head(path, "Content-Length: 4097", method="POST") + b"x" * 4097)
    assert declared.split()[1] == "413" and "<h1>Garita</h1>" in declared


def test_other_forms_stay_where_pages_are(front):
    assert front.call("POST", "/account/sign-out/").json()["pool"] == "app"


def test_second_factors_are_the_auth_pools_alone(front):
    assert {front.call(method, f"/account/second-factor/{path}").json()["pool"]
            for method in ("GET", "POST") for path in ("", "confirm/")} == {"auth"}


@pytest.mark.parametrize("spelling", [
    "/api/users/../auth/login/", "/api/%61uth/login/", "/api//auth/login/", "/api/auth/%2e%2e/auth/login/",
    "/api/./auth/login/", "//api/auth/login/",
])
def test_every_spelling_of_a_path_is_the_same_route_for_nginx_and_for_the_worker(front, spelling):
    answer = echoed(front.raw(head(spelling)))
    assert (answer["pool"], dict(answer["pairs"])["DOCUMENT_URI"]) == ("auth", "/api/auth/login/")


def test_a_worker_gets_our_parameters_and_nothing_else(front):
    sent = [f"{name}: x" for name in WHEN_SENT | APP_ONLY | PAGE]
    sent += ["Proxy: http://evil", "X-Forwarded-For: 6.6.6.6", "X-Real-Ip: 6.6.6.6", "Forwarded: for=6.6.6.6", "X-Any: 1"]
    for path, expected in (("/api/visitors/", WHEN_SENT | APP_ONLY), ("/api/auth/x/", WHEN_SENT | COOKIE), ("/account/", WHEN_SENT | PAGE), ("/account/sign-in/", WHEN_SENT | PAGE), (VALIDATE, WHEN_SENT)):
        pairs = echoed(front.raw(head(path, *sent)))["pairs"]
        names = [name for name, _ in pairs]
        assert sorted(names) == sorted(ALWAYS | set(expected.values()))
        assert dict(pairs)["REMOTE_ADDR"] == "127.0.0.1"


def test_a_header_sent_twice_reaches_the_worker_once(front):
    for name in ("Origin", "Accept-Language", "Idempotency-Key"):
        pairs = echoed(front.raw(head("/api/x/", f"{name}: first", f"{name}: second")))["pairs"]
        assert len([value for key, value in pairs if key == WHEN_SENT[name]]) == 1
    assert " 400 " in front.raw(head("/api/x/", "Authorization: Bearer a", "Authorization: Bearer b"))


def test_the_address_of_the_site_is_built_from_what_nginx_knows(front):
    origin = lambda raw: dict(echoed(raw)["pairs"])["SITE_ORIGIN"]
    assert origin(front.raw(head("/api/x/"))) == f"http://localhost:{front.port}"
    absolute = head("http://localhost/api/x/", host="evil.example")
    assert origin(front.raw(absolute)) == f"http://localhost:{front.port}"


@pytest.mark.parametrize("host", ["evil.example", "garita.example.org", "10.0.0.1"])
def test_another_name_for_this_machine_gets_no_answer(front, host):
    assert front.raw(head("/api/x/", host=host)) == ""


@pytest.mark.parametrize("path, limit", [(VALIDATE, 1024), ("/api/auth/login/", 4096), ("/api/units/", 16384), ("/api/visitors/", 6291456)])
def test_a_body_may_be_as_large_as_its_route_says(front, path, limit):
    assert front.call("POST", path, data=b"x" * limit).json()["body"] == limit
    declared = front.raw(head(path, f"Content-Length: {limit + 1}", method="POST") + b"x" * (limit + 1))
    assert_own_error(declared, 413)
    chunk = f"{limit + 1:x}\r\n".encode() + b"x" * (limit + 1) + b"\r\n0\r\n\r\n"
    assert_own_error(front.raw(head(path, "Transfer-Encoding: chunked", method="POST") + chunk), 413)


@pytest.mark.parametrize("request_bytes, status", [
    (head("/api/x/", "X-Big: " + "a" * 9000), 400),
    (head("/api/" + "a" * 9000), 414),
    (head("/api/%00/"), 400),
    (head("/api/x/", "Content-Length: 1", "Transfer-Encoding: chunked", method="POST"), 400),
    (head("/api/x/", "Content-Length: 1", "Content-Length: 2", method="POST"), 400),
    (head("/api/x/", "Host: two"), 400),
    (head("/api/x/", "Transfer-Encoding: identity", method="POST"), 501),
    (head("/api/x/", method="TRACE"), 405),
    (b"nonsense\r\n\r\n", 400),
])
def test_what_no_worker_should_see_is_refused_in_the_shape_of_the_api(front, request_bytes, status):
    assert_own_error(front.raw(request_bytes), status)


@pytest.mark.parametrize("request_bytes, status", [
    (head("/api/x/", "Accept: application/problem+json", "Transfer-Encoding: identity", method="POST"), 501),
    (head("/api/x/", "Accept: application/problem+json", "Content-Length: 99999", method="POST"), 413),
    (head("/api/x/", "Accept: application/problem+json", "Accept-Language: es-MX", method="TRACE"), 405),
])
def test_who_accepts_problem_details_gets_them_from_nginx_too(front, request_bytes, status):
    raw = front.raw(request_bytes)
    start, _, rest = raw.partition("\r\n")
    assert start.split()[1] == str(status), raw
    lines, _, body = rest.partition("\r\n\r\n")
    found = dict(line.split(": ", 1) for line in lines.split("\r\n"))
    problem = json.loads(body.encode("latin-1"))
    assert found["Content-Type"] == "application/problem+json"
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    assert list(problem) == ["type", "title", "status", "detail", "request_id"]
    assert (problem["status"], problem["request_id"]) == (status, found["X-Request-Id"])
    if status == 405:
        assert problem["detail"] == 'Método "TRACE" no permitido.' and problem["title"] == "Method Not Allowed"


def test_a_pool_that_is_down_is_a_503_with_a_request_id_and_a_time_to_come_back(front):
    front.stop_pool("gate")
    try:
        assert assert_own_error(front.raw(head(VALIDATE, method="POST")), 503)["Retry-After"] == "1"
        problem = front.raw(head(VALIDATE, "Accept: application/problem+json", method="POST"))
        assert " 503 " in problem and '"title":"Service Unavailable","status":503' in problem
        assert front.call("GET", "/api/visitors/").status_code == 200
    finally:
        front.start_pool("gate")


def test_a_gate_waits_two_seconds_and_not_longer(front):
    began = time.monotonic()
    assert_own_error(front.raw(head(VALIDATE + "?sleep=3", method="POST")), 504)
    assert 1.9 < time.monotonic() - began < 2.8


def test_the_workers_own_errors_and_headers_pass_untouched(front):
    answer = front.call("GET", "/api/x/?status=503&header=Retry-After:7")
    assert (answer.status_code, answer.json()["pool"], answer.headers["Retry-After"]) == (503, "app", "7")
    answer = front.call("GET", "/api/x/?header=Cache-Control:max-age%3D5")
    assert answer.headers["Cache-Control"] == "max-age=5"


def test_the_request_id_is_the_same_outside_and_inside(front):
    answer = front.call("GET", "/api/x/", headers={"X-Request-Id": "forged", "Request-Id": "forged"})
    assert dict(answer.json()["pairs"])["REQUEST_ID"] == answer.headers["X-Request-Id"]


def test_a_stranger_who_hurries_is_throttled_and_this_machine_is_not(front):
    answers = [front.call("GET", "/api/auth/login/", front.stranger) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 5 <= len(refused) <= 10
    assert refused[0].headers["Retry-After"] == "1" and refused[0].json()["detail"]
    assert {front.call("GET", "/api/auth/login/").status_code for _ in range(60)} == {200}


def test_a_stranger_does_not_learn_how_we_feel(front):
    for path in ("/readyz", "/livez"):
        answer = front.call("GET", path, front.stranger)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_the_log_is_json_without_secrets(front):
    front.call("GET", "/api/x/?search=SECRETNAME", headers={"Authorization": "Bearer SECRETTOKEN", "Cookie": "a=SECRETCOOKIE"})
    front.call("GET", "/g/SECRETCODE")
    front.raw(head("/api/\"quoted\"/"))
    lines = [json.loads(line) for line in front.log().splitlines()]
    assert "SECRET" not in front.log()
    assert {"/g/-", "/api/x/", '/api/"quoted"/'} <= {line["path"] for line in lines}


@pytest.mark.parametrize("path, status", [("/", 200), ("/static/garita.css", 200), ("/nowhere", 404), ("/static/no.css", 404)])
def test_people_get_pages(front, path, status):
    answer = front.call("GET", path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].endswith("charset=utf-8")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text and "style=" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS if name != "Cache-Control"}.items() <= HEADERS.items()


def test_files_outside_the_web_folder_are_out_of_reach(front):
    for path in ("/../nginx/site.conf", "/static/../../nginx/site.conf", "/static../nginx/site.conf", "/%2e%2e/nginx/site.conf"):
        assert front.raw(head(path)).split()[1] in ("400", "404")
