"""`garita import-original --file`: dumps as the field writes them. All dry: the report is that of a real import."""

import json

import pytest

from legacy import take

USER = {
    "password": "!unusable", "last_login": None, "is_superuser": False, "first_name": "Prueba", "last_name": "Uno", "email": "",
    "is_staff": False, "is_active": True, "date_joined": "2026-01-01T00:00:00Z", "role": "GUARD", "phone": "", "photo": "",
    "is_active_employee": True, "groups": [], "user_permissions": []}
BUILDING = {"name": "Torre Uno", "code": "T1X", "address": "", "is_active": True}
MODELS = """users.customuser residents.building residents.unit residents.resident access_control.accesspoint visitors.visitor
    access_control.accesscode visitors.temporarycode access_logs.accesslog""".split()
NAMES = ["users", "buildings", "units", "residents", "access points", "visitors", "permanent codes", "temporary codes",
         "log entries"]


def user(name, **row):
    return {"model": "users.customuser", **row, "fields": USER | {"username": name}}


def building(**row):
    return {"model": "residents.building", **row, "fields": BUILDING}


@pytest.fixture
def dump(stack, place):
    """Reads rows, or a file's own text or bytes, and returns the lines of the report, the errors and the exit code."""
    def read(content, language="en"):
        content = content if isinstance(content, (str, bytes)) else json.dumps(content, ensure_ascii=False)
        (place / "dump.json").write_bytes(content if isinstance(content, bytes) else content.encode())
        done = take(stack, "--file", str(place / "dump.json"), "--dry-run", language=language)
        return done.stdout.splitlines(), done.stderr, done.returncode

    return read


def test_rows_without_a_number_are_listed_one_by_one(dump):
    """As `dumpdata --natural-primary` writes them."""
    rows = [user("prueba.uno"), user("prueba.dos"), user("prueba.tres")]
    told, _, code = dump(rows)
    for place in (1, 2, 3):
        assert f"not taken: users, row {place}: pk: missing; write the dump anew without --natural-primary" in told
    assert code == 65 and "3  0  0  0  3  users" in told
    told, _, code = dump(rows, "es")
    assert "no se tomó: usuarios, registro 3: pk: falta; genere el archivo de nuevo sin --natural-primary" in told


@pytest.mark.parametrize("model, name", list(zip(MODELS, NAMES)))
def test_a_key_that_is_no_number_of_a_row_is_told(dump, model, name):
    keys = ["", "7", "prueba", 7.0, 7.5, -7, 0, 2**53, 2**63 - 1, 2**63, 1e300, True, [7], {"id": 7}, None]
    told, _, code = dump([{"model": model, "pk": key, "fields": {}} for key in keys])
    for place in range(1, len(keys)):
        assert f"not taken: {name}, row {place}: pk: not a whole number from 1 to 9007199254740991" in told
    assert f"not taken: {name}, row 15: pk: missing; write the dump anew without --natural-primary" in told
    assert code == 65 and f"15  0  0  0  15  {name}" in told


def test_the_same_number_twice_is_taken_once(dump):
    told, _, code = dump([user("prueba.uno", pk=961), user("prueba.dos", pk=961), user("prueba.tres", pk=962)])
    assert "not taken: users 961: its number stands there twice" in told
    assert code == 65 and "3  2  0  0  1  users" in told
    entry = {"model": "access_logs.accesslog", "pk": 961, "fields": {
        "access_type": "ENTRY", "access_method": "MANUAL", "status": "SUCCESS"}}
    other = entry | {"fields": entry["fields"] | {"timestamp": "2026-01-02T00:00:00Z"}}
    entry["fields"]["timestamp"] = "2026-01-01T00:00:00Z"
    told, _, code = dump([entry, other])
    assert code == 65 and "2  1  0  0  1  log entries" in told


@pytest.mark.parametrize("name", ["Residents.Building", "RESIDENTS.BUILDING", "residents\\u002ebuilding", "building"])
def test_a_model_is_known_however_it_is_written(dump, name):
    text = json.dumps([building(pk=951), building(pk=952)]).replace("residents.building", name, 1)
    told, _, code = dump(text.replace('"code": "T1X"', '"code": "T2X"', 1).replace("Torre Uno", "Torre Dos", 1))
    assert code == 0 and "2  2  0  0  0  buildings" in told


@pytest.mark.parametrize("content, words", [
    ('[{"model": "residents.building", "pk": 951, "fields": {}}, 7]', "row 2 is no object"),
    ('[{"model": "residents.building", "pk": 951, "fields": {}}, null]', "row 2 is no object"),
    ('[{"model": "residents.building", "pk": 951, "fields": {}}, []]', "row 2 is no object"),
    ('[["residents.building", 951, {}]]', "row 1 is no object"), ('["residents.building"]', "row 1 is no object"),
    ('[{"model": "residents.building", "pk": 951}]', "row 1 has no model or no fields"),
    ('[{"model": "residents.building", "pk": 951, "fields": []}]', "row 1 has no model or no fields"),
    ('[{"pk": 951, "fields": {}}]', "row 1 has no model or no fields"),
    ('{"residents.building": [{"pk": 951}]}', "row 1 has no model or no fields"),
    ("7", "before the first row"), ('"text"', "before the first row"), ("null", "before the first row"),
    ('Loading .env\n[{"model": "residents.building", "pk": 951, "fields": {}}]', "before the first row"),
    ('[{"model": "residents.building", "pk": 951, "fields": {}}]\nDone', "behind row 1"),
    ('[{"model": "residents.building", "pk": 951, "fields": {}},', "behind row 1, before its list does"),
    ('[{"model": "residents.building", "pk": 1, "pk": 2, "fields": {}}]', "row 1 of that file is not JSON"),
    ("[]", "no row of the legacy system"), ("", "no row of the legacy system"), ("[[]]", "no object")])
def test_what_is_no_list_of_rows_says_where(dump, content, words):
    told, errors, code = dump(content)
    assert code == 65 and words in errors and told == []
