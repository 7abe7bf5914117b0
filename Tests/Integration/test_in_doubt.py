"""In doubt the answer is no, and soon: whatever goes wrong behind a gate, nobody hears yes without a row that says so."""

import os
import signal
import time
import uuid
from threading import Thread

import pytest

from stack import Stack
from test_main_job import Guard

# nginx gives up on the gate's pool after 2 s; the rest is this machine's.
LATEST_ANSWER = 4


@pytest.fixture(scope="module")
def troubled():
    """A stack of its own, because its database is hurt."""
    one = Stack()
    one.start()
    yield one
    one.remove()


def ask(stack, code, request_id=None):
    """One scan under an id; returns status, answer, and the id."""
    request_id = request_id or str(uuid.uuid4())
    began = time.monotonic()
    answer = Guard(stack).scan(code, headers={"Idempotency-Key": request_id})
    assert time.monotonic() - began < LATEST_ANSWER
    return answer, request_id


def is_refused_as_ours(answer):
    body = answer.json()
    assert answer.status_code in (500, 503, 504), answer.text
    assert body.get("valid") is not True and body["request_id"], body
    return True


def granted_rows(stack, request_id):
    return int(stack.psql(f"""select count(*) from garita.admissions a join garita.access_logs l on l.id = a.log_id
        where a.request_id = '{request_id}' and l.status = 'SUCCESS'""")[0])


def is_healed(stack, code, request_id):
    """The same id is asked again until the outcome is definite: yes then has its one row."""
    deadline = time.monotonic() + 10
    while (answer := ask(stack, code, request_id)[0]).status_code >= 500:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.1)
    assert answer.status_code == 200 and answer.json()["valid"] is True, answer.text
    assert granted_rows(stack, request_id) == 1


def code_of(stack):
    guard = Guard(stack)
    return guard.issue(guard.register())


def signal_database(stack, number):
    for pid, line in stack.children().items():
        if line.startswith("postgres:") or "/bin/postgres " in line:
            os.kill(pid, number)


def test_a_frozen_database_lets_nobody_in(troubled):
    code = code_of(troubled)
    signal_database(troubled, signal.SIGSTOP)
    try:
        answer, request_id = ask(troubled, code["code"])
        assert is_refused_as_ours(answer)
    finally:
        signal_database(troubled, signal.SIGCONT)
    is_healed(troubled, code["code"], request_id)


def test_a_database_that_takes_no_connection_lets_nobody_in(troubled):
    code = code_of(troubled)
    troubled.psql("""alter database garita allow_connections false;
        select pg_terminate_backend(pid) from pg_stat_activity where datname = 'garita'""", database="postgres")
    try:
        answer, request_id = ask(troubled, code["code"])
        assert is_refused_as_ours(answer) and answer.headers["Retry-After"]
    finally:
        troubled.psql("alter database garita allow_connections true", database="postgres")
    is_healed(troubled, code["code"], request_id)


def test_a_pass_that_somebody_else_holds_is_asked_for_again(troubled):
    code = code_of(troubled)
    holder = f"""begin; select from garita.credentials where code_kind = 'temporary' and code_id = {code['id']} for update;
        select pg_sleep(6)"""
    held = Thread(target=troubled.psql, args=(holder,))
    held.start()
    time.sleep(0.5)
    answer, request_id = ask(troubled, code["code"])
    assert is_refused_as_ours(answer) and answer.headers["Retry-After"]
    held.join()
    is_healed(troubled, code["code"], request_id)


@pytest.mark.parametrize("body", [
    "raise exception 'a fault nobody thought of'",
    "raise exception using errcode = 'XX001', message = 'invalid page in block 7'",
    "return null",
    "return row(null, '{}', '{}', '[]', 'visitor', 'Juan', 'A-101', 'temporary', 1, 1, 0, 1, true, null, false)",
    "return row(true, '{}', '{}', '[]', null, null, null, null, null, null, null, null, null, null, false)",
], ids=["exception", "corruption", "nothing", "neither yes nor no", "yes without a row"])
def test_a_decision_that_went_wrong_lets_nobody_in(troubled, body):
    """The function of the gate is exchanged for one with a fault, as a broken upgrade or a damaged page would."""
    code = code_of(troubled)
    definition = "\n".join(troubled.psql("""select pg_get_functiondef(p.oid) from pg_proc p
        where p.oid::regprocedure::text like 'garita.decide(%'"""))
    head = definition.split("AS $function$")[0]
    troubled.psql(f"{head} AS $function$ begin {body}; end $function$")
    try:
        answer, request_id = ask(troubled, code["code"])
        assert is_refused_as_ours(answer)
    finally:
        troubled.psql(definition)
    is_healed(troubled, code["code"], request_id)
