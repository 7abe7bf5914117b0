"""A home with its people, and a browser of one of them: what the tests of residents' pages begin with."""

import html
import re
from datetime import date, timedelta

import pytest
import requests

from community import PASSWORD, SQL, Community
from pages import Person
from test_login import django_hash

UNLIMITED = 2_147_483_647


class Home(Community):
    """A-101 with Lola (owner), Beto (family, not authorised) and a neighbour in A-102, each with an account."""

    def __init__(self, stack, code):
        super().__init__(stack, code)
        stack.psql(f"update garita.access_points set supports_rfid = true where site_id = {self.site}")
        self.today = date.fromisoformat(stack.psql("select (now() at time zone 'America/Mexico_City')::date")[0])
        self.other = self.add("units", building_id=SQL("(select building_id from garita.units where id = %s)" % self.unit), number="102", floor=1)
        self.lola = self.resident("resident", self.unit, "Lola", "OWNER")
        self.beto = self.resident("beto", self.unit, "Beto", "FAMILY", is_authorized=SQL("false"))
        self.neighbour = self.resident("vecina", self.other, "Vera", "TENANT")

    def resident(self, username, unit, name, kind, **more):
        if username != "resident":
            self.add("users", username=f"{self.code}-{username}", password_hash=django_hash(PASSWORD), role="RESIDENT", first_name=name, last_name="Sol")
        return self.add(
            "residents", unit_id=SQL(unit), user_id=SQL(f"(select id from garita.users where username = '{self.code}-{username}')"), first_name=name,
            last_name="Sol", document_id=f"{self.code}-{username}", phone="5512345678", resident_type=kind, **more)

    def at(self, username="resident", **headers):
        one = Person(self.stack, **({"Accept-Language": "en"} | headers))
        assert one.sign_in(f"{self.code}-{username}", PASSWORD).status_code == 303
        return one

    def day(self, days):
        return (self.today + timedelta(days)).isoformat()

    def pass_of(self, visit):
        """Of the newest pass: from, until, entries, used, active, kind, schedule."""
        return self.stack.psql(f"""select t.valid_from at time zone 'America/Mexico_City', t.valid_until at time zone 'America/Mexico_City',
            t.max_uses, c.times_used, t.is_active, t.code_type, t.schedule_id from garita.temporary_codes t
            join garita.credentials c on c.code_kind = 'temporary' and c.code_id = t.id where t.visitor_id = {visit}
            order by t.id desc limit 1""")[0].split("|")

    def write(self, path, body):
        """A POST of the API by its administrator."""
        self.call("/api/users/me/")
        return requests.post(self.stack.url + path, json=body, timeout=10, headers={"Authorization": f"Bearer {self.tokens['ADMIN']}"})

    def log_of_home(self):
        """An entry and a refusal of somebody who came to the home."""
        self.stack.psql(f"""insert into garita.access_logs (timestamp, site_id, unit_id, access_type, access_method, status, reasons,
                access_point_id, access_point_name, person_name)
            select now() - interval '1 hour', {self.site}, {self.unit}, 'ENTRY', 'QR_CODE', x.status, x.reasons, {self.north}, 'Norte', 'Ana Uno'
            from (values ('SUCCESS', '{{}}'::text[]), ('DENIED', '{{expired,outside_schedule}}')) x (status, reasons)""")

    def scan(self, code, direction="ENTRY"):
        self.call("/api/users/me/", "GUARD")
        answer = requests.post(
            f"{self.stack.url}/api/access/codes/validate/", timeout=10, headers={"Authorization": f"Bearer {self.tokens['GUARD']}"},
            json={"code": code, "access_point_id": int(self.north), "access_type": direction})
        return answer.json()


@pytest.fixture(scope="module")
def home(stack, request):
    # Each module has one of its own.
    return Home(stack, request.module.__name__.replace("_", "-"))


@pytest.fixture(scope="module")
def lola_signed_in(home):
    return home.at()


@pytest.fixture
def lola(lola_signed_in):
    return lola_signed_in


def invite(person, path="/home/invite/", **fields):
    """Sends the form as it stands with these fields; answers the address it leads to and the number of the visit."""
    answer = person.send(path, {"name": "Ana Ruiz"} | fields)
    assert answer.status_code == 303, html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return answer.headers["Location"], int(re.search(r"\d+", answer.headers["Location"])[0])


def link(person, path):
    return re.search(r'value="(http[^"]*/p/[0-9A-Z]{26})"', person.get(path).text)[1]
