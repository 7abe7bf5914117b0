"""Lists, rows, roles and sessions through the whole stack."""

import base64
import hashlib

import pytest
import requests

from stack import day


def test_lists_have_the_originals_envelope(stack):
    answer = stack.call("GET", "/api/buildings/?page_size=1", "ADMIN")
    assert answer.headers["Content-Type"] == "application/json"
    page = answer.json()
    assert list(page) == ["count", "next", "previous", "results"]
    assert page["next"] == f"{stack.url}/api/buildings/?page=2&page_size=1"
    second = stack.call("GET", "/api/buildings/?page_size=1&page=2", "ADMIN").json()
    assert second["previous"] == f"{stack.url}/api/buildings/?page_size=1"
    last = stack.call("GET", f"/api/buildings/?page_size=1&page={page['count']}", "ADMIN").json()
    assert stack.call("GET", "/api/buildings/?page_size=1&page=last", "ADMIN").json()["results"] == last["results"]
    for page in ("0", "-1", "abc", "99"):
        answer = stack.call("GET", f"/api/buildings/?page={page}", "ADMIN")
        assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid page."})


@pytest.mark.parametrize("query, names", [
    ("search=gonzalez", ["Laura González", "Carlos González"]),
    ("search=GONZÁLEZ%20laura", ["Laura González"]),
    ("search=%22laura%20gonzalez%22", []),
    ("search=%25", []),
    ("search=_", []),
    ("search=a-102", ["María López"]),
    ("unit=1&ordering=first_name", ["Carlos González", "Laura González"]),
    ("building=2", ["Ana Rodríguez"]),
    ("building=99999999999999999999", []),
    ("unit=&is_active=true&search=ana", ["Ana Rodríguez"]),
    ("ordering=password&search=ana", ["Ana Rodríguez"]),
])
def test_residents_are_searched_and_filtered(stack, query, names):
    answer = stack.call("GET", f"/api/residents/?{query}", "ADMIN")
    assert [row["full_name"] for row in answer.json()["results"]] == names


@pytest.mark.parametrize("path", [
    "/api/units/?building=abc", "/api/visitors/?unit=abc", "/api/logs/?date_from=yesterday",
    "/api/logs/?resident=abc", "/api/visitors/?status=a%00b", "/api/visitors/?search=a%00b",
    "/api/visitors/?search=%ff%fe", "/api/logs/?date_from=2026-13-40"])
def test_bad_queries_are_a_400_that_names_the_parameter(stack, path):
    answer = stack.call("GET", path, "ADMIN")
    name = path.split("?")[1].split("=")[0]
    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_a_building_lives_and_goes(stack):
    made = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": "  Torre Z ", "code": 99, "floors": "7.0"})
    assert made.status_code == 201
    building = made.json()
    assert (building["name"], building["code"], building["floors"], building["total_units"]) == ("Torre Z", "99", 7, 0)
    path = f"/api/buildings/{building['id']}/"
    again = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": "Torre Z", "code": "99"})
    assert again.json() == {
        "name": ["Building with this name already exists."], "code": ["Building with this code already exists."]}
    assert stack.call("PUT", path, "ADMIN", json={"floors": 8}).json() == {
        "name": ["This field is required."], "code": ["This field is required."]}
    changed = stack.call("PATCH", path, "ADMIN", json={"address": "Av. 1", "id": 1, "created_at": None, "x": 1}).json()
    assert changed["address"] == "Av. 1" and changed["name"] == "Torre Z" and changed["id"] == building["id"]
    assert changed["updated_at"] > building["updated_at"]
    assert stack.call("PATCH", path, "ADMIN", json={}).json()["address"] == "Av. 1"
    assert stack.call("DELETE", path, "ADMIN").status_code == 204
    gone = stack.call("GET", path, "ADMIN")
    assert (gone.status_code, gone.json()) == (404, {"detail": "No Building matches the given query."})
    in_use = stack.call("DELETE", "/api/buildings/1/", "ADMIN")
    assert in_use.status_code == 409 and "in use" in in_use.json()["detail"]


def test_two_units_of_a_building_have_two_numbers(stack):
    body = {"building": 1, "number": "101", "floor": 1}
    answer = stack.call("POST", "/api/units/", "ADMIN", json=body)
    assert answer.json() == {"non_field_errors": ["The fields building, number must make a unique set."]}
    moved = stack.call("PATCH", "/api/units/2/", "ADMIN", json={"number": "101"})
    assert moved.status_code == 400
    assert stack.call("PATCH", "/api/units/1/", "ADMIN", json={"number": "101"}).status_code == 200


def test_a_code_that_is_not_there_gets_no_gates(stack):
    answer = stack.call("PATCH", "/api/access/codes/999999/", "ADMIN", json={"access_points": [1]})
    assert (answer.status_code, answer.json()) == (404, {"detail": "No AccessCode matches the given query."})


def test_the_end_of_a_day_that_is_read_can_be_written_back(stack):
    schedule = stack.call("POST", "/api/access/schedules/", "ADMIN", json={"name": "Hasta medianoche"}).json()
    assert schedule["ends_at"] == "24:00:00"
    path = f"/api/access/schedules/{schedule['id']}/"
    assert stack.call("PUT", path, "ADMIN", json=schedule).json()["ends_at"] == "24:00:00"


def test_every_fault_is_told_in_the_order_of_the_fields(stack):
    body = {
        "first_name": None, "last_name": "", "unit": 99, "resident": "x", "expected_date": "soon",
        "expected_time": "25:00", "check_in_time": "yesterday", "visitor_type": "X", "status": "Y", "phone": "abc"}
    answer = stack.call("POST", "/api/visitors/", "ADMIN", json=body)
    assert answer.status_code == 400
    assert answer.json() == {
        "first_name": ["This field may not be null."], "last_name": ["This field may not be blank."],
        "phone": ["abc is not a valid phone number"], "visitor_type": ['"X" is not a valid choice.'],
        "status": ['"Y" is not a valid choice.'], "unit": ['Invalid pk "99" - object does not exist.'],
        "resident": ["Incorrect type. Expected pk value, received str."],
        "expected_date": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."],
        "expected_time": ["Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]."],
        "check_in_time": [
            "Datetime has wrong format. Use one of these formats instead: "
            "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."]}
    assert list(answer.json())[:2] == ["first_name", "last_name"]


def test_times_are_the_sites(stack):
    visitor = stack.call("POST", "/api/visitors/", "ADMIN", json={
        "first_name": "Iñaki", "last_name": "Sanz", "unit": 1, "expected_date": day(),
        "expected_time": "18:30:15.5", "check_in_time": "2026-01-01T10:00:00",
        "check_out_time": "2026-01-01T10:00:00.123456+02:00"}).json()
    assert visitor["expected_time"] == "18:30:15.500000"
    assert visitor["check_in_time"] == "2026-01-01T10:00:00-06:00"
    assert visitor["check_out_time"] == "2026-01-01T02:00:00.123456-06:00"


def test_a_resident_sees_and_invites_for_the_own_home_only(stack):
    mine = stack.call("GET", "/api/residents/", "RESIDENT").json()
    assert {row["unit_display"] for row in mine["results"]} == {"A-101"} and mine["count"] == 2
    neighbour, missing = stack.call("GET", "/api/residents/3/", "RESIDENT"), stack.call(
        "GET", "/api/residents/9999/", "RESIDENT")
    assert (neighbour.status_code, neighbour.content) == (404, missing.content)
    invited = stack.call("POST", "/api/visitors/", "RESIDENT", json={
        "first_name": "Eva", "last_name": "Ríos", "unit": 1, "expected_date": day(), "authorized_by": 1})
    assert invited.status_code == 201
    assert (invited.json()["status"], invited.json()["authorized_by"]) == ("APPROVED", 3)
    elsewhere = stack.call("POST", "/api/visitors/", "RESIDENT", json={
        "first_name": "Eva", "last_name": "Ríos", "unit": 2, "expected_date": day()})
    assert elsewhere.json() == {"unit": ['Invalid pk "2" - object does not exist.']}


def test_a_guard_reads_no_documents_of_residents(stack):
    row = stack.call("GET", "/api/residents/1/", "GUARD").json()
    assert (row["document_id"], row["emergency_contact_name"], row["emergency_contact_phone"]) == ("", "", "")
    assert row["full_name"] == "Carlos González"
    for role, count in (("GUARD", 0), ("ADMIN", 1)):
        assert stack.call("GET", "/api/residents/?search=ID123456", role).json()["count"] == count
        assert stack.call("GET", "/api/logs/?search=ID123456", role).status_code == 200


def test_a_resident_reads_the_names_of_gates(stack):
    """Also when ordering or searching by what only gatekeepers read."""
    gates = stack.call("GET", "/api/access/points/?ordering=-code&search=princi", "RESIDENT").json()["results"]
    assert [gate["name"] for gate in gates] == ["Puerta Principal"]
    assert (gates[0]["code"], gates[0]["location"], gates[0]["supports_qr"], gates[0]["is_active"]) == ("", "", None, True)
    assert stack.call("GET", "/api/access/points/1/", "GUARD").json()["location"] == "Entrada principal del residencial"


@pytest.mark.parametrize("role, method, path, status", [
    ("GUARD", "POST", "/api/buildings/", 403), ("RESIDENT", "PATCH", "/api/access/points/1/", 403),
    ("GUARD", "DELETE", "/api/visitors/1/", 403), ("GUARD", "PUT", "/api/units/1/", 403),
    ("GUARD", "POST", "/api/residents/", 403), ("ADMIN", "DELETE", "/api/logs/1/", 405),
    ("ADMIN", "GET", "/api/buildings/abc/", 404), ("ADMIN", "GET", "/api/nothing/", 404),
    (None, "GET", "/api/visitors/", 401), (None, "DELETE", "/api/visitors/", 401)])
def test_deny_is_the_default(stack, role, method, path, status):
    answer = stack.call(method, path, role, json={"name": "x", "code": "x"} if method != "GET" else None)
    assert answer.status_code == status
    assert "detail" in answer.json()
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer  "])
def test_the_scheme_of_a_token_has_any_case(stack, scheme):
    headers = {"Authorization": f"{scheme} {stack.token('ADMIN')}"}
    assert stack.call("GET", "/api/users/me/", headers=headers).status_code == 200


def test_a_session_begins_rotates_and_ends(stack):
    demo = stack.demo()
    account = {"username": demo["GARITA_RESIDENT_USER"], "password": demo["GARITA_RESIDENT_PASSWORD"]}
    post = lambda path, body, token=None: requests.post(
        stack.url + path, json=body, timeout=10, headers={"Authorization": f"Bearer {token}"} if token else {})
    first = post("/api/auth/login/", account).json()
    assert list(first) == ["refresh", "access"]
    assert post("/api/auth/verify/", {"token": first["access"]}).json() == {}
    second = post("/api/auth/refresh/", {"refresh": first["refresh"]}).json()
    retried = post("/api/auth/refresh/", {"refresh": first["refresh"]}).json()
    assert retried["refresh"] == second["refresh"] != first["refresh"]
    third = post("/api/auth/refresh/", {"refresh": second["refresh"]}).json()
    reused = post("/api/auth/refresh/", {"refresh": first["refresh"]})
    assert (reused.status_code, reused.json()) == (401, {"detail": "Token is invalid", "code": "token_not_valid"})
    for token in (third["access"], second["access"], first["access"]):
        assert post("/api/auth/verify/", {"token": token}).status_code == 401
    fresh = post("/api/auth/login/", account).json()
    assert post("/api/auth/logout/", None, fresh["access"]).status_code == 204
    assert stack.call("GET", "/api/visitors/", headers={"Authorization": f"Bearer {fresh['access']}"}).status_code == 401
    stack.tokens.clear()


def test_a_password_hashed_the_old_way_is_hashed_anew_at_sign_in(stack):
    """What an import brings: Django's format with fewer rounds."""
    salt, rounds = "oldsalt1234567890abcde", 600_000
    digest = hashlib.pbkdf2_hmac("sha256", "contraseña vieja".encode(), salt.encode(), rounds)
    old = f"pbkdf2_sha256${rounds}${salt}${base64.b64encode(digest).decode()}"
    stack.psql(f"""insert into garita.users (site_id, username, password_hash, role)
        select site_id, 'imported', '{old}', 'GUARD' from garita.users where username = 'guard1'""")
    account = {"username": "imported", "password": "contraseña vieja"}
    for _ in range(2):
        assert requests.post(f"{stack.url}/api/auth/login/", json=account, timeout=10).status_code == 200
    new = stack.psql("select password_hash from garita.users where username = 'imported'")[0]
    assert new.startswith("pbkdf2_sha256$1000000$") and salt not in new


@pytest.mark.parametrize("account", [
    {"username": "nobody", "password": "whatever1"}, {"username": "guard1", "password": "wrong-password"}])
def test_unknown_and_wrong_have_one_answer(stack, account):
    answer = requests.post(f"{stack.url}/api/auth/login/", json=account, timeout=10)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "No active account found with the given credentials"}


def test_a_disabled_account_is_out_on_the_next_request(stack):
    path = "/api/visitors/"
    assert stack.call("GET", path, "GUARD").status_code == 200
    stack.psql("update garita.users set is_active = false where username = 'guard1'")
    try:
        answer = stack.call("GET", path, "GUARD")
        assert (answer.status_code, answer.json()["code"]) == (401, "user_inactive")
        answer = stack.call("POST", "/api/access/codes/validate/", "GUARD", json={"code": "X", "access_point_id": 1})
        assert answer.status_code == 401
    finally:
        stack.psql("update garita.users set is_active = true where username = 'guard1'")
        stack.tokens.clear()
    assert stack.call("GET", path, "GUARD").status_code == 200


def test_two_sites_never_see_each_other(stack):
    stack.psql("""
        with s as (insert into garita.sites (name, code) values ('Otro', 'OTRO') returning id),
        b as (insert into garita.buildings (site_id, name, code) select id, 'Ajena', 'AJ' from s returning id, site_id)
        insert into garita.units (site_id, building_id, number, floor) select site_id, id, '1', 1 from b""")
    names = [row["name"] for row in stack.call("GET", "/api/buildings/?page_size=100", "ADMIN").json()["results"]]
    assert "Ajena" not in names
    foreign = stack.psql("""select u.id from garita.units u join garita.sites s on s.id = u.site_id
        where u.number = '1' and s.code = 'OTRO'""")[0]
    missing = stack.call("GET", "/api/units/999999/", "ADMIN")
    assert stack.call("GET", f"/api/units/{foreign}/", "ADMIN").content == missing.content
    refused = stack.call("POST", "/api/visitors/", "ADMIN", json={
        "first_name": "A", "last_name": "B", "unit": int(foreign), "expected_date": day()})
    assert list(refused.json()) == ["unit"]
