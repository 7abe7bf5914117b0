"""What nginx answers by itself: limits, faults and pools that are down, in the shape of the API."""

import contextlib
import json
import re
import socket
import time

import pytest
import requests

from front import STATUSES
from front_answers import HEADERS, VALIDATE, assert_own_error, head
from stack import CLONE


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


def test_who_hurries_through_passes_is_told_so_on_a_page(front):
    answers = [front.call("GET", "/p/QXK7M2PB9RTW4HVN6DJC3FGYSZ/", front.stranger, headers={"X-Test-Address": "203.0.113.77"}) for _ in range(120)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused and "Demasiadas solicitudes" in refused[0].text and refused[0].headers["Content-Type"].startswith("text/html")


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
    for path in ("/readyz", "/livez", "/metrics", "/status.json"):
        answer = front.call("GET", path, front.stranger)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})
        # Nor does who came through a proxy, whatever it says of its client.
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"):
            for caller in (front.stranger, requests):
                answer = front.call("GET", path, caller, headers={name: "127.0.0.1"})
                assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."}), (path, name)
        assert front.call("GET", path).json()["pool"] == "status"


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
        assert 'lang="es"' in page.text and 'lang="en"' in page.text and "Inicio ·" in page.text


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
            before = wait_for(lambda: three(front.responders("app")))
            assert front.call(method, "/api/x/?die=1").status_code == 503
            # nginx sees the closed connection before the process has left the list.
            after = wait_for(lambda: front.responders("app") != before and three(front.responders("app")))
            assert len(before - after) == 1, method
            assert front.call("GET", "/api/x/").status_code == 200
    finally:
        front.stop_pool("app")
        front.start_pool("app")


def three(responders):
    return responders if len(responders) == 3 else None


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
    assert text.count("fastcgi_keep_conn on;") == 1, "only the gate keeps connections"
    assert not re.search(r"^\s*fastcgi_next_upstream [^o]", text, re.M)


def test_terminals_are_answered_from_their_networks_alone(front):
    url = f"http://127.0.0.1:{front.device_port}/iclock"
    for path in ("getrequest", "cdata.aspx"):
        told = front.stranger.get(f"{url}/{path}?SN=X", headers={"Cookie": "token=1"}, timeout=20).json()
        assert told["pool"] == "device"
        refused = front.stranger.get(f"{url}/{path}?SN=X", headers={"X-Test-Address": "10.9.9.9"}, timeout=20)
        assert (refused.status_code, refused.text, refused.headers["Content-Type"]) == (403, "ERROR\n", "text/plain")
