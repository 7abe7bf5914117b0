"""The second factor: enrolled, required, taken away, and what stays of it."""

import base64
import re
import subprocess
import urllib.parse

import requests

from second_factor import Member, digits, member, step  # noqa: F401 (a fixture)
from test_commands import garita
from test_login import PASSWORD, forget, log_in
from test_passwords import alive, person, post  # noqa: F401 (a fixture)


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


def test_it_is_disabled_with_password_and_code(member):
    stack = member.stack
    member.fresh()
    said = lambda path, password, code: member.post(path, {"password": password, "code": code})
    assert said("disable/", "wrong", member.now()).json() == {"password": ["The password is incorrect."]}
    assert said("disable/", PASSWORD, member.bad()).json() == {"code": ["The code is incorrect or was already used."]}
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
                "detail": "A second factor is required here: set one up first.", "code": "second_factor_enrolment"})
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
