"""What `garita check` finds: each id is in docs/checks.md, and can be brought about."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from stack import CLONE, ROOT, open_folder

SECRET = "kq3Vd0yTz8mWc5RbXn1LhPf7JsGu2Ae9oZiQt4YwBxE="
# What is brought about by variables alone. {here} is an open folder of the test: see `here`.
BY_SETTINGS = {
    "E001": {"GARITA_PHOTOS": ""}, "E002": {"DEBUG": "perhaps"}, "E003": {"SECRET_KEY": SECRET, "SECRET_KEY_FILE": "/x"},
    "E004": {"SECRET_KEY_FILE": "/nowhere/secret"}, "E005": {"GARITA_CONFIG": "/nowhere/garita.env"},
    "E006": {"GARITA_CONFIG": "{here}/shared.env"},
    "W001": {"GARITA_CONFIG": "{here}/other.env"}, "W002": {"GARITA_CONFIG": "{here}/other.env"}, "W003": {"SECRET_KEY": SECRET},
    "E010": {"GARITA_KEYS": "{here}/empty"}, "E011": {"GARITA_POOLS": "{here}/empty"}, "E012": {"GARITA_PHOTOS": "/nowhere"},
    "E013": {"GARITA_PHOTOS": "{here}/empty"}, "E014": {"GARITA_COMMON_PASSWORDS": "/nowhere/list"},
    "E020": {"DATABASE_URL": "host=/nowhere dbname=garita"}, "W020": {"DATABASE_URL": "host=/nowhere user=one"},
    "E030": {"GARITA_SQL": "{here}/sql"}, "E101": {"GARITA_KEYS": "{here}/keys"}, "E102": {"GARITA_KEYS": "{here}/keys"},
    "W101": {"GARITA_KEYS": "", "SECRET_KEY": SECRET}, "E103": {"GARITA_TLS": "{here}/empty"}, "E104": {"GARITA_TLS": "{here}/tls"},
    "E105": {"GARITA_NGINX_SITE": "{here}/site"}, "E106": {"GARITA_TLS": "{here}/named", "GARITA_NGINX_SITE": "{here}/other-site"},
    "W102": {"ALLOWED_HOSTS": "b.example.net", "GARITA_NGINX_SITE": "{here}/other-site"}, "E110": {}, "E113": {"DEBUG": "on"},
    "E114": {"DATABASE_URL": "host=127.0.0.1 port=1 sslmode=require"}, "E116": {"GARITA_BACKUP_RECIPIENTS": "/nowhere/recipients"},
}
# What is wrong inside the database: how it gets there, and how it is put right.
BY_SQL = {
    "E022": ("alter role garita_gate set synchronous_commit = off", "alter role garita_gate reset synchronous_commit"),
    "E023": ("alter role garita_auth superuser", "alter role garita_auth nosuperuser"),
    "E024": ("grant execute on function pg_catalog.set_config(text, text, boolean) to public",
             "revoke execute on function pg_catalog.set_config(text, text, boolean) from public"),
    "E031": ("update garita.sessions set caller_version = caller_version + 9 where revoked_at is null",
             "update garita.sessions set caller_version = caller_version - 9 where revoked_at is null"),
    "W115": ("update garita.jobs set ended_at = ended_at - interval '9 days', started_at = started_at - interval '9 days' where job = 'proof'",
             "update garita.jobs set ended_at = ended_at + interval '9 days', started_at = started_at + interval '9 days' where job = 'proof'"),
    "E115": ("update garita.jobs set started_at = started_at - interval '9 days', ended_at = ended_at - interval '9 days'",
             "update garita.jobs set started_at = started_at + interval '9 days', ended_at = ended_at + interval '9 days'"),
}
# Brought about in other tests, because it takes more than a setting: the file, and the words that it looks for.
ELSEWHERE = {
    "E021": ("test_database_links", "garita.E021"), "E025": ("test_gate_devices", "s behind the newest entry of the log"),
    "E107": ("test_checks", "`nginx -t` fails"), "I001": ("test_gate_rules", "has 4 digits"), "E111": ("test_starts", "there is no administrator"),
    "E112": ("test_log_seals", "log rows of more than ten minutes ago are not sealed"),
}
# Never brought about, and why.
NEVER = {"E026": "no server before PostgreSQL 14 can be had; it is one comparison of server_version_num"}


@pytest.fixture(scope="module")
def here(stack):
    folder = open_folder()
    for name in ("empty", "tls"):
        (folder / name).mkdir(mode=0o755)
    (folder / "tls/privkey.pem").write_text("x")
    (folder / "site").write_text("server_name garita.example.org;")
    (folder / "other-site").write_text("server {\n    server_name  _ a.example.net\n; } # server_name x.example.net;\n"
                                       "    server_name a.example.net;\n")
    (folder / "named").mkdir(mode=0o755)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=a.example.net", "-addext", "subjectAltName=DNS:b.example.net,DNS:*.c.example.net", "-keyout", folder / "named/privkey.pem",
         "-out", folder / "named/fullchain.pem"], check=True, capture_output=True)
    var = stack.var.resolve()
    settings = (var / "operator.env").read_text()
    (folder / "other.env").write_text(settings.replace("passfile=", "password=x passfile=") + "GARITA_PHOTO=/p\n")
    (folder / "other.env").chmod(0o644)
    (folder / "shared.env").write_text(settings)
    (folder / "shared.env").chmod(0o666)
    shutil.copytree(var / "share/sql", folder / "sql")
    (folder / "sql/migrations/9999_next.sql").write_text("select 1;\n")
    shutil.copytree(var / "secrets/keys", folder / "keys")
    (folder / "keys").chmod(0o755)
    os.utime(folder / "keys/master.1.key", (0, 0))
    yield folder
    shutil.rmtree(folder)


def found(stack, here=Path("/"), **environment):
    var = stack.var.resolve()
    done = subprocess.run(
        [str(var / "bin/garita"), "check", "--deploy", "--json", "--fail-level", "info"], text=True, capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")} | {
            name: value.replace("{here}", str(here)) for name, value in environment.items()})
    findings = json.loads(done.stdout)
    assert (done.returncode == 0) == (findings == []) and done.stderr == ""
    assert all(list(finding) == ["id", "severity", "meaning", "text", "cure"] for finding in findings)
    return {finding["id"].removeprefix("garita.") for finding in findings}


def listed():
    program = os.environ.get("GARITA_EXECUTABLE", str(CLONE / ".build/release/garita"))
    return json.loads(subprocess.run([program, "check", "--list"], env={}, text=True, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("name", BY_SETTINGS)
def test_settings_bring_it_about(stack, here, name):
    assert name in found(stack, here, **BY_SETTINGS[name])
    if name not in ("E110", "E103", "E105", "E116"):  # true of every stack of the tests
        assert name not in found(stack, here)


def test_a_certificate_holds_its_names_and_one_label_for_a_star(stack, here):
    def foreign(*names):
        (here / "site-of-names").write_text(f"server_name {' '.join(names)};\n")
        return "E106" in found(stack, here, GARITA_TLS="{here}/named", GARITA_NGINX_SITE="{here}/site-of-names")
    assert not foreign("B.example.net", "x.c.example.net") and not foreign("_")
    assert foreign("x.y.c.example.net") and foreign("c.example.net") and foreign("b.example.net", "a.example.net")


@pytest.mark.skipif(not ROOT, reason="only root can try all files of nginx, and mount")
def test_an_nginx_that_would_not_start_is_found(stack, here):
    """The machine's own nginx.conf, covered for one command."""
    var = stack.var.resolve()

    def told(text):
        (here / "nginx.conf").write_text(text)
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", 'mount --bind "$1" /etc/nginx/nginx.conf || exit 99; exec "$2" check --deploy', "sh",
             here / "nginx.conf", var / "bin/garita"], text=True, capture_output=True, timeout=60,
            env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "GARITA_NGINX_SITE": "/etc/nginx/nginx.conf"})
        if done.returncode == 99:
            pytest.skip(f"nothing can be mounted here: {done.stderr}")
        return done.stderr
    wrong = told("events {} nonsense;\n")
    assert "garita.E107: GARITA_NGINX_SITE: `nginx -t` fails" in wrong and 'unknown directive "nonsense"' in wrong
    assert "garita.E107" not in told("pid /run/nginx.test.pid; error_log stderr; events {}\n")


@pytest.mark.parametrize("name", BY_SQL)
def test_the_database_brings_it_about(stack, name):
    wrong, right = BY_SQL[name]
    stack.token("GUARD")
    if name in ("E115", "W115"):  # nobody makes backups here
        stack.psql("insert into garita.jobs (job, ended_at, succeeded) values ('backup', now(), true), ('proof', now(), true)")
    assert name not in found(stack)
    stack.psql(wrong)
    try:
        assert name in found(stack)
    finally:
        stack.psql(right)


def test_a_pool_is_asked_by_its_own_address(stack, here):
    (here / "pools/auth").mkdir(parents=True)
    (here / "pools/auth/database-url").write_text("postgresql:///garita?host=/nowhere/of/auth\n")
    assert "E020" in found(stack, here, GARITA_POOLS="{here}/pools")
    assert "E020" not in found(stack, here, GARITA_POOLS="{here}/empty")
    url = re.search("^DATABASE_URL=(.*)$", (stack.var / "operator.env").read_text(), re.M)[1]
    assert "E020" not in found(stack, here, GARITA_POOLS="{here}/pools", DATABASE_URL=url)


def test_each_id_is_brought_about_somewhere():
    names = [one["id"].removeprefix("garita.") for one in listed()]
    for file, words in ELSEWHERE.values():
        assert words in (CLONE / f"Tests/Integration/{file}.py").read_text()
    assert sorted(names) == sorted([*BY_SETTINGS, *BY_SQL, *ELSEWHERE, *NEVER]) and len(set(names)) == len(names)


def test_warnings_fail_only_when_asked(stack):
    var = stack.var.resolve()
    codes = [subprocess.run(
        [str(var / "bin/garita"), "check", *level], capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "SECRET_KEY": SECRET}).returncode
        for level in ([], ["--fail-level", "warning"], ["--fail-level", "always"])]
    assert codes == [0, 78, 64]


def test_the_page_tells_of_each():
    page = (CLONE / "docs/checks.md").read_text()
    rows = re.findall(r"^\| `(garita\.\w+)` \| (.+) \| (.+) \| (.+) \|$", page, re.M)
    assert [(name, meaning, cure) for name, meaning, _, cure in rows] == [(one["id"], one["meaning"], one["cure"]) for one in listed()]
    assert all(one["severity"] == {"E": "error", "W": "warning", "I": "info"}[one["id"][7]] for one in listed())
