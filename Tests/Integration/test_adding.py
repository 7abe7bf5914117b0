"""Whoever follows docs/adding.md gets what it promises: a table, an action with a page, an endpoint."""

import re

import pytest

import adding
from pages import Person
from stack import Stack, open_folder
from test_login import django_hash

PASSWORD = "la vaca verde salta"


@pytest.fixture(scope="module")
def added():
    folder = open_folder()
    clone = adding.copied(folder)
    one = Stack(clone=clone, GARITA_EXECUTABLE=str(adding.built(clone, "Residents", "Administration")))
    one.start()
    yield one
    one.stop()


def test_the_table_of_the_page_counts_its_blocks():
    """Files that are new, and files that get a line, of each part."""
    parts = re.split(r"^## ", adding.PAGE.read_text(), flags=re.M)[1:4]
    counted = []
    for part in parts:
        found = list(adding.BLOCK.finditer(part))
        counted.append((sum(one["where"] == "New file" for one in found), len({one["path"] for one in found if one["where"] != "New file"})))
    told = [tuple(map(int, row)) for row in re.findall(r"^\| an? .*\| (\d+) \| (\d+) \|$", adding.PAGE.read_text(), re.M)]
    # The routes of the parcels hold the row of the action and the row of the endpoint.
    assert told == [(counted[0][0], counted[0][1]), (counted[1][0] - 1, counted[1][1] + 1), (counted[2][0], counted[2][1] + 1)]


def test_what_was_added_works(added):
    unit = int(added.psql("select min(id) from garita.units where site_id = 1")[0])
    made = added.call("POST", "/api/parcels/", "GUARD", json={"unit": unit, "carrier": "Estafeta"})
    assert made.status_code == 201 and made.json()["handed_over_at"] is None
    path = f"/api/parcels/{made.json()['id']}/"
    refused = added.call("POST", "/api/parcels/", "GUARD", json={"unit": unit, "carrier": ""})
    assert (refused.status_code, list(refused.json())) == (400, ["carrier"])
    assert added.call("GET", "/api/parcels/waiting/", "GUARD").json() == {"waiting": 1}
    assert added.call("GET", "/api/parcels/waiting/", "RESIDENT").status_code == 403
    done = added.call("POST", path + "hand_over/", "GUARD")
    assert done.status_code == 200 and done.json()["handed_over_at"]
    again = added.call("POST", path + "hand_over/", "GUARD", headers={"Accept-Language": "es"})
    assert (again.status_code, again.json()["detail"]) == (409, "No existe ese paquete, o ya se entregó.")
    described = added.call("GET", "/api/schema/", None).json()["paths"]
    assert {"/api/parcels/", "/api/parcels/waiting/", "/api/parcels/{id}/hand_over/"} <= set(described)


def test_the_pages_of_what_was_added_work(added):
    ana = Person(added, **{"Accept-Language": "en"})
    added.psql(f"""insert into garita.users (site_id, username, password_hash, role)
        values (1, 'adding_admin', '{django_hash(PASSWORD)}', 'ADMIN')""")
    assert ana.sign_in("adding_admin", PASSWORD).status_code == 303
    unit = added.psql("select min(id) from garita.units where site_id = 1")[0]
    made = ana.send("/admin/parcels/new/", {"unit": unit, "unit.text": "x", "unit.was": "x", "carrier": "DHL"})
    assert made.status_code == 303, made.text
    page = made.headers["Location"]
    assert f'href="{page}hand-over/"' in ana.get(page).text and "DHL" in ana.get("/admin/parcels/").text
    done = ana.send(f"{page}hand-over/", {})
    assert done.status_code == 303 and "The parcel is handed over." in ana.get(done.headers["Location"]).text
    assert "hand-over/" not in ana.page.text, "once"
    told = added.psql("select action, changes ? 'handed_over_at' from garita.audit where table_name = 'parcels' order by id desc limit 1")
    assert told == ["UPDATE|t"]
