"""The state the recordings of the legacy system began in, and what happened between two recorded exchanges."""

import json
import zlib

from comparison import shifted
from exchange import multipart

# The product refuses the recorded passwords as too common; with these the story goes on.
GOOD_PASSWORDS = {
    "res1": "cuatro-nubes-rosa-91", "min1": "siete-mares-verde-37", "weak1": "nueve-lunas-azul-58",
    "pic1": "doce-rios-blanco-24"}


def picture(size=2):
    """A PNG of one colour."""
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = size.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = (b"\0" + b"\x20\x60\xa0" * size) * size
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# Bodies of which the recording keeps a description only.
DESCRIBED = {
    "login multipart": multipart({"username": "admin", "password": "admin123"}),
    "users create with photo (multipart)":
        multipart({"username": "pic1", "password": "abcdefgh", "photo": ("a.png", "image/png", picture())}),
    "users PATCH photo not a picture":
        multipart({"first_name": "Pic", "photo": ("a.png", "image/png", b"not a picture")}),
    "visitors create with photo (multipart)":
        multipart({
            "first_name": "Foto", "last_name": "V", "unit": 1, "expected_date": shifted("2026-12-24"),
            "photo": ("cara.png", "image/png", picture())}),
    "bad: charset=utf-16": '{"code":"RFID123456","access_point_id":1}'.encode("utf-16"),
}

# What the sample data of the legacy API had and ours has not, or the other way round. As superuser, triggers asleep.
SAME_STATE = """
set session_replication_role = replica;
update garita.residents set user_id = null, updated_at = created_at;
delete from garita.sessions where user_id = 3;
delete from garita.users where id = 3;
select setval(pg_get_serial_sequence('garita.users', 'id'), 2);
update garita.users set email = 'admin@test.com', password_hash = '{admin}' where id = 1;
update garita.users set email = 'guard1@test.com', phone = '+52 55 1234 5678', password_hash = '{guard}' where id = 2;
update garita.access_codes set issued_by = 1;
insert into garita.access_code_points (access_code_id, access_point_id, site_id)
    select c.id, p.id, c.site_id from garita.access_codes c, garita.access_points p;
select garita.repair_copies();
"""


def account(username, sign_in=False):
    """Makes the account that the password policy refused, with a better password."""
    def step(replay):
        taken = replay.stack.psql(f"select count(*) from garita.users where username = '{username}'")
        if taken == ["0"]:
            exchange = next(
                e for e in replay.exchanges if e["name"].startswith("users create")
                and username in json.dumps(e.get("request_body") or "") + str(DESCRIBED.get(e["name"], "")))
            body = exchange["request_body"]
            good = GOOD_PASSWORDS[username]
            if isinstance(body, dict):
                sent = json.dumps(body | {"password": good}).encode()
            else:
                sent = DESCRIBED[exchange["name"]].replace(b"abcdefgh", good.encode())
            again = replay.compared(exchange, replay.send(exchange, sent))
            replay.again[exchange["name"]] = again
        if sign_in:
            replay.tokens[username] = replay.log_in(username, GOOD_PASSWORDS[username])
    return step


def spend(replay):
    """The legacy API spent a use on the exit too."""
    code = replay.codes["QKISH16R"]
    number = replay.stack.psql("select id from garita.temporary_codes where code_type = 'ALPHANUMERIC' and id = 6")[0]
    assert code and replay.quietly(
        f"update garita.credentials set times_used = 2 where code_kind = 'temporary' and code_id = {number}") is None


def between_validations(replay):
    """Refusals that the recording shows in the log only."""
    spend(replay)
    replay.ask("QKISH16R")
    replay.ask("NOPE")
    replay.ask("A1B2C3D4", point=4)
    replay.ask("not hex, lower case!")
    replay.post("/api/access/codes/4/", {"is_active": False}, replay.admin["access"], "PATCH")
    replay.ask("A1B2C3D4")
    replay.ask("NOT-THIS-ONE-EITHER")


def validated_at_no_gate(replay):
    """The legacy API ignored the unknown gate and let the visitor in: so let it be."""
    answer = replay.post(
        "/api/visitors/validate_code/", {"code": replay.codes["769679"]}, replay.admin["access"])
    assert answer.status == 200, answer.body


def past_of_july(replay):
    """A row of the log with every optional value."""
    replay.stack.psql("select garita.ensure_log_partition('2026-07-01')")
    replay.quietly("""
        update garita.access_logs set timestamp = '2026-07-01 12:00:00-06', created_at = '2026-07-01 12:00:00.5-06',
            vehicle_plate = 'ABC-123', temperature = 36.6, photo = '/media/logs/photos/a.jpg', notes = 'n',
            ip_address = '10.0.0.7', device_id = 'dev-1' where id = 2;
        select garita.discard_log_rollups(1);""")


def many_unknown_codes(replay):
    """Too long to be guessed, so that the gate's patience with short codes has no part in it."""
    for number in range(45):
        replay.ask(f"page-000000000000-{number:02}")


# What the legacy API was asked between two recorded exchanges: done before the one named.
BETWEEN = {
    "users create minimal": [account("res1", sign_in=True)],
    "users create empty": [account("min1", sign_in=True)],
    "users me as RESIDENT": [account("weak1")],
    "users detail with photo": [account("pic1")],
    "codes list": [validated_at_no_gate],
    "validate resident ok": [lambda replay: replay.forget_log_above(5)],
    "validate code trimmed": [between_validations],
    "validate access_point_id 1.0": [lambda replay: replay.ask("NOR-IS-IT-THIS-ONE")],
    # Twice the same name in one object: we refuse to choose.
    "logs list": [lambda replay: replay.ask("RFID123456")],
    "logs detail with every optional value": [lambda replay: replay.ask("VISITOR:NOBODY-OF-OURS|x"), past_of_july],
    "validate with the bare code of the same QR":
        [lambda replay: replay.issue(2, "QR", replay.admin, "4CHKB3VVNQW9", max_uses=1)],
    "pagination: logs ": [many_unknown_codes],
}
