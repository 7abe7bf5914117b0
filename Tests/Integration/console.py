"""A guard without scripts, in a shift at the gate of a residence of its own."""

import html
import re
import uuid

import pytest
import requests

from community import PASSWORD, SQL, Community

COLOUR = re.compile(r'data-colour="(\w+)"')


def text(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def word(page):
    """Colour and word of a verdict."""
    return COLOUR.search(page.text).group(1), html.unescape(re.search(r"<h1>(.*?)</h1>", page.text).group(1))


class Gate:
    """A guard in a shift at the north gate of a residence of its own."""

    def __init__(self, stack):
        self.stack = stack
        stack.psql("delete from garita.login_throttles")
        self.here = Community(stack, f"C{uuid.uuid4().hex[:6]}")
        self.guard = self.enter("GUARD")
        self.open(self.guard, self.here.north)
        self.resident = self.here.add(
            "residents", unit_id=SQL(self.here.unit), first_name="Íñigo", last_name="Núñez", phone="+52 55 1234 9999", user_id=SQL(
                f"(select id from garita.users where username = '{self.here.code}-resident')"))

    def enter(self, role, language="en"):
        return self.here.person(role, **{"Accept-Language": language})

    def open(self, person, gate):
        assert person.send("/gate/shift/", {"access_point": gate}).status_code == 303

    def visit(self, status="APPROVED", **values):
        values = {"first_name": "Lucía", "last_name": f"Muñoz {uuid.uuid4().hex[:6]}", "resident_id": SQL(self.resident)} | values
        return self.here.visit(status, **values)

    def code(self, visit, kind="QR", **more):
        """A pass in clear, issued by the guard."""
        token = self.__dict__.setdefault("token", None)
        if not token:
            answer = requests.post(f"{self.stack.url}/api/auth/login/", timeout=10, json={
                "username": f"{self.here.code}-admin", "password": PASSWORD})
            self.token = answer.json()["access"]
        made = self.stack.call("POST", "/api/visitors/generate_code/", headers={"Authorization": f"Bearer {self.token}"}, json={
            "visitor_id": int(visit), "code_type": kind, "valid_hours": 4} | more)
        assert made.status_code == 201, made.text
        return made.json()["code"]

    def scan(self, q, direction="ENTRY", read="1", person=None, **more):
        """Looks at the console and sends its box."""
        person = person or self.guard
        person.get(f"/gate/?direction={direction}")
        return person.post("/gate/scan/", person.form("/gate/scan/") | {"q": q, "read": read} | more)

    def press(self, visit, step, **more):
        """Finds a visit by name and presses its button."""
        self.guard.page = self.scan(self.stack.psql(f"select last_name from garita.visitors where id = {visit}")[0], read="")
        path = f"/gate/visits/{visit}/{step}/"
        return self.guard.post(path, self.guard.form(path) | more)

    def force(self, visit, step, person=None):
        """Sends what a page offers no button for."""
        person = person or self.guard
        person.get("/gate/")
        return person.post(f"/gate/visits/{visit}/{step}/", person.form("/gate/scan/"))

    def status(self, visit):
        return self.stack.psql(f"select status from garita.visitors where id = {visit}")[0]

    def log(self):
        """The newest row."""
        return self.stack.psql(f"""select status, access_type, access_method, array_to_string(reasons, ' '), array_to_string(warnings, ' '), person_name
            from garita.access_logs where site_id = {self.here.site} order by id desc limit 1""")[0]

    def rows(self):
        return int(self.stack.psql(f"select count(*) from garita.access_logs where site_id = {self.here.site}")[0])


@pytest.fixture(scope="module")
def gate(stack):
    return Gate(stack)
