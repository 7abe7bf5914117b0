"""An edit of one thing never widens another limit: whatever field is changed, every other limit stays as it was."""

import json
import random
import uuid

import pytest

from stack import day
from visits import CARLOS, give, issue, register

DAYS = [day(days) for days in range(-330, 570, 30)]

# Field -> values to change it to. A change may bring with it only what is named in FOLLOWS.
EDITS = {
    "access_codes": {
        "code_type": ["RFID", "PIN", "OTHER", "BIOMETRIC"], "expiry_date": DAYS + [None], "notes": ["", "x"],
        "is_active": [False, True], "access_points": [[], [1], [2, 3]], "code": None, "resident": [1, 2]},
    "visitors": {
        "first_name": ["Ana", "Eva"], "phone": ["5512345678"], "visitor_type": ["GUEST", "SERVICE"], "unit": [1],
        "status": ["PENDING", "APPROVED", "DENIED"], "resident": [1, 2, None], "expected_date": [one for one in DAYS if one >= day()],
        "expected_time": ["10:00", None], "vehicle_plate": ["A1"], "notes": ["x"],
        "check_in_time": ["2026-01-01T10:00:00Z", None], "check_out_time": ["2026-01-01T11:00:00Z", None]},
    "access_points": {
        "name": None, "code": None, "location": ["x", "y"], "building": [1, 2, None], "supports_qr": [True, False],
        "supports_rfid": [True, False], "supports_numeric": [True, False], "is_entry": [True, False],
        "is_exit": [True, False], "is_active": [True, False], "access_type": ["POOL", "GYM"], "notes": ["x"]}}
PATHS = {"access_codes": "access/codes", "visitors": "visitors", "access_points": "access/points"}
COLUMNS = {"resident": "resident_id", "unit": "unit_id", "building": "building_id"}
FOLLOWS = {
    ("access_codes", "code"): {"code_tag", "code_sealed", "code_hint", "code_digits", "code_letters"},
    # Switched off or on is when, too; whoever approves is filled in, and by whose word; a refusal switches the visit's
    # codes off. Without a host the visit may wait again.
    ("access_codes", "is_active"): {"revoked_at"},
    ("visitors", "status"): {"authorized_by", "sponsor_id"},
    ("visitors", "resident"): {"authorized_by", "sponsor_id", "status"}}
# When it was changed, and what the search reads of the same fields.
TRACES = {"updated_at", "search_text"}


def limits(stack, table, row):
    """All that is stored of a row, its codes' limits and their gates, as PostgreSQL has it."""
    record = stack.psql(f"select to_jsonb(t) from garita.{table} t where t.id = {row}")
    found = json.loads(record[0])
    if table == "access_codes":
        found["access_points"] = stack.psql(
            f"select access_point_id from garita.access_code_points where access_code_id = {row} order by 1")
    if table == "visitors":
        found["codes"] = stack.psql(f"""select to_jsonb(t) - 'updated_at', (select array_agg(access_point_id order by 1)
            from garita.temporary_code_points p where p.temporary_code_id = t.id)
            from garita.temporary_codes t where visitor_id = {row} order by id""")
    return found


def make(stack, table, chance):
    if table == "access_points":
        name = uuid.uuid4().hex[:8]
        flags = {flag: chance.random() < 0.5 for flag in ("supports_qr", "supports_rfid", "is_entry", "is_active")}
        body = {"name": name, "code": name, "location": "x"} | flags
        return stack.call("POST", "/api/access/points/", "ADMIN", json=body).json()["id"]
    if table == "access_codes":
        made = give(stack, access_points=chance.choice([[], [1, 2]]), expiry_date=chance.choice(DAYS + [None]))["id"]
        if chance.random() < 0.5:
            stack.call("POST", f"/api/access/codes/{made}/report_lost/", "ADMIN")
        return made
    visitor = register(stack, "RESIDENT", resident=CARLOS)
    codes = [issue(stack, visitor, max_uses=n, access_points=chance.choice([[], [1]])) for n in (1, 3)]
    stack.psql(f"""update garita.credentials set times_used = 1 where code_kind = 'temporary' and code_id = {codes[0]['id']};""")
    if chance.random() < 0.5:
        stack.call("POST", f"/api/codes/{codes[1]['id']}/revoke/", "ADMIN")
    return visitor


@pytest.mark.parametrize("table", EDITS)
@pytest.mark.parametrize("seed", range(3))
def test_an_edit_of_one_field_changes_no_other_limit(stack, table, seed):
    chance = random.Random(seed)
    row = make(stack, table, chance)
    for field in chance.sample(sorted(EDITS[table]), len(EDITS[table])):
        value = uuid.uuid4().hex[:10] if EDITS[table][field] is None else chance.choice(EDITS[table][field])
        before = limits(stack, table, row)
        answer = stack.call("PATCH", f"/api/{PATHS[table]}/{row}/", "ADMIN", json={field: value})
        assert answer.status_code == 200, (field, value, answer.text)
        after = limits(stack, table, row)
        may = {field, COLUMNS.get(field)} | TRACES | FOLLOWS.get((table, field), set())
        changed = {name for name in after if after[name] != before[name]}
        assert changed <= may, (field, value, {name: (before[name], after[name]) for name in changed - may})


@pytest.mark.parametrize("change", [
    "max_uses = 100", "valid_until = now() + interval '30 days'", "valid_from = now() - interval '3 days'",
    "schedule_id = null", "code_hint = 'xx'"])
@pytest.mark.parametrize("state", ["used up", "revoked", "expired"])
def test_no_change_of_a_pass_revives_it(stack, change, state):
    """Passes cannot be edited by the API; nor does a change by hand in the database bring one back."""
    code = issue(stack, register(stack, "RESIDENT"), max_uses=1)
    ends = {
        "used up": f"update garita.credentials set times_used = max_uses where code_kind = 'temporary' and code_id = {code['id']}",
        "revoked": f"update garita.temporary_codes set revoked_at = now(), is_active = false where id = {code['id']}",
        "expired": f"""update garita.temporary_codes set valid_from = now() - interval '2 days', valid_until = now() - interval '1 day',
            is_active = false where id = {code['id']}"""}
    stack.psql(ends[state])
    row = f"select is_active, revoked_at is not null from garita.temporary_codes where id = {code['id']}"
    before = stack.psql(row)
    stack.psql(f"update garita.temporary_codes set {change} where id = {code['id']}")
    assert stack.psql(row) == before
    for method, body in (("PATCH", {"is_active": True}), ("PUT", {"max_uses": 9}), ("DELETE", None)):
        assert stack.call(method, f"/api/codes/{code['id']}/", "ADMIN", json=body).status_code == 405
    scan = stack.call("POST", "/api/access/codes/validate/", "GUARD", json={"code": code["code"], "access_point_id": 1})
    assert scan.json()["valid"] is False


# What PUT must bring, and what each table's edits may do beside the fields sent (FOLLOWS), for several at once.
REQUIRED = {
    "access_codes": ["resident", "code"], "visitors": ["first_name", "last_name", "unit", "expected_date"],
    "access_points": ["name", "code", "location"], "residents": [
        "unit", "first_name", "last_name", "document_id", "phone"]}
RESIDENT_EDITS = {
    "phone": ["5512345678", "5598765432"], "email": ["a@example.org", ""], "notes": ["x", ""],
    "is_authorized": [True, False], "move_in_date": ["2020-01-01", None], "move_out_date": [day(150), None],
    "resident_type": ["OWNER", "TENANT"], "emergency_contact_name": ["Z", ""]}


def resident_limits(stack, row):
    found = json.loads(stack.psql(f"select to_jsonb(t) from garita.residents t where t.id = {row}")[0])
    found["codes"] = stack.psql(f"""select to_jsonb(c) - 'updated_at', (select array_agg(access_point_id order by 1)
        from garita.access_code_points p where p.access_code_id = c.id)
        from garita.access_codes c where resident_id = {row} order by id""")
    return found


@pytest.mark.parametrize("table", REQUIRED)
@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_of_edits_by_anybody_widens_what_it_does_not_name(stack, table, seed):
    """PUT and PATCH of one to three fields at a time, by every role; whoever may not, changes nothing at all."""
    chance = random.Random(1000 + seed)
    if table == "residents":
        row = CARLOS
        give(stack, expiry_date=chance.choice(DAYS), access_points=[1])
        edits, path = RESIDENT_EDITS, "residents"
    else:
        row, edits, path = make(stack, table, chance), EDITS[table], PATHS[table]
    look = (lambda: resident_limits(stack, row)) if table == "residents" else (lambda: limits(stack, table, row))
    accepted = 0
    for _ in range(14):
        role = chance.choice(["ADMIN", "ADMIN", "GUARD", "RESIDENT"])
        names = chance.sample(sorted(edits), chance.randint(1, 3))
        body = {name: uuid.uuid4().hex[:10] if edits[name] is None else chance.choice(edits[name]) for name in names}
        method = chance.choice(["PATCH", "PUT"])
        if method == "PUT":
            shown = stack.call("GET", f"/api/{path}/{row}/", "ADMIN").json()
            body = {name: shown[name] for name in REQUIRED[table]} | body
        before = look()
        answer = stack.call(method, f"/api/{path}/{row}/", role, json=body)
        assert answer.status_code in (200, 400, 403, 404, 409), (role, method, body, answer.text)
        after = look()
        may = set(TRACES)
        if answer.status_code == 200:
            accepted += role == "ADMIN"
            for name in body:
                may |= {name, COLUMNS.get(name)} | FOLLOWS.get((table, name), set())
        changed = {name for name in after if after[name] != before[name]}
        if table == "visitors" and body.get("status") == "DENIED" and "codes" in changed and answer.status_code == 200:
            # A refusal only switches codes off.
            assert sum('"is_active": true' in code for code in after["codes"]) <= sum(
                '"is_active": true' in code for code in before["codes"])
            changed.discard("codes")
        if "status" in changed and "status" not in body:
            assert after["status"] == "PENDING", (role, method, body)
        assert changed <= may, (role, method, body, {name: (before[name], after[name]) for name in changed - may})
    assert accepted > 0
    if table == "residents":
        stack.psql(f"update garita.residents set is_authorized = true, move_out_date = null where id = {row}")
