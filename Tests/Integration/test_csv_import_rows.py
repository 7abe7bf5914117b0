"""Rows from files: looked at first, imported as shown, by whom they belong to, and undone."""

import re
import time
import uuid

import pytest

from community import Community
from csv_import import admin, administrator, file_of, read, tower, units_of  # noqa: F401 (fixtures)
from pages import Forms, Person
from stack import day


def test_nothing_is_written_before_somebody_says_so(stack, admin, tower):
    rows = file_of([["Building", "Number", "Floor"], [tower[0], "101", "1"], [tower[1], "102", "1"], [tower[2], "x y", ""]])
    looked = admin.look("units", rows)
    assert admin.counts() == (2, 0, 0, 1) and units_of(stack, tower) == []
    assert "nothing has been saved" in looked and "Import the 2 correct rows and skip 1" in looked
    assert "Line 4" in looked and "Number «x y» : Unit number must be 1-10 alphanumeric characters" in looked
    assert "Floor : This field is required." in looked
    assert admin.press("all").status_code == 303, "all or nothing is not all"
    assert units_of(stack, tower) == []
    admin.press("good")
    assert [unit[0] for unit in units_of(stack, tower)] == ["101", "102"]
    assert "Imported: 2." in admin.result()


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


def test_one_good_row_is_one(admin, tower):
    rows = file_of([["building", "number", "floor"], [tower[0], "1", "1"], [tower[0], "x y", "1"]])
    assert "Import the correct row and skip 1" in admin.look("units", rows)


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
    assert elsewhere.counts() == (0, 0, 0, 2) and "There is no “" in looked
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
    assert "Undone: 2. Left as they are: 2." in page and f"{tower[0]}-3" in page and f"{tower[0]}-4" in page
    assert "It has been changed since." in page and "Something else now depends on it." in page
    entries = stack.psql(f"select action, changes->'rows_undone'->>1 from garita.audit where table_name = 'csv_imports' and row_id = {path.split('/')[-2]} order by id")
    assert entries == ["IMPORT|", "UNDO|2"]
    assert admin.get(f"{path}undo/").status_code == 303, "once"
    assert "Undo" not in read(admin.get("/admin/imports/").text).split("rows.csv")[1]


def test_an_undo_that_can_take_nothing_back_is_offered_again(stack, admin, tower):
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    homes = admin.path
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id", "phone"], [f"{tower[0]}-1", "Eva", "Luz", tower[0], "5512345678"]]), "all")
    people = admin.path
    asked = read(admin.get(f"{homes}undo/").text)
    assert "Undo these first: Residents : rows.csv" in asked and f'href="{people}undo/"' in admin.page.text
    answer = admin.post(f"{homes}undo/", {"form_token": admin.token()})
    assert answer.status_code == 303 and answer.headers["Location"].startswith(f"{homes}undo/")
    assert "Nothing was undone" in read(admin.get(f"{homes}undo/").text)
    assert stack.psql(f"select undone_at is null, (select count(*) from garita.audit where action = 'UNDO' and row_id = u.id) from garita.csv_imports u where id = {homes.split('/')[-2]}") == ["t|0"]
    for path in (people, homes):
        admin.path = path
        assert "Undone: 1. Left as they are: 0." in admin.undo()
    assert units_of(stack, tower) == []


def test_undo_of_every_row_leaves_things_as_they_were(stack, admin, tower):
    before = stack.psql("select count(*), sum(total) from garita.row_counts")
    name = uuid.uuid4().hex[:8]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("visitors", file_of([["unit", "first_name", "last_name", "expected_date"]] + [[f"{tower[0]}-1", f"V{n}", name, day()] for n in range(250)]))
    assert admin.counts() == (250, 0, 0, 0)
    assert stack.call("GET", f"/api/visitors/?search={name}", "ADMIN").json()["count"] == 250
    assert "Undone: 250. Left as they are: 0." in admin.undo()
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
    for word in ["Tarjeta o TAG", "RFID Card"]:  # what people call it, and what the legacy API does
        admin.look("cards", file_of([head + ["Tipo"], [document, code, "", "", word]]))
        assert admin.counts() == (0, 0, 1, 0), word
    looked = admin.look("cards", cards)
    assert admin.counts() == (0, 0, 1, 0), "the same resident has it already"
    looked = admin.look("cards", file_of([head, [document + "L", code, "", ""], [document, "••34", "", ""]]))
    assert admin.counts() == (0, 0, 0, 2) and "already exists" in looked and "hidden" in looked
    assert code not in admin.page.text and code not in admin.get(f"{admin.path}errors/").text
    stored = stack.psql("select encode(coalesce(content, '') || coalesce(report, ''), 'escape') from garita.csv_imports")
    assert all(code not in line and document not in line for line in stored), "what waits is sealed"
    admin.take("cards", file_of([["id", "access_points"], [card[0].split("|")[0], number]]))
    assert admin.counts() == (0, 1, 0, 0)
    assert stack.psql(f"select access_point_id from garita.access_code_points where access_code_id = {card[0].split('|')[0]}") == [number]


@pytest.mark.parametrize("again", ["Jose\u0301", "José\u200b", "\u200eJosé\u00a0"])
def test_a_name_that_looks_the_same_is_the_same(admin, tower, again):
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    head = ["first\u200b_name", "last_name", "unit", "expected_date", "visitor_type"]
    admin.take("visitors", file_of([head, ["José", "Muñoz", f"{tower[0]}-1", day(20), "GUEST"]]))
    assert admin.counts() == (1, 0, 0, 0)
    looked = admin.look("visitors", file_of([head, [again, "Mun\u0303oz", f"{tower[0]}-1", day(20), "GUEST"]]))
    assert admin.counts() == (0, 0, 1, 0), looked[:2000]


def test_rules_of_the_database_are_told_row_by_row(stack, admin, tower):
    name = uuid.uuid4().hex[:8]
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    rows = [["unit", "first_name", "last_name", "document_id", "phone", "move_in_date", "move_out_date"]]
    rows += [[f"{tower[0]}-1", f"N{n}", name, f"{name}{n}", "5512345678", "2026-02-01", "2026-01-01" if n % 50 == 7 else ""] for n in range(200)]
    looked = admin.look("residents", file_of(rows))
    assert admin.counts() == (196, 0, 0, 4) and "Line 9" in looked and "Living here until «2026-01-01» : This date is earlier" in looked
    blocked = [["kind", "value", "reason"], ["plate", f"AB{name[:4]}", "x"], ["phone", "abc", "x"], ["plate", f"ab-{name[:4]}", "y"]]
    looked = admin.look("blocklist", file_of(blocked))
    assert admin.counts() == (1, 0, 0, 2) and "no phone number that can be compared" in looked and "already exists" in looked


def test_many_cards_with_gates_fit_too(stack, admin, tower):
    admin.take("units", file_of([["building", "number", "floor"], [tower[0], "1", "1"]]))
    admin.take("residents", file_of([["unit", "first_name", "last_name", "document_id", "phone"], [f"{tower[0]}-1", "Eva", tower[0], f"D{tower[0]}", "5512345678"]]))
    gate = stack.psql("select id from garita.access_points where is_active order by id limit 1")[0]
    cards = [["resident", "code", "access_points"]] + [[f"D{tower[0]}", f"{tower[0]}{n:05d}", gate] for n in range(501)]
    assert "More than 500 rows link to several others (Gates)" in read(admin.offer("cards", file_of(cards)).text)
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
