"""Rows that a file names: a bare number is a name and no ID, and what stands beside a name tells two of it apart."""

import csv
import io
import uuid

import pytest

from community import Community
from csv_import import administrator, file_of, read
from stack import day


@pytest.fixture(scope="module")
def site(stack):
    return Community(stack, uuid.uuid4().hex[:8]).site


@pytest.fixture(scope="module")
def rosa(stack, site):
    """An administrator of two towers whose homes have the same numbers, and of two people of one name."""
    person = administrator(stack, "en", site)
    person.take("buildings", file_of([["Nombre", "Clave"], ["Torre Norte", "N"], ["Torre Sur", "S"]]))
    homes = [["N", "701"], ["S", "701"], ["N", "702"], ["S", "803"]]
    person.take("units", file_of([["Torre", "Depto.", "Piso"]] + [home + ["1"] for home in homes]))
    assert person.counts() == (4, 0, 0, 0)
    people = [["N-701", "Juan", "Pérez"], ["S-701", "Juan", "Pérez"], ["N-702", "Eva", "Luz"]]
    person.take("residents", file_of([["Unidad", "Nombre", "Apellidos"]] + people))
    assert person.counts() == (3, 0, 0, 0), read(person.page.text)
    return person


def unit(stack, site, name):
    code, number = name.split("-")
    return stack.psql(f"select u.id from garita.units u join garita.buildings b on b.id = u.building_id where u.site_id = {site} and b.code = '{code}' and u.number = '{number}'")[0]


def numbered(stack, site, name):
    """A home called as the ID of another one."""
    return stack.psql(f"insert into garita.units (site_id, building_id, number, floor) select {site}, building_id, '{unit(stack, site, name)}', 1 from garita.units where id = {unit(stack, site, 'S-803')} returning number")[0]


PEOPLE = ["Nombre", "Apellidos"]


@pytest.mark.parametrize("heading", ["Depto.", "Unidad", "Unit", "UNIT", "Casa", "Apt", "Interior"])
def test_a_bare_number_is_never_an_id(stack, site, rosa, heading):
    number = unit(stack, site, "N-702")
    looked = rosa.look("residents", file_of([[heading] + PEOPLE, [number, "Ana", "Sol"]]))
    assert rosa.counts() == (0, 0, 0, 1) and f"There is no “{number}”. An ID is written as #{number}." in looked
    assert "N-702" in rosa.look("residents", file_of([[heading] + PEOPLE, [f"#{number}", "Ana", "Sol"]]))
    assert rosa.counts() == (1, 0, 0, 0)
    looked = rosa.look("residents", file_of([[heading] + PEOPLE, ["803", "Ana", "Sol"]]))
    assert rosa.counts() == (1, 0, 0, 0) and "S-803" in looked, "one home has this number"
    looked = rosa.look("residents", file_of([[heading] + PEOPLE, ["701", "Ana", "Sol"]]))
    assert rosa.counts() == (0, 0, 0, 1) and "“701” can be N-701 or S-701: write which." in looked


def test_under_the_name_of_the_api_a_number_is_an_id_unless_something_is_called_so(stack, site, rosa):
    known, number = unit(stack, site, "N-702"), numbered(stack, site, "N-701")
    wire = lambda text: rosa.look("residents", file_of([["unit", "first_name", "last_name"], [text, "Ana", "Sol"]]))
    assert "N-702" in wire(known) and rosa.counts() == (1, 0, 0, 0)
    looked = wire(number)
    assert rosa.counts() == (0, 0, 0, 1) and f"#{number} (N-701)" in looked and f"S-{number}" in looked
    assert "N-701" in wire(f"#{number}") and rosa.counts() == (1, 0, 0, 0)
    assert f"S-{number}" in rosa.look("residents", file_of([["Depto."] + PEOPLE, [number, "Ana", "Sol"]]))
    # Our own exports say such numbers, and come back as they are.
    lines = list(csv.reader(io.StringIO(rosa.get("/admin/residents/export/").content.decode("utf-8-sig"))))
    assert number in [dict(zip(lines[0], line))["unit"] for line in lines[1:]]
    rosa.look("residents", file_of(lines))
    assert rosa.counts() == (0, 0, len(lines) - 1, 0), read(rosa.page.text)
    # What somebody has changed in it is read as in any other file.
    changed = [[number if text == unit(stack, site, "N-702") else text for text in line] for line in lines]
    rosa.look("residents", file_of(changed))
    assert rosa.counts()[1] == 0 and rosa.counts()[3] == 1


@pytest.mark.parametrize("slug, heading, row, table", [
    ("units", "Torre", {"Número": "9", "Piso": "1"}, "buildings"),
    ("cards", "Residente", {"Código": "TAG0008617284"}, "residents"),
    ("visitors", "Anfitrión", {"Unidad": "N-702", "Nombre": "V", "Apellidos": "W", "Fecha": day(3)}, "residents"),
    ("gates", "Torre", {"Nombre": "G", "Clave": "G", "Ubicación": "x"}, "buildings"),
    ("users", "Residente", {"Usuario": f"u{uuid.uuid4().hex[:9]}", "Rol": "RESIDENT"}, "residents"),
])
def test_so_it_is_for_every_reference(stack, site, rosa, slug, heading, row, table):
    number = stack.psql(f"select min(id) from garita.{table} where site_id = {site}")[0]
    for text, counts in ((number, (0, 0, 0, 1)), (f"#{number}", (1, 0, 0, 0))):
        looked = rosa.look(slug, file_of([[heading, *row], [text, *row.values()]]))
        assert rosa.counts() == counts, looked
    assert slug != "users" or "Juan Pérez · N-701" in looked


def test_gates_in_a_list_are_names_too(stack, site, rosa):
    rosa.take("gates", file_of([["Nombre", "Clave", "Ubicación"], ["Caseta", "C1", "x"]]))
    number = stack.psql(f"select id from garita.access_points where site_id = {site} and name = 'Caseta'")[0]
    for head, text, counts in (("Casetas", number, (0, 0, 0, 1)), ("Casetas", f"#{number}", (1, 0, 0, 0)), ("Casetas", "caseta", (1, 0, 0, 0)), ("access_points", number, (1, 0, 0, 0))):
        looked = rosa.look("cards", file_of([["Residente", "Código", head], ["Eva Luz", "TAG0008617284", text]]))
        assert rosa.counts() == counts, (head, text, looked)


def test_a_counter_of_rows_is_no_id(stack, site, rosa):
    number = stack.psql(f"select min(id) from garita.residents where site_id = {site}")[0]
    looked = rosa.look("residents", file_of([["#", "Depto."] + PEOPLE, [number, "803", "Ana", "Sol"]]))
    assert rosa.counts() == (1, 0, 0, 0) and "# : not recognized" in looked


@pytest.mark.parametrize("tower, number, found", [
    ("N", "701", "N-701"), ("Torre Sur", "701", "S-701"), ("torre norte", "N-701", "N-701"), ("", "N-701", "N-701"),
    ("", "Torre Sur 701", "S-701"), ("", "N 701", "N-701"), ("", "Torre Norte, 701", "N-701"),
])
@pytest.mark.parametrize("slug", ["residents", "visitors"])
def test_building_and_number_together_are_a_home(rosa, slug, tower, number, found):
    head, more = (["Fecha"], [day(3)]) if slug == "visitors" else ([], [])
    looked = rosa.look(slug, file_of([["Torre", "Depto."] + PEOPLE + head, [tower, number, "Ana", "Sol"] + more]))
    assert rosa.counts() == (1, 0, 0, 0) and found in looked and not rosa.asked, looked


def test_a_home_that_is_not_in_that_building_is_a_fault(rosa):
    looked = rosa.look("residents", file_of([["Torre", "Depto."] + PEOPLE, ["N", "803", "Ana", "Sol"], ["Torre X", "803", "Eva", "Sol"]]))
    assert rosa.counts() == (0, 0, 0, 2)
    assert "“803” is not in “N”." in looked and "Building : There is no “Torre X”." in looked


@pytest.mark.parametrize("head, row, found", [
    (["Depto."], ["N-701"], "Juan Pérez · N-701"), (["Torre", "Depto."], ["Torre Sur", "701"], "Juan Pérez · S-701"),
    (["Torre"], ["S"], "Juan Pérez · S-701"), (["Depto.", "Torre"], ["S-701", ""], "Juan Pérez · S-701"),
])
def test_the_home_tells_two_people_of_a_name_apart(rosa, head, row, found):
    looked = rosa.look("cards", file_of([["Residente", "Núm. tarjeta"] + head, ["Juan Pérez", "TAG0008617284"] + row]))
    assert rosa.counts() == (1, 0, 0, 0) and found in looked, looked
    visit = file_of([["Visitante", "Apellidos", "Fecha", "Residente"] + head, ["Ana", "Sol", day(3), "Juan Pérez"] + row])
    looked = rosa.look("visitors", visit)
    assert "Depto." not in head or rosa.counts() == (1, 0, 0, 0) and found in looked, looked


@pytest.mark.parametrize("text", ["Juan Pérez N-701", "juan perez · n-701", "Juan Pérez (N-701)", "Juan Pérez - N-701", "N-701 Juan Pérez", "Juan Pérez, N-701"])
def test_a_name_and_its_home_stand_in_one_cell(rosa, text):
    looked = rosa.look("cards", file_of([["Residente", "Núm. tarjeta"], [text, "TAG0008617284"]]))
    assert rosa.counts() == (1, 0, 0, 0) and "Juan Pérez · N-701" in looked, looked


def test_a_name_that_several_have_is_told_with_their_homes(stack, site, rosa):
    spanish = administrator(stack, "es", site)
    looked = spanish.look("cards", file_of([["Residente", "Núm. tarjeta", "Depto."], ["Juan Pérez", "TAG0008617284", ""], ["Eva Luz", "TAG0008617285", "N-701"]]))
    assert spanish.counts() == (0, 0, 0, 2)
    assert "Residente : «Juan Pérez» puede ser Juan Pérez · N-701 o Juan Pérez · S-701: escriba cuál." in looked
    assert "Residente : «Eva Luz» no está en «N-701»." in looked
    assert "Unidad : No existe «Z-9»." in spanish.look("residents", file_of([["Unidad"] + PEOPLE, ["Z-9", "Ana", "Sol"]]))
