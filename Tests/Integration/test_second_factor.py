"""The second factor: enrolled, asked for, each code good once, required, taken away."""

import base64
import hmac
import re
import struct
import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from test_commands import garita
from test_login import PASSWORD, forget, log_in
from test_passwords import alive, person, post  # noqa: F401 (a fixture)

PERIOD = 30


def digits(secret, step):
    """RFC 6238 by itself, so that the two can disagree."""
    code = hmac.digest(base64.b32decode(secret), struct.pack(">q", step), "sha1")
    offset = code[-1] & 15
    return f"{(struct.unpack('>I', code[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def step():
    """The present step; never one that ends while a test uses it."""
    if time.time() % PERIOD > PERIOD - 4:
        time.sleep(4.5)
    return int(time.time()) // PERIOD


class Member:
    """A guard with an authenticator."""

    def __init__(self, stack, user, password=PASSWORD):
        self.stack, self.user, self.password = stack, user, password
        self.token = log_in(stack, "pass_word", password).json()["access"]

    def post(self, path, body, **headers):
        return post(self.stack, f"/api/auth/second_factor/{path}", body, self.token, **headers)

    def enrol(self):
        started = self.post("", {"password": self.password})
        assert started.status_code == 201, started.text
        self.secret = started.json()["secret"]
        confirmed = self.post("confirm/", {"code": digits(self.secret, step())})
        assert confirmed.status_code == 200, confirmed.text
        self.recovery = confirmed.json()["recovery_codes"]
        return self

    def fresh(self):
        """As if every code used were long ago."""
        self.stack.psql("update garita.second_factors set last_step = 0, failures = 0")

    def challenge(self):
        answer = log_in(self.stack, "pass_word", self.password)
        assert answer.status_code == 401 and list(answer.json()) == ["detail", "code", "challenge"], answer.text
        return answer.json()["challenge"]

    def code(self, challenge, code, **headers):
        return post(self.stack, "/api/auth/login/code/", {"challenge": challenge, "code": code}, **headers)

    def now(self):
        return digits(self.secret, step())

    def bad(self):
        """Six digits of no step near."""
        near = {digits(self.secret, step() + i) for i in range(-2, 3)}
        return next(code for code in ("111111", "222222", "333333") if code not in near)


@pytest.fixture
def member(person):  # noqa: F811
    return Member(*person).enrol()


def test_enrolment_shows_a_picture_an_authenticator_reads(person, tmp_path):  # noqa: F811
    """B7"""
    one = Member(*person)
    started = one.post("", {"password": PASSWORD}).json()
    assert list(started) == ["secret", "uri", "qr_code"]
    kind, picture = started["qr_code"].split(",", 1)
    assert kind == "data:image/png;base64"
    (tmp_path / "qr.png").write_bytes(base64.b64decode(picture, validate=True))
    read = subprocess.run(["zbarimg", "--quiet", "--raw", tmp_path / "qr.png"], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == started["uri"]
    uri = urllib.parse.urlsplit(started["uri"])
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    site = one.stack.psql("select name from garita.sites where id = (select min(id) from garita.sites)")[0]
    assert urllib.parse.unquote(uri.path) == f"/{site}:pass_word"
    assert urllib.parse.parse_qs(uri.query) == {
        "secret": [started["secret"]], "issuer": [site], "algorithm": ["SHA1"], "digits": ["6"], "period": ["30"]}
    assert len(base64.b32decode(started["secret"])) == 20
    # Nothing is asked for before the first code.
    assert log_in(one.stack, "pass_word").status_code == 200
    again = one.post("", {"password": PASSWORD}).json()["secret"]
    assert again != started["secret"]
    assert one.post("confirm/", {"code": digits(started["secret"], step())}).status_code == 400
    assert one.post("confirm/", {"code": digits(again, step())}).status_code == 200


def test_the_first_code_shows_ten_recovery_codes_and_ends_other_sessions(person):  # noqa: F811
    """B7"""
    one = Member(*person)
    other = log_in(one.stack, "pass_word").json()
    show = lambda: requests.get(f"{one.stack.url}/api/auth/second_factor/", timeout=10,
                                headers={"Authorization": f"Bearer {one.token}"}).json()
    assert show() == {"enabled": False, "required": False, "confirmed_at": None, "recovery_codes_left": 0}
    one.enrol()
    assert len(set(one.recovery)) == 10
    assert all(re.fullmatch("[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}", code) for code in one.recovery)
    state = show()
    assert state["enabled"] and state["recovery_codes_left"] == 10
    # In the site's time, as every other time of the API.
    written = one.stack.psql(f"""set timezone = 'America/Mexico_City';
        select to_char(confirmed_at, 'YYYY-MM-DD"T"HH24:MI:SS.US') || '-06:00' from garita.second_factors where user_id = {one.user}""")
    assert [state["confirmed_at"]] == written
    assert (alive(one.stack, one.token), alive(one.stack, other["access"])) == (200, 401)
    assert post(one.stack, "/api/auth/refresh/", {"refresh": other["refresh"]}).status_code == 401
    for path in ("", "confirm/"):
        answer = one.post(path, {"password": PASSWORD, "code": one.now()})
        assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_in_use")


def test_a_log_in_takes_two_steps(member):
    """B7: the password alone opens no session."""
    stack = member.stack
    member.fresh()
    sessions = lambda: int(stack.psql(f"select count(*) from garita.sessions where user_id = {member.user}")[0])
    before = sessions()
    first = log_in(stack, "pass_word", **{"Accept-Language": "es"})
    assert first.status_code == 401 and first.json()["code"] == "second_factor_required"
    assert first.json()["detail"] == "Escriba el código de su aplicación de autenticación."
    assert "Set-Cookie" not in first.headers and sessions() == before
    challenge = first.json()["challenge"]
    # Single purpose: it is no token.
    assert alive(stack, challenge) == 401
    for path, field in (("refresh", "refresh"), ("verify", "token")):
        assert post(stack, f"/api/auth/{path}/", {field: challenge}).status_code == 401
    assert post(stack, "/api/auth/reset/", {"token": challenge, "password": "otra vaca azul"}).status_code == 400
    wrong = member.code(challenge, member.bad())
    assert wrong.status_code == 400
    assert wrong.json() == {"code": ["The code is not right, or it was used before."]}
    code = member.now()
    done = member.code(challenge, f" {code[:3]} {code[3:]} ")
    assert done.status_code == 200 and list(done.json()) == ["refresh", "access"], done.text
    assert done.headers["Set-Cookie"].startswith("__Host-garita_device=")
    assert alive(stack, done.json()["access"]) == 200 and sessions() == before + 1
    assert post(stack, "/api/auth/refresh/", {"refresh": done.json()["refresh"]}).status_code == 200
    # The challenge is used up, whatever comes with it.
    member.fresh()
    again = member.code(challenge, member.now())
    assert (again.status_code, again.json()["code"]) == (401, "challenge_expired")


def test_a_code_may_come_along_with_name_and_password(member):
    """B7: in one step as in two: each code once, wrong ones counted for the account and told alike."""
    stack = member.stack
    member.fresh()
    log = lambda otp, password=PASSWORD, **headers: post(
        stack, "/api/auth/login/", {"username": "pass_word", "password": password, "otp": otp}, **headers)
    for none in ("", " ", None):
        assert log(none).json()["code"] == "second_factor_required"
    code = member.now()
    done = log(f" {code[:3]} {code[3:]}")
    assert done.status_code == 200 and list(done.json()) == ["refresh", "access"], done.text
    assert done.headers["Set-Cookie"].startswith("__Host-garita_device=") and alive(stack, done.json()["access"]) == 200
    again = log(code, **{"Accept-Language": "es"})
    assert (again.status_code, again.json()) == (400, {"otp": ["El código no es correcto o ya se usó."]})
    assert log(member.recovery[0]).status_code == 200 and log(member.recovery[0]).status_code == 400
    # A wrong password comes first, and says nothing of the code.
    assert log(member.recovery[1], "wrong").content == log_in(stack, "pass_word", "wrong").content
    assert log(["1"]).status_code == 400
    stack.psql("update garita.second_factors set failures = 0; truncate garita.login_throttles")
    assert [log(member.bad()).status_code for _ in range(5)] == [400] * 5
    assert stack.psql(f"select failures from garita.second_factors where user_id = {member.user}") == ["5"]
    stack.psql("update garita.second_factors set failures = 12, tried_at = clock_timestamp()")
    waiting = log(member.recovery[1])
    assert waiting.status_code == 429 and int(waiting.headers["Retry-After"]) >= 1
    # The two ways have one count.
    assert member.code(member.challenge(), member.recovery[1]).status_code == 429
    stack.psql("update garita.second_factors set tried_at = tried_at - interval '900 seconds'")
    assert log(member.recovery[1]).status_code == 200


def test_a_code_that_nobody_asked_for_is_not_looked_at(person):  # noqa: F811
    body = {"username": "pass_word", "password": PASSWORD, "otp": "123456"}
    assert post(person[0], "/api/auth/login/", body).status_code == 200


def test_a_wrong_password_tells_nothing_of_a_second_factor(member):
    """B4: unknown, wrong, and wrong with a second factor are one answer."""
    answers = [log_in(member.stack, name, "wrong") for name in ("nobody", "pass_word")]
    assert answers[0].status_code == 401 and answers[0].content == answers[1].content


def test_each_code_is_good_once_also_at_the_same_time(member):
    """A16, B7"""
    member.fresh()
    code = member.now()
    challenges = [member.challenge() for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda challenge: member.code(challenge, code).status_code, challenges * 2))
    assert answers.count(200) == 1, answers
    assert set(answers) <= {200, 400, 401, 429}  # five at once are free
    member.stack.psql("update garita.second_factors set failures = 0")
    assert member.code(member.challenge(), code).status_code == 400
    # A step before it is no longer good either, the next one is.
    current = step()
    assert member.code(member.challenge(), digits(member.secret, current - 1)).status_code == 400
    assert member.code(member.challenge(), digits(member.secret, current + 1)).status_code == 200
    for far in (-3, 3):
        member.fresh()
        assert member.code(member.challenge(), digits(member.secret, step() + far)).status_code == 400


def test_a_recovery_code_is_good_once_however_it_is_typed(member):
    """B7"""
    first, second = member.recovery[:2]
    assert member.code(member.challenge(), first.lower().replace("-", " ")).status_code == 200
    assert member.code(member.challenge(), first).status_code == 400
    challenges = [member.challenge() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda challenge: member.code(challenge, second).status_code, challenges))
    assert answers.count(200) == 1, answers
    left = member.stack.psql(f"select cardinality(recovery_tags) from garita.second_factors where user_id = {member.user}")
    assert left == ["8"]


def test_wrong_codes_are_slowed_down_for_the_account_and_end_the_challenge(member):
    """B7: 5 wrong codes end the half log-in and make one wait; 100 close the second step until somebody unlocks."""
    stack = member.stack
    member.fresh()
    challenge = member.challenge()
    # No more at once than the pool's queue has room for.
    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(lambda _: member.code(challenge, member.bad()).status_code, range(20)))
    assert parallel.count(400) == 5 and set(parallel) <= {400, 401, 429}, parallel
    assert member.code(challenge, member.now()).status_code in (401, 429)
    assert stack.psql(f"select failures from garita.second_factors where user_id = {member.user}") == ["5"]
    # Later ones make one wait longer than a slow machine takes.
    stack.psql("update garita.second_factors set failures = 12, tried_at = clock_timestamp()")
    waiting = member.code(member.challenge(), member.now())
    assert waiting.status_code == 429 and int(waiting.headers["Retry-After"]) >= 1
    assert member.code(challenge, member.now()).status_code == 401
    stack.psql("update garita.second_factors set failures = 100, tried_at = tried_at - interval '1 year'")
    locked = member.code(member.challenge(), member.recovery[0])
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    listed = garita(stack, "user", "list").stdout
    assert re.search("pass_word .*  second factor  locked", listed)
    assert stack.call("POST", f"/api/users/{member.user}/unlock/", "ADMIN").status_code == 204
    assert member.code(member.challenge(), member.recovery[0]).status_code == 200


def test_a_half_log_in_ends_in_time_with_a_new_password_and_with_the_account(member):
    stack = member.stack
    gone = lambda challenge: member.code(challenge, member.recovery[0]).json()["code"] == "challenge_expired"
    one = member.challenge()
    stack.psql("update garita.login_challenges set expires_at = expires_at - interval '5 minutes'")
    assert gone(one)
    two = member.challenge()
    stack.psql(f"update garita.users set token_version = token_version + 1 where id = {member.user}")
    assert gone(two)
    three = member.challenge()
    stack.psql(f"update garita.users set is_active = false where id = {member.user}")
    assert gone(three)
    for forged in ("x", three[:-1], three.swapcase()):
        assert gone(forged)


def test_a_new_password_does_not_get_around_it(member):
    """B7: recovery of the password does not bypass the second factor."""
    stack = member.stack
    link = stack.call("POST", f"/api/users/{member.user}/password_link/", "ADMIN").json()["token"]
    assert post(stack, "/api/auth/reset/", {"token": link, "password": "otra vaca azul corre"}).status_code == 204
    answer = log_in(stack, "pass_word", "otra vaca azul corre")
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_required")


def test_it_is_disabled_with_password_and_code(member):
    stack = member.stack
    member.fresh()
    said = lambda path, password, code: member.post(path, {"password": password, "code": code})
    assert said("disable/", "wrong", member.now()).json() == {"password": ["The password is not right."]}
    assert said("disable/", PASSWORD, member.bad()).json() == {"code": ["The code is not right, or it was used before."]}
    renewed = said("recovery_codes/", PASSWORD, member.now())
    assert renewed.status_code == 200 and not set(renewed.json()["recovery_codes"]) & set(member.recovery)
    assert said("disable/", PASSWORD, member.recovery[0]).status_code == 400
    assert said("disable/", PASSWORD, renewed.json()["recovery_codes"][0]).status_code == 204
    assert log_in(stack, "pass_word").status_code == 200
    assert said("disable/", PASSWORD, member.recovery[0]).json()["code"] == "second_factor_missing"


def test_a_stolen_token_enrols_nothing(person):  # noqa: F811
    one = Member(*person)
    assert [one.post("", {"password": "wrong"}).status_code for _ in range(5)] == [400] * 5
    one.stack.psql("update garita.login_throttles set tried_at = clock_timestamp()")
    assert one.post("", {"password": PASSWORD}).status_code == 429


def test_administrators_of_the_site_and_the_command_take_away_what_was_lost(member):
    stack = member.stack
    path = f"/api/users/{member.user}/reset_second_factor/"
    for role, status in (("GUARD", 403), ("RESIDENT", 403), (None, 401)):
        assert stack.call("POST", path, role).status_code == status
    own = stack.psql("select id from garita.users where username = 'admin'")[0]
    assert stack.call("POST", f"/api/users/{own}/reset_second_factor/", "ADMIN").status_code == 403
    assert stack.call("POST", "/api/users/999999/reset_second_factor/", "ADMIN").status_code == 404
    challenge = member.challenge()
    assert stack.call("POST", path, "ADMIN").status_code == 204
    assert alive(stack, member.token) == 401
    assert member.code(challenge, member.recovery[0]).status_code == 401
    again = Member(stack, member.user).enrol()
    done = garita(stack, "user", "reset-second-factor", "pass_word")
    assert done.returncode == 0 and "is gone" in done.stdout, done.stderr
    assert alive(stack, again.token) == 401 and log_in(stack, "pass_word").status_code == 200
    assert garita(stack, "user", "reset-second-factor", "pass_word").returncode == 65


def test_a_site_can_require_it_of_a_role(person):  # noqa: F811
    """B7: who has none can only enrol; on the very next request, at the gate too."""
    stack, user = person
    one = Member(stack, user)
    bearer = {"Authorization": f"Bearer {one.token}"}
    words = {"code": "ABCDEFGH", "access_point_id": 1, "access_type": "ENTRY"}
    ask = lambda: [
        requests.get(f"{stack.url}/api/visitors/", headers=bearer, timeout=10),
        requests.post(f"{stack.url}/api/access/codes/validate/", json=words, headers=bearer, timeout=10)]
    assert [answer.status_code for answer in ask()] == [200, 404]
    done = garita(stack, "site", "second-factor", "MAIN", "GUARD")
    try:
        assert done.returncode == 0 and "required of: GUARD" in done.stdout, done.stderr
        for answer in ask():
            assert (answer.status_code, answer.json()) == (403, {
                "detail": "A second factor is required here: enrol one first.", "code": "second_factor_enrolment"})
        assert stack.call("GET", "/api/visitors/", "ADMIN").status_code == 200
        # Logging in and enrolling work, and that is all it takes.
        one = Member(stack, user)
        bearer["Authorization"] = f"Bearer {one.token}"
        assert ask()[0].status_code == 403
        shown = requests.get(f"{stack.url}/api/auth/second_factor/", headers=bearer, timeout=10)
        assert shown.json()["required"] is True
        one.enrol()
        assert [answer.status_code for answer in ask()] == [200, 404]
        one.fresh()
        assert one.post("disable/", {"password": PASSWORD, "code": one.now()}).status_code == 204
        assert ask()[0].status_code == 403
    finally:
        assert "required of: nobody" in garita(stack, "site", "second-factor", "MAIN").stdout
    assert ask()[0].status_code == 200
    assert garita(stack, "site", "second-factor", "MAIN", "KING").returncode == 64
    assert garita(stack, "site", "second-factor", "NONE").returncode == 65


def test_what_happened_is_in_the_audit_and_no_secret_anywhere(person):  # noqa: F811
    """E4"""
    stack, user = person
    before = stack.psql("select coalesce(max(id), 0) from garita.audit")[0]
    one = Member(stack, user).enrol()
    one.fresh()
    challenge = one.challenge()
    failed = one.code(challenge, one.bad())
    one.code(challenge, one.recovery[0])
    one.post("disable/", {"password": PASSWORD, "code": one.now()})
    Member(stack, user).enrol()
    stack.call("POST", f"/api/users/{user}/reset_second_factor/", "ADMIN")
    rows = stack.psql(f"select actor, action, coalesce(changes ->> 'confirmed_at', '') <> '' from garita.audit"
                      f" where id > {before} and table_name = 'second_factors' and row_id = {user} order by id")
    assert rows == ["pass_word|INSERT|f", "pass_word|UPDATE|t", "pass_word|LOGIN_FAILED|f", "pass_word|UPDATE|f",
                    "pass_word|DELETE|t", "pass_word|INSERT|f", "pass_word|UPDATE|t", "admin|DELETE|t"]
    assert failed.headers["X-Request-Id"] in stack.psql(
        f"select string_agg(request_id, ',') from garita.audit where id > {before} and action = 'LOGIN_FAILED'")[0]
    told = "\n".join(stack.psql(f"select row_to_json(a) from garita.audit a where id > {before}"))
    logs = "\n".join(path.read_text(errors="replace") for path in (stack.var / "log").rglob("*") if path.is_file())
    for secret in (one.secret, challenge, one.recovery[0], one.recovery[0].replace("-", ""), one.recovery[5]):
        assert secret not in told and secret not in logs
    assert base64.b32decode(one.secret).hex() not in told
    forget(stack)
