"""Keys are renewed and dropped while people work."""

import os
import signal
import subprocess
import time

import jwt
import pytest
import requests

from runs import until
from second_factor import Member
from stack import Stack
from test_commands import garita
from test_login import PASSWORD, django_hash
from traffic import WORDS, Traffic

POOLS = ("gate", "auth", "app", "device")
FOLDERS = ("secrets/keys", *(f"pools/{pool}/keys" for pool in POOLS))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A stack of its own, because its keys are changed; and a copy of those it began with."""
    one, copy = Stack(), tmp_path_factory.mktemp("keys")
    one.start()
    for folder in FOLDERS:
        (copy / folder).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", one.var / folder, copy / folder], check=True)
    yield one, copy
    one.remove()


@pytest.fixture
def own(kept):
    """With the keys it began with, whatever the test before has made of them; workers read theirs when they begin."""
    one, copy = kept
    for folder in FOLDERS:
        subprocess.run(["rm", "-rf", one.var / folder], check=True)
        subprocess.run(["cp", "-a", copy / folder, one.var / folder], check=True)
    for pool in POOLS:
        started = lambda: (one.var / f"log/{pool}.log").read_text().count('"event":"started"')
        before, workers = started(), one.workers(pool)
        for worker in workers:
            os.kill(worker, signal.SIGTERM)
        until(lambda: started() == before + len(workers), 30)
    one.tokens.clear()
    return one


def keys(stack, *arguments):
    return garita(stack, "keys", *arguments)


def age(stack, name, seconds):
    """As if a key had been made so long ago: what is announced for a minute is in use after it."""
    path = stack.var / "secrets/keys" / name
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    assert keys(stack, "init").returncode == 0  # the pools' copies follow


def guards(stack):
    """What guards do all day: log in, refresh, validate and list, each with the newest tokens they have."""
    demo = stack.demo()
    account = {"username": demo["GARITA_GUARD_USER"], "password": demo["GARITA_GUARD_PASSWORD"]}

    def work(traffic):
        def post(path, body, token=None):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            answer = requests.post(stack.url + path, json=body, headers=headers, timeout=10)
            traffic.statuses.append((path, answer.status_code))
            return answer.json()

        pair = post("/api/auth/login/", account)
        while not traffic.is_over():
            for _ in range(10):
                post("/api/access/codes/validate/", WORDS, pair["access"])
                listed = requests.get(
                    f"{stack.url}/api/visitors/", headers={"Authorization": f"Bearer {pair['access']}"}, timeout=10)
                traffic.statuses.append(("list", listed.status_code))
                time.sleep(0.1)
            pair = post("/api/auth/refresh/", {"refresh": pair["refresh"]})

    return work


def kid(token):
    return jwt.get_unverified_header(token)["kid"]


def test_keys_are_renewed_under_load_without_one_refusal(own):
    """B12"""
    with Traffic(guards(own), 4) as traffic:
        time.sleep(1)
        for group in ("master", "codes", "account", "device", "factor"):
            assert keys(own, "rotate", group).returncode == 0
        assert "wait a minute" in keys(own, "rotate", "master").stderr
        time.sleep(2.5)  # every worker has looked
        assert "master  2  0 days  announced" in keys(own, "list").stdout
        assert {kid(own.token(role)) for role in ("ADMIN",)} == {"a1"}
        for name in ("master.2", "code-tag.2", "code-show.2", "account.2", "device.2", "factor.2"):
            age(own, f"{name}.key", 61)
        assert "master  2  0 days  in use" in keys(own, "list").stdout
        time.sleep(7)
        own.tokens.clear()
        assert kid(own.token("ADMIN")) == "a2"
    seen = set(traffic.statuses)
    assert seen == {("/api/auth/login/", 200), ("/api/auth/refresh/", 200), ("list", 200),
                    ("/api/access/codes/validate/", 404)}, seen
    assert len(traffic.statuses) > 200


def test_a_dropped_key_is_worthless_within_seconds(own):
    """B12"""
    old = own.token("ADMIN")
    assert "in use" in keys(own, "drop", "master", "1").stderr
    keys(own, "rotate", "master")
    age(own, "master.2.key", 61)
    assert "its tokens are good for up to 7 days" in keys(own, "drop", "master", "1").stderr
    assert keys(own, "drop", "master", "1", "--now").returncode == 0
    time.sleep(2.5)
    answer = requests.get(f"{own.url}/api/visitors/", headers={"Authorization": f"Bearer {old}"}, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_not_valid")
    own.tokens.clear()
    assert own.call("GET", "/api/visitors/", "ADMIN").status_code == 200


def test_codes_made_with_an_older_key_open_and_keep_it(own):
    body = {"visitor_id": 1, "code_type": "QR"}
    code = own.call("POST", "/api/visitors/generate_code/", "ADMIN", json=body).json()
    keys(own, "rotate", "codes")
    for name in ("code-tag.2", "code-show.2"):
        age(own, f"{name}.key", 61)
    time.sleep(2.5)
    assert "1 living code was made with it" in keys(own, "drop", "codes", "1").stderr
    answer = own.call("POST", "/api/access/codes/validate/", "GUARD", json={
        "code": code["code"], "access_point_id": 1, "access_type": "ENTRY"})
    assert answer.status_code == 200 and answer.json()["valid"], answer.text


def test_a_second_factor_outlives_its_key(own):
    """B12: sealed anew at the next log-in, after which the old key can go."""
    user = own.psql(f"""insert into garita.users (site_id, username, password_hash, role)
        select min(id), 'pass_word', '{django_hash(PASSWORD)}', 'GUARD' from garita.sites returning id""")[0]
    member = Member(own, user).enrol()
    keys(own, "rotate", "factor")
    age(own, "factor.2.key", 61)
    time.sleep(2.5)
    assert "1 living second factor was made with it" in keys(own, "drop", "factor", "1").stderr
    version = lambda: own.psql("select key_version from garita.second_factors")
    assert version() == ["1"]
    assert member.code(member.challenge(), member.recovery[0]).status_code == 200
    assert version() == ["2"]
    assert keys(own, "drop", "factor", "1").returncode == 0
    time.sleep(2.5)
    member.fresh()
    assert member.code(member.challenge(), member.now()).status_code == 200
    assert member.code(member.challenge(), member.recovery[1]).status_code == 200


def test_unreadable_keys_leave_a_worker_with_those_it_has(own):
    log = own.var / "log/app.log"
    broken, before = own.var / "pools/app/keys/master.2.key", len(log.read_text())
    broken.write_text("not a key\n")
    broken.chmod(0o644)
    time.sleep(2.5)
    assert own.call("GET", "/api/visitors/", "ADMIN").status_code == 200
    assert "keys unreadable" in log.read_text()[before:]
    assert "the keys of app are not the present ones" in garita(own, "check").stderr
    assert keys(own, "init").returncode == 0 and garita(own, "check").returncode == 0


def test_a_pool_that_cannot_have_a_new_key_keeps_it_from_all(own):
    """Of two pools one would sign with what the other has never heard of."""
    folder = own.var / "pools/gate/keys"
    folder.rename(folder.with_name("elsewhere"))
    done = keys(own, "rotate", "master")
    assert done.returncode == 78 and "gate" in done.stderr and done.stdout == ""
    assert not list(own.var.glob("pools/*/keys/master.2.key")) and "master  2" not in keys(own, "list").stdout
    folder.with_name("elsewhere").rename(folder)
    assert keys(own, "rotate", "master").returncode == 0
    assert len(list(own.var.glob("pools/*/keys/master.2.key"))) == 3
