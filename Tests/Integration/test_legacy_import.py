"""`garita import-original`: a residence of the legacy system, in the legacy system's tables, becomes one of ours."""

import os
import re
import subprocess

import pytest
import requests

from legacy import Residence, empty, picture
from stack import ROOT, Stack


@pytest.fixture(scope="module")
def residence():
    stack = Stack()
    stack.start()
    yield Residence(stack)
    stack.remove()


@pytest.fixture
def fresh(residence):
    residence.reset()
    empty(residence)
    return residence


REFUSED = """
users 5: role: not a word we know
units 72: building_id: the row it points to was not taken
units 73: number: not written as it must be
residents 53: unit_id: the row it points to was not taken
residents 54: phone: not written as it must be
residents 55: document_id: another row here has the same
access points 32: building_id: the row it points to was not taken
permanent codes 21: code: another row here has the same
permanent codes 24: access_points: the row it points to was not taken
permanent codes 25: code: empty, or longer than 100 characters
visitors 42: resident_id: the row it points to was not taken
temporary codes 63: code: another row here has the same
temporary codes 64: visitor_id: the row it points to was not taken
temporary codes 65: valid_until: ends before it begins
log entries 903: access_type: not a word we know
log entries 904: timestamp: out of range
""".strip().splitlines()
CHANGED = """
users 1: was a superuser; is now an ADMIN of this site
users 3: the password is hashed in a way we do not know; make a link with `garita user link`
residents 52: user_id: leads to nothing that was taken; left empty
visitors 41: authorized_by: leads to nothing that was taken; left empty
temporary codes 61: generated_by: leads to nothing that was taken; left empty
temporary codes 61: code_type: OTP is now NUMERIC, the fixed number it was
log entries 902: temporary_code_id: leads to nothing that was taken; left empty
log entries 902: authorized_by: leads to nothing that was taken; left empty
""".strip().splitlines()


def told(done, word):
    return sorted(line.removeprefix(word + ": ") for line in done.stdout.splitlines() if line.startswith(word + ": "))


def test_everything_comes_over_or_is_listed(fresh):
    done = fresh.take("--database", fresh.address)
    assert done.returncode == 65, done.stdout + done.stderr
    assert told(done, "not taken") == sorted(REFUSED)
    assert told(done, "taken with a change") == sorted(CHANGED)
    assert fresh.counts() == "4|2|2|3|2|3|2|3|3|2|21"
    for left in ("users.photo: 1", "residents.photo: 1", "temporary codes.secret_key: 1",
                 "temporary codes.qr_code_image: 1", "log entries.photo: 1"):
        assert f"field not taken: {left} row\n" in done.stdout
    assert "table not taken: public.auth_group: 1 row\n" in done.stdout
    assert "table not taken: public.users_customuser_groups: 1 row\n" in done.stdout
    assert "\nlegacy  new  changed  same  not taken\n" in done.stdout
    assert "5  4  0  0  1  users" in done.stdout and "5  3  0  0  2  log entries" in done.stdout


def test_the_report_and_the_errors_hold_no_code_no_password_no_name(fresh):
    done = fresh.take("--database", fresh.address)
    for secret in ("ROSA-01", "AB12CD34", "481516", "JBSWY3DP", "pbkdf2", "argon2$", "Rosa", "DOC-", "PASADO", "original:"):
        assert secret.lower() not in (done.stdout + done.stderr).lower()


def test_an_imported_user_logs_in_and_an_imported_code_opens_the_gate(fresh):
    fresh.take("--database", fresh.address)
    answer = fresh.log_in("original-guard")
    assert answer.status_code == 200
    token = answer.json()["access"]
    stored = fresh.stack.psql("select password_hash from garita.users where username = 'original-guard'")[0]
    assert stored.startswith("pbkdf2_sha256$1000000$")  # upgraded at log-in
    assert fresh.log_in("original-guard").status_code == 200
    assert fresh.log_in("original-argon").status_code == fresh.log_in("original-guard", "wrong").status_code == 401

    def gate(code, point=30, direction="ENTRY"):
        return fresh.call("POST", "/api/access/codes/validate/", token, json={
            "code": code, "access_point_id": point, "access_type": direction}).json()

    assert gate("tag-rosa-01")["person_name"] == "Rosa Mar"
    assert gate("AB12CD34")["uses_left"] == 1 and gate("ab12cd34")["uses_left"] == 0
    assert gate("AB12CD34")["reason"] == "no_uses_left"
    assert gate("481516")["valid"] is True
    assert gate("TAG-LISTA", 31)["reason"] == "wrong_gate"  # it is Sur's door, and she lives in Norte
    assert gate("TAG-TEO")["reasons"] == ["revoked", "expired", "moved_out"]
    assert gate("PASADO12")["reasons"] == ["expired", "no_uses_left"]
    for never in ("TAG-PERDIDA", "HUERFANO", "ALREVES1"):
        assert gate(never)["reason"] == "unknown_code"


def test_rows_arrive_as_the_original_showed_them(fresh):
    fresh.take("--database", fresh.address)
    token = fresh.log_in("original-admin").json()["access"]

    def get(path):
        return fresh.call("GET", path, token).json()

    visit = get("/api/visitors/40/")
    assert (visit["created_at"], visit["expected_time"]) == ("2026-11-20T07:15:00.500000-06:00", "19:30:00")
    assert (visit["authorized_by"], visit["resident"], visit["unit_display"]) == (2, 50, "N-101")
    assert get("/api/users/1/")["date_joined"] == "2024-01-02T03:04:05.123456-06:00"
    assert get("/api/codes/60/")["code"] == "AB12CD34" and get("/api/codes/60/")["times_used"] == 1
    assert get("/api/access/codes/23/")["access_points"] == [30, 31]
    entry = get("/api/logs/900/")
    assert entry["timestamp"] == "2025-12-31T23:59:59.500000-06:00" and entry["temperature"] == "36.6"
    assert (entry["resident"], entry["access_code"], entry["access_point_name"]) == (50, 20, "Entrada")
    assert entry["code_used"] == "••01" and entry["ip_address"] == "10.0.0.7"
    assert get("/api/logs/901/")["denial_reason"] == "Invalid code"
    denied = get("/api/logs/902/")
    assert denied["denial_reason"] == "Code is not active or has been used"
    assert denied["notes"] == "con perro\nCode is not active or has been used"
    assert denied["temporary_code"] is None and denied["visitor"] == 40
    assert get("/api/visitors/")["count"] == 2 and get("/api/codes/")["count"] == 3
    assert get("/api/logs/stats/?days=3650")["total_accesses"] == get("/api/logs/")["count"] == 3
    made = fresh.call("POST", "/api/buildings/", token, json={"name": "Nueva", "code": "NU"}).json()
    assert made["id"] == 9  # numbers go on behind those that came


def test_a_second_run_doubles_nothing_and_takes_what_is_new_or_changed(fresh):
    fresh.take("--database", fresh.address)
    before = fresh.counts()
    again = fresh.take("--database", fresh.address)
    assert again.returncode == 65 and told(again, "not taken") == sorted(REFUSED)
    assert told(again, "taken with a change") == [] and fresh.counts() == before
    assert "5  0  0  4  1  users" in again.stdout and "5  0  0  3  2  log entries" in again.stdout

    fresh.original("""
        update residents_resident set phone = '5500000000' where id = 54;
        update visitors_visitor set purpose = 'comida', updated_at = now() where id = 40;
        delete from access_control_accesscode_access_points where accesscode_id = 23 and accesspoint_id = 30;
        insert into access_logs_accesslog select 905, person_name, person_document, access_type, access_method, code_used,
            status, denial_reason, "timestamp" + interval '1 hour', vehicle_plate, temperature, photo, notes, ip_address,
            device_id, created_at, access_code_id, access_point_id, authorized_by_id, resident_id, temporary_code_id,
            visitor_id from access_logs_accesslog where id = 900""")
    third = fresh.take("--database", fresh.address)
    assert "residents 54" not in third.stdout
    assert "3  0  1  1  1  visitors" in third.stdout and "6  1  0  3  2  log entries" in third.stdout
    assert fresh.stack.psql("select purpose from garita.visitors where id = 40") == ["comida"]
    assert fresh.stack.psql("select access_point_id from garita.access_code_points where access_code_id = 23") == ["31"]


def test_what_was_changed_or_deleted_here_stays_so(fresh):
    fresh.take("--database", fresh.address)
    fresh.stack.psql("update garita.visitors set notes = 'de aquí' where id = 40;"
                     "delete from garita.access_codes where id = 22")
    assert "changed in the legacy system" not in fresh.take("--database", fresh.address).stdout
    fresh.original("update visitors_visitor set notes = 'de allá' where id = 40;"
                   "update access_control_accesscode set notes = 'x' where id = 22")
    done = fresh.take("--database", fresh.address)
    assert "not taken: visitors 40: changed in the legacy system and here; left as it is here" in done.stdout
    assert "not taken: permanent codes 22: changed in the legacy system, deleted here; stays deleted" in done.stdout
    assert fresh.stack.psql("select notes from garita.visitors where id = 40") == ["de aquí"]
    assert fresh.stack.psql("select count(*) from garita.access_codes where id = 22") == ["0"]


def test_a_dry_run_reports_the_same_and_changes_nothing(fresh):
    before = fresh.counts()
    dry = fresh.take("--database", fresh.address, "--dry-run")
    assert dry.returncode == 65 and "Dry run: nothing was changed." in dry.stdout and fresh.counts() == before
    assert fresh.stack.psql("select count(*) from garita.audit") == ["0"]
    real = fresh.take("--database", fresh.address)
    assert dry.stdout.replace("Dry run: nothing was changed.\n", "") == real.stdout


@pytest.mark.parametrize("indent", [None, 2])
def test_a_dump_file_is_taken_like_the_database(fresh, place, indent):
    real = fresh.take("--database", fresh.address)
    rows = fresh.stack.psql("select * from garita.visitors order by id")
    logs = fresh.stack.psql("select * from garita.access_logs order by id")
    empty(fresh)
    done = fresh.take("--file", str(fresh.dump(place / "dump.json", indent)))
    assert done.returncode == 65, done.stderr
    for word in ("not taken", "taken with a change", "field not taken"):
        assert told(done, word) == told(real, word)
    assert "table not taken: auth.group: 1 row\n" in done.stdout
    assert fresh.stack.psql("select * from garita.visitors order by id") == rows
    assert fresh.stack.psql("select * from garita.access_logs order by id") == logs
    assert fresh.log_in("original-guard").status_code == 200


def test_numbers_that_are_in_use_here_are_given_anew_and_stay_known(fresh):
    fresh.stack.psql("insert into garita.sites (name, code) values ('Otro', 'OTRO')")
    fresh.take("--database", fresh.address)
    fresh.original("update users_customuser set username = 'otro-' || username")
    second = fresh.take("--database", fresh.address, "--site", "OTRO")
    assert second.returncode == 65
    assert "taken with a change: log entries 900: its number is in use here; it has got another" in second.stdout
    assert "5  4  0  0  1  users" in second.stdout and "5  3  0  0  2  log entries" in second.stdout
    counts = fresh.counts()
    again = fresh.take("--database", fresh.address, "--site", "OTRO")
    assert fresh.counts() == counts and "5  0  0  3  2  log entries" in again.stdout
    assert fresh.stack.psql("""
        select count(*), count(distinct l.id), bool_and(r.site_id = l.site_id) from garita.access_logs l
        left join garita.residents r on r.id = l.resident_id""") == ["6|6|t"]
    # Each residence sees its own.
    token = fresh.log_in("otro-original-admin").json()["access"]
    assert fresh.call("GET", "/api/logs/", token).json()["count"] == 3


def test_photos_come_from_the_folder_of_uploads(fresh, place):
    for file in ("users/gil.jpg", "residents/rosa.jpg"):
        (place / file).parent.mkdir()
    (place / "users/gil.jpg").write_bytes(picture())
    (place / "residents/rosa.jpg").write_bytes(b"no picture")
    media = ("--database", fresh.address, "--media", str(place))
    photo = "select photo from garita.users where id = 2"
    fresh.take("--database", fresh.address)
    assert fresh.stack.psql(photo) == [""]
    dry = fresh.take(*media, "--dry-run")
    unreadable = "taken with a change: residents 50: photo: the file is not there, too large, or no picture"
    assert unreadable in dry.stdout and fresh.stack.psql(photo) == [""]
    done = fresh.take(*media)
    assert unreadable in done.stdout and "users.photo" not in done.stdout and "log entries.photo" in done.stdout
    name = fresh.stack.psql(photo)[0]
    assert re.fullmatch("[0-9a-f]{32}", name)
    token = fresh.log_in("original-guard").json()["access"]
    shown = fresh.call("GET", "/api/users/me/", token).json()["photo"]
    served = requests.get(shown, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert served.status_code == 200 and served.content.startswith(b"\xff\xd8")
    fresh.take(*media)
    assert fresh.stack.psql(photo) == [name]


@pytest.mark.skipif(not ROOT, reason="only root can act as another user")
def test_root_takes_photos_as_the_owner_of_either_folder(fresh, place):
    """A link of who owns the uploads shows no picture of root's; what is kept belongs to who shows it."""
    (place / "users").mkdir()
    secret = place.with_name(place.name + "-secret.jpg")
    secret.write_bytes(picture())
    secret.chmod(0o600)
    try:
        (place / "users/gil.jpg").symlink_to(secret)
        subprocess.run(["chown", "-hR", "www-data:www-data", place], check=True)
        media = ("--database", fresh.address, "--media", str(place))
        photo = "select photo from garita.users where id = 2"
        assert "no picture" in fresh.take(*media).stdout and fresh.stack.psql(photo) == [""]
        (place / "users/gil.jpg").unlink()
        (place / "users/gil.jpg").write_bytes(picture())
        fresh.take(*media)
        kept = fresh.stack.var.resolve() / f"photos/{fresh.stack.psql(photo)[0]}.jpg"
        assert (kept.owner(), kept.group(), kept.stat().st_mode & 0o777) == ("garita-app", "www-data", 0o640)
        assert (secret.owner(), secret.stat().st_mode & 0o777) == ("root", 0o600)
    finally:
        secret.unlink()


@pytest.mark.parametrize("content, words", [
    ("nonsense", "not what dumpdata writes"), ('[{"model": "users.customuser", "pk": 1', "ends in the middle of a row"),
    ('[{"model": "users.customuser", "pk": 1, "fields": {"a": 1,}}]', "not JSON"), ("[]", "no row of the legacy system"),
    ('{"a": 1}', "no model")])
def test_a_broken_file_changes_nothing(fresh, place, content, words):
    (place / "dump.json").write_text(content)
    done = fresh.take("--file", str(place / "dump.json"))
    assert done.returncode == 65 and words in done.stderr and fresh.counts().startswith("0|")


def test_what_cannot_be_opened_has_its_own_code(fresh, place):
    assert fresh.take("--database", "postgresql://nobody@/nowhere?host=/nowhere").returncode == 69
    assert fresh.take("--file", str(place / "none.json")).returncode == 1
    assert fresh.take().returncode == fresh.take("--file", "a", "--database", "b").returncode == 64
    assert fresh.take("--file", "a", "--site", "NONE").returncode == 65
    other = fresh.take("--database", fresh.address.removesuffix("original") + "postgres")
    assert other.returncode == 65 and "no table of the legacy system" in other.stderr


def test_the_report_speaks_spanish_by_default(fresh):
    var = fresh.stack.var.resolve()
    done = subprocess.run(
        [str(var / "bin/garita"), "import-original", "--database", fresh.address, "--dry-run"], text=True,
        capture_output=True, env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")}, timeout=60)
    assert "no se tomó: residentes 54: phone: no está escrito como debe" in done.stdout
    assert "tabla que no se toma: public.auth_group: 1 registro\n" in done.stdout
    assert "Ensayo: no se cambió nada." in done.stdout
