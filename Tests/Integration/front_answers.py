"""What nginx says and passes on, as the tests of it compare it."""

import json
import re

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}











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
