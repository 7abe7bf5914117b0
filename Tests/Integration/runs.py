"""How a run is waited for, and how a start that failed is read."""

import contextlib
import json
import time


def one_line(done):
    """A start that failed: one line on standard error, a status that is not zero."""
    lines = done.stderr.splitlines()
    assert done.returncode != 0
    assert len(lines) == 1 and lines[0].startswith("garita: "), done.stderr
    return lines[0]


def logged(var, *answers):
    """What nginx has written of these answers, as objects. It writes a line after the answer has left, so whoever has
    the answer may look before there is a line."""
    wanted = [answer.headers["X-Request-ID"] for answer in answers]

    def lines():
        text = (var / "log/nginx/access.log").read_text()
        found = {line["request_id"]: line for line in map(json.loads, text.split("\n")[:-1])}
        return set(wanted) <= set(found) and [found[name] for name in wanted]

    return until(lines, 10)


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
    return found


@contextlib.contextmanager
def emergency(stack, door):
    """While it lasts, all doors of the door's site are to stay open; nobody tells them."""
    stack.psql(f"insert into garita.emergencies (site_id) select site_id from garita.doors where id = {door}")
    try:
        yield
    finally:
        stack.psql("update garita.emergencies set ended_at = clock_timestamp() where ended_at is null")
