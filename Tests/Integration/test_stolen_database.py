"""A dump of the database, and what a thief finds in it: nothing that opens a gate or signs anybody in."""

import base64
import os
import subprocess
import urllib.parse

import jwt
import requests

from pages import Person
from second_factor import Member
from stack import day
from test_commands import garita
from test_login import log_in
from test_passwords import NEW, person, post  # noqa: F401 (a fixture)


def spellings(secret):
    raw = secret if isinstance(secret, bytes) else secret.encode()
    texts = {raw, raw.hex().encode(), raw.hex().upper().encode(), base64.b64encode(raw).rstrip(b"="),
             base64.urlsafe_b64encode(raw).rstrip(b"="), base64.b32encode(raw).rstrip(b"=")}
    if isinstance(secret, str):
        texts |= {secret.swapcase().encode(), urllib.parse.quote(secret, safe="").encode(), secret[::-1].encode()}
    return texts


def dump(stack):
    """Everything: tables, definitions, log-in roles left out."""
    done = subprocess.run(
        ["pg_dump", "-h", str(stack.var.resolve() / "run/postgresql"), "-U", "postgres", "garita"], capture_output=True,
        check=True, env=os.environ | {"PGPASSFILE": str(stack.var / "secrets/superuser.pgpass")})
    return done.stdout


def sessions_and_links(stack, user):
    """Secret -> text, of an account that logs in and changes its password to NEW."""
    answer = log_in(stack, "pass_word")
    pair = answer.json()
    secrets = {"access": pair["access"], "refresh": pair["refresh"],
               "device cookie": answer.headers["Set-Cookie"].split("=", 1)[1].split(";")[0].split(".")[1]}
    log_in(stack, "typed-my-secret-here", "wrong-secret-typed")
    secrets |= {"typed name": "typed-my-secret-here", "typed password": "wrong-secret-typed"}
    link = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN").json()["token"]
    changed = post(stack, "/api/auth/password/", {"old_password": "la vaca verde salta", "new_password": NEW}, pair["access"])
    secrets |= {"link": link, "password": NEW, "old password": "la vaca verde salta", "rotated": changed.json()["refresh"]}
    secrets["living link"] = stack.call("POST", f"/api/users/{user}/password_link/", "ADMIN").json()["token"]
    for name in ("access", "refresh", "rotated"):
        secrets[f"code of {name}"] = secrets[name].rsplit(".", 1)[1]
        secrets[f"id of {name}"] = jwt.decode(secrets[name], options={"verify_signature": False})["jti"]
    for role in ("ADMIN", "GUARD", "RESIDENT"):
        secrets[role] = stack.demo()[f"GARITA_{role}_PASSWORD"]
    return secrets


def issue(stack, kind):
    visitor = stack.call("POST", "/api/visitors/", "ADMIN", json={
        "first_name": "Robo", "last_name": kind, "unit": 1, "expected_date": day()}).json()["id"]
    return stack.call("POST", "/api/visitors/generate_code/", "ADMIN", json={"visitor_id": visitor, "code_type": kind}).json()


def codes_and_keys(stack):
    """Secret -> text or bytes, of what opens gates and of what seals it."""
    secrets = {kind: issue(stack, kind)["code"] for kind in ("NUMERIC", "ALPHANUMERIC", "QR")}
    secrets["card"] = "RFID123456"
    pass_of_seed = issue(stack, "OTP")
    secrets |= {"handle": pass_of_seed["code"], "seed": pass_of_seed["secret_key"],
                "seed itself": base64.b32decode(pass_of_seed["secret_key"])}
    device = garita(stack, "device", "enrol", "--site", "MAIN", "--gate", "MAIN-01", "--name", "Robado", "--entry").stdout
    key = dict(line.split("=", 1) for line in device.splitlines())["key"]
    secrets |= {"device key": key, "device key itself": bytes.fromhex(key)}
    for path in (stack.var / "secrets/keys").iterdir():
        secrets[path.name] = bytes.fromhex(path.read_text().strip())
    return secrets


def factor_and_page(stack, member):
    """Secret -> text or bytes of a second factor; and a page that its account is signed in on."""
    secrets = {f"recovery code {n}": code for n, code in enumerate(member.recovery)}
    secrets |= {f"recovery letters {n}": code.replace("-", "") for n, code in enumerate(member.recovery)}
    secrets |= {"factor": member.secret, "factor itself": base64.b32decode(member.secret),
                "challenge": member.challenge()}
    page = Person(stack)
    page.sign_in("pass_word", NEW)
    page.send("/account/sign-in/code/", {"code": member.recovery[9]})
    assert page.get("/account/").status_code == 200
    secrets["cookie of a page"] = page.cookie
    return secrets, page


def kept(stack, sql):
    """What stands in the database, as a thief would read it: bytes in hexadecimal."""
    return stack.psql(sql)[0]


def urlsafe(text):
    return base64.urlsafe_b64encode(bytes.fromhex(text)).decode().rstrip("=")


def assert_no_tag_is_taken(stack, page):
    """What is kept of a link, a session and a pass stands for none of them."""
    tag = kept(stack, "select encode(token_tag, 'hex') from garita.password_links order by id desc limit 1")
    for text in (tag, urlsafe(tag)):
        assert post(stack, "/api/auth/reset/", {"token": text, "password": NEW}).status_code == 400
    cookie = kept(stack, "select encode(page_tag, 'hex') from garita.sessions where page_tag is not null order by id desc limit 1")
    thief = Person(stack)
    for text in (cookie, urlsafe(cookie)):
        thief.session.cookies.set("garita_insecure_session", text)
        assert thief.get("/account/").status_code == 303
    assert page.get("/account/").status_code == 200
    code = kept(stack, "select encode(code_tag, 'hex') from garita.temporary_codes order by id desc limit 1")
    for text in (code, urlsafe(code)):
        said = stack.call("POST", "/api/access/codes/validate/", "GUARD", json={
            "code": text, "access_point_id": 1, "access_type": "EXIT"})
        assert said.status_code == 404, said.text


def assert_nothing_kept_signs_in(stack, member, challenge):
    hashed = kept(stack, "select password_hash from garita.users where username = 'pass_word'")
    assert log_in(stack, "pass_word", hashed).status_code == 401
    sealed = kept(stack, "select encode(secret_sealed, 'hex') from garita.second_factors")
    tag = kept(stack, "select encode(recovery_tags[1], 'hex') from garita.second_factors")
    waiting = kept(stack, "select encode(token_tag, 'hex') from garita.login_challenges order by id desc limit 1")
    for code in (sealed, tag, tag[:10], base64.b32encode(bytes.fromhex(tag)).decode()[:10]):
        assert member.code(challenge, code[:100]).status_code == 400
    stack.psql("update garita.second_factors set failures = 0, tried_at = tried_at - interval '1 hour'")
    assert member.code(waiting, member.recovery[0]).status_code == 401
    session = kept(stack, "select id from garita.sessions order by id desc limit 1")
    assert requests.post(f"{stack.url}/api/auth/refresh/", json={"refresh": session}, timeout=10).status_code == 401


def test_a_dump_holds_no_secret_and_nothing_to_replay(person):  # noqa: F811
    """A14"""
    stack, user = person
    secrets = sessions_and_links(stack, user) | codes_and_keys(stack)
    member = Member(stack, user, NEW).enrol()
    of_factor, page = factor_and_page(stack, member)
    secrets |= of_factor
    stolen = dump(stack)
    assert b"pass_word" in stolen and len(secrets) > 50
    # Six digits alone occur by chance in times and hashes: a number counts when it stands by itself.
    alone = {name for name, secret in secrets.items() if isinstance(secret, str) and secret.isdigit()}
    found = [name for name, secret in secrets.items() for text in spellings(secret)
             if (b"\t" + text + b"\t" if name in alone else text) in stolen]
    assert found == []
    assert_no_tag_is_taken(stack, page)
    assert_nothing_kept_signs_in(stack, member, secrets["challenge"])
    assert post(stack, "/api/auth/reset/", {"token": secrets["living link"], "password": "tercera vaca gris"}).status_code == 204
