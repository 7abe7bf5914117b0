"""Backups: whole or not at all, noticed when a byte is another one, and restored for proof."""

import json
import os
import re
import shutil
import signal
import subprocess
import time

import pytest

from backups import PEOPLE, backups, copied  # noqa: F401
from stack import ROOT


def test_a_backup_holds_everything_and_shows_nobody(backups):
    files = {file.name: file.read_bytes() for file in backups.first.iterdir()}
    assert set(files) == {"database.dump.age", "photos.tar.age", "settings.env.age", "manifest.json", "manifest.sig"}
    for content in files.values():
        assert not any(word.encode() in content for word in PEOPLE)
    manifest = json.loads(files["manifest.json"])
    assert manifest["rows"]["garita.visitors"] == int(backups.stack.psql("select count(*) from garita.visitors")[0])
    assert manifest["photo_files"] == 2 * manifest["photos_named"] > 0
    assert all(oct(file.stat().st_mode)[-3:] == "600" for file in backups.first.iterdir())
    settings = subprocess.run(
        ["age", "--decrypt", "-i", str(backups.identity), str(backups.first / "settings.env.age")], capture_output=True,
        text=True, check=True).stdout
    assert "GARITA_PHOTOS=" in settings and "DATABASE_URL" not in settings


def test_plain_tools_open_a_backup(backups):
    """Whoever has the private key needs no Garita to read the data."""
    def opened(name, *reader):
        age = subprocess.run(["age", "--decrypt", "-i", str(backups.identity), str(backups.first / name)], capture_output=True)
        assert age.returncode == 0, age.stderr
        return subprocess.run(reader, input=age.stdout, capture_output=True, check=True).stdout.decode()

    assert "TABLE DATA garita visitors" in opened("database.dump.age", "pg_restore", "--list")
    assert "-thumbnail.jpg" in opened("photos.tar.age", "tar", "--list")


def test_one_byte_in_any_file_is_noticed(backups):
    for file in sorted(backups.first.iterdir()):
        size = file.stat().st_size
        for place in {0, size // 2, size - 1}:
            copy = copied(backups, backups.first)
            content = bytearray((copy / file.name).read_bytes())
            content[place] ^= 1
            (copy / file.name).write_bytes(content)
            done = backups.verify(str(copy))
            assert done.returncode == 65 and file.name in done.stderr, (file.name, place, done.stdout, done.stderr)


def test_what_is_cut_missing_added_or_exchanged_is_noticed(backups):
    second = backups.make()
    for name in sorted(file.name for file in backups.first.iterdir()):
        for damage in (lambda file: os.truncate(file, file.stat().st_size - 1), os.unlink,
                       lambda file: shutil.copy(second / name, file)):
            copy = copied(backups, backups.first)
            damage(copy / name)
            done = backups.verify(str(copy))
            assert done.returncode == 65 and name in done.stderr, (name, done.stdout, done.stderr)
    copy = copied(backups, backups.first)
    (copy / "more").touch()
    assert "more does not belong to it" in backups.verify(str(copy)).stderr
    # A whole backup under another one's name.
    copy = copied(backups, second).rename(backups.base / "copies" / backups.first.name)
    assert f"that of {second.name}" in backups.verify(str(copy)).stderr


def test_without_the_private_key_nothing_is_proved_and_that_is_said(backups):
    before = backups.stack.psql("select count(*) from garita.jobs where job = 'proof'")
    done = backups.verify()
    assert done.returncode == 78 and "not proved: " in done.stderr and "--identity FILE" in done.stderr
    assert backups.stack.psql("select count(*) from garita.jobs where job = 'proof'") == before


def test_the_proof_restores_signs_in_and_decides(backups):
    newest = backups.make().name
    made = backups.run("backup", "--keys", "--to", str(backups.elsewhere))
    done = backups.prove("--keys", made.stdout.split("made ")[1].strip())
    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("as the manifest has them", "constraints: all right", "copies: all right", "tables of the log: all right",
                 "the log holds: ", "signed in, and a stored code was decided: ", "proved; "):
        assert line in done.stdout, done.stdout
    assert int(re.search(r"photos: (\d+) files? decoded", done.stdout)[1]) >= 2
    assert not list(backups.base.glob("garita-proof*")), "nothing of it stays"
    assert done.stderr == "", "not even of the folder in which it was called, where PostgreSQL's account may not be"
    assert backups.stack.psql("select split_part(note, ' ', 1) from garita.jobs where job = 'proof' and succeeded"
                              " order by id desc limit 1") == [newest]
    listed = backups.run("backup", "--list").stdout
    assert re.search(rf"{newest} .* whole  proved", listed) and re.search(r"whole  not proved", listed)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_proof_that_is_ended_leaves_nothing(backups, number):
    """INT and HUP come from a terminal, to its whole group of processes."""
    var = backups.stack.var.resolve()
    scratch = backups.base / "scratch"
    scratch.mkdir(exist_ok=True)
    # What a power failure leaves, and what only looks so.
    for name, holds in (("garita-proof-left12", ".lock"), ("garita-proof-other1", "other")):
        (scratch / name).mkdir(exist_ok=True)
        (scratch / name / holds).touch()
    process = subprocess.Popen(
        [str(var / "bin/garita"), "restore", "--verify", "--identity", str(backups.identity), "--scratch", str(scratch)],
        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=lambda: [signal.signal(one, signal.SIG_DFL) for one in (signal.SIGINT, signal.SIGHUP)], env={
            "GARITA_CONFIG": str(var / "operator.env"), "GARITA_BACKUPS": str(backups.folder)})
    # The server is up and rows may be in it.
    while not list(scratch.glob("garita-proof-*/data/postmaster.pid")):
        assert process.poll() is None
        time.sleep(0.01)
    (os.killpg if number in (signal.SIGINT, signal.SIGHUP) else os.kill)(process.pid, number)
    assert process.wait() == -number
    end = time.monotonic() + 60
    while [path.name for path in scratch.iterdir()] != ["garita-proof-other1"]:
        assert time.monotonic() < end, list(scratch.iterdir())
        time.sleep(0.05)


def test_a_backup_that_would_not_do_is_not_proved(backups):
    """Signed and whole, but the rows do not hold: what only a restore finds out."""
    stack = backups.stack
    stack.psql("set session_replication_role = replica;"
               "update garita.access_logs set unit_display = unit_display || 'X' where id in (select min(log_id) from garita.log_leaves);"
               "update garita.credentials set person_name = 'X'")
    try:
        bad = backups.make()
        done = backups.prove(bad.name)
        assert done.returncode == 65 and "was changed" in done.stderr and "credentials are outdated" in done.stderr
        assert stack.psql("select succeeded from garita.jobs where job = 'proof' order by id desc limit 1") == ["f"]
    finally:
        stack.psql("set session_replication_role = replica;"
                   "update garita.access_logs set unit_display = left(unit_display, -1) where id in (select min(log_id) from garita.log_leaves)")
        stack.psql("select garita.repair_copies()")


def test_keys_go_elsewhere(backups):
    inside = backups.run("backup", "--keys", "--to", str(backups.folder))
    assert inside.returncode == 65 and "not go beside the data" in inside.stderr
    link = backups.base / "link"
    link.symlink_to(backups.folder)
    for name in (f"/{backups.folder}", f"{backups.base}/./backups", str(link), f"{link}/{backups.first.name}"):
        assert backups.run("backup", "--keys", "--to", name).returncode == 65, name
    made = backups.run("backup", "--keys", "--to", str(backups.elsewhere))
    assert made.returncode == 0, made.stderr
    file = made.stdout.split("made ")[1].strip()
    assert oct(os.stat(file).st_mode)[-3:] == "600"
    keys = backups.stack.var.resolve() / "secrets/keys"
    assert not any(key.read_bytes().strip() in open(file, "rb").read() for key in keys.iterdir())
    # Other keys have not signed the backup.
    other = backups.base / "other"
    assert backups.run("keys", "init", GARITA_KEYS=str(other)).returncode == 0
    done = backups.run("restore", "--verify", backups.first.name, GARITA_KEYS=str(other))
    assert done.returncode == 65 and "manifest.json" in done.stderr


@pytest.mark.skipif(not ROOT, reason="only root can work in the folder of another account")
def test_root_works_as_the_owner_of_the_folder_and_follows_no_link_there(backups):
    """Whoever owns the folder could plant links in it; and what root leaves there must not stop its owner."""
    folder, precious = backups.base / "others", backups.base / "precious"
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    precious.mkdir(mode=0o700)
    (precious / "file").write_text("x")
    for name in ("z.unfinished", "20200101T000000Z"):
        os.symlink(precious, folder / name)
        os.lchown(folder / name, 65534, 65534)
    (folder / "y.unfinished/deep").mkdir(parents=True)
    os.mkfifo(folder / "y.unfinished/deep/pipe")
    os.mkfifo(folder / "x.unfinished")
    for path in (folder / "y.unfinished", folder / "y.unfinished/deep"):
        os.chown(path, 65534, 65534)
    done = backups.run("backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    assert (precious / "file").read_text() == "x"
    made = folder / done.stdout.split("made ")[1].strip()
    assert not list(folder.glob("*.unfinished")) and len(list(made.iterdir())) == 5
    for path in (folder, *folder.rglob("*")):
        assert path.lstat().st_uid == path.lstat().st_gid == 65534, path
    # What root alone may read is not put into a list either, nor read through it.
    (folder / "erasures").unlink(missing_ok=True)
    os.symlink(precious / "file", folder / "erasures")
    refused = backups.run("backup", "--to", str(folder))
    assert refused.returncode == 1 and "erasures" in refused.stderr


def test_two_backups_within_one_second_have_two_names(backups):
    folder = backups.base / "quick"
    folder.mkdir(mode=0o700)
    made = [backups.run("backup", "--to", str(folder)) for _ in range(2)]
    assert [done.returncode for done in made] == [0, 0] and made[0].stdout != made[1].stdout


def test_only_one_runs_and_what_was_killed_leaves_nothing_that_looks_whole(backups):
    var, before = backups.stack.var.resolve(), backups.names()
    slow = backups.base / "slow"
    slow.mkdir()
    # A disk that takes long: the database's file is a pipe that nobody reads.
    process = subprocess.Popen(
        [str(var / "bin/garita"), "backup"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env={
            "GARITA_CONFIG": str(var / "operator.env"), "GARITA_BACKUPS": str(backups.folder),
            "GARITA_BACKUP_RECIPIENTS": str(backups.recipients)})
    while not list(backups.folder.glob("*.unfinished")):
        assert process.poll() is None
        time.sleep(0.002)
    process.send_signal(signal.SIGSTOP)
    second = backups.run("backup")
    assert second.returncode == 1 and "another" in second.stderr
    process.kill()
    process.wait()
    assert backups.names() == before and list(backups.folder.glob("*.unfinished"))
    made = backups.make()
    assert backups.names() == before + [made.name] and not list(backups.folder.glob("*.unfinished"))


def test_what_cannot_be_finished_says_why_and_leaves_nothing(backups):
    before = backups.names()
    gone = backups.run("backup", DATABASE_URL="host=/nowhere dbname=garita")
    assert gone.returncode == 69
    nobody = backups.run("backup", GARITA_BACKUP_RECIPIENTS=str(backups.identity))
    assert nobody.returncode == 78 and "private key" in nobody.stderr
    unset = backups.run("backup", GARITA_BACKUP_RECIPIENTS="")
    assert unset.returncode == 78 and "GARITA_BACKUP_RECIPIENTS" in unset.stderr
    assert backups.names() == before and not list(backups.folder.glob("*.unfinished"))


@pytest.mark.skipif(not ROOT, reason="a full disk is made with a mount")
def test_a_full_disk_is_told_and_nothing_half_made_stays(backups):
    small = backups.base / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(small)], check=True)
    try:
        done = backups.run("backup", "--to", str(small))
        assert done.returncode == 1 and "no space left" in done.stderr.lower(), done.stderr
        assert [file.name for file in small.iterdir() if file.name not in (".lock", "erasures")] == []
        assert backups.stack.psql("select succeeded from garita.jobs where job = 'backup' order by id desc limit 1") == ["f"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_old_backups_go_after_a_success_and_no_later_than_the_shortest_promise(backups):
    stack = backups.stack
    for age in ("8 days", "20 days"):
        name = stack.psql(f"""select to_char((now() - interval '{age}') at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')""")[0]
        copied(backups, backups.first).rename(backups.folder / name)
    old = backups.names()[:2]
    assert backups.run("backup", GARITA_BACKUP_RECIPIENTS="").returncode == 78 and backups.names()[:2] == old
    backups.make()
    assert [name for name in old if name in backups.names()] == [old[1]], "14 days by default"
    days = stack.psql("select visitor_days from garita.sites where id = 1")[0]
    stack.psql("update garita.sites set visitor_days = 5 where id = 1")
    try:
        backups.make()
    finally:
        stack.psql(f"update garita.sites set visitor_days = {days} where id = 1")
    assert old[1] not in backups.names()
