"""Pages: the cookie, its life, and what a request that changes something must show."""

import re

import pytest
import requests

from pages import Person
from signed_in import NAME, NEW, PASSWORD, SIGN_IN, account, is_in, person  # noqa: F401 (fixtures)
from test_login import django_hash


def test_signing_in_gives_a_new_cookie_and_ends_what_was_there(stack, account):
    """B9: nobody can put a session into somebody else's browser."""
    one = Person(stack)
    one.get(SIGN_IN)
    before = one.cookie
    assert len(before) == 43 and not is_in(one)
    answer = one.sign_in(NAME, PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gate/")
    assert one.cookie != before and is_in(one)
    planted = Person(stack)
    planted.session.cookies.set("garita_insecure_session", before)
    assert not is_in(planted)
    first = one.cookie
    one.get("/account/")
    again = one.post(SIGN_IN, {"form_token": one.token(), "username": NAME, "password": PASSWORD})
    assert again.status_code == 303 and one.cookie != first
    planted.session.cookies.set("garita_insecure_session", first)
    assert not is_in(planted) and is_in(one)


def test_the_cookie_is_closed_to_scripts_and_other_sites(stack, account):
    """B9. Plain HTTP on this machine alone has a cookie without Secure, under a name that says so."""
    one = Person(stack)
    one.get(SIGN_IN)
    line = lambda answer: next(part for part in answer.raw.headers.getlist("Set-Cookie") if "session=" in part)
    attributes = lambda answer: line(answer).split("; ")[1:]
    assert attributes(one.page) == ["Path=/", "HttpOnly", "SameSite=Lax"]
    answer = one.sign_in(NAME, PASSWORD)
    assert attributes(answer) == ["Path=/", "HttpOnly", "SameSite=Lax"]
    out = one.send("/account/sign-out/", {}, page="/account/")
    assert attributes(out) == ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=0"]


def test_a_copied_cookie_is_dead_after_signing_out(stack, person):
    """B9"""
    copy = Person(stack)
    copy.session.cookies.set("garita_insecure_session", person.cookie)
    assert is_in(copy)
    answer = person.send("/account/sign-out/", {}, page="/account/")
    assert (answer.status_code, answer.headers["Location"]) == (303, SIGN_IN)
    assert not is_in(copy) and not is_in(person)
    assert "You have signed out." in person.get(SIGN_IN).text
    assert "You have signed out." not in person.get(SIGN_IN).text, "it is said once"


def test_a_session_ends_when_left_alone_and_after_half_a_day(stack, person):
    """B9"""
    later = lambda minutes: stack.psql(f"""update garita.sessions set issued_at = issued_at - interval '{minutes} minutes',
        expires_at = expires_at - interval '{minutes} minutes', absolute_end = absolute_end - interval '{minutes} minutes'
        where page_tag is not null""")
    for _ in range(25):
        later(29)
        answered = person.get("/account/")
        if answered.status_code != 200:
            break
    whole = 720 / 29
    assert int(whole) <= _ <= int(whole) + 1, "used every 29 minutes it lives twelve hours"
    assert answered.headers["Location"] == SIGN_IN
    assert person.sign_in(NAME, PASSWORD).status_code == 303
    later(31)
    assert not is_in(person)


@pytest.mark.parametrize("change", [
    "role = 'RESIDENT'", "is_active = false", f"password_hash = '{django_hash(NEW)}'", "is_superuser = true, role = 'ADMIN'"])
def test_a_changed_account_loses_its_session_at_the_next_page(stack, person, account, change):
    stack.psql(f"update garita.users set {change} where id = {account}")
    assert not is_in(person)


def test_two_cookies_of_one_name_are_nobody(stack, person):
    """B9"""
    name = f"garita_insecure_session={person.cookie}"
    get = lambda cookie: requests.get(
        f"{stack.url}/account/", headers={"Cookie": cookie}, timeout=10, allow_redirects=False).status_code
    assert get(name) == 200
    assert get(f"{name}; garita_insecure_session={'x' * 43}") == 303
    assert get(f"{name}; {name}") == 303


@pytest.mark.parametrize("headers, status", [
    ({}, 303),
    ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403), ({"Sec-Fetch-Site": "none"}, 403),
    ({"Sec-Fetch-Site": None}, 303),
    ({"Sec-Fetch-Site": None, "Origin": "https://evil.example"}, 403), ({"Sec-Fetch-Site": None, "Origin": "null"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": None}, 403),
])
def test_a_form_must_come_from_a_page_of_ours(person, headers, status):
    """B10: with a good token"""
    answer = person.send("/account/language/", {"language": "en"}, page="/account/", **headers)
    assert answer.status_code == status, answer.text


def test_a_form_must_hold_a_token_of_this_session(stack, person):
    """B10"""
    other = Person(stack)
    other.sign_in(NAME, PASSWORD)
    other.get("/account/")
    person.get("/account/")
    good, foreign = person.token(), other.token()
    assert good != foreign
    for token in (None, "", foreign, good[:-1], good + "x", good.replace(".", ""), "." + good, good.swapcase()):
        fields = {"language": "es"} | ({} if token is None else {"form_token": token})
        assert person.post("/account/language/", fields).status_code == 403
    assert stack.psql(f"select coalesce(language, '-') from garita.users where username = '{NAME}'") == ["-"]
    assert person.post("/account/language/", {"language": "es", "form_token": good}).status_code == 303
    person.get("/account/")
    assert person.token() != good, "another one each time"


def test_the_form_to_sign_in_is_guarded_too(stack, account):
    """B10"""
    fields = {"username": NAME, "password": PASSWORD}
    stranger = Person(stack)
    assert stranger.post(SIGN_IN, fields).status_code == 403
    other = Person(stack)
    other.get(SIGN_IN)
    stranger.get(SIGN_IN)
    assert stranger.post(SIGN_IN, fields | {"form_token": other.token()}).status_code == 403
    assert stranger.post(SIGN_IN, fields | {"form_token": stranger.token()}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert stranger.post(SIGN_IN, fields | {"form_token": stranger.token()}).status_code == 303


def test_the_api_takes_no_cookie(stack, person):
    """B10"""
    cookie = {"Cookie": f"garita_insecure_session={person.cookie}; __Host-garita_session={person.cookie}"}
    for path in ("/api/visitors/", "/api/users/me/", "/api/auth/sessions/"):
        assert stack.call("GET", path, headers=dict(cookie)).status_code == 401
    assert stack.call("POST", "/api/auth/logout/", headers=dict(cookie)).status_code == 401
    assert is_in(person)


def test_looking_changes_nothing(stack, person):
    """B10"""
    rows = lambda: stack.psql("select count(*), max(updated_at) from garita.users") + stack.psql(
        "select count(*), max(updated_at), max(expires_at) from garita.sessions") + stack.psql("select max(id) from garita.audit")
    before = rows()
    for path in ("", "sign-in/", "password/", "new-password/", "sessions/"):
        assert person.get(f"/account/{path}").status_code in (200, 303)
    for path in ("sign-out/", "language/"):
        assert person.get(f"/account/{path}").status_code == 405
    assert person.get("/account/sessions/?end=others").status_code == 200
    assert rows() == before


@pytest.mark.parametrize("path", ["/account/", "/account/password/", "/account/nowhere/", "/account/sign-out/"])
def test_a_page_is_framed_by_nobody_and_kept_by_nobody(person, path):
    """C6, C8"""
    headers = person.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/html; charset=utf-8" and headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<script(?! type=\"module\" src=\"/static/)|<style|style=|\son\w+=", person.page.text)


@pytest.mark.parametrize("next_page, goes_to", [
    ("/account/sessions/", "/account/sessions/"), ("//evil.example", "/gate/"), ("https://evil.example", "/gate/"),
    ("/\\evil.example", "/gate/"), ("/a\r\nSet-Cookie: x=y", "/gate/"), ("javascript:alert(1)", "/gate/")])
def test_signing_in_leads_on_within_this_site(stack, account, next_page, goes_to):
    one = Person(stack)
    one.get(SIGN_IN, params={"next": next_page})
    answer = one.post(SIGN_IN, one.form(SIGN_IN) | {"username": NAME, "password": PASSWORD, "next": next_page})
    assert answer.headers["Location"] == goes_to and "x" not in answer.cookies


def test_who_is_not_signed_in_is_led_there_and_back(stack):
    answer = Person(stack).get("/account/sessions/?a=b")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sign-in/?next=%2Faccount%2Fsessions%2F%3Fa%3Db")


def test_faults_are_pages_too(stack, person):
    assert person.get("/account/nowhere/").status_code == 404 and "<h1>Page not found</h1>" in person.page.text
    assert person.get("/account/sessions").status_code == 301
    assert person.get("/account/?x=%00").status_code == 400 and "<h1>" in person.page.text
    large = person.post("/account/password/", {"old_password": "x" * 5000})
    assert large.status_code == 413 and "demasiado grande" in large.text
    person.get("/account/")
    answer = person.post("/account/language/", {"form_token": person.token()}, **{"Content-Type": "text/plain"})
    assert answer.status_code == 415 and "<h1>" in answer.text


def test_stylesheet_and_script_have_names_of_their_content(stack):
    text = Person(stack).get(SIGN_IN).text
    names = re.findall(r'"(/static/garita\.[0-9a-f]{10}\.(?:css|js))"', text)
    assert len(names) == 2
    for name in names:
        answer = requests.get(stack.url + name, timeout=10)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Encoding"] == "gzip" and "charset=utf-8" in answer.headers["Content-Type"]
    assert requests.get(f"{stack.url}/static/garita.css", timeout=10).headers["Cache-Control"] == "no-cache"
