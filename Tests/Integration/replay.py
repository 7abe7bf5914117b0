"""Replays what was recorded of the legacy system against a Garita in the same state.

The recordings are one story: what an exchange makes, later ones read, by the number it got. So the replay begins with
the same sample data under the same numbers and tells the whole story in order. What happened between two recorded
exchanges is done in `BETWEEN`.
"""

import base64
import json
import re

from comparison import DATE, Comparison, shifted
from exchange import Client
from recorded import BETWEEN, DESCRIBED, SAME_STATE
from stack import CLONE
from tokens import Forge, password_hash

RECORDED = CLONE / "Tests/Fixtures/original.json"
HEADERS = [
    "Content-Type", "Allow", "WWW-Authenticate", "Location", "X-Frame-Options", "X-Content-Type-Options",
    "Referrer-Policy", "Cross-Origin-Opener-Policy", "access-control-allow-origin",
    "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
    "access-control-max-age"]


class Replay:
    """The story, told once."""

    def __init__(self, stack):
        self.stack, self.client = stack, Client("127.0.0.1", stack.port)
        self.codes, self.tokens = {}, {}
        # Recorded exchanges told a second time, with a password our policy takes.
        self.again = {}
        self.exchanges = json.loads(RECORDED.read_text())

    # MARK: Before and between

    def prepare(self):
        # The sample community of the legacy API had the first three.
        self.stack.psql("delete from garita.visitors where id > 3; alter table garita.visitors alter column id restart with 4")
        self.quietly(SAME_STATE.format(admin=password_hash("admin123"), guard=password_hash("guard123")))
        self.forge = Forge(self.stack)
        self.admin, self.guard = self.log_in("admin", "admin123"), self.log_in("guard1", "guard123")
        self.other = self.log_in("admin", "admin123")
        for visitor, code in ((1, "D73IJ5I6"), (2, "IODP403R"), (3, "VV94AOL9")):
            self.issue(visitor, "ALPHANUMERIC", self.guard, code, max_uses=2)

    def quietly(self, sql):
        """By SQL, with no trigger awake: history stays history, and nothing is audited."""
        self.stack.psql(f"set session_replication_role = replica;{sql}; select garita.repair_copies()")

    def log_in(self, username, password):
        answer = self.post("/api/auth/login/", {"username": username, "password": password})
        assert answer.status == 200, answer.body
        return answer.json()

    def post(self, path, body, token=None, method="POST"):
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return self.client.send(method, path, headers, json.dumps(body).encode())

    def issue(self, visitor, kind, account, recorded, **more):
        answer = self.post(
            "/api/visitors/generate_code/", {"visitor_id": visitor, "code_type": kind} | more, account["access"])
        assert answer.status == 201, answer.body
        self.codes[recorded] = answer.json()["code"]

    def ask(self, code, point=1, direction="ENTRY"):
        code = self.codes.get(code, code)
        return self.post(
            "/api/access/codes/validate/", {"code": code, "access_point_id": point, "access_type": direction},
            self.admin["access"])

    def forget_log_above(self, number):
        """Ours writes a row where the legacy API wrote none; later rows keep the recorded numbers."""
        self.quietly(f"delete from garita.access_logs where id > {number};"
                     f"select setval('garita.access_logs_id_seq', {number});")

    # MARK: One exchange

    def play(self, exchange):
        """Sends it; the differences found, and how many values were compared."""
        for step in BETWEEN.get(exchange["name"], []):
            step(self)
        if exchange["name"] == "decoded access token":
            return self.decoded(exchange)
        if exchange.get("method") is None:
            return Comparison("", {})
        return self.compared(exchange, self.send(exchange))

    def send(self, exchange, body=None):
        body = self.body(exchange) if body is None else body
        headers = dict(exchange.get("request_headers", {}))
        if "request_content_type" in exchange:
            headers["Content-Type"] = exchange["request_content_type"]
        authorization = self.authorization(exchange)
        if authorization is not None:
            headers["Authorization"] = authorization
        return self.client.send(exchange["method"], self.path(exchange), headers, body)

    def compared(self, exchange, answer):
        comparison = Comparison(self.stack.url, self.codes)
        comparison.same("status", exchange["status"], answer.status)
        for name in HEADERS:
            if name in exchange["headers"] or name in ("Allow", "WWW-Authenticate", "Location"):
                comparison.same(f"header {name}", exchange["headers"].get(name), answer.headers.get(name.lower()))
        vary = {word.strip() for word in answer.headers.get("vary", "").split(",")}
        for word in filter(None, exchange["headers"].get("Vary", "").split(", ")):
            comparison.same(f"header Vary {word}", True, word in vary)
        recorded = exchange["response_body"]
        try:
            ours = answer.value()
        except ValueError:
            ours = answer.body.decode(errors="replace")
        comparison.value("body", recorded, ours)
        return comparison

    def decoded(self, exchange):
        comparison = Comparison(self.stack.url, self.codes)
        head, payload, _ = self.admin["access"].split(".")
        refresh = self.admin["refresh"].split(".")[1]
        ours = [json.loads(base64.urlsafe_b64decode(part + "===")) for part in (head, payload, refresh)]
        for name, mine in zip(("header", "payload", "refresh_payload"), ours):
            recorded = exchange["response_body"][name]
            for claim in recorded:
                if claim in ("exp", "iat"):
                    comparison.same(f"{name}.{claim} (type)", type(recorded[claim]), type(mine.get(claim)))
                elif claim == "jti":
                    comparison.form(f"{name}.jti", re.compile("[0-9a-f]{32}"), recorded[claim], mine.get(claim))
                else:
                    comparison.same(f"{name}.{claim}", recorded[claim], mine.get(claim))
            if "exp" in recorded:
                comparison.same(f"{name} (lifetime)", recorded["exp"] - recorded["iat"], mine["exp"] - mine["iat"])
        return comparison

    def path(self, exchange):
        path = exchange["path"]
        if "…" in path:
            return "/api/visitors/?search=" + "+".join(f"w{number}" for number in range(100))
        for recorded, ours in self.codes.items():
            path = path.replace(recorded, ours)
        return path

    def body(self, exchange):
        if exchange["name"] in DESCRIBED:
            return DESCRIBED[exchange["name"]]
        body = exchange.get("request_body")
        if body is None or isinstance(body, str):
            return None if body is None else body.encode()
        if isinstance(body, dict):
            body = {name: self.field(exchange, name, value) for name, value in body.items()}
        return json.dumps(body, ensure_ascii=False).encode()

    def field(self, exchange, name, value):
        if value == "<JWT>":
            return self.token(exchange["name"])
        if isinstance(value, str) and DATE.fullmatch(value):
            return shifted(value)
        return self.codes.get(value, value) if isinstance(value, str) else value

    def authorization(self, exchange):
        auth = exchange.get("auth")
        if auth == "Bearer access token":
            return "Bearer " + (self.tokens["res1"] if "RESIDENT" in exchange["name"] else self.admin)["access"]
        return auth.replace("<JWT>", self.token(exchange["name"])) if auth and "<JWT>" in auth else auth

    def token(self, name):
        """The token whose place the recording keeps."""
        access, refresh, forge = self.other["access"], self.other["refresh"], self.forge
        words = {
            "refresh with an access token": access,
            "refresh expired": forge.expired(refresh),
            "refresh wrong signature": forge.wrongly_signed(refresh),
            "verify ok (refresh)": self.admin["refresh"],
            "verify expired": forge.expired(access),
            "auth header: expired access": forge.expired(access),
            "auth header: refresh token used as access": refresh,
            "auth header: wrong signature": forge.wrongly_signed(access),
            "auth header: alg none": forge.unsigned(access),
            "auth header: alg HS512 header":
                forge.sign(access, header={"alg": "HS512", "typ": "JWT"}, algorithm="sha512"),
            "auth header: user deleted": forge.sign(access, user_id="9999"),
            "auth header: no user_id claim": forge.sign(access, drop=["user_id"]),
            "auth header: no jti": forge.sign(access, drop=["jti"]),
            "auth header: no token_type": forge.sign(access, kind="access", drop=["token_type"]),
            "auth header: no exp": forge.sign(access, drop=["exp"]),
            "auth header: user_id as a JSON number": forge.sign(access, user_id=1),
        }
        if name in words:
            return words[name]
        if "inactive user" in name:
            return self.tokens["min1"]["refresh" if name.startswith("refresh") else "access"]
        return refresh if name.startswith("refresh") else access
