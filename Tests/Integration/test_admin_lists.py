"""Lists, rows, histories and deletions of every declared table, as an administrator without scripts meets them."""

import csv
import html
import io
import re

import openpyxl
import pytest

from office import HOSTILE, SLUGS, crowd, office, text  # noqa: F401 (fixtures)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_table_has_a_list_rows_and_a_history(office, slug):
    listed = office.ana.get(f"/admin/{slug}/")
    assert listed.status_code == 200
    number = office.row(slug)
    row = office.ana.get(f"/admin/{slug}/{number}/")
    assert row.status_code == 200 and "<dl" in row.text
    assert office.ana.get(f"/admin/{slug}/{number}/history/").status_code in (200, 404)
    assert office.ana.get(f"/admin/{slug}/999999999/").status_code == 404
    assert office.ana.get(f"/admin/{slug}/pick/", params={"q": "a"}).json() is not None


def test_a_list_stays_narrowed_by_what_its_filter_is_too_short_to_list(office, crowd):
    office.ana.get(f"/admin/log/?access_point={crowd.gate}")
    assert office.ana.form("/admin/log/")["access_point"] == str(crowd.gate)


def test_a_row_that_something_hangs_on_is_deactivated_instead(office):
    number = office.stack.psql("select id from garita.buildings where code = 'A'")[0]
    page = office.ana.get(f"/admin/buildings/{number}/delete/")
    units = office.stack.psql(f"select count(*) from garita.units where building_id = {number}")[0]
    assert f"Units : {units}" in text(page.text)
    refused = office.ana.post(f"/admin/buildings/{number}/delete/", office.ana.form(f"/admin/buildings/{number}/delete/"))
    assert refused.status_code == 409 and "other records depend on it" in refused.text
    done = office.send(office.ana, f"/admin/buildings/{number}/delete/", {"instead": "deactivate"})
    assert done.status_code == 303
    assert office.stack.psql(f"select is_active from garita.buildings where id = {number}") == ["f"]
    office.stack.psql(f"update garita.buildings set is_active = true where id = {number}")


def test_what_no_list_shows_by_a_row_is_told_too(office):
    """A schedule has no lists of its own; what needs it is counted all the same, in both languages."""
    number = office.stack.psql("""with s as (insert into garita.schedules (site_id, name) values (1, 'tables hours') returning id)
        select id from s""")[0]
    path = f"/admin/schedules/{number}/delete/"
    assert "No other records are related to it" in text(office.ana.get(path).text)
    office.stack.psql(f"update garita.access_codes set schedule_id = {number} where id in (1, 2)")
    try:
        refused = office.send(office.ana, path, {})
        assert refused.status_code == 409
        assert "Cards and PINs: 2" in text(refused.text) and "No other records are related to it" not in text(refused.text)
    finally:
        office.stack.psql("update garita.access_codes set schedule_id = null where id in (1, 2)")


def test_only_what_hangs_on_a_row_is_counted_before_it_is_deleted(office):
    """A resident's visitors, not all visitors there are; the resident's page shows the same."""
    number, own = office.stack.psql("""select resident_id || '|' || count(*) from garita.visitors
        where resident_id is not null group by resident_id limit 1""")[0].split("|")
    page = text(office.ana.get(f"/admin/residents/{number}/delete/").text)
    assert re.search(r"Visitors ?: (\S+)", page)[1] == own != office.stack.psql("select count(*) from garita.visitors")[0]
    ids = office.stack.psql(f"select id from garita.visitors where resident_id = {number}")
    for address in (f"/admin/residents/{number}/", f"/admin/visitors/?resident={number}"):
        assert set(re.findall(r'href="/admin/visitors/(\d+)/"', office.ana.get(address).text)) == set(ids), address
    assert {str(row["id"]) for row in office.stack.call("GET", f"/api/visitors/?resident={number}", "ADMIN").json()["results"]} == set(ids)


@pytest.mark.parametrize("language, words", [
    ("en", "The list is not filtered by “colour”"), ("es", "La lista no se filtra por “colour”")])
def test_a_filter_that_does_not_exist_is_told(office, language, words):
    page = office.ana.get("/admin/visitors/?colour=red&status=APPROVED&page=1", headers={"Accept-Language": language})
    assert words in text(page.text)
    assert "“" not in text(office.ana.get("/admin/visitors/?status=APPROVED&ordering=expected_date&page=1&search=a").text)


def test_a_row_nothing_hangs_on_is_deleted(office):
    number = office.stack.psql("insert into garita.buildings (site_id, name, code) values (1, 'tables Gone', 'TG') returning id")[0]
    assert office.send(office.ana, f"/admin/buildings/{number}/delete/", {}).status_code == 303
    assert office.ana.get(f"/admin/buildings/{number}/").status_code == 404
    assert "Deleted" in text(office.ana.get(f"/admin/buildings/{number}/history/").text)


def test_several_rows_are_changed_after_a_question(office):
    numbers = office.stack.psql("select id from garita.access_points order by id limit 2")
    office.stack.psql("update garita.access_points set is_active = true")
    office.ana.get("/admin/gates/")
    form = office.ana.form("/admin/gates/bulk/")
    form = {name: value for name, value in form.items() if name in ("form_token",)}
    asked = office.ana.post("/admin/gates/bulk/", form | {"row": numbers, "action": "not_is_active"})
    assert asked.status_code == 200 and "This applies to 2 records:" in asked.text
    assert office.stack.psql("select count(*) from garita.access_points where not is_active") == ["0"]
    office.ana.page = asked
    done = office.ana.post("/admin/gates/bulk/", office.ana.form("/admin/gates/bulk/") | {"action": "not_is_active"})
    assert done.status_code == 303
    assert office.stack.psql("select count(*) from garita.access_points where not is_active") == ["2"]
    # All of a filter, not only what was ticked: and only what is not so already.
    asked = office.ana.post("/admin/gates/bulk/", form | {"everything": "yes", "filter.is_active": "false", "action": "is_active"})
    office.ana.page = asked
    done = office.ana.post("/admin/gates/bulk/", office.ana.form("/admin/gates/bulk/") | {"action": "is_active"})
    assert done.status_code == 303 and done.headers["Location"] == "/admin/gates/?is_active=false"
    assert office.stack.psql("select count(*) from garita.access_points where not is_active") == ["0"]
    assert office.ana.post("/admin/gates/bulk/", form | {"action": "is_active"}).status_code == 303
    assert office.ana.post("/admin/gates/bulk/", form | {"action": "no_such"}).status_code == 404


def test_nobody_deactivates_the_own_account_with_the_rest(office):
    own = office.stack.psql("select id from garita.users where username = 'tables_one'")[0]
    other = office.stack.psql("select id from garita.users where username = 'tables_two'")[0]
    office.ana.get("/admin/users/")
    form = {"form_token": office.ana.token(), "row": [own, other], "action": "not_is_active", "sure": "yes"}
    assert office.ana.post("/admin/users/bulk/", form).status_code == 303
    assert office.stack.psql("select username from garita.users where username like 'tables\\_%' and is_active") == ["tables_one"]
    office.stack.psql("update garita.users set is_active = true where username = 'tables_two'")


def test_the_file_holds_the_rows_on_screen(office):
    every = list(csv.DictReader(io.StringIO(office.ana.get("/admin/units/export/").content.decode("utf-8-sig"))))
    assert len(every) == int(office.stack.psql("select count(*) from garita.units where site_id = 1")[0])
    number = office.stack.psql("select id from garita.buildings where code = 'B'")[0]
    some = list(csv.DictReader(io.StringIO(office.ana.get(f"/admin/units/export/?building={number}&ordering=-number").content.decode("utf-8-sig"))))
    assert {row["building"] for row in some} == {number}
    assert [row["number"] for row in some] == sorted((row["number"] for row in some), reverse=True)
    book = openpyxl.load_workbook(io.BytesIO(office.ana.get(f"/admin/units/export/?format=xlsx&building={number}&ordering=-number").content))
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == [f"B-{row['number']}" for row in some]
    assert office.ana.get("/admin/units/export/?format=pdf").status_code == 404
    office.ana.get("/admin/units/")
    form = {"form_token": office.ana.token(), "row": [some[0]["id"]], "action": "export_xlsx"}
    book = openpyxl.load_workbook(io.BytesIO(office.ana.post("/admin/units/bulk/", form).content))
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == [f"B-{some[0]['number']}"]
    ticked = office.ana.post("/admin/units/bulk/", {"form_token": office.ana.token(), "row": [some[0]["id"]], "action": "export_csv"})
    assert [row["id"] for row in csv.DictReader(io.StringIO(ticked.content.decode("utf-8-sig")))] == [some[0]["id"]]
    for answer in (ticked, office.ana.get("/admin/units/export/", headers={"Accept": "*/*"})):
        assert answer.content.startswith(b"\xef\xbb\xbfid,"), "a spreadsheet takes it for UTF-8, and programs know the names"


def test_filters_are_chips_that_can_be_taken_away(office):
    number = office.stack.psql("select id from garita.units where number = '101' order by id limit 1")[0]
    page = office.ana.get(f"/admin/visitors/?status=APPROVED&unit={number}&search=juan").text
    chips = dict((label, html.unescape(address)) for address, label in re.findall(r'<li><a href="([^"]*)">([^<]*)<svg', page))
    assert chips == {"Status: Approved": f"/admin/visitors/?unit={number}&search=juan",
                     "Unit: A-101": "/admin/visitors/?status=APPROVED&search=juan",
                     "Search: juan": f"/admin/visitors/?status=APPROVED&unit={number}"}
    assert "Juan Pérez" in page and "Delivery Express" not in page
    assert "Nothing matches the search and filters." in office.ana.get("/admin/visitors/?search=nobody-has-this").text
    assert office.ana.get("/admin/visitors/?unit=abc").status_code == 400


def test_a_list_is_narrowed_by_the_name_of_a_row(office):
    number = office.stack.psql("select id from garita.units where number = '101' order by id limit 1")[0]
    found = office.ana.get("/admin/visitors/?search=&status=APPROVED&unit=&unit.was=&unit.text=A-101")
    assert found.status_code == 303 and found.headers["Location"] == f"/admin/visitors/?status=APPROVED&unit={number}"
    page = office.ana.get(found.headers["Location"])
    form = office.ana.form("/admin/visitors/")
    assert form["unit"] == number and form["unit.text"] == form["unit.was"] == "A-101"
    # Sent again as it is, and with the name taken out.
    assert office.ana.get("/admin/visitors/", params=form).headers["Location"] == f"/admin/visitors/?status=APPROVED&unit={number}"
    assert office.ana.get("/admin/visitors/", params=form | {"unit.text": ""}).headers["Location"] == "/admin/visitors/?status=APPROVED"
    several = office.ana.get("/admin/visitors/?unit.text=A-1")
    assert several.status_code == 200 and f'href="/admin/visitors/?unit={number}">A-101<' in several.text
    assert "There is no “nowhere”." in office.ana.get("/admin/visitors/?unit.text=nowhere").text


def test_the_log_is_drilled_down_to_a_day(office):
    today, rows = office.stack.psql("""select (now() at time zone 'America/Mexico_City')::date::text, count(*) from garita.access_logs
        where site_id = 1 and (timestamp at time zone 'America/Mexico_City')::date = (now() at time zone 'America/Mexico_City')::date""")[0].split("|")
    page = office.ana.get(f"/admin/log/?date_from={today}&date_to={today}").text
    assert re.search(rf"(of |^| ){int(rows):,}( records?)? ", text(page)) and f'href="/admin/log/?date_from={today}&amp;date_to={today}" aria-current="true"' in page
    year = office.ana.get(f"/admin/log/?date_from={today[:4]}-01-01&date_to={today[:4]}-12-31").text
    assert f"date_from={today[:7]}-01&amp;date_to=" in year


def test_words_are_looked_for_in_the_log_of_the_last_month(office):
    month_ago = office.stack.psql("select ((now() at time zone 'America/Mexico_City')::date - 30)::text")[0]
    led = office.ana.get("/admin/log/?search=carlos")
    assert led.status_code == 303 and led.headers["Location"] == f"/admin/log/?search=carlos&date_from={month_ago}"
    assert "Carlos González" in office.ana.get(led.headers["Location"]).text
    assert office.ana.get("/admin/log/?search=carlos&date_from=2020-01-01").status_code == 200


def test_lists_are_leafed_through_and_counted(office):
    office.stack.psql("""insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date)
        select 1, 'P' || n, 'Tables', (select min(id) from garita.units where site_id = 1), current_date from generate_series(1, 60) n""")
    seen, path = [], "/admin/visitors/?search=Tables"
    while path:
        page = office.ana.get(path).text
        seen += re.findall(r'<th scope="row"[^>]*><a href="/admin/visitors/(\d+)/">', page)
        found = re.search(r'<a rel="next" href="([^"]*)"', page)
        path = html.unescape(found.group(1)) if found else None
    assert len(seen) == len(set(seen)) == 60
    assert "51–60 of 60 · page 3 of 3" in text(page)
    office.stack.psql("delete from garita.visitors where last_name = 'Tables'")


def test_a_hostile_name_stays_text_everywhere(office):
    office.stack.psql(f"""insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date, purpose)
        select 1, '{HOSTILE}', 'Tables', min(id), current_date, '</textarea>{HOSTILE}' from garita.units where site_id = 1""")
    number = office.row("visitors")
    for path in ("/admin/visitors/", f"/admin/visitors/{number}/", f"/admin/visitors/{number}/edit/", f"/admin/visitors/{number}/delete/",
                 f"/admin/visitors/{number}/history/", "/admin/visitors/?search=%3Cscript%3E"):
        page = office.ana.get(path)
        assert page.status_code == 200 and "<script>alert" not in page.text, path
    office.ana.get(f"/admin/visitors/{number}/edit/")
    assert office.ana.form(f"/admin/visitors/{number}/edit/")["purpose"] == f"</textarea>{HOSTILE}"


def test_a_row_of_another_site_does_not_exist(office):
    other = office.stack.psql("""with s as (insert into garita.sites (name, code) values ('Tables', 'TABLES') returning id)
        insert into garita.buildings (site_id, name, code) select id, 'Otra', 'O' from s returning id""")[0]
    for path in ("", "edit/", "delete/", "history/"):
        assert office.ana.get(f"/admin/buildings/{other}/{path}").status_code == 404, path
    office.ana.get("/admin/buildings/")
    assert office.ana.post(f"/admin/buildings/{other}/delete/", {"form_token": office.ana.token()}).status_code == 404
    assert office.ana.post(f"/admin/buildings/{other}/edit/", {"form_token": office.ana.token(), "name": "x"}).status_code == 404
    done = office.ana.post("/admin/buildings/bulk/", {"form_token": office.ana.token(), "row": other, "action": "not_is_active", "sure": "yes"})
    assert done.status_code == 303
    assert office.stack.psql(f"select name, is_active from garita.buildings where id = {other}") == ["Otra|t"]
    office.stack.psql("delete from garita.buildings where name = 'Otra'; delete from garita.sites where code = 'TABLES'")


def test_a_choice_has_one_word_and_one_colour_wherever_people_meet_it(office):
    """The clients of the API keep the word that the legacy API has for it."""
    number = office.stack.psql("""insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date, status, check_in_time)
        select 1, 'Rosa', 'Tables Dentro', min(id), current_date, 'CHECKED_IN', now() from garita.units returning id""")[0]
    badge = '<span class="badge good">Inside</span>'
    assert badge in office.ana.get("/admin/visitors/?status=CHECKED_IN").text
    assert '<option value="CHECKED_IN" selected>Inside' in office.ana.page.text and "Status: Inside" in text(office.ana.page.text)
    assert badge in office.ana.get(f"/admin/visitors/{number}/").text
    assert "Status: Inside" in text(office.ana.get(f"/admin/visitors/{number}/history/").text)
    assert '<option value="CHECKED_IN" selected>Inside' in office.ana.get(f"/admin/visitors/{number}/edit/").text
    office.ana.get("/admin/search/")
    found = office.ana.post("/admin/search/", office.ana.form("/admin/search/") | {"q": "Tables Dentro"})
    assert badge in office.ana.get(found.headers["Location"]).text
    told = office.stack.call("OPTIONS", "/api/visitors/", "ADMIN", headers={"Accept-Language": "en"}).json()
    assert {"value": "CHECKED_IN", "display_name": "Checked In"} in told["actions"]["POST"]["status"]["choices"]
    office.stack.psql(f"delete from garita.visitors where id = {number}")


def test_a_pass_that_ends_on_a_day_is_found_by_that_day(office):
    ends = office.stack.psql("""select ends_at::date from garita.credentials
        where code_kind = 'temporary' and not is_revoked and times_used < max_uses and ends_at > now() order by ends_at desc limit 1""")[0]
    assert 'href="/admin/passes/' in re.split("<tbody>", office.ana.get(f"/admin/passes/?expires_by={ends}").text)[1]


def test_what_was_changed_is_told_in_words(office):
    """Of every table that is audited, all its columns at once: no name of a column, no number of a row that has a name."""
    stack = office.stack
    tables = stack.psql("""select c.table_name || '|' || json_object_agg(c.column_name, json_build_array(null, case
            when c.data_type = 'boolean' then to_json(true) when c.data_type = 'date' then to_json('2026-02-01'::text)
            when c.data_type like 'timestamp%' then to_json('2026-02-01T10:20:30-06:00'::text) when c.data_type = 'bytea' then to_json('***'::text)
            when c.data_type in ('bigint', 'integer', 'smallint') then to_json(3) else to_json('x'::text) end))
        from information_schema.columns c where c.table_schema = 'garita' and c.column_name not in ('created_at', 'updated_at', 'last_login')
            and c.table_name in (select c.relname from pg_trigger t
            join pg_class c on c.oid = t.tgrelid where t.tgname like 'audit%') group by c.table_name""")
    assert len(tables) > 15
    for table, changes in (row.split("|", 1) for row in tables):
        entry = stack.psql(f"""insert into garita.audit (site_id, actor, request_id, address, table_name, row_id, action, changes)
            values (1, 'ana', '', '', '{table}', 1, 'INSERT', '{changes}') returning id""")[0]
        shown = text(office.ana.get(f"/admin/audit/{entry}/").text)
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b", shown.replace("tables_one", "")), (table, shown)
        assert "2026-02-01" not in shown, table


def test_a_history_names_the_rows_it_leads_to(office):
    unit, number = office.stack.psql("""select u.id, b.code || '-' || u.number from garita.units u join garita.buildings b on b.id = u.building_id
        where u.site_id = 1 order by u.id limit 1""")[0].split("|")
    made = office.stack.psql(f"""insert into garita.residents (site_id, unit_id, first_name, last_name)
        values (1, {unit}, 'Nombra', 'Historia') returning id""")[0]
    history = text(office.ana.get(f"/admin/residents/{made}/history/").text)
    assert f"Unit: {number}" in history and f"#{unit}" not in history
    office.stack.psql(f"delete from garita.residents where id = {made}")
