"""What nginx writes down: JSON, without a code or a query."""

import pytest

from front import STATUSES
from front_answers import VALIDATE, head
from runs import logged
from stack import CLONE

# A live code of a gate, as a QR symbol holds it.
CODE = "QXK7M2PB9RTW4HVN6DJC3FGYSZ"


def test_no_log_holds_a_code_or_a_query(front):
    """Whatever happens to a request, nginx's own words about it would hold its first line and where it came from."""
    query, referrer = f"?code={CODE}&search={CODE}", f"Referer: http://localhost/g/{CODE}"
    big = b"x" * 100_000
    for path in (f"/g/{CODE}", f"/G/{CODE}", f"//g/{CODE}", f"/g/{CODE}/", f"/g/{CODE}{query}", f"/%67/{CODE}"):
        assert " 307 " in front.raw(head(path, referrer))
    for path in (f"/p/{CODE}", f"/p/{CODE}/", f"/P/{CODE}", f"/p/{CODE}/calendar.ics{query}", f"/%70/{CODE}/", f"/P/{CODE}/%00"):
        for method in ("GET", "HEAD", "POST", "BREW"):
            front.raw(head(path, referrer, method=method))
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
        away = front.raw(head(f"/p/{CODE}/", referrer))
        assert " 503 " in away and "reload the page" in away and CODE not in away, "a page, not the API's error"
    finally:
        front.start_pool("app")
    logs = front.logs()
    assert {"access.log", "error.log"} <= set(logs) and "/g/-" in logs["access.log"] and "/p/-" in logs["access.log"]
    assert [name for name, text in logs.items() if CODE in text or CODE.lower() in text] == []


def test_production_writes_no_more_into_its_logs_than_development():
    site = (CLONE / "nginx/site.conf").read_text()
    servers = site.count("\nserver {")
    assert site.count(" garita;\n    error_log /var/log/nginx/garita-error.log emerg;") == servers == site.count("access_log ")


@pytest.mark.parametrize("path", [f"/g/{CODE}", f"/G/{CODE}/", f"/g/{CODE}?x={CODE}", f"/P/{CODE}", f"/P/{CODE}/"])
def test_who_reads_a_pass_with_a_telephone_is_led_to_its_page(front, path):
    answer = front.call("GET", path)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/p/{CODE}/")
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", ["/g/", "/P/", f"/g/{CODE}/more/", "/P/x-y/", "/g/x%0d%0aSet-Cookie:%20a=b", "/P/%C3%B1"])
def test_nothing_but_a_code_is_repeated(front, path):
    answer = front.call("GET", path)
    assert answer.status_code == 404 and "Esta página no existe." in answer.text and "Set-Cookie" not in answer.headers


def test_the_log_is_json_without_secrets(front):
    secrets = {"Authorization": "Bearer SECRETTOKEN", "Cookie": "a=SECRETCOOKIE"}
    answers = [front.call("GET", path, headers=secrets) for path in ("/api/x/?search=SECRETNAME", "/g/SECRETCODE", '/api/"quoted"/')]
    assert [line["path"] for line in logged(front.var, *answers)] == ["/api/x/", "/g/-", '/api/"quoted"/']
    assert "SECRET" not in front.logs()["access.log"]
