"""Forms of every declared table: nothing is lost, nothing is widened, and what is wrong stands where one looks."""

import re

import pytest

from office import EDITABLE, HOSTILE, TABLES, crowd, office, text  # noqa: F401 (fixtures)


@pytest.mark.parametrize("slug", ["passes", "sessions", "log", "audit"])
def test_what_nobody_may_write_has_no_form(office, slug):
    number = office.row(slug)
    # A pass is issued on a page of its own.
    made = ["new/"] if slug != "passes" else []
    for path in (*made, f"{number}/edit/", f"{number}/delete/"):
        assert office.ana.get(f"/admin/{slug}/{path}").status_code == 404, path
    if made:
        assert "/new/" not in office.ana.get(f"/admin/{slug}/").text.replace("/admin/users/new/", "")


@pytest.mark.parametrize("slug", EDITABLE)
def test_a_form_sent_as_it_is_changes_nothing(office, slug):
    """What is kept is more exact than a form: line ends, blanks around a text, seconds of a time."""
    path, number = f"/admin/{slug}/{office.row(slug)}/edit/", office.row(slug)
    office.ana.get(path)
    areas = re.findall(r'<textarea id="(\w+)"', office.ana.page.text)
    for area in areas:
        office.stack.psql(f"update garita.{TABLES[slug]} set {area} = E'una\\r\\ndos \\n' where id = {number}")
    columns = f"select to_jsonb(t)::text from garita.{TABLES[slug]} t where id = {number}"
    before, audits = office.stack.psql(columns), office.audits()
    office.ana.get(path)
    form = office.ana.form(path)
    # Browsers leave out seconds that are none.
    form = {name: re.sub(r"^((?:.+T)?\d\d:\d\d):00$", r"\1", value) if isinstance(value, str) else value for name, value in form.items()}
    assert office.ana.post(path, form).status_code == 303
    assert office.stack.psql(columns) == before
    assert office.audits() == audits
    # The name of the state is the same: the form of before is still good.
    assert office.ana.post(path, form).status_code == 303
    for area in areas:
        office.stack.psql(f"update garita.{TABLES[slug]} set {area} = '' where id = {number}")


def test_a_form_keeps_what_it_is_too_short_to_list(office, crowd):
    """A limit is not widened by who adds a note: the list of gates ends before the card's own."""
    path = f"/admin/cards/{crowd.card}/edit/"
    page = office.ana.get(path).text
    assert page.count('name="access_points"') == 502 and "The first 500 and those already selected are listed." in page
    assert re.search(rf'value="{crowd.gate}" checked>zz tables<', page) and f'value="{crowd.schedule}" selected>zz tables<' in page
    assert office.ana.post(path, office.ana.form(path) | {"notes": "x"}).status_code == 303
    assert crowd.links() == [f"{crowd.schedule}|x|{{{crowd.gate}}}"]
    # A fault elsewhere loses nothing either, nor does somebody who was faster.
    refused = office.send(office.ana, path, {"expiry_date": "never"})
    assert refused.status_code == 400
    for answer, status in ((refused, 303), (office.ana.get(path), 409)):
        office.ana.page = answer
        form = office.ana.form(path) | {"expiry_date": "", "notes": f"y{status}"}
        if status == 409:
            office.stack.psql(f"update garita.access_codes set notes = 'z' where id = {crowd.card}")
        office.ana.page = office.ana.post(path, form)
        assert office.ana.page.status_code == status
    assert office.ana.post(path, office.ana.form(path)).status_code == 303
    assert crowd.links() == [f"{crowd.schedule}|y409|{{{crowd.gate}}}"]
    # And what is taken away by hand is gone.
    assert office.send(office.ana, path, {"access_points": "", "schedule": ""}).status_code == 303
    assert crowd.links() == ["|y409|"]


def test_a_value_of_another_time_is_not_in_the_way(office):
    number = office.row("residents")
    office.stack.psql(f"update garita.residents set email = 'none' where id = {number}")
    path = f"/admin/residents/{number}/edit/"
    assert office.send(office.ana, path, {"notes": "x"}).status_code == 303
    assert office.stack.psql(f"select email, notes from garita.residents where id = {number}") == ["none|x"]
    assert office.send(office.ana, path, {"email": "still none"}).status_code == 400
    office.stack.psql(f"update garita.residents set email = '', notes = '' where id = {number}")


def test_a_pass_and_a_device_keep_the_gate_that_was_chosen(office, crowd):
    path = f"/admin/visitors/{office.row('visitors')}/pass/"
    refused = office.send(office.ana, path, {"access_points": ["", crowd.gate], "max_uses": "0"})
    assert refused.status_code == 400
    office.ana.page = refused
    form = office.ana.form(path)
    assert form["access_points"] == ["", str(crowd.gate)]
    assert office.ana.post(path, form | {"max_uses": "1"}).status_code == 200
    assert office.stack.psql("""select array_agg(access_point_id) from garita.temporary_code_points where temporary_code_id
        = (select max(id) from garita.temporary_codes)""") == [f"{{{crowd.gate}}}"]
    path = f"/admin/devices/new/?access_point={crowd.gate}"
    office.ana.get(path)
    assert office.ana.form("/admin/devices/new/")["access_point"] == str(crowd.gate)


def test_a_resident_is_added_by_the_name_of_the_unit(office):
    fields = {"unit.text": "A-101", "first_name": "Rosa", "last_name": "Tables", "document_id": "T-1", "phone": "5512345678"}
    made = office.send(office.ana, "/admin/residents/new/", fields)
    assert made.status_code == 303
    row = office.ana.get(made.headers["Location"])
    assert "Rosa Tables" in text(row.text) and "A-101" in text(row.text)
    assert office.stack.psql("select is_authorized from garita.residents where document_id = 'T-1'") == ["t"]


def test_several_rows_of_a_name_are_offered_and_nothing_typed_is_lost(office):
    path = "/admin/residents/new/"
    fields = {"unit.text": "A-1", "first_name": "Luz", "last_name": "Tables", "document_id": "T-2", "phone": "55 1234 5678", "notes": "una\nnota"}
    answer = office.send(office.ana, path, fields)
    assert answer.status_code == 400
    office.ana.page = answer
    form = office.ana.form(path)
    assert {name: form[name] for name in fields} == fields
    choices = re.findall(r'name="unit.choice" value="(\d+)">([^<]*)<', answer.text)
    assert len(choices) > 1 and all("A-1" in title for _, title in choices)
    assert 'href="#unit"' in answer.text and "“A-1” can be several: choose one." in answer.text
    made = office.ana.post(path, form | {"unit.choice": choices[0][0]})
    assert made.status_code == 303
    assert office.stack.psql("select unit_id from garita.residents where document_id = 'T-2'") == [choices[0][0]]


def test_what_is_wrong_stands_above_and_at_the_field(office):
    path = "/admin/residents/new/"
    fields = {"unit.text": "no such home", "first_name": HOSTILE, "last_name": "", "document_id": "T-3", "phone": "abc"}
    answer = office.send(office.ana, path, fields)
    assert answer.status_code == 400 and "<title>Error:" in answer.text
    for name in ("unit", "last_name", "phone"):
        assert f'href="#{name}"' in answer.text and f'id="{name}-error"' in answer.text, name
    office.ana.page = answer
    assert office.ana.form(path)["first_name"] == HOSTILE
    assert "<script>alert" not in answer.text
    assert office.stack.psql("select count(*) from garita.residents where document_id = 'T-3'") == ["0"]


def test_two_who_edit_at_once_see_both_versions(office):
    bob = office.enter("tables_two")
    number = office.stack.psql("""insert into garita.buildings (site_id, name, code) values (1, 'tables Norte', 'TN') returning id""")[0]
    path = f"/admin/buildings/{number}/edit/"
    office.ana.get(path), bob.get(path)
    slow, fast = office.ana.form(path) | {"name": "tables Sur"}, bob.form(path) | {"name": "tables Este", "floors": "7"}
    assert bob.post(path, fast).status_code == 303
    clash = office.ana.post(path, slow)
    assert clash.status_code == 409
    assert "tables Este" in clash.text and "tables Sur" in clash.text and "tables_two" in clash.text
    assert office.stack.psql(f"select name from garita.buildings where id = {number}") == ["tables Este"]
    office.ana.page = clash
    assert office.ana.form(path)["name"] == "tables Sur"
    assert office.ana.post(path, office.ana.form(path)).status_code == 303
    assert office.stack.psql(f"select name, floors from garita.buildings where id = {number}") == ["tables Sur|1"]
    history = text(office.ana.get(f"/admin/buildings/{number}/history/").text)
    assert "Name: tables Este → tables Sur" in history and "tables_one" in history and "127.0.0.1" in history
