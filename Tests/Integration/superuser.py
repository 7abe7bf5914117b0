"""psql as superuser, kept open: a process and a log-in for each question take longer than most questions."""

import os
import subprocess
import tempfile
import threading

# The last word of an answer; no row of ours is this.
END = "-- end of the answer --"


class Superuser:
    """Asks one database of a stack, in the sample community's zone. A question leaves nothing behind: no transaction, no
    lock, no setting; as if its session had ended."""

    def __init__(self, var, zone, database):
        self.environment = os.environ | {
            "PGPASSFILE": str(var / "secrets/superuser.pgpass"), "PGHOST": str(var.resolve() / "run/postgresql"),
            "PGUSER": "postgres", "PGDATABASE": database, "PGTZ": zone}
        self.process, self.free = None, threading.Lock()

    def ask(self, sql):
        """Lines of unaligned output. Questions at the same time have a session each."""
        if not self.free.acquire(blocking=False):
            other = Superuser.__new__(Superuser)
            other.environment, other.process, other.free = self.environment, None, threading.Lock()
            try:
                return other.ask(sql)
            finally:
                other.close()
        try:
            # The server may have been stopped since the last question.
            if self.process is None or self.send("select") is None:
                self.open()
            lines = self.send(sql)
            if lines is None:
                self.fault.seek(0)
                fault = subprocess.CalledProcessError(self.process.wait(), "psql", stderr=self.fault.read())
                fault.add_note(fault.stderr)
                raise fault
            self.send("rollback;\ndiscard all")
            return lines
        finally:
            self.free.release()

    def open(self):
        self.close()
        self.fault = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.fault)

    def send(self, sql):
        """The lines; None when psql has ended, because of a fault in the question or with the server."""
        try:
            self.process.stdin.write(f"{sql}\n;\nselect '{END}';\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        text = ""
        for line in self.process.stdout:
            if line == END + "\n":
                return text.splitlines()
            text += line
        return None

    def close(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None
