"""What the units of systemd say, and a pool started as they say, on a socket that the tests own."""

import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from stack import CLONE, ROOT, open_folder, read_settings

UNITS = CLONE / "deploy/systemd"


def lines(path, name):
    """The values of one setting of a unit, one for each word."""
    return [word for line in re.findall(rf"^{name}=(.*)$", path.read_text(), re.M) for word in line.split()]


def credentials(stack, pool):
    """A folder as LoadCredential= makes it: files of a folder beside others, as old as the process, for the user alone."""
    folder, of = open_folder(), stack.var.resolve() / "pools" / pool
    settings = read_settings(of / "garita.env")
    (folder / "database-url").write_text(settings.pop("DATABASE_URL"))
    for key in (of / "keys").iterdir():
        shutil.copyfile(key, folder / f"keys_{key.name}")
    for path in folder.iterdir():
        path.chmod(0o400)
        if ROOT:
            shutil.chown(path, f"garita-{pool}")
    del settings["GARITA_KEYS"]
    (folder / "garita.env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    return folder


def environment(unit, folder):
    """What the unit sets, with the credentials in that folder."""
    return {"GARITA_CONFIG": str(folder / "garita.env"), "CREDENTIALS_DIRECTORY": str(folder)} | dict(
        word.replace("%d", str(folder)).split("=", 1) for word in lines(unit, "Environment"))


class Service:
    """Starts what the unit of the gate starts, as systemd would: it owns the socket, and keeps it open."""

    def __init__(self, stack, place, executable, workers=4):
        self.stack, self.socket, self.place, self.process = stack, socket.socket(socket.AF_UNIX), place, None
        self.socket.bind(str(place))
        self.socket.listen(int(lines(UNITS / "garita-gate.socket", "Backlog")[0]))
        _, *words = lines(UNITS / "garita-gate.service", "ExecStart")
        self.command = [str(executable), *words]
        self.folder = credentials(stack, "gate")
        self.environment = environment(UNITS / "garita-gate.service", self.folder) | {"GARITA_GATE_WORKERS": str(workers)}
        self.become = ["setpriv", "--reuid=garita-gate", "--regid=garita-gate", "--init-groups", "--"] if ROOT else []
        if ROOT:
            shutil.chown(place, "garita-gate", "www-data")
        place.chmod(0o660)

    def start(self):
        with (self.stack.var / "log/gate.log").open("a") as log:
            self.process = subprocess.Popen(
                self.become + self.command, stdin=self.socket, stderr=log, env=self.environment, start_new_session=True)

    def stop(self):
        """TERM to the supervisor alone (KillMode=mixed); nobody may be left when it has ended."""
        assert "KillMode=mixed" in (UNITS / "garita-gate.service").read_text()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(float(lines(UNITS / "garita-gate.service", "TimeoutStopSec")[0])) == 0
        assert self.workers() == []

    def workers(self):
        """Also those that a supervisor before HUP has started."""
        group = self.process.pid
        return [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat")
                if int(stat.parent.name) != group and session(stat) == group]

    def remove(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.socket.close()
        self.place.unlink()
        shutil.rmtree(self.folder)


def session(stat):
    try:
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return None if fields[0] == "Z" else int(fields[3])
    except OSError:
        return None
