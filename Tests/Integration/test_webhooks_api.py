"""`/api/webhooks/` and its pages: who may, what is refused, what is shown."""

import re

import pytest

from pages import Person
from runs import until
from test_login import django_hash
from webhooks import VISITS, announce, deliveries, read, receiver, sender, sending, subscribe  # noqa: F401 (fixtures)

URL = "https://example.org/hook"


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT", None])
def test_webhooks_are_for_administrators(stack, subscribe, role):
    hook = subscribe(url=URL)
    paths = [("GET", ""), ("POST", ""), ("GET", f"{hook['id']}/"), ("PATCH", f"{hook['id']}/"), ("DELETE", f"{hook['id']}/"),
             ("GET", f"{hook['id']}/deliveries/")]
    paths += [("POST", f"{hook['id']}/{verb}/") for verb in ("test", "rotate", "retire", "replay")]
    for method, path in paths:
        assert stack.call(method, f"/api/webhooks/{path}", role).status_code == (403 if role else 401), (method, path)
    assert read(stack, hook)["name"] == hook["name"]


def test_a_webhook_is_made_changed_and_deleted(stack, subscribe):
    hook = subscribe(url=URL, events=["visit.left", "visit.arrived", "visit.left"])
    assert list(hook) == ["id", "name", "url", "events", "secrecy", "is_active", "secret", "previous_until", "stopped_at", "stopped_reason",
                          "created_at", "updated_at"]
    assert hook["events"] == ["visit.arrived", "visit.left"] and (hook["secrecy"], hook["is_active"]) == ("IDS", True)
    listed = stack.call("GET", f"/api/webhooks/?search={hook['name']}", "ADMIN").json()
    assert listed["count"] == 1 and "secret" not in listed["results"][0]
    path = f"/api/webhooks/{hook['id']}/"
    changed = stack.call("PATCH", path, "ADMIN", json={"secrecy": "NAMES", "secret": "mine"}).json()
    assert changed["secrecy"] == "NAMES" and changed["secret"] == ""
    assert stack.call("GET", f"{path}deliveries/", "ADMIN").json() == {"count": 0, "next": None, "previous": None, "results": []}
    assert stack.call("DELETE", path, "ADMIN").status_code == 204
    for method, rest in (("GET", ""), ("GET", "deliveries/"), ("POST", "test/"), ("POST", "rotate/"), ("POST", "retire/"), ("POST", "replay/")):
        answer = stack.call(method, path + rest, "ADMIN")
        assert (answer.status_code, answer.json()) == (404, {"detail": "No Webhook matches the given query."}), rest


@pytest.mark.parametrize("url", [
    "ftp://example.org/", "example.org", "https://", "https://user:secret@example.org/", "https://user@example.org", "https://exa mple.org/",
    "https://example.org:99999/", "https://example.org:x/", "https://[::zz]/", "https://ex\u00e4mple.org/", "https://example.org/#part",
    "https://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/", "https://224.0.0.1/",
    "https://" + "a" * 1000 + ".org/", "https://example.org@127.0.0.1/", "https://example.org\\@127.0.0.1/", ""])
def test_an_address_that_is_none_is_refused(stack, url):
    answer = stack.call("POST", "/api/webhooks/", "ADMIN", json={"name": "x", "url": url, "events": VISITS})
    assert answer.status_code == 400 and list(answer.json()) == ["url"], answer.text


@pytest.mark.parametrize("url", [
    "https://example.org", "http://10.1.2.3:8080/a?b=c@d", "HTTPS://EXAMPLE.ORG/Path", "https://[2001:db8::1]:8443/", "https://xn--exmple-cua.org/"])
def test_an_address_may_be_anywhere_that_an_operator_could_allow(stack, subscribe, url):
    assert subscribe(url=url)["url"] == url


@pytest.mark.parametrize("fields, fault", [
    ({"events": []}, "events"), ({"events": ["visit.exploded"]}, "events"), ({"events": None}, "events"), ({"secrecy": "ALL"}, "secrecy"),
    ({"name": ""}, "name"), ({"name": "x" * 101}, "name"), ({"is_active": "perhaps"}, "is_active")])
def test_what_is_wrong_is_named(stack, fields, fault):
    answer = stack.call("POST", "/api/webhooks/", "ADMIN", json={"name": "x", "url": URL, "events": VISITS} | fields)
    assert answer.status_code == 400 and list(answer.json()) == [fault], answer.text


def test_two_webhooks_have_two_names(stack, subscribe):
    hook = subscribe(url=URL)
    answer = stack.call("POST", "/api/webhooks/", "ADMIN", json={"name": hook["name"], "url": URL, "events": VISITS})
    assert answer.status_code == 400 and list(answer.json()) == ["name"]


def test_deliveries_are_paged_and_filtered(stack, sender, receiver, subscribe):
    hook, other = subscribe("/one"), subscribe("/two")
    for number in range(3):
        announce(stack, f"visit:95000{number}")
    until(lambda: len(deliveries(stack, hook)) == 3 and len(deliveries(stack, other)) == 3, 20)
    first = stack.call("GET", f"/api/webhooks/{hook['id']}/deliveries/?page_size=2", "ADMIN").json()
    assert first["count"] == 3 and f"/{hook['id']}/deliveries/?page=2" in first["next"]
    row = first["results"][0]
    assert list(row) == ["id", "webhook", "at", "message", "message_id", "event", "subject", "sequence", "attempt", "status", "error",
                         "milliseconds", "answer", "state", "body"]
    assert (row["webhook"], row["event"], row["attempt"], row["status"], row["state"]) == (hook["id"], "visit.arrived", 1, 204, "confirmed")
    assert row["message_id"] in {message.id for message in receiver.at("/one")}
    assert len(deliveries(stack, hook, f"?message={row['message']}")) == 1
    assert deliveries(stack, hook, "?delivered=false") == []
    # Nobody else's, whatever a client asks for.
    assert {one["webhook"] for one in deliveries(stack, hook, f"?webhook={other['id']}")} == {hook["id"]}


@pytest.fixture
def administrator(stack):
    stack.psql(f"""delete from garita.users where username = 'hook_admin'; insert into garita.users (site_id, username, password_hash, role)
        values (1, 'hook_admin', '{django_hash("la vaca verde salta")}', 'ADMIN')""")
    person = Person(stack)
    assert person.sign_in("hook_admin", "la vaca verde salta").status_code == 303
    yield person


def test_an_administrator_does_it_all_on_pages(stack, sender, receiver, administrator):
    page = administrator
    assert "whsec_" not in page.get("/admin/webhooks/new/").text
    sent = {"name": "Pages", "url": receiver.url("/pages"), "events": ["", "visit.arrived"], "secrecy": "NAMES"}
    wrong = page.send("/admin/webhooks/new/", sent | {"url": "nowhere"})
    assert wrong.status_code == 400 and "nowhere" in wrong.text and 'value="Pages"' in wrong.text
    made = page.send("/admin/webhooks/new/", sent)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", made.text).group()
    number = int(stack.psql("select id from garita.webhooks where name = 'Pages'")[0])
    path = f"/admin/webhooks/{number}/"
    try:
        assert secret not in page.get(path).text
        assert page.send(f"{path}test/", {}).status_code == 303
        until(lambda: receiver.at("/pages") and stack.psql(f"select 1 from garita.deliveries where webhook_id = {number}"), 20)
        assert receiver.at("/pages")[0].is_signed_with(secret)
        shown = page.get(path).text
        delivery = re.search(r"/admin/deliveries/(\d+)/", shown).group()
        log = page.get(delivery).text
        assert "webhook.test" in log and "204" in log and f"webhook:{number}" in log
        assert page.send(f"{delivery}replay/", {}).status_code == 303
        until(lambda: len(receiver.at("/pages")) == 2, 20)
        assert receiver.at("/pages")[0].id == receiver.at("/pages")[1].id
        assert page.send(f"{path}replay/", {"which": "failed", "from": "", "until": ""}).status_code == 303
        rotated = page.send(f"{path}rotate/", {})
        assert re.search(r"whsec_[A-Za-z0-9+/=]+", rotated.text).group() != secret
        assert page.send(f"{path}retire/", {}).status_code == 303
        assert "Webhook switched off" not in page.get("/admin/", headers={"Accept-Language": "en"}).text
        stack.psql(f"select garita.stop_webhook({number}, 'gone')")
        home = page.get("/admin/", headers={"Accept-Language": "en"}).text
        assert "Webhook switched off" in home and f'<a href="{path}">Pages</a>' in home and "(410)" in home
        assert "Webhook apagado" in page.get("/admin/", headers={"Accept-Language": "es"}).text
        history = page.get(f"{path}history/").text
        assert secret not in history and "hook_admin" in history
    finally:
        stack.psql(f"delete from garita.webhooks where id = {number}")
