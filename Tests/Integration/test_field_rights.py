"""Every field that a role may not write stays as it is, whatever that role sends.

Which fields those are is not typed here: it comes from the declarations, by way of the API's own document.
"""

import json
import re

import pytest

from test_roles import RIGHTS, ROLES
from visits import CARLOS, register

# Path -> table; and rows that a role may edit, where the first one in its list is not.
TABLES = {
    "/api/users/": "users", "/api/buildings/": "buildings", "/api/units/": "units", "/api/residents/": "residents",
    "/api/visitors/": "visitors", "/api/access/points/": "access_points", "/api/access/codes/": "access_codes",
    "/api/access/schedules/": "schedules", "/api/access/holidays/": "holidays", "/api/access/blocklist/": "blocklist"}
TRACES = {"updated_at"}
# What a role writes by another way than the field: a lost tag, a photo that comes with a form.
OTHER_WAYS = {("access_codes", "is_active", "RESIDENT")}
FORMS_ONLY = {"photo"}


@pytest.fixture(scope="module")
def document(stack):
    return stack.call("GET", "/api/schema/").json()


def resolved(document, schema):
    return document["components"]["schemas"][schema["$ref"].split("/")[-1]]["properties"]


def declared(document, path, method):
    """All fields of a table, and of those the ones each role may write, as the declarations say."""
    operation = document["paths"][path][method]
    success = operation["responses"]["200" if method == "patch" else "201"]["content"]["application/json"]["schema"]
    fields = dict(resolved(document, document["paths"][path.removesuffix("{id}/") + "{id}/"]["get"]["responses"]["200"][
        "content"]["application/json"]["schema"])) | resolved(document, success)
    inputs = resolved(document, operation["requestBody"]["content"]["application/json"]["schema"])
    writable = {role: set() for role in ROLES.values()}
    for name, schema in inputs.items():
        limit = re.search(r"\(set by (.+) only\)$", schema.get("description", ""))
        for role in limit.group(1).split(", ") if limit else ROLES.values():
            if role in writable:
                writable[role].add(name)
    return fields | inputs, writable


def other_values(schema, current):
    """Values of the right shape that the field does not hold."""
    text = json.dumps(schema)
    choices = schema.get("enum") or next((part["enum"] for part in schema.get("anyOf", []) if "enum" in part), None)
    if choices:
        candidates = [choice for choice in choices if choice is not None]
    elif "boolean" in text:
        candidates = [True, False]
    elif "date-time" in text:
        candidates = ["2001-02-03T04:05:06Z"]
    elif '"date"' in text:
        candidates = ["2001-02-03"]
    elif '"time"' in text:
        candidates = ["04:05:06"]
    elif '"array"' in text:
        candidates = [[1], [2]]
    elif '"integer"' in text:
        candidates = [2, 3]
    else:
        candidates = ["forged-zz", "2"]
    return [value for value in candidates if value != current] or candidates


def stored(stack, table, row):
    rows = stack.psql(f"select to_jsonb(t) from garita.{table} t where t.id = {row}")
    found = json.loads(rows[0])
    if table == "access_codes":
        found["points"] = stack.psql(
            f"select access_point_id from garita.access_code_points where access_code_id = {row} order by 1")
    return {name: value for name, value in found.items() if name not in TRACES}


def own_row(stack, path, role):
    """A row that the role sees, and where possible may edit."""
    if path == "/api/visitors/":
        return register(stack, "RESIDENT", resident=CARLOS)
    if path in ("/api/access/schedules/", "/api/access/holidays/", "/api/access/blocklist/"):
        bodies = {"/api/access/schedules/": {"name": "Ajenas"}, "/api/access/holidays/": {"day": "2031-01-01", "name": "x"},
                  "/api/access/blocklist/": {"kind": "document", "value": "QQ-77"}}
        made = stack.call("POST", path, "ADMIN", json=bodies[path])
        return made.json()["id"]
    rows = stack.call("GET", path, role).json()["results"]
    if path == "/api/users/" and role == "ADMIN":
        return next(row["id"] for row in rows if row["username"] != stack.demo()["GARITA_ADMIN_USER"])
    if path == "/api/residents/" and role == "RESIDENT":
        return CARLOS
    return rows[-1]["id"]


@pytest.mark.parametrize("role", ROLES.values())
@pytest.mark.parametrize("path", TABLES)
def test_a_patch_changes_no_field_the_role_may_not_write(stack, document, path, role):
    letter = role[0]
    fields, writable = declared(document, path + "{id}/", "patch")
    may_patch = letter in RIGHTS["PATCH", path + "{id}/"]
    forbidden = set(fields) - (writable[role] if may_patch else set())
    assert {"id", "created_at"} & set(fields) <= forbidden and forbidden
    if letter not in RIGHTS["GET", path]:
        assert stack.call("PATCH", f"{path}1/", role, json={}).status_code == 403
        return
    row = own_row(stack, path, role)
    try:
        shown = stack.call("GET", f"{path}{row}/", "ADMIN").json()
        before = stored(stack, TABLES[path], row)
        for field in sorted(forbidden):
            for value in other_values(fields[field], shown.get(field)):
                answer = stack.call("PATCH", f"{path}{row}/", role, json={field: value})
                assert answer.status_code in ((200, 400, 404, 409) if may_patch else (403,)), (field, value, answer.text)
                after = stored(stack, TABLES[path], row)
                assert after == before, (field, value, {n: (before[n], after[n]) for n in after if after[n] != before[n]})
    finally:
        if path in ("/api/access/schedules/", "/api/access/holidays/", "/api/access/blocklist/"):
            stack.call("DELETE", f"{path}{row}/", "ADMIN")


@pytest.mark.parametrize("role", ROLES.values())
@pytest.mark.parametrize("path", TABLES)
def test_the_database_refuses_the_same_columns_by_itself(stack, document, path, role):
    """A handler that forgot who may write what would still change nothing."""
    fields, writable = declared(document, path + "{id}/", "patch")
    may_patch = role[0] in RIGHTS["PATCH", path + "{id}/"]
    columns = set(stack.psql(f"""select attname from pg_attribute where attrelid = 'garita.{TABLES[path]}'::regclass
        and attnum > 0 and not attisdropped"""))
    for field in sorted(set(fields) - (writable[role] if may_patch else set())):
        for column in ({field, f"{field}_id"} & columns) - FORMS_ONLY:
            allowed = stack.psql(f"""select has_column_privilege('garita_{role.lower()}', 'garita.{TABLES[path]}',
                '{column}', 'update')""")
            assert allowed == ["t" if (TABLES[path], column, role) in OTHER_WAYS else "f"], (role, column)


@pytest.mark.parametrize("role", ROLES.values())
def test_a_new_visit_holds_nothing_the_role_may_not_write(stack, document, role):
    fields, writable = declared(document, "/api/visitors/", "post")
    honest = stored(stack, "visitors", register(stack, role, resident=CARLOS))
    forbidden = set(fields) - writable[role]
    assert {"id", "created_at"} <= forbidden
    for field in sorted(forbidden):
        value = other_values(fields[field], None)[0]
        row = register(stack, role, resident=CARLOS, **{field: value})
        made = stored(stack, "visitors", row)
        changing = {"id", "created_at", "first_name", "last_name"}
        assert {n: v for n, v in made.items() if n not in changing} == {
            n: v for n, v in honest.items() if n not in changing}, (field, value)
        assert str(value) not in (str(made["id"]), made["created_at"])
