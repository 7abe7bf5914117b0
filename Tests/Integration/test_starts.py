"""Starting: what `make run` promises to a person at a terminal."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import requests

from runs import one_line
from stack import CLONE, ROOT, read_settings
from test_commands import garita


def fill(path):
    """Takes the rest of a file system."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(2**20))
        except OSError:
            pass


def copy_of_the_clone(folder):
    """What a run needs of a clone, without what was built."""
    for room in ("deploy", "nginx", "sql", "web"):
        shutil.copytree(CLONE / room, folder / room)
    return folder


def test_all_is_up_when_the_greeting_is_out(stack):
    assert stack.call("GET", "/readyz").status_code == 200
    assert stack.call("GET", "/livez").status_code == 200
    assert stack.psql("show data_checksums; show listen_addresses; show log_parameter_max_length; show fsync") == [
        "on", "", "0", "on"]


def test_the_first_start_shows_the_passwords_and_keeps_them(stack):
    demo = stack.demo()
    assert set(demo) == {"GARITA_URL"} | {
        f"GARITA_{role}_{word}" for role in ("ADMIN", "GUARD", "RESIDENT") for word in ("USER", "PASSWORD")}
    assert demo["GARITA_URL"] == stack.url
    for role in ("ADMIN", "GUARD", "RESIDENT"):
        assert demo[f"GARITA_{role}_PASSWORD"] in stack.said()
        assert stack.token(role)


def test_without_the_demo_the_first_start_prints_a_link_for_the_first_administrator(make_stack):
    """B8: nobody can log in before it is used; then it is void and no other is printed."""
    one = make_stack(GARITA_DEMO="no")
    token = lambda: re.search("^token=(.+)$", one.said(), re.M).group(1)
    one.start()
    first = token()
    assert f"{one.url}/account/new-password/#{first}\n" in one.said()
    assert one.psql("select username, role, password_hash from garita.users") == ["admin|ADMIN|!"]
    assert not (one.var / "demo.env").exists()
    one.stop()
    one.start()
    second = token()
    reset = lambda token: requests.post(f"{one.url}/api/auth/reset/", timeout=10, json={
        "token": token, "password": "cuatro vacas al sol"}).status_code
    assert (reset(first), reset(second), reset(second)) == (400, 204, 400)
    answer = requests.post(f"{one.url}/api/auth/login/", timeout=10, json={
        "username": "admin", "password": "cuatro vacas al sol"})
    assert answer.status_code == 200
    one.stop()
    one.start()
    assert "token=" not in one.said()
    assert "there is no administrator" not in garita(one, "check", "--deploy").stderr
    one.psql("update garita.users set is_active = false")
    assert "there is no administrator" in garita(one, "check", "--deploy").stderr


def test_the_curls_of_the_greeting_work_when_pasted(stack):
    pasted = "\n".join(stack.said().split("The main job", 1)[1].splitlines()[1:])
    done = subprocess.run(["sh", "-c", pasted], capture_output=True, text=True, timeout=30)
    assert re.search(r'"valid": ?(true|false)', done.stdout), done.stdout + done.stderr


def test_secrets_are_readable_by_their_owner_only(stack):
    var = stack.var.resolve()
    secrets = [var / "operator.env", var / "demo.env", *(var / "secrets").glob("*pgpass"),
               *(var / "secrets/keys").iterdir()]
    assert len(secrets) >= 10
    assert {oct(file.stat().st_mode & 0o777) for file in secrets} == {"0o600"}
    for pool in ("gate", "auth", "app"):
        assert (var / f"run/pools/{pool}.sock").stat().st_mode & 0o777 == 0o660


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_as_root_nothing_that_serves_is_root(stack):
    users = {Path(f"/proc/{pid}").stat().st_uid for pid in stack.children() if pid != stack.process.pid}
    assert 0 not in users


def test_nothing_listens_on_the_network(stack):
    listening = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    mine = [row[1] for row in listening if row[3] == "0A" and row[1].endswith(f":{stack.port:04X}")]
    assert mine == [f"0100007F:{stack.port:04X}"]


def test_a_second_run_keeps_the_data_and_starts_sooner(make_stack):
    stack = make_stack()
    first = stack.start()
    demo, passwords = stack.demo(), (stack.var / "secrets/operator.pgpass").read_text()
    keys = {file.name: file.read_text() for file in (stack.var.resolve() / "secrets/keys").iterdir()}
    visitors = stack.call("GET", "/api/visitors/", "ADMIN").json()["count"]
    assert stack.stop() == 0
    assert stack.start() < first
    assert stack.demo() == demo and (stack.var / "secrets/operator.pgpass").read_text() == passwords
    assert {file.name: file.read_text() for file in (stack.var.resolve() / "secrets/keys").iterdir()} == keys
    assert demo["GARITA_ADMIN_PASSWORD"] not in stack.said()
    assert stack.call("GET", "/api/visitors/", "ADMIN").json()["count"] == visitors > 0


def test_a_second_run_on_the_same_data_is_refused_in_one_line(stack):
    assert "already runs" in one_line(stack.run_to_end())
    assert stack.call("GET", "/readyz").status_code == 200


def test_a_busy_port_is_one_line(make_stack):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        stack = make_stack(port=other.getsockname()[1])
        assert f"Port {stack.port} is in use" in one_line(stack.run_to_end())
    assert stack.children() == {}


@pytest.mark.parametrize("port", ["0", "abc", "70000", "80 80"])
def test_a_port_that_is_none_is_one_line(make_stack, port):
    assert "GARITA_PORT" in one_line(make_stack(GARITA_PORT=port).run_to_end())


def test_what_was_not_built_is_one_line(make_stack):
    assert "not built" in one_line(make_stack(GARITA_EXECUTABLE="/nowhere/garita").run_to_end())


def test_a_missing_toolchain_is_one_line(tmp_path):
    for name in ("bash", "dirname", "env", "cat", "id"):
        (tmp_path / name).symlink_to(shutil.which(name))
    for script in ("build.sh", "packages.sh"):
        done = subprocess.run([CLONE / "deploy/local" / script], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
        assert "Swift toolchain" in one_line(done)


def test_two_copies_run_side_by_side(stack, make_stack):
    other = make_stack()
    other.start()
    assert other.demo()["GARITA_GUARD_PASSWORD"] != stack.demo()["GARITA_GUARD_PASSWORD"]
    foreign = other.call("GET", "/api/visitors/", headers={"Authorization": f"Bearer {stack.token('ADMIN')}"})
    assert foreign.status_code == 401
    assert other.stop() == 0
    assert stack.call("GET", "/readyz").status_code == 200


@pytest.mark.skipif(not ROOT, reason="only for root are the workers other users")
def test_a_clone_that_other_users_cannot_enter(place, make_stack):
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    clone = copy_of_the_clone(folder)
    stack = make_stack(var=clone / "var", clone=clone)
    stack.environment.pop("GARITA_VAR")
    stack.start()
    assert (clone / "var").is_symlink()
    assert len([line for line in stack.said().splitlines() if "/var/lib/garita-local/" in line]) == 1
    assert stack.call("GET", "/api/visitors/", "GUARD").status_code == 200
    assert stack.stop() == 0
    stack.start()
    assert "/var/lib/garita-local/" not in stack.said()


@pytest.mark.skipif(not ROOT, reason="becomes another user")
def test_a_plain_user_needs_no_rights(place, make_stack):
    folder = place / "home"
    folder.mkdir()
    clone = copy_of_the_clone(folder)
    built = Path(os.environ.get("GARITA_EXECUTABLE", CLONE / ".build/release/garita"))
    for file in (built, built.with_name("common-passwords.txt")):
        shutil.copy(file, clone / file.name)
    subprocess.run(["chown", "-R", "65534:65534", folder], check=True)
    stack = make_stack(
        var=clone / "var", clone=clone, prefix=["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
        HOME=str(folder), GARITA_EXECUTABLE=str(clone / "garita"))
    stack.start()
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in stack.children()} == {65534}
    assert stack.call("GET", "/api/visitors/", "GUARD").status_code == 200
    assert stack.stop() == 0


def test_a_path_no_socket_fits_in_is_moved(place, make_stack):
    stack = make_stack(var=place / ("deep" * 20) / "var with blanks", HOME=str(place))
    stack.start()
    assert stack.var.is_symlink() and "lies in" in stack.said()
    assert stack.call("GET", "/readyz").status_code == 200


@pytest.mark.skipif(not ROOT, reason="mounts a small file system")
def test_a_full_disk_is_one_line(place, make_stack):
    folder = place / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100m,mode=755", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        stack = make_stack(var=folder / "var")
        assert "MB are free" in one_line(stack.run_to_end())
        fill(folder / "fill")
        assert one_line(stack.run_to_end())
        assert stack.children() == {}
    finally:
        subprocess.run(["umount", folder], check=True)


def test_the_record_of_a_port_follows_the_port(make_stack):
    stack = make_stack()
    stack.start()
    stack.stop()
    again = make_stack(var=stack.var)
    again.start()
    assert read_settings(stack.var / "demo.env")["GARITA_URL"] == again.url != stack.url
    assert requests.get(again.url + "/", timeout=5).status_code == 200
