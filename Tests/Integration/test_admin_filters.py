"""What lists are narrowed, ordered and searched by, what is offered above and below them, and what is not."""

import html
import re
from urllib.parse import quote

import pytest

from office import office, text  # noqa: F401 (fixture)
from pages import Forms
from stack import day
from visits import give, register


def rows(page, slug):
    return [int(number) for number in re.findall(rf'<th scope="row"[^>]*><a href="/admin/{slug}/(\d+)/">', page)]


def spanish(office):
    return {"headers": {"Accept-Language": "es"}}


def test_users_are_searched_and_filtered_on_pages_alone(office):
    """The legacy API passes over `search` and `role` of accounts: its clients get all."""
    one, two = (int(number) for number in office.stack.psql("select id from garita.users where username like 'tables\\_%' order by username"))
    office.stack.psql(f"update garita.users set role = 'GUARD', is_active = false where id = {two}")
    assert rows(office.ana.get("/admin/users/?search=tables_").text, "users") and {one, two} == set(
        rows(office.ana.get("/admin/users/?search=tables_").text, "users"))
    assert rows(office.ana.get("/admin/users/?search=tables_&role=GUARD").text, "users") == [two]
    assert rows(office.ana.get("/admin/users/?search=tables_&is_active=false").text, "users") == [two]
    assert rows(office.ana.get("/admin/users/?search=tables_&is_active=true").text, "users") == [one]
    every = office.stack.call("GET", "/api/users/", "ADMIN").json()["count"]
    assert office.stack.call("GET", "/api/users/?search=zzz&role=RESIDENT&is_active=false", "ADMIN").json()["count"] == every
    office.stack.psql(f"update garita.users set role = 'ADMIN', is_active = true where id = {two}")


def test_the_log_is_filtered_by_unit_method_and_reason_and_says_the_reason(office):
    unit = office.stack.psql("select id from garita.units where site_id = 1 order by id desc limit 1")[0]
    made = office.stack.psql(f"""insert into garita.access_logs (timestamp, site_id, unit_id, person_name, access_type, access_method, status, reasons)
        values (now(), 1, {unit}, 'Filtered One', 'ENTRY', 'BIOMETRIC', 'DENIED', '{{wrong_direction,expired}}'),
            (now(), 1, {unit}, 'Filtered Two', 'ENTRY', 'BIOMETRIC', 'SUCCESS', '{{}}') returning id""")
    one, two = (int(number) for number in made)
    for language, word, label in [("en", "wrong direction", "Reason"), ("es", "sentido incorrecto", "Motivo")]:
        get = lambda query: office.ana.get(f"/admin/log/?{query}", headers={"Accept-Language": language}).text
        assert set(rows(get(f"unit={unit}&access_method=BIOMETRIC"), "log")) == {one, two}
        page = get(f"unit={unit}&reason=expired")
        assert rows(page, "log") == [one] and word in text(page) and "wrong_direction," not in text(page)
        assert f"{label}: " in text(page), "a chip names it"
        assert set(rows(get("access_method=BIOMETRIC"), "log")) >= {one, two}
        assert word in text(office.ana.get(f"/admin/log/{one}/", headers={"Accept-Language": language}).text)
    for query, found in [(f"unit={unit}&reason=wrong_direction", [one]), ("access_method=BIOMETRIC&reason=moved_out", [])]:
        answer = office.stack.call("GET", f"/api/logs/?{query}", "ADMIN").json()
        assert [row["id"] for row in answer["results"]] == found and answer["count"] == len(found)


def test_residents_are_ordered_by_unit(office):
    page = office.ana.get("/admin/residents/?ordering=unit_display").text
    units = office.stack.psql("select b.code || '-' || u.number from garita.residents r join garita.units u on u.id = r.unit_id"
                              " join garita.buildings b on b.id = u.building_id where r.site_id = 1 order by 1, r.id limit 25")
    shown = re.findall(r'<td data-label="Unit"><a [^>]*>([^<]*)<', page)
    assert shown == units
    assert 'aria-sort="ascending"><a href="/admin/residents/?ordering=-unit_display">Unit' in html.unescape(page)


def test_a_card_is_found_by_its_number_and_no_address_tells_it(office):
    card = give(office.stack)
    name, document, unit = office.stack.psql(f"""select r.last_name, r.document_id, garita.unit_display(r.unit_id) from garita.access_codes c
        join garita.residents r on r.id = c.resident_id where c.id = {card['id']}""")[0].split("|")
    page = office.ana.get("/admin/cards/")
    form = next(form for form in Forms(page.text).forms if form["action"] == "/admin/cards/find/")
    assert form["method"] == "post" and unit in text(page.text)
    find = lambda words: office.ana.post("/admin/cards/find/", form["fields"] | {"search": words})
    for typed in (card["code"], card["code"].lower(), f"  {card['code']} "):
        found = find(typed)
        assert (found.status_code, found.headers["Location"]) == (303, f"/admin/cards/{card['id']}/"), typed
    for words in (name, document, unit):
        found = find(words).headers["Location"]
        assert found == f"/admin/cards/?search={quote(words)}".replace("%20", "+") or "search=" in found
        assert card["id"] in rows(office.ana.get(found).text, "cards"), words
    shown = office.ana.get("/admin/cards/?ordering=-unit_display")
    assert shown.status_code == 200 and card["code"] not in shown.text
    # Nor does nginx write down what is asked for.
    for log in (office.stack.var / "log").glob("*.log"):
        assert card["code"] not in log.read_text(errors="replace"), log.name
    # A guard does not find people by guessing at their documents.
    guessed = office.stack.call("GET", f"/api/access/codes/?search={document}", "GUARD").json()
    assert guessed["count"] == 0
    assert office.stack.call("GET", f"/api/access/codes/?search={document}", "ADMIN").json()["count"] >= 1


def test_filters_survive_a_search_by_post(office):
    form = next(form for form in Forms(office.ana.get("/admin/cards/?is_active=true&ordering=expiry_date").text).forms
                if form["action"] == "/admin/cards/find/")
    sent = office.ana.post("/admin/cards/find/", form["fields"] | {"search": "nobody"})
    assert sent.headers["Location"] == "/admin/cards/?search=nobody&ordering=expiry_date&is_active=true"


def test_several_visits_are_approved_at_once_and_only_those_that_wait(office):
    waiting = [register(office.stack, last_name="Tables") for _ in range(3)]
    refused = register(office.stack, last_name="Tables")
    office.stack.psql(f"update garita.visitors set status = 'PENDING' where id = any('{{{','.join(map(str, waiting))}}}');"
                      f" update garita.visitors set status = 'DENIED' where id = {refused}")
    office.ana.get("/admin/visitors/?search=Tables")
    form = {"form_token": office.ana.token(), "row": [*map(str, waiting), str(refused)], "action": "approve"}
    asked = office.ana.post("/admin/visitors/bulk/", form)
    assert asked.status_code == 200 and "This applies to 4 records:" in asked.text
    done = office.ana.post("/admin/visitors/bulk/", form | {"sure": "yes"})
    assert "Approve: done for 3 of 4." in text(office.ana.get(done.headers["Location"]).text)
    statuses = office.stack.psql(f"select status from garita.visitors where id = any('{{{','.join(map(str, waiting + [refused]))}}}') order by id")
    assert statuses == ["APPROVED"] * 3 + ["DENIED"]
    again = office.ana.post("/admin/visitors/bulk/", form | {"sure": "yes"})
    assert "Approve: done for 0 of 4." in text(office.ana.get(again.headers["Location"]).text), "sent twice, done once"
    # Whoever is on the block list is not let through with the others.
    office.stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "name", "value": "Eva Tables", "reason": "x"})
    try:
        office.stack.psql(f"update garita.visitors set status = 'PENDING' where id = {waiting[0]}")
        blocked = office.ana.post("/admin/visitors/bulk/", form | {"sure": "yes"})
        assert "done for 0 of 4." in text(office.ana.get(blocked.headers["Location"]).text)
    finally:
        office.stack.psql("delete from garita.blocklist")
    one = office.ana.post("/admin/visitors/bulk/", form | {"row": [str(refused)]})
    assert "This applies to 1 record:" in one.text
    office.stack.psql("delete from garita.visitors where last_name = 'Tables'")


def test_a_pass_is_issued_from_the_list_of_passes(office):
    visitor = register(office.stack, first_name="Óscar", last_name="Tables", expected_date=day(1))
    page = office.ana.get("/admin/passes/").text
    assert '<a class="button" href="/admin/passes/new/">' in page and "Issue a pass" in page
    form = office.ana.get("/admin/passes/new/")
    assert re.search(rf'<option value="{visitor}"[^>]*>Óscar Tables · [A-Z]+-\w+ · {day(1)}<', form.text)
    sent = office.ana.post("/admin/passes/new/", office.ana.form("/admin/passes/new/") | {"visitor": str(visitor)})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/admin/visitors/{visitor}/pass/")
    office.stack.psql("delete from garita.visitors where last_name = 'Tables'")


@pytest.mark.parametrize("count, first, last", [
    (0, "0 records", "0 records"), (1, "1 record", "1 record"), (25, "25 records", "25 records"), (60, "1–25 of 60 · page 1 of 3", "51–60 of 60 · page 3 of 3")])
def test_a_list_says_how_many_rows_and_pages_there_are(office, count, first, last):
    office.stack.psql(f"""insert into garita.buildings (site_id, name, code)
        select 1, 'tables ' || n, 'T' || n from generate_series(1, {count}) n""")
    path = "/admin/buildings/?search=tables"
    assert f"<span>{first}</span>" in office.ana.get(path).text
    assert f"<span>{last}</span>" in office.ana.get(f"{path}&page={max((count + 24) // 25, 1)}").text
    es = re.search(r'<nav class="leaf"[^>]*>.*?<span>([^<]*)</span>', office.ana.get(path, **spanish(office)).text, re.S)[1]
    assert es == {0: "0 registros", 1: "1 registro", 25: "25 registros", 60: "1–25 de 60 · página 1 de 3"}[count]
    office.stack.psql("delete from garita.buildings where name like 'tables %'")


def links(page):
    return set(re.findall(r'href="/admin/\w+/\d+/([\w-]+)/"', page))


def test_only_what_applies_is_offered(office):
    stack, (two,) = office.stack, office.stack.psql("select id from garita.users where username = 'tables_two'")
    path = f"/admin/users/{two}/"
    stack.psql(f"delete from garita.sessions where user_id = {two}; delete from garita.login_throttles where user_id = {two}")
    shown = links(office.ana.get(path).text)
    assert "password-link" in shown and not shown & {"unlock", "second-factor", "end-sessions"}
    stack.psql(f"""insert into garita.second_factors (user_id, site_id, secret_sealed, key_version, recovery_tags, failures)
        select id, site_id, decode(repeat('00', 60), 'hex'), 1, '{{}}', 2 from garita.users where id = {two}""")
    assert {"unlock", "second-factor"} <= links(office.ana.get(path).text)
    stack.psql(f"delete from garita.second_factors where user_id = {two}; update garita.users set is_active = false where id = {two}")
    assert "password-link" not in links(office.ana.get(path).text)
    stack.psql(f"update garita.users set is_active = true where id = {two}")
    gate = stack.psql("select id from garita.access_points where site_id = 1 order by id limit 1")[0]
    assert "acknowledge" not in links(office.ana.get(f"/admin/gates/{gate}/").text)
    stack.psql(f"""insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
        values (1, {gate}, 0, now(), current_date, 100, true)""")
    assert "acknowledge" in links(office.ana.get(f"/admin/gates/{gate}/").text)
    stack.psql(f"delete from garita.gate_throttles where access_point_id = {gate}")
