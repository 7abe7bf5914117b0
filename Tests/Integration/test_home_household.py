"""What a home keeps on its pages: cards, vehicles, who lives there, the own data."""

import re

import requests

from community import PASSWORD, SQL
from homes import home, lola, lola_signed_in  # noqa: F401 (fixtures)
from photos import picture
from test_login import django_hash


def test_a_lost_card_is_reported_and_opens_no_more(home, lola):
    made = home.write("/api/access/codes/", {"resident": int(home.lola), "code": "TAG-7788990011", "code_type": "RFID"})
    other = home.write("/api/access/codes/", {"resident": int(home.neighbour), "code": "TAG-1122334455", "code_type": "RFID"})
    card, theirs = made.json()["id"], other.json()["id"]
    text = lola.get("/home/cards/").text
    assert "••11" in text and "7788990011" not in text and "••55" not in text
    assert home.scan("TAG-7788990011")["valid"] is True
    assert "does not open any gate" in lola.get(f"/home/cards/{card}/lost/").text
    assert lola.send(f"/home/cards/{card}/lost/", {}).headers["Location"] == "/home/cards/"
    assert home.scan("TAG-7788990011")["reasons"] == ["revoked"] and "Opens no more" in lola.get("/home/cards/").text
    assert lola.get(f"/home/cards/{theirs}/lost/").status_code == 404
    lola.get(f"/home/cards/{card}/lost/")
    assert lola.post(f"/home/cards/{theirs}/lost/", {"form_token": lola.token()}).status_code == 404
    assert home.scan("TAG-1122334455")["valid"] is True


def test_a_home_keeps_its_vehicles(home, lola):
    assert lola.send("/home/vehicles/", {"plate": " abc-123-d ", "description": "Nissan gris"}).status_code == 303
    vehicle, *row = home.stack.psql("select id, unit_id, resident_id, plate, description, is_active from garita.vehicles where plate = 'abc-123-d'")[0].split("|")
    assert row == [home.unit, home.lola, "abc-123-d", "Nissan gris", "t"] and "Nissan gris" in lola.get("/home/vehicles/").text
    blank = lola.send("/home/vehicles/", {"plate": " ", "description": "Rojo & negro"})
    assert blank.status_code == 400 and "plate-error" in blank.text and "Rojo &amp; negro" in blank.text
    signs = lola.send("/home/vehicles/", {"plate": "--"})
    assert signs.status_code == 400 and "letters or digits" in signs.text
    neighbour = home.at("vecina")
    twice = neighbour.send("/home/vehicles/", {"plate": "ABC 123 D"})
    assert twice.status_code == 400 and "plate-error" in twice.text and "already exists" in twice.text
    assert "abc-123-d" not in neighbour.get("/home/vehicles/").text
    assert neighbour.post(f"/home/vehicles/{vehicle}/remove/", {"form_token": neighbour.token()}).status_code == 404
    assert lola.send(f"/home/vehicles/{vehicle}/remove/", {}, page="/home/vehicles/").status_code == 303
    assert home.stack.psql("select is_active from garita.vehicles where plate = 'abc-123-d'") == ["f"] and "abc-123-d" not in lola.get("/home/vehicles/").text


def test_vehicles_have_an_api_for_those_who_may(home):
    mine = home.add("vehicles", unit_id=SQL(home.unit), plate="MÍO 1")
    home.add("vehicles", unit_id=SQL(home.other), plate="SUYO 1")
    plates = {role: {row["plate"] for row in home.call("/api/vehicles/?search=1", role).json()["results"]} for role in ("ADMIN", "GUARD", "RESIDENT")}
    assert plates["ADMIN"] >= {"MÍO 1", "SUYO 1"} and plates["GUARD"] >= {"MÍO 1", "SUYO 1"} and "SUYO 1" not in plates["RESIDENT"]

    def send(role, method, path, body):
        return requests.request(method, home.stack.url + path, json=body, timeout=10, headers={"Authorization": f"Bearer {home.tokens[role]}"}).status_code

    assert send("GUARD", "POST", "/api/vehicles/", {"unit": int(home.unit), "plate": "X"}) == 403
    assert send("RESIDENT", "POST", "/api/vehicles/", {"unit": int(home.other), "plate": "X"}) in (400, 403)
    assert send("RESIDENT", "PATCH", f"/api/vehicles/{mine}/", {"resident": int(home.neighbour)}) in (400, 403)
    assert send("RESIDENT", "DELETE", f"/api/vehicles/{mine}/", {}) == 403
    assert send("RESIDENT", "PATCH", f"/api/vehicles/{mine}/", {"description": "Azul"}) == 200
    assert home.stack.psql(f"""select count(*) from garita.audit where table_name = 'vehicles' and row_id = {mine}
        and changes -> 'description' ->> 1 = 'Azul'""") == ["1"]


def test_a_home_has_twenty_vehicles_at_most(home, lola):
    home.stack.psql(f"update garita.vehicles set is_active = false where unit_id = {home.unit}")
    for number in range(20):
        home.add("vehicles", unit_id=SQL(home.unit), plate=f"LLENO {number}")
    answer = lola.send("/home/vehicles/", {"plate": "SOBRA 1"})
    assert answer.status_code == 409 and "as many vehicles as allowed" in answer.text and 'value="SOBRA 1"' in answer.text
    home.stack.psql(f"delete from garita.vehicles where unit_id = {home.unit}")


def test_who_lives_in_a_home(home, lola):
    assert lola.send("/home/household/", {"first_name": "Nina", "last_name": "Sol", "phone": "5511223344"}).status_code == 303
    nina = home.stack.psql(f"""select id from garita.residents where first_name = 'Nina' and unit_id = {home.unit}
        and resident_type = 'FAMILY' and is_authorized and user_id is null and move_in_date = '{home.day(0)}'""")[0]
    text = lola.get("/home/household/").text
    assert "Nina Sol" in text and "Lola Sol" in text and "no account" in text and f"/home/household/{home.lola}/end/" not in text
    assert home.stack.psql(f"select count(*) from garita.audit where table_name = 'residents' and row_id = {nina} and action = 'INSERT' and user_id is not null") == ["1"]
    faulty = lola.send("/home/household/", {"first_name": "Eva", "last_name": "", "phone": "12"})
    assert faulty.status_code == 400 and "last_name-error" in faulty.text and "phone-error" in faulty.text and 'value="Eva"' in faulty.text
    assert "Last name: This field may not be blank" in faulty.text
    card = home.write("/api/access/codes/", {"resident": int(nina), "code": "TAG-5566778899", "code_type": "RFID"})
    assert card.status_code == 201 and home.scan("TAG-5566778899")["valid"] is True
    assert lola.send(f"/home/household/{nina}/end/", {}).headers["Location"] == "/home/household/"
    assert home.stack.psql(f"select move_out_date from garita.residents where id = {nina}") == [home.day(0)]
    assert home.scan("TAG-5566778899")["valid"] is False and "Nina Sol" not in lola.get("/home/household/").text


def test_nobody_ends_an_owner_or_oneself_and_who_is_not_authorised_nobody(home, lola):
    owner = home.resident("duena", home.unit, "Dueña", "OWNER")
    lola.get("/home/household/")
    token = {"form_token": lola.token()}
    for member in (home.lola, owner):
        assert lola.get(f"/home/household/{member}/end/").status_code == 404
        assert lola.post(f"/home/household/{member}/end/", token).status_code == 409
    assert lola.post(f"/home/household/{home.neighbour}/end/", token).status_code == 404
    beto = home.at("beto")
    assert "Only an owner or tenant" in beto.get("/home/household/").text and 'name="first_name"' not in beto.page.text
    token = {"form_token": beto.token()}
    assert beto.post("/home/household/", token | {"first_name": "Otro", "last_name": "Más"}).status_code == 409
    assert beto.post(f"/home/household/{owner}/end/", token).status_code == 409
    assert home.stack.psql(f"select move_out_date from garita.residents where id in ({home.lola}, {owner}, {home.neighbour})") == ["", "", ""]


def test_a_home_is_full_with_twenty_people(home):
    full = home.add("units", building_id=SQL(f"(select building_id from garita.units where id = {home.unit})"), number="103", floor=1)
    home.resident("llena", full, "Llena", "OWNER")
    for number in range(19):
        home.add("residents", unit_id=SQL(full), first_name=f"N{number}", last_name="Sol", document_id=f"llena-{number}", phone="5512345678", resident_type="FAMILY")
    answer = home.at("llena").send("/home/household/", {"first_name": "Una", "last_name": "Más", "phone": "5512345678"})
    assert answer.status_code == 409 and "Twenty people" in answer.text and 'value="Una"' in answer.text


def test_the_own_data(home, lola):
    done = lola.send("/home/me/", {
        "phone": "55 1111 2222", "email": "lola@example.mx", "emergency_contact_name": "Mamá", "emergency_contact_phone": "5599998888",
        "first_name": "Intrusa", "is_authorized": "true"})
    assert done.status_code == 303
    assert home.stack.psql(f"""select regexp_replace(phone, '[^0-9]', '', 'g') ~ '5511112222$', email, emergency_contact_name, first_name
        from garita.residents where id = {home.lola}""") == ["t|lola@example.mx|Mamá|Lola"]
    faulty = lola.send("/home/me/", {"email": "no", "emergency_contact_name": "Papá"})
    assert faulty.status_code == 400 and "email-error" in faulty.text and 'value="Papá"' in faulty.text
    assert 'href="/account/"' in lola.get("/home/me/").text


def test_the_own_photo(home, lola):
    lola.get("/home/me/")
    answer = lola.session.post(
        f"{home.stack.url}/home/me/", data={"form_token": lola.token(), "email": "lola@example.mx"}, files={"photo": ("yo.jpg", picture())},
        headers={"Sec-Fetch-Site": "same-origin"}, timeout=10, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    address = re.search(r'src="(/home/household/\d+/photo/)"', lola.get("/home/me/").text)[1]
    assert lola.get(address).headers["Content-Type"] == "image/jpeg"
    assert home.at("vecina").get(address).status_code == 404
    assert lola.send("/home/me/", {"photo.remove": "yes"}).status_code == 303
    assert lola.get(address).status_code == 404


def test_these_pages_are_for_residents(home):
    for role in ("ADMIN", "GUARD"):
        person = home.person(role)
        paths = ("cards", "vehicles", "household", "me", "invite/party", "invite/recurring")
        assert {person.get(f"/home/{path}/").status_code for path in paths} == {403}


def test_who_has_no_home_has_none_of_them(home):
    home.add("users", username=f"{home.code}-nadie", password_hash=django_hash(PASSWORD), role="RESIDENT")
    nobody = home.at("nadie")
    for path in ("cards", "vehicles", "household", "me", "invite/party", "invite/recurring"):
        answer = nobody.get(f"/home/{path}/")
        assert answer.status_code == 200 and "not linked to a home" in answer.text, path
