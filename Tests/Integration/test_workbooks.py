"""Lists as workbooks: what a spreadsheet shows is what the list has, and nothing of it is a formula."""

import datetime
import io
import time
import uuid

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from test_export import LISTS, XLSX, export, memory, table
from visits import give, issue, register


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


@pytest.mark.parametrize("language, words", [
    ("en", "at most 50,000 rows"), ("es", "50,000 registros como máximo")])
def test_a_list_too_long_for_a_workbook_is_offered_as_csv(crowded, language, words):
    answer = export(crowded, "/api/visitors/?format=xlsx", **{"Accept-Language": language})
    assert answer.status_code == 400 and words in answer.json()["detail"] and "CSV" in answer.json()["detail"]


def test_the_longest_workbook_takes_no_more_memory_than_a_page(crowded, tell):
    stack = crowded
    stack.psql("update garita.visitors set expected_date = '2025-01-01' where first_name = 'Bulk' and id in"
               " (select id from garita.visitors where first_name = 'Bulk' order by id limit 50000)")
    for _ in range(12):
        export(stack, "/api/visitors/?format=xlsx&status=CHECKED_OUT")
    before = {pid: memory(pid) for pid in stack.workers("app")}
    began = time.monotonic()
    answer = export(stack, "/api/visitors/?format=xlsx&expected_to=2025-01-01")
    seconds = time.monotonic() - began
    grown = {pid: memory(pid) - before[pid] for pid in before if pid in stack.workers("app")}
    tell(f"workbook: {len(answer.content) / 1e6:.1f} MB, {seconds:.1f} s; peak memory grew by {max(grown.values())} kB")
    rows = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).active.iter_rows(max_col=1, values_only=True)
    assert sum(1 for _ in rows) == 50001
    assert max(grown.values()) < 4096
