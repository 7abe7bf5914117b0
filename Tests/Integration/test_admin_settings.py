"""What a residence decides about itself on a page, that it is applied, and where a superuser works."""

import re

import pytest

from pages import Forms, Person
from test_commands import garita
from test_login import django_hash

PASSWORD = "la vaca verde salta"
HASH = django_hash(PASSWORD)
SETTINGS, SITE = "/admin/settings/", "/admin/site/"
HOSTILE = '"><script>alert(1)</script>'


class Residence:
    """An administrator of the first site at a browser."""

    def __init__(self, stack):
        self.stack = stack
        self.clean()
        self.site = stack.psql("select min(id) from garita.sites")[0]
        self.before = stack.psql(f"select name, time_zone from garita.sites where id = {self.site}")[0].split("|")
        self.account("settings_admin", "ADMIN")
        self.admin = self.enter("settings_admin")

    def account(self, name, role, site=None, is_superuser=False):
        site = "null" if is_superuser else site or self.site
        self.stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, is_superuser)
            values ({site}, '{name}', '{HASH}', '{role}', {is_superuser})""")

    def enter(self, name, language="en"):
        one = Person(self.stack, **{"Accept-Language": language})
        assert one.sign_in(name, PASSWORD).status_code == 303
        return one

    def fields(self, person=None):
        """What the form holds, as a browser would send it."""
        person = person or self.admin
        person.get(SETTINGS)
        return person.form(SETTINGS) | {"second_factor_roles": ""}

    def save(self, person=None, **changes):
        person = person or self.admin
        return person.post(SETTINGS, self.fields(person) | changes)

    def row(self, *columns):
        return self.stack.psql(f"select {', '.join(columns)} from garita.sites where id = {self.site}")[0].split("|")

    def clean(self):
        self.stack.psql("""delete from garita.login_throttles; delete from garita.users where username like 'settings\\_%';
            update garita.sites set grace_before_minutes = 0, grace_after_minutes = 0, second_factor_roles = '{}', visitor_days = 30,
                log_name_days = 90, resident_days = 365, requires_document = false, requires_phone = false, is_active = code not like 'OTHER%', language = 'es', country = 'MX'""")

    def restore(self):
        name, zone = self.before
        self.stack.psql(f"update garita.sites set name = '{name}', time_zone = '{zone}' where id = {self.site}")
        self.clean()


@pytest.fixture
def residence(stack):
    one = Residence(stack)
    yield one
    one.restore()


def test_settings_are_saved_whole_and_told_by_the_audit(residence):
    saved = residence.save(
        name="Los Olmos", country="CR", time_zone="America/Tijuana", language="en", grace_before_minutes="15", grace_after_minutes=" 240 ",
        second_factor_roles=["GUARD"], visitor_days="7", log_name_days="3650", resident_days="90", requires_phone="true")
    assert (saved.status_code, saved.headers["Location"]) == (303, SETTINGS), saved.text
    page = residence.admin.get(SETTINGS).text
    assert "The settings are saved." in page and 'value="Los Olmos"' in page and "<option selected>America/Tijuana" in page
    assert residence.row("name", "country", "time_zone", "language", "grace_before_minutes", "grace_after_minutes", "second_factor_roles",
                         "visitor_days", "log_name_days", "resident_days", "requires_document", "requires_phone") == [
        "Los Olmos", "CR", "America/Tijuana", "en", "15", "240", "{GUARD}", "7", "3650", "90", "f", "t"]
    assert 'value="GUARD" checked' in page and 'value="ADMIN" checked' not in page
    told = residence.stack.psql(f"""select actor, changes -> 'visitor_days' from garita.audit
        where table_name = 'sites' and row_id = {residence.site} order by id desc limit 1""")
    assert told == ["settings_admin|[30, 7]"]
    cleared = residence.save()
    assert cleared.status_code == 303 and residence.row("second_factor_roles") == ["{}"], "no box ticked: nobody"
    before = residence.row("updated_at")
    assert residence.save().status_code == 303 and residence.row("updated_at") == before, "saved as it stood"


@pytest.mark.parametrize("field, value, word", [
    ("name", "", "Fill in this field."), ("name", "x" * 101, "no more than 100"), ("grace_before_minutes", "241", "240"),
    ("grace_after_minutes", "-1", "0"), ("visitor_days", "0", "1"), ("visitor_days", "siete", "valid integer"),
    ("resident_days", "0", "1"), ("requires_phone", "maybe", "valid boolean"), ("log_name_days", "3651", "3650"), ("log_name_days", "", "Fill in this field."), ("language", "fr", "valid choice"),
    ("time_zone", "Mars/Olympus", "There is no such time zone."), ("time_zone", "UTC+5", "There is no such time zone."),
    ("time_zone", "x" * 65, "no more than 64"), ("country", "XX", "not a valid choice")])
def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(residence, field, value, word):
    before = residence.row("name", "visitor_days", "updated_at")
    answer = residence.save(**{"name": "Typed Name", "visitor_days": "9", field: value})
    assert answer.status_code == 400 and "<title>Error:" in answer.text
    assert f'href="#{field}"' in answer.text and f'id="{field}-error"' in answer.text
    assert word in re.search(rf'id="{field}-error">([^<]*)', answer.text)[1]
    assert ('value="Typed Name"' in answer.text) == (field != "name") and ('value="9"' in answer.text) == (field != "visitor_days")
    assert residence.row("name", "visitor_days", "updated_at") == before


def test_of_two_who_change_at_once_the_second_sees_both_versions(residence):
    residence.account("settings_other", "ADMIN")
    other = residence.enter("settings_other")
    mine = residence.fields()
    assert residence.save(other, name="Theirs", visitor_days="11").status_code == 303
    answer = residence.admin.post(SETTINGS, mine | {"name": "Mine"})
    assert answer.status_code == 409 and residence.row("name", "visitor_days") == ["Theirs", "11"]
    told = re.sub("<[^>]+>", " ", re.search(r"<tbody>(.*?)</tbody>", answer.text, re.S)[1]).split()
    assert told[:3] == ["Name", "Theirs", "Mine"] and told[-2:] == ["11", "30"] and 'value="Mine"' in answer.text
    assert f'<a href="{SETTINGS}">' in answer.text, "who drops theirs begins anew here"
    fields = next(form["fields"] for form in Forms(answer.text).forms if form["action"] == SETTINGS)
    assert fields["state"] != mine["state"]
    again = residence.admin.post(SETTINGS, mine | {"name": "Mine", "state": fields["state"], "form_token": fields["form_token"]})
    assert again.status_code == 303 and residence.row("name", "visitor_days") == ["Mine", "30"], "knowingly"


def test_the_residence_decides_what_a_resident_needs(residence):
    """By page, API and file alike; what the legacy API's client always sends must be in a body of the API, be it blank."""
    stack = residence.stack
    unit = int(stack.psql(f"select min(id) from garita.units where site_id = {residence.site}")[0])
    person = {"unit": unit, "first_name": "Nora", "last_name": "Settings"}
    api = lambda **more: stack.call("POST", "/api/residents/", "ADMIN", json=person | more, headers={"Accept-Language": "es"})
    page = lambda **more: residence.admin.send("/admin/residents/new/", {
        "unit": str(unit), "unit.text": "x", "unit.was": "x", "first_name": "Nora", "last_name": "Settings"} | more)
    title = stack.psql(f"select garita.unit_display({unit})")[0]

    def bring():
        residence.admin.get("/admin/residents/import/")
        file = f"unit,first_name,last_name,phone\n{title},Nora,Settings,\n"
        looked = residence.admin.session.post(
            f"{stack.url}/admin/residents/import/", data={"form_token": residence.admin.token()}, timeout=15, allow_redirects=False,
            files={"file": ("x.csv", file.encode())}, headers={"Sec-Fetch-Site": "same-origin"})
        return residence.admin.get(looked.headers["Location"]).text

    gone = lambda: stack.psql("delete from garita.residents where last_name = 'Settings' returning document_id || phone")
    try:
        assert list(api().json()) == ["document_id", "phone"]
        assert api(document_id="", phone="").status_code == 201 and page().status_code == 303
        assert stack.call("GET", "/api/residents/?search=Settings", "ADMIN").json()["results"][0]["phone"] == ""
        # A file may leave the columns out; one who is there already is not made again.
        assert "Already there (1)" in re.sub("<[^>]+>", "", bring())
        assert gone() == ["", ""]
        assert residence.save(requires_document="true", requires_phone="true").status_code == 303
        assert api(document_id="", phone="").json() == {"document_id": ["Este campo no puede quedar vacío."]}
        assert api(document_id="S-1", phone="").json() == {"phone": ["Este campo no puede quedar vacío."]}
        refused = page(document_id="S-1")
        assert refused.status_code == 400 and 'id="phone-error"' in refused.text
        assert "The column Document is missing." in bring()
        assert api(document_id="S-1", phone="5512345678").status_code == 201
    finally:
        gone()


@pytest.mark.parametrize("state", ["", "x", "*", "2026-01-01'; drop table garita.users; --", "infinity"])
def test_a_state_that_is_none_changes_nothing(residence, state):
    assert residence.save(name="Never", state=state).status_code in (400, 409)
    assert residence.row("name") == [residence.before[0]]


def test_a_hostile_name_stays_text(residence):
    assert residence.save(name=HOSTILE).status_code == 303
    for path in (SETTINGS, "/admin/"):
        page = residence.admin.get(path).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_guards_and_residents_set_nothing(residence, role):
    residence.account("settings_other", role)
    other = residence.enter("settings_other")
    other.get("/account/")
    token = other.token()
    for path in (SETTINGS, SITE):
        assert other.get(path).status_code == 403
        assert other.post(path, {"form_token": token}).status_code == 403


def test_whoever_requires_a_second_factor_of_all_needs_one_at_the_next_page(residence):
    assert residence.save(second_factor_roles=["ADMIN"]).status_code == 303
    answer = residence.admin.get("/admin/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/second-factor/")


def test_the_settings_are_applied_by_the_daily_command(residence):
    """Visits of two ages and log rows of two ages, before and after a shorter retention."""
    stack = residence.stack
    photo = "5e" * 16
    unit = stack.psql(f"select min(id) from garita.units where site_id = {residence.site}")[0]
    insert = lambda name, days, photo="": stack.psql(f"""insert into garita.visitors
        (site_id, first_name, last_name, document_id, photo, unit_id, expected_date, created_at)
        values ({residence.site}, '{name}', 'Prueba', 'DOC-{name}', '{photo}', {unit}, current_date - {days}, now() - interval '{days} days')
        returning id""")[0]
    old, young = insert("Antigua", 60, photo), insert("Reciente", 20)
    file = stack.var / "photos" / f"{photo}.jpg"
    file.write_bytes(b"x")
    import os
    os.utime(file, (0, 0))
    stack.psql(f"""select garita.ensure_log_partition((now() - n * interval '50 days')::date) from generate_series(1, 2) n;
        insert into garita.access_logs (id, "timestamp", site_id, person_name, access_type, access_method, status) values
            (900001, now() - interval '100 days', {residence.site}, 'Antigua Prueba', 'ENTRY', 'OTHER', 'SUCCESS'),
            (900002, now() - interval '50 days', {residence.site}, 'Reciente Prueba', 'ENTRY', 'OTHER', 'SUCCESS')""")
    names = lambda: stack.psql(f"select first_name from garita.visitors where id in ({old}, {young}) order by id")
    logged = lambda: stack.psql("select person_name from garita.access_logs where id in (900001, 900002) order by id")
    done = garita(stack, "maintain")
    assert done.returncode == 0, done.stderr
    assert names() == ["—", "Reciente"] and logged() == ["", "Reciente Prueba"] and not file.exists()
    assert re.search(r"visits erased: [1-9]", done.stdout) and re.search(r"names in the log blanked: [1-9]", done.stdout)
    assert "visits erased: 0\n" in garita(stack, "maintain").stdout
    assert residence.save(visitor_days="7", log_name_days="30").status_code == 303
    garita(stack, "maintain")
    assert names() == ["—", "—"] and logged() == ["", ""]
    assert stack.psql(f"""select count(*) from garita.audit where table_name = 'visitors' and row_id in ({old}, {young})
        and changes::text ~ 'Antigua|Reciente'""") == ["0"]
    answered = stack.call("GET", f"/api/visitors/{old}/", "ADMIN").json()
    assert (answered["first_name"], answered["document_id"], answered["photo"]) == ("—", "", None)


def test_a_superuser_sees_where_they_work_and_moves(residence):
    stack = residence.stack
    code = stack.psql("""insert into garita.sites (name, code) values ('Las <b>Palmas</b>', 'OTHER' || nextval('garita.sites_id_seq'))
        returning code""")[0]
    residence.account("settings_super", "ADMIN", is_superuser=True)
    above = residence.enter("settings_super")
    page = above.get(SETTINGS).text
    assert "You are working in <strong>" in page and f'href="{SITE}"' in page
    assert re.search(rf'<header.*href="{SITE}".*</header>', page, re.S), "every page leads there"
    listed = above.get(SITE).text
    assert "Las &lt;b&gt;Palmas&lt;/b&gt;" in listed and "You are here</strong>" in listed
    there = stack.psql(f"select id from garita.sites where code = '{code}'")[0]
    moved = above.post(SITE, {"form_token": above.token(), "site": there})
    assert (moved.status_code, moved.headers["Location"]) == (303, "/admin/")
    assert f"({code})" in above.get(SETTINGS).text
    assert residence.save(above, name="Las Palmas").status_code == 303
    assert stack.psql(f"select name from garita.sites where id = {there}") == ["Las Palmas"] and residence.row("name") == [residence.before[0]]
    assert above.post(SITE, {"form_token": above.token(), "site": "0"}).status_code == 404
    assert above.post(SITE, {"form_token": above.token(), "site": "x"}).status_code == 404


def test_who_belongs_to_one_residence_has_nothing_to_switch(residence):
    residence.stack.psql("insert into garita.sites (name, code) values ('Otra', 'OTHER' || nextval('garita.sites_id_seq'))")
    assert residence.admin.get(SITE).status_code == 404
    assert SITE not in residence.admin.get(SETTINGS).text
    other = residence.stack.psql("select max(id) from garita.sites")[0]
    assert residence.admin.post(SITE, {"form_token": residence.admin.token(), "site": other}).status_code == 404


def test_the_other_language_comes_back_to_the_page_with_its_query(residence):
    path = f"{SETTINGS}?from=caf%C3%A9&q=a%22b%3C"
    page = residence.admin.get(path).text
    assert '<html lang="en">' in page
    fields = residence.admin.form("/account/language/")
    answer = residence.admin.post("/account/language/", fields | {"language": "es"})
    assert answer.status_code == 303 and answer.headers["Location"] == path
    assert '<html lang="es">' in residence.admin.get(path).text and "Zona horaria" in residence.admin.get(SETTINGS).text


def test_the_page_offers_the_time_zones_of_the_country(residence):
    offered = lambda: set(re.findall(r"<option(?: selected)?>([A-Z]\w+/[^<]+|UTC)", residence.admin.get(SETTINGS).text))
    assert {"America/Mexico_City", "America/Cancun", "UTC"} < offered() and len(offered()) < 20
    assert residence.save(country="CR").status_code == 303
    assert offered() == {"America/Costa_Rica", "UTC", residence.row("time_zone")[0]}
    assert residence.save(country="").status_code == 303 and {"Europe/Madrid", "Asia/Tokyo"} < offered()


def test_the_page_with_its_lists_stays_small(residence):
    """Six kilobytes are the budget of a page."""
    with residence.admin.session.get(residence.stack.url + SETTINGS, headers={"Accept-Encoding": "gzip"}, stream=True) as answer:
        assert answer.headers["Content-Encoding"] == "gzip" and len(answer.raw.read(decode_content=False)) <= 6144
