"""Entries by hand, emergencies, and corrections of decisions."""

from console import gate, text, word  # noqa: F401


def test_entries_by_hand_want_a_reason(gate):
    path = f"/gate/residents/{gate.resident}/"
    page = gate.guard.get(path)
    assert "Íñigo Núñez" in text(page) and "Lives here" in text(page) and "+52 55 1234 9999" in text(page)
    page = gate.guard.send(path, {"direction": "ENTRY"})
    assert page.status_code == 400 and "Say why" in text(page)
    page = gate.guard.send(path, {"direction": "ENTRY", "preset": "Forgot the card", "reason": "viene en taxi"})
    assert word(page)[0] == "green" and "Forgot the card. viene en taxi" in text(page)
    assert gate.log() == "SUCCESS|ENTRY|MANUAL|||Íñigo Núñez"
    gate.stack.psql(f"update garita.residents set is_authorized = false where id = {gate.resident}")
    page = gate.guard.send(path, {"direction": "ENTRY", "preset": "Forgot the card"})
    gate.stack.psql(f"update garita.residents set is_authorized = true where id = {gate.resident}")
    assert word(page) == ("amber", "LOOK") and "Person not authorized" in text(page)


def test_somebody_without_anything_passes_by_hand(gate):
    path = "/gate/manual/"
    page = gate.guard.send(path, {"name": "Paramédico", "unit": "z-999", "plate": "X1", "reason": "oxígeno"})
    assert page.status_code == 400 and "There is no such unit" in text(page)
    assert 'value="Paramédico"' in page.text and 'value="oxígeno"' in page.text, "nothing typed is lost"
    gate.guard.get(path)
    sent = gate.guard.form(path) | {"name": "Paramédico", "unit": "a101", "plate": "X1", "reason": "oxígeno"}
    before = gate.rows()
    assert word(gate.guard.post(path, sent))[0] == word(gate.guard.post(path, sent))[0] == "green"
    assert gate.rows() == before + 1 and gate.log() == "SUCCESS|ENTRY|MANUAL|||Paramédico"


def test_the_block_list_asks_twice(gate):
    gate.stack.psql(f"insert into garita.blocklist (site_id, kind, value, reason) values ({gate.here.site}, 'plate', 'MAL666', 'x')")
    try:
        sure = gate.guard.send("/gate/manual/", {"name": "Otro", "plate": "mal-666", "reason": "insiste", "confirmed": "yes"})
        assert word(sure) == ("red", "STOP"), "nobody confirms what was not refused before"
        page = gate.guard.page = gate.guard.send("/gate/manual/", {"name": "Nadie", "plate": "mal-666", "reason": "insiste"})
        assert word(page) == ("red", "STOP") and gate.log() == "DENIED|ENTRY|MANUAL|blocklisted|blocklisted|Nadie"
        page = gate.guard.post("/gate/manual/", gate.guard.form("/gate/manual/") | {"confirmed": "yes"})
        assert word(page) == ("amber", "LOOK") and gate.log() == "SUCCESS|ENTRY|MANUAL||blocklisted|Nadie"
    finally:
        gate.stack.psql(f"delete from garita.blocklist where site_id = {gate.here.site}")


def test_an_emergency_is_one_action_and_always_logged(gate):
    gate.guard.get("/gate/")
    before = gate.rows()
    page = gate.guard.post("/gate/emergency/", gate.guard.form("/gate/emergency/"))
    assert page.status_code == 303 and page.headers["Location"].startswith("/gate/decisions/")
    assert gate.rows() == before + 1 and gate.log() == "SUCCESS|ENTRY|MANUAL||emergency|Unknown"
    place = page.headers["Location"]
    assert gate.guard.send(place, {"kind": "other", "reason": "ambulancia 12"}).status_code == 303
    page = gate.guard.get("/gate/")
    assert "ambulancia 12" in text(page) and "emergency" in text(page)


def test_a_correction_puts_the_visit_back_and_erases_nothing(gate):
    visit = gate.visit()
    code = gate.code(visit)
    gate.scan(code)
    log = gate.stack.psql(f"select max(id) from garita.access_logs where visitor_id = {visit}")[0]
    path = f"/gate/decisions/{log}/"
    page = gate.guard.send(path, {"kind": "did_not_pass", "reason": " "})
    assert page.status_code == 400 and "what happened" in text(page)
    kept = gate.stack.psql(f"select to_jsonb(l) from garita.access_logs l where id = {log}")
    assert gate.guard.send(path, {"kind": "did_not_pass", "reason": "se fue"}).status_code == 303
    assert gate.stack.psql(f"select status, check_in_time is null from garita.visitors where id = {visit}") == ["APPROVED|t"]
    assert gate.stack.psql(f"select to_jsonb(l) from garita.access_logs l where id = {log}") == kept
    page = gate.guard.get("/gate/")
    assert "se fue" in text(page) and "<del>" in page.text
    assert "se fue" in text(gate.enter("ADMIN").get(f"/admin/log/{log}/"))
    assert word(gate.scan(code))[0] == "red", "the use stays spent"
    assert word(gate.press(visit, "admit"))[0] == "red", "whoever finds the visit by name"
    gate.guard.get(f"/gate/visits/{visit}/")
    page = gate.guard.post(f"/gate/visits/{visit}/admit/", gate.guard.form("/gate/") | {"host": gate.resident})
    assert word(page)[0] == "green", "but by a resident's word the visit gets another pass"
    gate.press(visit, "exit")
    log = gate.stack.psql(f"select max(id) from garita.access_logs where visitor_id = {visit} and access_type = 'EXIT'")[0]
    assert gate.guard.send(f"/gate/decisions/{log}/", {"kind": "did_not_pass", "reason": "volvió"}).status_code == 303
    assert gate.status(visit) == "CHECKED_IN"


def test_a_refusal_was_no_passage(gate):
    gate.scan("ABCDEFGHJKMNPQRSTUVWXYZ236")
    log = gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.here.site}")[0]
    gate.guard.get(f"/gate/decisions/{log}/")
    page = gate.guard.post(f"/gate/decisions/{log}/", gate.guard.form(f"/gate/decisions/{log}/") | {"kind": "did_not_pass", "reason": "x"})
    assert page.status_code == 409 and "refused it anyway" in text(page)
