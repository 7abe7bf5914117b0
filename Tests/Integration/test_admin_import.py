"""Rows from files: looked at first, imported as shown, taken back; whatever the file holds stays text."""

import csv
import io
import re
import time
import uuid

import pytest

from pages import Forms, Person
from stack import day
from test_login import django_hash
from community import PASSWORD, Community

IMPORTABLE = [
    "visitors", "residents", "units", "buildings", "gates", "cards", "blocklist", "schedules", "holidays"]
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> '; drop table garita.units; --"


def file_of(rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def read(html):
    """What a person reads."""
    text = re.sub(r"<[^>]+>", " ", html)
    for entity, character in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}.items():
        text = text.replace(entity, character)
    return re.sub(r"\s+", " ", text)


class Importer(Person):
    """An administrator with files."""

    def offer(self, slug, content, name="rows.csv", **headers):
        """Hands a file in; the answer to it."""
        path = f"/admin/{slug}/import/"
        token = headers.pop("token", None) or self.token_of(path)
        content = content if isinstance(content, bytes) else content.encode()
        began = time.monotonic()
        answer = self.session.post(
            self.stack.url + path, data={"form_token": token}, files={"file": (name, content)}, timeout=15,
            headers={"Sec-Fetch-Site": "same-origin", "Origin": self.stack.url} | headers, allow_redirects=False)
        self.seconds = time.monotonic() - began
        return answer

    def token_of(self, path):
        self.get(path)
        assert self.page.status_code == 200, self.page.text
        return Forms(self.page.text).forms[0]["fields"]["form_token"]

    def look(self, slug, content, **arguments):
        """The page of what would happen."""
        answer = self.offer(slug, content, **arguments)
        for _ in range(2):
            # The machine is busy: nothing was written, and a person tries again.
            if answer.status_code == 503:
                time.sleep(2)
                answer = self.offer(slug, content, **arguments)
        assert answer.status_code == 303, read(answer.text)
        self.path = answer.headers["Location"]
        return self.result()

    def result(self, path=None):
        self.get(path or self.path)
        assert self.page.status_code == 200
        return read(self.page.text)

    def counts(self):
        """New, changed, already there, wrong."""
        return tuple(int(n) for n in re.findall(r"<dd>(\d+)</dd>", self.page.text)[:4])

    def press(self, what, path=None):
        token = self.token_of(path or self.path)
        began = time.monotonic()
        answer = self.post(path or self.path, {"form_token": token, "do": what})
        self.seconds = time.monotonic() - began
        return answer

    def take(self, slug, content, what="all"):
        """Looks and imports; the page afterwards."""
        self.look(slug, content)
        assert self.press(what).status_code == 303
        return self.result()

    def undo(self):
        """Asks, and takes it back; the page afterwards."""
        assert self.get(f"{self.path}undo/").status_code == 200
        answer = self.post(f"{self.path}undo/", {"form_token": self.token()})
        assert answer.status_code == 303
        return self.result()


def administrator(stack, language="en", site=None):
    """A new one, of the sample's site unless said otherwise."""
    name = f"import-{uuid.uuid4().hex[:8]}"
    site = site or "(select site_id from garita.users where username = 'admin')"
    stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
        values ({site}, '{name}', '{django_hash(PASSWORD)}', 'ADMIN', 'Ada', 'Luz')""")
    person = Importer(stack, **{"Accept-Language": language})
    assert person.sign_in(name, PASSWORD).status_code == 303
    return person


@pytest.fixture(scope="module")
def admin(stack):
    person = Importer(stack, **{"Accept-Language": "en"})
    demo = stack.demo()
    assert person.sign_in(demo["GARITA_ADMIN_USER"], demo["GARITA_ADMIN_PASSWORD"]).status_code == 303
    return person


@pytest.fixture
def tower(stack):
    """A new building: code, name, number."""
    code = uuid.uuid4().hex[:8].upper()
    answer = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": f"Torre {code}", "code": code})
    assert answer.status_code == 201, answer.text
    return code, f"Torre {code}", answer.json()["id"]


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


def units_of(stack, tower):
    rows = stack.psql(f"select number, floor, owner_name from garita.units where building_id = {tower[2]} order by number")
    return [tuple(row.split("|")) for row in rows]


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
    assert "Columns that are left out" not in looked, "the template's own names are known"


@pytest.mark.parametrize("slug", ["users", "sessions", "devices", "log", "audit", "passes", "nothing"])
def test_other_tables_take_no_files(admin, slug):
    assert admin.get(f"/admin/{slug}/import/").status_code == 404


def test_nothing_is_written_before_somebody_says_so(stack, admin, tower):
    rows = file_of([["Building", "Number", "Floor"], [tower[0], "101", "1"], [tower[1], "102", "1"], [tower[2], "x y", ""]])
    looked = admin.look("units", rows)
    assert admin.counts() == (2, 0, 0, 1) and units_of(stack, tower) == []
    assert "nothing has been written" in looked and "Import the 2 good rows, leave 1 out" in looked
    assert "Line 4" in looked and "Number «x y» : Unit number must be 1-10 alphanumeric characters" in looked
    assert "Floor : This field is required." in looked
    assert admin.press("all").status_code == 303, "all or nothing is not all"
    assert units_of(stack, tower) == []
    admin.press("good")
    assert [unit[0] for unit in units_of(stack, tower)] == ["101", "102"]
    assert "Imported: 2." in admin.result()


def test_a_file_is_taken_as_people_write_it(stack, admin, tower):
    """Semicolons, Windows-1252, labels of both languages, dates and booleans as in Mexico, names for numbers."""
    name = uuid.uuid4().hex[:6]
    admin.take("units", file_of([["Torre", "Número", "Piso", "Ocupada"], [tower[0].lower(), "7A", "3", "SÍ"], [tower[1], "7B", "3", "FALSO"]]))
    assert admin.counts() == (2, 0, 0, 0)
    assert stack.psql(f"select is_occupied from garita.units where building_id = {tower[2]} order by number") == ["t", "f"]
    people = file_of([
        ["Unidad", "Nombre", "Apellidos", "Identificación", "Teléfono", "Tipo", "Fecha de entrada"],
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


@pytest.mark.parametrize("content, said", [
    (b"", "The file is empty"), (b"\r\n\r\n", "empty"), (b"name,code\r\n", "no row below"),
    (b"PK\x03\x04zip", "not a CSV file"), (b"name,code\r\na\x00b,c\r\n", "not a CSV file"),
    (b"name,code\r\n\x81,c\r\n", "not a CSV file"), (b"foo,bar\r\n1,2\r\n", "names no column"),
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
    assert "Columns that are left out" in looked and "created_at : cannot be written" in looked


def test_rows_that_are_there_are_changed_not_doubled(stack, admin, tower):
    head = ["building", "number", "floor", "owner_name"]
    admin.take("units", file_of([head, [tower[0], "1", "1", "Ana"], [tower[0], "2", "1", "Bea"]]))
    looked = admin.look("units", file_of([head, [tower[0], "1", "1", "Ana"], [tower[0], "2", "", "Cid"], [tower[0], "3", "1", ""], [tower[0], "2", "9", ""]]))
    assert admin.counts() == (1, 1, 1, 1) and "Line 3 of the file is the same" in looked
    looked = admin.result(f"{admin.path}?show=changed")
    assert "Owner : Bea → Cid" in looked
    admin.press("good")
    assert units_of(stack, tower) == [("1", "1", "Ana"), ("2", "1", "Cid"), ("3", "1", "")]
    number = stack.psql(f"select id from garita.units where building_id = {tower[2]} and number = '3'")[0]
    looked = admin.look("units", file_of([["id", "number"], [number, "2"], ["987654321", "5"], ["x", "6"], [number, "4"]]))
    assert "this ID" in looked and admin.counts()[3] >= 3, looked


def test_pressing_twice_imports_once(stack, admin, tower):
    admin.look("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    token = admin.token()
    for _ in range(3):
        assert admin.post(admin.path, {"form_token": token, "do": "all"}).status_code == 303
    assert len(units_of(stack, tower)) == 1
    assert "already" in admin.result()
    assert stack.psql(f"select count(*) from garita.audit where action = 'IMPORT' and row_id = {admin.path.split('/')[-2]}") == ["1"]


def test_what_is_imported_is_what_was_shown(stack, admin, tower):
    admin.look("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    stack.call("POST", "/api/units/", "ADMIN", json={"building": tower[2], "number": "1", "floor": 5})
    admin.press("all")
    looked = admin.result()
    assert "something has changed" in looked and admin.counts() == (0, 1, 0, 0)
    assert units_of(stack, tower) == [("1", "5", "")]


def test_a_file_is_its_owners_and_of_one_site(stack, admin, tower):
    other, elsewhere = administrator(stack), administrator(stack, site=Community(stack, uuid.uuid4().hex[:8]).site)
    admin.look("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    for path in (admin.path, f"{admin.path}errors/", f"{admin.path}undo/"):
        assert other.get(path).status_code == 404
    other.get("/admin/imports/")
    answer = other.post(admin.path, {"form_token": Forms(other.page.text).forms[0]["fields"]["form_token"], "do": "all"})
    assert answer.status_code == 303 and units_of(stack, tower) == []
    admin.press("all")
    assert other.get(admin.path).status_code == 200, "an import concerns every administrator of the site"

    assert elsewhere.get(admin.path).status_code == 404
    looked = elsewhere.look("units", file_of([["building", "number", "floor"], [tower[0], "2", "1"], [str(tower[2]), "3", "1"]]))
    assert elsewhere.counts() == (0, 0, 0, 2) and "nothing is called" in looked
    number = stack.psql(f"select id from garita.units where building_id = {tower[2]}")[0]
    elsewhere.look("units", file_of([["id", "number"], [number, "9"]]))
    assert elsewhere.counts() == (0, 0, 0, 1)
    assert len(units_of(stack, tower)) == 1


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT", None])
def test_nobody_else_gets_in(stack, admin, role):
    admin.look("buildings", file_of([["name", "code"], ["n" + uuid.uuid4().hex[:6], uuid.uuid4().hex[:6]]]))
    person = Person(stack)
    if role:
        demo = stack.demo()
        person.sign_in(demo[f"GARITA_{role}_USER"], demo[f"GARITA_{role}_PASSWORD"])
    for path in ("/admin/units/import/", "/admin/units/import/template/", "/admin/imports/", admin.path):
        assert person.get(path).status_code == (403 if role else 303)


def test_a_form_of_another_site_does_nothing(stack, admin):
    before = stack.psql("select count(*) from garita.csv_imports")
    content = file_of([["name", "code"], ["X", "Y"]])
    assert admin.offer("buildings", content, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert admin.offer("buildings", content, token="wrong").status_code == 403
    assert stack.psql("select count(*) from garita.csv_imports") == before


def test_undo_takes_back_what_nobody_touched(stack, admin, tower):
    head = ["building", "number", "floor", "owner_name", "is_occupied"]
    admin.take("units", file_of([head, [tower[0], "1", "1", "Ana", "no"]]))
    admin.take("units", file_of([head] + [[tower[0], str(n), "2", f"Dueño {n}", "yes"] for n in range(1, 5)]))
    path = admin.path
    number = {n: stack.psql(f"select id from garita.units where building_id = {tower[2]} and number = '{n}'")[0] for n in "1234"}
    stack.call("PATCH", f"/api/units/{number['3']}/", "ADMIN", json={"notes": "touched"})
    person = {"unit": int(number["4"]), "first_name": "Eva", "last_name": "Luz", "document_id": uuid.uuid4().hex, "phone": "5512345678"}
    assert stack.call("POST", "/api/residents/", "ADMIN", json=person).status_code == 201
    page = admin.undo()
    assert units_of(stack, tower) == [("1", "1", "Ana"), ("3", "2", "Dueño 3"), ("4", "2", "Dueño 4")]
    assert stack.psql(f"select is_occupied from garita.units where id = {number['1']}") == ["f"], "changes are put back"
    assert "Taken back: 2. Left: 2." in page and f"{tower[0]}-3" in page and f"{tower[0]}-4" in page
    assert "It was changed since." in page and "Something depends on it by now." in page
    entries = stack.psql(f"select action, changes->'rows_undone'->>1 from garita.audit where table_name = 'csv_imports' and row_id = {path.split('/')[-2]} order by id")
    assert entries == ["IMPORT|", "UNDO|2"]
    assert admin.get(f"{path}undo/").status_code == 303, "once"
    assert "Undo" not in read(admin.get("/admin/imports/").text).split("rows.csv")[1]


def test_undo_of_every_row_leaves_things_as_they_were(stack, admin, tower):
    before = stack.psql("select count(*), sum(total) from garita.row_counts")
    name = uuid.uuid4().hex[:8]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("visitors", file_of([["unit", "first_name", "last_name", "expected_date"]] + [[f"{tower[0]}-1", f"V{n}", name, day()] for n in range(250)]))
    assert admin.counts() == (250, 0, 0, 0)
    assert stack.call("GET", f"/api/visitors/?search={name}", "ADMIN").json()["count"] == 250
    assert "Taken back: 250. Left: 0." in admin.undo()
    assert stack.call("GET", f"/api/visitors/?search={name}", "ADMIN").json()["count"] == 0
    assert stack.psql("select sum(total) from garita.row_counts")[0] == before[0].split("|")[1]


def test_cards_are_found_again_and_their_codes_stay_hidden(stack, admin, tower):
    document, code = uuid.uuid4().hex[:12], "TAG" + uuid.uuid4().hex[:9].upper()
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id", "phone"], [f"{tower[0]}-1", "Eva", document, document, "5512345678"], [f"{tower[0]}-1", "Leo", document, document + "L", "5512345678"]]))
    gates = stack.psql("select name, id from garita.access_points where is_active order by id limit 2")
    (first, _), (second, number) = (gate.split("|") for gate in gates)
    head = ["Resident", "Code", "Access points", "Good until"]
    cards = file_of([head, [document, code, f"{first}; {second}", f"{day(400)[8:]}/{day(400)[5:7]}/{day(400)[:4]}"]])
    admin.take("cards", cards)
    assert admin.counts() == (1, 0, 0, 0)
    card = stack.psql(f"select c.id, c.code_hint, (select count(*) from garita.access_code_points p where p.access_code_id = c.id), c.expiry_date from garita.access_codes c join garita.residents r on r.id = c.resident_id where r.document_id = '{document}'")
    assert card[0].split("|")[1:] == [code[-2:], "2", day(400)]
    looked = admin.look("cards", cards)
    assert admin.counts() == (0, 0, 1, 0), "the same resident has it already"
    looked = admin.look("cards", file_of([head, [document + "L", code, "", ""], [document, "••34", "", ""]]))
    assert admin.counts() == (0, 0, 0, 2) and "already exists" in looked and "hidden" in looked
    assert code not in admin.page.text and code not in admin.get(f"{admin.path}errors/").text
    assert "TAG-0001" in admin.get("/admin/cards/import/template/").text
    stored = stack.psql("select encode(coalesce(content, '') || coalesce(report, ''), 'escape') from garita.csv_imports")
    assert all(code not in line and document not in line for line in stored), "what waits is sealed"
    admin.take("cards", file_of([["id", "access_points"], [card[0].split("|")[0], number]]))
    assert admin.counts() == (0, 1, 0, 0)
    assert stack.psql(f"select access_point_id from garita.access_code_points where access_code_id = {card[0].split('|')[0]}") == [number]


def test_rules_of_the_database_are_told_row_by_row(stack, admin, tower):
    name = uuid.uuid4().hex[:8]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    rows = [["unit", "first_name", "last_name", "document_id", "phone", "move_in_date", "move_out_date"]]
    rows += [[f"{tower[0]}-1", f"N{n}", name, f"{name}{n}", "5512345678", "2026-02-01", "2026-01-01" if n % 50 == 7 else ""] for n in range(200)]
    looked = admin.look("residents", file_of(rows))
    assert admin.counts() == (196, 0, 0, 4) and "Line 9" in looked and "Moves out «2026-01-01» : This date lies before" in looked
    blocked = [["kind", "value", "reason"], ["plate", f"AB{name[:4]}", "x"], ["phone", "abc", "x"], ["plate", f"ab-{name[:4]}", "y"]]
    looked = admin.look("blocklist", file_of(blocked))
    assert admin.counts() == (1, 0, 0, 2) and "Nothing in it can be compared." in looked and "already exists" in looked


def test_days_of_a_schedule_are_written_as_words(stack, admin):
    name = uuid.uuid4().hex[:8]
    admin.take("schedules", file_of([["Nombre", "Días de la semana", "Desde", "Hasta"], [name, "lunes, Martes; sáb", "08:00", "6:00 pm"]]))
    assert stack.psql(f"select weekdays, starts_at, ends_at from garita.schedules where name = '{name}'") == ["35|08:00:00|18:00:00"]
    assert "is not one of: Monday" in admin.look("schedules", file_of([["name", "weekdays"], [name + "x", "Lunes, Foo"]]))


def test_many_cards_with_gates_fit_too(stack, admin, tower):
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id", "phone"], [f"{tower[0]}-1", "Eva", tower[0], f"D{tower[0]}", "5512345678"]]))
    gate = stack.psql("select id from garita.access_points where is_active order by id limit 1")[0]
    cards = [["resident", "code", "access_points"]] + [[f"D{tower[0]}", f"{tower[0]}{n:05d}", gate] for n in range(501)]
    assert "More than 500 rows link to several others (Access points)" in read(admin.offer("cards", file_of(cards)).text)
    admin.look("cards", file_of(cards[:-1]))
    assert admin.counts() == (500, 0, 0, 0) and admin.seconds < 5


def test_a_town_fits_into_the_time_a_request_has(stack, admin, tower):
    """2,000 homes and 5,000 people, with the limits of production: 3 s a statement, 5 s a page."""
    until = time.monotonic() + 60
    homes = [["building", "number", "floor"]] + [[tower[0], f"H{n}", "1"] for n in range(2_000)]
    admin.take("units", file_of(homes))
    assert admin.counts() == (2_000, 0, 0, 0)
    people = [["unit", "first_name", "last_name", "document_id", "phone"]]
    people += [[f"{tower[0]}-H{n % 2_000}", f"N{n}", f"A{n}", f"{tower[0]}-{n}", f"55{n:08d}"] for n in range(5_000)]
    admin.look("residents", file_of(people))
    assert admin.seconds < 5
    assert len(admin.page.content) < 64_000, "a page, not the file"
    assert "1–25 / 5000" in read(admin.page.text)
    assert "26–50 / 5000" in admin.result(f"{admin.path}?show=new&page=2")
    while admin.press("all").status_code == 503 and time.monotonic() < until:
        time.sleep(2)
    assert admin.seconds < 5
    admin.look("residents", file_of(people))
    assert admin.counts() == (0, 0, 5_000, 0)
    path = admin.result("/admin/imports/") and re.search(r'href="(/admin/imports/\d+/)"', admin.page.text.split("imported<")[0]).group(1)
    assert path


def test_files_nobody_imported_are_forgotten(stack, admin):
    admin.look("buildings", file_of([["name", "code"], ["n" + uuid.uuid4().hex[:6], uuid.uuid4().hex[:6]]]))
    number = admin.path.split("/")[-2]
    stack.psql(f"update garita.csv_imports set created_at = now() - interval '2 hours' where id = {number}")
    assert admin.get(admin.path).status_code == 404
    stack.psql("set role garita_owner; select garita.purge_csv_imports()")
    assert stack.psql(f"select count(*) from garita.csv_imports where id = {number}") == ["0"]


def test_the_pages_speak_spanish(stack, admin, tower):
    person = administrator(stack, "es")
    assert "Importar: Unidades" in person.result("/admin/units/import/")
    looked = person.look("units", file_of([["Torre", "Número", "Piso"], ["Ninguna", "1", "uno"]]))
    assert "Con errores 1" in looked and "no existe «Ninguna»" in looked and "número entero" in looked
