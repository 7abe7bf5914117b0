"""Tokens of our own making, good and bad, with the keys of a running stack: what only a thief could send."""

import base64
import functools
import hashlib
import hmac
import json
import time


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(segment):
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def claims(token):
    return decode(token.split(".")[1])


def derive(master, label):
    """HKDF-SHA256 without salt, one block."""
    root = hmac.digest(bytes(32), master, "sha256")
    return hmac.digest(root, label.encode() + b"\x01", "sha256")


class Forge:
    """Signs whatever claims it is given, as `Tokens.swift` would."""

    def __init__(self, stack):
        text = (stack.var / "secrets/keys/master.1.key").read_text()
        self.master = bytes.fromhex(text.strip())

    def sign(self, token, kind=None, header=None, algorithm="sha256", drop=(), **changes):
        """The claims of a real token, some changed, some left out."""
        payload = claims(token) | changes
        kind = kind or payload["token_type"]
        for name in drop:
            payload.pop(name)
        header = header or {"alg": "HS256", "typ": "JWT", "kid": f"{kind[0]}1"}
        compact = {"separators": (",", ":")}
        message = encode(json.dumps(header, **compact).encode()) + "." + encode(json.dumps(payload, **compact).encode())
        code = hmac.digest(derive(self.master, f"jwt-{kind}/1"), message.encode(), algorithm)
        return f"{message}.{encode(code)}"

    def expired(self, token):
        now = int(time.time())
        return self.sign(token, iat=now - 7200, exp=now - 60)

    def unsigned(self, token):
        return encode(b'{"alg":"none","typ":"JWT"}') + "." + token.split(".")[1] + "."

    def wrongly_signed(self, token):
        return token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")


@functools.cache
def password_hash(password, rounds=1_000_000, salt="recordedsalt0123456789"):
    """As Django stores it."""
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds)
    return f"pbkdf2_sha256${rounds}${salt}${base64.b64encode(digest).decode()}"
