"""Counts what travels between the app pool and PostgreSQL: a pass-through at the place of the database's socket."""

import os
import selectors
import signal
import socket
import threading
import time

READY = b"Z\x00\x00\x00\x05I"


class RoundTrips:
    """While it is entered, the app workers of a stack reach their database through here.

    Workers of other pools that connect meanwhile pass, uncounted. A round trip is what a worker sends after the database has answered, however much it sends at once. Connecting and
    signing in are not counted.
    """

    def __init__(self, stack):
        self.stack = stack
        self.path = stack.var.resolve() / "run/postgresql/.s.PGSQL.5432"
        self.real = self.path.with_suffix(".real")
        self.count = 0

    def __enter__(self):
        self.path.rename(self.real)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        self.path.chmod(0o777)
        self.listener.listen(64)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)
        self.runs = True
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        self.renew_workers()
        return self

    def __exit__(self, *_):
        self.runs = False
        self.thread.join(5)
        self.real.rename(self.path)
        # Whoever came through here connects anew.
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.renew_workers()

    def of(self, ask):
        """How many round trips an action takes."""
        before = self.count
        ask()
        return self.count - before

    def renew_workers(self):
        old = set(self.stack.workers("app"))
        for pid in old:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            new = set(self.stack.workers("app"))
            if len(new) == len(old) and not new & old:
                return
            time.sleep(0.05)
        raise AssertionError("the app workers do not come back")

    def serve(self):
        while self.runs:
            for key, _ in self.selector.select(0.2):
                key.data()

    def accept(self):
        worker, _ = self.listener.accept()
        database = socket.socket(socket.AF_UNIX)
        database.connect(str(self.real))
        state = {"is_app": False, "is_ready": False, "answered": True}
        self.selector.register(worker, selectors.EVENT_READ, lambda: self.carry(worker, database, state, True))
        self.selector.register(database, selectors.EVENT_READ, lambda: self.carry(database, worker, state, False))

    def carry(self, source, target, state, is_question):
        try:
            data = source.recv(65_536)
        except OSError:
            data = b""
        if not data:
            for end in (source, target):
                self.selector.unregister(end)
                end.close()
            return
        if is_question and not state["is_ready"]:
            state["is_app"] = state["is_app"] or b"user\0garita_app\0" in data
        elif is_question and state["answered"] and state["is_app"]:
            self.count += 1
        state["answered"] = not is_question
        state["is_ready"] = state["is_ready"] or (not is_question and data.endswith(READY))
        target.sendall(data)
