"""schemathesis asks every operation of the document in every role, with all its checks, and finds nothing.

What it asks is fixed. `SCHEMATHESIS_EXAMPLES=200` draws longer: so many requests for each operation, from a seed that
the report names and `SCHEMATHESIS_SEED` repeats.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from accounts import NAMES
from stack import Stack

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES")
SEED = os.environ.get("SCHEMATHESIS_SEED") or str(time.time_ns() % 2**32)
# An administrator reaches every row; others mostly hear 403, for which the cases drawn are enough.
PHASES = {"ADMIN": "examples,coverage,fuzzing,stateful", "GUARD": "examples,fuzzing", "RESIDENT": "examples,fuzzing"}


def ask(role):
    """One stack and one schemathesis for the role."""
    stack = Stack()
    try:
        stack.start()
        environment = os.environ | {
            "GARITA_VAR": str(stack.var), "GARITA_PORT": str(stack.port), "GARITA_ROLE": role, "PYTHONPATH": str(HERE)}
        longer = ["--phases", "examples,coverage,fuzzing,stateful", "-n", EXAMPLES, "--seed", SEED] if EXAMPLES else [
            "--phases", PHASES[role], "--generation-deterministic"]
        done = subprocess.run(
            [Path(sys.executable).with_name("schemathesis"), "--config-file", HERE / "schemathesis.toml", "run",
             # One worker: with several, Hypothesis loses its way in CPython's ast (a RuntimeError about recursion).
             f"{stack.url}/api/schema/", "--no-color", "--workers", "1", *longer],
            env=environment, cwd=HERE, text=True, capture_output=True, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout + done.stderr
    finally:
        stack.remove()


@pytest.fixture(scope="module")
def answers():
    with ThreadPoolExecutor(len(NAMES)) as threads:
        return dict(zip(NAMES, threads.map(ask, NAMES)))


@pytest.mark.parametrize("role", NAMES)
def test_nothing_contradicts_the_document(answers, role, tell):
    status, said = answers[role]
    lines = [line.strip() for line in said.splitlines()]
    tell(f"schemathesis, {role}: " + " | ".join(line for line in lines if " generated" in line or line.startswith("===")))
    assert status == 0, said
