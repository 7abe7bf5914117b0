"""Lists as workbooks: what a spreadsheet shows is what the list has, and nothing of it is a formula."""

import datetime
import html
import io
import re
import time
import uuid

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from office import PASSWORD, SLUGS, office, text  # noqa: F401 (fixture)
from pages import Person
from test_export import LISTS, XLSX, export, memory, table
from visits import CARLOS, give, issue, register, step


def book(answer):
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def sheet(answer):
    """Rows by the names of the columns; what a cell is empty of is None."""
    head, *rows = book(answer).active.iter_rows(values_only=True)
    return [dict(zip(head, row)) for row in rows]


@pytest.mark.parametrize("name", LISTS)
def test_a_workbook_has_the_rows_and_columns_of_the_csv(stack, name):
    if name == "access/codes":
        give(stack)
    head = export(stack, f"/api/{name}/?format=csv").content.decode().split("\r\n")[0].split(",")
    answer = export(stack, f"/api/{name}/?format=xlsx")
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    rows = list(book(answer).active.iter_rows(values_only=True))
    assert list(rows[0]) == head
    if name != "audit":
        assert [row[0] for row in rows[1:]] == [int(row["id"]) for row in table(export(stack, f"/api/{name}/?format=csv"))]


@pytest.mark.parametrize("language, name, file", [
    ("en", "Access log", "Access%20log.xlsx"), ("es", "Bitácora de accesos", "Bit%C3%A1cora%20de%20accesos.xlsx")])
def test_a_workbook_is_called_in_the_readers_language(stack, language, name, file):
    answer = export(stack, "/api/logs.xlsx?status=ERROR", **{"Accept-Language": language})
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"logs.xlsx\"; filename*=UTF-8''{file}"
    assert book(answer).sheetnames == [name]


@pytest.mark.parametrize("text", [
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "=1+1", "007", "1E5", "1/2", "TRUE", "https://example.org/", "Ñandú 🙂👩‍👩‍👧",
    "línea\n=2", "a <b> & \"c\" 'd'", "_x0041_", "_x005F_", "a_b_", "\u0627\u0644"])
def test_any_text_stays_text_in_a_workbook(stack, text):
    group = uuid.uuid4().hex[:10]
    register(stack, first_name="x", last_name=group, notes=text)
    found = book(export(stack, f"/api/visitors/?format=xlsx&search={group}")).active
    cell = next(cell for cell in found[2] if found.cell(1, cell.column).value == "notes")
    assert unescape(cell.value) == text and cell.data_type == "s" and cell.number_format == "@" and not cell.hyperlink
    stack.psql(f"delete from garita.visitors where last_name = '{group}'")


@pytest.mark.parametrize("language, mark", [
    ("en", "… (cut off: the CSV has the whole text)"), ("es", "… (recortado: el CSV tiene el texto completo)")])
def test_a_text_too_long_for_a_cell_says_that_it_is_cut(stack, language, mark):
    """Only what the audit keeps of a change can be so long: texts of rows have 10,000 characters at most."""
    number = register(stack, first_name="x", last_name=uuid.uuid4().hex[:10])
    stack.psql(f"update garita.visitors set notes = repeat('🙂', 9000), purpose = repeat('🙂', 9000) where id = {number}")
    path = f"/api/audit/?table_name=visitors&row_id={number}&action=UPDATE&format="
    [row] = sheet(export(stack, path + "xlsx", **{"Accept-Language": language}))
    [whole] = table(export(stack, path + "csv"))
    assert row["changes"].endswith(mark) and whole["changes"].startswith(row["changes"].removesuffix(mark))
    assert 32765 <= len(row["changes"].encode("utf-16-le")) // 2 <= 32767
    stack.psql(f"delete from garita.visitors where id = {number}")


def test_what_no_xml_can_hold_does_not_break_the_workbook(stack):
    """Such texts come from older data: no request brings them in."""
    group = uuid.uuid4().hex[:10]
    number = register(stack, first_name="x", last_name=group)
    stack.psql(f"update garita.visitors set notes = U&'a\\0001b\\000Bc\\FFFEd\\FFFFe' || chr(127) where id = {number}")
    [row] = sheet(export(stack, f"/api/visitors/?format=xlsx&search={group}"))
    assert unescape(row["notes"]) == "a\x01b\x0bc\ufffdd\ufffde\x7f"
    stack.psql(f"delete from garita.visitors where last_name = '{group}'")


def test_days_and_times_of_a_workbook_are_such_and_identifiers_are_text(stack):
    group = uuid.uuid4().hex[:10]
    number = register(
        stack, first_name="x", last_name=group, document_id="00123456789012345678", phone="+525512345678",
        vehicle_plate="1E5", expected_date="2028-02-29", expected_time="18:30:15")
    [row] = sheet(export(stack, f"/api/visitors/?format=xlsx&search={group}"))
    listed = stack.call("GET", f"/api/visitors/{number}/", "ADMIN").json()
    assert row["id"] == number and row["unit"] == listed["unit"] and row["is_currently_inside"] is False
    assert row["document_id"] == "00123456789012345678" and row["vehicle_plate"] == listed["vehicle_plate"]
    assert isinstance(row["phone"], str) and row["unit_display"] == listed["unit_display"]
    assert row["expected_date"] == datetime.datetime(2028, 2, 29)
    assert row["expected_time"] in (datetime.time(18, 30, 15), datetime.timedelta(hours=18, minutes=30, seconds=15))
    assert row["created_at"] == datetime.datetime.fromisoformat(listed["created_at"]).replace(tzinfo=None, microsecond=0), "the site's clock"
    assert row["check_in_time"] is None
    stack.psql(f"delete from garita.visitors where last_name = '{group}'")


def test_codes_are_masked_in_workbooks(stack):
    visitor = register(stack)
    live = [issue(stack, visitor, code_type=kind)["code"] for kind in ("QR", "NUMERIC", "ALPHANUMERIC")]
    rows = sheet(export(stack, f"/api/codes/?format=xlsx&visitor={visitor}"))
    assert sorted(row["code"] for row in rows) == sorted("••" + code[-2:] for code in live)


@pytest.fixture(scope="module", params=["en", "es"])
def reader(office, request):
    """An administrator whose account has a language; what the program says it reads is another."""
    office.stack.psql(f"update garita.users set language = '{request.param}' where username = 'tables_two'")
    one = Person(office.stack, **{"Accept-Language": "es" if request.param == "en" else "en"})
    assert one.sign_in("tables_two", PASSWORD).status_code == 303
    one.language = request.param
    yield one
    office.stack.psql("update garita.users set language = default where username = 'tables_two'")


def shown(reader, slug, query=""):
    """The cells of each row of the list, by heading, as text."""
    page = reader.get(f"/admin/{slug}/?{query}").text
    rows = re.findall("<tr>(.*?)</tr>", page[page.index("<tbody>"):page.index("</tbody>")], re.S)
    cells = [re.findall(r'<t[hd] (?:scope="row" )?data-label="([^"]*)"[^>]*>(.*?)</t[hd]>', row, re.S) for row in rows]
    return [{html.unescape(name): text(re.sub('<span class="unseen">[^<]*</span>', "", value)).strip() for name, value in row} for row in cells]


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "sessions"])
def test_a_page_hands_out_a_workbook_that_reads_as_its_list(office, reader, slug):
    if slug == "cards":
        give(office.stack)
    # A file that is asked for is one more row of the audit.
    query = "action=INSERT" if slug == "audit" else ""
    rows = shown(reader, slug, query)
    found = book(reader.get(f"/admin/{slug}/export/?format=xlsx&{query}")).active
    head = [cell.value for cell in found[1]]
    assert head[:len(rows[0])] == list(rows[0]) and len(set(head)) == len(head) > len(rows[0])
    assert not [name for name in head if re.search("_|^[a-z]", name)], "labels, no names of the API"
    assert found.freeze_panes == "A2" and all(cell.font.bold for cell in found[1])
    # Neighbours of one width are written together.
    widths = {number: one.width for one in found.column_dimensions.values() for number in range(one.min, one.max + 1)}
    for column in found.iter_cols():
        longest = max(len(str(cell.value)) for cell in column if isinstance(cell.value, str))
        assert min(longest, 50) <= widths[column[0].column] < 53, column[0].value
    listed = {"en": "Access log", "es": "Bitácora de accesos"}[reader.language]
    assert slug != "log" or found.title == listed
    for told, row in zip(rows, found.iter_rows(min_row=2)):
        for cell, (name, words) in zip(row, told.items()):
            if isinstance(cell.value, datetime.timedelta):
                assert f"{cell.value.total_seconds() // 3600:02.0f}:{cell.value.total_seconds() // 60 % 60:02.0f}" == words, name
            elif cell.is_date and cell.value is not None:
                assert re.search(cell.value.strftime("(, |^)%H:%M$" if ":" in words else "%Y$"), words), (name, words)
            elif isinstance(cell.value, str):
                # Two people of a name are told apart by their unit.
                assert cell.value.split(" · ")[0] == words, name
            else:
                assert words == ("–" if cell.value is None else f"{cell.value:g}"), name


def labelled(reader, slug, query):
    return sheet(reader.get(f"/admin/{slug}/export/?format=xlsx&{query}"))


def test_a_workbook_of_visits_is_in_words(stack, reader):
    group = uuid.uuid4().hex[:10]
    register(stack, last_name=group, resident=CARLOS, notes="=1+1", company="Muñoz", expected_date="2028-02-29", expected_time="18:30:15")
    [row] = labelled(reader, "visitors", f"search={group}")
    host = stack.psql(f"select first_name || ' ' || last_name || ' · A-101' from garita.residents where id = {CARLOS}")[0]
    en, es = ("Unit", "Host", "Notes", "Company", "Expected date"), ("Unidad", "Anfitrión", "Notas", "Empresa", "Fecha esperada")
    words = en if reader.language == "en" else es
    assert [row[name] for name in words[:4]] == ["A-101", host, "=1+1", "Muñoz"]
    found = book(reader.get(f"/admin/visitors/export/?format=xlsx&search={group}")).active
    cells = {found.cell(1, cell.column).value: cell for cell in found[2]}
    assert cells[words[2]].data_type == "s", "no formula"
    assert {cell.number_format for cell in found[2] if cell.is_date} == {"yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[hh]:mm:ss"}
    assert datetime.datetime(2028, 2, 29) in row.values()
    assert not {"PENDING", "PERSONAL", "GUEST"} & {str(value) for value in row.values()}
    stack.psql(f"delete from garita.visitors where last_name = '{group}'")


def test_a_workbook_of_cards_says_what_an_empty_limit_means_and_hides_codes(stack, reader):
    tag = give(stack)
    rows = labelled(reader, "cards", f"resident={CARLOS}")
    row = next(row for row in rows if "••" + tag["code"][-2:].upper() in row.values())
    assert tag["code"] not in str(rows)
    if reader.language == "en":
        assert (row["Active"], row["Valid"], row["Schedule"], row["Gates"]) == ("Yes", "Yes", "Any hour", "All gates")
    else:
        assert (row["Activo"], row["Vigente"], row["Horario"], row["Accesos"]) == ("Sí", "Sí", "A cualquier hora", "Todos los accesos")


def test_the_log_tells_unit_method_and_reason_on_pages_and_in_its_workbook(stack, reader):
    visitor = register(stack, last_name="Bitácora")
    code = issue(stack, visitor)["code"]
    step(stack, visitor, "approve", "ADMIN")
    for presented in (code, f"{uuid.uuid4().hex}"):
        stack.call("POST", "/api/visitors/validate_code/", "GUARD", json={"code": presented, "access_point": 1, "direction": "ENTRY"})
    spanish = reader.language == "es"
    unit, method, reasons, person = ("Unidad", "Medio", "Motivos", "Persona") if spanish else ("Unit", "Method", "Reasons", "Person")
    unknown, known = labelled(reader, "log", "")[:2]
    assert known[unit] == "A-101" and known[method] in ("Código QR", "QR code")
    assert unknown[person] == ("Desconocido" if spanish else "Unknown") and unknown[unit] is None
    assert unknown[reasons] and "unknown_code" not in unknown[reasons]
    listed = shown(reader, "log")[:2]
    assert [row[unit] for row in listed] == ["–", "A-101"] and listed[0][person] == unknown[person]
    number = stack.psql("select id from garita.access_logs where site_id = 1 order by timestamp desc, id desc limit 1")[0]
    page = reader.get(f"/admin/log/{number}/").text
    assert f"<h1>{unknown[person]}</h1>" in page and f"<dt>{unit}</dt>" in page
    assert f": {unknown[person]}</h1>" in reader.get(f"/admin/log/{number}/history/").text
    assert all("unit" not in row for row in table(export(stack, "/api/logs/?format=csv"))), "the API is as it was"


def test_the_words_of_the_audit_stand_in_its_workbook(stack, reader):
    number = register(stack, first_name="x", last_name=uuid.uuid4().hex[:10])
    [row] = labelled(reader, "audit", f"table_name=visitors&row_id={number}&action=INSERT")
    changes = row["Cambios" if reader.language == "es" else "Changes"]
    assert ("Nombre: x; " if reader.language == "es" else "First name: x; ") in changes and "first_name" not in changes
    stack.psql(f"delete from garita.visitors where id = {number}")


def test_files_of_pages_are_called_in_the_readers_language(reader):
    names = {
        "/admin/residents/export/": ("Residents.csv", "Residentes.csv"),
        "/admin/residents/import/template/": ("residents.csv", "residentes.csv"),
        "/admin/cards/import/template/": ("cards%20and%20PINs.csv", "tarjetas%20y%20NIP.csv"),
        "/admin/reports/csv/?table=day&from=2026-01-02&to=2026-01-03": (
            "day%2D2026%2D01%2D02%2D2026%2D01%2D03.csv", "d%C3%ADa%2D2026%2D01%2D02%2D2026%2D01%2D03.csv")}
    for path, (english, spanish) in names.items():
        name = english if reader.language == "en" else spanish
        assert reader.get(path).headers["Content-Disposition"].endswith(f"; filename*=UTF-8''{name}"), path


@pytest.mark.parametrize("language, words", [
    ("en", "at most 50,000 rows"), ("es", "50,000 registros como máximo")])
def test_a_list_too_long_for_a_workbook_is_offered_as_csv(crowded, language, words):
    answer = export(crowded, "/api/visitors/?format=xlsx", **{"Accept-Language": language})
    assert answer.status_code == 400 and words in answer.json()["detail"] and "CSV" in answer.json()["detail"]


def test_the_longest_workbook_takes_no_more_memory_than_a_page(crowded, office, tell):
    """That of a page, which has more columns than that of the API, and names of other rows."""
    stack, person = crowded, office.ana.session
    stack.psql("update garita.visitors set expected_date = '2025-01-01' where first_name = 'Bulk' and id in"
               " (select id from garita.visitors where first_name = 'Bulk' order by id limit 50000)")
    for _ in range(12):
        office.ana.get("/admin/visitors/export/?format=xlsx&status=CHECKED_OUT")
    before = {pid: memory(pid) for pid in stack.workers("app")}
    began = time.monotonic()
    answer = person.get(f"{stack.url}/admin/visitors/export/?format=xlsx&expected_to=2025-01-01", timeout=60)
    seconds = time.monotonic() - began
    grown = {pid: memory(pid) - before[pid] for pid in before if pid in stack.workers("app")}
    tell(f"workbook: {len(answer.content) / 1e6:.1f} MB, {seconds:.1f} s; peak memory grew by {max(grown.values())} kB")
    rows = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).active.iter_rows(max_col=1, values_only=True)
    assert sum(1 for _ in rows) == 50001
    assert max(grown.values()) < 4096
