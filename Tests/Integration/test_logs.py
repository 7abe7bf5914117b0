"""The access log: filters, pages, statistics, the logs of one person."""

import random
import threading

import pytest
import requests

from community import Community
from log_lists import FILTERS, READERS, count, ids_of, look, truth
from stack import day
from test_commands import garita
from test_main_job import Guard
from traffic import WORDS
from visits import A102, CARLOS, issue, register

ROW_KEYS = ["id", "person_name", "access_point_name", "access_type", "access_method", "status", "timestamp"]
STATS_KEYS = [
    "total_accesses", "successful_accesses", "denied_accesses", "entries", "exits", "unique_residents",
    "unique_visitors", "by_access_method", "by_access_point", "recent_accesses"]


@pytest.fixture
def guard(stack):
    return Guard(stack)


@pytest.fixture(scope="module")
def year(stack):
    """A year of a gate of its own, every third row refused, one in ten of Carlos; summed to all but the last minutes."""
    point = stack.call("POST", "/api/access/points/", "ADMIN", json={
        "name": "Del año", "code": "ANUAL", "location": "x"}).json()["id"]
    stack.psql(f"""
        select garita.ensure_log_partition((now() - make_interval(months => n))::date) from generate_series(0, 13) n;
        insert into garita.access_logs (timestamp, created_at, site_id, access_type, access_method, status, access_point_id,
            access_point_name, resident_id, unit_id, person_name)
        select t, t, 1, case n % 2 when 0 then 'ENTRY' else 'EXIT' end, 'RFID', case n % 3 when 0 then 'DENIED' else 'SUCCESS' end,
            {point}, 'Del año', case n % 10 when 0 then {CARLOS} end, case n % 10 when 0 then 1 end, 'N ' || n
        from generate_series(1, 6000) n cross join lateral (select now() - n * interval '87 minutes' as t) x""")
    done = garita(stack, "maintain")
    assert done.returncode == 0, done.stderr
    return point


@pytest.mark.parametrize("query, condition", [
    ("", "true"), ("status=DENIED", "status = 'DENIED'"), ("access_type=EXIT", "access_type = 'EXIT'"),
    ("status=zzz", "false"), ("resident=1", "resident_id = 1"),
    (f"status=DENIED&access_type=EXIT&date_from={day(-270)}", f"""status = 'DENIED' and access_type = 'EXIT'
        and timestamp >= timestamp '{day(-270)}' at time zone 'America/Mexico_City'"""),
    (f"date_from={day(-210)}T10:00:00Z&date_to={day(-120)}%2010:00", f"""timestamp >= '{day(-210)} 10:00+00'
        and timestamp <= timestamp '{day(-120)} 10:00' at time zone 'America/Mexico_City'"""),
    ("date_to=2020-01-01", "false"), (f"date_from={day(-330)}T00:00:00%2B02:00", f"timestamp >= '{day(-330)} 00:00+02'")],
    ids=[str(number) for number in range(9)])
def test_lists_count_what_is_there(stack, year, query, condition):
    assert count(stack, query) == truth(stack, condition)
    assert stack.psql("select count(*) > 0 from garita.log_rollups") == ["t"]
    month = "timestamp > now() - interval '30 days'"
    assert abs(count(stack, query, "GUARD") - truth(stack, f"{condition} and {month}")) <= 1
    assert count(stack, query, "RESIDENT") == truth(stack, f"{condition} and unit_id = 1")
    assert count(stack, f"{query}&access_point={year}") == truth(stack, f"{condition} and access_point_id = {year}")


@pytest.mark.parametrize("query", ["", "&status=DENIED"])
def test_pages_follow_each_other_without_gap_to_the_end(stack, year, query):
    path, ids = f"/api/logs/?page_size=100&access_point={year}{query}", []
    first = stack.call("GET", path, "ADMIN").json()
    assert list(first["results"][0]) == ROW_KEYS
    page = first
    while True:
        ids += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        page = stack.call("GET", page["next"].removeprefix(stack.url), "ADMIN").json()
    assert len(ids) == len(set(ids)) == first["count"]
    status = "and status = 'DENIED'" if query else ""
    assert ids == [int(i) for i in stack.psql(
        f"select id from garita.access_logs where access_point_id = {year} {status} order by timestamp desc, id desc")]
    assert stack.call("GET", f"{path}&page=last", "ADMIN").json()["results"] == page["results"]
    assert stack.call("GET", f"{path}&page=999", "ADMIN").json() == {"detail": "Invalid page."}
    upward = stack.call("GET", f"{path}&ordering=timestamp", "ADMIN").json()["results"]
    assert [row["id"] for row in upward] == ids[::-1][:100]


@pytest.mark.parametrize("role, limit", [("ADMIN", "true"), ("GUARD", "timestamp > now() - interval '30 days'"), ("RESIDENT", "unit_id = 1")])
@pytest.mark.parametrize("days", ["", "1", "30", "365", "0", "-5", "%201%20", "1_0"])
def test_statistics_say_what_is_there(stack, guard, year, role, limit, days):
    guard.scan("NOSUCHCODE1234567890")
    stats = stack.call("GET", f"/api/logs/stats/?days={days}" if days else "/api/logs/stats/", role).json()
    assert list(stats) == STATS_KEYS
    number = {"": 7, "%201%20": 1, "1_0": 10}.get(days) or int(days)
    inside = f"{limit} and timestamp >= now() - make_interval(hours => 24 * {number})"
    for key, condition in {
            "total_accesses": "true", "successful_accesses": "status = 'SUCCESS'", "denied_accesses": "status = 'DENIED'",
            "entries": "access_type = 'ENTRY'", "exits": "access_type = 'EXIT'"}.items():
        assert abs(stats[key] - truth(stack, f"{inside} and {condition}")) <= 1, key
    for key, column in (("unique_residents", "resident_id"), ("unique_visitors", "visitor_id")):
        people = stack.psql(f"select count(distinct {column}) from garita.access_logs where site_id = 1 and {inside}")
        assert stats[key] == int(people[0]), key
    assert sum(stats["by_access_method"].values()) == sum(stats["by_access_point"].values()) == stats["total_accesses"]
    assert len(stats["recent_accesses"]) == min(10, stats["total_accesses"])
    if number > 0 and role != "RESIDENT":
        assert stats["by_access_point"]["Del año"] > 0 and stats["by_access_method"]["OTHER"] > 0


def leaf_through(stack, point, chance):
    """Reads one list with a fixed end page by page; between two pages some more rows are summed."""
    # What was decided before is written by then.
    end = stack.psql("select pg_sleep(2); select (now() - interval '2 seconds')::text")[-1]
    size, (query, condition) = chance.randrange(20, 101), chance.choice(FILTERS)
    true, seen, number, more = ids_of(stack, f"access_point_id = {point} and {condition} and timestamp <= '{end}'"), [], 1, True
    while more:
        stack.psql(f"select garita.roll_up_log(1, {chance.choice([50, 200, 100000])})")
        answer = requests.get(f"{stack.url}/api/logs/", timeout=10, headers={"Authorization": f"Bearer {stack.token('ADMIN')}"}, params=dict(
            pair.split("=") for pair in query.split("&")[1:]) | {
                "access_point": point, "date_to": end.replace(" ", "T"), "page": number, "page_size": size}).json()
        assert answer["count"] == len(true)
        seen, number, more = seen + [row["id"] for row in answer["results"]], number + 1, answer["next"]
    assert seen == true, query


def test_all_faces_of_the_log_agree_while_it_is_written_and_summed(stack, year):
    """Whoever leafs with a fixed end of some seconds ago meets each row once, whatever is written and summed meanwhile;
    when all is quiet, every way to read the log tells the same rows."""
    seed = random.randrange(10**6)
    print("seed", seed)
    chance, stop = random.Random(seed), threading.Event()
    point = stack.call("POST", "/api/access/points/", "ADMIN", json={
        "name": "De prueba", "code": "PRUEBA", "location": "x"}).json()["id"]
    words = WORDS | {"access_point_id": point}
    headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}

    def decide():
        while not stop.is_set():
            assert requests.post(f"{stack.url}/api/access/codes/validate/", json=words, headers=headers, timeout=10).status_code == 404

    for _ in range(2):
        hours = chance.choice([1, 3, 20])
        # Behind the sums, as an import writes: they are made anew.
        stack.psql(f"""
            insert into garita.access_logs (timestamp, site_id, access_type, access_method, status, access_point_id, access_point_name, unit_id)
            select now() - interval '61 seconds' - random() * interval '{hours} hours', 1, (array['ENTRY', 'EXIT'])[1 + n % 2], 'OTHER',
                (array['SUCCESS', 'SUCCESS', 'DENIED'])[1 + n % 3], {point}, 'De prueba', n % 2 + 1 from generate_series(1, 260) n;
            select garita.discard_log_rollups(1)""")
        threads = [threading.Thread(target=decide) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            leaf_through(stack, point, chance)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        stop.clear()
        for _ in range(2):
            assert garita(stack, "maintain").returncode == 0
        for _ in range(chance.randrange(20, 60)):
            requests.post(f"{stack.url}/api/access/codes/validate/", json=words, headers=headers, timeout=10)
        look(stack, point)


def test_a_page_that_ends_with_a_day_leads_on(stack):
    """The administration reads no row behind a page of the log: the count tells that there are more."""
    one = Community(stack, "hojas")
    one.log("2 days", rows=25)
    one.log("5 days", rows=25)
    for _ in range(2):
        stack.psql(f"select garita.roll_up_log({one.site}, 1000)")
    person = one.person()
    first = person.get("/admin/log/").text
    assert first.count('<th scope="row"') == 25 and 'rel="next" href="/admin/log/?page=2"' in first
    last = person.get("/admin/log/?page=2").text
    assert last.count('<th scope="row"') == 25 and 'rel="next"' not in last and 'rel="prev"' in last


@pytest.mark.parametrize("value", ["-1", "0", "-9", "99999999999999999999", "-99999999999999999999"])
def test_a_number_that_no_gate_can_have_finds_nothing(stack, year, value):
    """Nothing, in every way to ask, whatever the sums keep under such a number."""
    for query in (f"access_point={value}", f"access_point={value}&status=SUCCESS", f"resident={value}", f"visitor={value}"):
        for role in READERS:
            answer = stack.call("GET", f"/api/logs/?{query}", role)
            assert (answer.status_code, answer.json()["count"], answer.json()["results"]) == (200, 0, []), (role, query)
            assert stack.call("GET", f"/api/logs/?{query}&page=2", role).status_code == 404
            assert stack.call("GET", f"/api/logs/?{query}&pagination=cursor", role).json()["results"] == []
        assert len(stack.call("GET", f"/api/logs/?{query}&format=csv", "ADMIN").text.splitlines()) == 1
    for kind in ("resident", "visitor"):
        assert stack.call("GET", f"/api/logs/{kind}_logs/?{kind}_id={value}", "ADMIN").json() == []
    for path in ("/api/units/?building=", "/api/residents/?unit=", "/api/residents/?building=", "/api/visitors/?unit=", "/api/codes/?visitor=",
                 "/api/access/codes/?resident="):
        answer = stack.call("GET", path + value, "ADMIN")
        assert (answer.status_code, answer.json()["count"]) == (200, 0), path


@pytest.mark.parametrize("path, name", [
    ("/api/logs/stats/?days=abc", "days"), ("/api/logs/stats/?days=", "days"), ("/api/logs/stats/?days=1.5", "days"),
    ("/api/logs/stats/?days=999999", "days"), ("/api/logs/stats/?days=99999999999", "days"),
    ("/api/logs/?date_from=yesterday", "date_from"), ("/api/logs/?date_to=2026-13-40", "date_to"),
    ("/api/logs/?date_from=2026-01-01T00:00:00+02:00", "date_from"), ("/api/logs/?access_point=x", "access_point"),
    ("/api/logs/resident_logs/?resident_id=abc", "resident_id"), ("/api/logs/visitor_logs/?visitor_id=1.5", "visitor_id")])
def test_bad_parameters_are_named(stack, path, name):
    answer = stack.call("GET", path, "ADMIN")
    assert (answer.status_code, list(answer.json())) == (400, [name])


def test_the_logs_of_one_person(stack, guard):
    visitor = register(stack, unit=A102)
    code = issue(stack, visitor)
    for direction in ("ENTRY", "EXIT"):
        guard.scan(code["code"], direction=direction)
    rows = stack.call("GET", f"/api/logs/visitor_logs/?visitor_id={visitor}", "ADMIN").json()
    assert [(row["visitor"], row["access_type"], row["is_successful"]) for row in rows] == [
        (visitor, "EXIT", True), (visitor, "ENTRY", True)]
    assert rows[0] == stack.call("GET", f"/api/logs/{rows[0]['id']}/", "ADMIN").json()
    assert stack.call("GET", f"/api/logs/visitor_logs/?visitor_id={visitor}", "RESIDENT").json() == []
    assert stack.call("GET", "/api/logs/resident_logs/?resident_id=99999999999999999999", "ADMIN").json() == []
    for kind in ("resident", "visitor"):
        answer = stack.call("GET", f"/api/logs/{kind}_logs/", "ADMIN")
        assert (answer.status_code, answer.json()) == (400, {"error": f"{kind}_id parameter required"})


def test_a_persons_logs_are_the_newest_500(stack, year):
    rows = stack.call("GET", f"/api/logs/resident_logs/?resident_id={CARLOS}", "ADMIN").json()
    assert len(rows) == 500 and rows == sorted(rows, key=lambda row: row["timestamp"], reverse=True)


def test_reading_keeps_the_sums_up_to_date(stack, year):
    """Without the timer: a list that had to count much has the rows summed that can be."""
    stack.psql("select garita.discard_log_rollups(1)")
    for _ in range(3):
        assert count(stack, "") == truth(stack, "true")
    assert stack.psql("select rolled_up_until > now() - interval '5 minutes' from garita.log_rollup_progress where site_id = 1") == ["t"]
    assert count(stack, "") == truth(stack, "true")


@pytest.fixture(scope="module")
def neighbours(stack, year):
    """The same hours at another site and at another home of this one, under names that nobody here has."""
    site = stack.psql("insert into garita.sites (name, code) values ('Vecinos', 'VECINOS') returning id")[0]
    for number, unit, name in ((site, "null", "ajeno"), (1, 2, "vecino")):
        stack.psql(f"""
            insert into garita.access_logs (timestamp, created_at, site_id, access_type, access_method, status,
                access_point_id, access_point_name, resident_id, visitor_id, unit_id, person_name)
            select t, t, {number}, 'ENTRY', 'BIOMETRIC', 'SUCCESS', 880000 + {number}, '{name}-zz', 990000 + n, 970000 + n,
                {unit}, '{name}-zz'
            from generate_series(1, 300) n cross join lateral (select now() - n * interval '1 hour' as t) x""")
    yield site
    stack.psql(f"select garita.discard_log_rollups({site}); select garita.discard_log_rollups(1)")


@pytest.mark.parametrize("summed", [False, True])
@pytest.mark.parametrize("days", [1, 7, 30])
def test_statistics_count_nobody_elses_rows(stack, neighbours, summed, days):
    """A resident's numbers are of the own home, and no site's count in another's, with and without sums."""
    if summed:
        assert garita(stack, "maintain").returncode == 0
    else:
        stack.psql(f"select garita.discard_log_rollups(1), garita.discard_log_rollups({neighbours})")
    inside = f"timestamp >= now() - interval '{days * 24} hours'"
    for role, mine in (("RESIDENT", "unit_id = 1"), ("GUARD", "true"), ("ADMIN", "true")):
        answer = stack.call("GET", f"/api/logs/stats/?days={days}", role)
        stats = answer.json()
        assert "ajeno-zz" not in answer.text
        # To others a neighbour's rows show only while they are among the ten latest.
        assert role != "RESIDENT" or "vecino-zz" not in answer.text
        assert abs(stats["total_accesses"] - truth(stack, f"{mine} and {inside}")) <= 1
        for key, column in (("unique_residents", "resident_id"), ("unique_visitors", "visitor_id")):
            people = stack.psql(f"""select count(distinct {column}) from garita.access_logs
                where site_id = 1 and {mine} and {inside}""")
            assert stats[key] == int(people[0]), (role, key)
        assert stats["by_access_method"].get("BIOMETRIC", 0) == truth(
            stack, f"access_method = 'BIOMETRIC' and {mine} and {inside}"), role
        listed = stack.call("GET", "/api/logs/?search=ajeno-zz", role).json()
        assert listed["count"] == 0
    assert stack.call("GET", "/api/logs/?search=vecino-zz", "RESIDENT").json()["count"] == 0
