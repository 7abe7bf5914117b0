"""Every answer of every route, whoever makes it, carries the headers that protect a browser, each once. Over TLS, by the site
as it is installed; and some over plain HTTP, by the nginx of development."""

import http.client
import re
import socket
import subprocess

import pytest

from front import STATUSES
from packaged import Packaged

EVERYWHERE = {
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin", "server": "nginx",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()"}
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
TRANSPORT = "max-age=63072000; includeSubDomains"
# The one page below /api/: words for people, and the stylesheet.
DOCS = "/api/docs/"
DOCS_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Of no route of the table.
FURTHER = ["/", "/nowhere", "/static/garita.css", "/static/no.css", "/api/nowhere/", "/static", "/api", "/admin", "/g/X"]
# What anybody may see may be kept, and asked for again.
PUBLIC = re.compile(r"^/(static/|api/(docs|schema)/|$)")


@pytest.fixture(scope="module")
def routes(stack):
    """(method, path) of the whole table, numbers that no row has in place of names."""
    table = subprocess.run([stack.environment["GARITA_EXECUTABLE"], "routes"], text=True, capture_output=True, check=True)
    rows = [line.split()[:2] for line in table.stdout.splitlines()]
    return [(method, re.sub(r"{\w+}", "987654", path)) for method, path in rows]


def ask(stack, method, path, headers=None, body=None, source=None):
    """Status and headers as they came, repeated ones too."""
    if isinstance(stack, Packaged):
        return stack.ask(method, path, headers, body, source)[:2]
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, 15, source_address=(source, 0) if source else None)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.read()
        return answer.status, [(name.lower(), value) for name, value in answer.getheaders()]
    finally:
        connection.close()


def faults(path, status, pairs, transport_security=None):
    names = [name for name, _ in pairs]
    found = dict(pairs)
    wrong = [f"{name} twice" for name in set(names) - {"set-cookie", "vary"} if names.count(name) > 1]
    wrong += [f"{name}: {found.get(name)}" for name, value in EVERYWHERE.items() if found.get(name) != value]
    if path.startswith("/api/"):
        allowed = DOCS_POLICY if path.split("?")[0] == DOCS else API_POLICY
        if found.get("content-security-policy") != allowed and "text/html" not in found.get("content-type", ""):
            wrong.append(f"content-security-policy: {found.get('content-security-policy')}")
    policy = found.get("content-security-policy", "")
    # The camera's picture is read by a module; that alone may be compiled, and there alone.
    if path.startswith("/gate/"):
        policy = policy.replace("script-src 'self' 'wasm-unsafe-eval';", "script-src 'self';")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        wrong.append(f"content-security-policy: {policy}")
    if not PUBLIC.match(path) and found.get("cache-control") != "no-store":
        wrong.append(f"cache-control: {found.get('cache-control')}")
    if found.get("strict-transport-security") != transport_security:
        wrong.append(f"strict-transport-security: {found.get('strict-transport-security')}")
    if not re.fullmatch("[0-9a-f]{32}", found.get("x-request-id", "")):
        wrong.append("no request id")
    kind = found.get("content-type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        wrong.append(f"content-type: {kind}")
    if status in (429, 503) and not found.get("retry-after"):
        wrong.append("no time to come back")
    for name, cookie in pairs:
        if name == "set-cookie":
            parts = {part.strip().lower() for part in cookie.split(";")[1:]}
            if not {"httponly", "path=/"} <= parts or not {"samesite=lax", "samesite=strict"} & parts:
                wrong.append(f"cookie without {parts}")
            if transport_security and ("secure" not in parts or not cookie.startswith("__Host-")):
                wrong.append(f"a cookie not bound to TLS and this host: {cookie.split('=')[0]}")
    return [f"{status} {fault}" for fault in wrong]


def test_every_route_in_every_outcome(stack, secure, routes, tell):
    admin, json = {"Authorization": f"Bearer {stack.token('ADMIN')}"}, {"Content-Type": "application/json"}
    resident = {"Authorization": f"Bearer {stack.token('RESIDENT')}"}
    counted, bad, kept = {}, {}, secure.connection()

    def check(method, path, headers=None, body=None, source=None):
        own = source or "Content-Length" in (headers or {})  # its body does not come: it would be made of the next request
        status, pairs, _ = secure.ask(method, path, headers, body, source, None if own else kept)
        counted[status] = counted.get(status, 0) + 1
        if found := faults(path, status, pairs, TRANSPORT):
            bad[f"{method} {path}"] = found

    for method, path in sorted(set(routes)):
        if path.endswith("/logout/"):
            check(method, path)
            continue
        check(method, path, admin | json, b"" if method in ("GET", "HEAD") else b"{}")
        check(method, path)
        check(method, path, resident | json, None if method == "GET" else b"[")
        check("OPTIONS", path, admin)
        check("BREW", path, admin)
        check("TRACE", path, admin)
        check("GET", path + "?x=%00", admin)
        check(method, path, admin | {"Content-Length": "99999999", "Expect": "100-continue"})
        if path.endswith("/"):
            check(method, path[:-1], admin)
    for path in FURTHER:
        for method in ("GET", "HEAD", "POST", "DELETE"):
            check(method, path)
    for big in (("/api/" + "a" * 9000, {}), ("/api/", {"X-Big": "a" * 9000})):
        check("GET", *big)
    check("GET", "/api/buildings/", admin | {"If-None-Match": dict(ask(secure, "GET", "/api/buildings/", admin)[1])["etag"]})
    check("GET", "/api/buildings/?format=csv", admin)
    check("GET", "/api/buildings/", admin | {"Accept": "image/png"})
    check("POST", "/api/visitors/", admin | {"Content-Type": "text/plain"}, b"x")
    for _ in range(45):
        check("POST", "/api/auth/login/", json, b"{}", "127.0.0.2")
    tell(f"headers scanned: {dict(sorted(counted.items()))}")
    assert "\n".join(f"{request}: {found}" for request, found in bad.items()) == ""
    assert {200, 301, 304, 400, 401, 403, 404, 405, 406, 413, 414, 415, 429} <= set(counted)


def test_without_tls_nothing_promises_it(stack):
    for path in ("/", "/nowhere", "/static/garita.css", "/api/buildings/", "/api/docs/", "/account/sign-in/", "/admin/", "/gate/", "/p/X/"):
        for method in ("GET", "POST", "BREW"):
            assert faults(path, *ask(stack, method, path)) == [], f"{method} {path}"


# What might end a header and begin another, or be taken for the end of a line somewhere behind us.
BREAKS = [
    "%0d%0a", "%0a", "%0d", "%00", "%c2%85", "%e2%80%a8", "%e2%80%a9", "%0b", "%0c", "%1b", "%7f", "%08", "%c2%80",
    "%25%30%61%0a"]
INJECTED = "X-Injected:%20yes%0d%0aSet-Cookie:%20__Host-garita_session=x"


@pytest.mark.parametrize("line_end", BREAKS)
def test_no_path_begins_a_header(stack, routes, line_end):
    for path in sorted({path for _, path in routes if path.endswith("/")} | {"/api/none/", "/account/none/"}):
        for sent in (path[:-1] + line_end + INJECTED, path + line_end + INJECTED, path.replace("987654", "1" + line_end + "1")):
            if line_end not in sent:
                continue
            status, pairs = ask(stack, "GET", sent)
            # What belongs to no worker is a file that nginx does not have.
            assert status == 400 or status == 404 and not sent.startswith("/api/"), sent
            assert {name for name, _ in pairs} & {"x-injected", "location", "x-accel-redirect"} == set(), sent
            assert not [value for name, value in pairs if name == "set-cookie" and value.endswith("session=x")], sent


@pytest.mark.parametrize("line_end", [end for end in BREAKS if end != "%00"])
@pytest.mark.parametrize("path, status", [
    ("/api/users", 301), ("/api/visitors/1", 301), ("/api", 301), ("/account", 301), ("/admin/residents", 301),
    ("/admin/residents/", 303), ("/account/", 303)])
def test_a_redirect_encodes_what_it_was_asked(stack, path, status, line_end):
    answered, pairs = ask(stack, "GET", f"{path}?next={line_end}{INJECTED}&x=%25{line_end}")
    locations = [value for name, value in pairs if name == "location"]
    if path == "/api":
        assert answered in (301, 404)
    else:
        assert (answered, len(locations)) == (status, 1)
    assert all(re.fullmatch(r"/(?!/)[!-~]*", value) for value in locations), locations
    assert "x-injected" not in dict(pairs)


@pytest.mark.parametrize("path", ["//evil.example/api/users", "/api//evil.example/../users", "/%2f%2fevil.example/..%2fapi/users", "/\\\\evil.example/api/users"])
def test_no_redirect_leads_elsewhere(stack, path):
    status, pairs = ask(stack, "GET", path)
    location = dict(pairs).get("location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", ["/api/access/codes/validate/", "/api/auth/login/", "/api/visitors/"])
def test_errors_of_nginx_about_its_pools(installed, path):
    installed.pools.stop_pools()
    try:
        status, pairs = ask(installed, "POST", path, {"Content-Type": "application/json"}, b"{}")
    finally:
        installed.pools.start_pools()
    assert status == 503
    assert faults(path, status, pairs, TRANSPORT) == []
    status, pairs = ask(installed, "POST", "/api/access/codes/validate/?sleep=3", {}, b"")
    assert (status, faults(path, status, pairs, TRANSPORT)) == (504, [])


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_that_nginx_has_by_itself(installed, status):
    for path in (f"/api/.test/{status}", f"/.test/{status}"):
        found = ask(installed, "GET", path)
        assert found[0] >= 400 and faults(path, *found, TRANSPORT) == [], path


def test_another_host_learns_nothing(stack):
    with socket.create_connection(("127.0.0.1", stack.port), 5) as connection:
        connection.sendall(b"GET /api/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        try:
            assert connection.recv(1000) == b""
        except ConnectionResetError:
            pass  # nor by the way it ends


def test_the_cookies_of_signing_in_are_closed(stack):
    demo = stack.demo()
    body = ('{"username": "%s", "password": "%s"}' % (demo["GARITA_GUARD_USER"], demo["GARITA_GUARD_PASSWORD"])).encode()
    status, pairs = ask(stack, "POST", "/api/auth/login/", {"Content-Type": "application/json"}, body)
    cookies = [value for name, value in pairs if name == "set-cookie"]
    assert status == 200 and cookies and faults("/api/auth/login/", status, pairs) == []
    assert all("Secure" in cookie for cookie in cookies)
