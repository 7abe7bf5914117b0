"""What a verdict of the console tells beyond its reasons, and where it leads on."""

import re

import pytest

from community import SQL
from console import gate, text, word  # noqa: F401


def over(gate, visit):
    """The only pass of a visit has ended."""
    gate.stack.psql(f"""update garita.temporary_codes set valid_from = now() - interval '3 h', valid_until = now() - interval '1 h'
        where visitor_id = {visit}""")


def test_a_visit_whose_pass_is_over_is_decided_by_it(gate):
    visit = gate.visit()
    gate.code(visit)
    over(gate, visit)
    page = gate.press(visit, "admit")
    assert word(page)[0] == "red" and "Pass expired" in text(page) and gate.status(visit) == "APPROVED"
    assert f'href="/gate/visits/{visit}/">Ask a resident' in page.text
    assert gate.stack.psql(f"select count(*) from garita.temporary_codes where visitor_id = {visit}") == ["1"], "no pass of its own accord"


def test_by_a_residents_word_it_passes_once_more(gate):
    other = gate.here.add("residents", unit_id=SQL(gate.here.unit), first_name="Rosa", last_name="Mar", is_authorized=SQL("true"))
    visit = gate.visit()
    code = gate.code(visit)
    assert word(gate.scan(code))[0] == "green" and word(gate.scan(code, "EXIT"))[0] == "green"
    page = gate.guard.get(f"/gate/visits/{visit}/")
    path = f"/gate/visits/{visit}/admit/"
    assert f'formaction="{path}" name="host" value="{other}">Admit: Rosa Mar approves' in page.text
    sent = gate.guard.form("/gate/") | {"host": other}
    first, again = gate.guard.post(path, sent), gate.guard.post(path, sent)
    assert word(first) == word(again) == ("green", "GO AHEAD") and gate.status(visit) == "CHECKED_IN"
    assert gate.stack.psql(f"""select string_agg(times_used || '/' || max_uses, ' ' order by code_id) from garita.credentials
        where visitor_id = {visit}""") == ["1/1 1/1"], "one entry more, however often it is sent"
    assert gate.stack.psql(f"select resident_id from garita.visitors where id = {visit}") == [str(other)], "whose word it was"


@pytest.mark.parametrize("what", ["a cancelled pass", "a pass for later", "a resident of another home"])
def test_no_word_opens(gate, what):
    visit, host = gate.visit(), gate.resident
    gate.code(visit)
    if what == "a cancelled pass":
        gate.stack.psql(f"update garita.temporary_codes set revoked_at = now(), is_active = false where visitor_id = {visit}")
    elif what == "a pass for later":
        gate.stack.psql(f"update garita.temporary_codes set valid_from = now() + interval '3 h' where visitor_id = {visit}")
    else:
        over(gate, visit)
        unit = gate.here.add("units", building_id=SQL(f"(select building_id from garita.units where id = {gate.here.unit})"),
                             number=str(900 + int(visit) % 90), floor=9)
        host = gate.here.add("residents", unit_id=SQL(unit), first_name="Otra", last_name="Casa", is_authorized=SQL("true"))
    assert ("name=\"host\"" in gate.guard.get(f"/gate/visits/{visit}/").text) is (what == "a resident of another home")
    page = gate.guard.post(f"/gate/visits/{visit}/admit/", gate.guard.form("/gate/") | {"host": host})
    assert page.status_code == 400 if what == "a resident of another home" else word(page)[0] == "red"
    assert gate.status(visit) == "APPROVED"


def test_what_the_log_says_against_a_passage_is_told_and_hinders_nobody(gate):
    visit = gate.visit()
    code = gate.code(visit, max_uses=5)
    page = gate.scan(code, "EXIT")
    assert word(page) == ("amber", "LOOK") and "There is no record of this visitor coming in." in text(page)
    assert gate.log().startswith("SUCCESS|EXIT|QR_CODE||"), "nothing of it is in the decision"
    assert word(gate.scan(code)) == ("green", "GO AHEAD")
    page = gate.scan(code)
    assert word(page) == ("amber", "LOOK") and re.search(r"Already recorded as inside since \d\d:\d\d\.", text(page))
    # Taken back, it says nothing any more: the first entry stands.
    log = gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.here.site}")[0]
    for one in (log, gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.here.site} and id < {log}")[0]):
        assert gate.guard.send(f"/gate/decisions/{one}/", {"kind": "did_not_pass", "reason": "se fue"}).status_code == 303
    assert word(gate.scan(code)) == ("green", "GO AHEAD")
    page = gate.scan(code, "EXIT")
    assert word(page) == ("green", "EXIT") and "No entries left" not in text(page)


def test_a_refusal_says_what_a_guard_can_do(gate):
    here = gate.here
    elsewhere = gate.visit()
    code = gate.code(elsewhere)
    gate.stack.psql(f"""insert into garita.temporary_code_points (temporary_code_id, access_point_id, site_id)
        select id, {here.south}, site_id from garita.temporary_codes where visitor_id = {elsewhere}""")
    assert "The pass is for: Sur" in text(gate.scan(code))
    later = gate.visit()
    code = gate.code(later)
    gate.stack.psql(f"update garita.temporary_codes set valid_from = now() + interval '3 h' where visitor_id = {later}")
    assert "Valid from" in text(gate.scan(code))
    waiting = gate.visit("PENDING")
    page = gate.force(waiting, "admit")
    assert f'href="/gate/visits/{waiting}/">Approve or refuse' in page.text and "tel:+525512349999" in page.text
    host = here.add("residents", unit_id=SQL(here.unit), first_name="Ido", last_name="Mar", is_authorized=SQL("true"))
    left = gate.visit(resident_id=SQL(host), last_name="—")
    code = gate.code(left)
    gate.stack.psql(f"update garita.residents set move_out_date = '2020-01-01' where id = {host}")
    page = gate.scan(code)
    assert "Whoever authorized the visit no longer resides here" in text(page)
    assert "<strong>Lucía</strong>" in page.text and "—" not in page.text


def test_a_console_for_exits_says_so(gate):
    page = gate.guard.get("/gate/?direction=EXIT").text
    assert "<h1>Norte · EXIT</h1>" in page and 'class="box leaving"' in page
    page = gate.guard.get("/gate/?direction=ENTRY").text
    assert "<h1>Norte</h1>" in page and "leaving" not in page


def test_only_the_ways_of_the_gate_are_offered(gate):
    inside, due = gate.visit("CHECKED_IN"), gate.visit()
    lists = ("/gate/", "/gate/inside/", "/gate/expected/", f"/gate/units/{gate.here.unit}/", f"/gate/visits/{inside}/", f"/gate/visits/{due}/")

    def offered():
        return {step for path in lists for step in re.findall(r'formaction="/gate/visits/\d+/(admit|exit)/"', gate.guard.get(path).text)}

    assert offered() == {"admit", "exit"}
    try:
        for column, left in (("is_exit", {"admit"}), ("is_entry", {"exit"})):
            gate.stack.psql(f"update garita.access_points set {column} = false where id = {gate.here.north}")
            assert offered() == left
            gate.stack.psql(f"update garita.access_points set is_entry = true, is_exit = true where id = {gate.here.north}")
    finally:
        gate.stack.psql(f"update garita.access_points set is_entry = true, is_exit = true where id = {gate.here.north}")


def test_a_correction_begins_with_nothing_chosen(gate):
    gate.scan(gate.code(gate.visit()))
    log = gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.here.site}")[0]
    page = gate.guard.get(f"/gate/decisions/{log}/")
    assert '<option value="did_not_pass" selected' not in page.text and "What was wrong" in text(page)
    assert gate.guard.send(f"/gate/decisions/{log}/", {"kind": "", "reason": "x"}).status_code == 400
    gate.guard.get("/gate/")
    place = gate.guard.post("/gate/emergency/", gate.guard.form("/gate/emergency/")).headers["Location"]
    page = gate.guard.get(place)
    assert re.search(r'<option value="other"\s+selected', page.text) and "What you want to note" in text(page)
