"""Doors as people have them: the API by role, forms drawn from declarations, secrets that never come out, opening by hand, the
emergency. Devices are not there: what becomes of a message to a terminal, which would ask for it, a test writes itself."""

import json
import re

import pytest
import requests

from community import PASSWORD
from console import gate, text, word  # noqa: F401 (a fixture)
from pages import Person

SECRET = "geheim-7-Wörter"
SETTINGS = {"address": "http://10.255.255.1", "open_path": "/relay/0?turn=on", "authentication": "basic", "user": "garita"}


@pytest.fixture(scope="module")
def call(gate):  # noqa: F811
    tokens = {}

    def call(method, path, role="ADMIN", **arguments):
        if role not in tokens:
            account = {"username": f"{gate.here.code}-{role.lower()}", "password": PASSWORD}
            tokens[role] = requests.post(f"{gate.stack.url}/api/auth/login/", json=account, timeout=10).json()["access"]
        headers = {"Authorization": f"Bearer {tokens[role]}"} | arguments.pop("headers", {})
        return requests.request(method, gate.stack.url + path, headers=headers, timeout=10, **arguments)

    return call


@pytest.fixture
def door(gate, call):  # noqa: F811
    """A door at the north gate; it is gone afterwards."""
    answer = call("POST", "/api/doors/", json={
        "name": "Pluma", "access_point": int(gate.here.north), "driver": "http", "settings": SETTINGS, "secrets": {"password": SECRET},
        "open_within_seconds": 30})
    assert answer.status_code == 201, answer.text
    yield answer.json()["id"]
    remove(gate)


@pytest.fixture
def terminal(gate, call):  # noqa: F811
    """A door whose device never asks what there is to do, so that nobody but the test says what became of it."""
    answer = call("POST", "/api/doors/", json={
        "name": "Pluma", "access_point": int(gate.here.north), "driver": "zkteco", "open_within_seconds": 30,
        "settings": {"serial": "CKJ7", "door": "1", "network": "10.255.255.1", "dialect": "security"}})
    assert answer.status_code == 201, answer.text
    yield answer.json()["id"]
    remove(gate)


def remove(gate):  # noqa: F811
    gate.stack.psql(f"delete from garita.outbox where site_id = {gate.here.site}; delete from garita.doors where site_id = {gate.here.site}")


@pytest.fixture
def admin(gate):  # noqa: F811
    return gate.enter("ADMIN")


def settle(gate, opening, state, answer=""):  # noqa: F811
    """What the process of the outbox writes once a device has answered."""
    gate.stack.psql(f"update garita.outbox set state = '{state}', answer = '{answer}', ended_at = now() where id = {opening}")


def errors(answer):
    assert answer.status_code == 400, answer.text
    return answer.json()


def test_settings_are_checked_by_the_declaration_of_the_driver(gate, call):  # noqa: F811
    body = {"name": "x", "access_point": int(gate.here.north), "driver": "http"}
    assert {"settings.address", "settings.open_path"} <= set(errors(call("POST", "/api/doors/", json=body)))
    wrong = SETTINGS | {"address": "http://user:pass@10.0.0.1", "poll_seconds": "1", "colour": "red", "authentication": "magic", "user": {}}
    refused = errors(call("POST", "/api/doors/", json=body | {"name": "", "settings": wrong, "secrets": {"user": "x"}}))
    assert {"name", "settings.address", "settings.poll_seconds", "settings.colour", "settings.authentication", "settings.user",
            "secrets.user"} == set(refused)
    spanish = call("POST", "/api/doors/", json=body | {"settings": wrong}, headers={"Accept-Language": "es"})
    assert errors(spanish)["settings.colour"] == ["Este controlador no tiene ese ajuste."]
    assert set(errors(call("POST", "/api/doors/", json=body | {"settings": "x", "secrets": []}))) == {"settings", "secrets"}
    assert set(errors(call("POST", "/api/doors/", json=body | {"driver": "magic"}))) == {"driver"}


def test_settings_are_replaced_and_secrets_are_kept(gate, call, door):  # noqa: F811
    path = f"/api/doors/{door}/"
    row = call("GET", path).json()
    assert row["settings"]["address"] == SETTINGS["address"] and row["secrets_set"] == ["password"] and row["state"] == "unheard"
    sealed = "select encode(secrets, 'hex') from garita.doors where id = {}"
    before = gate.stack.psql(sealed.format(door))
    changed = call("PATCH", path, json={"name": "Pluma 2", "driver": "uhppote"}).json()
    assert (changed["name"], changed["driver"], changed["settings"]) == ("Pluma 2", "http", row["settings"])
    assert gate.stack.psql(sealed.format(door)) == before, "what is not named stays"
    changed = call("PATCH", path, json={"settings": {"address": "https://10.0.0.9", "open_path": "/o"}}).json()
    assert changed["settings"] == {"address": "https://10.0.0.9", "open_path": "/o"} and changed["secrets_set"] == ["password"]
    assert call("PATCH", path, json={"secrets": {"password": None}}).json()["secrets_set"] == []
    assert gate.stack.psql(f"select secrets is null from garita.doors where id = {door}") == ["t"]
    assert call("PATCH", path, json={"settings": {"open_path": "/o"}}).status_code == 400


def test_who_may_do_what(gate, call, door):  # noqa: F811
    row = call("GET", f"/api/doors/{door}/", "GUARD").json()
    assert row["name"] == "Pluma" and row["settings"] is None and row["secrets_set"] in (None, [])
    for method, path in (("POST", "/api/doors/"), ("PATCH", f"/api/doors/{door}/"), ("DELETE", f"/api/doors/{door}/")):
        assert call(method, path, "GUARD", json={}).status_code == 403, path
    for path in ("/api/doors/", f"/api/doors/{door}/", f"/api/doors/{door}/events/", f"/api/doors/{door}/openings/", "/api/emergency/"):
        assert call("GET", path, "GUARD").status_code == 200, path
        assert call("GET", path, "RESIDENT").status_code == 403, path
    assert call("POST", f"/api/doors/{door}/open/", "RESIDENT", json={"reason": "x"}).status_code == 403
    assert call("GET", "/api/doors/999999999/events/").status_code == 404


def test_secrets_never_come_out(gate, call, door, admin):  # noqa: F811
    faulty = admin.send(f"/admin/doors/{door}/edit/", {"name": "", "secrets.password": SECRET + "2"})
    assert faulty.status_code == 400
    seen = [faulty.text] + [call("GET", path).text for path in (
        "/api/doors/", f"/api/doors/{door}/", "/api/doors/?format=csv", "/api/audit/?table_name=doors")]
    seen += [admin.get(path).text for path in (
        "/admin/doors/", f"/admin/doors/{door}/", f"/admin/doors/{door}/edit/", "/admin/doors/export/", f"/admin/doors/{door}/history/")]
    gone = Person(gate.stack)
    seen.append(gone.post(f"/admin/doors/{door}/edit/", {"name": "typed", "secrets.password": SECRET}).text)
    audit = gate.stack.psql(f"select changes from garita.audit where table_name = 'doors' and row_id = {door}")
    assert json.loads(audit[0])["secrets"] == ["***", "***"]
    for page in seen + audit + [gate.stack.said()]:
        assert SECRET not in page and json.dumps(SECRET)[1:-1] not in page


def test_a_door_is_opened_by_hand_with_a_reason(gate, call, terminal):  # noqa: F811
    path = f"/api/doors/{terminal}/open/"
    assert errors(call("POST", path, "GUARD", json={}))["reason"]
    assert errors(call("POST", path, "GUARD", json={"reason": " "}))["reason"]
    opening = call("POST", path, "GUARD", json={"reason": "Ambulancia"})
    assert opening.status_code == 200, opening.text
    opening = opening.json()
    assert (opening["kind"], opening["door"], opening["reason"], opening["user_name"]) == ("open", terminal, "Ambulancia", f"{gate.here.code}-guard")
    settle(gate, opening["id"], "confirmed")
    newest = call("GET", f"/api/doors/{terminal}/openings/", "GUARD").json()[0]
    assert (newest["id"], newest["state"]) == (opening["id"], "confirmed") and newest["ended_at"]
    entry = call("GET", "/api/audit/?action=OPEN").json()["results"][0]
    assert (entry["row_id"], entry["actor"], entry["changes"]["reason"]) == (terminal, f"{gate.here.code}-guard", [None, "Ambulancia"])
    call("PATCH", f"/api/doors/{terminal}/", json={"is_active": False})
    assert call("POST", path, "GUARD", json={"reason": "x"}).status_code == 409


def test_the_log_tells_what_became_of_the_door(gate, call, terminal):  # noqa: F811
    granted = gate.scan(gate.code(gate.visit()))
    assert word(granted)[0] == "green"
    log, opening, within = gate.stack.psql(f"select log_id, id, not_after - created_at from garita.outbox where door_id = {terminal}")[0].split("|")
    assert within == "00:00:30"
    assert f'data-openings="/gate/decisions/{log}/doors/"' in granted.text and "Look again" in granted.text
    settle(gate, opening, "unknown", "no answer")
    assert call("GET", f"/api/logs/{log}/").json()["door_state"] == call("GET", f"/api/logs/{log}/", "GUARD").json()["door_state"] == "unknown"
    assert "door_state" not in call("GET", f"/api/logs/{log}/", "RESIDENT").json()
    later = gate.guard.get(f"/gate/decisions/{log}/doors/")
    assert "Door Pluma: No answer . Open by hand." in text(later) and "data-settled" in later.text and "Look again" not in later.text
    assert "Door : No answer" in text(gate.guard.get("/gate/"))
    assert "No answer" in text(gate.enter("ADMIN").get(f"/admin/log/{log}/"))
    # What opens by itself not at all, and what is for the other direction, is not opened.
    call("PATCH", f"/api/doors/{terminal}/", json={"direction": "EXIT"})
    other = gate.scan(gate.code(gate.visit()))
    assert word(other)[0] == "green" and "data-openings" not in other.text
    assert gate.stack.psql(f"select count(*) from garita.outbox where door_id = {terminal}") == ["1"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_of_a_door_is_drawn_from_the_declaration(gate, language):  # noqa: F811
    admin = gate.enter("ADMIN", language)  # noqa: F811
    chosen = admin.get(f"/admin/doors/new/?access_point={gate.here.north}")
    links = re.findall(r'href="(/admin/doors/new/\?driver=http[^"]*)"', chosen.text)
    assert len(links) > 1 and all(f"access_point={gate.here.north}" in link for link in links)
    link = next(link for link in links if "preset=" in link).replace("&amp;", "&")
    page = admin.get(link)
    assert ("Path that opens" if language == "en" else "Ruta que abre") in page.text
    assert f'<option value="{gate.here.north}" selected>' in page.text
    action = re.search(r'action="(/admin/doors/new/[^"]*)"', page.text).group(1).replace("&amp;", "&")
    fields = admin.form(action.replace("&", "&")) | {"name": "Pluma", "settings.address": "ftp://x", "secrets.password": SECRET}
    faulty = admin.post(action, fields)
    assert faulty.status_code == 400 and 'id="settings.address-error"' in faulty.text and 'value="ftp://x"' in faulty.text
    made = admin.post(action, fields | {"settings.address": "http://10.255.255.2", "settings.user": "garita"})
    assert made.status_code == 303, text(made)
    path = made.headers["Location"]
    shown = admin.get(path)
    # It was asked for its contact meanwhile, or not yet.
    states = "Aún sin respuesta|Con falla" if language == "es" else "Not heard of yet|Trouble"
    assert "http://10.255.255.2" in shown.text and re.search(f'<dd>({states})</dd>', shown.text)
    stored = json.loads(gate.stack.psql(f"select settings from garita.doors where id = {path.split('/')[-2]}")[0])
    assert stored["preset"] in link and stored["open_path"]
    # What is left blank stays, what is to be forgotten goes.
    same = admin.get(f"{path}edit/")
    assert 'name="forget"' in same.text and SECRET not in same.text
    assert admin.send(f"{path}edit/", {"name": "Pluma 3", "secrets.password": ""}).status_code == 303
    assert gate.stack.psql(f"select name, secret_names from garita.doors where id = {path.split('/')[-2]}") == ["Pluma 3|{password}"]
    assert admin.send(f"{path}edit/", {"forget": "password"}).status_code == 303
    assert gate.stack.psql(f"select secrets is null, secret_names from garita.doors where id = {path.split('/')[-2]}") == ["t|{}"]
    gate.stack.psql(f"delete from garita.doors where site_id = {gate.here.site}")


def test_two_who_edit_a_door_lose_nothing(gate, call, door, admin):  # noqa: F811
    admin.get(f"/admin/doors/{door}/edit/")
    fields = admin.form(f"/admin/doors/{door}/edit/") | {"name": "Mine"}
    # What its device says is no change of the door.
    gate.stack.psql(f"insert into garita.door_states (door_id, site_id, reached_at) values ({door}, {gate.here.site}, now())")
    assert admin.post(f"/admin/doors/{door}/edit/", fields).status_code == 303
    late = admin.post(f"/admin/doors/{door}/edit/", fields | {"name": "Late"})
    assert late.status_code == 409 and "Somebody changed this door" in text(late) and 'value="Late"' in late.text
    assert call("GET", f"/api/doors/{door}/").json()["name"] == "Mine"


def test_a_door_is_tried_and_its_troubles_stand_on_the_home_page(gate, call, terminal, admin):  # noqa: F811
    assert admin.send(f"/admin/doors/{terminal}/open/", {"reason": ""}).status_code == 400
    opened = admin.send(f"/admin/doors/{terminal}/open/", {"reason": "Prueba"})
    assert opened.status_code == 303 and opened.headers["Location"].startswith("/admin/openings/")
    assert "Prueba" in admin.get(opened.headers["Location"]).text
    gate.stack.psql(f"""insert into garita.door_states (door_id, site_id, trouble, trouble_since, clock_drift_seconds, details)
        values ({terminal}, {gate.here.site}, 'offline', now(), 95, '{{"firmware": "6.62", "cards": {{"wanted": 12, "found": 11}}}}')
        on conflict (door_id) do update set trouble = excluded.trouble, clock_drift_seconds = 95, details = excluded.details""")
    gate.stack.psql(f"select garita.note_event({terminal}, '{{\"kind\": \"forced\"}}')")
    shown = text(admin.get(f"/admin/doors/{terminal}/"))
    gate.stack.psql(f"""select garita.note_event({terminal}, '{{"kind": "trouble", "details": {{"trouble": "offline"}}}}');
        insert into garita.outbox (site_id, door_id, kind, state, sent_at, answer, reason)
        values ({gate.here.site}, {terminal}, 'hold', 'failed', '2026-05-05 12:34:56Z', 'answered 500, which is no success: Oh no', 'emergency')""")
    spanish = text(gate.enter("ADMIN", "es").get(f"/admin/doors/{terminal}/"))
    assert "Falla: El dispositivo no responde" in spanish
    assert "respondió 500, que no es éxito: «Oh no»" in spanish and " emergencia" in spanish and ":34:56" in spanish
    assert spanish.index("respondió 500") < spanish.index("Número de serie"), "what happened stands above the settings"
    for words in ("The device does not answer", "95", "Firmware version: 6.62", "Cards: 11 found there, 12 should be there", "Opened without permission", "Prueba"):
        assert words in shown, words
    assert "Pluma" in text(admin.get(f"/admin/gates/{gate.here.north}/"))
    home = text(admin.get("/admin/"))
    assert "Pluma: The device does not answer" in home and "Pluma: opened without permission in 24 hours: 1" in home
    assert f'href="/admin/doors/{terminal}/"' in admin.get("/admin/").text
    assert "The device does not answer" in text(gate.guard.get("/gate/"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_guard_opens_by_hand_in_one_tap(gate, terminal, language):  # noqa: F811
    guard = gate.enter("GUARD", language)
    assert f'href="/gate/doors/{terminal}/"' in guard.get("/gate/doors/").text and 'href="/gate/doors/"' in guard.get("/gate/").text
    page = guard.get(f"/gate/doors/{terminal}/")
    word_for_it = "Mantenimiento" if language == "es" else "Maintenance"
    assert f'<button name="preset" value="Maintenance">{word_for_it}</button>' in page.text
    empty = guard.send(f"/gate/doors/{terminal}/", {"reason": ""})
    assert empty.status_code == 400 and 'id="reason-error"' in empty.text
    opened = guard.send(f"/gate/doors/{terminal}/", {"preset": "Maintenance"})
    assert opened.status_code == 303
    opening = opened.headers["Location"].split("/")[-2]
    assert gate.stack.psql(f"select reason from garita.outbox where id = {opening}") == [word_for_it]
    settle(gate, opening, "confirmed")
    assert ("Puerta Pluma: Relevador activado" if language == "es" else "Door Pluma: Relay on") in text(guard.get(opened.headers["Location"]))


def test_an_emergency_opens_all_doors_until_somebody_ends_it(gate, call, terminal, admin):  # noqa: F811
    assert call("GET", "/api/emergency/").json()["is_emergency"] is False
    begun = gate.guard.send("/gate/all-doors/", {"note": "Incendio", "do": "begin"})
    assert begun.status_code == 303
    hold = gate.stack.psql(f"select id from garita.outbox where door_id = {terminal} and kind = 'hold'")
    assert len(hold) == 1
    state = call("POST", "/api/emergency/", "GUARD", json={"note": "again"}).json()
    assert state["is_emergency"] and state["note"] == "Incendio" and state["doors"][0]["is_confirmed"] is False
    for person, path in ((admin, "/admin/"), (admin, f"/admin/doors/{terminal}/"), (gate.guard, "/gate/"), (gate.guard, "/account/")):
        assert "all doors were told to open. 0 of 1 confirmed. Opening: Pluma" in text(person.get(path)), path
    assert "Opening…" in text(gate.guard.get("/gate/all-doors/"))
    gate.stack.psql(f"update garita.emergencies set began_at = now() - interval '1 minute' where ended_at is null; update garita.outbox set created_at = now() - interval '20 seconds' where id = {hold[0]}")
    assert "0 of 1 confirmed. Not confirmed, open by hand: Pluma" in text(admin.get("/admin/"))
    assert "EMERGENCY" not in gate.enter("RESIDENT").get("/account/").text
    settle(gate, hold[0], "confirmed")
    gate.stack.psql(f"update garita.door_states set trouble = '' where door_id = {terminal}")
    assert "1 of 1 confirmed" in text(admin.get("/admin/")) and "Held open, confirmed by its device" in text(gate.guard.get("/gate/all-doors/"))
    # The device is away: nothing it said, and nothing its contact said, is known to be so now.
    gate.stack.psql(f"""insert into garita.door_states (door_id, site_id, trouble, contact, contact_since) values ({terminal}, {gate.here.site}, 'offline', 'open', now())
        on conflict (door_id) do update set trouble = 'offline', contact = 'open', contact_since = now()""")
    away = text(gate.guard.get("/gate/all-doors/"))
    assert "Not confirmed: open it by hand" in away and "The device does not answer" in away and "its contact said last: open, since" in away
    assert "0 of 1 confirmed" in text(admin.get("/admin/")) and not call("GET", "/api/emergency/").json()["doors"][0]["is_confirmed"]
    gate.stack.psql(f"update garita.door_states set trouble = '' where door_id = {terminal}")
    assert call("GET", "/api/emergency/").json()["doors"][0]["is_confirmed"]
    assert call("POST", "/api/emergency/end/", "RESIDENT").status_code == 403
    ended = admin.send("/gate/all-doors/", {"do": "end"})
    assert ended.status_code == 303 and "EMERGENCY" not in admin.get("/admin/").text
    assert gate.stack.psql(f"select count(*) from garita.outbox where door_id = {terminal} and kind = 'release'") == ["1"]
    assert not call("GET", "/api/emergency/").json()["doors"][0]["is_confirmed"]
    traces = [entry["action"] for entry in call("GET", "/api/audit/?table_name=emergencies").json()["results"]]
    # One of the changes is this test's own.
    assert traces == ["UPDATE", "UPDATE", "INSERT"]
