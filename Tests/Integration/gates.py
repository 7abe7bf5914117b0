"""An administrator at a browser, and what there is to decide about: a gate, visits, cards."""

import re
import uuid

import pytest

from pages import Person
from stack import day
from test_login import django_hash

PASSWORD = "la vaca verde salta"
HASH = django_hash(PASSWORD)
HOSTILE = '"><script>alert(1)</script>'
VALIDATE = "/api/access/codes/validate/"


class Residence:
    """An administrator at a browser, and what there is to decide about."""

    def __init__(self, stack):
        self.stack, self.name = stack, f"G{uuid.uuid4().hex[:8]}"
        stack.psql("delete from garita.login_throttles")
        for role in ("ADMIN", "GUARD", "RESIDENT"):
            stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
                select min(id), '{self.name}_{role.lower()}', '{HASH}', '{role}', 'Lola', 'Paz' from garita.sites""")
        self.unit, self.resident = stack.psql("select unit_id || ',' || id from garita.residents where is_authorized"
                                              " and move_out_date is null order by id limit 1")[0].split(",")
        self.gate = stack.psql(f"""insert into garita.access_points (site_id, name, code, location, is_entry, is_exit, supports_rfid)
            select min(id), '{self.name} {HOSTILE}', '{self.name}', 'Prueba', true, true, true from garita.sites returning id""")[0]
        self.admin = self.enter("admin")

    def enter(self, name, language="en"):
        one = Person(self.stack, **{"Accept-Language": language})
        assert one.sign_in(f"{self.name}_{name}", PASSWORD).status_code == 303
        return one

    def visitor(self, status="PENDING", site="(select min(id) from garita.sites)"):
        return self.stack.psql(f"""insert into garita.visitors (site_id, first_name, last_name, unit_id, status, expected_date)
            select {site}, '{HOSTILE}', 'Ríos', {self.unit}, '{status}', current_date returning id""")[0]

    def card(self, number):
        made = self.stack.call("POST", "/api/access/codes/", "ADMIN", json={
            "resident": int(self.resident), "code": number, "code_type": "RFID", "access_points": [int(self.gate)],
            "expiry_date": day(400), "notes": "azul"})
        assert made.status_code == 201, made.text
        return made.json()["id"]

    def opens(self, code):
        return self.stack.call("POST", VALIDATE, "GUARD", json={
            "code": code, "access_point_id": int(self.gate), "access_type": "ENTRY"}).json()["valid"]

    def do(self, path, **fields):
        """Looks at the question and answers it."""
        return self.admin.send(path, fields)

    def audit(self, table, row):
        return self.stack.psql(f"""select action, coalesce(actor, ''), changes from garita.audit
            where table_name = '{table}' and row_id = {row} order by id""")


@pytest.fixture(scope="module")
def residence(stack):
    """Its rows stay: who has done something is not deleted."""
    return Residence(stack)


def shown(answer):
    """What a page shows this once."""
    return re.search(r"<code data-copy[^>]*>([^<]+)</code>", answer.text)[1]


def offers(page):
    """Whether the page itself, not what stands around it, has a button."""
    return "<button" in re.search(r"(?s)<main.*</main>", page.text)[0]
