"""A gate at which a guard has a shift: whom the tests of lists and shifts begin with."""

import re
import uuid

import pytest

from community import SQL, Community
from pages import Forms

HOSTILE = "Pía <b>\"&'</b>"


@pytest.fixture(scope="module")
def here(stack):
    return Community(stack, f"K{uuid.uuid4().hex[:6]}")


@pytest.fixture
def guard(here):
    """At the gate Norte, with nothing left of other tests."""
    here.stack.psql(f"""delete from garita.shifts where site_id = {here.site};
        delete from garita.standing_orders where site_id = {here.site};
        delete from garita.temporary_codes where site_id = {here.site}; delete from garita.visitors where site_id = {here.site};
        delete from garita.residents where site_id = {here.site}""")
    here.rosa = resident(here, "Rosa", "Mar")
    one = here.person("GUARD", **{"Accept-Language": "es"})
    assert one.send("/gate/shift/", {"access_point": here.north}).headers["Location"] == "/gate/"
    return one


def resident(here, first_name, last_name, **values):
    values = dict(first_name=first_name, last_name=last_name, unit_id=SQL(here.unit), phone="+52 55 1234 5678",
                  document_id=first_name, is_authorized=SQL("true")) | values
    return here.add("residents", **values)


def row(here, visit, columns):
    return here.stack.psql(f"select {columns} from garita.visitors where id = {visit}")[0]


def only(here, columns):
    """What the one visit of the community holds."""
    rows = here.stack.psql(f"select {columns} from garita.visitors where site_id = {here.site}")
    assert len(rows) == 1, rows
    return rows[0]


def buttons(page):
    """Where the buttons of the visits of a page lead."""
    return re.findall(r'<button form="visit-step" formaction="([^"]+)"', page.text)


def press(person, path, **fields):
    """A button of the form that all of them belong to."""
    form = next(form["fields"] for form in Forms(person.page.text).forms if form["action"] == "/gate/")
    return person.post(path, form | fields)
