"""The console of guards, without scripts: the box, the verdict, admitting by name."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from community import SQL, Community
from console import gate, text, word  # noqa: F401
from pages import Forms
from round_trips import RoundTrips


def test_a_code_is_decided_on(gate):
    visit = gate.visit(vehicle_plate="ABC-123-A", purpose="Cena", companions=SQL("2"))
    code = gate.code(visit)
    page = gate.scan(code)
    assert page.status_code == 200 and word(page) == ("green", "GO AHEAD")
    for shown in ("Muñoz", "A-101", "Íñigo Núñez", "Cena", "ABC-123-A", "+2", "0 of 1 left", "Valid until"):
        assert shown in text(page), shown
    assert code not in page.text and gate.status(visit) == "CHECKED_IN"
    page = gate.scan(code.lower() + "\r\n")
    assert word(page) == ("red", "STOP") and "No entries left" in text(page)
    assert f"/gate/visits/{visit}/exit/" in page.text, "whoever is inside may want to leave"
    assert re.search(r"Used last .* · Norte · Ada Luz", text(page)), "when, where and by whom"
    page = gate.scan(code, "EXIT")
    assert word(page) == ("green", "EXIT") and gate.status(visit) == "CHECKED_OUT"
    assert gate.log().startswith("SUCCESS|EXIT|QR_CODE")


def test_an_attempt_sent_twice_counts_once(gate):
    code = gate.code(gate.visit(), max_uses=5)
    gate.guard.get("/gate/")
    sent = gate.guard.form("/gate/scan/") | {"q": code, "read": "1"}
    before = gate.rows()
    first, again = gate.guard.post("/gate/scan/", sent), gate.guard.post("/gate/scan/", sent)
    assert word(first) == word(again) == ("green", "GO AHEAD") and gate.rows() == before + 1
    assert "was decided before" not in text(first) and "was decided before" in text(again)
    assert word(gate.guard.post("/gate/scan/", sent | {"q": "ABCDEFGHJKMNPQRSTUVWXYZ234"}))[0] == "red", "another code of an old page"
    assert gate.rows() == before + 2


@pytest.mark.parametrize("situation, colour, said", [
    ("pending", "amber", "Waiting for approval"), ("denied", "red", "Visit refused"), ("expired", "red", "Pass expired"),
    ("soon", "amber", "Not valid yet"), ("later", "red", "Not valid yet"), ("revoked", "red", "Pass canceled"),
    ("other gate", "amber", "Not valid at this gate"), ("hours", "amber", "Outside hours"), ("listed", "red", "Call the supervisor"),
    ("alike", "amber", "Resembles a restricted person"), ("unknown", "red", "Code not recognized")])
def test_each_reason_has_its_colour(gate, situation, colour, said):
    visit = gate.visit(first_name="Zoraida", last_name="Quiroz Vela" if situation in ("listed", "alike") else "Otra")
    code = gate.code(visit)
    change = {
        "pending": f"update garita.visitors set status = 'PENDING' where id = {visit}",
        "denied": f"update garita.visitors set status = 'DENIED' where id = {visit}",
        "expired": f"update garita.temporary_codes set valid_from = now() - interval '3 h', valid_until = now() - interval '1 h' where visitor_id = {visit}",
        "soon": f"update garita.temporary_codes set valid_from = now() + interval '1 h' where visitor_id = {visit}",
        "later": f"update garita.temporary_codes set valid_from = now() + interval '3 h' where visitor_id = {visit}",
        "revoked": f"update garita.temporary_codes set revoked_at = now(), is_active = false where visitor_id = {visit}",
        "other gate": f"""insert into garita.temporary_code_points (temporary_code_id, access_point_id, site_id)
            select id, {gate.here.south}, site_id from garita.temporary_codes where visitor_id = {visit}""",
        "hours": f"""with s as (insert into garita.schedules (site_id, name, weekdays, first_day, last_day)
            values ({gate.here.site}, 'nunca {visit}', 127, '2000-01-01', '2000-01-02') returning id)
            update garita.temporary_codes set schedule_id = s.id from s where visitor_id = {visit}"""}.get(situation)
    if change:
        gate.stack.psql(change)
    if situation in ("listed", "alike"):
        gate.stack.psql(f"""insert into garita.blocklist (site_id, kind, value, reason)
            values ({gate.here.site}, 'name', '{"Zoraida Quiroz Vela" if situation == "listed" else "Zoraida Quiros Vela"}', 'pleito')""")
    try:
        page = gate.scan("ABCDEFGHJKMNPQRSTUVWXYZ235" if situation == "unknown" else code)
        assert word(page)[0] == colour and said in text(page)
        assert word(page)[1] == {"red": "STOP", "amber": "LOOK" if situation == "alike" else "WAIT"}[colour]
    finally:
        gate.stack.psql(f"delete from garita.blocklist where site_id = {gate.here.site}")


def test_what_is_typed_shows_people_first(gate):
    visit = gate.visit(vehicle_plate="QWE-987-B", last_name="Echeverría Ñúñez")
    for typed in ("echeverria", "ECHEVERRÍA", "echeveria", "qwe987b"):
        page = gate.scan(typed, read="")
        assert "Echeverría Ñúñez" in text(page) and f"/gate/visits/{visit}/admit/" in page.text, typed
    assert f"/gate/units/{gate.here.unit}/" in gate.scan("a 101", read="").text
    assert f"/gate/residents/{gate.resident}/" in gate.scan("5512349999", read="").text, "a phone before a code"
    before = gate.rows()
    page = gate.scan("nobody at all", read="")
    assert "Nobody and no unit was found" in text(page) and gate.rows() == before, "looking is no attempt"
    page = gate.scan("482913", read="")
    assert word(page)[0] == "red" and "Look for it among people" in text(page) and gate.rows() == before + 1


def test_a_plate_that_looks_like_a_code_may_be_tried_as_one(gate):
    visit = gate.visit(vehicle_plate="ABCD2345")
    gate.guard.page = page = gate.scan("abcd2345", read="")
    assert f"/gate/visits/{visit}/admit/" in page.text
    sent = next(form["fields"] for form in Forms(page.text).forms if form["fields"].get("q") == "abcd2345" and "read" not in form["fields"])
    assert word(gate.guard.post("/gate/scan/", sent | {"as_code": "1"}))[0] == "red"


def test_whoever_is_expected_is_admitted_by_name_and_let_out(gate):
    visit = gate.visit()
    code = gate.code(visit)
    page = gate.press(visit, "admit")
    assert word(page) == ("green", "GO AHEAD") and gate.status(visit) == "CHECKED_IN"
    assert gate.log().startswith("SUCCESS|ENTRY|MANUAL")
    assert word(gate.scan(code))[0] == "red", "the use is spent"
    page = gate.press(visit, "exit")
    assert word(page) == ("green", "EXIT") and gate.status(visit) == "CHECKED_OUT"
    assert 'href="/gate/?direction=ENTRY" data-next' in page.text, "the next scan is an entry, as it was before"


def test_too_many_wrong_codes_say_when_to_try_again(gate):
    code = gate.code(gate.visit(), "NUMERIC")
    for number in range(11):
        page = gate.scan(f"{100000 + number}")
    assert "Too many attempts" in text(page)
    page = gate.scan(code)
    assert word(page) == ("amber", "WAIT") and re.search(r"Try again in \d+ s\.", text(page))


def test_admitting_sent_twice_counts_once(gate):
    visit, before = gate.visit(), gate.rows()
    gate.guard.page = gate.scan(gate.stack.psql(f"select last_name from garita.visitors where id = {visit}")[0], read="")
    path = f"/gate/visits/{visit}/admit/"
    sent = gate.guard.form(path)
    first, again = gate.guard.post(path, sent), gate.guard.post(path, sent)
    assert word(first) == word(again) == ("green", "GO AHEAD"), "a visit without a pass gets one"
    assert gate.rows() == before + 1
    assert gate.stack.psql(f"select times_used, max_uses from garita.credentials where visitor_id = {visit}") == ["1|1"]


def test_one_visit_admitted_by_several_at_once_enters_once(gate):
    """Also where it has no pass before: whoever comes second finds the pass that the first one got."""
    others = [gate.enter("GUARD") for _ in range(3)]
    for _ in range(3):
        visit, before = gate.visit(), gate.rows()
        forms = [(one, one.get("/gate/") and one.form("/gate/scan/")) for one in others]
        with ThreadPoolExecutor(3) as pool:
            pages = list(pool.map(lambda pair: pair[0].post(f"/gate/visits/{visit}/admit/", pair[1]), forms))
        assert sorted(word(page)[0] for page in pages) == ["green", "red", "red"] and gate.rows() == before + 3
        assert gate.stack.psql(f"select times_used, max_uses from garita.credentials where visitor_id = {visit}") == ["1|1"]


@pytest.mark.parametrize("status, days, said", [
    ("PENDING", 0, ("amber", "Waiting for approval")), ("DENIED", 0, ("red", "Visit refused")),
    ("APPROVED", 3, ("red", "Not valid yet")), ("CHECKED_OUT", 0, ("red", "No entries left"))])
def test_who_has_no_right_to_enter_is_not_admitted_by_name(gate, status, days, said):
    visit, before = gate.visit(status, days=days), gate.rows()
    page = gate.force(visit, "admit")
    assert word(page)[0] == said[0] and said[1] in text(page)
    assert gate.status(visit) == status and gate.rows() == before + 1, "and it is logged"


def test_a_cancelled_pass_and_the_block_list_hold_for_names(gate):
    visit = gate.visit(first_name="Malo", last_name="Malísimo")
    gate.code(visit)
    gate.stack.psql(f"update garita.temporary_codes set revoked_at = now(), is_active = false where visitor_id = {visit}")
    assert "Pass canceled" in text(gate.force(visit, "admit")) and gate.status(visit) == "APPROVED"
    other = gate.visit(first_name="Malo", last_name="Peor")
    gate.stack.psql(f"insert into garita.blocklist (site_id, kind, value, reason) values ({gate.here.site}, 'name', 'Malo Peor', 'x')")
    page = gate.force(other, "admit")
    gate.stack.psql(f"delete from garita.blocklist where site_id = {gate.here.site}")
    assert word(page) == ("red", "STOP") and "Call the supervisor" in text(page) and gate.status(other) == "APPROVED"


def test_who_is_inside_leaves_without_a_pass(gate):
    visit = gate.visit("CHECKED_IN")
    assert word(gate.press(visit, "exit"))[0] == "green" and gate.status(visit) == "CHECKED_OUT"


def test_a_gate_that_reads_no_pictures_admits_by_name(gate):
    visit = gate.visit()
    code = gate.code(visit)
    gate.stack.psql(f"update garita.access_points set supports_qr = false where id = {gate.here.north}")
    try:
        page = gate.scan(code)
        assert word(page) == ("amber", "WAIT") and "Not accepted here" in text(page)
        assert word(gate.force(visit, "admit"))[0] == "green"
    finally:
        gate.stack.psql(f"update garita.access_points set supports_qr = true where id = {gate.here.north}")


def test_another_residence_and_residents_have_no_part_in_it(gate, stack):
    other = Community(stack, f"O{uuid.uuid4().hex[:6]}")
    guard = other.person("GUARD", **{"Accept-Language": "en"})
    assert guard.get("/gate/").headers["Location"] == "/gate/shift/", "no shift: a gate is chosen first"
    gate.open(guard, other.north)
    visit = gate.visit()
    code = gate.code(visit)
    log = gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.here.site}")[0]
    assert word(gate.scan(code, person=guard))[0] == "red" and gate.status(visit) == "APPROVED"
    assert gate.force(visit, "admit", guard).status_code == 404
    for path in (f"/gate/decisions/{log}/", f"/gate/residents/{gate.resident}/", f"/gate/visits/{visit}/photo/"):
        assert guard.get(path).status_code == 404, path
    resident = gate.enter("RESIDENT")
    for path in ("/gate/", "/gate/manual/", f"/gate/residents/{gate.resident}/", f"/gate/decisions/{log}/"):
        assert resident.get(path).status_code == 403, path
    resident.get("/account/")
    assert resident.post("/gate/scan/", {"form_token": resident.token(), "q": code}).status_code == 403


def test_addresses_that_take_forms_lead_back(gate):
    for path in ("/gate/scan/", "/gate/emergency/", "/gate/visits/1/admit/", "/gate/visits/1/exit/"):
        assert gate.guard.get(path).headers["Location"] == "/gate/"
    assert gate.scan("  ").headers["Location"] == "/gate/?direction=ENTRY"


def test_a_verdict_takes_two_round_trips_beside_session_and_shift(gate):
    code = gate.code(gate.visit(), max_uses=9)
    gate.guard.get("/gate/")
    sent = gate.guard.form("/gate/scan/") | {"q": code, "read": "1"}
    with RoundTrips(gate.stack) as trips:
        gate.guard.post("/gate/scan/", sent | {"request_id": "warm"})
        assert trips.of(lambda: gate.guard.post("/gate/scan/", sent)) <= 4
        assert trips.of(lambda: gate.guard.post("/gate/scan/", sent | {"request_id": "y", "read": ""})) <= 4, "typed, too"
