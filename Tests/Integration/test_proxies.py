"""Behind a proxy that is named the client is who the proxy says; whoever else says so is nobody else."""

import json
import subprocess

import pytest

from front import EchoPools
from packaged import Packaged
from runs import until
from traffic import WORDS

PROXY, OTHER, CLIENT = "127.0.0.5", "127.0.0.6", "203.0.113.9"


# Two proxies in a row, one of them on this machine.
NAMED = [
    ("#set_real_ip_from 10.0.0.5;", f"set_real_ip_from {PROXY};\nset_real_ip_from 127.0.0.1;"),
    ("#real_ip_header X-Forwarded-For;", "real_ip_header X-Forwarded-For;"), ("#real_ip_recursive on;", "real_ip_recursive on;")]


@pytest.fixture(scope="module")
def behind():
    site = Packaged(edits=NAMED)
    pools = EchoPools(site.root / "run/garita")
    pools.start_pools()
    yield site.start()
    site.remove()
    pools.stop_pools()


def ask(site, path, source, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    status, pairs, content = site.ask("GET", path, headers | {"X-Real-IP": "6.6.6.6", "Forwarded": "for=6.6.6.6"}, source=source)
    return status, dict(pairs), content


def seen(site, source, forwarded=None):
    """The client as a worker is told and as the log has it: the same one."""
    status, headers, content = ask(site, "/api/x/", source, forwarded)
    address = dict(json.loads(content)["pairs"])["REMOTE_ADDR"]
    line = until(lambda: next((one for one in map(json.loads, site.log.read_text().splitlines())
                               if one["request_id"] == headers["x-request-id"]), None), 10)
    assert (status, line["address"]) == (200, address)
    return address


@pytest.mark.parametrize("source, forwarded, client", [
    (PROXY, CLIENT, CLIENT),
    (PROXY, f"6.6.6.6, {CLIENT}", CLIENT),
    (PROXY, f"127.0.0.1, 6.6.6.6, {CLIENT}, 127.0.0.1", CLIENT),
    (PROXY, f"{CLIENT}, nonsense", PROXY),
    (PROXY, None, PROXY),
    (PROXY, "2001:db8::9", "2001:db8::9"),
    (OTHER, CLIENT, OTHER),
    (OTHER, "127.0.0.1", OTHER),
    (OTHER, f"{CLIENT}, {PROXY}", OTHER),
    ("127.0.0.1", CLIENT, CLIENT),
    ("127.0.0.1", None, "127.0.0.1"),
])
def test_the_client_is_who_a_named_proxy_says(behind, source, forwarded, client):
    assert seen(behind, source, forwarded) == client


@pytest.mark.parametrize("source", [PROXY, OTHER, "127.0.0.1"])
def test_where_no_proxy_is_named_the_header_is_ignored(installed, source):
    assert seen(installed, source, CLIENT) == source


def test_the_log_of_the_gate_and_the_audit_have_the_client(stack):
    site = Packaged({"/run/garita": stack.var.resolve() / "run/pools"}, NAMED).start()
    headers = {"X-Forwarded-For": f"6.6.6.6, {CLIENT}", "Content-Type": "application/json"}
    try:
        signed = dict(site.ask("POST", "/api/auth/login/", headers, b'{"username": "carlos", "password": "wrong"}', PROXY)[1])
        headers["Authorization"] = f"Bearer {stack.token('GUARD')}"
        status, pairs, _ = site.ask("POST", "/api/access/codes/validate/", headers, json.dumps(WORDS), PROXY)
    finally:
        site.remove()
    judged = dict(pairs)
    assert status == 404
    assert stack.psql(f"select address from garita.audit where request_id = '{signed['x-request-id']}'") == [CLIENT]
    assert stack.psql(f"select ip_address from garita.access_logs where request_id = '{judged['x-request-id']}'") == [CLIENT]


def test_limits_count_the_client_behind_a_proxy_and_no_invented_one(behind):
    throttled = lambda source, clients: [ask(behind, "/api/auth/login/", source, client)[0] for client in clients].count(429)
    assert throttled(PROXY, (f"203.0.113.{n}" for n in range(30))) == 0
    assert throttled(PROXY, ["198.51.100.1"] * 30) >= 5
    assert throttled(PROXY, (f"203.0.114.{n}, 198.51.100.2" for n in range(30))) >= 5
    assert throttled(OTHER, (f"203.0.115.{n}" for n in range(30))) >= 5
    assert throttled("127.0.0.1", ["198.51.100.3"] * 30) >= 5, "a proxy of this machine does not make its clients this machine"
    assert throttled(PROXY, ["127.0.0.1"] * 30) >= 5, "nor does a header that says so"
    assert throttled("127.0.0.1", [None] * 60) == 0


@pytest.mark.parametrize("source, forwarded", [
    (PROXY, CLIENT), (PROXY, f"127.0.0.1, {CLIENT}"), (PROXY, None), (OTHER, "127.0.0.1"), ("127.0.0.1", CLIENT),
    ("127.0.0.1", f"::1, {CLIENT}")])
def test_nobody_behind_a_proxy_is_this_machine(behind, source, forwarded):
    for path in ("/livez", "/readyz"):
        assert ask(behind, path, source, forwarded)[0] == 404
    assert behind.ask("GET", "/livez", source="127.0.0.1")[0] == 200


def test_a_page_with_many_pictures_does_not_exceed_what_one_network_may_ask_at_once(installed):
    """A browser asks for all of them at once over one connection of HTTP/2; each counts."""
    command = ["curl", "-sS", "--http2", "-Z", "--parallel-max", "50", "--interface", "127.0.3.9", "--cacert", installed.certificate,
               "--resolve", f"localhost:{installed.tls}:127.0.0.1", "-o", "/dev/null", "-w", "%{http_version} %{http_code}\n"]
    done = subprocess.check_output([*command, f"{installed.url}/api/x/?sleep=0.02&n=[1-50]"], text=True)
    assert done.splitlines() == ["2 200"] * 50


def test_a_class_has_its_own_limit_and_files_have_none(installed):
    """With empty buckets of their own: an address for each class."""
    refused = lambda number, method, path, times: [
        installed.ask(method, path, source=f"127.0.3.{number}")[0] for _ in range(times)].count(429)
    assert refused(1, "GET", "/", 100) == 0 and refused(1, "GET", "/static/garita.css", 100) == 0
    assert 1 <= refused(1, "POST", "/api/auth/login/", 30) <= 10
    assert 1 <= refused(2, "POST", "/api/access/codes/validate/", 60) <= 40
    assert refused(1, "POST", "/api/access/codes/validate/", 15) == 0, "log-ins take nothing from the gate"
    assert refused(2, "GET", "/api/visitors/", 50) == 0, "nor the gate from the rest"
