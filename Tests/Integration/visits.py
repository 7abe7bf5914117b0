"""Visits of the sample community: registered, moved on, given a code."""

import uuid

import pytest

from stack import day
from test_main_job import Guard

A101, A102, CARLOS, LAURA, MARIA = 1, 2, 1, 2, 3


@pytest.fixture
def guard(stack):
    return Guard(stack)


def register(stack, role="GUARD", **fields):
    body = {"first_name": "Eva", "last_name": "Ríos", "unit": A101, "expected_date": day()} | fields
    answer = stack.call("POST", "/api/visitors/", role, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def step(stack, visitor, name, role, **body):
    answer = stack.call("POST", f"/api/visitors/{visitor}/{name}/", role, json=body)
    return answer.status_code, answer.json()


def issue(stack, visitor, role="ADMIN", **fields):
    body = {"visitor_id": visitor, "code_type": "QR", "max_uses": 5} | fields
    answer = stack.call("POST", "/api/visitors/generate_code/", role, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def give(stack, code=None, **fields):
    """A permanent code of Carlos."""
    body = {"resident": CARLOS, "code": code or f"TAG{uuid.uuid4().hex[:10]}"} | fields
    answer = stack.call("POST", "/api/access/codes/", "ADMIN", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()
