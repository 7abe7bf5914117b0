"""Accounts and sites from the command line."""

import os
import pty
import select
import subprocess

import pytest

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
    garita(stack, "site", "create", "CMD", "--name", "Comando")
    rows = stack.psql("select table_name, action, changes::text from garita.audit where actor like 'command:%' and user_id is null"
                      " order by id desc limit 7")
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
    assert link["until"].endswith(" UTC")
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
