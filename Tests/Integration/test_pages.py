"""Pages: the cookie, its life, and what a request that changes something must show."""

import re

import pytest
import requests

from pages import Person
from test_login import django_hash
from test_second_factor import digits, step

PASSWORD, NEW = "la vaca verde salta", "otra vaca azul duerme"
NAME = "page_person"
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def account(stack):
    """A guard of the first site."""
    stack.psql(f"delete from garita.login_throttles; delete from garita.users where username = '{NAME}'")
    user = stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
        select min(id), '{NAME}', '{django_hash(PASSWORD)}', 'GUARD', 'Lola', '"><script>alert(1)</script>' from garita.sites
        returning id""")[0]
    yield user
    stack.psql(f"delete from garita.users where username = '{NAME}'")


@pytest.fixture
def person(stack, account):
    """Signed in."""
    one = Person(stack)
    assert one.sign_in(NAME, PASSWORD).status_code == 303
    return one


def is_in(person):
    return person.get("/account/").status_code == 200


def test_signing_in_gives_a_new_cookie_and_ends_what_was_there(stack, account):
    """B9: nobody can put a session into somebody else's browser."""
    one = Person(stack)
    one.get(SIGN_IN)
    before = one.cookie
    assert len(before) == 43 and not is_in(one)
    answer = one.sign_in(NAME, PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/")
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


def test_what_a_person_wrote_stays_text(stack, person):
    """C8"""
    text = person.get("/account/").text
    assert "<script>alert" not in text and "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text
    hostile = "\"><img src=x onerror=alert(1)>'"
    for action, fields in (("/account/new-password/", {"token": hostile, "password": "x"}),
                           (SIGN_IN, {"username": hostile, "password": "x"})):
        one = Person(stack)
        text = one.send(action, fields).text
        assert "<img" not in text and "&quot;&gt;&lt;img" in text
    one = Person(stack, **{"User-Agent": hostile})
    one.sign_in(NAME, PASSWORD)
    assert "<img" not in one.get("/account/sessions/").text


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
    ("/account/sessions/", "/account/sessions/"), ("//evil.example", "/account/"), ("https://evil.example", "/account/"),
    ("/\\evil.example", "/account/"), ("/a\r\nSet-Cookie: x=y", "/account/"), ("javascript:alert(1)", "/account/")])
def test_signing_in_leads_on_within_this_site(stack, account, next_page, goes_to):
    one = Person(stack)
    one.get(SIGN_IN, params={"next": next_page})
    answer = one.post(SIGN_IN, one.form(SIGN_IN) | {"username": NAME, "password": PASSWORD, "next": next_page})
    assert answer.headers["Location"] == goes_to and "x" not in answer.cookies


def test_who_is_not_signed_in_is_led_there_and_back(stack):
    answer = Person(stack).get("/account/sessions/?a=b")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sign-in/?next=%2Faccount%2Fsessions%2F%3Fa%3Db")


def test_every_failure_to_sign_in_reads_the_same_and_waits(stack, account):
    stack.psql(f"update garita.users set is_active = false where id = {account}")
    one = Person(stack, **{"Accept-Language": "es"})
    texts = set()
    for name, password in (("nobody_here", PASSWORD), (NAME, "wrong"), (NAME, PASSWORD)):
        answer = one.sign_in(name, password)
        assert answer.status_code == 400 and f'value="{name}"' in answer.text and password not in answer.text
        texts.add(re.sub(r'form_token" value="[^"]*"|value="[^"]*"', "", answer.text))
    assert len(texts) == 1 and "El nombre de usuario o la contraseña no es correcto." in texts.pop()
    for _ in range(5):
        answer = one.sign_in(NAME, "wrong")
    stack.psql("update garita.login_throttles set tried_at = clock_timestamp()")
    answer = one.sign_in(NAME, PASSWORD)
    assert answer.status_code == 429 and answer.headers["Retry-After"] and "Demasiados intentos" in answer.text


def test_a_new_password_gives_a_new_cookie_and_ends_the_rest(stack, person):
    other, token = Person(stack), requests.post(
        f"{stack.url}/api/auth/login/", json={"username": NAME, "password": PASSWORD}, timeout=10).json()["access"]
    other.sign_in(NAME, PASSWORD)
    before = person.cookie
    wrong = person.send("/account/password/", {"old_password": "no", "new_password": NEW})
    assert wrong.status_code == 400 and "entered incorrectly" in wrong.text and NEW not in wrong.text
    weak = person.send("/account/password/", {"old_password": PASSWORD, "new_password": "password"})
    assert weak.status_code == 400 and "too common" in weak.text
    done = person.send("/account/password/", {"old_password": PASSWORD, "new_password": NEW})
    assert (done.status_code, done.headers["Location"]) == (303, "/account/")
    assert person.cookie != before and is_in(person) and "Your password has changed" in person.page.text
    copy = Person(stack)
    copy.session.cookies.set("garita_insecure_session", before)
    assert not is_in(copy) and not is_in(other)
    assert stack.call("GET", "/api/users/me/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert stack.psql(f"""select count(*), max(expires_at - clock_timestamp()) < interval '31 minutes' from garita.sessions s
        join garita.users u on u.id = s.user_id where u.username = '{NAME}' and s.revoked_at is null""") == ["1|t"]
    assert Person(stack).sign_in(NAME, NEW).status_code == 303


def test_a_one_time_code_sets_a_password(stack, account):
    code = stack.call("POST", f"/api/users/{account}/password_link/", "ADMIN").json()["token"]
    one = Person(stack)
    weak = one.send("/account/new-password/", {"token": f" {code} ", "password": "12345678"})
    assert weak.status_code == 400 and f'value="{code}"' in weak.text and "entirely numeric" in weak.text
    assert one.send("/account/new-password/", {"token": "x" * 43, "password": NEW}).status_code == 400
    done = one.send("/account/new-password/", {"token": code, "password": NEW})
    assert (done.status_code, done.headers["Location"]) == (303, SIGN_IN)
    assert one.send("/account/new-password/", {"token": code, "password": NEW}).status_code == 400
    assert one.sign_in(NAME, NEW).status_code == 303
    assert code not in (stack.var / "log/nginx/access.log").read_text()


def test_one_sees_and_ends_ones_own_sessions(stack, person):
    phone = Person(stack, **{"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"})
    phone.sign_in(NAME, PASSWORD)
    page = person.get("/account/sessions/").text
    assert page.count("<li><div>") == 2 and "Safari, iPhone" in page and page.count("This one") == 1
    id_of_phone = re.search(r'name="end" value="(\d+)"', page).group(1)
    fields = {"form_token": person.token(), "end": id_of_phone}
    assert person.post("/account/sessions/", fields).status_code == 303
    assert not is_in(phone) and is_in(person)
    phone.sign_in(NAME, PASSWORD)
    person.get("/account/sessions/")
    assert person.post("/account/sessions/", {"form_token": person.token(), "end": "others"}).status_code == 303
    assert not is_in(phone) and is_in(person)
    # Nobody else's.
    stack.token("ADMIN")
    foreign = stack.psql("select max(s.id) from garita.sessions s join garita.users u on u.id = s.user_id where u.role = 'ADMIN'")[0]
    person.get("/account/sessions/")
    for end, status in ((foreign, 404), ("x", 404), ("", 404), ("-1", 404)):
        assert person.post("/account/sessions/", {"form_token": person.token(), "end": end}).status_code == status


def test_the_language_is_the_browsers_until_one_chooses(stack, person):
    one = Person(stack, **{"Accept-Language": "es-MX,es;q=0.9"})
    assert '<html lang="es">' in one.get(SIGN_IN).text and one.page.headers["Content-Language"] == "es"
    assert '<html lang="en">' in person.get("/account/").text
    assert person.send("/account/language/", {"language": "es"}, page="/account/").headers["Location"] == "/account/"
    assert '<html lang="es">' in person.get("/account/").text and person.page.headers["Content-Language"] == "es"
    again = Person(stack, **{"Accept-Language": "en"})
    again.sign_in(NAME, PASSWORD)
    assert "Mi cuenta" in again.get("/account/").text
    again.get("/account/")
    assert again.post("/account/language/", {"form_token": again.token(), "language": "fr"}).status_code == 400


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


def enrol(person):
    """Sets a second factor up; answers the letters of its secret and the page with the recovery codes."""
    shown = person.send("/account/second-factor/", {"password": PASSWORD})
    assert shown.status_code == 200 and "<svg xmlns" in shown.text
    letters = re.search(r'<code class="long">([A-Z2-7 ]+)</code>', shown.text).group(1).replace(" ", "")
    person.get("/account/second-factor/confirm/")
    done = person.post("/account/second-factor/confirm/", {"form_token": person.token(), "code": digits(letters, step())})
    assert done.status_code == 200, done.text
    return letters, done


def test_a_second_factor_is_set_up_asked_for_and_taken_away(stack, person, account):
    """B9: another cookie whenever what protects the account changes."""
    other = Person(stack)
    other.sign_in(NAME, PASSWORD)
    wrong = person.send("/account/second-factor/", {"password": "no"})
    assert wrong.status_code == 400 and "not right" in wrong.text and "<svg xmlns" not in wrong.text
    before = person.cookie
    person.send("/account/second-factor/", {"password": PASSWORD})
    wrong = person.send("/account/second-factor/confirm/", {"code": "000000"})
    assert wrong.status_code == 400
    _, shown = enrol(person)
    codes = re.findall(r"<li><code>([A-Z0-9]{5}-[A-Z0-9]{5})</code></li>", shown.text)
    assert len(set(codes)) == 10 and person.cookie != before
    assert is_in(person) and not is_in(other)
    copy = Person(stack)
    copy.session.cookies.set("garita_insecure_session", before)
    assert not is_in(copy)
    assert "Recovery codes left" in person.get("/account/second-factor/").text

    one = Person(stack)
    half = one.sign_in(NAME, PASSWORD)
    assert half.headers["Location"] == "/account/sign-in/code/" and not is_in(one)
    wrong = one.send("/account/sign-in/code/", {"code": "12345x"})
    assert wrong.status_code == 400 and "used before" in wrong.text and not is_in(one)
    before = one.cookie
    right = one.send("/account/sign-in/code/", {"code": codes[0]})
    assert (right.status_code, right.headers["Location"]) == (303, "/account/") and one.cookie != before and is_in(one)
    assert "garita_insecure_challenge" not in one.session.cookies
    again = Person(stack)
    again.get("/account/sign-in/?next=/account/sessions/")
    again.post(SIGN_IN, again.form(SIGN_IN) | {"username": NAME, "password": PASSWORD})
    again.get("/account/sign-in/code/?next=/account/sessions/")
    used = again.post("/account/sign-in/code/", again.form("/account/sign-in/code/") | {"code": codes[0]})
    assert used.status_code == 400, "a recovery code is good once"
    done = again.post("/account/sign-in/code/", again.form("/account/sign-in/code/") | {"code": codes[1]})
    assert done.headers["Location"] == "/account/sessions/"

    new = one.send("/account/second-factor/recovery-codes/", {"password": PASSWORD, "code": codes[2]})
    fresh = re.findall(r"<li><code>([A-Z0-9-]{11})</code></li>", new.text)
    assert len(fresh) == 10 and not set(fresh) & set(codes) and is_in(one)
    refused = one.send("/account/second-factor/disable/", {"password": PASSWORD, "code": codes[3]})
    assert refused.status_code == 400
    off = one.send("/account/second-factor/disable/", {"password": PASSWORD, "code": fresh[0]})
    assert off.status_code == 303 and is_in(one)
    assert Person(stack).sign_in(NAME, PASSWORD).headers["Location"] == "/account/"


def test_half_a_log_in_opens_nothing_and_grows_old(stack, person, account):
    enrol(person)
    one = Person(stack)
    assert one.get("/account/sign-in/code/").headers["Location"] == SIGN_IN
    one.sign_in(NAME, PASSWORD)
    for path in ("/account/", "/account/sessions/", "/account/second-factor/"):
        assert one.get(path).status_code == 303
    one.get("/account/sign-in/code/")
    stack.psql("update garita.login_challenges set expires_at = clock_timestamp()")
    late = one.post("/account/sign-in/code/", one.form("/account/sign-in/code/") | {"code": "123456"})
    assert late.headers["Location"] == SIGN_IN and "begin again" in one.get(SIGN_IN).text


def test_where_it_is_required_one_can_only_enrol(stack, person, account):
    stack.psql("update garita.sites set second_factor_roles = '{GUARD}'")
    try:
        answer = person.get("/account/sessions/")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/second-factor/")
        assert "requires it" in person.get("/account/second-factor/").text
        enrol(person)
        assert person.get("/account/sessions/").status_code == 200
    finally:
        stack.psql("update garita.sites set second_factor_roles = '{}'")
