"""Stopping and surviving: what ends a run, and what it leaves."""

import os
import signal
import subprocess
import time

import pytest

from runs import until
from stack import CLONE, Stack


@pytest.fixture(scope="module")
def kept():
    """The data of the tests that start and end a run, whatever was there before: made once."""
    one = Stack()
    yield one
    one.remove()


@pytest.fixture
def started(kept):
    """Up, with processes of its own."""
    kept.start()
    yield kept
    kept.run_to_end("stop.sh")
    kept.process.wait(60)


def a_sleeper():
    return subprocess.Popen(["sleep", "60"])


def test_a_killed_worker_is_back_within_half_a_second_and_nobody_else_notices(stack):
    for _ in range(12):
        before = stack.workers("gate")
        os.kill(before[0], signal.SIGKILL)
        killed = time.monotonic()
        until(lambda: len(set(stack.workers("gate")) - set(before)) == 1, 0.5)
        assert time.monotonic() - killed < 0.5
    assert stack.call("POST", "/api/access/codes/validate/").status_code == 401
    assert stack.process.poll() is None


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_everything_and_leaves_nothing(started, signal_number):
    stack = started
    sleeper = a_sleeper()
    assert len(stack.children()) > 10
    # As a terminal does: the whole foreground group gets it.
    os.killpg(stack.process.pid, signal_number)
    assert stack.process.wait(30) == 0
    assert stack.children() == {}
    assert list((stack.var.resolve() / "run").glob("*.pid")) == []
    assert sleeper.poll() is None
    sleeper.kill()


def test_make_stop_from_another_terminal(started):
    stack = started
    done = subprocess.run(["make", "stop"], cwd=CLONE, env=stack.environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "Stopped.\n")
    assert stack.process.wait(10) == 0
    assert stack.children() == {}
    assert "Nothing runs" in stack.run_to_end("stop.sh").stdout


def test_a_process_that_only_has_the_number_of_ours_is_left_alone(started):
    stack, sleeper = started, a_sleeper()
    stack.stop()
    run = stack.var.resolve() / "run"
    for name in ("garita", "nginx", "gate", "auth", "app", "device", "status", "outbox", "postgresql"):
        (run / f"{name}.pid").write_text(f"{sleeper.pid} 1\n")
    (stack.var.resolve() / "postgresql/postmaster.pid").write_text(f"{sleeper.pid}\n")
    assert "Nothing runs" in stack.run_to_end("stop.sh").stdout
    stack.start()
    assert sleeper.poll() is None
    stack.stop()
    assert sleeper.poll() is None
    sleeper.kill()


@pytest.mark.parametrize("name", ["postgresql", "gate", "nginx"])
def test_the_death_of_a_part_ends_the_run_and_says_which(started, name):
    stack = started
    os.kill(int((stack.var.resolve() / f"run/{name}.pid").read_text().split()[0]), signal.SIGKILL)
    assert stack.process.wait(40) == 1
    assert f"garita: {name} ended by itself" in stack.said()
    assert stack.children() == {}


def test_what_a_killed_run_left_is_stopped_by_make_stop_or_by_the_next_run(started):
    stack = started
    stack.process.kill()
    stack.process.wait()
    assert len(stack.children()) > 10
    assert "earlier run" in stack.run_to_end("stop.sh").stdout
    assert stack.children() == {}
    stack.start()
    stack.process.kill()
    stack.process.wait()
    stack.start()
    assert "Stopping what an earlier run left behind." in stack.said()
    assert stack.stop() == 0
    assert stack.children() == {}
