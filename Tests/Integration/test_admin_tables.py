"""Lists, rows, forms, histories and deletions of every declared table, as an administrator without scripts meets them."""

import csv
import html
import io
import re

import pytest

from pages import Person
from stack import day
from test_login import django_hash

PASSWORD = "la vaca verde salta"
HASH = django_hash(PASSWORD)
HOSTILE = '"><script>alert(1)</script>&amp;'
EDITABLE = ["visitors", "residents", "units", "buildings", "users", "gates", "cards", "blocklist", "schedules", "holidays"]
MADE_BY_FORM = [slug for slug in EDITABLE if slug != "users"]
SLUGS = EDITABLE + ["passes", "sessions", "devices", "log", "audit"]
TABLES = {
    "visitors": "visitors", "residents": "residents", "units": "units", "buildings": "buildings", "users": "users",
    "gates": "access_points", "cards": "access_codes", "blocklist": "blocklist", "schedules": "schedules",
    "holidays": "holidays", "passes": "temporary_codes", "sessions": "sessions", "devices": "devices",
    "log": "access_logs", "audit": "audit"}


def text(page):
    """What a person reads."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


class Office:
    """An administrator of the sample community, with a row in every table."""

    def __init__(self, stack):
        self.stack = stack
        self.clean()
        stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
            select 1, 'tables_' || r, '{HASH}', 'ADMIN', 'Ana ' || r, 'Luna' from (values ('one'), ('two')) v (r)""")
        stack.psql(f"""
            insert into garita.schedules (site_id, name, weekdays, starts_at, ends_at) values (1, 'tables Obra', 31, '08:00', '24:00');
            insert into garita.holidays (site_id, day, name) values (1, '{day(200)}', 'tables Trabajo');
            insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit)
                select 1, 'tables lector', min(id), true, true from garita.access_points""")
        self.ana = self.enter("tables_one")
        token = stack.token("ADMIN")
        self.headers = {"Authorization": f"Bearer {token}"}
        stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "name", "value": "tables Persona", "reason": "x"})
        stack.call("POST", "/api/visitors/generate_code/", "ADMIN", json={
            "visitor_id": self.row("visitors"), "code_type": "QR", "valid_hours": 4})

    def enter(self, name):
        one = Person(self.stack, **{"Accept-Language": "en"})
        assert one.sign_in(name, PASSWORD).status_code == 303
        return one

    def row(self, slug):
        return int(self.stack.psql(f"select max(id) from garita.{TABLES[slug]} where site_id = 1")[0])

    def audits(self):
        return int(self.stack.psql("select count(*) from garita.audit where table_name not in ('sessions', 'audit')")[0])

    def clean(self):
        self.stack.psql("""delete from garita.login_throttles;
            delete from garita.residents where last_name like 'Tables%';
            delete from garita.visitors where last_name like 'Tables%';
            delete from garita.buildings where name like 'tables%';
            delete from garita.holidays where name like 'tables%';
            delete from garita.schedules where name like 'tables%';
            delete from garita.devices where name like 'tables%';
            delete from garita.blocklist where display like 'tables%';
            delete from garita.users where username like 'tables\\_%'""")

    def send(self, person, path, changes, **headers):
        """Fills in the form of a page and sends it."""
        page = person.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return person.post(path, person.form(path) | changes, **headers)


@pytest.fixture(scope="module")
def office(stack):
    one = Office(stack)
    yield one
    one.clean()


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


@pytest.mark.parametrize("slug", ["passes", "sessions", "log", "audit"])
def test_what_nobody_may_write_has_no_form(office, slug):
    number = office.row(slug)
    for path in ("new/", f"{number}/edit/", f"{number}/delete/"):
        assert office.ana.get(f"/admin/{slug}/{path}").status_code == 404, path
    assert "/new/" not in office.ana.get(f"/admin/{slug}/").text.replace("/admin/users/new/", "")


@pytest.mark.parametrize("slug", EDITABLE)
def test_a_form_sent_as_it_is_changes_nothing(office, slug):
    """What is kept is more exact than a form: line ends, blanks around a text, seconds of a time."""
    path, number = f"/admin/{slug}/{office.row(slug)}/edit/", office.row(slug)
    office.ana.get(path)
    for area in re.findall(r'<textarea id="(\w+)"', office.ana.page.text):
        office.stack.psql(f"update garita.{TABLES[slug]} set {area} = E'una\\r\\ndos \\n' where id = {number}")
    columns = f"select to_jsonb(t)::text from garita.{TABLES[slug]} t where id = {number}"
    before, audits = office.stack.psql(columns), office.audits()
    office.ana.get(path)
    form = office.ana.form(path)
    # Browsers leave out seconds that are none.
    form = {name: re.sub(r"^((?:.+T)?\d\d:\d\d):00$", r"\1", value) if isinstance(value, str) else value for name, value in form.items()}
    assert office.ana.post(path, form).status_code == 303
    assert office.stack.psql(columns) == before
    assert office.audits() == audits
    # The name of the state is the same: the form of before is still good.
    assert office.ana.post(path, form).status_code == 303


class Crowd:
    """More gates, schedules and accounts than a form lists; the last of each, by name."""

    def __init__(self, office):
        self.stack = office.stack
        self.gates = self.add("access_points", "name, code, location", "'0 tables ' || n, 'tables-' || n, 'x'")
        self.schedules = self.add("schedules", "name", "'0 tables ' || n")
        self.gate = self.one("access_points", "name, code, location", "'zz tables', 'tables-z', 'x'")
        self.schedule = self.one("schedules", "name", "'zz tables'")
        resident = self.stack.psql("select min(id) from garita.residents where site_id = 1")[0]
        made = office.stack.call("POST", "/api/access/codes/", "ADMIN", json={
            "resident": int(resident), "code": "tables-crowd", "access_points": [self.gate], "schedule": self.schedule})
        assert made.status_code == 201, made.text
        self.card = made.json()["id"]

    def add(self, table, columns, values):
        self.stack.psql(f"insert into garita.{table} (site_id, {columns}) select 1, {values} from generate_series(1, 520) n")

    def one(self, table, columns, values):
        return int(self.stack.psql(f"insert into garita.{table} (site_id, {columns}) values (1, {values}) returning id")[0])

    def links(self):
        return self.stack.psql(f"""select c.schedule_id, c.notes, (select array_agg(l.access_point_id) from garita.access_code_points l
            where l.access_code_id = c.id) from garita.access_codes c where c.id = {self.card}""")

    def clean(self):
        self.stack.psql(f"""delete from garita.temporary_codes t using garita.temporary_code_points l, garita.access_points p
                where l.temporary_code_id = t.id and p.id = l.access_point_id and p.code like 'tables-%';
            delete from garita.access_codes where id = {self.card};
            delete from garita.access_points where code like 'tables-%';
            delete from garita.schedules where name like '%_ tables%'""")


@pytest.fixture(scope="module")
def crowd(office):
    one = Crowd(office)
    yield one
    one.clean()


def test_a_form_keeps_what_it_is_too_short_to_list(office, crowd):
    """A limit is not widened by who adds a note: the list of gates ends before the card's own."""
    path = f"/admin/cards/{crowd.card}/edit/"
    page = office.ana.get(path).text
    assert page.count('name="access_points"') == 502 and "The first 500 are listed" in page
    assert re.search(rf'value="{crowd.gate}" checked>zz tables<', page) and f'value="{crowd.schedule}" selected>zz tables<' in page
    assert office.ana.post(path, office.ana.form(path) | {"notes": "x"}).status_code == 303
    assert crowd.links() == [f"{crowd.schedule}|x|{{{crowd.gate}}}"]
    # A fault elsewhere loses nothing either, nor does somebody who was faster.
    refused = office.send(office.ana, path, {"expiry_date": "never"})
    assert refused.status_code == 400
    for answer, status in ((refused, 303), (office.ana.get(path), 409)):
        office.ana.page = answer
        form = office.ana.form(path) | {"expiry_date": "", "notes": f"y{status}"}
        if status == 409:
            office.stack.psql(f"update garita.access_codes set notes = 'z' where id = {crowd.card}")
        office.ana.page = office.ana.post(path, form)
        assert office.ana.page.status_code == status
    assert office.ana.post(path, office.ana.form(path)).status_code == 303
    assert crowd.links() == [f"{crowd.schedule}|y409|{{{crowd.gate}}}"]
    # And what is taken away by hand is gone.
    assert office.send(office.ana, path, {"access_points": "", "schedule": ""}).status_code == 303
    assert crowd.links() == ["|y409|"]


def test_a_value_of_another_time_is_not_in_the_way(office):
    number = office.row("residents")
    office.stack.psql(f"update garita.residents set email = 'none' where id = {number}")
    path = f"/admin/residents/{number}/edit/"
    assert office.send(office.ana, path, {"notes": "x"}).status_code == 303
    assert office.stack.psql(f"select email, notes from garita.residents where id = {number}") == ["none|x"]
    assert office.send(office.ana, path, {"email": "still none"}).status_code == 400
    office.stack.psql(f"update garita.residents set email = '', notes = '' where id = {number}")


def test_a_pass_and_a_device_keep_the_gate_that_was_chosen(office, crowd):
    path = f"/admin/visitors/{office.row('visitors')}/pass/"
    refused = office.send(office.ana, path, {"access_points": ["", crowd.gate], "max_uses": "0"})
    assert refused.status_code == 400
    office.ana.page = refused
    form = office.ana.form(path)
    assert form["access_points"] == ["", str(crowd.gate)]
    assert office.ana.post(path, form | {"max_uses": "1"}).status_code == 200
    assert office.stack.psql("""select array_agg(access_point_id) from garita.temporary_code_points where temporary_code_id
        = (select max(id) from garita.temporary_codes)""") == [f"{{{crowd.gate}}}"]
    path = f"/admin/devices/new/?access_point={crowd.gate}"
    office.ana.get(path)
    assert office.ana.form("/admin/devices/new/")["access_point"] == str(crowd.gate)


def test_a_list_stays_narrowed_by_what_its_filter_is_too_short_to_list(office, crowd):
    office.ana.get(f"/admin/log/?access_point={crowd.gate}")
    assert office.ana.form("/admin/log/")["access_point"] == str(crowd.gate)


def test_a_resident_is_added_by_the_name_of_the_unit(office):
    fields = {"unit.text": "A-101", "first_name": "Rosa", "last_name": "Tables", "document_id": "T-1", "phone": "5512345678"}
    made = office.send(office.ana, "/admin/residents/new/", fields)
    assert made.status_code == 303
    row = office.ana.get(made.headers["Location"])
    assert "Rosa Tables" in text(row.text) and "A-101" in text(row.text)
    assert office.stack.psql("select is_authorized from garita.residents where document_id = 'T-1'") == ["t"]


def test_several_rows_of_a_name_are_offered_and_nothing_typed_is_lost(office):
    path = "/admin/residents/new/"
    fields = {"unit.text": "A-1", "first_name": "Luz", "last_name": "Tables", "document_id": "T-2", "phone": "55 1234 5678", "notes": "una\nnota"}
    answer = office.send(office.ana, path, fields)
    assert answer.status_code == 400
    office.ana.page = answer
    form = office.ana.form(path)
    assert {name: form[name] for name in fields} == fields
    choices = re.findall(r'name="unit.choice" value="(\d+)">([^<]*)<', answer.text)
    assert len(choices) > 1 and all("A-1" in title for _, title in choices)
    assert 'href="#unit"' in answer.text and "Several have that name" in answer.text
    made = office.ana.post(path, form | {"unit.choice": choices[0][0]})
    assert made.status_code == 303
    assert office.stack.psql("select unit_id from garita.residents where document_id = 'T-2'") == [choices[0][0]]


def test_what_is_wrong_stands_above_and_at_the_field(office):
    path = "/admin/residents/new/"
    fields = {"unit.text": "no such home", "first_name": HOSTILE, "last_name": "", "document_id": "T-3", "phone": "abc"}
    answer = office.send(office.ana, path, fields)
    assert answer.status_code == 400 and "<title>Error:" in answer.text
    for name in ("unit", "last_name", "phone"):
        assert f'href="#{name}"' in answer.text and f'id="{name}-error"' in answer.text, name
    office.ana.page = answer
    assert office.ana.form(path)["first_name"] == HOSTILE
    assert "<script>alert" not in answer.text
    assert office.stack.psql("select count(*) from garita.residents where document_id = 'T-3'") == ["0"]


def test_two_who_edit_at_once_see_both_versions(office):
    bob = office.enter("tables_two")
    number = office.stack.psql("""insert into garita.buildings (site_id, name, code) values (1, 'tables Norte', 'TN') returning id""")[0]
    path = f"/admin/buildings/{number}/edit/"
    office.ana.get(path), bob.get(path)
    slow, fast = office.ana.form(path) | {"name": "tables Sur"}, bob.form(path) | {"name": "tables Este", "floors": "7"}
    assert bob.post(path, fast).status_code == 303
    clash = office.ana.post(path, slow)
    assert clash.status_code == 409
    assert "tables Este" in clash.text and "tables Sur" in clash.text and "tables_two" in clash.text
    assert office.stack.psql(f"select name from garita.buildings where id = {number}") == ["tables Este"]
    office.ana.page = clash
    assert office.ana.form(path)["name"] == "tables Sur"
    assert office.ana.post(path, office.ana.form(path)).status_code == 303
    assert office.stack.psql(f"select name, floors from garita.buildings where id = {number}") == ["tables Sur|1"]
    history = text(office.ana.get(f"/admin/buildings/{number}/history/").text)
    assert "Name: tables Este → tables Sur" in history and "tables_one" in history and "127.0.0.1" in history


def test_a_row_that_something_hangs_on_is_deactivated_instead(office):
    number = office.stack.psql("select id from garita.buildings where code = 'A'")[0]
    page = office.ana.get(f"/admin/buildings/{number}/delete/")
    units = office.stack.psql(f"select count(*) from garita.units where building_id = {number}")[0]
    assert f"Units : {units}" in text(page.text)
    refused = office.ana.post(f"/admin/buildings/{number}/delete/", office.ana.form(f"/admin/buildings/{number}/delete/"))
    assert refused.status_code == 409 and "other records need it" in refused.text
    done = office.send(office.ana, f"/admin/buildings/{number}/delete/", {"instead": "deactivate"})
    assert done.status_code == 303
    assert office.stack.psql(f"select is_active from garita.buildings where id = {number}") == ["f"]
    office.stack.psql(f"update garita.buildings set is_active = true where id = {number}")


def test_what_no_list_shows_by_a_row_is_told_too(office):
    """A schedule has no lists of its own; what needs it is counted all the same, in both languages."""
    number = office.stack.psql("""with s as (insert into garita.schedules (site_id, name) values (1, 'tables hours') returning id)
        select id from s""")[0]
    path = f"/admin/schedules/{number}/delete/"
    assert "Nothing else hangs on it" in text(office.ana.get(path).text)
    office.stack.psql(f"update garita.access_codes set schedule_id = {number} where id in (1, 2)")
    try:
        refused = office.send(office.ana, path, {})
        assert refused.status_code == 409
        assert "Permanent codes: 2" in text(refused.text) and "Nothing else hangs on it" not in text(refused.text)
    finally:
        office.stack.psql("update garita.access_codes set schedule_id = null where id in (1, 2)")


def test_a_row_nothing_hangs_on_is_deleted(office):
    number = office.stack.psql("insert into garita.buildings (site_id, name, code) values (1, 'tables Gone', 'TG') returning id")[0]
    assert office.send(office.ana, f"/admin/buildings/{number}/delete/", {}).status_code == 303
    assert office.ana.get(f"/admin/buildings/{number}/").status_code == 404
    assert "Deleted" in text(office.ana.get(f"/admin/buildings/{number}/history/").text)


def test_several_rows_are_changed_after_a_question(office):
    numbers = office.stack.psql("select id from garita.access_points order by id limit 2")
    office.ana.get("/admin/gates/")
    form = office.ana.form("/admin/gates/bulk/")
    form = {name: value for name, value in form.items() if name in ("form_token",)}
    asked = office.ana.post("/admin/gates/bulk/", form | {"row": numbers, "action": "not_is_active"})
    assert asked.status_code == 200 and "2 rows are meant" in asked.text
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
    office.ana.get("/admin/units/")
    ticked = office.ana.post("/admin/units/bulk/", {"form_token": office.ana.token(), "row": [some[0]["id"]], "action": "export"})
    assert [row["id"] for row in csv.DictReader(io.StringIO(ticked.content.decode("utf-8-sig")))] == [some[0]["id"]]


def test_filters_are_chips_that_can_be_taken_away(office):
    number = office.stack.psql("select id from garita.units where number = '101' order by id limit 1")[0]
    page = office.ana.get(f"/admin/visitors/?status=APPROVED&unit={number}&search=juan").text
    chips = dict((label, html.unescape(address)) for address, label in re.findall(r'<li><a href="([^"]*)">([^<]*)<svg', page))
    assert chips == {"Status: Approved": f"/admin/visitors/?unit={number}&search=juan",
                     "Unit: A-101": "/admin/visitors/?status=APPROVED&search=juan",
                     "Search: juan": f"/admin/visitors/?status=APPROVED&unit={number}"}
    assert "Juan Pérez" in page and "Delivery Express" not in page
    assert "There is nothing here" in office.ana.get("/admin/visitors/?search=nobody-has-this").text
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
    assert "Nothing has that name" in office.ana.get("/admin/visitors/?unit.text=nowhere").text


def test_the_log_is_drilled_down_to_a_day(office):
    today, rows = office.stack.psql("""select (now() at time zone 'America/Mexico_City')::date::text, count(*) from garita.access_logs
        where site_id = 1 and (timestamp at time zone 'America/Mexico_City')::date = (now() at time zone 'America/Mexico_City')::date""")[0].split("|")
    page = office.ana.get(f"/admin/log/?date_from={today}&date_to={today}").text
    assert f"{rows} row" in text(page) and f'href="/admin/log/?date_from={today}&amp;date_to={today}" aria-current="true"' in page
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
    assert "Page 3 · 60 rows" in text(page)
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
