"""What nginx lets through, where it sends it, and what it answers by itself."""

import contextlib
import json
import re
import socket
import time

import pytest

from front import STATUSES
from stack import CLONE

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


def test_limits_count_an_address_of_ipv4_and_half_an_address_of_ipv6(front):
    def statuses(addresses):
        return [front.call("GET", "/api/auth/login/", front.stranger, headers={"X-Test-Address": address}).status_code
                for address in addresses]

    # One network, thirty addresses; among their bytes are those that end a line or a text.
    assert statuses(f"2001:db8:a00:d0a:{n:x}:a0d:{n:x}:1" for n in range(30)).count(429) >= 5
    assert statuses(["2001:db8:a00:d0a::ffff", "2001:db8:a00:d0b::1", "2001:db8::a00:d0a:1"]) == [429, 200, 200]
    assert set(statuses(f"2001:db8:1:{n:x}::1" for n in range(30))) == {200}
    assert set(statuses(f"203.0.113.{n}" for n in range(100, 130))) == {200}
    assert statuses(["203.0.113.200"] * 30).count(429) >= 5


def test_a_stranger_does_not_learn_how_we_feel(front):
    for path in ("/readyz", "/livez"):
        answer = front.call("GET", path, front.stranger)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


# A live code of a gate, as a QR symbol holds it.
CODE = "QXK7M2PB9RTW4HVN6DJC3FGYSZ"


def test_no_log_holds_a_code_or_a_query(front):
    """Whatever happens to a request, nginx's own words about it would hold its first line and where it came from."""
    query, referrer = f"?code={CODE}&search={CODE}", f"Referer: http://localhost/g/{CODE}"
    big = b"x" * 100_000
    for path in (f"/g/{CODE}", f"/G/{CODE}", f"//g/{CODE}", f"/g/{CODE}/", f"/g/{CODE}{query}", f"/%67/{CODE}"):
        assert " 200 " in front.raw(head(path, referrer))
    for path in ("/static/none.css", "/nowhere", "/", "/api/x/", "/api/.photos/none.jpg", "/livez"):
        for method in ("GET", "POST", "BREW", "TRACE"):
            front.raw(head(path + query, referrer, method=method))
    front.raw(head(VALIDATE + query, referrer, "Content-Length: 9999", method="POST") + b"x" * 9999)
    front.raw(head("/api/visitors/" + query, referrer, f"Content-Length: {len(big)}", method="POST") + big)
    front.raw(head("/api/x/" + query + "a" * 9000, referrer))
    front.raw(head("/api/x/" + query, referrer, "X-Big: " + "a" * 9000))
    front.raw(head("/api/x/" + query, "Host: two", referrer))
    front.raw(head("/api/x/" + query, referrer, host="evil.example"))
    front.raw(head("/api/x/" + query, referrer).replace(b"HTTP/1.1", b"HTTP/2.0"))
    front.raw(head(VALIDATE + query + "&sleep=3", referrer, method="POST"))
    for status in STATUSES:
        front.raw(head(f"/api/.test/{status}{query}", referrer))
    for _ in range(30):
        front.call("GET", "/api/auth/login/" + query, front.stranger, headers={"X-Test-Address": "203.0.113.9"})
    front.stop_pool("app")
    try:
        assert " 503 " in front.raw(head("/api/x/" + query, referrer))
    finally:
        front.start_pool("app")
    logs = front.logs()
    assert {"access.log", "error.log"} <= set(logs) and "/g/-" in logs["access.log"]
    assert [name for name, text in logs.items() if CODE in text or CODE.lower() in text] == []


def test_production_writes_no_more_into_its_logs_than_development():
    site = (CLONE / "nginx/site.conf").read_text()
    servers = site.count("\nserver {")
    assert site.count(" garita;\n    error_log /var/log/nginx/garita-error.log emerg;") == servers == site.count("access_log ")


@pytest.mark.parametrize("path", [f"/g/{CODE}", f"/G/{CODE}/", f"/g/{CODE}?x={CODE}"])
def test_who_reads_a_pass_with_a_telephone_is_told_what_it_is(front, path):
    answer = front.call("GET", path)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "pase de visita" in answer.text and "visitor pass" in answer.text and CODE not in answer.text
    assert answer.headers["Cache-Control"] == "no-store" and "no-referrer" in answer.text


def test_a_path_without_its_slash_is_answered_by_a_worker(front):
    text = (CLONE / "nginx/snippets/garita-locations.conf").read_text()
    named = re.findall(r"^location (?:= |\^~ )?(/\S*)/ {", text, re.M)
    assert {"/api", "/api/users", "/admin", "/account/sign-in"} <= set(named)
    for path in set(named) - {"/api/.photos"} | {"/api/users/1", "/api/codes/1/qr.png", "/admin/residents"}:
        for method in ("GET", "POST", "PATCH"):
            answer = front.call(method, path)
            assert answer.headers["Content-Type"] == "application/json" and answer.json()["pool"], (method, path)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_nginx_has_our_shape(front, status):
    """Also those that it has only for itself: 494 to 497 are bad requests, 500 and 502 come and go."""
    expected = {494: 400, 495: 400, 496: 400, 497: 400, 500: 503, 502: 503}.get(status, status)
    found = {}
    for language in ("en", "es"):
        answer = front.call("GET", f"/api/.test/{status}", headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["Content-Type"]) == (expected, "application/json")
        found[language] = answer.json()["detail"]
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert found["en"] != found["es"] and "Internal" not in found["en"]
    problem = front.call("GET", f"/api/.test/{status}", headers={"Accept": "application/problem+json"}).json()
    assert problem["status"] == expected and problem["title"] != "Internal Server Error"
    page = front.call("GET", f"/.test/{status}")
    shown = {403: 404, 500: 503, 502: 503, 504: 503}.get(status, status)
    if status not in (414, 494, 495, 496, 497, 505):  # what has no path, or no readable request, has no page
        assert (page.status_code, page.headers["Content-Type"]) == (shown, "text/html; charset=utf-8")
        assert 'lang="es"' in page.text and 'lang="en"' in page.text and "<h1>Garita</h1>" in page.text


@pytest.mark.parametrize("version", ["HTTP/2.0", "HTTP/3.7", "HTTP/9.9"])
def test_another_version_of_http_is_refused_in_our_shape(front, version):
    assert_own_error(front.raw(head("/api/x/").replace(b"HTTP/1.1", version.encode())), 505)


def test_a_disk_without_room_for_a_body_is_a_matter_of_moments(front):
    folder = front.var / "nginx/body"
    folder.rename(front.var / "nginx/elsewhere")
    try:
        large = head("/api/visitors/", "Content-Length: 100000", method="POST") + b"x" * 100_000
        assert assert_own_error(front.raw(large), 503)["Retry-After"] == "1"
    finally:
        (front.var / "nginx/elsewhere").rename(folder)


def test_one_request_ends_at_most_one_worker_once(front):
    """Nothing sends it again to the next one, and the supervisor puts another in its place."""
    front.stop_pool("app")
    front.start_pool("app", responders=3)
    try:
        for method in ("GET", "HEAD", "POST", "DELETE"):
            before = wait_for(lambda: len(front.responders("app")) == 3 and front.responders("app"))
            assert front.call(method, "/api/x/?die=1").status_code == 503
            after = wait_for(lambda: len(front.responders("app")) == 3 and front.responders("app"))
            assert len(before - after) == 1, method
            assert front.call("GET", "/api/x/").status_code == 200
    finally:
        front.stop_pool("app")
        front.start_pool("app")


def wait_for(found):
    for _ in range(100):
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError("it does not come")


def test_clients_that_only_hold_connections_hold_no_worker(front):
    """One responder, and sixty connections that said half or fell silent after an answer: nginx keeps all of them."""
    halves = [b"GET /api/x/ HT", head("/api/x/", "Content-Length: 10", method="POST") + b"x"]
    whole = b"GET /api/x/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with contextlib.ExitStack() as kept:
        for number in range(60):
            one = kept.enter_context(socket.create_connection(("127.0.0.1", front.port), 5))
            one.sendall([*halves, whole][number % 3])
        for _ in range(5):
            assert front.call("GET", "/api/x/").status_code == 200
    text = "".join(file.read_text() for file in (CLONE / "nginx").rglob("*.conf*"))
    assert "fastcgi_keep_conn off;" in text and not re.search(r"^\s*(keepalive \d|fastcgi_keep_conn on|fastcgi_next_upstream [^o])", text, re.M)


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
