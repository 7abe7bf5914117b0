"""What administrators do with gates and devices on pages; who may open these pages, and what they hide."""

import gzip
import re
import uuid

from devices import Device
from gates import HASH, HOSTILE, residence, shown  # noqa: F401 (a fixture)
from pages import Person
from round_trips import RoundTrips


def text(page):
    """What a person reads of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(svg|title)\b.*?</\1>", "", page)))


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
    assert "Short codes here Off Wrong codes today 100 " in text(residence.admin.get(path).text)
    answer = residence.do(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/admin/gates/{residence.gate}/")
    assert stack.psql(f"select short_off, tokens from garita.gate_throttles where access_point_id = {residence.gate}") == ["f|10"]
    assert "Short codes here Working Wrong codes today 0 " in text(residence.admin.get(path).text)
    stack.psql(f"""update garita.gate_throttles set short_off = true, guessed_by = array(select id from garita.users)
        where access_point_id = {residence.gate}""")
    assert "somebody else must reactivate short codes" in text(residence.admin.get(path).text)
    own = residence.do(path)
    assert own.status_code == 403 and "somebody else must reactivate short codes" in text(own.text)
    stack.psql(f"delete from garita.gate_throttles where access_point_id = {residence.gate}")
    assert residence.admin.get("/admin/gates/0/acknowledge/").status_code == 200
    assert residence.do("/admin/gates/0/acknowledge/").status_code == 303


def paths(stack, residence):
    visitor, card = residence.visitor("APPROVED"), residence.card(f"T{uuid.uuid4().hex}")
    residence.do(f"/admin/visitors/{visitor}/pass/", code_type="QR", valid_hours="1", max_uses="1")
    code = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    waiting = residence.visitor()
    device = Device(stack, shown(residence.do(
        f"/admin/gates/{residence.gate}/device/", name=uuid.uuid4().hex, allows_entry="true", allows_exit="true"))).id
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
    key = shown(residence.do(f"/admin/gates/{residence.gate}/device/", name=uuid.uuid4().hex, allows_entry="true")).split("key=")[1]
    logs = [file for file in (stack.var.resolve() / "log").rglob("*") if file.is_file()]
    assert logs
    for file in logs:
        content = file.read_text(errors="replace")
        for secret in (code, number, key):
            assert secret not in content, file
    assert stack.psql("select count(*) from garita.audit where changes::text ~ '" + "|".join((code, number, key)) + "'") == ["0"]


def test_what_the_block_list_compares_is_shown_to_nobody_again(stack, residence):
    document = f"INE {uuid.uuid4().hex}"
    answer = residence.do("/admin/blocklist/new/", kind="document", value=document, reason="Robo", is_active="true")
    assert answer.status_code == 303
    row = answer.headers["Location"]
    assert "not shown again" in residence.admin.get("/admin/blocklist/new/").text
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
    assert none.status_code == 400 and none.text.count("Select at least one.") == 2 and weekdays() == []
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
