"""Lists as files: every row, as text, in constant memory, written down, for administrators."""

import csv
import io
import json
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from visits import give, issue, register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = [
    "visitors", "codes", "residents", "units", "buildings", "users", "logs", "audit", "access/points", "access/codes",
    "access/blocklist"]


def export(stack, path, role="ADMIN", **headers):
    return stack.call("GET", path, role, headers=headers)


def table(answer):
    assert answer.status_code == 200, answer.text
    answer.encoding = "utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def memory(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1])


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_file_with_the_same_fields(stack, name):
    if name == "access/codes":
        give(stack)
    listed = stack.call("GET", f"/api/{name}/?page_size=100", "ADMIN")
    if listed.status_code == 404:
        pytest.skip("no such list")
    answer = export(stack, f"/api/{name}/?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name.split("/")[-1]}.csv"; filename*=UTF-8\'\'')
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    rows = table(answer)
    if name != "audit":
        assert len(rows) == listed.json()["count"], "all rows, not one page"
    for row, item in zip(rows, listed.json()["results"]):
        assert set(item) <= set(row)
        if name != "audit":
            assert row["id"] == str(item["id"])


def test_it_holds_every_row_of_the_filter_in_the_order_asked_for(stack):
    name = uuid.uuid4().hex[:10]
    ids = [register(stack, last_name=name, notes=f"n{n}") for n in range(25)]
    rows = table(export(stack, f"/api/visitors/?format=csv&search={name}&ordering=-created_at&page=1&page_size=2"))
    assert [int(row["id"]) for row in rows] == ids[::-1]
    assert table(export(stack, f"/api/visitors.csv?search={name}&status=DENIED")) == []
    assert export(stack, "/api/visitors/?format=csv&unit=abc").status_code == 400


def test_a_hostile_name_stays_text(stack):
    hostile = {
        "=1+1": "'=1+1", "+1": "'+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1",
        '=HYPERLINK("http://x";"y")': '\'=HYPERLINK("http://x";"y")', 'a"b,c;d': 'a"b,c;d', "Ñandú 🙂": "Ñandú 🙂",
        "línea\r\n=2": "línea\r\n=2"}
    group = uuid.uuid4().hex[:10]
    for text in hostile:
        register(stack, first_name="x", last_name=group, notes=text, company=text.replace("\r\n", " "))
    answer = export(stack, f"/api/visitors/?format=csv&search={group}&ordering=created_at")
    assert [row["notes"] for row in table(answer)] == list(hostile.values())
    assert '"\'=1+1"' in answer.text and '"\'=HYPERLINK(""http://x"";""y"")"' in answer.text
    # A row ends with CR LF only outside of quotes; a formula inside a cell is no cell of its own.
    assert answer.content.endswith(b"\r\n") and not answer.content.startswith(b"\xef\xbb\xbf")
    stack.psql(f"delete from garita.visitors where last_name = '{group}'")


def test_a_browser_gets_a_mark_for_its_spreadsheet(stack):
    page = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = export(stack, "/api/buildings/?format=csv", Accept=page)
    assert answer.content.startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("accept, kind", [
    ("text/csv", "text/csv"), ("text/csv, */*;q=0.1", "text/csv"), ("application/json;q=0.5, text/csv", "text/csv"),
    ("text/csv, application/json", "text/csv"), ("application/json, text/csv", "application/json"),
    ("text/csv;q=0.5, */*", "application/json"), ("*/*", "application/json"), ("text/*", "application/json"),
    ("text/csv;q=0, */*", "application/json"), ("Text/CSV", "text/csv"), (XLSX, XLSX),
    (f"{XLSX};q=0.5, text/csv", "text/csv"), (f"{XLSX}, text/csv;q=0.5", XLSX), (f"{XLSX};q=0, */*", "application/json"), ("APPLICATION/JSON;Q=0.5, TEXT/CSV", "text/csv")])
def test_the_form_is_what_the_client_wants_most(stack, accept, kind):
    assert export(stack, "/api/buildings/", Accept=accept).headers["Content-Type"].split(";")[0] == kind


def test_only_lists_are_files(stack):
    for path in ("/api/visitors/1/", "/api/users/me/", "/api/visitors/list_minimal/", "/api/logs/stats/"):
        assert export(stack, path + "?format=csv").status_code == 404, path
        assert export(stack, path, Accept="text/csv").status_code == 406, path
        assert export(stack, path + "?format=xlsx").status_code == 404, path
        assert export(stack, path, Accept=XLSX).status_code == 406, path
    post = stack.call("POST", "/api/visitors/?format=csv", "ADMIN", json={})
    assert post.status_code == 404


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_files_are_for_administrators(stack, role):
    for name in ("visitors", "logs", "units"):
        assert export(stack, f"/api/{name}/?format=csv", role).status_code == 403
        assert export(stack, f"/api/{name}/?format=xlsx", role).status_code == 403
        assert export(stack, f"/api/{name}/", role, Accept="text/csv").status_code == 403
    assert stack.call("GET", "/api/visitors/?format=csv").status_code == 401


def test_codes_are_masked_in_files(stack):
    visitor, tag = register(stack), give(stack)
    live = [issue(stack, visitor, code_type=kind)["code"] for kind in ("QR", "NUMERIC", "ALPHANUMERIC")]
    answer = export(stack, f"/api/codes/?format=csv&visitor={visitor}")
    assert [code for code in live if code in answer.content.decode()] == []
    assert sorted(row["code"] for row in table(answer)) == sorted("••" + code[-2:] for code in live)
    assert tag["code"] not in export(stack, "/api/access/codes/?format=csv").content.decode()


def test_it_is_written_down_before_it_leaves(stack):
    answer = export(stack, "/api/visitors/?format=csv&status=PENDING&search=Zacarias")
    rows = stack.psql("select action, table_name, actor, changes, request_id from garita.audit where action = 'EXPORT' order by id desc limit 1")
    action, name, actor, changes, request = rows[0].split("|")
    assert (action, name, actor) == ("EXPORT", "visitors", "admin")
    assert request == answer.headers["X-Request-Id"]
    assert json.loads(changes) == {"status": [None, "PENDING"], "search": [None, "***"]}, "what, not who was looked for"
    count = "select count(*) from garita.audit where action = 'EXPORT'"
    before = stack.psql(count)
    stack.call("HEAD", "/api/visitors/?format=csv", "ADMIN")
    export(stack, "/api/visitors/?format=csv", "GUARD")
    assert stack.psql(count) == before, "nothing left the house"


def test_two_hundred_thousand_rows_take_no_more_memory_than_a_page(crowded, tell):
    stack = crowded
    for _ in range(12):
        export(stack, "/api/visitors/?format=csv&status=CHECKED_OUT")
        stack.call("GET", "/api/visitors/?page_size=100", "ADMIN")
    before = {pid: memory(pid) for pid in stack.workers("app")}
    began, size, lines = time.monotonic(), 0, 0
    with requests.get(
            f"{stack.url}/api/visitors/?format=csv", stream=True, timeout=60,
            headers={"Authorization": f"Bearer {stack.token('ADMIN')}"}) as answer:
        assert answer.status_code == 200 and answer.headers["Transfer-Encoding"] == "chunked"
        for piece in answer.iter_content(65536):
            size, lines = size + len(piece), lines + piece.count(b"\n")
    seconds = time.monotonic() - began
    grown = {pid: memory(pid) - before[pid] for pid in before if pid in stack.workers("app")}
    tell(f"export: {lines} lines, {size / 1e6:.1f} MB, {seconds:.1f} s; peak memory grew by {max(grown.values())} kB")
    assert lines > 200000
    assert max(grown.values()) < 4096


def test_a_client_that_goes_away_ends_the_work(crowded):
    stack = crowded
    with socket.create_connection(("127.0.0.1", stack.port), 10) as connection:
        connection.sendall((f"GET /api/visitors/?format=csv HTTP/1.1\r\nHost: localhost\r\n"
                            f"Authorization: Bearer {stack.token('ADMIN')}\r\n\r\n").encode())
        assert b" 200 " in connection.recv(1000)
    running = "select count(*) from pg_stat_activity where query ~ 'garita_export' and state <> 'idle' and pid <> pg_backend_pid()"
    began = time.monotonic()
    while stack.psql(running) != ["0"]:
        assert time.monotonic() - began < 2, "it goes on for nobody"
        time.sleep(0.05)
    assert export(stack, "/api/buildings/?format=csv").status_code == 200, "and gives its place back"


def test_one_file_at_a_time_for_each_account(crowded):
    stack = crowded
    stack.token("ADMIN")
    with ThreadPoolExecutor(3) as people:
        answers = list(people.map(lambda _: stack.call("GET", "/api/visitors/?format=csv", "ADMIN"), range(3)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 200 and set(codes[1:]) == {429}
    assert all(answer.headers["Retry-After"] for answer in answers if answer.status_code == 429)


def test_an_answer_that_breaks_off_is_no_whole_one(crowded):
    """The database ends the work in the middle: the client must not take half a list for all of it."""
    stack = crowded
    with requests.get(
            f"{stack.url}/api/visitors/?format=csv", stream=True, timeout=60,
            headers={"Authorization": f"Bearer {stack.token('ADMIN')}"}) as answer:
        pieces = answer.iter_content(1000)
        next(pieces)
        stack.psql("select pg_terminate_backend(pid) from pg_stat_activity where query ~ 'garita_export' and pid <> pg_backend_pid()")
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            for _ in pieces:
                pass
