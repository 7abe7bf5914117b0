"""Who did what, as administrators read it; and the sessions of people."""

import pytest

from test_login import log_in
from test_passwords import alive, person, post  # noqa: F401 (a fixture)


def test_a_change_is_one_entry_with_old_and_new(stack):
    """E4"""
    made = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": "Torre Audit", "code": "AUD"}).json()
    changed = stack.call("PATCH", f"/api/buildings/{made['id']}/", "ADMIN", json={"name": "Torre Nueva"})
    page = stack.call("GET", f"/api/audit/?table_name=buildings&row_id={made['id']}", "ADMIN").json()
    assert [row["action"] for row in page["results"]] == ["UPDATE", "INSERT"]
    row = page["results"][0]
    assert list(row) == [
        "id", "at", "user", "actor", "action", "table_name", "row_id", "changes", "request_id", "address"]
    assert row["changes"] == {"name": ["Torre Audit", "Torre Nueva"]}
    assert (row["actor"], row["request_id"], row["address"]) == ("admin", changed.headers["X-Request-Id"], "127.0.0.1")
    found = stack.call("GET", f"/api/audit/?search={row['request_id']}", "ADMIN").json()
    assert found["count"] == 1 and stack.call("GET", f"/api/audit/{row['id']}/", "ADMIN").json() == row
    assert stack.call("GET", "/api/audit/?date_to=2020-01-01", "ADMIN").json()["count"] == 0
    stack.call("DELETE", f"/api/buildings/{made['id']}/", "ADMIN")


@pytest.mark.parametrize("role, method, status", [
    ("GUARD", "GET", 403), ("RESIDENT", "GET", 403), (None, "GET", 401), ("ADMIN", "POST", 405), ("ADMIN", "DELETE", 405)])
def test_only_administrators_read_the_audit_and_nobody_writes_it(stack, role, method, status):
    assert stack.call(method, "/api/audit/", role).status_code == status


def test_another_sites_entries_do_not_exist(stack):
    stack.psql("insert into garita.audit (site_id, table_name, action, changes) values (987654, 'foreign', 'UPDATE', '{}')")
    assert stack.call("GET", "/api/audit/?table_name=foreign", "ADMIN").json()["count"] == 0


def test_a_refusal_is_written_down_once_a_minute(stack):
    """E4"""
    for _ in range(3):
        assert stack.call("POST", "/api/buildings/", "GUARD", json={}).status_code == 403
    rows = stack.call("GET", "/api/audit/?action=REFUSED&ordering=-at", "ADMIN").json()["results"]
    fresh = [row for row in rows if row["actor"] == "guard1" and row["changes"]["route"] == [None, "/api/buildings/"]]
    assert fresh[0]["changes"]["method"] == [None, "POST"]
    assert stack.psql("select count(*) from garita.audit where action = 'REFUSED' and actor = 'guard1'"
                      " and at > clock_timestamp() - interval '1 minute' and changes -> 'route' ->> 1 = '/api/buildings/'") == ["1"]


def test_people_see_and_end_their_own_sessions(person):  # noqa: F811
    """B3: on the very next request."""
    stack, user = person
    one, two = log_in(stack, "pass_word").json()["access"], log_in(stack, "pass_word").json()["access"]
    bearer = lambda token: {"headers": {"Authorization": f"Bearer {token}"}}
    listed = stack.call("GET", "/api/auth/sessions/", **bearer(one)).json()["results"]
    assert {row["username"] for row in listed} == {"pass_word"}
    assert sorted(row["is_current"] for row in listed) == [False, True]
    other = [row["id"] for row in listed if not row["is_current"]][0]
    assert stack.call("DELETE", f"/api/auth/sessions/{other}/", "GUARD").status_code == 404
    assert stack.call("DELETE", f"/api/auth/sessions/{other}/", **bearer(one)).status_code == 204
    assert [alive(stack, token) for token in (one, two)] == [200, 401]
    assert stack.call("DELETE", f"/api/auth/sessions/{other}/", **bearer(one)).status_code == 404
    assert stack.call("POST", f"/api/users/{user}/end_sessions/", "RESIDENT").status_code == 404
    three = log_in(stack, "pass_word").json()["access"]
    assert stack.call("POST", f"/api/users/{user}/end_sessions/", **bearer(one)).status_code == 204
    assert [alive(stack, token) for token in (one, three)] == [401, 401]


def test_administrators_end_sessions_of_the_site(person):  # noqa: F811
    stack, user = person
    one, two = log_in(stack, "pass_word").json()["access"], log_in(stack, "pass_word").json()["access"]
    listed = stack.call("GET", f"/api/auth/sessions/?user={user}", "ADMIN").json()["results"]
    assert len(listed) == 2
    assert stack.call("DELETE", f"/api/auth/sessions/{listed[0]['id']}/", "ADMIN").status_code == 204
    assert [alive(stack, token) for token in (one, two)] == [200, 401]
    assert stack.call("POST", f"/api/users/{user}/end_sessions/", "ADMIN").status_code == 204
    assert alive(stack, one) == 401
