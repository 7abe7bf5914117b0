"""Lists of the access log as the API gives them, and what the table itself holds."""

import csv
import io

from test_cursor import all_by_number, follow, rows


def count(stack, query, role="ADMIN"):
    answer = stack.call("GET", f"/api/logs/?{query}", role)
    assert answer.status_code == 200, answer.text
    return answer.json()["count"]


def truth(stack, condition):
    return int(stack.psql(f"select count(*) from garita.access_logs where site_id = 1 and {condition}")[0])


# What may be asked of a gate's rows, and what that means.
FILTERS = [("", "true"), ("&access_type=EXIT&status=SUCCESS", "access_type = 'EXIT' and status = 'SUCCESS'")]
READERS = {"ADMIN": "true", "GUARD": "timestamp > now() - interval '30 days'", "RESIDENT": "unit_id = 1"}


def ids_of(stack, condition):
    return [int(i) for i in stack.psql(
        f"select id from garita.access_logs where site_id = 1 and {condition} order by timestamp desc, id desc")]


def look(stack, point):
    """At a quiet moment: pages by number, places, the file, the counts and the statistics are of the same rows."""
    call = lambda address, role: stack.call("GET", address.removeprefix(stack.url), role)
    for query, condition in FILTERS:
        for role, limit in READERS.items():
            path = f"/api/logs/?access_point={point}{query}"
            true = ids_of(stack, f"access_point_id = {point} and {condition} and {limit}")
            assert all_by_number(call, path, role) == true, (role, query)
            assert rows(follow(call, f"{path}&pagination=cursor&page_size=100", role)) == true, (role, query)
            assert count(stack, f"access_point={point}{query}", role) == len(true), (role, query)
            if role == "ADMIN":
                file = stack.call("GET", f"{path}&format=csv", role).text
                assert [int(row["id"]) for row in csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))] == true, query
    for role, limit in READERS.items():
        stats = stack.call("GET", "/api/logs/stats/?days=1", role).json()
        # A row of the first second may have left the time meanwhile.
        assert abs(stats["total_accesses"] - truth(stack, f"{limit} and timestamp > now() - interval '24 hours'")) <= 1, role
        mine = truth(stack, f"{limit} and access_point_id = {point} and timestamp > now() - interval '24 hours'")
        assert stats["by_access_point"].get("De prueba", 0) == mine, role
