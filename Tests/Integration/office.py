"""An administrator without scripts, with a row in every table; and more of some than a form lists."""

import html
import re

import pytest

from pages import Person
from stack import day
from test_login import django_hash

PASSWORD = "la vaca verde salta"
HASH = django_hash(PASSWORD)
HOSTILE = '"><script>alert(1)</script>&amp;'
EDITABLE = ["visitors", "residents", "units", "buildings", "users", "gates", "cards", "blocklist", "schedules", "holidays"]
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
            insert into garita.holidays (site_id, day, name) values (1, '{day(203)}', 'tables Trabajo');
            insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit)
                select 1, 'tables lector', min(id), true, true from garita.access_points where site_id = 1""")
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
