"""Accounts and sites from the command line."""

import os
import pty
import select
import subprocess

import pytest
import requests

from test_commands import garita
from test_login import PASSWORD, forget, log_in
from test_passwords import NEW, alive, post


def piped(stack, *arguments, password=PASSWORD, **options):
    var = stack.var.resolve()
    return subprocess.run(
        [str(var / "bin/garita"), *arguments], text=True, capture_output=True, timeout=60, input=password + "\n",
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")}, **options)


@pytest.fixture(autouse=True)
def fresh(stack):
    forget(stack)
    yield
    forget(stack)
    stack.psql("delete from garita.users where username like 'cmd%'; delete from garita.sites where code like 'CMD%'")


def test_an_account_lives_from_the_command_line(stack):
    made = piped(stack, "user", "create", "cmd1", "--role", "GUARD", "--first-name", "Gil", "--email", "gil@example.org")
    assert (made.returncode, made.stdout) == (0, "cmd1 is made\n"), made.stderr
    token = log_in(stack, "cmd1").json()["access"]
    assert alive(stack, token) == 200
    assert piped(stack, "user", "password", "cmd1", password=NEW).returncode == 0
    assert alive(stack, token) == 401
    token = log_in(stack, "cmd1", NEW).json()["access"]
    assert "cmd1 is deactivated" in garita(stack, "user", "deactivate", "cmd1").stdout
    assert alive(stack, token) == 401 and log_in(stack, "cmd1", NEW).status_code == 401
    listed = garita(stack, "user", "list").stdout
    assert "cmd1  GUARD  MAIN  deactivated" in listed and "admin  ADMIN  MAIN  active" in listed
    assert garita(stack, "user", "activate", "cmd1").returncode == 0
    assert log_in(stack, "cmd1", NEW).status_code == 200


def test_every_command_is_in_the_audit_with_its_operator(stack):
    """E4"""
    piped(stack, "user", "create", "cmd2")
    piped(stack, "user", "password", "cmd2", password=NEW)
    for _ in range(2):
        log_in(stack, "cmd2", "wrong")
    garita(stack, "user", "unlock", "cmd2")
    garita(stack, "user", "link", "cmd2")
    garita(stack, "user", "deactivate", "cmd2")
    garita(stack, "site", "create", "CMD", "--name", "Comando", "--time-zone", "America/Costa_Rica")
    garita(stack, "site", "create", "CMDUS", "--name", "Comando", "--country", "us")
    assert stack.psql("select country from garita.sites where code like 'CMD%' order by code") == ["CR", "US"], "that of its time zone"
    rows = stack.psql("select table_name, action, changes::text from garita.audit where actor like 'command:%' and user_id is null"
                      " order by id desc limit 8")
    told = "\n".join(rows)
    for part in ("users|INSERT", '"password_hash": ["***", "***"]', '"failed_logins": [2, 0]', "password_links|INSERT",
                 '"token_tag": ["***", "***"]', '"is_active": [true, false]', "sites|INSERT"):
        assert part in told, part
    operator = subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()
    assert stack.psql("select distinct actor from garita.audit where actor like 'command:%' and id > 100") in (
        [f"command:{operator}"], [])


def test_a_password_is_never_an_argument(stack):
    for arguments in (("user", "create", "cmd3", "--password", PASSWORD), ("user", "password", "cmd3", PASSWORD)):
        assert garita(stack, *arguments).returncode == 64


@pytest.mark.parametrize("password, words", [
    ("", "no password was given"), ("sunshine1", "This password is too common."),
    ("residencial2026", "too similar to the site name"), ("k2#Vx9q", "at least 8 characters")])
def test_the_command_line_knows_the_policy(stack, password, words):
    """B5"""
    done = piped(stack, "user", "create", "cmd4", password=password)
    assert done.returncode == 65 and words in done.stderr
    assert stack.psql("select count(*) from garita.users where username = 'cmd4'") == ["0"]


def test_a_typed_password_is_not_shown_and_typed_twice(stack):
    var = stack.var.resolve()
    for second, code in ((PASSWORD, 0), ("something else", 65)):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [str(var / "bin/garita"), "user", "create", f"cmd5{code}"], stdin=follower, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")})
        assert process.stderr.read(len("Password: ")) == "Password: "
        os.write(leader, PASSWORD.encode() + b"\n")
        assert process.stderr.read(len("\nOnce more: ")) == "\nOnce more: "
        os.write(leader, second.encode() + b"\n")
        assert process.wait(20) == code
        assert select.select([leader], [], [], 0)[0] == []  # nothing was echoed
        assert PASSWORD not in process.stdout.read() + process.stderr.read()
        os.close(leader), os.close(follower)


def test_the_first_administrator_gets_a_one_time_link(stack):
    """B8: no default account, no default password."""
    done = garita(stack, "user", "create", "cmd6", "--role", "ADMIN", "--link")
    assert done.returncode == 0, done.stderr
    link = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert link["until"].endswith(" UTC") and link["path"] == f"/account/new-password/#{link['token']}"
    assert requests.get(stack.url + link["path"], timeout=10).status_code == 200
    assert log_in(stack, "cmd6", "!").status_code == 401
    assert post(stack, "/api/auth/reset/", {"token": link["token"], "password": NEW}).status_code == 204
    assert log_in(stack, "cmd6", NEW).status_code == 200
    assert post(stack, "/api/auth/reset/", {"token": link["token"], "password": NEW}).status_code == 400


def test_a_locked_account_is_unlocked(stack):
    """B4"""
    piped(stack, "user", "create", "cmd7")
    log_in(stack, "cmd7", "wrong")
    stack.psql("update garita.login_throttles set failures = 100")
    assert log_in(stack, "cmd7").status_code == 429
    assert "locked" in [line for line in garita(stack, "user", "list").stdout.splitlines() if "cmd7" in line][0]
    assert "100 tries forgotten" in garita(stack, "user", "unlock", "cmd7").stdout
    assert log_in(stack, "cmd7").status_code == 200
    user = stack.psql("select id from garita.users where username = 'cmd7'")[0]
    log_in(stack, "cmd7", "wrong")
    stack.psql("update garita.login_throttles set failures = 100")
    for role, status in (("GUARD", 403), ("RESIDENT", 403), ("ADMIN", 204)):
        assert stack.call("POST", f"/api/users/{user}/unlock/", role).status_code == status
    assert log_in(stack, "cmd7").status_code == 200


def test_sites_are_made_and_listed(stack):
    assert garita(stack, "site", "create", "CMD2", "--name", "Las Palmas", "--time-zone", "Pacific/Kiritimati").returncode == 0
    assert "CMD2  Las Palmas  Pacific/Kiritimati  es  active  0 accounts" in garita(stack, "site", "list").stdout
    assert garita(stack, "site", "create", "CMD3", "--name", "x", "--time-zone", "Mars/Base").returncode == 65
    assert piped(stack, "user", "create", "cmd8", "--site", "CMD2").returncode == 0
    assert "active  1 account\n" in garita(stack, "site", "list").stdout
    assert "1 account has yet to enrol one" in garita(stack, "site", "second-factor", "CMD2", "GUARD").stdout
    assert "0 accounts have yet to enrol one" in garita(stack, "site", "second-factor", "CMD2", "ADMIN").stdout
    assert piped(stack, "user", "create", "cmd9", "--site", "NONE").returncode == 65
    assert piped(stack, "user", "create", "cmd10", "--superuser", "--role", "ADMIN").returncode == 0
    stack.psql("delete from garita.users where username = 'cmd8'")


def test_failed_log_ins_are_forgotten_in_time(stack):
    """E5"""
    piped(stack, "user", "create", "cmd11")
    for name in ("cmd11", "cmd_nobody"):
        log_in(stack, name, "wrong")
    stack.psql("update garita.login_throttles set tried_at = tried_at - interval '3 days'")
    assert "failed log-ins forgotten: 1" in garita(stack, "maintain").stdout
    stack.psql("update garita.login_throttles set tried_at = tried_at - interval '30 days', failures = 100")
    assert "failed log-ins forgotten: 0" in garita(stack, "maintain").stdout


# What each command says of what is taken already or is not there; nothing of how the database says it.
TAKEN = [
    (("user", "create", "cmd_taken"), "already exists"), (("user", "create", "CMD_TAKEN"), "already exists"),
    (("user", "create", "a b"), "username"), (("user", "create", "cmd_\u0430"), "letters of one alphabet"),
    (("user", "create", "cmd_x", "--email", "x" * 255), "email"), (("user", "create", "cmd_x", "--site", "NONE"), "no site NONE"),
    (("user", "password", "cmd_none"), "no account"), (("user", "link", "cmd_none"), "no account"),
    (("user", "link", "cmd_off"), "inactive"), (("user", "deactivate", "cmd_none"), "no account"),
    (("user", "activate", "cmd_none"), "no account"), (("user", "unlock", "cmd_none"), "no account"),
    (("user", "reset-second-factor", "cmd_none"), "no account"), (("user", "reset-second-factor", "cmd_taken"), "has no second factor"),
    (("site", "create", "CMD", "--name", "x"), "this code is in use already"),
    (("site", "create", "C" * 21, "--name", "x"), "code: this value is not allowed"),
    (("site", "create", "CMD9", "--name", "x", "--language", "fr"), "language: this value is not allowed"),
    (("site", "create", "CMD9", "--name", "x", "--time-zone", "Mars/Base"), "no time zone"),
    (("site", "second-factor", "NONE", "ADMIN"), "no site NONE"),
    (("device", "enrol", "--site", "CMD", "--gate", "CMD", "--name", "Lector", "--entry"), "this name is in use already"),
    (("device", "enrol", "--site", "CMD", "--gate", "CMD", "--name", "x" * 101, "--entry"), "name: this value is not allowed"),
    (("device", "enrol", "--site", "NONE", "--gate", "CMD", "--name", "x", "--entry"), "No AccessPoint matches"),
    (("device", "enrol", "--site", "CMD", "--gate", "NONE", "--name", "x", "--entry"), "No AccessPoint matches"),
    (("erase-visitor", "0"), "No Visitor matches"), (("device", "rotate", "0"), "No Device matches"), (("device", "revoke", "0"), "No Device matches"),
    (("import-original", "--file", "/nowhere", "--site", "NONE"), "no site NONE"), (("demo",), "holds accounts already"),
]


def test_every_command_tells_a_refusal_in_a_sentence(stack):
    stack.psql("""insert into garita.sites (code, name) values ('CMD', 'Comando');
        insert into garita.users (site_id, username, password_hash, is_active)
            select id, n, '!', n <> 'cmd_off' from garita.sites, unnest(array['cmd_taken', 'cmd_off']) n where code = 'CMD';
        with p as (insert into garita.access_points (site_id, name, code, location)
            select id, 'x', 'CMD', 'x' from garita.sites where code = 'CMD' returning site_id, id)
        insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit)
            select site_id, 'Lector', id, true, true from p""")
    try:
        for arguments, words in TAKEN:
            done = piped(stack, *arguments)
            assert done.returncode == 65 and words in done.stderr, (arguments, done.returncode, done.stderr)
            assert "SQLSTATE" not in done.stderr and "constraint" not in done.stderr, (arguments, done.stderr)
    finally:
        stack.psql("""delete from garita.devices where name = 'Lector'; delete from garita.access_points where code = 'CMD'""")


def test_what_grows_is_forgotten(stack):
    """E5: sessions a month after their end, log-ins under names that nobody has; and those are bounded before."""
    for _ in range(3):
        log_in(stack, "cmd_nobody", "wrong")
    unknown = "select count(*) from garita.audit where action = 'LOGIN_FAILED' and user_id is null and site_id is null"
    assert int(stack.psql(f"{unknown} and at > now() - interval '1 minute'")[0]) == 1
    stack.psql("""set session_replication_role = replica;
        update garita.audit set at = at - interval '31 days' where action = 'LOGIN_FAILED' and user_id is null;
        insert into garita.audit (site_id, user_id, table_name, action, changes, at) values
            (1, 1, 'users', 'LOGIN_FAILED', '{}', now() - interval '400 days'), (null, null, 'sites', 'INSERT', '{}', now() - interval '400 days')""")
    kept = "select count(*) from garita.audit where at < now() - interval '399 days'"
    before = stack.psql(kept)
    stack.psql("""insert into garita.sessions (user_id, site_id, issued_at, expires_at, absolute_end, revoked_at, address)
        select 1, 1, now() - a * interval '1 day', now() + b * interval '1 day', now() + c * interval '1 day', now() + d * interval '1 day', 'cmd ' || n
        from (values ('expired', 70, -31, -1, null::int), ('over', 70, -31, -31, null), ('revoked', 70, 5, 5, -31),
            ('fresh', 70, -29, -20, null), ('alive', 1, 6, 29, null), ('just revoked', 70, 5, 5, -29)) v (n, a, b, c, d)""")
    said = garita(stack, "maintain").stdout
    assert "log-ins under unknown names forgotten: " in said and "log-ins under unknown names forgotten: 0" not in said
    assert stack.psql("select address from garita.sessions where address like 'cmd %' order by 1") == ["cmd alive", "cmd fresh", "cmd just revoked"]
    assert stack.psql(unknown) == ["0"] and stack.psql(kept) == before
    stack.psql("delete from garita.sessions where address like 'cmd %'")


def test_one_visitor_is_erased_on_demand(stack):
    """E5: name nowhere, in no table and no answer; the log keeps its rows and counts."""
    unit = int(stack.psql("select min(id) from garita.units where site_id = 1")[0])
    gate = int(stack.psql("select min(id) from garita.access_points where site_id = 1 and is_active")[0])
    person = {"first_name": "Zenobia", "last_name": "Quetzalli", "document_id": "ZQ-77", "phone": "5599887766", "vehicle_plate": "ZQX123",
              "company": "Zenobia SA", "notes": "Trae a Quetzalli", "status": "APPROVED", "unit": unit,
              "expected_date": stack.psql("select (now() at time zone 'America/Mexico_City')::date")[0]}
    made = stack.call("POST", "/api/visitors/", "ADMIN", json=person, headers={"Idempotency-Key": "erase-me-0123456789"}).json()
    stack.call("PATCH", f"/api/visitors/{made['id']}/", "ADMIN", json={"purpose": "Zenobia viene"})
    code = stack.call("POST", "/api/visitors/generate_code/", "ADMIN", json={"visitor_id": made["id"], "code_type": "QR", "max_uses": 9}).json()["code"]
    scan = lambda **more: stack.call("POST", "/api/access/codes/validate/", "GUARD", json={"code": code, "access_point_id": gate} | more)
    assert scan(request_id="erase-me-0123456789").json()["person_name"] == "Zenobia Quetzalli"

    def known():
        """Tables that hold the name in clear, and whether an answer is kept for a retry."""
        tables = stack.psql("select c.oid::regclass from pg_class c where c.relnamespace = 'garita'::regnamespace and c.relkind = 'r'")
        found = stack.psql(" union all ".join(
            f"select '{table}' from {table} t where t::text ~ 'Zenobia|Quetzalli|ZQ-77|5599887766|ZQX123' group by 1" for table in tables))
        return found + stack.psql("select 'answers' from garita.answers where request_key like '%erase-me%'")

    rows = f"select count(*), count(*) filter (where status = 'SUCCESS') from garita.access_logs where visitor_id = {made['id']}"
    before = stack.psql(rows)
    assert {"garita.visitors", "garita.audit", "garita.admissions", "answers"} <= set(known())
    done = garita(stack, "erase-visitor", str(made["id"]))
    assert done.returncode == 0 and "rows of the log without its name: 1" in done.stdout, done.stderr
    assert known() == [] and stack.psql(rows) == before
    assert scan(request_id="erase-me-0123456789").json().get("person_name") != "Zenobia Quetzalli"
    assert scan().json()["valid"] is False
    assert stack.call("GET", f"/api/visitors/{made['id']}/", "ADMIN").json()["first_name"] == "—"
    # One that was deleted before, too.
    made = stack.call("POST", "/api/visitors/", "ADMIN", json=person).json()
    assert stack.call("DELETE", f"/api/visitors/{made['id']}/", "ADMIN").status_code == 204
    assert known() == ["garita.audit"]
    assert garita(stack, "erase-visitor", str(made["id"])).returncode == 0 and known() == []
