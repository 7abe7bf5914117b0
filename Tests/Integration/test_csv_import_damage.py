"""What spreadsheets and encodings do to a file of rows on its way: seen, told, and never imported as new."""

import csv
import io
import uuid

import pytest

from csv_import import admin, administrator, file_of, read, tower  # noqa: F401 (fixtures)
from stack import day

DAMAGED = "what a spreadsheet made of a number"
CARD = ["1.23457E+11", "1,23457E+11", "1E+05", "8.617284E9", "-1.5e-05", "123.457E+09", "8617284.0", "1234567890123450000"]
ERRORS = ["#N/A", "#N/D", "#REF!", "#¡REF!", "#VALUE!", "#¡VALOR!", "#¿NOMBRE?", "#NAME?", "#DIV/0!", "#¡DIV/0!", "#¡NULO!",
          "#CAMPO!", "#SPILL!", "########", "##", "Err:502", "#n/a"]


def faults_of(admin):
    """Lines of the errors, without the names of the columns."""
    return list(csv.reader(io.StringIO(admin.get(f"{admin.path}errors/").content.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize("separator", [",", ";"])
def test_what_a_spreadsheet_made_of_a_number_is_no_card(stack, admin, separator):
    rows = [["Carlos González", code, "RFID"] for code in CARD + ERRORS + ["=A2"]]
    looked = admin.look("cards", file_of([["resident", "code", "code_type"]] + rows, separator))
    assert admin.counts() == (0, 0, 0, len(rows)), looked
    said = faults_of(admin)
    assert [int(line[0]) for line in said] == list(range(2, len(rows) + 2)), "each row has one"
    assert all(DAMAGED in line[3] for line in said[:len(CARD)])
    assert all("error of the spreadsheet" in line[3] for line in said[len(CARD):-1]) and "formula" in said[-1][3]
    spanish = administrator(stack, "es")
    assert "formato de texto" in spanish.look("cards", file_of([["resident", "code"], ["Carlos González", CARD[0]]]))


@pytest.mark.parametrize("written", ['"=""0008617284"""', '="0008617284"', "=B2", "=CONCAT(A1;B1)", '"=T(""0012"")"', "=12+3"])
def test_a_formula_is_no_card(stack, admin, written):
    """Also one that is nothing but a text: whoever brings the file sees it before a card is made of it."""
    content = f"resident,code,code_type\r\nCarlos González,{written},RFID\r\n"
    looked = admin.look("cards", content)
    assert admin.counts() == (0, 0, 0, 1) and "Line 2" in looked and "This is a formula and not a value" in looked
    assert "Es una fórmula y no un valor" in administrator(stack, "es").look("cards", content)


def test_an_apostrophe_in_front_of_digits_is_none(admin):
    number = "000" + str(uuid.uuid4().int)[:12]
    admin.take("cards", f"resident,code,code_type\r\nCarlos González,'{number},RFID\r\n")
    assert admin.counts() == (1, 0, 0, 0)
    imported = admin.path
    admin.look("cards", file_of([["resident", "code"], ["Carlos González", number]]))
    assert admin.counts() == (0, 0, 1, 0), "the code is the digits alone"
    admin.path = imported
    admin.undo()


def test_what_a_spreadsheet_made_of_a_value_is_told_in_every_field(stack, admin, tower):
    def problems(slug, head, *rows):
        admin.look(slug, file_of([head, *rows]))
        return [(int(line[0]), line[1], line[3]) for line in faults_of(admin)]
    head = ["unit", "first_name", "last_name", "document_id", "phone", "move_in_date", "notes"]
    good = ["A-101", "Ana", "Prueba", "D-11", "5512345678", "2026-01-02", "1E+05"]
    def but(**cells):
        cells = {"document_id": uuid.uuid4().hex} | cells
        return [cells.get(name, cell) for name, cell in zip(head, good)]
    assert problems("residents", head, good) == []
    found = problems(
        "residents", head, but(document_id="1.23457E+12"), but(phone="5.25512E+11"), but(phone="5512345678.0"),
        but(move_in_date="46023"), but(move_in_date="46023,5"), but(first_name="#¿NOMBRE?"), but(unit="#REF!"),
        but(unit="1E+05"), but(notes="#N/D"), but(document_id="=B2"), but(document_id="02-ene"),
        but(first_name='="Ana"'), but(last_name="=Hoja1!$A$2"))
    assert [(line, column) for line, column, _ in found] == [
        (2, "Document"), (3, "Phone"), (4, "Phone"), (5, "Living here since"), (6, "Living here since"), (7, "First name"), (8, "Unit"),
        (9, "Unit"), (10, "Notes"), (11, "Document"), (12, "Document"),
        (13, "First name"), (14, "Last name")]
    assert all("format the column as text" in text for _, column, text in found[:5])
    assert "counts it, in days" in found[3][2] and "counts it, in days" in found[4][2]
    units = ["building", "number", "floor"]
    assert [line for line, _, _ in problems("units", units, *([tower[0], n, "1"] for n in ("1E+05", "2-Jan", "ene-02", "1E5", "12E", "E12", "1-2")))] == [2, 3, 4]
    assert problems("blocklist", ["kind", "value"], ["plate", "1.2E+10"])[0][1] == "Value"
    visit = ["unit", "first_name", "last_name", "expected_date", "expected_time", "vehicle_plate"]
    assert [column for _, column, _ in problems("visitors", visit, ["A-101", "Ana", "Luz", day(), "0.770833333", "1E+12"])] == [
        "Expected at", "License plate"]
    assert "is not a date" in problems("residents", head, but(move_in_date="20269902"))[0][2], "digits that are no such number"
    assert "hh:mm" in problems("visitors", visit, ["A-101", "Ana", "Luz", day(), "25:30", ""])[0][2]
    spanish = administrator(stack, "es")
    assert "contada en días" in spanish.look("residents", file_of([head, but(move_in_date="46023")]))


PEOPLE = "first_name;last_name;document_id;phone;unit\r\nJosé;Muñoz Martínez;DOC-43;+52 55 1234 5678;A-101\r\n"


@pytest.mark.parametrize("content, line", [
    (PEOPLE.encode() + "María;Peña;DOC-42;+52 55 1234 5678;A-101\r\n".encode("latin-1"), 3),
    (PEOPLE.encode("utf-8-sig") + "María;Peña;DOC-42;+52 55 1234 5678;A-101\r\n".encode("latin-1"), 3),
    (PEOPLE.encode("cp850"), 2), (PEOPLE.encode("mac-roman"), 2), (PEOPLE.upper().encode("cp850"), 2),
])
def test_a_file_of_another_encoding_is_refused_with_its_line(stack, admin, content, line):
    answer = admin.offer("residents", content)
    assert answer.status_code == 400
    said = read(answer.text)
    assert "CSV UTF-8" in said and (f"Line {line} is written" in said or f"Letters of line {line} " in said)
    if line == 3:
        assert f"La línea {line} está en otra codificación" in read(administrator(stack, "es").offer("residents", content).text)


@pytest.mark.parametrize("name", ["JosÃ©", "Mu\ufffdoz", "Mu¤oz", "Mu–oz", "Mu?oz", "Mu├▒oz", "MUÃ\x91OZ"])
def test_names_whose_letters_are_lost_are_faults(stack, admin, name):
    people = PEOPLE.replace("José", "Ana") + f"{name};Ruiz;DOC-44;+52 55 1234 5678;A-101\r\n"
    looked = admin.look("residents", people)
    assert admin.counts() == (1, 0, 0, 1) and "Line 3" in looked and "CSV UTF-8" in looked
    header = admin.offer("residents", people.replace("last_name", f"Apellido {name}"))
    assert header.status_code == 400 and "Letters were lost" in read(header.text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_names_are_right_in_the_encodings_that_are_read(stack, admin, encoding):
    name = uuid.uuid4().hex[:8]
    admin.take("residents", PEOPLE.replace("DOC-43", name).replace("Martínez", "“O’Brien” – 1º €").encode(encoding))
    assert admin.counts() == (1, 0, 0, 0)
    assert stack.psql(f"select first_name, last_name from garita.residents where document_id = '{name}'") == ["José|Muñoz “O’Brien” – 1º €"]
    admin.undo()
