"""What administrators do with visits, passes, cards, gates and devices on pages: each asks first, and a secret is shown once."""

import gzip
import re
import uuid

import pytest

from pages import Person
from round_trips import RoundTrips
from stack import day
from test_gate_rules import Device
from test_login import django_hash

PASSWORD = "la vaca verde salta"
HASH = django_hash(PASSWORD)
HOSTILE = '"><script>alert(1)</script>'
VALIDATE = "/api/access/codes/validate/"


def text(page):
    """What a person reads of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(svg|title)\b.*?</\1>", "", page)))


class Residence:
    """An administrator at a browser, and what there is to decide about."""

    def __init__(self, stack):
        self.stack, self.name = stack, f"G{uuid.uuid4().hex[:8]}"
        stack.psql("delete from garita.login_throttles")
        for role in ("ADMIN", "GUARD", "RESIDENT"):
            stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
                select min(id), '{self.name}_{role.lower()}', '{HASH}', '{role}', 'Lola', 'Paz' from garita.sites""")
        self.unit, self.resident = stack.psql("select unit_id || ',' || id from garita.residents where is_authorized"
                                              " and move_out_date is null order by id limit 1")[0].split(",")
        self.gate = stack.psql(f"""insert into garita.access_points (site_id, name, code, location, is_entry, is_exit, supports_rfid)
            select min(id), '{self.name} {HOSTILE}', '{self.name}', 'Prueba', true, true, true from garita.sites returning id""")[0]
        self.admin = self.enter("admin")

    def enter(self, name, language="en"):
        one = Person(self.stack, **{"Accept-Language": language})
        assert one.sign_in(f"{self.name}_{name}", PASSWORD).status_code == 303
        return one

    def visitor(self, status="PENDING", site="(select min(id) from garita.sites)"):
        return self.stack.psql(f"""insert into garita.visitors (site_id, first_name, last_name, unit_id, status, expected_date)
            select {site}, '{HOSTILE}', 'Ríos', {self.unit}, '{status}', current_date returning id""")[0]

    def card(self, number):
        made = self.stack.call("POST", "/api/access/codes/", "ADMIN", json={
            "resident": int(self.resident), "code": number, "code_type": "RFID", "access_points": [int(self.gate)],
            "expiry_date": day(400), "notes": "azul"})
        assert made.status_code == 201, made.text
        return made.json()["id"]

    def opens(self, code):
        return self.stack.call("POST", VALIDATE, "GUARD", json={
            "code": code, "access_point_id": int(self.gate), "access_type": "ENTRY"}).json()["valid"]

    def do(self, path, **fields):
        """Looks at the question and answers it."""
        return self.admin.send(path, fields)

    def audit(self, table, row):
        return self.stack.psql(f"""select action, coalesce(actor, ''), changes from garita.audit
            where table_name = '{table}' and row_id = {row} order by id""")


@pytest.fixture
def residence(stack):
    """Its rows stay: who has done something is not deleted."""
    return Residence(stack)


def shown(answer):
    """What a page shows this once."""
    return re.search(r"<code data-copy[^>]*>([^<]+)</code>", answer.text)[1]


def offers(page):
    """Whether the page itself, not what stands around it, has a button."""
    return "<button" in re.search(r"(?s)<main.*</main>", page.text)[0]


def test_a_pass_is_issued_shown_once_and_opens(stack, residence):
    visitor = residence.visitor()
    path = f"/admin/visitors/{visitor}/pass/"
    asked = residence.admin.get(path)
    assert asked.status_code == 200 and 'name="valid_hours" type="text" inputmode="numeric" value="24"' in asked.text
    answer = residence.do(path, code_type="ALPHANUMERIC", valid_hours="5", max_uses="2", access_points=residence.gate)
    assert answer.status_code == 200 and "<svg" in answer.text and answer.headers["Cache-Control"].startswith("no-store")
    code = shown(answer)
    assert len(code) == 8 and HOSTILE not in answer.text
    row = stack.psql(f"""select t.id, t.max_uses, t.valid_until - t.valid_from, array_agg(p.access_point_id)
        from garita.temporary_codes t join garita.temporary_code_points p on p.temporary_code_id = t.id
        where t.visitor_id = {visitor} group by t.id""")
    number, *limits = row[0].split("|")
    assert limits == ["2", "05:00:00", f"{{{residence.gate}}}"]
    assert stack.psql(f"select status from garita.visitors where id = {visitor}") == ["APPROVED"]
    assert residence.opens(code) and residence.opens(code) and not residence.opens(code)
    for page in (f"/admin/passes/{number}/", f"/admin/passes/{number}/show/", f"/admin/visitors/{visitor}/"):
        assert code not in residence.admin.get(page).text, page


def test_a_faulty_pass_keeps_what_was_typed(stack, residence):
    visitor = residence.visitor()
    answer = residence.do(f"/admin/visitors/{visitor}/pass/", code_type="NUMERIC", valid_hours="169", max_uses="x")
    assert answer.status_code == 400 and 'value="169"' in answer.text and 'value="x"' in answer.text
    assert re.search(r'<option value="NUMERIC" selected>', answer.text)
    assert 'id="valid_hours-error"' in answer.text and 'id="max_uses-error"' in answer.text and 'href="#max_uses"' in answer.text
    assert stack.psql(f"select count(*) from garita.temporary_codes where visitor_id = {visitor}") == ["0"]
    refused = residence.visitor("DENIED")
    assert offers(residence.admin.page) is True and not offers(residence.admin.get(f"/admin/visitors/{refused}/pass/"))
    token = residence.admin.get(path := f"/admin/visitors/{visitor}/pass/") and residence.admin.token()
    late = residence.admin.post(path.replace(visitor, refused), {
        "form_token": token, "code_type": "QR", "valid_hours": "9", "max_uses": "1"})
    assert late.status_code == 409 and "The visit was refused." in late.text and 'value="9"' in late.text


def test_a_one_time_pass_brings_what_an_authenticator_needs(stack, residence):
    """At issue and never again, whoever looks: who has lost it needs another pass."""
    visitor = residence.visitor()
    answer = residence.do(f"/admin/visitors/{visitor}/pass/", code_type="OTP", valid_hours="1", max_uses="1")
    assert answer.status_code == 200 and len(shown(answer)) == 6
    seed = re.search(r'<code class="long">([A-Z2-7]{32})</code>', answer.text)[1]
    number = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    again = residence.do(f"/admin/passes/{number}/show/")
    assert shown(again) == shown(answer) and seed not in again.text and "only then" in again.text
    assert 'class="qr"' in answer.text and 'class="qr"' not in again.text


def test_an_administrator_sees_a_pass_again_and_that_is_written_down(stack, residence):
    visitor = residence.visitor()
    code = shown(residence.do(f"/admin/visitors/{visitor}/pass/", code_type="QR", valid_hours="1", max_uses="1"))
    number = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    before = len(residence.audit("temporary_codes", number))
    assert code not in residence.admin.get(f"/admin/passes/{number}/show/").text
    assert len(residence.audit("temporary_codes", number)) == before
    assert shown(residence.do(f"/admin/passes/{number}/show/")) == code
    assert residence.audit("temporary_codes", number)[before:] == [f"REVEAL|{residence.name}_admin|{{}}"]
    answer = residence.do(f"/admin/passes/{number}/revoke/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/admin/passes/{number}/")
    assert not residence.opens(code)
    # What has happened is not offered once more.
    assert not offers(residence.admin.get(f"/admin/passes/{number}/revoke/"))


def test_a_visit_is_approved_by_somebodys_word_refused_and_cancelled(stack, residence):
    def state(visitor):
        return stack.psql(f"select status, resident_id from garita.visitors where id = {visitor}")[0]

    one = residence.visitor()
    assert residence.do(f"/admin/visitors/{one}/approve/", resident=residence.resident).status_code == 303
    assert state(one) == f"APPROVED|{residence.resident}"
    code = shown(residence.do(f"/admin/visitors/{one}/pass/", code_type="QR", valid_hours="1", max_uses="1"))
    assert residence.do(f"/admin/visitors/{one}/cancel/").status_code == 303
    assert state(one) == f"DENIED|{residence.resident}" and not residence.opens(code)
    two = residence.visitor()
    assert residence.do(f"/admin/visitors/{two}/deny/").status_code == 303 and state(two) == "DENIED|"
    stranger = stack.psql(f"select id from garita.residents where unit_id <> {residence.unit} limit 1")[0]
    three = residence.visitor()
    answer = residence.do(f"/admin/visitors/{three}/approve/", resident=stranger)
    assert answer.status_code == 400 and "Nobody of that number lives in the unit visited." in answer.text
    assert state(three) == "PENDING|"


def test_a_replaced_card_opens_nothing_and_the_new_one_opens(stack, residence):
    old, new = f"T{uuid.uuid4().hex}".upper(), f"T{uuid.uuid4().hex}".upper()
    card = residence.card(old)
    path = f"/admin/cards/{card}/replace/"
    assert old not in residence.admin.get(path).text
    taken = residence.do(path, code=old)
    assert taken.status_code == 400 and f'value="{old}"' in taken.text and "This number is in use already." in taken.text
    blank = residence.do(path, code=" ")
    assert blank.status_code == 400 and 'id="code-error"' in blank.text
    assert residence.opens(old)
    answer = residence.do(path, code=f" {new.lower()}\n")
    assert answer.status_code == 303
    number = answer.headers["Location"].split("/")[3]
    assert not residence.opens(old) and residence.opens(new)
    facts = "select resident_id, code_type, expiry_date, notes, array(select access_point_id from garita.access_code_points" \
        " where access_code_id = c.id) from garita.access_codes c where id = "
    assert stack.psql(facts + str(number)) == stack.psql(facts + str(card))
    assert residence.audit("access_codes", card)[-1].startswith(f"UPDATE|{residence.name}_admin|")
    assert any(line.startswith(f"INSERT|{residence.name}_admin|") for line in residence.audit("access_codes", number))
    assert new not in residence.admin.get(f"/admin/cards/{number}/").text


def test_a_card_is_revealed_once_and_reported_lost(stack, residence):
    number = f"T{uuid.uuid4().hex}".upper()
    card = residence.card(number)
    before = residence.audit("access_codes", card)
    assert number not in residence.admin.get(f"/admin/cards/{card}/reveal/").text
    assert residence.audit("access_codes", card) == before
    assert shown(residence.do(f"/admin/cards/{card}/reveal/")) == number
    assert residence.audit("access_codes", card)[len(before):] == [f"REVEAL|{residence.name}_admin|{{}}"]
    assert residence.opens(number)
    assert residence.do(f"/admin/cards/{card}/report-lost/").status_code == 303
    assert not residence.opens(number)


def test_a_card_whose_code_is_not_kept_says_so(stack, residence):
    card = residence.card(f"T{uuid.uuid4().hex}")
    stack.psql(f"update garita.access_codes set code_sealed = null where id = {card}")
    answer = residence.do(f"/admin/cards/{card}/reveal/")
    assert answer.status_code == 409 and "The code itself is not kept." in answer.text


def test_a_device_is_enrolled_and_signs_with_the_key_it_was_shown(stack, residence):
    number = f"T{uuid.uuid4().hex}"
    residence.card(number)
    answer = residence.do(f"/admin/gates/{residence.gate}/device/", name=f"{residence.name} <i>", allows_entry="true", allows_exit="false")
    assert answer.status_code == 200 and "<svg" in answer.text and answer.headers["Cache-Control"].startswith("no-store")
    device = Device(stack, shown(answer))
    granted = device.scan(number, int(residence.gate))
    assert granted.status_code == 200 and granted.json()["valid"] is True
    assert device.scan(number, int(residence.gate), "EXIT").status_code != 200
    assert device.key not in residence.admin.get(f"/admin/devices/{device.id}/").text
    rotated = Device(stack, shown(residence.do(f"/admin/devices/{device.id}/rotate/")))
    assert rotated.id == device.id and int(rotated.version) == int(device.version) + 1 and rotated.key != device.key
    assert [one.scan(number, int(residence.gate)).status_code for one in (device, rotated)] == [200, 200]
    assert residence.do(f"/admin/devices/{device.id}/revoke/").status_code == 303
    assert [one.scan(number, int(residence.gate)).status_code for one in (device, rotated)] == [401, 401]
    traces = residence.audit("devices", device.id)
    assert [line.split("|")[:2] for line in traces] == [[action, f"{residence.name}_admin"] for action in ("INSERT", "UPDATE", "UPDATE")]
    assert not any(key in line for line in traces for key in (device.key, rotated.key))


def test_a_device_is_enrolled_at_a_gate_one_chooses(stack, residence):
    path = "/admin/devices/new/"
    faulty = residence.do(path, access_point=residence.gate, name="", allows_entry="false", allows_exit="false")
    assert faulty.status_code == 400 and "Entry, exit or both." in faulty.text and 'id="name-error"' in faulty.text
    assert re.search(rf'<option value="{residence.gate}" selected>', faulty.text)
    made = residence.do(path, access_point=residence.gate, name=residence.name, allows_entry="true", allows_exit="true")
    assert made.status_code == 200 and shown(made).startswith("id=")
    again = residence.do(path, access_point=residence.gate, name=residence.name, allows_entry="true", allows_exit="true")
    assert again.status_code == 400 and "Another device has this name." in again.text and f'value="{residence.name}"' in again.text
    assert HOSTILE not in again.text


def test_short_codes_are_allowed_again_after_a_look(stack, residence):
    stack.psql(f"""insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
        select a.site_id, a.id, 0, now(), (now() at time zone s.time_zone)::date, 100, true
        from garita.access_points a join garita.sites s on s.id = a.site_id where a.id = {residence.gate}""")
    path = f"/admin/gates/{residence.gate}/acknowledge/"
    assert "Short codes here Off Wrong ones today 100 " in text(residence.admin.get(path).text)
    answer = residence.do(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/admin/gates/{residence.gate}/")
    assert stack.psql(f"select short_off, tokens from garita.gate_throttles where access_point_id = {residence.gate}") == ["f|10"]
    assert "Short codes here They work Wrong ones today 0 " in text(residence.admin.get(path).text)
    stack.psql(f"""update garita.gate_throttles set short_off = true, guessed_by = array(select id from garita.users)
        where access_point_id = {residence.gate}""")
    assert "somebody else must allow short codes again" in text(residence.admin.get(path).text)
    own = residence.do(path)
    assert own.status_code == 403 and "somebody else must allow short codes again" in text(own.text)
    stack.psql(f"delete from garita.gate_throttles where access_point_id = {residence.gate}")
    assert residence.admin.get("/admin/gates/0/acknowledge/").status_code == 200
    assert residence.do("/admin/gates/0/acknowledge/").status_code == 303


def paths(stack, residence):
    visitor, card = residence.visitor("APPROVED"), residence.card(f"T{uuid.uuid4().hex}")
    residence.do(f"/admin/visitors/{visitor}/pass/", code_type="QR", valid_hours="1", max_uses="1")
    code = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    waiting = residence.visitor()
    device = Device(stack, shown(residence.do(
        f"/admin/gates/{residence.gate}/device/", name=residence.name, allows_entry="true", allows_exit="true"))).id
    return [f"/admin/visitors/{waiting}/{task}/" for task in ("pass", "approve", "deny", "cancel")] \
        + [f"/admin/passes/{code}/{task}/" for task in ("show", "revoke")] \
        + [f"/admin/cards/{card}/{task}/" for task in ("report-lost", "replace", "reveal")] \
        + [f"/admin/gates/{residence.gate}/{task}/" for task in ("acknowledge", "device")] \
        + [f"/admin/devices/{device}/{task}/" for task in ("rotate", "revoke")] + ["/admin/devices/new/"]


def test_these_pages_are_for_administrators_of_the_site_alone(stack, residence):
    places = paths(stack, residence)
    for name in ("guard", "resident"):
        other = residence.enter(name)
        token = other.get("/account/") and other.token()
        for path in places:
            assert other.get(path).status_code == 403, path
            assert other.post(path, {"form_token": token}).status_code == 403, path
    nobody = Person(stack)
    for path in places:
        assert nobody.get(path).status_code == 303, path
        # No token of this site's page, nothing done.
        assert residence.admin.post(path, {}).status_code == 403, path
    stack.psql(f"""insert into garita.sites (name, code, time_zone) values ('Otra', '{residence.name}', 'America/Tijuana');
        insert into garita.users (site_id, username, password_hash, role)
        select id, '{residence.name}_other', '{HASH}', 'ADMIN' from garita.sites where code = '{residence.name}'""")
    other = residence.enter("other")
    token = other.get("/account/") and other.token()
    for path in places[:-1]:
        assert other.get(path).status_code == 404, path
    for path in places[:-1]:
        fields = {"code_type": "QR", "valid_hours": "1", "max_uses": "1", "code": uuid.uuid4().hex, "name": "x", "allows_entry": "true"}
        # A gate that is not theirs is none.
        assert other.post(path, fields | {"form_token": token}).status_code in (404,), path
    refused = other.post("/admin/devices/new/", {
        "form_token": token, "access_point": residence.gate, "name": "x", "allows_entry": "true"})
    assert refused.status_code == 400 and "No such access point." in refused.text
    after = stack.psql(f"select count(*) from garita.audit where actor = '{residence.name}_other' and action <> 'REFUSED' and table_name not in ('sessions', 'users')")
    assert after == ["0"]


def test_looking_changes_nothing_and_a_hostile_name_stays_text(stack, residence):
    places = paths(stack, residence)
    before = stack.psql("select count(*) from garita.audit")
    for path in places:
        for language in ("en", "es"):
            page = residence.admin.get(path, headers={"Accept-Language": language})
            assert page.status_code == 200 and "<script>" not in page.text, path
            assert f'lang="{language}"' in page.text.split("<head")[0], path
    assert stack.psql("select count(*) from garita.audit") == before


def test_no_secret_of_these_pages_is_in_a_log(stack, residence):
    visitor, number = residence.visitor(), f"T{uuid.uuid4().hex}".upper()
    code = shown(residence.do(f"/admin/visitors/{visitor}/pass/", code_type="QR", valid_hours="1", max_uses="1"))
    card = residence.card(f"T{uuid.uuid4().hex}")
    residence.do(f"/admin/cards/{card}/replace/", code=number)
    key = shown(residence.do(f"/admin/gates/{residence.gate}/device/", name=residence.name, allows_entry="true")).split("key=")[1]
    logs = [file for file in (stack.var.resolve() / "log").rglob("*") if file.is_file()]
    assert logs
    for file in logs:
        content = file.read_text(errors="replace")
        for secret in (code, number, key):
            assert secret not in content, file
    assert stack.psql("select count(*) from garita.audit where changes::text ~ '" + "|".join((code, number, key)) + "'") == ["0"]


def test_a_card_is_assigned_by_a_reader_that_types(stack, residence):
    number = f"T{uuid.uuid4().hex}".upper()
    name = stack.psql(f"select first_name || ' ' || last_name from garita.residents where id = {residence.resident}")[0]
    schedule = stack.psql(f"insert into garita.schedules (site_id, name) select min(id), '{residence.name}' from garita.sites returning id")[0]
    fields = {"resident.text": name, "code": f"{number}\r\n", "code_type": "RFID", "access_points": residence.gate,
              "schedule": schedule, "expiry_date": day(400), "is_active": "true"}
    answer = residence.do("/admin/cards/new/", **fields)
    assert answer.status_code == 303, answer.text
    card = answer.headers["Location"].split("/")[3]
    assert residence.opens(number) and number not in residence.admin.get(answer.headers["Location"]).text
    assert stack.psql(f"""select c.schedule_id, array_agg(p.access_point_id) from garita.access_codes c
        join garita.access_code_points p on p.access_code_id = c.id where c.id = {card} group by 1""") == [f"{schedule}|{{{residence.gate}}}"]
    again = residence.do("/admin/cards/new/", **fields)
    assert again.status_code == 400 and 'id="code-error"' in again.text and f'value="{number}' in again.text


def test_what_the_block_list_compares_is_shown_to_nobody_again(stack, residence):
    document = f"INE {uuid.uuid4().hex}"
    answer = residence.do("/admin/blocklist/new/", kind="document", value=document, reason="Robo", is_active="true")
    assert answer.status_code == 303
    row = answer.headers["Location"]
    assert "Written once" in residence.admin.get("/admin/blocklist/new/").text
    for page in (row, f"{row}edit/", f"{row}history/", "/admin/blocklist/"):
        assert document not in residence.admin.get(page).text, page
    stored = f"select value, reason from garita.blocklist where id = {row.split('/')[3]}"
    value = stack.psql(stored)[0].split("|")[0]
    # Blank leaves it as it is.
    assert residence.do(f"{row}edit/", value="", reason="Otro").status_code == 303
    assert stack.psql(stored) == [f"{value}|Otro"]
    assert residence.do(f"{row}edit/", value=f"{document}9", reason="Otro").status_code == 303
    assert stack.psql(stored)[0].split("|")[0] != value


def test_the_days_of_a_schedule_are_ticked(stack, residence):
    def weekdays():
        return stack.psql(f"select weekdays from garita.schedules where name = '{residence.name}'")

    path = "/admin/schedules/new/"
    fresh = residence.admin.get(path).text
    assert len(re.findall(r'name="weekdays" value="\d+" checked', fresh)) == 7
    fields = {"form_token": residence.admin.token(), "name": residence.name, "starts_at": "09:00", "ends_at": "18:00"}
    none = residence.admin.post(path, fields | {"weekdays": [""]})
    assert none.status_code == 400 and none.text.count("Tick at least one.") == 2 and weekdays() == []
    made = residence.admin.post(path, fields | {"weekdays": ["", "1", "4", "64"]})
    assert made.status_code == 303 and weekdays() == ["69"]
    assert "Monday, Wednesday, Sunday" in residence.admin.get(made.headers["Location"]).text
    edit = made.headers["Location"] + "edit/"
    assert re.findall(r'value="(\d+)" checked', residence.admin.get(edit).text) == ["1", "4", "64"]
    state = residence.admin.form(edit)["state"]
    changed = residence.admin.post(edit, fields | {"weekdays": ["", "2"], "name": "", "state": state})
    assert changed.status_code == 400 and re.findall(r'value="(\d+)" checked', changed.text) == ["2"]
    assert residence.admin.post(edit, fields | {"weekdays": ["", "2"], "state": state}).status_code == 303
    assert weekdays() == ["2"]


def test_two_round_trips_and_six_kilobytes_for_each_page(stack, residence):
    places = paths(stack, residence)
    with RoundTrips(stack) as trips:
        for path in places:
            assert trips.of(lambda: residence.admin.get(path).raise_for_status()) == 2, path
            assert len(gzip.compress(residence.admin.page.content)) < 6000, path
