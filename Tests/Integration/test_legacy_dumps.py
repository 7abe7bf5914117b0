"""`garita import-original --file`: dumps as the field writes them. All dry: the report is that of a real import."""

import json
import os
import pty
import re
import select
import subprocess

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



def test_a_natural_key_is_told_by_its_field(dump):
    """As `dumpdata --natural-foreign` writes references."""
    unit = {"model": "residents.unit", "pk": 952, "fields": {"building": ["T1X"], "number": "1", "floor": 1}}
    words = "holds a natural key instead of a number; write the dump anew without --natural-foreign"
    told, errors, code = dump([building(pk=951), unit])
    assert f"not taken: units 952: building: {words}" in told and "22P02" not in errors + "".join(told)
    assert code == 65 and "1  0  0  0  1  units" in told and "1  1  0  0  0  buildings" in told
    told, _, _ = dump([building(pk=951), unit], "es")
    assert ("no se tomó: unidades 952: building: tiene una clave natural en lugar de un número; genere el archivo de nuevo sin "
            "--natural-foreign") in told
    told, _, code = dump([
        {"model": "access_control.accesscode", "pk": 951, "fields": {
            "resident": ["DOC-1"], "issued_by": {"username": "ana"}, "code": "TAG-1", "access_points": [["ENT"], 3]}},
        {"model": "access_logs.accesslog", "pk": 951, "fields": {
            "visitor": ["Ana", "Uno"], "authorized_by": ["ana"], "timestamp": "2026-01-01T00:00:00Z"}}])
    for field in ("resident", "issued_by", "access_points"):
        assert f"not taken: permanent codes 951: {field}: {words}" in told
    for field in ("visitor", "authorized_by"):
        assert f"not taken: log entries 951: {field}: {words}" in told
    assert code == 65 and "1  0  0  0  1  log entries" in told


KINDS = [  # model, field, value, words
    ("users.customuser", "username", ["ana"], "a list instead of a text"),
    ("users.customuser", "password", 5, "a whole number instead of a text"),
    ("users.customuser", "is_superuser", "true", "a text instead of true or false"),
    ("users.customuser", "is_active", 1, "a whole number instead of true or false"),
    ("users.customuser", "date_joined", {"$date": 5}, "an object instead of a text"),
    ("users.customuser", "last_login", "ayer", "not written as it must be"),
    ("users.customuser", "first_name", "A\0na", "holds a NUL character"),
    ("users.customuser", "photo", "users/a\0.jpg", "holds a NUL character"),
    ("residents.building", "floors", "5", "a text instead of a whole number"),
    ("residents.building", "floors", True, "true or false instead of a whole number"),
    ("residents.building", "floors", 1.5, "a number with a fraction, or too large instead of a whole number"),
    ("residents.building", "floors", 3_000_000_000, "out of range"),
    ("residents.building", "name", True, "true or false instead of a text"),
    ("residents.unit", "number", 101, "a whole number instead of a text"),
    ("residents.unit", "building", "T1X", "a text instead of the number of a row"),
    ("residents.resident", "move_in_date", "2026-02-31", "out of range"),
    ("residents.resident", "user", True, "true or false instead of the number of a row"),
    ("access_control.accesspoint", "is_entry", None, "missing"),
    ("access_control.accesspoint", "building", 7.5, "a number with a fraction, or too large instead of the number of a row"),
    ("visitors.visitor", "expected_time", 1930, "a whole number instead of a text"),
    ("visitors.visitor", "expected_time", "25:00", "out of range"),
    ("access_control.accesscode", "code", 12345678, "a whole number instead of a text"),
    ("access_control.accesscode", "access_points", "1,2", "a text instead of a list of numbers of rows"),
    ("access_control.accesscode", "access_points", [1, "2"], "a list of something else instead of a list of numbers of rows"),
    ("access_control.accesscode", "access_points", None, "nothing instead of a list of numbers of rows"),
    ("visitors.temporarycode", "max_uses", [1], "a list instead of a whole number"),
    ("visitors.temporarycode", "valid_from", "mañana", "not written as it must be"),
    ("access_logs.accesslog", "timestamp", 1767225600, "a whole number instead of a text"),
    ("access_logs.accesslog", "created_at", "soon", "not written as it must be"),
    ("access_logs.accesslog", "temperature", "36,6", "not written as it must be"),
    ("access_logs.accesslog", "temperature", 36600, "out of range"),
    ("access_logs.accesslog", "person_name", "A\0na", "holds a NUL character"),
    ("access_logs.accesslog", "denial_reason", False, "true or false instead of a text")]


def test_a_value_of_another_kind_is_told_by_its_field(dump):
    log = {"access_type": "ENTRY", "access_method": "MANUAL", "status": "SUCCESS", "timestamp": "2026-01-01T00:00:00Z"}
    whole = {
        "users.customuser": USER | {"username": "prueba"}, "residents.building": BUILDING, "access_logs.accesslog": log,
        "residents.unit": {"building": 950, "number": "1", "floor": 1},
        "residents.resident": {"first_name": "A", "last_name": "B", "document_id": "D-1", "phone": "", "unit": 950},
        "access_control.accesspoint": {"name": "P", "code": "P1X", "access_type": "MAIN_GATE", "location": "-"},
        "visitors.visitor": {"first_name": "A", "last_name": "B", "unit": 950, "expected_date": "2026-01-01"},
        "access_control.accesscode": {"resident": 950, "code": "TAG-951", "code_type": "RFID", "access_points": []},
        "visitors.temporarycode": {"visitor": 950, "code": "AB12CD39", "code_type": "QR",
                                   "valid_from": "2026-01-01T00:00:00Z", "valid_until": "2026-01-02T00:00:00Z"}}
    rows = [{"model": model, "pk": 950, "fields": fields} for model, fields in whole.items()]
    rows += [{"model": model, "pk": 1000 + place, "fields": whole[model] | {field: value}}
             for place, (model, field, value, _) in enumerate(KINDS)]
    told, errors, code = dump(rows)
    assert code == 65, errors
    for place, (model, field, _, words) in enumerate(KINDS):
        assert f"not taken: {NAMES[MODELS.index(model)]} {1000 + place}: {field}: {words}" in told, "\n".join(told)
    assert len([line for line in told if line.startswith("not taken: ")]) == len(KINDS), told


ANEW = "write the dump anew: python -Xutf8 manage.py dumpdata --output dump.json"
TOWER = [building(pk=961) | {"fields": BUILDING | {"name": "Torre Ñandú 🏠"}}, building(pk=962)]


@pytest.mark.parametrize("mark, encoding", [
    ("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be"), ("", "utf-16-le"), ("", "utf-16-be")])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_encoding_that_is_sure_is_read(stack, dump, place, mark, encoding, indent):
    text = mark + json.dumps(TOWER, ensure_ascii=False, indent=indent)
    told, errors, code = dump(text.encode(encoding))
    # Both have one code.
    assert "not taken: buildings 962: code: another row here has the same" in told, errors
    assert code == 65 and "2  1  0  0  1  buildings" in told


def test_what_was_utf_16_arrives_as_it_was(stack, place):
    """More than one piece of it, so that pieces end inside characters of four bytes."""
    text = json.dumps([{"model": "auth.group", "pk": 1, "fields": {"name": "x".join(["🏠" * 60_000] * 2)}}, TOWER[0]],
                      ensure_ascii=False)
    (place / "dump.json").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    try:
        done = take(stack, "--file", str(place / "dump.json"))
        assert done.returncode == 0, done.stdout + done.stderr
        assert stack.psql("select name from garita.buildings where code = 'T1X'") == ["Torre Ñandú 🏠"]
    finally:
        stack.psql("delete from garita.buildings where code = 'T1X';"
                   "delete from garita.legacy_imports where table_name = 'buildings' and legacy_id = 961")


@pytest.mark.parametrize("content, encoding", [
    (json.dumps(TOWER[:1], ensure_ascii=False).replace(" 🏠", "").encode("cp1252"), "in another encoding in row 1, such as Windows-1252"),
    (json.dumps(TOWER[:1], ensure_ascii=False).replace(" 🏠", "").encode("cp850"), "in another encoding in row 1"),
    # One bad byte in the last row, and in a row of another table.
    (json.dumps(TOWER, ensure_ascii=False).encode().replace(b"Torre Uno", b"Torre \xd1"), "in another encoding in row 2"),
    (b'[{"model": "residents.building", "pk": 1, "fields": {}}, {"model": "auth.group", "pk": 1, "fields": {"name": "\xf1"}}]',
     "in another encoding in row 2"),
    (json.dumps(TOWER).encode("utf-32"), "UTF-32"), (json.dumps(TOWER).encode("utf-32-le"), "UTF-32"),
    (json.dumps(TOWER).encode("utf-32-be"), "UTF-32"),
    ("\ufeff".encode("utf-16-le") + b"[\0\x00\xd8{\0", "UTF-16 with a broken character"),
    (json.dumps(TOWER).encode("utf-16")[:-1], "UTF-16 with a broken character")])
def test_another_encoding_is_named_and_nothing_is_taken(dump, content, encoding):
    told, errors, code = dump(content)
    assert f"that file is {encoding}" in errors and ANEW in errors
    assert code == 65 and told == []


def test_progress_is_shown_on_a_terminal_and_nowhere_else(stack, dump, place):
    rows = [user(f"prueba.{number}", pk=5000 + number) for number in range(1, 1002)]
    _, errors, code = dump(rows)
    assert (errors, code) == ("", 0)
    shown = {}
    for language in ("en", "es"):
        leader, follower = pty.openpty()
        try:
            done = take(stack, "--file", str(place / "dump.json"), "--dry-run", language=language, capture_output=False,
                        stdout=subprocess.PIPE, stderr=follower)
            os.close(follower)
            text = b""
            while select.select([leader], [], [], 0)[0]:
                try:
                    text += os.read(leader, 65536)
                except OSError:  # all of it is read, and nobody writes any more
                    break
        finally:
            os.close(leader)
        assert done.returncode == 0 and "1001  1001  0  0  0" in done.stdout and "\x1b" not in done.stdout
        shown[language] = text.decode()
    assert re.search(r"\r\x1b\[K1000 of 1001 rows, 99 %, \d+ a second, \d+:\d\d min left", shown["en"]), shown
    assert re.search(r"\r\x1b\[K1001 de 1001 registros, 100 %, \d+ por segundo, faltan 0:00 min", shown["es"]), shown
    assert shown["en"].endswith("\r\x1b[K")  # nothing of it stays
