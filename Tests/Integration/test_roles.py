"""Who may call what (rules, section 1): every route of the table, for every role; and no row of another site anywhere.

Beside the roles: a superuser, a gate device, an account that was disabled after it had logged in.
A new route that is not in the table below fails here.
"""

import re
import subprocess

import pytest
import requests

from devices import PATH as GATE, enrol
from foreign import foreign  # noqa: F401 (fixture)
from stack import day
from test_people import PASSWORD, account, sign_in, unique

# A administrator, G guard, R resident; * also without a token. Rows that a role may not see are missing, not refused.
MATRIX = """
AGR  GET POST     /api/visitors/                      AGR  GET PUT PATCH   /api/visitors/{id}/
A    DELETE       /api/visitors/{id}/                 AGR  GET             /api/visitors/list_minimal/
AGR  POST         /api/visitors/generate_code/        AG   POST            /api/visitors/validate_code/
AGR  POST         /api/visitors/{id}/approve/         AGR  POST            /api/visitors/{id}/deny/
AR   POST         /api/visitors/{id}/cancel/          AGR  GET             /api/codes/
AGR  GET          /api/codes/{id}/                    AGR  GET             /api/codes/{id}/qr.png
AGR  GET          /api/codes/{id}/qr.svg              AR   POST            /api/codes/{id}/revoke/
AGR  GET          /api/users/                         A    POST            /api/users/
AGR  GET PUT PATCH /api/users/{id}/                   A    DELETE          /api/users/{id}/
AGR  GET          /api/users/me/                      AGR  GET             /api/users/list_minimal/
A    POST         /api/users/{id}/password_link/      A    POST            /api/users/{id}/unlock/
AGR  GET          /api/buildings/                     A    POST            /api/buildings/
AGR  GET          /api/buildings/{id}/                A    PUT PATCH DELETE /api/buildings/{id}/
AGR  GET          /api/units/                         A    POST            /api/units/
AGR  GET          /api/units/{id}/                    A    PUT PATCH DELETE /api/units/{id}/
AGR  GET          /api/vehicles/                      AR   POST            /api/vehicles/
AGR  GET          /api/vehicles/{id}/                 AR   PUT PATCH       /api/vehicles/{id}/
AGR  GET          /api/residents/                     A    POST            /api/residents/
AGR  GET          /api/residents/{id}/                AR   PUT PATCH       /api/residents/{id}/
A    DELETE       /api/residents/{id}/                A    DELETE          /api/vehicles/{id}/
AGR  GET             /api/residents/list_minimal/
AGR  GET          /api/access/points/                 A    POST            /api/access/points/
AGR  GET          /api/access/points/{id}/            A    PUT PATCH DELETE /api/access/points/{id}/
AG   POST         /api/access/points/{id}/acknowledge/ AG  POST            /api/access/codes/validate/
AGR  GET          /api/access/codes/                  A    POST            /api/access/codes/
AGR  GET          /api/access/codes/{id}/             A    PUT PATCH DELETE /api/access/codes/{id}/
AR   POST         /api/access/codes/{id}/report_lost/ A    POST            /api/access/codes/{id}/reveal/
AG   GET          /api/access/schedules/              A    POST            /api/access/schedules/
AG   GET          /api/access/schedules/{id}/         A    PUT PATCH DELETE /api/access/schedules/{id}/
AG   GET          /api/access/holidays/               A    POST            /api/access/holidays/
AG   GET          /api/access/holidays/{id}/          A    PUT PATCH DELETE /api/access/holidays/{id}/
AG   GET          /api/access/blocklist/              A    POST            /api/access/blocklist/
AG   GET          /api/access/blocklist/{id}/         A    PUT PATCH DELETE /api/access/blocklist/{id}/
AG   GET          /api/access/standing_orders/        A    POST            /api/access/standing_orders/
AG   GET          /api/access/standing_orders/{id}/   A    PUT PATCH DELETE /api/access/standing_orders/{id}/
AG   GET          /api/access/shifts/                 AG   GET             /api/access/shifts/{id}/
AG   GET          /api/access/shift_notes/            AG   GET             /api/access/shift_notes/{id}/
A    GET POST     /api/webhooks/                      A    GET PUT PATCH DELETE /api/webhooks/{id}/
A    GET          /api/webhooks/{id}/deliveries/      A    POST            /api/webhooks/{id}/test/
A    POST         /api/webhooks/{id}/rotate/          A    POST            /api/webhooks/{id}/retire/
A    POST         /api/webhooks/{id}/replay/
A    GET          /api/access/devices/                A    GET             /api/access/devices/{id}/
AG   GET          /api/doors/                         A    POST            /api/doors/
AG   GET          /api/doors/{id}/                    A    PUT PATCH DELETE /api/doors/{id}/
AG   GET          /api/doors/{id}/events/             AG   GET             /api/doors/{id}/openings/
AG   POST         /api/doors/{id}/open/               AG   GET POST        /api/emergency/
AG   POST         /api/emergency/end/
AGR  GET          /api/logs/                          AGR  GET             /api/logs/{id}/
AGR  GET          /api/logs/stats/                    AGR  GET             /api/logs/resident_logs/
AGR  GET          /api/logs/visitor_logs/             AGR  POST            /api/auth/password/
AGR  GET          /api/auth/sessions/                 AGR  GET DELETE      /api/auth/sessions/{id}/
A    GET          /api/audit/                         A    GET             /api/audit/{id}/
AGR  POST         /api/users/{id}/end_sessions/       A    GET             /api/sites/
A    GET          /api/sites/{id}/                    A    POST            /api/sites/{id}/choose/
AGR  GET          /api/users/{id}/photo/              AGR  GET             /api/users/{id}/photo/thumbnail/
AGR  GET          /api/residents/{id}/photo/          AGR  GET             /api/residents/{id}/photo/thumbnail/
AGR  GET          /api/visitors/{id}/photo/           AGR  GET             /api/visitors/{id}/photo/thumbnail/
*    POST         /api/auth/login/                    *    POST            /api/auth/refresh/
*    POST         /api/auth/login/code/               AGR  GET POST         /api/auth/second_factor/
AGR  POST         /api/auth/second_factor/confirm/    AGR  POST         /api/auth/second_factor/disable/
AGR  POST         /api/auth/second_factor/recovery_codes/ A POST         /api/users/{id}/reset_second_factor/
*    POST         /api/auth/verify/                   *    POST            /api/auth/reset/
AGR  POST         /api/auth/logout/                   AGR  GET             /api/
AGR  GET          /api/access/                        *    GET             /api/schema/
*    GET          /api/docs/
"""
RIGHTS = {
    (method, path): who
    for who, methods, path in re.findall(r"([AGR]+|\*)\s+((?:[A-Z]+\s+)+)(/\S+)", MATRIX)
    for method in methods.split()}
ROLES = {"A": "ADMIN", "G": "GUARD", "R": "RESIDENT"}
# Called last, it ends the session of everybody; and where hashing or a wait hides nothing.
CALLABLE = [key for key in RIGHTS if RIGHTS[key] != "*" and key[1] != "/api/auth/logout/"]


def test_every_route_stands_in_the_matrix(stack):
    said = subprocess.run([stack.var / "bin/garita", "routes"], text=True, capture_output=True, check=True).stdout
    lines = [line.split() for line in said.splitlines() if line]
    pages = ("/account/", "/admin/", "/gate/", "/home/", "/p/")
    assert {(method, path) for method, path, *_ in lines if not path.startswith(pages)} == set(RIGHTS)
    rooms = ((" /admin/", " for ADMIN  "), (" /gate/", " for ADMIN,GUARD  "), (" /home/", " for RESIDENT  "))
    # Two of the console answer a script and nginx, and say themselves that nobody is signed in.
    asked = [line for line in said.splitlines() if " /gate/live/" not in line]
    assert [line for room, who in rooms for line in asked if room in line and who not in line] == []
    # Pages are for whoever has signed in on them, but for those on which that happens.
    assert {path for _, path, _, access, *_ in lines if path.startswith("/account/") and access != "signed-in"} == {
        "/account/sign-in/", "/account/sign-in/code/", "/account/new-password/", "/account/language/"}


@pytest.mark.parametrize("method, path", CALLABLE)
def test_only_those_named_may_call(stack, method, path):
    target = path.replace("{id}", "999999")
    assert stack.call(method, target, json=None).status_code == 401
    for letter, role in ROLES.items():
        answer = stack.call(method, target, role, json={} if method != "GET" else None)
        if letter in RIGHTS[method, path]:
            assert answer.status_code in (200, 400, 404), (role, answer.text)
        else:
            assert answer.status_code == 403, (role, answer.text)
            assert answer.json() == {"detail": "You do not have permission to perform this action."}


@pytest.mark.parametrize("method, path", [key for key in CALLABLE if "{id}" in key[1] and "blocklist" not in key[1]])
def test_a_row_of_another_site_is_missing_to_the_byte(stack, foreign, method, path):
    number = foreign[path.split("{id}")[0]]
    for letter in RIGHTS[method, path]:
        body = {} if method != "GET" else None
        theirs = stack.call(method, path.replace("{id}", number), ROLES[letter], json=body)
        missing = stack.call(method, path.replace("{id}", "999999"), ROLES[letter], json=body)
        assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content)
        assert theirs.status_code in (400, 404)


@pytest.mark.parametrize("path", [
    path for method, path in CALLABLE if method == "GET" and "{id}" not in path and "_logs" not in path])
def test_no_list_shows_another_site(stack, foreign, path):
    for letter in RIGHTS["GET", path]:
        for query in ("", "?search=ajeno-zz", "?ordering=-id&page_size=100"):
            # But for the link to the next page.
            assert "ajeno-zz" not in stack.call("GET", path + query, ROLES[letter]).text.replace("search=ajeno-zz", "")
        found = stack.call("GET", path + "?search=ajeno-zz", ROLES[letter]).json()
        if "count" in found and path not in ("/api/users/", "/api/access/devices/"):
            assert found["count"] == 0


@pytest.mark.parametrize("path, field, kind, rest", [
    ("/api/units/", "building", "/api/buildings/", {"number": "q", "floor": 1}),
    ("/api/vehicles/", "unit", "/api/units/", {"plate": "q"}),
    ("/api/residents/", "unit", "/api/units/", {"first_name": "q", "last_name": "q", "document_id": "q-q", "phone": "5512345678"}),
    ("/api/residents/", "user", "/api/users/", {
        "unit": 3, "first_name": "q", "last_name": "q", "document_id": "q-q", "phone": "5512345678"}),
    ("/api/visitors/", "unit", "/api/units/", {"first_name": "q", "last_name": "q", "expected_date": day()}),
    ("/api/access/codes/", "resident", "/api/residents/", {"code": "QQQQ1234"})])
def test_a_reference_into_another_site_leads_nowhere(stack, foreign, path, field, kind, rest):
    number = foreign[kind]
    theirs = stack.call("POST", path, "ADMIN", json=rest | {field: int(number)})
    missing = stack.call("POST", path, "ADMIN", json=rest | {field: 999999})
    assert theirs.status_code == missing.status_code == 400
    assert theirs.text.replace(number, "?") == missing.text.replace("999999", "?")


def test_values_of_another_site_are_free_here(stack, foreign):
    """Uniqueness is per site: nobody learns what others have."""
    made = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": "ajeno-zz", "code": "AZZ"})
    assert made.status_code == 201
    assert stack.call("DELETE", f"/api/buildings/{made.json()['id']}/", "ADMIN").status_code == 204


class Account:
    """Somebody beside the demo's three."""

    def __init__(self, stack, name):
        self.stack = stack
        self.token = sign_in(stack, name).json()["access"]

    def call(self, method, path, **arguments):
        return requests.request(
            method, self.stack.url + path, headers={"Authorization": f"Bearer {self.token}"}, timeout=10,
            allow_redirects=False, **arguments)


@pytest.fixture(scope="module")
def disabled(stack):
    """Of each role one who was disabled after logging in."""
    numbers, accounts = [], {}
    for role in ROLES.values():
        number, name = account(stack, role)
        numbers.append(number)
        accounts[role] = Account(stack, name)
        assert accounts[role].call("GET", "/api/users/me/").status_code == 200
    stack.psql(f"update garita.users set is_active = false where id in ({', '.join(map(str, numbers))})")
    return accounts


@pytest.mark.parametrize("method, path", CALLABLE)
def test_a_disabled_account_may_nothing(disabled, method, path):
    """Nor is it told what its form lacks."""
    for role in ROLES.values():
        answer = disabled[role].call(method, path.replace("{id}", "1"), json={} if method != "GET" else None)
        assert (answer.status_code, answer.json()["code"]) == (401, "user_inactive"), (role, answer.text)


@pytest.fixture(scope="module")
def device(stack):
    name = unique()
    gate = stack.call("POST", "/api/access/points/", "ADMIN", json={"name": name, "code": name, "location": "x"}).json()
    return enrol(stack, gate, "--entry", "--exit")


@pytest.mark.parametrize("method, path", [key for key in CALLABLE if key[1] != GATE])
def test_a_gate_device_may_nothing_but_ask_at_its_gate(stack, device, method, path):
    answer = requests.request(
        method, stack.url + path.replace("{id}", "1"), data=b"{}", timeout=10,
        headers={"Authorization": device.header(method, path.replace("{id}", "1"), b"{}"),
                 "Content-Type": "application/json"})
    # It reads one gate, its own: any other does not exist.
    reads_gate = (method, path) == ("GET", "/api/access/points/{id}/")
    assert answer.status_code == (404 if reads_gate else 401), answer.text


@pytest.fixture(scope="module")
def superuser(stack):
    name = f"u{unique()}"
    done = subprocess.run(
        [stack.var.resolve() / "bin/garita", "user", "create", name, "--superuser", "--role", "ADMIN"], text=True,
        input=PASSWORD + "\n", capture_output=True, env={"GARITA_CONFIG": str(stack.var.resolve() / "operator.env")})
    assert done.returncode == 0, done.stderr
    return Account(stack, name)


@pytest.mark.parametrize("method, path", CALLABLE)
def test_a_superuser_may_what_an_administrator_may(superuser, method, path):
    answer = superuser.call(method, path.replace("{id}", "999999"), json={} if method != "GET" else None)
    assert answer.status_code in ((200, 400, 404) if "A" in RIGHTS[method, path] else (403,)), answer.text


def all_sites(account):
    """Of all pages: other tests found sites, too."""
    found, path = [], "/api/sites/?page_size=100"
    while path:
        page = account.call("GET", path.removeprefix(account.stack.url)).json()
        found, path = found + page["results"], page["next"]
    return found


def test_a_superuser_works_in_one_site_at_a_time_and_chooses_it(stack, foreign, superuser):
    home, away = "1", foreign["/api/sites/"]
    assert {str(site["id"]) for site in all_sites(superuser)} >= {home, away}
    assert [site["id"] for site in stack.call("GET", "/api/sites/", "ADMIN").json()["results"]] == [1]
    for choice, other in ((away, home), (home, away)):
        assert superuser.call("POST", f"/api/sites/{choice}/choose/").status_code == 204
        current = [str(site["id"]) for site in all_sites(superuser) if site["is_current"]]
        assert current == [choice]
        found = "ajeno-zz" in superuser.call("GET", "/api/buildings/").text
        assert found == (choice == away)
        row = superuser.call("GET", f"/api/residents/{foreign['/api/residents/']}/").status_code
        assert row == (200 if choice == away else 404)
        made = superuser.call("POST", "/api/buildings/", json={"name": unique(), "code": unique()[:8]}).json()["id"]
        assert stack.psql(f"delete from garita.buildings where id = {made} returning site_id") == [choice]
    # The choice is the session's: another of the same account begins at home, and no administrator sees it.
    assert "ajeno-zz" not in stack.call("GET", "/api/auth/sessions/", "ADMIN").text
    assert superuser.call("POST", "/api/sites/999999/choose/").status_code == 404
    stack.psql(f"update garita.sites set is_active = false where id = {away}")
    try:
        assert superuser.call("POST", f"/api/sites/{away}/choose/").status_code == 404
    finally:
        stack.psql(f"update garita.sites set is_active = true where id = {away}")


def test_a_superusers_gate_is_that_of_the_chosen_site(stack, foreign, superuser):
    gates = {"1": 1, foreign["/api/sites/"]: int(foreign["/api/access/points/"])}
    for choice in gates:
        assert superuser.call("POST", f"/api/sites/{choice}/choose/").status_code == 204
        for site, gate in gates.items():
            answer = superuser.call("POST", GATE, json={"code": "no-such-code", "access_point_id": gate}).json()
            assert answer["reason"] == ("unknown_code" if site == choice else "unknown_access_point")
    superuser.call("POST", "/api/sites/1/choose/")


def test_other_accounts_stay_where_they_belong(stack, foreign):
    assert stack.call("POST", f"/api/sites/{foreign['/api/sites/']}/choose/", "ADMIN").status_code == 404
    # Even were it written into the session.
    stack.psql(f"update garita.sessions set chosen_site_id = {foreign['/api/sites/']}")
    for role in ROLES.values():
        assert "ajeno-zz" not in stack.call("GET", "/api/buildings/", role).text
        assert stack.call("GET", "/api/buildings/", role).json()["count"] >= 1
    stack.psql("update garita.sessions set chosen_site_id = null")
