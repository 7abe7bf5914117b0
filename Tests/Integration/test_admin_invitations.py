"""Accounts made from residents: one by one question, many with a sheet of one-time links, names taken over."""

import re

import pytest

from csv_import import administrator, file_of, read
from pages import Person
from test_admin_people import NEW, NEW_ACCOUNT, community  # noqa: F401 (fixture)


@pytest.fixture
def crowd(community):
    """Makes so many residents without an account, in a building of their own; its number."""
    made = []

    def make(count, first="Juan", last="Pérez"):
        building = community.stack.psql("""insert into garita.buildings (site_id, name, code)
            select min(id), 'Torre ' || clock_timestamp(), right(md5(clock_timestamp()::text), 8) from garita.sites returning id""")[0]
        made.append(building)
        community.stack.psql(f"""with homes as (
                insert into garita.units (site_id, building_id, number, floor) select b.site_id, b.id, n, 1
                from garita.buildings b, generate_series(1, {count}) n where b.id = {building} returning site_id, id)
            insert into garita.residents (site_id, unit_id, first_name, last_name, email, phone)
            select site_id, id, '{first}', '{last}', 'juan@example.com', '5512345678' from homes""")
        return building

    yield make
    for building in made:
        community.stack.psql(f"""create temp table crowd as select r.id, r.user_id from garita.residents r
                join garita.units u on u.id = r.unit_id where u.building_id = {building};
            delete from garita.residents where id in (select id from crowd); delete from garita.users where id in (select user_id from crowd);
            delete from garita.units where building_id = {building}; delete from garita.buildings where id = {building}; drop table crowd""")


def strips(page):
    """User name and link of each strip, the link as it is typed."""
    return [(re.search(r'<strong class="code">([^<]+)<', part)[1], re.search(r"<code>([\w -]+)</code>", part)[1])
            for part in page.split('<section class="strip">')[1:]]


def test_five_hundred_residents_get_accounts_with_one_sheet(community, crowd):
    building, path = crowd(501), "/admin/residents/bulk/"
    address = f"/admin/residents/?building={building}"
    community.admin.get(address)
    chosen = community.admin.form(path) | {"action": "create_accounts", "everything": "yes"}
    asked = community.admin.post(path, chosen)
    assert asked.status_code == 200 and "This applies to 501 records:" in asked.text and "up to 500 at once" in asked.text
    assert community.stack.psql(f"select count(user_id) from garita.residents r join garita.units u on u.id = r.unit_id where u.building_id = {building}") == ["0"]
    community.admin.page = asked
    sure = community.admin.form(path) | {"action": "create_accounts"}
    sheet = community.admin.post(path, sure)
    assert sheet.status_code == 200, sheet.text[:3000]
    assert sheet.headers["Cache-Control"] == "no-store" and "<h1>500 accounts created</h1>" in sheet.text
    assert "Still without an account: 1." in sheet.text
    made = strips(sheet.text)
    assert len(made) == 500 == len(set(dict(made))) == len({code for _, code in made}) == sheet.text.count("<svg xmlns")
    assert made[0][0].startswith("juan.perez") and sheet.elapsed.total_seconds() < 5 and len(sheet.content) < 8_000_000
    stored = community.stack.psql(f"""select count(*), count(distinct u.username), count(l.id), min(u.role), min(u.email), min(u.phone),
        min(u.first_name), min(u.last_name), min(u.password_hash) from garita.residents r join garita.units h on h.id = r.unit_id
        join garita.users u on u.id = r.user_id join garita.password_links l on l.user_id = u.id and l.expires_at > now() + interval '6 days'
        where h.building_id = {building}""")
    assert stored == ["500|500|500|RESIDENT|juan@example.com|+52 55 1234 5678|Juan|Pérez|!"]
    log = (community.stack.var / "log/nginx/access.log").read_text()
    assert not any(code.replace(" ", "") in log for _, code in made)
    again = community.admin.post(path, sure)
    assert strips(again.text)[0][0].startswith("juan.perez") and "Skipped because they already have an account or have moved out: 500." in again.text
    last = community.admin.post(path, sure)
    assert last.status_code == 303 and "everybody chosen has one" in Person.get(community.admin, "/admin/residents/").text
    # And what a strip says signs its person in.
    name, code = made[250]
    person = Person(community.stack, **{"Accept-Language": "en"})
    assert person.send("/account/new-password/", {"token": code, "password": NEW}).status_code == 303
    assert f'value="{name}"' in person.get("/account/sign-in/").text
    assert person.sign_in(name, NEW).status_code == 303
    assert name not in person.get("/account/sign-in/").text


def test_a_resident_gets_an_account_by_one_question(community, crowd):
    building = crowd(1, "Zoé", "de la Ó''Higgins")
    number = community.stack.psql(f"select r.id from garita.residents r join garita.units u on u.id = r.unit_id where u.building_id = {building}")[0]
    path = f"/admin/residents/{number}/account/"
    assert path in community.admin.get(f"/admin/residents/{number}/").text
    made = community.admin.send(path, {})
    assert made.status_code == 200 and "<strong>zoe.ohiggins</strong>" in made.text, made.text
    assert re.search(r"/account/new-password/#[\w-]{43}", made.text)
    assert community.admin.post(path, community.admin.form(path)).status_code == 409, "once"
    assert path not in community.admin.get(f"/admin/residents/{number}/").text


def test_an_account_takes_the_names_of_its_resident(community, crowd):
    building = crowd(1, "Inés", "Solís")
    number = community.stack.psql(f"select r.id from garita.residents r join garita.units u on u.id = r.unit_id where u.building_id = {building}")[0]
    community.admin.get(f"{NEW_ACCOUNT}?resident={number}")
    made = community.admin.post(NEW_ACCOUNT, community.admin.form(NEW_ACCOUNT) | {"username": "people_ines", "role": "RESIDENT", "phone": "5587654321"})
    assert made.status_code == 200 and "<dd>Inés Solís</dd>" in made.text and "people_ines" in made.text
    assert community.stack.psql("select first_name, last_name, email, phone from garita.users where username = 'people_ines'") == [
        "Inés|Solís|juan@example.com|+52 55 8765 4321"]


def test_accounts_of_a_file_get_the_same_sheet(community, crowd):
    stack, building = community.stack, crowd(3, "Inés", "Roca")
    stack.psql(f"""update garita.residents r set document_id = 'DOC-{building}-' || u.number from garita.units u
        where u.id = r.unit_id and u.building_id = {building}""")
    site = "(select min(id) from garita.sites)"
    person = administrator(stack, site=site)
    head = ["Usuario", "Nombre(s)", "Apellido", "Correo", "Tel.", "Rol", "Residente"]
    rows = [["people_ines1", "Inés", "Roca", "i@example.com", "5512345678", "Residente", f"DOC-{building}-1"],
            ["people_gil", "Gil", "Paz", "", "", "Guardia", ""]]
    looked = person.look("users", file_of([head] + rows))
    assert person.counts() == (2, 0, 0, 0) and "Inés Roca · " in looked and not person.asked, looked
    assert stack.psql("select count(*) from garita.users where username like 'people_ines%'") == ["0"], "nothing is written"
    sheet = person.press("all")
    assert sheet.status_code == 200 and sheet.headers["Cache-Control"] == "no-store", read(sheet.text)
    assert [name for name, _ in strips(sheet.text)] == ["people_ines1", "people_gil"] and "2 accounts created" in sheet.text
    assert stack.psql("""select u.username, u.role, coalesce(r.document_id, '') from garita.users u left join garita.residents r on r.user_id = u.id
        where u.username in ('people_ines1', 'people_gil') order by 1""") == ["people_gil|GUARD|", f"people_ines1|RESIDENT|DOC-{building}-1"]
    code = strips(sheet.text)[1][1]
    guard = Person(stack)
    assert guard.send("/account/new-password/", {"token": code, "password": NEW}).status_code == 303
    assert guard.sign_in("people_gil", NEW).status_code == 303
    # What is there keeps its role, and makes no new link; a resident of another account is not taken.
    looked = person.look("users", file_of([head, rows[0], ["people_gil", "Gil", "Luz", "", "", "Administrador", ""],
                                           ["people_x", "X", "Y", "", "", "RESIDENT", f"DOC-{building}-1"],
                                           ["people_y", "X", "Y", "", "", "RESIDENT", f"DOC-{building}-2"],
                                           ["people_z", "X", "Y", "", "", "RESIDENT", f"DOC-{building}-2"],
                                           ["people_w", "X", "Y", "", "", "OWNER", ""], ["people_v", "X", "Y", "", "", "", ""]]))
    assert person.counts() == (1, 1, 1, 4), looked
    assert "Resident «DOC-" in looked and "It is already linked to another record." in looked and "of the file names it too." in looked
    sheet = person.press("good")
    assert [name for name, _ in strips(sheet.text)] == ["people_y"]
    assert stack.psql("select last_name, role from garita.users where username = 'people_gil'") == ["Luz|GUARD"]
    # Undone: the account that nobody has used goes, its resident is free again.
    assert "Undone: 2. Left as they are: 0." in person.undo()
    assert stack.psql(f"select count(*) from garita.residents where document_id = 'DOC-{building}-2' and user_id is null") == ["1"]
    many = person.offer("users", file_of([head] + [[f"people_many{n}", "", "", "", "", "GUARD", ""] for n in range(501)]))
    assert many.status_code == 400 and "more than 500 rows" in read(many.text)
    looked = person.look("users", file_of([["Usuario", "Nombre"], ["people_q", "Q"]]))
    assert "The column Role is missing." in looked, "nobody becomes a guard because a column was forgotten"
