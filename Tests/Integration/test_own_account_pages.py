"""What a person does with the own account on pages: password, sessions, language, second factor."""

import re

import requests

from pages import Person
from runs import logged
from second_factor import digits, step
from signed_in import NAME, NEW, PASSWORD, SIGN_IN, account, is_in, person  # noqa: F401 (fixtures)


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


def test_every_failure_to_sign_in_reads_the_same_and_waits(stack, account):
    stack.psql(f"update garita.users set is_active = false where id = {account}")
    one = Person(stack, **{"Accept-Language": "es"})
    texts = set()
    for name, password in (("nobody_here", PASSWORD), (NAME, "wrong"), (NAME, PASSWORD)):
        answer = one.sign_in(name, password)
        assert answer.status_code == 400 and f'value="{name}"' in answer.text and password not in answer.text
        texts.add(re.sub(r'form_token" value="[^"]*"|value="[^"]*"', "", answer.text))
    assert len(texts) == 1 and "El nombre de usuario o la contraseña son incorrectos." in texts.pop()
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
    one = Person(stack, **{"Accept-Language": "en"})
    told = one.send("/account/new-password/", {"token": code})
    assert told.status_code == 200 and f'<strong class="code">{NAME}</strong>' in told.text and "There is a problem" not in told.text
    assert one.send("/account/new-password/", {"token": "y" * 43}).status_code == 400
    weak = one.send("/account/new-password/", {"token": f" {code} ", "password": "12345678"})
    assert weak.status_code == 400 and f'value="{code}"' in weak.text and "entirely numeric" in weak.text
    assert one.send("/account/new-password/", {"token": "x" * 43, "password": NEW}).status_code == 400
    done = one.send("/account/new-password/", {"token": code, "password": NEW})
    assert (done.status_code, done.headers["Location"]) == (303, SIGN_IN)
    assert f'name="username" type="text" value="{NAME}"' in one.get(SIGN_IN).text, "the name need not be remembered"
    again = one.send("/account/new-password/", {"token": code, "password": NEW})
    assert again.status_code == 400 and logged(stack.var, done, again)
    assert one.sign_in(NAME, NEW).status_code == 303
    assert code not in (stack.var / "log/nginx/access.log").read_text()


def test_one_sees_and_ends_ones_own_sessions(stack, person):
    phone = Person(stack, **{"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"})
    phone.sign_in(NAME, PASSWORD)
    page = person.get("/account/sessions/").text
    assert page.count("<li><div>") == 2 and "Safari, iPhone" in page and page.count("Current session") == 1
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


def test_the_language_can_be_chosen_before_signing_in(stack, account):
    one = Person(stack, **{"Accept-Language": "en"})
    path = f"{SIGN_IN}?next=%2Faccount%2Fsessions%2F"
    one.get(path)
    chosen = one.post("/account/language/", one.form("/account/language/") | {"language": "es"})
    assert (chosen.status_code, chosen.headers["Location"]) == (303, path)
    assert '<html lang="es">' in one.get(path).text
    assert one.sign_in(NAME, PASSWORD).status_code == 303 and "Mi cuenta" in one.get("/account/").text
    assert stack.psql(f"select language from garita.users where id = {account}") == [""], "the account has chosen nothing"


def test_one_begins_where_ones_work_is(stack, account):
    """After signing in, by the name of the residence, and from where one may not be."""
    for role, home in (("GUARD", "/gate/"), ("RESIDENT", "/home/"), ("ADMIN", "/admin/")):
        stack.psql(f"update garita.users set role = '{role}' where id = {account}")
        one = Person(stack)
        assert one.sign_in(NAME, PASSWORD).headers["Location"] == home
        assert one.get(SIGN_IN).headers["Location"] == home
        assert f'<a class="brand" href="{home}">' in one.get("/account/").text
        for path in ("/admin/site/", "/admin/search/"):
            answer = one.get(path)
            assert answer.status_code == 200 or f'<a class="button" href="{home}">' in answer.text, path


def enrol(person):
    """Sets a second factor up; answers the letters of its secret and the page with the recovery codes."""
    shown = person.send("/account/second-factor/", {"password": PASSWORD})
    assert shown.status_code == 200 and "<svg xmlns" in shown.text
    letters = re.search(r'<code class="long">([A-Z2-7 ]+)</code>', shown.text).group(1).replace(" ", "")
    person.get("/account/second-factor/confirm/")
    done = person.post("/account/second-factor/confirm/", {"form_token": person.token(), "code": digits(letters, step())})
    assert done.status_code == 200, done.text
    return letters, done


def assert_good_once(stack, code, next_code):
    """A recovery code opens one session; after a used one the next still leads where one wanted to go."""
    again = Person(stack)
    again.get("/account/sign-in/?next=/account/sessions/")
    again.post(SIGN_IN, again.form(SIGN_IN) | {"username": NAME, "password": PASSWORD})
    again.get("/account/sign-in/code/?next=/account/sessions/")
    used = again.post("/account/sign-in/code/", again.form("/account/sign-in/code/") | {"code": code})
    assert used.status_code == 400, "a recovery code is good once"
    done = again.post("/account/sign-in/code/", again.form("/account/sign-in/code/") | {"code": next_code})
    assert done.headers["Location"] == "/account/sessions/"


def test_a_second_factor_is_set_up_asked_for_and_taken_away(stack, person, account):
    """B9: another cookie whenever what protects the account changes."""
    other = Person(stack)
    other.sign_in(NAME, PASSWORD)
    wrong = person.send("/account/second-factor/", {"password": "no"})
    assert wrong.status_code == 400 and "incorrect" in wrong.text and "<svg xmlns" not in wrong.text
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
    assert wrong.status_code == 400 and "incorrect or was already used" in wrong.text and not is_in(one)
    before = one.cookie
    right = one.send("/account/sign-in/code/", {"code": codes[0]})
    assert (right.status_code, right.headers["Location"]) == (303, "/gate/") and one.cookie != before and is_in(one)
    assert "garita_insecure_challenge" not in one.session.cookies
    assert_good_once(stack, codes[0], codes[1])

    new = one.send("/account/second-factor/recovery-codes/", {"password": PASSWORD, "code": codes[2]})
    fresh = re.findall(r"<li><code>([A-Z0-9-]{11})</code></li>", new.text)
    assert len(fresh) == 10 and not set(fresh) & set(codes) and is_in(one)
    refused = one.send("/account/second-factor/disable/", {"password": PASSWORD, "code": codes[3]})
    assert refused.status_code == 400
    off = one.send("/account/second-factor/disable/", {"password": PASSWORD, "code": fresh[0]})
    assert off.status_code == 303 and is_in(one)
    assert Person(stack).sign_in(NAME, PASSWORD).headers["Location"] == "/gate/"


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
    assert late.headers["Location"] == SIGN_IN and "start over" in one.get(SIGN_IN).text


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
