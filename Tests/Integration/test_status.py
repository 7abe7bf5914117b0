"""`garita status` where something is wrong: it shows the rest, and a pool that cannot reach the database by itself is told."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runs import until
from stack import ROOT
from test_commands import garita
from test_containment import become


def status(stack, config, user=None, **environment):
    program = [*(become(user) if user else []), str(stack.var.resolve() / "bin/garita"), "status"]
    return subprocess.run(
        program, capture_output=True, text=True, timeout=30, env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(config)} | environment)


def test_a_pool_that_the_database_does_not_let_in_cannot_serve(stack):
    database = lambda: json.loads(garita(stack, "status", "--json").stdout)["parts"]["database"]  # noqa: E731
    login = {"username": "nobody", "password": "x"}
    # Each worker has a connection, and says that it has.
    with ThreadPoolExecutor(4) as callers:
        list(callers.map(lambda _: stack.call("POST", "/api/auth/login/", json=login), range(8)))
    assert database()["status"] == "ok"
    stack.psql("alter role garita_auth nologin")
    try:
        stack.psql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'garita_auth'", "postgres")
        # One of them finds out; what the others knew of before the loss counts for nothing.
        assert stack.call("POST", "/api/auth/login/", json=login).status_code == 503
        until(lambda: database()["status"] == "fail", 10)
        assert "auth" in json.dumps(database()) and "gate" not in json.dumps(database()["detail"])
        assert stack.call("GET", "/readyz").status_code == 503
    finally:
        stack.psql("alter role garita_auth login")
    # Without any request.
    until(lambda: database()["status"] == "ok", 15)


@pytest.mark.skipif(not ROOT, reason="becomes another user")
def test_who_cannot_read_the_password_sees_all_but_the_database(stack, tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings")
    for place in (folder, *(one for one in folder.parents if one.is_relative_to("/tmp") and one != Path("/tmp"))):
        place.chmod(0o755)
    settings = (stack.var.resolve() / "pools/status/garita.env").read_text()
    url = next(line for line in settings.splitlines() if line.startswith("DATABASE_URL="))
    (folder / "url").write_text(url.removeprefix("DATABASE_URL=") + "\n")
    (folder / "url").chmod(0o600)
    (folder / "garita.env").write_text(settings.replace(url, f"DATABASE_URL_FILE={folder}/url"))
    (folder / "garita.env").chmod(0o644)
    done = status(stack, folder / "garita.env", "garita-status")
    assert done.returncode == 0 and "WARNING  database" in done.stdout and "ok       workers" in done.stdout, done.stdout + done.stderr
    assert "ok       database" in status(stack, folder / "garita.env").stdout


def test_a_wrong_setting_hides_nothing_else(stack):
    done = status(stack, stack.var.resolve() / "operator.env", DEBUG="perhaps")
    lines = done.stdout.splitlines()
    assert done.returncode == 78 and "DEBUG" in done.stderr and lines[1].split()[:2] == ["FAIL", "settings"]
    assert "ok       workers" in done.stdout and "ok       database" in done.stdout


def test_a_folder_that_is_missing_is_told_as_that(stack):
    done = status(stack, stack.var.resolve() / "operator.env", GARITA_PHOTOS="/nowhere/photos")
    assert "photos: not found" in done.stdout and "Make the folder" in done.stdout
