"""The primary dies under load and its synchronous standby takes over: how long decisions pause, and that no acknowledged
entry is missing.

The checker is that of chaos.py: every client repeats what had no definite answer, and at the end codes, stored answers and
log must tell one story, read from the new primary. Run by `make test-failover`; the transcript's last line has the figures.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

from chaos import Chaos, Client
from stack import ROOT, read_settings
from superuser import Superuser

BECOME = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if ROOT else []


class Failover(Chaos):
    def __init__(self, seconds):
        super().__init__(seconds, 0)
        self.definite, self.standby = [], None

    def prepare(self):
        super().prepare()
        var = self.stack.var.resolve()
        self.standby, self.sockets = var / "standby", var / "run/standby"
        self.bin = Path(f"/usr/lib/postgresql/{(var / 'postgresql/PG_VERSION').read_text().strip()}/bin")
        for folder, mode in ((self.standby, "700"), (self.sockets, "750")):
            owner = ["--owner=postgres", "--group=garita"] if ROOT else []
            subprocess.run(["install", "-d", f"--mode={mode}", *owner, str(folder)], check=True)
        self.copy_primary(var)
        self.stack.psql("alter system set synchronous_standby_names = 'garita_standby'")
        self.stack.psql("select pg_reload_conf()")
        while self.stack.psql("select sync_state from pg_stat_replication") != ["sync"]:
            time.sleep(0.1)
        self.name_both_hosts(var)

    def copy_primary(self, var):
        password = read_password(var / "secrets/superuser.pgpass")
        environment = os.environ | {"PGPASSWORD": password}
        subprocess.run(
            [*BECOME, str(self.bin / "pg_basebackup"), "-h", str(var / "run/postgresql"), "-U", "postgres", "-D",
             str(self.standby), "--checkpoint=fast", "--wal-method=stream"], check=True, env=environment, cwd="/")
        lines = f"""
            primary_conninfo = 'host={var}/run/postgresql user=postgres password={password} application_name=garita_standby'
            unix_socket_directories = '{self.sockets}'
            synchronous_standby_names = ''
            """
        with open(self.standby / "postgresql.auto.conf", "a") as settings:
            settings.write(lines)
        subprocess.run([*BECOME, "touch", str(self.standby / "standby.signal")], check=True)
        self.control("start")

    def control(self, action):
        with open(self.stack.var / "log/standby.log", "a") as log:
            return subprocess.run(
                [*BECOME, str(self.bin / "pg_ctl"), "-D", str(self.standby), "-m", "immediate", "-w", action], stdout=log,
                stderr=log, cwd="/", check=action != "stop")

    def name_both_hosts(self, var):
        """As an operator of two machines would write it; workers read it when they start."""
        for pool in ("gate", "auth", "app"):
            file = var / f"pools/{pool}/garita.env"
            passfile = read_settings(file)["DATABASE_URL"].split("passfile=")[1]
            file.write_text(
                file.read_text() + f"DATABASE_URL=host={var}/run/postgresql,{self.sockets} dbname=garita passfile={passfile}"
                " target_session_attrs=read-write\n")
            for worker in self.stack.workers(pool):
                os.kill(worker, signal.SIGTERM)

    def disturb(self):
        time.sleep(self.seconds / 2)
        primary = int((self.stack.var / "postgresql/postmaster.pid").read_text().split()[0])
        processes = [primary, *children_of(primary)]
        self.killed_at = time.monotonic()
        for process in processes:
            os.kill(process, signal.SIGKILL)
        self.control("promote")
        self.promoted_at = time.monotonic()
        self.stack.superusers.pop("garita").close()
        fresh = Superuser(self.stack.var, "UTC", "garita")
        fresh.environment["PGHOST"] = str(self.sockets)
        self.stack.superusers["garita"] = fresh
        time.sleep(self.seconds / 2)

    def judge(self, history):
        before = [at for at in self.definite if at < self.killed_at]
        after = sorted(at for at in self.definite if at > self.promoted_at)
        verdict = super().judge(history)
        return {
            "answers before the crash": len(before), "after": len(after),
            "seconds until promoted": round(self.promoted_at - self.killed_at, 2),
            "seconds until the next decision": round(after[0] - self.killed_at, 2)} | verdict

    def run(self):
        original = Client.send

        def send(client, request):
            answer = original(client, request)
            if answer is not None:
                self.definite.append(time.monotonic())
            return answer

        Client.send = send
        try:
            return super().run()
        finally:
            Client.send = original

    def postgres(self, action):
        if self.standby:
            self.control("stop")
        super().postgres(action)


def read_password(pgpass):
    return pgpass.read_text().strip().rsplit(":", 1)[1]


def children_of(process):
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def main():
    verdict = Failover(30).run()
    print("no acknowledged entry is missing; " + ", ".join(f"{name} {number}" for name, number in verdict.items()))


if __name__ == "__main__":
    main()
