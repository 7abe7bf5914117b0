"""An account with a second factor, and the digits its authenticator shows."""

import base64
import hmac
import struct
import time

import pytest

from test_login import PASSWORD, log_in
from test_passwords import person, post  # noqa: F401 (a fixture)

PERIOD = 30


def digits(secret, step):
    """RFC 6238 by itself, so that the two can disagree."""
    code = hmac.digest(base64.b32decode(secret), struct.pack(">q", step), "sha1")
    offset = code[-1] & 15
    return f"{(struct.unpack('>I', code[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def step():
    """The present step; never one that ends while a test uses it."""
    if time.time() % PERIOD > PERIOD - 4:
        time.sleep(4.5)
    return int(time.time()) // PERIOD


class Member:
    """A guard with an authenticator."""

    def __init__(self, stack, user, password=PASSWORD):
        self.stack, self.user, self.password = stack, user, password
        self.token = log_in(stack, "pass_word", password).json()["access"]

    def post(self, path, body, **headers):
        return post(self.stack, f"/api/auth/second_factor/{path}", body, self.token, **headers)

    def enrol(self):
        started = self.post("", {"password": self.password})
        assert started.status_code == 201, started.text
        self.secret = started.json()["secret"]
        confirmed = self.post("confirm/", {"code": digits(self.secret, step())})
        assert confirmed.status_code == 200, confirmed.text
        self.recovery = confirmed.json()["recovery_codes"]
        return self

    def fresh(self):
        """As if every code used were long ago."""
        self.stack.psql("update garita.second_factors set last_step = 0, failures = 0")

    def challenge(self):
        answer = log_in(self.stack, "pass_word", self.password)
        assert answer.status_code == 401 and list(answer.json()) == ["detail", "code", "challenge"], answer.text
        return answer.json()["challenge"]

    def code(self, challenge, code, **headers):
        return post(self.stack, "/api/auth/login/code/", {"challenge": challenge, "code": code}, **headers)

    def now(self):
        return digits(self.secret, step())

    def bad(self):
        """Six digits of no step near."""
        near = {digits(self.secret, step() + i) for i in range(-2, 3)}
        return next(code for code in ("111111", "222222", "333333") if code not in near)


@pytest.fixture
def member(person):  # noqa: F811
    return Member(*person).enrol()
