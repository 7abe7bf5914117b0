"""How a run is waited for, and how a start that failed is read."""

import time


def one_line(done):
    """A start that failed: one line on standard error, a status that is not zero."""
    lines = done.stderr.splitlines()
    assert done.returncode != 0
    assert len(lines) == 1 and lines[0].startswith("garita: "), done.stderr
    return lines[0]


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
    return found
