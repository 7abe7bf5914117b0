"""What root does in a folder of another user's, it does as that user; and what a start does with keys and data it finds."""

import os
import shutil
import subprocess
import time

import pytest

from photos import both, name_of, picture, visitor
from runs import one_line
from stack import CLONE, ROOT, Stack
from test_commands import garita

POOLS = ("gate", "auth", "app", "device")
as_root = pytest.mark.skipif(not ROOT, reason="only for root are these other users")


# The owner may not write there either, so nothing comes of it. Done as root it would have worked.

@pytest.fixture
def theirs(place):
    """Makes a folder of www-data's; and a file that is root's alone, with what must not get out of it."""
    secret = place / "secret"
    secret.write_bytes(picture())
    secret.chmod(0o600)

    def make(name, mode=0o700):
        folder = place / name
        folder.mkdir(exist_ok=True)
        shutil.chown(folder, "www-data", "www-data")
        folder.chmod(mode)
        return folder

    make.secret = secret
    yield make
    facts = secret.stat()
    assert (facts.st_uid, facts.st_mode & 0o777, secret.read_bytes()) == (0, 0o600, picture())


@as_root
def test_root_makes_renews_and_drops_keys_as_the_owner_of_their_folder(stack, theirs):
    folder = theirs("keys")
    run = lambda *arguments: garita(stack, "keys", *arguments, GARITA_KEYS=str(folder))
    assert run("init").returncode == 0
    assert {path.owner() for path in folder.iterdir()} == {"www-data"}
    for path in folder.iterdir():
        os.utime(path, (path.stat().st_mtime - 100,) * 2)
    (folder / "account.2.key").symlink_to(theirs.secret)
    assert "cannot write" in run("rotate", "account").stderr or "not in use yet" in run("rotate", "account").stderr
    (folder / "account.2.key").unlink()
    theirs("keys", 0o500)
    for arguments in (("rotate", "master"), ("init",)):
        run(*arguments)
    assert "cannot create" in run("rotate", "master").stderr
    assert len(list(folder.iterdir())) == 8
    theirs("keys", 0o700)
    assert run("rotate", "master").returncode == 0
    os.utime(folder / "master.2.key", (time.time() - 100,) * 2)
    theirs("keys", 0o500)
    assert "cannot remove" in run("drop", "master", "1", "--now").stderr
    (folder / "master.1.key").unlink()
    theirs.secret.write_text(os.urandom(32).hex())
    (folder / "master.1.key").symlink_to(theirs.secret)
    try:
        assert "Permission denied" in garita(stack, "check", GARITA_KEYS=str(folder)).stderr
    finally:
        theirs.secret.write_bytes(picture())


@as_root
def test_root_gives_copies_of_keys_as_the_owner_of_their_folder(stack, theirs):
    pools = theirs("pools")
    for pool in POOLS:
        (theirs(f"pools/{pool}") / "keys").mkdir()
        theirs(f"pools/{pool}/keys")
    for path in (pools / "gate/keys/master.1.key", pools / "app/keys/master.1.key"):
        path.symlink_to(theirs.secret)
    assert garita(stack, "keys", "init", GARITA_POOLS=str(pools)).returncode == 0
    copies = [path for path in pools.rglob("*.key")]
    assert len(copies) == 15 and {path.owner() for path in copies} == {"www-data"}
    assert not any(path.is_symlink() for path in copies)
    theirs("pools/app/keys", 0o500)
    (pools / "app/keys/device.1.key").unlink()
    assert "cannot create" in garita(stack, "keys", "init", GARITA_POOLS=str(pools)).stderr


@as_root
def test_root_sweeps_and_takes_photos_as_the_owner_of_their_folder(stack, theirs):
    """Sibling of the keys; import-original --media is in test_legacy_import."""
    photos = theirs("photos")
    old = photos / f"{'a' * 32}.jpg"
    old.symlink_to(theirs.secret)
    os.utime(old, (0, 0), follow_symlinks=False)
    os.utime(theirs.secret, (0, 0))
    theirs("photos", 0o500)
    done = garita(stack, "maintain", GARITA_PHOTOS=str(photos))
    assert done.returncode == 1 and "cannot remove" in done.stderr and old.is_symlink()
    theirs("photos", 0o700)
    assert "photos of nobody removed: 1" in garita(stack, "maintain", GARITA_PHOTOS=str(photos)).stdout
    assert not old.is_symlink()


@as_root
def test_the_scripts_open_nothing_of_another_users_as_root(theirs, place):
    """Each function of deploy/local that reaches into the folder of PostgreSQL's or nginx's user, against links there."""
    var = place / "var"
    (var / "log/nginx").mkdir(parents=True)
    (var / "share").mkdir()
    cluster = var / "postgresql"
    cluster.mkdir()
    secret = theirs.secret
    for name in ("garita.conf.new", "garita.conf", "postgresql.conf", "postmaster.pid", "PG_VERSION"):
        (cluster / name).symlink_to(secret)
    (var / "log/nginx/error.log").symlink_to(secret)
    shutil.chown(cluster, "postgres", "postgres")
    shutil.chown(var / "log/nginx", "www-data", "www-data")
    for folder in (cluster, var / "log/nginx"):
        folder.chmod(0o700)

    def call(words):
        script = f'set -uo pipefail; cd "{CLONE}/deploy/local"; for f in lib place processes settings database pools web; do . ./$f.sh; done; ' \
                 f'choose_users; VAR="{var}"; cd /; {words}'
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=30)

    assert call("configure_cluster 10").returncode != 0
    assert call('include_settings "$VAR/postgresql"').returncode != 0
    assert call("last_line nginx").stdout == ""
    assert call("postgresql_bin").stdout == ""
    call("forget_stale_lock")
    # The place of the programs that root runs is no word of PostgreSQL's user.
    evil = place / "evil/bin"
    evil.mkdir(parents=True)
    shutil.copy("/bin/true", evil / "postgres")
    (cluster / "PG_VERSION").unlink()
    (cluster / "PG_VERSION").write_text("../../../.." + str(evil.parent))
    done = call("postgresql_bin")
    assert done.stdout == "" and "holds no version" in done.stderr


@pytest.fixture(scope="module")
def halted():
    """A stack that was started once and stands still, for starts that must fail or mend."""
    one = Stack()
    one.start()
    one.code = one.call("POST", "/api/visitors/generate_code/", "ADMIN", json={"visitor_id": 1, "code_type": "QR"}).json()["code"]
    one.photo = visitor(one)
    one.stop()
    yield one
    one.remove()


@pytest.mark.parametrize("content", [
    "", "changeme", "django-insecure-your-secret-key-here-change-in-production", bytes(range(31)).hex(), "0" * 64, "ab" * 32])
def test_no_start_with_a_key_that_is_none(halted, content):
    """B8"""
    key = halted.var / "secrets/keys/master.1.key"
    kept, facts = key.read_text(), key.stat()
    key.write_text(content)
    try:
        line = one_line(halted.run_to_end())
        assert "master.1.key" in line and ("64 hexadecimal digits" in line or "not drawn at random" in line)
        assert content == "" or content not in line
    finally:
        key.write_text(kept)
        os.utime(key, (facts.st_mtime, facts.st_mtime))
    assert halted.children() == {}


def to_the_earlier_layout(var):
    """What a release without a user for each pool left: all of www-data's, one of each."""
    settings = (var / "pools/app/garita.env").read_text().replace(str(var / "pools/app/keys"), str(var / "secrets/keys"))
    passwords = (var / "secrets/operator.pgpass").read_text()
    pgpass = "".join(line for line in passwords.splitlines(True) if "garita_migrate" not in line)
    shutil.rmtree(var / "pools")
    (var / "garita.env").write_text(settings + "GARITA_TLS=/a/line/of/a/person\n")
    (var / "secrets/pgpass").write_text(pgpass)
    (var / "operator.env").write_text("".join(
        line for line in (var / "operator.env").read_text().splitlines(True) if "GARITA_POOLS" not in line))
    theirs = [var / "garita.env", var / "secrets/pgpass", var / "secrets/keys", var / "photos"]
    theirs += [*(var / "secrets/keys").iterdir(), *(var / "photos").iterdir()]
    for path in theirs:
        path.chmod(0o700 if path.is_dir() else 0o600)
        if ROOT:
            shutil.chown(path, "www-data", "www-data")


def test_data_of_an_earlier_layout_is_taken_over_whole(halted, place):
    var = halted.var.resolve()
    to_the_earlier_layout(var)
    master, passwords = (var / "secrets/keys/master.1.key"), (var / "secrets/operator.pgpass").read_text()
    kept = (master.read_text(), int(master.stat().st_mtime))
    if ROOT:  # www-data was another's once: what it left there leads nowhere
        secret = place / "secret"
        secret.write_text(os.urandom(32).hex())
        secret.chmod(0o600)
        (var / "secrets/keys/device.7.key").symlink_to(secret)
        (var / f"photos/{'b' * 32}.jpg").symlink_to(secret)
        os.link(secret, var / f"photos/{'c' * 32}.jpg")
    halted.tokens.clear()
    halted.start()
    try:
        answer = halted.call("POST", "/api/access/codes/validate/", "GUARD", json={
            "code": halted.code, "access_point_id": 1, "access_type": "ENTRY"})
        assert (answer.status_code, answer.json()["valid"]) == (200, True)
        path = halted.photo["photo"].split("/api/")[1]
        assert halted.call("GET", f"/api/{path}", "ADMIN").status_code == 200
        assert (master.read_text(), int(master.stat().st_mtime)) == kept
        assert (var / "secrets/operator.pgpass").read_text() != passwords  # every worker knew them
        assert not (var / "garita.env").exists() and not (var / "secrets/pgpass").exists()
        for pool in POOLS:
            assert "GARITA_TLS=/a/line/of/a/person" in (var / f"pools/{pool}/garita.env").read_text()
        assert garita(halted, "check").returncode == 0
        if ROOT:
            assert not (var / "secrets/keys/device.7.key").exists() and not (var / f"photos/{'b' * 32}.jpg").exists()
            assert (secret.stat().st_uid, secret.stat().st_mode & 0o777) == (0, 0o600)
            assert {path.owner() for path in (var / "secrets/keys").iterdir()} == {"root"}
            photos = list((var / "photos").iterdir())
            assert {path.name for path in photos} >= both(name_of(halted, "visitors", halted.photo["id"]))
            assert {(path.owner(), path.group(), path.stat().st_mode & 0o777) for path in photos} == {("garita-app", "www-data", 0o640)}
    finally:
        halted.stop()
