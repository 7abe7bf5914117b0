"""The operator's commands, on a running stack."""

import os
import pty
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from stack import open_folder


def garita(stack, *arguments, config="operator.env", **environment):
    var = stack.var.resolve()
    return subprocess.run(
        [str(var / "bin/garita"), *arguments], text=True, capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / config)} | environment)


def test_a_healthy_installation_passes_the_check(stack):
    done = garita(stack, "check")
    # Short PINs that other tests left are told as notes.
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "ok", done.stderr


def test_migrate_has_nothing_left_to_do(stack):
    assert garita(stack, "migrate", "--plan").stdout == ""
    assert "waits" not in garita(stack, "migrate", "--status").stdout
    assert garita(stack, "migrate").stdout == ""


def on_a_terminal(stack, *arguments, **environment):
    """What a command prints to a file, and what it draws on the terminal it was started from."""
    here, there = pty.openpty()
    var = stack.var.resolve()
    done = subprocess.Popen(
        [str(var / "bin/garita"), *arguments], text=True, stdout=subprocess.PIPE, stderr=there,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")} | environment)
    os.close(there)
    drawn = b""
    while True:
        try:
            drawn += (piece := os.read(here, 65536))
        except OSError:  # the other end is closed
            break
        if not piece:
            break
    said = done.stdout.read()
    assert done.wait(60) == 0, drawn
    os.close(here)
    return said, drawn.decode()


def test_long_commands_show_on_a_terminal_how_far_they_are_and_nowhere_else(stack):
    said, drawn = on_a_terminal(stack, "maintain")
    steps = re.findall(r"(\d+) of (\d+) steps, \d+:\d\d min so far · ", drawn)
    assert [int(step) for step, _ in dict.fromkeys(steps)] == list(range(1, int(steps[0][1]) + 1))
    assert drawn.endswith("\r\x1b[K"), "the line is taken away"
    assert len(said.splitlines()) == len(dict.fromkeys(steps)) and "steps" not in said
    quiet = garita(stack, "maintain")
    assert quiet.stderr == "" and len(quiet.stdout.splitlines()) == len(said.splitlines())
    folder = open_folder()
    try:
        shutil.copytree(stack.var.resolve() / "share/sql", folder / "sql")
        (folder / "sql/migrations/9999_progress.sql").write_text("select 1;\n")
        said, drawn = on_a_terminal(stack, "migrate", GARITA_SQL=str(folder / "sql"))
        assert said == "applied 9999_progress\n" and "1 of 1 migrations, 0:00 min so far · 9999_progress" in drawn
    finally:
        shutil.rmtree(folder)
        stack.psql("delete from garita.schema_migrations where version = '9999_progress'")
    done = garita(stack, "migrate")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # What is left of the log to seal is less than a step; what is sealed is checked seal by seal.
    assert garita(stack, "seal").returncode == 0
    said, drawn = on_a_terminal(stack, "verify-log")
    assert "the log holds" in said and (" rows, 100 %" in drawn or "0 seals" in said)


def test_an_edited_migration_is_refused(stack):
    folder = open_folder()
    try:
        shutil.copytree(stack.var.resolve() / "share/sql", folder / "sql")
        first = sorted((folder / "sql/migrations").iterdir())[0]
        first.write_text(first.read_text() + "\n-- edited\n")
        done = garita(stack, "migrate", GARITA_SQL=str(folder / "sql"))
        assert done.returncode == 65
        assert "edited" in done.stderr and len(done.stderr.splitlines()) == 1
    finally:
        shutil.rmtree(folder)


def test_a_broken_migration_changes_nothing_and_names_its_file(stack):
    folder = open_folder()
    try:
        shutil.copytree(stack.var.resolve() / "share/sql", folder / "sql")
        (folder / "sql/migrations/9999_broken.sql").write_text("create table garita.half_made (id int);\nselect 1/0;\n")
        done = garita(stack, "migrate", GARITA_SQL=str(folder / "sql"))
        assert done.returncode == 65 and "9999_broken" in done.stderr
        assert stack.psql("select to_regclass('garita.half_made') is null") == ["t"]
        assert "waits    9999_broken" in garita(stack, "migrate", "--status", GARITA_SQL=str(folder / "sql")).stdout
    finally:
        shutil.rmtree(folder)


def test_the_daily_work_can_be_done_again_without_harm(stack):
    done = garita(stack, "maintain", "--months", "6")
    assert done.returncode == 0, done.stderr
    assert "log tables made: 0" in garita(stack, "maintain", "--months", "6").stdout
    assert garita(stack, "maintain", "--months", "-1").returncode == 64


def test_what_sessions_hold_of_accounts_is_checked_and_put_right(stack):
    stack.token("GUARD")
    stack.psql("update garita.sessions set caller_version = 99 where revoked_at is null")
    done = garita(stack, "check")
    assert done.returncode == 65 and re.search(r"outdated copies: sessions [1-9]", done.stderr), done.stderr
    assert re.search("outdated copies put right: [1-9]", garita(stack, "maintain").stdout)
    assert garita(stack, "check").returncode == 0


def test_changes_at_the_same_time_leave_sessions_right(stack):
    """Each change copies what the others wrote, committed or not: none overwrites another with what was before."""
    whose = f"(select u.id from garita.users u where u.username = '{stack.demo()['GARITA_GUARD_USER']}')"
    changes = [
        f"update garita.users set token_version = token_version + 1 where id = {whose}",
        "update garita.sites set second_factor_roles = case when second_factor_roles = '{}' then '{GUARD}' else '{}' end::text[]",
        f"insert into garita.second_factors (user_id, site_id, secret_sealed, key_version, confirmed_at)"
        f" values ({whose}, 1, 's', 1, now()) on conflict (user_id) do update set confirmed_at = case"
        f" when second_factors.confirmed_at is null then now() end",
        f"insert into garita.sessions (user_id, issued_at, expires_at, absolute_end)"
        f" values ({whose}, now(), now() + interval '1 day', now() + interval '1 day')",
    ]
    with ThreadPoolExecutor(len(changes)) as pool:
        list(pool.map(lambda change: stack.psql(";\n".join([change] * 150)), changes))
    try:
        assert stack.psql("select * from garita.check_copies()") == []
    finally:
        stack.psql(
            f"update garita.sites set second_factor_roles = '{{}}'; delete from garita.second_factors where user_id = {whose};"
            f" update garita.sessions set revoked_at = now() where user_id = {whose} and revoked_at is null")
        stack.tokens.clear()


def test_changes_at_the_same_time_leave_what_gates_read_right(stack):
    """As for sessions: whoever writes, and whatever begins to depend on it meanwhile; and nobody waits for somebody who waits."""
    visit = stack.psql("""insert into garita.visitors (site_id, first_name, last_name, unit_id, resident_id, status, expected_date)
        values (1, 'A la vez', 'Todos', 1, 1, 'APPROVED', current_date) returning id""")[0]
    issue = (
        "insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until)"
        f" values (1, {visit}, uuid_send(gen_random_uuid()), 1, 'xx', 'QR', now(), now() + interval '1 hour')")
    newest = f"(select max(id) from garita.temporary_codes where visitor_id = {visit})"
    changes = [
        issue, "update garita.residents set is_authorized = not is_authorized where id = 1",
        f"update garita.visitors set sponsor_id = case when sponsor_id is null then 2 end, last_name = last_name || 'x' where id = {visit}",
        f"update garita.visitors set status = case status when 'APPROVED' then 'CHECKED_IN' else 'APPROVED' end where id = {visit}",
        "update garita.units set number = case number when '101' then '1011' else '101' end where id = 1",
        f"update garita.temporary_codes set is_active = false, revoked_at = now() where id = {newest}",
        "update garita.residents set move_out_date = case when move_out_date is null then current_date + 9 end where id = 2"]
    with ThreadPoolExecutor(len(changes)) as pool:
        list(pool.map(lambda change: stack.psql(";\n".join([change] * 60)), changes))
    try:
        assert stack.psql("select * from garita.check_copies()") == []
    finally:
        stack.psql(f"""update garita.residents set is_authorized = true, move_out_date = null where id in (1, 2);
            update garita.units set number = '101' where id = 1; delete from garita.temporary_codes where visitor_id = {visit};
            delete from garita.visitors where id = {visit}""")


def test_request_ids_are_forgotten_after_two_days(stack):
    stack.call("POST", "/api/access/codes/validate/", "GUARD", json={
        "code": "RFID123456", "access_point_id": 1, "request_id": "two-days-old"})
    stack.psql("update garita.admissions set created_at = created_at - interval '49 hours'"
               " where request_id = 'two-days-old'")
    assert "request ids forgotten: 1" in garita(stack, "maintain").stdout
    assert stack.psql("select count(*) from garita.admissions where request_id = 'two-days-old'") == ["0"]


def test_the_demo_is_for_an_empty_database(stack):
    done = garita(stack, "demo")
    assert done.returncode == 65 and "holds accounts already" in done.stderr


def test_missing_settings_are_told_together_by_name(stack):
    done = garita(stack, "check", config="nothing.env")
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1
    done = subprocess.run(
        [str(stack.var.resolve() / "bin/garita"), "check"], text=True, capture_output=True, env={}, timeout=60)
    assert done.returncode == 78
    assert done.stderr.splitlines() == ["garita.E001: DATABASE_URL is not set",
                                        "garita.E001: GARITA_KEYS is not set, and SECRET_KEY neither",
                                        "garita.E001: GARITA_PHOTOS is not set",
                                        "garita.E001: GARITA_COMMON_PASSWORDS is not set",
                                        "garita.E001: GARITA_CONFIG is not set: it names the file of settings, "
                                        "var/operator.env beside `make run`; without it /etc/garita/garita.env is read"]


@pytest.mark.parametrize("content, mode, words", [
    ("0" * 64, 0o600, "not"), ("changeme", 0o600, "64 hexadecimal digits"), (None, 0o644, "readable by others")])
def test_weak_or_open_keys_are_refused(stack, content, mode, words):
    folder = open_folder()
    try:
        keys = folder / "keys"
        assert garita(stack, "keys", "init", GARITA_KEYS=str(keys)).returncode == 0
        assert {path.stat().st_mode & 0o777 for path in keys.iterdir()} == {0o600}
        master = keys / "master.1.key"
        if content is not None:
            master.write_text(content + "\n")
        master.chmod(mode)
        done = garita(stack, "check", GARITA_KEYS=str(keys))
        assert done.returncode == 78 and words in done.stderr and "master.1.key" in done.stderr
        assert content is None or content not in done.stderr
    finally:
        shutil.rmtree(folder)


def test_other_keys_for_one_command_do_not_reach_the_pools(stack):
    folder = open_folder()
    try:
        assert garita(stack, "keys", "init", GARITA_KEYS=str(folder / "keys")).returncode == 0
        assert len(list((folder / "keys").iterdir())) == 8
        assert garita(stack, "check").returncode == 0
    finally:
        shutil.rmtree(folder)


def test_the_route_table_can_be_printed(stack):
    lines = garita(stack, "routes").stdout.splitlines()
    assert any("POST" in line and "/api/access/codes/validate/" in line for line in lines)
    assert all(" for " in line for line in lines)


def test_the_database_away_is_one_line_and_its_own_code(stack):
    done = garita(stack, "check", DATABASE_URL="host=/nowhere dbname=garita")
    assert done.returncode == 69 and len(done.stderr.splitlines()) == 1


def test_a_deployment_is_told_all_it_lacks_together(stack):
    """B8"""
    folder = open_folder()
    try:
        keys, tls, site = folder / "keys", folder / "tls", folder / "site.conf"
        assert garita(stack, "keys", "init", GARITA_KEYS=str(keys)).returncode == 0
        tls.mkdir()
        (tls / "privkey.pem").write_text("x")
        (tls / "privkey.pem").chmod(0o644)
        site.write_text("server_name garita.example.org;")
        master = keys / "master.1.key"
        os.utime(master, (0, 0))
        keys.chmod(0o755)
        stack.psql("alter role garita_gate set synchronous_commit = off")
        done = garita(stack, "check", "--deploy", GARITA_KEYS=str(keys), GARITA_TLS=str(tls),
                      GARITA_NGINX_SITE=str(site))
        assert done.returncode == 78 and done.stdout == ""
        for words in ("the folder is open to others", "master is", "fullchain.pem is missing",
                      "privkey.pem is readable by others", "GARITA_NGINX_SITE still says",
                      "garita_gate: synchronous_commit is not on", "account carlos is active",
                      "account guard1 is active"):
            assert words in done.stderr, done.stderr
        # Whether there is a backup other tests decide.
        others = [line for line in done.stderr.splitlines() if not re.search("has succeeded|was proved|for nobody yet", line)]
        assert len(others) == 8, done.stderr
    finally:
        stack.psql("alter role garita_gate reset synchronous_commit")
        shutil.rmtree(folder)


@pytest.mark.parametrize("content, words", [(None, "cannot be read"), ("password\n", "is not whole")])
def test_a_missing_list_of_common_passwords_is_found(stack, place, content, words):
    """B5"""
    if content:
        (place / "list").write_text(content)
    done = garita(stack, "check", GARITA_COMMON_PASSWORDS=str(place / "list"))
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == f"garita.E014: GARITA_COMMON_PASSWORDS: the list of common passwords {words}\n"
