"""A guard with a browser, in a shift at the gate of a residence of its own."""

import uuid

import pytest
import requests

from community import PASSWORD as COMMON
from community import SQL, Community
from reader import Reader


class Gate(Community):
    def __init__(self, stack):
        super().__init__(stack, f"B{uuid.uuid4().hex[:6]}")
        stack.psql("delete from garita.login_throttles")
        self.resident = self.add("residents", unit_id=SQL(self.unit), first_name="Íñigo", last_name="Núñez de la Peña")
        stack.psql(f"""insert into garita.shifts (site_id, user_id, access_point_id)
            select {self.site}, id, {self.north} from garita.users where username = '{self.code}-guard'""")
        account = {"username": f"{self.code}-admin", "password": COMMON}
        self.headers = {"Authorization": "Bearer " + requests.post(f"{stack.url}/api/auth/login/", json=account, timeout=10).json()["access"]}

    def pass_of(self, uses=1, kind="QR", **values):
        visit = self.visit("APPROVED", last_name=f"Muñoz {uuid.uuid4().hex[:6]}", resident_id=SQL(self.resident), **values)
        return requests.post(f"{self.stack.url}/api/visitors/generate_code/", headers=self.headers, timeout=10, json={
            "visitor_id": int(visit), "code_type": kind, "valid_hours": 4, "max_uses": uses}).json()["code"]

    def rows(self):
        return int(self.stack.psql(f"select count(*) from garita.access_logs where site_id = {self.site}")[0])


@pytest.fixture(scope="module")
def gate(stack):
    return Gate(stack)


@pytest.fixture(scope="module")
def guard_cookies(stack, chromium, gate):
    reader = Reader(stack, chromium, None, username=f"{gate.code}-guard").sign_in()
    state = reader.context.storage_state()
    reader.close()
    return state


@pytest.fixture
def guard(stack, chromium, guard_cookies):
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, None, cookies=guard_cookies, **kind))
        made[-1].go("/gate/")
        return made[-1]

    yield make
    for one in made:
        one.close()


def scan(reader, text):
    """As a scanner: fast, wherever the focus is, with Enter behind it."""
    reader.page.keyboard.type(text)
    reader.page.keyboard.press("Enter")


def until(reader, condition):
    """Waits for what a script says; the policy of the pages lets no text become a script."""
    for _ in range(200):
        if reader.page.evaluate(condition):
            return
        reader.page.wait_for_timeout(20)
    raise AssertionError(condition)


def colour(reader, expected):
    reader.page.wait_for_selector(f".verdict.{expected}")
    return reader.page.locator("h1").inner_text()
