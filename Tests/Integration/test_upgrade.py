"""A database of before the baseline goes on: schema as of a fresh one, rows, log-in, a gate and an undo of an import.

Tests/Fixtures/before_baseline.sql.xz is `pg_dump --no-owner` of a database of commit 10892e3, comments left out: its
migrations, functions and policies run as garita_owner and written down in garita.schema_migrations; accounts by
garita.create_user; sql/demo 01 to 04; a card of Carlos, a row of garita.blocklist and of garita.imports (units, 77 is 1);
the building Torre C by an import of garita.uploads (request id csv-import); 30 log rows of 2026-11-01, summed.
"""

import lzma
import os
import re
import shutil
import subprocess

import pytest

from accounts import HEAL, NAMES, PASSWORD
from pages import Person
from stack import CLONE, Stack
from test_commands import garita
from tokens import password_hash

DUMP = CLONE / "Tests/Fixtures/before_baseline.sql.xz"
CARD = "RFID123456"
# Phones as people had typed them, one of a row that was brought over, and one that is no number.
TYPED = """update garita.visitors set phone = '(55) 1111-9999', updated_at = '2026-11-02 12:00Z' where id = 1;
    update garita.visitors set phone = '123456789012', updated_at = '2026-11-02 12:00Z' where id = 2;
    update garita.residents set phone = '044 55 9876 5432', emergency_contact_phone = '5511112222' where id = 1;
    update garita.units set owner_phone = '12' where id = 1; update garita.users set phone = '+525512345678' where id = 2;"""


def run(stack, program, *arguments, text=None):
    """As superuser."""
    environment = os.environ | {"PGPASSFILE": str(stack.var / "secrets/superuser.pgpass"),
                                "PGHOST": str(stack.var.resolve() / "run/postgresql"), "PGUSER": "postgres"}
    return subprocess.run([program, *arguments], input=text, env=environment, text=True, capture_output=True, check=True).stdout


def psql(stack, database, text):
    return run(stack, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, text=text)


def make_old(stack, name):
    """A database of 10892e3 as an operator would have it, with the card that the stack's keys know."""
    card = psql(stack, "garita_fresh", "select encode(code_tag, 'hex') from garita.access_codes order by id limit 1").strip()
    psql(stack, "postgres", f"""create database {name} owner garita_owner;
        revoke all on database {name} from public;
        grant connect on database {name} to garita_migrate, garita_gate, garita_auth, garita_app;""")
    psql(stack, name, (CLONE / "sql/database.sql").read_text())
    psql(stack, name, "set role garita_owner;" + lzma.open(DUMP, "rt").read())
    psql(stack, name, HEAL.format(hash=password_hash(PASSWORD))
         + f"update garita.access_codes set code_tag = decode('{card}', 'hex');" + TYPED)


def migrate(stack, database, *flags):
    settings = (stack.var / "operator.env").read_text()
    place = re.search("^DATABASE_URL=(.*)$", settings, re.M).group(1)
    return garita(stack, "migrate", *flags, DATABASE_URL=re.sub("dbname=\\w+", f"dbname={database}", place))


def schema(stack, database):
    """Statements of pg_dump without partitions of the log; columns in no order, because later ones stand last."""
    text = run(stack, "pg_dump", "--schema-only", "--exclude-table=garita.access_logs_*", database)
    text = re.sub(r"^(--|\\(un)?restrict ).*\n", "", text, flags=re.M)
    return {"\n".join(sorted(line.strip().rstrip(",") for line in statement.splitlines() if line.strip()))
            for statement in re.split(r";\n", text)}


@pytest.fixture(scope="module")
def stack():
    """Its database is the upgraded one; the one it was started with is garita_fresh."""
    stack = Stack()
    try:
        stack.start()
        stack.psql("alter database garita allow_connections false", "postgres")
        stack.psql("""select pg_terminate_backend(pid) from pg_stat_activity where datname = 'garita';
            alter database garita rename to garita_fresh; alter database garita_fresh allow_connections true""", "postgres")
        make_old(stack, "garita")
        stack.plan = migrate(stack, "garita", "--plan").stdout
        stack.done = migrate(stack, "garita")
        yield stack
    finally:
        stack.remove()


def test_it_runs_one_upgrade_and_what_came_later_once(stack):
    later = sorted(file.stem for file in (CLONE / "sql/migrations").glob("*.sql") if file.stem[:4] > "0009")
    steps = ["upgrade from_0050_code_digits", *later, "functions"]
    assert stack.plan.splitlines() == steps
    assert stack.done.returncode == 0 and stack.done.stdout.splitlines() == [
        *(f"applied {step}" for step in steps), "phones written in one style: 3 rows"], stack.done.stderr
    assert migrate(stack, "garita").stdout == ""
    versions = "select version, checksum from garita.schema_migrations order by version"
    assert stack.psql(versions) == stack.psql(versions, "garita_fresh")


def test_the_schema_is_that_of_a_fresh_database(stack):
    upgraded, fresh = schema(stack, "garita"), schema(stack, "garita_fresh")
    assert sorted(upgraded - fresh) == [] and sorted(fresh - upgraded) == []
    assert len(fresh) > 1000


def test_its_rows_are_there_under_the_new_names(stack):
    assert stack.psql("select legacy_id, row_id from garita.legacy_imports") == ["77|1"]
    assert stack.psql("select file_name, rows_new, rows_undone from garita.csv_imports") == ["torres.csv|1|0"]
    assert stack.psql("select max(total) from garita.log_rollups") == ["30"]
    assert stack.psql("select cardinality(near_matches) > 0 from garita.blocklist") == ["t"]


def test_its_phones_have_one_style_and_its_history_is_as_it_was(stack):
    assert stack.psql("""select phone || ' ' || updated_at::date from garita.visitors where id in (1, 2) order by id""") == [
        "+52 55 1111 9999 2026-11-02", "123456789012 2026-11-02"]
    assert stack.psql("select phone, emergency_contact_phone from garita.residents where id = 1") == ["+52 55 9876 5432|+52 55 1111 2222"]
    assert stack.psql("select owner_phone from garita.units where id = 1") == ["12"]
    assert stack.psql("select phone from garita.users where id = 2") == ["+52 55 1234 5678"]
    assert stack.psql("select country, phones_read_in from garita.sites") == ["MX|MX"]
    assert stack.psql("select count(*) from garita.audit where changes::text like '%+52 55 1111 9999%'") == ["0"]


def test_people_log_in_and_a_card_opens(stack):
    for role in ("ADMIN", "GUARD"):
        account = {"username": NAMES[role], "password": PASSWORD}
        stack.tokens[role] = stack.call("POST", "/api/auth/login/", json=account).json()["access"]
    answer = stack.call("POST", "/api/access/codes/validate/", "GUARD", json={"code": CARD, "access_point_id": 1})
    assert answer.json()["valid"] is True and "Carlos González" in answer.text
    assert stack.call("GET", "/api/logs/", "ADMIN").json()["count"] == 31


def test_an_import_of_before_can_be_undone_and_its_history_read(stack):
    admin = Person(stack)
    assert admin.sign_in("admin", PASSWORD).status_code == 303
    assert "torres.csv" in admin.get("/admin/imports/").text
    admin.get("/admin/imports/1/undo/")
    assert admin.post("/admin/imports/1/undo/", {"form_token": admin.token()}).status_code == 303
    assert stack.psql("select count(*) from garita.buildings where name = 'Torre C'") == ["0"]
    assert stack.psql("select action, table_name from garita.audit where action in ('IMPORT', 'UNDO') order by id") == [
        "IMPORT|uploads", "UNDO|csv_imports"]
    assert admin.get("/admin/audit/").status_code == 200


def test_a_database_older_than_that_is_refused(stack):
    make_old(stack, "garita_older")
    psql(stack, "garita_older", "delete from garita.schema_migrations where version = '0050_code_digits'")
    before = schema(stack, "garita_older")
    for flags in ((), ("--plan",)):
        done = migrate(stack, "garita_older", *flags)
        assert (done.returncode, done.stderr) == (65, (
            "garita: the database is older than 0050_code_digits: run garita migrate of commit 10892e3 first, then this one\n"))
    assert schema(stack, "garita_older") == before


def test_a_function_that_no_file_creates_is_dropped_with_its_trigger(stack, place):
    """Also another signature of one that a file creates."""
    shutil.copytree(stack.var / "share/sql", place / "sql")
    file = place / "sql/functions/caller/zz_old.sql"
    file.write_text("""create or replace function garita.old_rule() returns trigger language plpgsql as $$ begin return null; end $$;
        create or replace trigger old_rule after insert on garita.holidays for each row execute function garita.old_rule();
        create or replace function api.clock_lag(p_old integer) returns integer language sql as 'select 1';""")
    found = """select count(*) from pg_proc p where p.oid in (to_regproc('garita.old_rule'), to_regprocedure('api.clock_lag(integer)'))
        union all select count(*) from pg_trigger where tgname = 'old_rule' order by 1 desc"""
    made = garita(stack, "migrate", GARITA_SQL=str(place / "sql"))
    assert made.stdout == "applied functions\n", made.stderr
    assert stack.psql(found) == ["2", "1"]
    file.unlink()
    assert garita(stack, "migrate").stdout == "applied functions\n"
    assert stack.psql(found) == ["0", "0"]
    assert garita(stack, "migrate").stdout == ""
