"""What a file of rows may be: as people write it, refused at once when it is none, and text whatever stands in it."""

import csv
import io
import uuid

import pytest

from csv_import import admin, administrator, file_of, read, tower  # noqa: F401 (fixtures)
from stack import day

IMPORTABLE = [
    "visitors", "residents", "units", "buildings", "users", "gates", "cards", "blocklist", "schedules", "holidays"]
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> '; drop table garita.units; --"

# Page numbers at the ends of what a number may be, and beyond.
PAGES = ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-1", "0", "9" * 40, "1e400", "369034881474191033", "x", ""]


@pytest.mark.parametrize("page", PAGES)
def test_no_number_of_a_page_ends_a_worker(stack, admin, tower, page):
    if not hasattr(admin, "looked"):
        admin.look("units", file_of([["building", "number", "floor"], *([tower[0], str(n), "1"] for n in range(120))]))
        admin.looked = admin.path
    workers = stack.workers("app")
    for path in (admin.looked, "/admin/imports/", "/admin/units/", "/admin/logs/", "/admin/audit/"):
        assert admin.get(f"{path}?page={page}&id={page}&unit={page}").status_code in (200, 400, 404), path
    admin.get(f"{admin.looked}?page={page}")
    assert stack.workers("app") == workers


def test_a_file_of_a_thousand_columns_is_read_or_refused_at_once(admin, tower):
    """Blank ones, which spreadsheets write, are none; others are more than any table has."""
    row, blank = [tower[0], "901", "9"], [""] * 16_000
    said = admin.look("units", file_of([["building", "number", "floor"] + blank, row + blank]))
    assert admin.counts() == (1, 0, 0, 0), said
    # In the same time as without them: looking up a name among forty is nothing, forty thousand times it was 17 s.
    for header in ([f"c{n}" for n in range(40_000)], ["x"] * 40_000, ["building", "number", "floor"] + ["n"] * 300):
        refused = admin.offer("units", file_of([header, row]))
        assert refused.status_code == 400 and "columns" in read(refused.text)
        assert admin.seconds < 5
    refused = admin.offer("units", file_of([["building", "number", "floor", "notes"], row + ["x" * 20_000]]))
    assert refused.status_code == 400 and "characters" in read(refused.text)


def test_blank_columns_take_no_time_however_many(admin, tower):
    """As many as a spreadsheet has, in as many rows as a file may hold of them; blanks of every sort."""
    head, width = ["building", "number", "floor"], 16_384
    def lines(blank):
        rows = [head] + [[tower[0], f"B{n}", "1"] for n in range(120)]
        return "\n".join(";".join(row) + f";{blank}" * (width - 3) for row in rows)
    for blank in ("", " "):
        admin.look("units", lines(blank))
        assert admin.counts() == (120, 0, 0, 0) and "Columns not imported" not in read(admin.page.text)
        # A hundredth of it takes 0.02 s; a page has 5 s.
        assert admin.seconds < 4, blank
    middle = [head[0], *[""] * 200, *head[1:]], [tower[0], *[""] * 200, "901", "9"]
    admin.look("units", file_of(middle))
    assert admin.counts() == (1, 0, 0, 0)


def test_columns_without_a_name_are_told_when_they_hold_something(stack, admin, tower):
    people = (b"first_name,last_name,document_id,phone,unit,,\r\n"
              b"Ana,Prueba,D-11,+52 55 1234 5678,A-101,segunda llave,\r\n")
    looked = admin.look("residents", people)
    assert admin.counts() == (1, 0, 0, 0)
    assert "Columns not imported column 6 (F) : it holds something (line 2)" in looked and "column 7" not in looked
    spanish = administrator(stack, "es")
    assert "columna 6 (F)" in spanish.look("residents", people)
    looked = admin.look("units", file_of([
        ["", "building", "number", " ", "floor", "x", "x", *[""] * 25],
        [tower[0], tower[0], "1", "", "1", "y", "", *[""] * 23, "z"], ["", tower[0], "2", "", "1"]]))
    assert admin.counts() == (2, 0, 0, 0)
    assert "column 1 (A)" in looked and "column 4" not in looked and "column 31 (AE)" in looked
    assert looked.count("x : not recognized") == 2
    for blank in (",,,", ', ,"",'):
        looked = admin.look("units", f"building,number,floor{blank}\r\n{tower[0]},1,1{blank}\r\n")
        assert admin.counts() == (1, 0, 0, 0) and "Columns not imported" not in looked
    # Cells beyond the last column of the first line, and the names a second time, are faults of their rows.
    looked = admin.look("buildings", "name,code\r\nname,code\r\nx,y,z\r\n")
    assert admin.counts() == (0, 0, 0, 2)
    assert "repeats the names of the columns" in looked and "more cells than the first line" in looked


@pytest.mark.parametrize("slug", IMPORTABLE)
def test_every_table_that_can_be_added_to_has_its_page_and_its_template(admin, slug):
    admin.get(f"/admin/{slug}/import/")
    assert admin.page.status_code == 200 and 'type="file"' in admin.page.text
    assert len(admin.page.content) < 32_000
    template = admin.get(f"/admin/{slug}/import/template/")
    assert template.headers["Content-Type"].startswith("text/csv") and template.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(template.content.decode("utf-8-sig"))))
    assert len(rows) == 2 and len(rows[0]) == len(rows[1])
    looked = admin.look(slug, template.content)
    assert "Columns not imported" not in looked, "the template's own names are known"


def test_nobody_of_the_residence_is_in_a_template(stack, admin):
    known = stack.psql("""select username from garita.users where username <> '' union select first_name || ' ' || last_name
        from garita.residents union select name from garita.access_points union select name from garita.schedules""")
    for slug in IMPORTABLE:
        template = admin.get(f"/admin/{slug}/import/template/").content.decode("utf-8-sig")
        cells = list(csv.reader(io.StringIO(template)))[1]
        assert not set(cells) & set(known), slug


def test_the_template_of_a_secret_code_shows_how_one_is_written(admin):
    assert "TAG-0001" in admin.get("/admin/cards/import/template/").text


@pytest.mark.parametrize("slug", ["sessions", "devices", "log", "audit", "passes", "nothing"])
def test_other_tables_take_no_files(admin, slug):
    assert admin.get(f"/admin/{slug}/import/").status_code == 404


def test_a_file_is_taken_as_people_write_it(stack, admin, tower):
    """Semicolons, Windows-1252, labels of both languages, dates and booleans as in Mexico, names for numbers."""
    name = uuid.uuid4().hex[:6]
    admin.take("units", file_of([["Torre", "Número", "Piso", "Ocupada"], [tower[0].lower(), "7A", "3", "SÍ"], [tower[1], "7B", "3", "FALSO"]]))
    assert admin.counts() == (2, 0, 0, 0)
    assert stack.psql(f"select is_occupied from garita.units where building_id = {tower[2]} order by number") == ["t", "f"]
    people = file_of([
        ["Unidad", "Nombre", "Apellidos", "Identificación", "Teléfono", "Tipo", "Vive aquí desde"],
        [f"{tower[0]}-7A", "José", "Peña Núñez", f"DOC-{name}", "55 1234 5678", "inquilino", "24/12/2025"]], ";")
    looked = admin.look("residents", people.encode("windows-1252"))
    assert "Windows-1252" in looked and "“;”" in looked
    admin.press("all")
    assert stack.psql(f"select last_name, resident_type, move_in_date from garita.residents where document_id = 'DOC-{name}'") == [
        "Peña Núñez|TENANT|2025-12-24"]
    visit = file_of([
        ["unit", "resident", "first_name", "last_name", "expected_date", "expected_time", "visitor_type"],
        [f"{tower[0]}-7A", "jose pena nunez", "Ana", name, day(), "6:30 p. m.", "Service Provider"]], "\t")
    admin.take("visitors", visit.encode("utf-16"))
    assert stack.psql(f"select expected_time, visitor_type, resident_id is not null from garita.visitors where last_name = '{name}'") == [
        "18:30:00|SERVICE|t"]
    admin.look("visitors", visit)
    assert admin.counts() == (0, 0, 1, 0), "where rows may be alike, the same one is not made twice"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line", [b"SEP=;", b'"sep=;"', b'"Sep=;";;;', b" sep=;\t".replace(b"\t", b" ")])
def test_a_line_that_names_the_separator_is_no_row(admin, line, mark):
    people = mark + line + (
        "\r\nNombre;Apellidos;Identificación;Teléfono;Unidad\r\nAna;Prueba;D-16;+52 55 1234 5678;A-101\r\n").encode()
    looked = admin.look("residents", people)
    assert admin.counts() == (1, 0, 0, 0) and "Line 3" in looked and "“;”" in looked


@pytest.mark.parametrize("content, said", [
    (b"", "The file is empty"), (b"\r\n\r\n", "empty"), (b"name,code\r\n", "no row below"),
    (b"PK\x03\x04zip", "not a CSV file"), (b"name,code\r\na\x00b,c\r\n", "not a CSV file"),
    (b"name,code\r\n\x81,c\r\n", "Letters of line 2 cannot be read"),
    (b"name,Nombre\r\n1,2\r\n", "Two columns are"), (b"name,code\r\n\"a,b\r\n", "Line 2: a cell begins"),
    (b"name,code\r\na\"b,c\r\n", "Line 2: a quotation mark"), (b"name,code\r\n\"a\"b,c\r\n", "Line 2: a quotation mark"),
    (b"name,code\r\n" + b"a,b\r\n" * 5_001, "more than 5000 rows"), (b"name,code\r\n" + b"a" * 4_200_000, "megabytes"),
])
def test_what_is_no_such_file_is_said_at_once(stack, admin, content, said):
    before = stack.psql("select count(*) from garita.csv_imports")
    answer = admin.offer("buildings", content)
    assert answer.status_code == 400 and said in read(answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert stack.psql("select count(*) from garita.csv_imports") == before


def test_quotes_lines_and_formulas_stay_what_they_are(stack, admin, tower):
    note = 'She said "no";\r\nthen, "yes"'
    rows = file_of([["building", "number", "floor", "owner_name", "notes"], [tower[0], "1", "1", HOSTILE, note], [tower[0], "2", "1", "'=1+1", "x"]])
    admin.take("units", rows)
    assert stack.psql(f"select owner_name from garita.units where building_id = {tower[2]} and number = '1'") == [HOSTILE]
    assert stack.psql(f"select count(*) from garita.units where building_id = {tower[2]} and notes = E'She said \"no\";\\nthen, \"yes\"'") == ["1"]
    assert stack.psql(f"select owner_name from garita.units where building_id = {tower[2]} and number = '2'") == ["=1+1"]
    looked = admin.look("units", file_of([["building", "number", "floor", "owner_phone"], [HOSTILE, "=1", "@x", "<b>"]]))
    assert "<script>" not in admin.page.text and "drop table" in looked
    faults = list(csv.reader(io.StringIO(admin.get(f"{admin.path}errors/").content.decode("utf-8-sig"))))
    assert faults[0] == ["Line", "Column", "Value", "Problem"] and {row[1] for row in faults[1:]} == {
        "Building", "Number", "Floor", "Owner's phone"}
    assert all(cell[:1] not in "=+-@" for row in faults for cell in row if cell), "no cell becomes a formula"
    assert "'=1" in [row[2] for row in faults] and any(HOSTILE in row[2] for row in faults)


@pytest.mark.parametrize("slug, api", [
    ("units", "units"), ("residents", "residents"), ("visitors", "visitors"), ("buildings", "buildings"),
    ("gates", "access/points"), ("cards", "access/codes"), ("schedules", "access/schedules"),
    ("holidays", "access/holidays"), ("blocklist", "access/blocklist")])
def test_an_exported_list_comes_back_unchanged(stack, admin, slug, api):
    exported = stack.call("GET", f"/api/{api}/?format=csv", "ADMIN")
    assert exported.status_code == 200
    lines = list(csv.reader(io.StringIO(exported.content.decode())))
    if len(lines) < 2:
        pytest.skip("none there")
    looked = admin.look(slug, file_of(lines[:2000]))
    assert admin.counts() == (0, 0, len(lines[:2000]) - 1, 0), looked[:3000]
    assert "Columns not imported" in looked and "created_at : cannot be written" in looked


def test_days_of_a_schedule_are_written_as_words(stack, admin):
    name = uuid.uuid4().hex[:8]
    admin.take("schedules", file_of([["Nombre", "Días de la semana", "Desde", "Hasta"], [name, "lunes, Martes; sáb", "08:00", "6:00 pm"]]))
    assert stack.psql(f"select weekdays, starts_at, ends_at from garita.schedules where name = '{name}'") == ["35|08:00:00|18:00:00"]
    assert "is not one of: Monday" in admin.look("schedules", file_of([["name", "weekdays"], [name + "x", "Lunes, Foo"]]))


def test_the_pages_speak_spanish(stack, admin, tower):
    person = administrator(stack, "es")
    assert "Importar: Unidades" in person.result("/admin/units/import/")
    looked = person.look("units", file_of([["Torre", "Número", "Piso"], ["Ninguna", "1", "uno"]]))
    assert "Con errores 1" in looked and "No existe «Ninguna»" in looked and "número entero" in looked
