"""Columns as people head them: usual words are known, others are asked for once and remembered for the residence."""

import re
import uuid

import pytest

from community import Community
from csv_import import admin, administrator, file_of, read, tower, units_of  # noqa: F401 (fixtures)
from stack import day


@pytest.fixture(scope="module")
def elsewhere(stack):
    """An administrator of a residence that has decided nothing yet, with a home."""
    one = Community(stack, uuid.uuid4().hex[:8])
    person = administrator(stack, site=one.site)
    person.take("buildings", file_of([["Torre", "Código"], ["Torre Z", "Z"]]))
    person.take("units", file_of([["Edificio", "Núm.", "Nivel"], ["Z", "1", "0"], ["Z", "2", "0"]]))
    assert person.counts() == (2, 0, 0, 0)
    return person


@pytest.mark.parametrize("slug, header, fields", [
    ("units", ["EDIFICIO", "Depto.", "Nivel", "Dueño", "Tel."], ["building", "number", "floor", "owner_name", "owner_phone"]),
    ("units", ["torre_", "No.", "Planta", "Propietario", "Celular"], ["building", "number", "floor", "owner_name", "owner_phone"]),
    ("units", ["Tower", "House", "Level", "Owner Name", "mobile phone"], ["building", "number", "floor", "owner_name", "owner_phone"]),
    ("units", ["Bldg.", "Nº", "Story", "owner_name", "Phone"], ["building", "number", "floor", "owner_name", "owner_phone"]),
    ("residents", ["Departamento", "Nombre(s)", "APELLIDO", "INE", "teléfono celular", "Correo"], ["unit", "first_name", "last_name", "document_id", "phone", "email"]),
    ("residents", ["Apt", "Given  name", "Surname", "ID number", "Cell", "Email"], ["unit", "first_name", "last_name", "document_id", "phone", "email"]),
    ("visitors", ["Casa", "Nombres", "Apellidos", "Fecha", "Hora", "Placa"], ["unit", "first_name", "last_name", "expected_date", "expected_time", "vehicle_plate"]),
    ("visitors", ["Depto. No.", "Visitante", "Apellidos", "Fecha de la visita", "Hora de llegada", "Nombre del residente"], ["unit", "first_name", "last_name", "expected_date", "expected_time", "resident"]),
    ("cards", ["Residente", "Núm. de tarjeta", "Vencimiento", "Casetas"], ["resident", "code", "expiry_date", "access_points"]),
    ("cards", ["Holder", "Card number", "Expires", "Gates"], ["resident", "code", "expiry_date", "access_points"]),
    # As files of former versions have them.
    ("residents", ["Unit", "First name", "Kind", "Authorised", "Moved in", "Moves out"], ["unit", "first_name", "resident_type", "is_authorized", "move_in_date", "move_out_date"]),
    ("residents", ["Unidad", "Nombre", "Con autorización", "Fecha de entrada", "Fecha de salida"], ["unit", "first_name", "is_authorized", "move_in_date", "move_out_date"]),
    ("visitors", ["Unit", "First name", "Expected on", "Plate"], ["unit", "first_name", "expected_date", "vehicle_plate"]),
    ("users", ["Usuario", "Nombre", "Función"], ["username", "first_name", "role"]),
])
def test_headings_as_people_write_them_are_known(admin, slug, header, fields):
    row = {"building": "A", "number": "1", "floor": "1", "expected_date": day(3), "expiry_date": day(30)}
    admin.look(slug, file_of([header, [row.get(field, "x") for field in fields]]))
    assert admin.get(f"{admin.path}columns/").status_code == 200
    form = admin.form(f"{admin.path}columns/")
    assert [form[f"column{n + 1}"] for n in range(len(fields))] == fields


def test_no_heading_of_a_table_means_two_of_its_fields(admin):
    """Two columns that are the same field by a usual word: the second one is asked for, and not lost."""
    admin.look("units", file_of([["Torre", "Número", "Depto.", "Piso"], ["A", "Z1", "7", "1"]]))
    assert admin.asked and "Depto. : not recognized" in read(admin.page.text)


def test_a_column_nobody_knows_is_asked_for_once(stack, elsewhere):
    head, rows = ["Clave catastral", "¿Quién vive ahí?", "Cuota"], [["Z-1", "Eva", "900"], ["Z-2", "Leo", "950"], ["", "", "1000"]]
    rows = file_of([["Apellidos"] + head] + [["Luz"] + row for row in rows[:2]])
    elsewhere.look("residents", rows)
    assert elsewhere.asked
    asked = read(elsewhere.get(f"{elsewhere.path}columns/").text)
    assert all(text in asked for text in ("Clave catastral", "Z-1 · Z-2", "Cuota", "900 · 950"))
    assert "The columns Unit, First name are missing." in asked
    twice = elsewhere.post(f"{elsewhere.path}columns/", elsewhere.form(f"{elsewhere.path}columns/") | {"column2": "unit", "column3": "unit"})
    assert twice.status_code == 400 and "Unit is already chosen for another column." in read(twice.text)
    looked = elsewhere.match(column2="unit", column3="first_name")
    assert elsewhere.counts() == (2, 0, 0, 0) and "Cuota : not imported, as you chose" in looked
    elsewhere.look("residents", rows.replace("Clave catastral", "CLAVE  CATASTRAL."))
    assert not elsewhere.asked and elsewhere.counts() == (2, 0, 0, 0), "it is remembered"
    # And can be changed from the preview.
    assert "Match the columns" in read(elsewhere.page.text)
    looked = elsewhere.match(column3="", column4="first_name")
    assert elsewhere.counts() == (2, 0, 0, 0) and "900" in looked
    elsewhere.press("all")
    assert stack.psql("select first_name from garita.residents where last_name = 'Luz' and first_name in ('900', '950') order by 1") == ["900", "950"]
    assert stack.psql("select count(*) from garita.csv_columns where heading = 'cuota'") == ["1"]


def test_what_is_remembered_changes_no_file_of_ours_and_nobody_forgets_a_column(stack, elsewhere):
    """An answer without a column is not one that leaves it out; and the names of the API mean what they say."""
    head = ["unit", "first_name", "last_name"]
    elsewhere.look("residents", file_of([["first_name", "last_name", "Otra cosa"], ["Eva", "Luz", "1"]]))
    elsewhere.get(f"{elsewhere.path}columns/")
    form = elsewhere.form(f"{elsewhere.path}columns/")
    partly = elsewhere.post(f"{elsewhere.path}columns/", {"form_token": form["form_token"]})
    assert partly.status_code == 400 and stack.psql("select count(*) from garita.csv_columns where heading like '%first%'") == ["0"]
    elsewhere.match(column1="last_name", column2="first_name")
    elsewhere.look("residents", file_of([head, ["A-101", "Noé", "Ruiz"]]))
    assert not elsewhere.asked and re.search("Noé.*Ruiz", read(elsewhere.page.text))
    row = read(elsewhere.page.text)
    assert row.index("First name") < row.index("Last name") and row.index("Noé") < row.index("Ruiz")


def test_columns_to_match_are_marked_and_show_what_differs(admin, tower):
    rows = [[tower[0], str(n), "1", "Norte" if n < 5 else "Sur"] for n in range(6)]
    admin.look("units", file_of([["Torre", "Número", "Piso", "Zona de riego"]] + rows))
    asked = read(admin.get(f"{admin.path}columns/").text)
    marked, known = asked.split("Not recognized")[1].split("Recognized")
    assert "Zona de riego" in marked and "Norte · Sur" in marked and "Torre" in known and "Torre" not in marked
    assert all(f"column{n}" in admin.form(f"{admin.path}columns/") for n in range(1, 5))


def test_what_one_residence_decides_no_other_has(stack, admin, elsewhere, tower):
    rows = file_of([["Torre", "Número", "Piso", "Zona"], [tower[0], "1", "1", "Norte"]])
    admin.look("units", rows)
    admin.match(column4="notes")
    assert admin.counts() == (1, 0, 0, 0)
    elsewhere.look("units", rows)
    assert elsewhere.asked and "Zona : not recognized" in read(elsewhere.page.text)


def test_a_file_none_of_whose_columns_is_known_can_be_matched(stack, admin, tower):
    assert "does not name any column" in admin.look("units", file_of([["Uno", "Dos", "Tres"], [tower[0], "9", "1"]]))
    assert admin.asked and admin.press("all").status_code == 303 and units_of(stack, tower) == []
    admin.match(column1="building", column2="number", column3="floor")
    admin.press("all")
    assert units_of(stack, tower) == [("9", "1", "")]


def test_a_column_that_is_missing_is_said_once(stack, admin, tower):
    looked = admin.look("units", file_of([["Torre", "Piso"]] + [[tower[0], "1"]] * 200))
    assert admin.asked and looked.count("The column Number is missing.") == 1 and "This field" not in looked
    assert admin.counts()[3] == 200
    faults = admin.get(f"{admin.path}errors/").text
    assert faults.count("The column Number is missing.") == 1 and len(faults.splitlines()) == 2
    # Rows that are there need no more than what names them.
    admin.take("buildings", file_of([["code", "address"], [tower[0], "Calle 1"]]))
    assert not admin.asked and admin.counts() == (0, 1, 0, 0)


def test_the_residence_says_whether_a_document_or_phone_is_needed(stack, elsewhere):
    rows = lambda name: file_of([["unit", "first_name", "last_name"], ["Z-1", name, "Sol"], ["Z-2", name, "Mar"]])
    site = stack.psql("select site_id from garita.buildings where code = 'Z' order by id desc limit 1")[0]
    page = lambda: read(elsewhere.get("/admin/residents/import/").text)
    assert "Phone phone needed" not in page()
    elsewhere.look("residents", rows("Ana"))
    assert not elsewhere.asked and elsewhere.counts() == (2, 0, 0, 0)
    stack.psql(f"update garita.sites set requires_phone = true, requires_document = true where id = {site}")
    assert "Phone phone required for new rows" in page() and "Document document_id required for new rows" in page()
    looked = elsewhere.look("residents", rows("Ana"))
    assert looked.count("The columns Document, Phone are missing.") == 1 and elsewhere.counts() == (0, 0, 0, 2)
    looked = elsewhere.look("residents", file_of([["unit", "first_name", "last_name", "INE", "Tel."], ["Z-1", "Ana", "Sol", "", "5512345678"]]))
    assert "Document : This field may not be blank." in looked and elsewhere.counts() == (0, 0, 0, 1)
    form = elsewhere.get("/admin/residents/new/").text
    assert "required" in form.split('id="phone"')[1].split(">")[0] and "(optional)" not in form.split('for="phone"')[1].split("</label>")[0]
    stack.psql(f"update garita.sites set requires_phone = false, requires_document = false where id = {site}")
    form = elsewhere.get("/admin/residents/new/").text
    assert "(optional)" in form.split('for="phone"')[1].split("</label>")[0]


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = {
    "31/01/2024": "2024-01-31", "31-01-24": "2024-01-31", "31 ene 2024": "2024-01-31", "31.1.2024": "2024-01-31",
    "2024-01-31": "2024-01-31", "31 de enero de 2024": "2024-01-31", "January 31, 2024": "2024-01-31",
    "31-Jan-24": "2024-01-31", "2024/1/31": "2024-01-31", "1o. de enero de 2024": "2024-01-01", "5/6/2024": "2024-06-05",
    "miércoles 31 de enero de 2024": "2024-01-31", "31/01/2024 00:00:00": "2024-01-31", "20240131": "2024-01-31",
    "29/02/2024": "2024-02-29", "31 Dic. 1998": "1998-12-31", "31/12/98": "1998-12-31",
}
NO_DAYS = {
    "31/02/2024": "There is no 31 February 2024.", "29/02/2023": "There is no 29 February 2023.",
    "31 abr 2024": "There is no 31 April 2024.", "01/31/2024": "write the day first, as 31/01/2024",
    "ayer": "“ayer” is not a date: enter it as 31/01/2024", "32/01/2024": "is not a date", "2024": "counts it, in days", "31/01": "is not a date",
    "31/13/2024": "is not a date", "0/1/2024": "is not a date", "31/01/24444": "is not a date", "2024-02-30": "There is no 30 February 2024.",
}


def test_days_are_read_as_people_write_them(admin, tower):
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    head = ["unit", "first_name", "last_name", "move_in_date"]
    admin.look("residents", file_of([head] + [[f"{tower[0]}-1", f"D{n}", "Ía", text] for n, text in enumerate(DAYS)]))
    assert admin.counts() == (len(DAYS), 0, 0, 0), read(admin.page.text)
    for n, (text, meant) in enumerate(DAYS.items()):
        row = admin.page.text.split(f"<span>D{n}</span>")[1].split("</tr>")[0]
        year, month, number = meant.split("-")
        name = f"{int(number)} {MONTHS[int(month) - 1]} {year}"
        assert f"<span>{name}</span>" in row, (text, name)
    admin.look("residents", file_of([head] + [[f"{tower[0]}-1", f"N{n}", "Ía", text] for n, text in enumerate(NO_DAYS)]))
    assert admin.counts() == (0, 0, 0, len(NO_DAYS))
    for n, (text, said) in enumerate(NO_DAYS.items()):
        row = admin.page.text.split(f"<span>N{n}</span>")[0].split("<tr>")[-1]
        assert said in read(row), (text, read(row))


def test_the_preview_shows_what_will_be_written_and_who_was_found(stack, admin, tower):
    document = uuid.uuid4().hex[:12]
    looked = admin.look("units", file_of([["Torre", "Núm.", "Piso", "Propietario", "Tel."], [tower[0], "1", "1", "Ana Pérez", "55 1234 5678"]]))
    assert f"{tower[1]} 1 1 Ana Pérez 55 1234 5678" in looked
    admin.press("all")
    admin.take("residents", file_of([["Casa", "Nombre", "Apellidos", "INE"], [f"{tower[0]}-1", "Juan", "Pérez", document]]))
    north = stack.psql("select name from garita.access_points where is_active order by name limit 1")[0]
    looked = admin.look("cards", file_of([["Residente", "TAG", "Puertas"], [document, "TAG" + document.upper(), north]]))
    assert f"Juan Pérez · {tower[0]}-1" in looked and document not in looked and document.upper() not in looked and "••" in looked


def test_cards_for_a_gate_that_reads_none_are_said_before(stack, admin, tower):
    document, gate = uuid.uuid4().hex[:12], f"Puerta {tower[0]}"
    admin.take("gates", file_of([["name", "code", "location", "supports_rfid", "supports_numeric"], [gate, tower[0], "x", "no", "yes"]]))
    number = stack.psql(f"select id from garita.access_points where name = '{gate}'")[0]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id"], [f"{tower[0]}-1", "Eva", "Sol", document]]))
    card = lambda code, kind, gates: file_of([["resident", "code", "code_type", "access_points"], [document, code, kind, gates]])
    said = f"Cards: 1. The gate {gate} reads no cards: they will not open it."
    assert said in admin.look("cards", card("TAG" + document.upper(), "RFID", gate)) and admin.counts() == (1, 0, 0, 0)
    assert "will not open it" not in admin.look("cards", card("771265", "PIN", gate)) and admin.counts() == (1, 0, 0, 0)
    stack.psql(f"update garita.access_points set supports_rfid = true where id = {number}")
    assert "will not open it" not in admin.look("cards", card("TAG" + document.upper(), "RFID", gate))
    stack.psql(f"update garita.access_points set supports_rfid = false where id = {number}")
    # Entered by hand it is said as well.
    resident = stack.psql(f"select id from garita.residents where document_id = '{document}'")[0]
    made = admin.send("/admin/cards/new/", {"code": "HAND" + document.upper(), "code_type": "RFID", "access_points": number}, page=f"/admin/cards/new/?resident={resident}")
    assert made.status_code == 303, read(made.text)
    assert said in read(admin.get(made.headers["Location"]).text)
    stack.psql(f"update garita.access_points set is_active = false where id = {number}")


def test_a_card_that_is_over_already_is_said_before(stack, admin, tower):
    document = uuid.uuid4().hex[:12]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id"], [f"{tower[0]}-1", "Eva", "Sol", document]]))
    card = lambda until: file_of([["resident", "code", "Vencimiento"], [document, "TAG" + document.upper(), until]])
    said = "Cards and PINs that have expired already and open nothing: 1."
    assert said in admin.look("cards", card("31/12/2020")) and admin.counts() == (1, 0, 0, 0)
    assert "31 Dec 2020" in read(admin.page.text)
    assert said not in admin.look("cards", card(day(30)))
