"""Accounts, homes and the people in them, through the whole stack."""

import uuid

import pytest
import requests

from runs import logged

PASSWORD = "Tormenta-de-arena-47"
RESIDENT = {"unit": 3, "first_name": "Eva", "last_name": "Ruiz", "phone": "+52 55 1234 5678"}


def unique():
    return uuid.uuid4().hex[:12]


def account(stack, role="GUARD", **more):
    """A new account: its number and name."""
    name = f"u{unique()}"
    answer = stack.call("POST", "/api/users/", "ADMIN", json={
        "username": name, "password": PASSWORD, "role": role} | more)
    assert answer.status_code == 201, answer.text
    return int(stack.psql(f"select id from garita.users where username = '{name}'")[0]), name


def sign_in(stack, name):
    return requests.post(f"{stack.url}/api/auth/login/", json={"username": name, "password": PASSWORD}, timeout=10)


def test_an_account_is_made_as_the_original_answers(stack):
    name = f"u{unique()}"
    made = stack.call("POST", "/api/users/", "ADMIN", json={
        "username": name, "password": f"  {PASSWORD} ", "email": "r@x.mx", "first_name": "Rosa", "role": "RESIDENT",
        "phone": "12"})
    assert made.status_code == 201
    assert list(made.json().items()) == [
        ("username", name), ("email", "r@x.mx"), ("first_name", "Rosa"), ("last_name", ""), ("role", "RESIDENT"),
        ("phone", "12"), ("photo", None)]
    assert sign_in(stack, name).status_code == 200
    stored = stack.psql(f"select password_hash from garita.users where username = '{name}'")[0]
    assert stored.startswith("pbkdf2_sha256$1000000$")


@pytest.mark.parametrize("body, errors", [
    ({}, {"username": ["This field is required."], "password": ["This field is required."]}),
    ({"username": "admin", "password": PASSWORD}, {"username": ["A user with that username already exists."]}),
    ({"username": "a b!", "password": "short", "email": "no", "role": "BOSS", "phone": "1" * 21, "first_name": "x" * 151}, {
        "username": [
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."],
        "email": ["Enter a valid email address."], "password": ["Ensure this field has at least 8 characters."],
        "first_name": ["Ensure this field has no more than 150 characters."],
        "role": ['"BOSS" is not a valid choice.'], "phone": ["Ensure this field has no more than 20 characters."]}),
    ({"username": None, "password": None, "email": None, "role": None}, {
        name: ["This field may not be null."] for name in ("username", "email", "password", "role")}),
    ({"username": "", "password": "", "role": ""}, {
        "username": ["This field may not be blank."], "password": ["This field may not be blank."],
        "role": ['"" is not a valid choice.']}),
    ({"username": "x" * 151, "password": PASSWORD}, {
        "username": ["Ensure this field has no more than 150 characters."]}),
])
def test_faults_are_those_of_the_original(stack, body, errors):
    answer = stack.call("POST", "/api/users/", "ADMIN", json=body)
    assert (answer.status_code, answer.json()) == (400, errors)
    assert list(answer.json()) == list(errors)


def test_a_weak_password_makes_no_account(stack):
    name = f"u{unique()}"
    for weak in ("12345678", "password", name):
        answer = stack.call("POST", "/api/users/", "ADMIN", json={"username": name, "password": weak})
        assert (answer.status_code, list(answer.json())) == (400, ["password"])
    assert stack.psql(f"select from garita.users where username = '{name}'") == []


def test_a_name_taken_at_another_site_is_said_as_one_taken_here(stack):
    name, site = f"u{unique()}", unique()
    stack.psql(f"""with s as (insert into garita.sites (name, code) values ('Otro', '{site}') returning id)
        insert into garita.users (site_id, username, password_hash) select id, '{name}', 'x' from s""")
    other = stack.call("POST", "/api/users/", "ADMIN", json={"username": name, "password": PASSWORD})
    own = stack.call("POST", "/api/users/", "ADMIN", json={"username": "admin", "password": PASSWORD})
    assert (other.status_code, other.content) == (400, own.content)
    assert name not in stack.call("GET", "/api/users/?page_size=100", "ADMIN").text
    assert name not in stack.call("GET", "/api/users/list_minimal/", "ADMIN").text


def test_an_account_is_read_changed_and_deleted(stack):
    id, name = account(stack)
    path = f"/api/users/{id}/"
    row = stack.call("GET", path, "ADMIN").json()
    assert list(row) == [
        "id", "username", "email", "first_name", "last_name", "role", "phone", "photo", "is_active_employee",
        "is_active", "date_joined", "created_at", "updated_at"]
    assert stack.call("PUT", path, "ADMIN", json={}).json() == {"username": ["This field is required."]}
    changed = stack.call("PATCH", path, "ADMIN", json={
        "first_name": "Ana", "password": "zzzzzzzz9", "id": 77, "is_superuser": True, "token_version": 9}).json()
    assert (changed["first_name"], changed["id"]) == ("Ana", id)
    assert sign_in(stack, name).status_code == 200  # the password of the PATCH was ignored
    used = stack.call("DELETE", path, "ADMIN")
    assert (used.status_code, used.json()["code"]) == (409, "account_used")
    assert stack.call("PATCH", path, "ADMIN", json={"is_active": False}).json()["is_active"] is False
    assert sign_in(stack, name).status_code == 401
    fresh, _ = account(stack)
    assert stack.call("DELETE", f"/api/users/{fresh}/", "ADMIN").status_code == 204
    assert stack.call("DELETE", f"/api/users/{fresh}/", "ADMIN").json() == {
        "detail": "No CustomUser matches the given query."}


@pytest.mark.parametrize("change", [
    {"role": "GUARD"}, {"is_active": False}, {"is_active_employee": False}])
def test_nobody_changes_the_own_rights(stack, change):
    me = stack.call("GET", "/api/users/me/", "ADMIN").json()
    assert stack.call("PATCH", f"/api/users/{me['id']}/", "ADMIN", json=change).status_code == 403
    assert stack.call("DELETE", f"/api/users/{me['id']}/", "ADMIN").status_code == 403
    for role in ("GUARD", "RESIDENT"):
        before = stack.call("GET", "/api/users/me/", role).json()
        # Nor the own name: whoever could try some would learn those of other residences.
        wanted = change | {"role": "ADMIN", "phone": "777", "username": "guard1"}
        after = stack.call("PATCH", f"/api/users/{before['id']}/", role, json=wanted).json()
        assert after | {"updated_at": None} == before | {"phone": "777", "updated_at": None}
    assert stack.call("GET", "/api/users/me/", "ADMIN").json() == me


@pytest.mark.parametrize("name, fault", [
    ("gate", "is reserved"), ("ADMIN.", "is reserved"), ("guardia", "is reserved"),
    ("\u0430dmin", "letters of one alphabet"), ("GUARD1", "already exists"), ("\uff47uard1", "already exists"), ("Secreta", "already exists")])
def test_a_name_deceives_nobody(stack, name, fault):
    """Of this residence or of another: a name that is taken is told in the same words, by the same answer."""
    stack.psql("""insert into garita.sites (code, name) select 'NAMES', 'x' where not exists (select from garita.sites where code = 'NAMES');
        insert into garita.users (site_id, username, password_hash) select id, 'secreta', '!' from garita.sites where code = 'NAMES'
            on conflict do nothing""")
    _, other = account(stack)
    made = stack.call("POST", "/api/users/", "ADMIN", json={"username": name, "password": PASSWORD})
    number = stack.psql(f"select id from garita.users where username = '{other}'")[0]
    renamed = stack.call("PATCH", f"/api/users/{number}/", "ADMIN", json={"username": name})
    for answer in (made, renamed):
        assert answer.status_code == 400 and fault in answer.json()["username"][0], answer.text
    stack.psql("delete from garita.users where username = 'secreta'; delete from garita.sites where code = 'NAMES'")


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_others_see_and_change_nobody_else(stack, role):
    me = stack.call("GET", "/api/users/me/", role).json()
    assert [row["id"] for row in stack.call("GET", "/api/users/", role).json()["results"]] == [me["id"]]
    assert [row["id"] for row in stack.call("GET", "/api/users/list_minimal/", role).json()] == [me["id"]]
    missing = stack.call("GET", "/api/users/999999/", role)
    for method in ("GET", "PATCH"):
        answer = stack.call(method, "/api/users/1/", role, json={"phone": "1"})
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert stack.call("POST", "/api/users/", role, json={"username": "x", "password": PASSWORD}).status_code == 403


def test_hashing_is_the_auth_pools_work(stack):
    """But for an account that comes with a photo: pictures are decoded where no keys of log-ins are."""
    made = stack.call("POST", "/api/users/", "ADMIN", json={"username": f"u{unique()}", "password": PASSWORD, "role": "GUARD"})
    assert made.status_code == 201 and "auth.sock" in logged(stack.var, made)[0]["pool"]


def test_a_resident_comes_moves_out_and_stays_on_record(stack):
    document = unique()
    made = stack.call("POST", "/api/residents/", "ADMIN", json=RESIDENT | {
        "document_id": document, "move_in_date": "2026-01-31"})
    assert made.status_code == 201
    path = f"/api/residents/{made.json()['id']}/"
    again = stack.call("POST", "/api/residents/", "ADMIN", json=RESIDENT | {"document_id": document})
    assert again.json() == {"document_id": ["Resident with this document id already exists."]}
    code = stack.call("POST", "/api/access/codes/", "ADMIN", json={
        "resident": made.json()["id"], "code": unique(), "code_type": "RFID"}).json()
    early = stack.call("PATCH", path, "ADMIN", json={"move_out_date": "2025-12-31"})
    assert (early.status_code, list(early.json())) == (400, ["move_out_date"])
    assert stack.call("DELETE", path, "ADMIN").status_code == 409
    gone = stack.call("PATCH", path, "ADMIN", json={"move_out_date": "2026-06-30"}).json()
    assert (gone["is_active"], gone["move_out_date"]) == (False, "2026-06-30")
    assert stack.call("GET", f"/api/access/codes/{code['id']}/", "ADMIN").json()["is_active"] is False


def test_a_resident_edits_the_own_contact_data_only(stack):
    me = stack.call("GET", "/api/users/me/", "RESIDENT").json()
    own = int(stack.psql(f"select min(id) from garita.residents where user_id = {me['id']}")[0] or 0)
    if not own:
        stack.psql(f"update garita.residents set user_id = {me['id']} where id = 1")
        own = 1
    before = stack.call("GET", f"/api/residents/{own}/", "RESIDENT").json()
    wanted = {
        "email": "yo@x.mx", "first_name": "Rey", "unit": 2, "document_id": "X", "is_authorized": False,
        "move_out_date": "2030-01-01", "resident_type": "TENANT", "notes": "x", "user": None}
    after = stack.call("PATCH", f"/api/residents/{own}/", "RESIDENT", json=wanted)
    assert after.status_code == 200
    assert after.json() | {"updated_at": None} == before | {"email": "yo@x.mx", "updated_at": None}
    missing = stack.call("PATCH", "/api/residents/999999/", "RESIDENT", json={"phone": "5512345678"})
    for other in (2, 3):  # of the household, of another home
        answer = stack.call("PATCH", f"/api/residents/{other}/", "RESIDENT", json={"phone": "5512345678"})
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert stack.call("PATCH", f"/api/residents/{own}/", "GUARD", json={"phone": "5512345678"}).status_code == 403
