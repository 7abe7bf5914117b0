"""Setting a password: one's own, and by a one-time link."""

import re

import pytest
import requests

from test_commands import garita
from test_login import PASSWORD, django_hash, forget, later, log_in

NEW = "otra vaca azul corre"


@pytest.fixture
def person(stack):
    """A guard of the demo's site, fresh for each test: (stack, id)."""
    forget(stack)
    stack.psql("delete from garita.users where username = 'pass_word'")
    yield stack, stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name, email)
        select min(id), 'pass_word', '{django_hash(PASSWORD)}', 'GUARD', 'Gertrudis', 'Villalobos', 'gerva@example.org'
        from garita.sites returning id""")[0]
    forget(stack)


def post(stack, path, body, token=None, **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return requests.post(f"{stack.url}{path}", json=body, timeout=10, headers=headers)


def alive(stack, token):
    return requests.get(f"{stack.url}/api/visitors/", headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code


def test_a_new_password_of_ones_own_ends_every_other_session(person):
    """B3: on the very next request."""
    stack, _ = person
    mine, other = log_in(stack, "pass_word").json(), log_in(stack, "pass_word").json()
    answer = post(stack, "/api/auth/password/", {"old_password": PASSWORD, "new_password": NEW}, mine["access"])
    assert answer.status_code == 200 and list(answer.json()) == ["refresh", "access"]
    assert [alive(stack, token) for token in (mine["access"], other["access"], answer.json()["access"])] == [401, 401, 200]
    assert post(stack, "/api/auth/refresh/", {"refresh": other["refresh"]}).status_code == 401
    again = post(stack, "/api/auth/refresh/", {"refresh": answer.json()["refresh"]})
    assert again.status_code == 200 and alive(stack, again.json()["access"]) == 200
    assert (log_in(stack, "pass_word").status_code, log_in(stack, "pass_word", NEW).status_code) == (401, 200)
    row = stack.psql("select actor, request_id, changes from garita.audit where table_name = 'users' and action = 'UPDATE'"
                     " order by id desc limit 1")[0]
    assert row.startswith(f"pass_word|{answer.headers['X-Request-Id']}|") and '["***", "***"]' in row


@pytest.mark.parametrize("password", [f"{NEW} ", f" {NEW}", f"{NEW}\u00a0", f"{NEW}\n", f"{NEW}\r\n{NEW}", f"{NEW}\x07x"])
def test_a_password_has_no_blank_at_its_ends_wherever_it_is_set(person, password):
    """Keyboards add one, and no page shows it; one that got in could not sign in by the API, which takes it away."""
    stack, user = person
    token = log_in(stack, "pass_word").json()["access"]
    answer = post(stack, "/api/auth/password/", {"old_password": PASSWORD, "new_password": password}, token)
    assert (answer.status_code, list(answer.json())) == (400, ["new_password"]) and re.search("space|control", answer.text)
    link = dict(line.split("=", 1) for line in garita(stack, "user", "link", "pass_word").stdout.splitlines() if "=" in line)["token"]
    answer = post(stack, "/api/auth/reset/", {"token": link, "password": password})
    assert (answer.status_code, list(answer.json())) == (400, ["password"]), answer.text
    assert post(stack, "/api/auth/reset/", {"token": link, "password": NEW}).status_code in (200, 204)
    assert log_in(stack, "pass_word", NEW + " ").status_code == 200, "the API takes it away, as the legacy API does"


def test_the_old_password_must_be_known_and_cannot_be_guessed_with_a_stolen_token(person):
    stack, _ = person
    token = log_in(stack, "pass_word").json()["access"]
    change = lambda old: post(stack, "/api/auth/password/", {"old_password": old, "new_password": NEW}, token)
    answers = [change("wrong") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {400}
    assert answers[0].json() == {
        "old_password": ["Your old password was entered incorrectly. Please enter it again."]}
    stack.psql("update garita.login_throttles set tried_at = clock_timestamp()")
    assert change(PASSWORD).status_code == 429
    assert post(stack, "/api/auth/password/", {"old_password": PASSWORD, "new_password": NEW}).status_code == 401
    later(stack, 900)
    assert change(PASSWORD).status_code == 200
    assert change(PASSWORD).status_code == 401


@pytest.mark.parametrize("new, faults", [
    ("k2#Vx9q", ["This password is too short. It must contain at least 8 characters."]),
    ("sunshine1", ["This password is too common."]),
    ("8392017553", ["This password is entirely numeric."]),
    ("villalobos7", ["The password is too similar to the last name."]),
    ("residencial2026", ["The password is too similar to the site name.", "This password is too common."]),
    ("x" * 1025, ["Ensure this field has no more than 1024 characters."]),
])
def test_one_policy_for_every_way_of_setting_a_password(person, new, faults):
    """B5"""
    stack, user = person
    token = log_in(stack, "pass_word").json()["access"]
    answer = post(stack, "/api/auth/password/", {"old_password": PASSWORD, "new_password": new}, token)
    assert (answer.status_code, answer.json()) == (400, {"new_password": faults})
    link = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN").json()["token"]
    answer = post(stack, "/api/auth/reset/", {"token": link, "password": new})
    assert (answer.status_code, answer.json()) == (400, {"password": faults})
    assert post(stack, "/api/auth/reset/", {"token": link, "password": NEW}).status_code == 204
    body = {"username": "pass_word_new", "first_name": "Gertrudis", "last_name": "Villalobos", "email": "gerva@example.org", "password": new}
    answer = stack.call("POST", "/api/users/", "ADMIN", json=body)
    # Of the length the legacy API's own field speaks.
    if len(new) < 8:
        faults = ["Ensure this field has at least 8 characters."]
    assert (answer.status_code, answer.json()) == (400, {"password": faults})


@pytest.mark.parametrize("length", [8, 64, 1024])
def test_long_passwords_are_whole(person, length):
    """B5: nothing is cut off."""
    stack, _ = person
    token = log_in(stack, "pass_word").json()["access"]
    new = ("kQ7ñ" * 300)[:length]
    assert post(stack, "/api/auth/password/", {"old_password": PASSWORD, "new_password": new}, token).status_code == 200
    assert log_in(stack, "pass_word", new[:-1]).status_code == 401
    assert log_in(stack, "pass_word", new).status_code == 200


def test_a_link_sets_a_password_once(person):
    stack, user = person
    session = log_in(stack, "pass_word").json()
    first = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN").json()
    made = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN")
    assert made.status_code == 201 and list(made.json()) == ["token", "expires_at"]
    link = made.json()["token"]
    assert alive(stack, session["access"]) == 200
    gone = {"token": ["This link does not exist, was already used, or has expired. Ask for a new one."]}
    for dead in (first["token"], "x", link[:-1], link.swapcase()):
        answer = post(stack, "/api/auth/reset/", {"token": dead, "password": NEW})
        assert (answer.status_code, answer.json()) == (400, gone)
    stack.psql("update garita.login_throttles set failures = 100")
    assert post(stack, "/api/auth/reset/", {"token": link, "password": NEW}).status_code == 204
    assert alive(stack, session["access"]) == 401
    assert log_in(stack, "pass_word", NEW).status_code == 200
    assert post(stack, "/api/auth/reset/", {"token": link, "password": PASSWORD}).json() == gone


def test_a_link_ends_after_a_day_with_the_account_and_with_a_new_password(person):
    stack, user = person
    link = lambda: stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN").json()["token"]
    use = lambda token: post(stack, "/api/auth/reset/", {"token": token, "password": NEW}).status_code
    old = link()
    stack.psql("update garita.password_links set expires_at = expires_at - interval '24 hours'")
    assert use(old) == 400
    disabled = link()
    stack.psql(f"update garita.users set is_active = false where id = {user}")
    assert use(disabled) == 400
    refused = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN", headers={"Accept-Language": "es"})
    assert (refused.status_code, refused.json()) == (409, {"detail": "La cuenta está desactivada: actívela primero.", "code": "account_inactive"})
    # What else is done to an account needs none that may sign in.
    for task, status in (("unlock", 204), ("reset_second_factor", 204), ("end_sessions", 204)):
        assert stack.call("POST", f"/api/users/{user}/{task}/", "ADMIN").status_code == status, task
    stack.psql(f"update garita.users set is_active = true where id = {user}")
    assert use(disabled) == 400
    changed = link()
    stack.psql(f"update garita.users set password_hash = '{django_hash(NEW)}' where id = {user}")
    assert use(changed) == 400


def test_only_administrators_of_the_site_make_links(person):
    stack, user = person
    path = f"/api/users/{user}/password_link/"
    for role, status in (("GUARD", 403), ("RESIDENT", 403), (None, 401)):
        assert stack.call("POST", path, role).status_code == status
    above = stack.psql("""insert into garita.users (username, password_hash, role, is_superuser)
        values ('above', '!', 'ADMIN', true) on conflict (username) do update set role = 'ADMIN' returning id""")[0]
    for other in (above, "999999", "x"):
        assert stack.call("POST", f"/api/users/{other}/password_link/", "ADMIN").status_code == 404
    stack.psql("delete from garita.users where username = 'above'")
