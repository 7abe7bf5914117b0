"""A row that others need is not deleted, and the answer says what needs it: 409 with reasons, in both languages."""

import re

import pytest

from stack import CLONE
from visits import A101, CARLOS, give, issue, register

# Table -> where its rows are deleted; and the condition by which others need the row `{id}`.
DELETED = {
    "buildings": ("/api/buildings/", {"units": "building_id = {id}", "access_points": "building_id = {id}"}),
    "units": ("/api/units/", {"residents": "unit_id = {id}", "visitors": "unit_id = {id}"}),
    "residents": ("/api/residents/", {"access_codes": "resident_id = {id}", "visitors": "{id} in (resident_id, sponsor_id)",
        "temporary_codes": "sponsor_id = {id}"}),
    "visitors": ("/api/visitors/", {"temporary_codes": "visitor_id = {id}"}),
    "users": ("/api/users/", {"residents": "user_id = {id}"}),
    "access_points": ("/api/access/points/", {"access_code_points": "access_point_id = {id}",
        "temporary_code_points": "access_point_id = {id}", "devices": "access_point_id = {id}"}),
    "schedules": ("/api/access/schedules/", {"temporary_codes": "schedule_id = {id}", "access_codes": "schedule_id = {id}"}),
}


@pytest.fixture(scope="module")
def needed(stack):
    """A row of each table that other rows need."""
    schedule = stack.call("POST", "/api/access/schedules/", "ADMIN", json={"name": "deletes"}).json()["id"]
    visitor = register(stack, "RESIDENT")
    issue(stack, visitor, "RESIDENT", schedule=schedule, access_points=[1])
    issue(stack, visitor, "RESIDENT")
    give(stack, access_points=[1, 2])
    account = stack.psql("""with u as (insert into garita.users (site_id, username, password_hash, role)
        values (1, 'deletes', 'x', 'RESIDENT') returning id)
        update garita.residents r set user_id = u.id from u where r.id = 4 returning u.id""")[0]
    yield {"buildings": 1, "units": A101, "residents": CARLOS, "visitors": visitor, "users": account, "access_points": 1,
        "schedules": schedule}
    stack.psql("update garita.residents set user_id = null where id = 4; delete from garita.users where username = 'deletes'")


@pytest.mark.parametrize("table", DELETED)
def test_a_refused_delete_counts_what_needs_the_row(stack, needed, table):
    path, needs = DELETED[table]
    counts = {name: int(stack.psql(f"select count(*) from garita.{name} where " + where.format(id=needed[table]))[0])
        for name, where in needs.items()}
    assert any(counts.values())
    for language, said in (("en", "cannot be deleted. These need it: "), ("es", "no se puede eliminar. Lo necesitan: ")):
        answer = stack.call("DELETE", f"{path}{needed[table]}/", "ADMIN", headers={"Accept-Language": language})
        body = answer.json()
        assert (answer.status_code, list(body), body["code"]) == (409, ["detail", "code", "reasons"], "in_use")
        assert {reason["table"]: reason["count"] for reason in body["reasons"]} == {
            name: count for name, count in counts.items() if count}
        told = ", ".join(f"{reason['name']} ({reason['count']})" for reason in body["reasons"])
        assert body["detail"].endswith(f"{said}{told}.")
    with_tag = stack.call("GET", f"{path}{needed[table]}/", "ADMIN").headers["ETag"]
    same = stack.call("DELETE", f"{path}{needed[table]}/", "ADMIN", headers={"If-Match": with_tag, "Accept-Language": "es"})
    assert (same.status_code, same.json()) == (409, body), "nor in a state that was seen"


def test_every_table_that_can_need_a_row_has_a_name(stack):
    needing = stack.psql("""select distinct r.relname from pg_constraint k join pg_class c on c.oid = k.confrelid
        join pg_class r on r.oid = k.conrelid where k.contype = 'f' and k.confdeltype in ('a', 'r')
        and c.relname in ('buildings', 'units', 'residents', 'visitors', 'users', 'access_points', 'access_codes', 'schedules')""")
    named = re.findall(r'^        "([a-z_]+)": Text\(', (CLONE / "Sources/Resource/References.swift").read_text(), re.M)
    assert len(needing) > 5 and set(needing) <= set(named)
    assert set(named) <= set(stack.psql("select relname from pg_class")), "and none is of a table that is gone"
