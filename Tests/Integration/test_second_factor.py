"""The second factor: asked for at a log-in, each code good once, wrong ones slowed down."""

import re
from concurrent.futures import ThreadPoolExecutor

from second_factor import digits, member, step  # noqa: F401 (a fixture)
from test_commands import garita
from test_login import PASSWORD, log_in
from test_passwords import alive, person, post  # noqa: F401 (a fixture)


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
    assert wrong.json() == {"code": ["The code is incorrect or was already used."]}
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
    assert (again.status_code, again.json()) == (400, {"otp": ["El código es incorrecto o ya se usó."]})
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
