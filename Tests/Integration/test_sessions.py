"""Families of refresh tokens: one successor each, a retry at once, and the end of all when an old one comes back."""

from concurrent.futures import ThreadPoolExecutor

from test_login import log_in
from test_passwords import alive, person, post  # noqa: F401 (a fixture)


def refresh(stack, token):
    return post(stack, "/api/auth/refresh/", {"refresh": token})


def test_a_refresh_token_sent_many_times_at_once_has_one_successor(person):  # noqa: F811
    """B2: parallel tabs and lost answers; only one descendant lives."""
    stack, user = person
    first = log_in(stack, "pass_word").json()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: refresh(stack, first["refresh"]), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    successors = {answer.json()["refresh"] for answer in answers}
    assert len(successors) == 1
    assert stack.psql(f"select generation, revoked_at is null from garita.sessions where user_id = {user}") == ["2|t"]
    assert refresh(stack, successors.pop()).status_code == 200


def test_an_older_refresh_token_ends_everything(person):  # noqa: F811
    """B2: R1 -> R2 -> R3, then R1 again; and R1 again after the ten seconds."""
    stack, user = person
    for late in (False, True):
        other = log_in(stack, "pass_word").json()
        first = log_in(stack, "pass_word").json()
        second = refresh(stack, first["refresh"]).json()
        last = second if late else refresh(stack, second["refresh"]).json()
        if late:
            stack.psql(f"update garita.sessions set rotated_at = rotated_at - interval '11 seconds' where user_id = {user}")
        assert alive(stack, last["access"]) == 200
        assert refresh(stack, first["refresh"]).status_code == 401
        assert refresh(stack, last["refresh"]).status_code == 401
        assert [alive(stack, pair["access"]) for pair in (first, last, other)] == [401, 401, 401]
        assert refresh(stack, other["refresh"]).status_code == 401
