"""Lists from place to place: every row once, in order, whatever comes and goes meanwhile."""

import uuid

import pytest

from community import SQL, Community
from visits import register

LISTS = [
    ("/api/visitors/", "ADMIN"), ("/api/visitors/?ordering=check_in_time", "GUARD"), ("/api/visitors/", "RESIDENT"),
    ("/api/visitors/?ordering=-check_in_time,expected_date", "ADMIN"), ("/api/units/", "GUARD"), ("/api/logs/", "ADMIN"),
    ("/api/logs/", "RESIDENT"), ("/api/logs/?ordering=timestamp&status=SUCCESS", "GUARD"), ("/api/buildings/", "ADMIN"),
    ("/api/users/?ordering=role,-created_at", "ADMIN"), ("/api/residents/?search=a", "ADMIN"), ("/api/audit/", "ADMIN")]


@pytest.fixture(scope="module")
def here(stack):
    """A residence with a dozen rows in each list, some equal in what they are ordered by."""
    one = Community(stack, "lugar")
    account = SQL(f"(select id from garita.users where username = '{one.code}-resident')")
    for n in range(8):
        home = SQL(one.unit) if n < 3 else one.add("units", building_id=SQL(one.add("buildings", name=f"T{n}", code=f"T{n}")), number="1", floor=1)
        one.add("residents", unit_id=SQL(home), user_id=account if n == 0 else SQL("null"), first_name=f"Ana {n}", last_name="Mar",
                document_id=f"C-{n}", phone="5512345678")
    entered = [SQL("null"), SQL("now()"), SQL("now() - interval '1 hour'"), SQL("null")]
    for n in range(12):
        one.visit("APPROVED", days=n // 4, last_name=f"Cursor{n}", check_in_time=entered[n % 4])
    stack.psql(f"""insert into garita.access_logs (timestamp, site_id, unit_id, access_type, access_method, status)
        select now() - (n / 2) * interval '1 minute', {one.site}, case n % 2 when 0 then {one.unit} end, 'ENTRY', 'OTHER',
            case n % 4 when 0 then 'DENIED' else 'SUCCESS' end from generate_series(1, 14) n""")
    for role in ("ADMIN", "GUARD", "RESIDENT"):
        one.call("/api/users/me/", role)
    return one


def follow(call, address, role, way="next"):
    """The pages from this address on, in the order they are met."""
    pages = []
    while address:
        answer = call(address, role)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
        assert list(pages[-1]) == ["next", "previous", "results"]
        address = pages[-1][way]
    return pages


def rows(pages):
    return [row["id"] for page in pages for row in page["results"]]


def all_by_number(call, path, role):
    found, page = [], 1
    while True:
        answer = call(f"{path}{'&' if '?' in path else '?'}page={page}&page_size=100", role).json()
        found += [row["id"] for row in answer["results"]]
        if not answer["next"]:
            return found
        page += 1


@pytest.mark.parametrize("path, role", LISTS)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_there_and_back_every_row_is_met_once(here, path, role, size):
    """Lists of a residence of its own: walked whole, and no longer because of what other tests have made."""
    call = lambda address, role: here.call(address.removeprefix(here.stack.url), role)
    expected = all_by_number(call, path, role)
    there = follow(call, f"{path}{'&' if '?' in path else '?'}pagination=cursor&page_size={size}", role)
    assert rows(there) == expected and there[0]["previous"] is None
    assert len(expected) > (2 if "users" in path else 4)
    back = follow(call, there[-1]["previous"], role, "previous") if there[-1]["previous"] else []
    assert rows(reversed(back)) == rows(there[:-1])
    assert all(page["next"] for page in back)


def test_what_comes_and_goes_meanwhile_moves_no_page(stack):
    name = uuid.uuid4().hex[:12]
    first = [register(stack, last_name=name) for _ in range(6)]
    start = f"/api/visitors/?search={name}&ordering=created_at&pagination=cursor&page_size=2"
    page = stack.call("GET", start, "ADMIN").json()
    assert stack.call("DELETE", f"/api/visitors/{first[1]}/", "ADMIN").status_code == 204, "the row the cursor names"
    stack.call("DELETE", f"/api/visitors/{first[0]}/", "ADMIN")
    last = register(stack, last_name=name)
    call = lambda address, role: stack.call("GET", address.removeprefix(stack.url), role)
    assert rows(follow(call, page["next"], "ADMIN")) == first[2:] + [last]


def test_a_cursor_is_opaque_and_of_use_to_nobody_else(stack):
    name = uuid.uuid4().hex[:12]
    for _ in range(3):
        register(stack, "RESIDENT", last_name=name)
    path = f"/api/visitors/?search={name}&pagination=cursor&page_size=1"
    cursor = stack.call("GET", path, "RESIDENT").json()["next"].split("cursor=")[1].split("&")[0]
    assert name not in cursor and "2026" not in cursor
    assert stack.call("GET", f"{path}&cursor={cursor}", "RESIDENT").status_code == 200
    changed = cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB")
    for other, role in (
            (f"{path}&cursor={cursor}", "ADMIN"), (f"/api/logs/?cursor={cursor}", "RESIDENT"),
            (f"{path}&ordering=created_at&cursor={cursor}", "RESIDENT"), (f"{path}&cursor={changed}", "RESIDENT"),
            (f"{path}&cursor={cursor[:20]}", "RESIDENT"), (f"{path}&cursor=x", "RESIDENT"),
            (f"{path}&cursor=%00", "RESIDENT"), (f"{path}&cursor={'A' * 1500}", "RESIDENT"),
            (f"{path}&cursor=bz0xMCZwPTIwMjY%3D", "RESIDENT")):
        answer = stack.call("GET", other, role)
        if "%00" in other:
            assert answer.status_code == 400
        else:
            assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid cursor"}), other


def test_pages_by_number_stay_as_they_were(stack):
    for query in ("", "?pagination=page", "?pagination="):
        assert list(stack.call("GET", f"/api/visitors/{query}", "ADMIN").json()) == ["count", "next", "previous", "results"]
    assert list(stack.call("GET", "/api/visitors/?cursor=", "ADMIN").json()) == ["next", "previous", "results"]


def test_the_index_finds_the_place_in_the_log(stack):
    """Backwards and forwards alike, the rows before the place are not looked at."""
    stack.psql("analyze garita.access_logs")
    for sign, order in (("<", "desc"), (">", "asc")):
        plan = "\n".join(stack.psql(
            "set enable_seqscan = off; explain select t.id from garita.access_logs t where t.site_id = 1 and (t.timestamp,"
            f" t.id) {sign} ('2026-11-23 10:00+00', 5) order by t.timestamp {order}, t.id {order} limit 21"))
        assert "Index Cond" in plan and "ROW(" in plan, plan
