"""Accounts made from residents: one by one question, many with a sheet of one-time links, names taken over."""

import re

from pages import Person
from test_admin_people import NEW, NEW_ACCOUNT, community  # noqa: F401 (fixture)


def crowd(one, count, first="Juan", last="Pérez"):
    """So many residents without an account, in a building of their own; its number."""
    building = one.stack.psql("""insert into garita.buildings (site_id, name, code)
        select min(id), 'Torre ' || max(id) || clock_timestamp(), right(md5(clock_timestamp()::text), 8) from garita.sites returning id""")[0]
    one.stack.psql(f"""with homes as (
            insert into garita.units (site_id, building_id, number, floor) select b.site_id, b.id, n, 1
            from garita.buildings b, generate_series(1, {count}) n where b.id = {building} returning site_id, id)
        insert into garita.residents (site_id, unit_id, first_name, last_name, email, phone)
        select site_id, id, '{first}', '{last}', 'juan@example.com', '5512345678' from homes""")
    return building


def strips(page):
    """User name and link of each strip, the link as it is typed."""
    return [(re.search(r'<strong class="code">([^<]+)<', part)[1], re.search(r"<code>([\w -]+)</code>", part)[1])
            for part in page.split('<section class="strip">')[1:]]


def test_five_hundred_residents_get_accounts_with_one_sheet(community):
    building, path = crowd(community, 501), "/admin/residents/bulk/"
    address = f"/admin/residents/?building={building}"
    community.admin.get(address)
    chosen = community.admin.form(path) | {"action": "create_accounts", "everything": "yes"}
    asked = community.admin.post(path, chosen)
    assert asked.status_code == 200 and "501 rows are meant" in asked.text and "up to 500 at once" in asked.text
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
    assert stored == ["500|500|500|RESIDENT|juan@example.com|5512345678|Juan|Pérez|!"]
    log = (community.stack.var / "log/nginx/access.log").read_text()
    assert not any(code.replace(" ", "") in log for _, code in made)
    again = community.admin.post(path, sure)
    assert strips(again.text)[0][0].startswith("juan.perez") and "Left out because they have an account or have moved out: 500." in again.text
    last = community.admin.post(path, sure)
    assert last.status_code == 303 and "everybody chosen has one" in Person.get(community.admin, "/admin/residents/").text
    # And what a strip says signs its person in.
    name, code = made[250]
    person = Person(community.stack, **{"Accept-Language": "en"})
    assert person.send("/account/new-password/", {"token": code, "password": NEW}).status_code == 303
    assert f'value="{name}"' in person.get("/account/sign-in/").text
    assert person.sign_in(name, NEW).status_code == 303
    assert name not in person.get("/account/sign-in/").text
    community.stack.psql(f"""with gone as (update garita.residents set user_id = null where unit_id in
        (select id from garita.units where building_id = {building}) returning 1)
        select count(*) from gone; delete from garita.users where username like 'juan.perez%' and last_login is null""")


def test_a_resident_gets_an_account_by_one_question(community):
    building = crowd(community, 1, "Zoé", "de la Ó''Higgins")
    number = community.stack.psql(f"select r.id from garita.residents r join garita.units u on u.id = r.unit_id where u.building_id = {building}")[0]
    path = f"/admin/residents/{number}/account/"
    assert path in community.admin.get(f"/admin/residents/{number}/").text
    made = community.admin.send(path, {})
    assert made.status_code == 200 and "<strong>zoe.ohiggins</strong>" in made.text, made.text
    assert re.search(r"/account/new-password/#[\w-]{43}", made.text)
    assert community.admin.post(path, community.admin.form(path)).status_code == 409, "once"
    assert path not in community.admin.get(f"/admin/residents/{number}/").text
    community.stack.psql(f"update garita.residents set user_id = null where id = {number}; delete from garita.users where username = 'zoe.ohiggins'")


def test_an_account_takes_the_names_of_its_resident(community):
    building = crowd(community, 1, "Inés", "Solís")
    number = community.stack.psql(f"select r.id from garita.residents r join garita.units u on u.id = r.unit_id where u.building_id = {building}")[0]
    community.admin.get(f"{NEW_ACCOUNT}?resident={number}")
    made = community.admin.post(NEW_ACCOUNT, community.admin.form(NEW_ACCOUNT) | {"username": "people_ines", "role": "RESIDENT", "phone": "5587654321"})
    assert made.status_code == 200 and "<dd>Inés Solís</dd>" in made.text and "people_ines" in made.text
    assert community.stack.psql("select first_name, last_name, email, phone from garita.users where username = 'people_ines'") == [
        "Inés|Solís|juan@example.com|5587654321"]
