"""The pages of residents: who comes, inviting, the pass, answers; driven as a browser without scripts."""

import html
import re

import pytest
import requests

from community import PASSWORD, SQL
from homes import UNLIMITED, home, invite, link, lola, lola_signed_in  # noqa: F401 (fixtures)
from pages import Forms, Person
from photos import picture
from test_login import django_hash


def test_two_fields_make_a_visit_and_its_pass(home, lola):
    path, visit = invite(lola)
    assert home.stack.psql(f"select first_name, last_name, status, visitor_type, expected_date, unit_id from garita.visitors where id = {visit}") == [
        f"Ana|Ruiz|APPROVED|GUEST|{home.day(0)}|{home.unit}"]
    assert home.pass_of(visit) == [f"{home.day(0)} 00:00:00", f"{home.day(0)} 23:59:59.999999", "1", "0", "t", "QR", ""]
    text = lola.get(path).text
    assert "The pass is ready" in text and "<svg" in text and "https://wa.me/?text=" in text and 'referrerpolicy="no-referrer"' in text
    token = link(lola, path)
    assert f'/p/{token[-26:]}/calendar.ics"' in text
    assert "Ana Ruiz" in lola.get("/home/").text and "Ana Ruiz" in lola.get("/home/visits/").text
    assert home.scan(token)["valid"] is True
    assert "Inside now" in lola.get("/home/").text
    text = lola.get(path).text
    assert "1 of 1" in text and "Norte" in text and "Entry" in text
    assert home.scan(token, "EXIT")["valid"] is True
    refused = home.scan(token)
    assert refused["valid"] is False and refused["reasons"][0] == "no_uses_left"
    assert "opens no more" in lola.get(path).text


def test_what_is_folded_says_the_rest(home, lola):
    path, visit = invite(
        lola, name=" María  de la Luz Pérez ", other_day=home.day(3), last_day=home.day(5), entries="3", expected_time="18:30",
        visitor_type="SERVICE", phone="5512345678", vehicle_plate="abc-123", companions="2", code_type="NUMERIC", purpose="Pintura")
    assert home.stack.psql(f"""select first_name, last_name, expected_date, expected_time, visitor_type, vehicle_plate, companions, purpose
        from garita.visitors where id = {visit}""") == [f"María|de la Luz Pérez|{home.day(3)}|18:30:00|SERVICE|abc-123|2|Pintura"]
    assert home.pass_of(visit)[:3] == [f"{home.day(3)} 00:00:00", f"{home.day(5)} 23:59:59.999999", "3"]
    text = lola.get(path).text
    code = re.search(r'class="pass-code">(\d{6,10})<', text)[1]
    assert home.scan(code)["reasons"] == ["not_yet_valid"]
    assert "Coming next" in lola.get("/home/").text
    _, forever = invite(lola, entries=str(UNLIMITED), last_day=home.day(10))
    assert home.pass_of(forever)[2] == str(UNLIMITED) and "0, no limit" in lola.get(f"/home/visits/{forever}/").text
    changing, otp = invite(lola, code_type="OTP")
    text = lola.get(changing).text
    assert home.pass_of(otp)[5] == "OTP" and "changes every half minute" in text and 'class="qr"' not in text and "/p/" in text


@pytest.mark.parametrize("fields, said", [
    ({"name": "Ana"}, "first and last name"), ({"name": "  "}, "may not be blank"), ({"other_day": "2020-01-01"}, "other_day-error"),
    ({"last_day": "2020-01-01"}, "before the first one"), ({"last_day": "2999-01-01"}, "one year"), ({"phone": "12"}, "phone-error"),
    ({"companions": "100"}, "companions-error"), ({"expected_time": "25:00"}, "expected_time-error"), ({"entries": "0"}, "entries-error"),
    ({"code_type": "ALPHANUMERIC"}, "not a valid choice")])
def test_what_is_wrong_is_told_and_nothing_is_lost(home, lola, fields, said):
    before = home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}")
    answer = lola.send("/home/invite/", {"name": "Ana <Ruiz>", "purpose": "Cena & baile"} | fields)
    text = html.unescape(answer.text)
    assert answer.status_code == 400 and said in text and "Cena & baile" in text and "<Ruiz>" not in answer.text
    assert home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}") == before


def test_a_visit_and_its_pass_are_made_together_or_not_at_all(home, lola):
    """The share of the home is at its end: the pass is refused, so there is no visit either."""
    visit = home.visit("APPROVED", first_name="Muchos")
    home.stack.psql(f"""insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until, max_uses, generated_by)
        select {home.site}, {visit}, decode(lpad(to_hex(n), 32, '0'), 'hex'), 1, '', 'NUMERIC', now(), now() + interval '1 day', 1,
        (select id from garita.users where username = '{home.code}-resident') from generate_series(1, 30) n""")
    answer = lola.send("/home/invite/", {"name": "Sobra Uno", "code_type": "NUMERIC"})
    assert answer.status_code == 409 and "as many short codes as allowed" in answer.text and 'value="Sobra Uno"' in answer.text
    assert home.stack.psql("select count(*) from garita.visitors where first_name = 'Sobra'") == ["0"]
    home.stack.psql(f"delete from garita.temporary_codes where visitor_id = {visit}")


def test_who_waits_is_answered_in_one_tap_and_late_answers_hear_what_was_decided(home, lola):
    visit, other = (home.visit("PENDING", first_name=name, notes="Trae un paquete", purpose="Entrega") for name in ("Toño", "Rita"))
    text = lola.get("/home/").text
    assert "Waiting for your answer" in text and "Entrega" in text
    done = lola.send(f"/home/visits/{visit}/approve/", {}, page="/home/")
    assert (done.status_code, done.headers["Location"]) == (303, "/home/")
    assert home.stack.psql(f"select status, sponsor_id from garita.visitors where id = {visit}") == [f"APPROVED|{home.lola}"]
    lola.get(f"/home/visits/{other}/")
    forms = {form["action"]: form["fields"] for form in Forms(lola.page.text).forms}
    assert "Trae un paquete" in lola.page.text and f"/home/visits/{other}/renew/" not in lola.page.text
    assert lola.post(f"/home/visits/{other}/deny/", forms[f"/home/visits/{other}/deny/"]).status_code == 303
    late = lola.post(f"/home/visits/{other}/approve/", forms[f"/home/visits/{other}/approve/"])
    assert (late.status_code, late.headers["Location"]) == (303, f"/home/visits/{other}/")
    assert "Refused by Lola Sol, on" in lola.get(late.headers["Location"]).text
    assert home.stack.psql(f"select status from garita.visitors where id = {other}") == ["DENIED"]
    old = home.visit("PENDING", days=-3, first_name="Ayer")
    assert lola.send(f"/home/visits/{old}/approve/", {}, page=f"/home/visits/{old}/").status_code == 303
    assert home.stack.psql(f"select status from garita.visitors where id = {old}") == ["APPROVED"]


def test_the_photo_of_who_waits_is_seen_at_home(home, lola):
    home.call("/api/users/me/", "GUARD")
    made = requests.post(
        f"{home.stack.url}/api/visitors/", timeout=10, headers={"Authorization": f"Bearer {home.tokens['GUARD']}"},
        data={"first_name": "Con", "last_name": "Foto", "unit": home.unit, "expected_date": home.day(0), "notes": "Dice que es su primo"},
        files={"photo": ("cara.jpg", picture())})
    assert made.status_code == 201, made.text
    address = f"/home/visits/{made.json()['id']}/photo/"
    assert f'src="{address}"' in lola.get("/home/").text and "Dice que es su primo" in lola.page.text
    assert lola.get(address).headers["Content-Type"] == "image/jpeg"
    assert home.at("vecina").get(address).status_code == 404


def test_nobody_else_sees_a_home(home, lola):
    _, visit = invite(lola, name="Secreta Visita")
    neighbour = home.at("vecina")
    assert ">Secreta Visita<" not in neighbour.get("/home/").text + neighbour.get("/home/visits/?q=Secreta").text
    for path in ("", "photo/"):
        assert neighbour.get(f"/home/visits/{visit}/{path}").status_code == 404
    token = {"form_token": neighbour.get("/home/invite/") and neighbour.token()}
    assert neighbour.post(f"/home/visits/{visit}/approve/", token).status_code == 404
    for role in ("ADMIN", "GUARD"):
        person = home.person(role)
        assert {person.get(path).status_code for path in ("/home/", "/home/invite/", f"/home/visits/{visit}/", "/home/log/")} == {403}
    assert "/account/sign-in/" in Person(home.stack).get("/home/").headers["Location"]


def test_who_has_no_home_is_told_so(home):
    home.add("users", username=f"{home.code}-nadie", password_hash=django_hash(PASSWORD), role="RESIDENT")
    gone = home.resident("ido", home.unit, "Ido", "FAMILY", move_out_date=SQL("current_date - 2"))
    for name in ("nadie", "ido"):
        person = home.at(name)
        for path in ("/home/", "/home/invite/", "/home/visits/", "/home/log/"):
            answer = person.get(path)
            assert answer.status_code == 200 and "not linked to a home" in answer.text, path
    assert gone


def test_who_is_not_authorised_invites_for_somebody_to_approve(home, lola):
    beto = home.at("beto")
    assert "not authorized to receive visitors" in beto.get("/home/").text
    path, visit = invite(beto, name="Amigo Nuevo")
    assert home.stack.psql(f"select status from garita.visitors where id = {visit}") == ["PENDING"]
    token = link(beto, path)
    assert "approval_pending" in home.scan(token)["reasons"]
    assert lola.send(f"/home/visits/{visit}/approve/", {}, page="/home/").status_code == 303
    # The pass rests on who issued it as well.
    assert home.scan(token)["reasons"] == ["person_not_authorized"]


def test_the_log_of_the_home_in_plain_words(home, lola):
    path, visit = invite(lola, name="Bitácora Uno")
    token = link(lola, path)
    home.scan(token)
    home.scan(token)
    text = lola.get("/home/log/").text
    assert "Bitácora Uno" in text and "no entries left" in text and "Norte" in text
    home.stack.psql(f"""insert into garita.access_logs (timestamp, site_id, unit_id, access_type, access_method, status, access_point_id, access_point_name, person_name)
        select now() - n * interval '1 minute', {home.site}, {home.unit}, 'ENTRY', 'QR_CODE', 'SUCCESS', {home.north}, 'Norte', 'Fila ' || n from generate_series(1, 60) n""")
    first = lola.get("/home/log/").text
    older = re.search(r'href="(/home/log/\?before=\d+)"', first)[1]
    second = lola.get(older).text
    assert "Fila 1<" in first and "Fila 60<" in second and "Fila 1<" not in second
    assert lola.get("/home/log/?before=x").status_code == 200


def test_what_is_sent_twice_is_one(home, lola):
    lola.get("/home/invite/")
    sent = lola.form("/home/invite/") | {"name": "Doble Toque"}
    first, again = (lola.post("/home/invite/", sent) for _ in range(2))
    assert first.status_code == again.status_code == 303 and first.headers["Location"] == again.headers["Location"]
    count = "select count(*) from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id where v.last_name = 'Toque'"
    assert home.stack.psql(count) == ["1"]
    # What the back button brings, sent with another name, is another one.
    assert lola.post("/home/invite/", sent | {"name": "Otro Toque"}).headers["Location"] != first.headers["Location"]
    assert home.stack.psql(count) == ["2"]
    for path, fields, rows in (("/home/vehicles/", {"plate": "DOS VECES 2"}, "garita.vehicles where plate = 'DOS VECES 2'"),
                               ("/home/household/", {"first_name": "Gemela", "last_name": "Sol", "phone": "5511223344"}, "garita.residents where first_name = 'Gemela'")):
        lola.get(path)
        sent = lola.form(path) | fields
        assert [lola.post(path, sent).status_code for _ in range(2)] == [303, 303]
        assert home.stack.psql(f"select count(*) from {rows}") == ["1"], path


def test_who_called_a_visit_off_is_told_in_words(home, lola):
    path, visit = invite(lola, name="Nunca Viene")
    guest = Person(home.stack, **{"Accept-Language": "es"})
    form = link(lola, path).removeprefix(home.stack.url) + "/cancel/"
    assert guest.send(form, {}).status_code == 303
    text = lola.get(path).text
    assert "Nunca Viene said not to come, on" in text and ">Canceled<" in text
    text = lola.get("/home/").text
    assert "Nunca Viene" in text and "Said not to come" in text, "it stays on the list of today"
    spanish = home.at(**{"Accept-Language": "es"})
    assert "Nunca Viene avisó que no vendrá, el" in spanish.get(path).text and ">Cancelada<" in spanish.page.text
    path, visit = invite(lola, name="Plan Cambiado")
    assert lola.send(f"{path}cancel/", {}).status_code == 303
    assert "Canceled by Lola Sol, on" in lola.get(path).text and ">Canceled<" in lola.page.text
    assert "Plan Cambiado" not in lola.get("/home/").text


def test_an_hour_until_which_limits_the_pass(home, lola):
    path, visit = invite(lola, name="Cena Corta", other_day=home.day(2), expected_time="18:30", until_time="22:00")
    assert home.pass_of(visit)[:2] == [f"{home.day(2)} 18:30:00", f"{home.day(2)} 22:00:00"]
    text = lola.get(path).text
    assert ", 18:30 – 22:00" in text
    # Issued once more as it stands, it opens no longer than before.
    assert lola.send(f"{path}renew/", {}).status_code == 303
    assert home.pass_of(visit)[:2] == [f"{home.day(2)} 18:30:00", f"{home.day(2)} 22:00:00"]
    guest = Person(home.stack, **{"Accept-Language": "es"})
    page = link(lola, path).removeprefix(home.stack.url) + "/"
    assert "18:30</time> – 22:00" in guest.get(page).text and "Se le espera" not in guest.page.text
    night, visit = invite(lola, name="Cena Larga", other_day=home.day(2), last_day=home.day(3), expected_time="20:00", until_time="02:00")
    assert home.pass_of(visit)[:2] == [f"{home.day(2)} 20:00:00", f"{home.day(3)} 02:00:00"]
    slip = lola.send("/home/invite/", {"name": "Al Revés", "other_day": home.day(2), "expected_time": "20:00", "until_time": "02:00"})
    assert slip.status_code == 400 and "For an hour after midnight" in slip.text
    # Without it the pass is good all day, and the calendar knows the hour.
    path, visit = invite(lola, name="Sin Fin", other_day=home.day(2), expected_time="18:30")
    assert home.pass_of(visit)[:2] == [f"{home.day(2)} 00:00:00", f"{home.day(2)} 23:59:59.999999"]
    page = link(lola, path).removeprefix(home.stack.url) + "/"
    assert "Se le espera" in guest.get(page).text and ", 18:30</time>" in guest.page.text
    begins, ends = home.stack.psql(f"""select to_char(at at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"'), to_char((at + interval '1 hour') at time zone 'UTC',
        'YYYYMMDD"T"HH24MISS"Z"') from (select '{home.day(2)} 18:30'::timestamp at time zone 'America/Mexico_City') e (at)""")[0].split("|")
    assert f"DTSTART:{begins}\r\nDTEND:{ends}" in guest.get(f"{page}calendar.ics").text


def test_a_script_asks_who_waits(home, lola):
    def shown(person):
        return re.search(r'data-waiting="([^"]*)"', person.get("/home/").text)[1]

    assert lola.get("/home/waiting/").text == shown(lola)
    visit = home.visit("PENDING", first_name="Recién", last_name="Llega")
    assert str(visit) in lola.get("/home/waiting/").text.split() and lola.page.text == shown(lola)
    assert str(visit) not in home.at("vecina").get("/home/waiting/").text.split()
    assert home.person("GUARD").get("/home/waiting/").status_code == 403
