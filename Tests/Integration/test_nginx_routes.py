"""What nginx lets through, and where it sends it."""

import re

import pytest

from front_answers import HEADERS, VALIDATE, echoed, head
from stack import CLONE

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


@pytest.mark.parametrize("path, pool", [
    (VALIDATE, "gate"), ("/api/access/codes/validate", "app"), ("/api/access/codes/", "app"),
    ("/api/auth/login/", "auth"), ("/api/auth/", "auth"), ("/api/auth/password/", "auth"), ("/api/auth/second_factor/", "auth"),
    ("/api/auth/refresh/", "app"), ("/api/auth/verify/", "app"), ("/api/auth/logout/", "app"), ("/api/auth/refresh", "app"),
    ("/api/auth/refresh.json", "app"), ("/api/auth/refreshed/", "auth"), ("/api/auth/sessions/", "app"), ("/api/visitors/", "app"), ("/readyz", "status"), ("/livez", "status"), ("/metrics", "status"), ("/status.json", "status"),
    ("/account/", "app"), ("/account/sign-in/", "app"), ("/account/password/", "app"), ("/account/sessions/", "app"),
])
def test_each_path_has_its_pool(front, path, pool):
    assert front.call("GET", path).json()["pool"] == pool


@pytest.mark.parametrize("path", ["/account/sign-in/", "/account/password/", "/account/new-password/", "/account//./sign-in/"])
def test_a_form_with_a_password_goes_to_the_pool_that_hashes(front, path):
    assert [front.call(method, path).json()["pool"] for method in ("GET", "POST")] == ["app", "auth"]
    declared = front.raw(head(path, "Content-Length: 4097", method="POST") + b"x" * 4097)
    assert declared.split()[1] == "413" and ">Garita</a>" in declared


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


def test_a_path_without_its_slash_is_answered_by_a_worker(front):
    text = (CLONE / "nginx/snippets/garita-locations.conf").read_text()
    named = re.findall(r"^location (?:= |\^~ )?(/\S*)/ {", text, re.M)
    assert {"/api", "/api/users", "/admin", "/account/sign-in"} <= set(named)
    for path in set(named) - {"/api/.photos"} | {"/api/users/1", "/api/codes/1/qr.png", "/admin/residents"}:
        for method in ("GET", "POST", "PATCH"):
            answer = front.call(method, path)
            assert answer.headers["Content-Type"] == "application/json" and answer.json()["pool"], (method, path)


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
