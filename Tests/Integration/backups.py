"""The backups of a stack, age's keys, and a database beside the stack's own for what is restored."""

import os
import re
import shutil
import subprocess
import time

import pytest

from photos import picture
from stack import day, open_folder
from test_commands import garita
from test_main_job import Guard
from visits import A101

# In the first backup, and in no file of it in clear.
PEOPLE = ("Bartola", "Quevedo Nieto")


class Backups:
    """The folder of the backups of a stack, and age's keys."""

    def __init__(self, stack):
        self.stack, self.base = stack, open_folder()
        self.folder, self.elsewhere = self.base / "backups", self.base / "elsewhere"
        self.folder.mkdir(mode=0o700)
        self.elsewhere.mkdir(mode=0o700)
        self.identity = self.base / "identity"
        subprocess.run(["age-keygen", "-o", str(self.identity)], check=True, capture_output=True)
        self.recipients = self.base / "recipients"
        self.recipients.write_text(re.search(r"age1\w+", self.identity.read_text()).group() + "\n")

    def run(self, *arguments, **environment):
        """They give way to others, and take their time beside busy ones."""
        var = self.stack.var.resolve()
        return subprocess.run([str(var / "bin/garita"), *arguments], text=True, capture_output=True, timeout=600, cwd=self.folder, env={
            "PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env"), "GARITA_BACKUPS": str(self.folder),
            "GARITA_BACKUP_RECIPIENTS": str(self.recipients)} | environment)

    def make(self):
        """Two within one second would have one name."""
        time.sleep(max(0, 1.1 - (time.time() - getattr(self, "last", 0))))
        done = self.run("backup")
        self.last = time.time()
        assert done.returncode == 0, done.stderr
        return self.folder / done.stdout.split("made ")[1].strip()

    def verify(self, *arguments):
        return self.run("restore", "--verify", "--scratch", str(self.base), *arguments)

    def prove(self, *arguments):
        return self.verify("--identity", str(self.identity), *arguments)

    def names(self):
        return sorted(entry.name for entry in self.folder.iterdir() if re.fullmatch(r"\d{8}T\d{6}Z", entry.name))


@pytest.fixture(scope="module")
def backups(stack):
    one = Backups(stack)
    Guard(stack).scan("RFID123456")
    answer = stack.call("POST", "/api/visitors/", "GUARD", data={
        "first_name": PEOPLE[0], "last_name": PEOPLE[1], "unit": A101, "expected_date": day()},
        files={"photo": ("p.jpg", picture(), "image/jpeg")})
    assert answer.status_code == 201, answer.text
    assert garita(stack, "seal", "--witness", str(one.base / "seals")).returncode == 0
    one.first = one.make()
    yield one
    shutil.rmtree(one.base)


def copied(backups, source):
    """A copy of a backup, under its name, in a folder of its own."""
    place = backups.base / "copies" / source.name
    shutil.rmtree(place.parent, ignore_errors=True)
    shutil.copytree(source, place)
    return place


class Restored:
    """A database beside the stack's own, for a restore."""

    def __init__(self, backups):
        self.backups, stack = backups, backups.stack
        stack.psql("drop database if exists restored with (force)")
        stack.psql("create database restored owner garita_owner")
        stack.psql((stack.var.resolve() / "share/sql/database.sql").read_text().replace("\\set ON_ERROR_STOP on", ""), "restored")
        self.into = next(
            line.split("=", 1)[1] for line in (stack.var.resolve() / "operator.env").read_text().splitlines()
            if line.startswith("DATABASE_URL=")).replace("dbname=garita", "dbname=restored")

    def restore(self, backup, *options, passes="keep", **environment):
        return self.backups.run(
            "restore", str(backup), "--identity", str(self.backups.identity), "--into", self.into, "--passes", passes,
            *options, **environment)

    def ask(self, sql):
        return self.backups.stack.psql(sql, "restored")
