"""pgbackrest keeps every change of the database, and brings it back to a moment: docs/backup.md, tried with a real cluster.

A stack decides, somebody deletes what must not be deleted, and the cluster is restored to the moment before. Run by
`make test-pitr`, which installs pgbackrest; prints how long each step took.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from stack import ROOT, Stack
from test_commands import garita
from test_main_job import Guard

BECOME = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if ROOT else []


class Archive:
    """pgbackrest's repository of one stack."""

    def __init__(self, stack):
        self.stack, self.var = stack, stack.var.resolve()
        self.cluster, self.home = self.var / "postgresql", self.var / "pgbackrest"
        self.bin = Path(f"/usr/lib/postgresql/{(self.cluster / 'PG_VERSION').read_text().strip()}/bin")
        self.configuration = self.home / "pgbackrest.conf"
        owner = ["--owner=postgres", "--group=postgres"] if ROOT else []
        subprocess.run(["install", "-d", "--mode=750", *owner, str(self.home)], check=True)
        self.configuration.write_text(f"""[global]
repo1-path={self.home}/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=a-passphrase-of-this-test-only
repo1-retention-full=2
log-path={self.home}
lock-path={self.home}
log-level-console=warn
start-fast=y

[garita]
pg1-path={self.cluster}
pg1-socket-path={self.var}/run/postgresql
pg1-user=postgres
""")
        if ROOT:
            shutil.chown(self.configuration, "root", "postgres")
        self.configuration.chmod(0o640)

    def run(self, *arguments):
        password = (self.var / "secrets/superuser.pgpass").read_text().strip().rsplit(":", 1)[1]
        began = time.monotonic()
        subprocess.run(
            [*BECOME, "pgbackrest", f"--config={self.configuration}", "--stanza=garita", *arguments], check=True, cwd="/",
            env=os.environ | {"PGPASSWORD": password})
        return time.monotonic() - began

    def control(self, action):
        with open(self.var / "log/pitr.log", "a") as log:
            subprocess.run(
                [*BECOME, str(self.bin / "pg_ctl"), "-D", str(self.cluster), "-m", "fast", "-w", "-t", "120", action],
                stdout=log, stderr=log, cwd="/", check=True)


def archived(stack):
    """The archive of a stack that goes on without its supervisor, which would end everything when the database stops."""
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    archive = Archive(stack)
    stack.psql("alter system set archive_mode = on")
    stack.psql(f"alter system set archive_command = 'pgbackrest --config={archive.configuration} --stanza=garita archive-push %p'")
    archive.control("restart")
    return archive


def restore_to_a_moment(stack, archive):
    """How long each step took, in seconds."""
    took = {"stanza": archive.run("stanza-create"), "check": archive.run("check")}
    took["full backup"] = archive.run("--type=full", "backup")
    guard = Guard(stack)
    assert guard.scan("RFID123456").status_code == 200
    kept = stack.psql("select count(*), max(id) from garita.access_logs")
    time.sleep(1)
    moment = stack.psql("select clock_timestamp()")[0]
    time.sleep(1)
    assert guard.scan("RFID123456").status_code == 200
    stack.psql("set session_replication_role = replica; delete from garita.residents")
    stack.psql("select pg_switch_wal()")
    took["incremental backup"] = archive.run("--type=incr", "backup")
    archive.control("stop")
    took["restore"] = archive.run("--delta", "--type=time", f"--target={moment}", "--target-action=promote", "restore")
    began = time.monotonic()
    archive.control("start")
    while stack.psql("select pg_is_in_recovery()") != ["f"]:
        time.sleep(0.1)
    took["recovery"] = time.monotonic() - began
    assert stack.psql("select count(*), max(id) from garita.access_logs") == kept, "the moment before"
    assert stack.psql("select count(*) > 0 from garita.residents") == ["t"], "who was deleted is back"
    done = garita(stack, "check")
    assert done.returncode == 0, done.stderr
    assert guard.scan("RFID123456").status_code == 200, "and the gates decide"
    return took


def main():
    stack, archive = Stack(GARITA_GATE_WORKERS="2", GARITA_APP_WORKERS="2"), None
    try:
        stack.start()
        archive = archived(stack)
        took = restore_to_a_moment(stack, archive)
        size = sum(file.stat().st_size for file in (archive.home / "repository").rglob("*") if file.is_file())
        print("restored to the moment; " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items())
              + f", repository {size / 1e6:.1f} MB")
    finally:
        if archive:
            archive.control("stop")
        stack.remove()


if __name__ == "__main__":
    main()
