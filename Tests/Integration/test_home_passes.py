"""Passes of residents: of every week, of a party, changed, canceled, with a card; and what the gate says to them."""

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from homes import UNLIMITED, home, invite, link, lola, lola_signed_in  # noqa: F401 (fixtures)

ALL_DAYS = [str(1 << n) for n in range(7)]


def weekly(home, lola, **fields):
    """A visit of every day until the end of a month, all day unless told."""
    return invite(lola, "/home/invite/recurring/", **{
        "name": "Petra Luna", "weekdays": ALL_DAYS, "starts_at": "00:00", "ends_at": "00:00", "last_day": home.day(60)} | fields)


def hours(home, visit):
    return home.stack.psql(f"""select weekdays, starts_at, ends_at, last_day, on_holidays from garita.schedules
        where visitor_id = {visit}""")


def test_somebody_of_every_week_gets_one_pass_for_months(home, lola):
    path, visit = weekly(home, lola, weekdays=["1", "2", "4", "8", "16"], starts_at="08:00", ends_at="14:00", on_holidays="false")
    assert hours(home, visit) == [f"31|08:00:00|14:00:00|{home.day(60)}|f"]
    first, last, entries, used, active, kind, schedule = home.pass_of(visit)
    assert (first, last, entries, kind) == (f"{home.day(0)} 00:00:00", f"{home.day(60)} 23:59:59.999999", str(UNLIMITED), "QR") and schedule
    text = lola.get(path).text
    assert "Monday to Friday, 08:00–14:00" in text and "0, no limit" in text
    assert "Petra Luna" in lola.get("/home/visits/").text and "Frequent visits" in lola.page.text
    _, always = weekly(home, lola, name="Siempre Abierta")
    assert "Every day, all day" in lola.get(f"/home/visits/{always}/").text
    assert "visit " not in home.call("/api/access/schedules/").text, "it is in no list of schedules"


def test_the_gate_keeps_the_hours_to_the_minute(home, lola):
    """Whatever the time is: the hours are moved around it, and the moments before and after their ends are asked for."""
    path, visit = weekly(home, lola)
    token = link(lola, path)
    schedule = home.pass_of(visit)[6]
    for starts, ends, holds in (("0", "1 minute", True), ("1 minute", "2 minutes", False), ("-1 minute", "0", False)):
        # Minutes of now, so that the one asked for begins or ends with it.
        home.stack.psql(f"""update garita.schedules set
            starts_at = (date_trunc('minute', now() at time zone 'America/Mexico_City') + interval '{starts}')::time,
            ends_at = (date_trunc('minute', now() at time zone 'America/Mexico_City') + interval '{ends}')::time where id = {schedule}""")
        before = home.stack.psql("select date_trunc('minute', now())")
        answer = home.scan(token)
        if home.stack.psql("select date_trunc('minute', now())") == before:
            assert answer["valid"] is holds, (starts, ends, answer)
            assert holds or answer["reasons"] == ["outside_schedule"]
        home.scan(token, "EXIT")


@pytest.fixture(scope="module")
def weekdays_visit(home, lola_signed_in):
    _, visit = weekly(
        home, lola_signed_in, name="Lunes Viernes", weekdays=["1", "2", "4", "8", "16"], starts_at="08:00", ends_at="14:00")
    home.stack.psql(f"update garita.schedules set last_day = '2026-12-18' where visitor_id = {visit}")
    return visit


@pytest.mark.parametrize("moment, holds", [
    ("2026-12-07 07:59:59.999", False), ("2026-12-07 08:00", True), ("2026-12-07 13:59:59.999", True), ("2026-12-07 14:00", False),
    ("2026-12-05 10:00", False), ("2026-12-06 10:00", False), ("2026-12-11 10:00", True), ("2026-12-18 13:59", True), ("2026-12-21 10:00", False)])
def test_monday_to_friday_eight_to_two_until_a_day(home, weekdays_visit, moment, holds):
    """At every boundary: what the page wrote, judged by what the gate asks (2026-12-07 is a Monday)."""
    assert home.stack.psql(f"""select garita.schedule_holds(s.id, '{moment}'::timestamp at time zone 'America/Mexico_City',
        'America/Mexico_City', '0', '0') from garita.schedules s where s.visitor_id = {weekdays_visit}""") == ["t" if holds else "f"]


@pytest.mark.parametrize("fields, said", [
    ({"weekdays": ""}, "at least one day"), ({"starts_at": ""}, "starts_at-error"), ({"last_day": ""}, "last_day-error"),
    ({"starts_at": "08:00", "ends_at": "08:00"}, "same as the beginning"), ({"last_day": "2999-01-01"}, "one year"), ({"card": "12345"}, "six digits")])
def test_what_is_wrong_with_a_visit_of_every_week(home, lola, fields, said):
    sent = {"name": "Petra Luna", "weekdays": ["1", "64"], "starts_at": "00:00", "ends_at": "00:00", "last_day": home.day(9)} | fields
    before = home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}")
    answer = lola.send("/home/invite/recurring/", sent)
    assert answer.status_code == 400 and said in answer.text, said
    assert fields.get("weekdays") == "" or answer.text.count("checked") >= 2, "what was ticked stays ticked"
    assert home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}") == before


def test_a_card_opens_as_the_code_does_until_it_is_lost(home, lola):
    path, visit = weekly(home, lola, name="Tarjeta Uno", card="0012345678")
    assert home.scan("0012345678")["valid"] is True and "It has one" in lola.get(path).text
    home.scan("0012345678", "EXIT")
    taken = lola.send("/home/invite/recurring/", {
        "name": "Tarjeta Dos", "weekdays": ALL_DAYS, "starts_at": "00:00", "ends_at": "00:00", "last_day": home.day(9), "card": "0012345678"})
    assert taken.status_code == 400 and "already in use" in taken.text
    assert home.stack.psql("select count(*) from garita.visitors where first_name = 'Tarjeta'") == ["1"]
    card = f"{path}card/"
    assert lola.send(card, {"card": "0012345679"}).status_code == 303
    assert home.scan("0012345678")["valid"] is False and home.scan("0012345679")["valid"] is True
    home.scan("0012345679", "EXIT")
    assert lola.send(card, {"card": ""}).status_code == 400
    assert lola.send(card, {"do": "remove"}).headers["Location"] == path
    assert home.scan("0012345679")["valid"] is False
    # Nor does an administrator give out a card that a visit has.
    assert lola.send(card, {"card": "0012345680"}).status_code == 303
    other = home.write("/api/access/codes/", {"resident": int(home.lola), "code": "0012345680", "code_type": "RFID"})
    assert other.status_code == 400 and "code" in other.json()


def test_a_change_never_widens_another_limit(home, lola):
    path, visit = invite(lola, name="Antes Uno", other_day=home.day(1), last_day=home.day(2), entries="2", code_type="NUMERIC")
    before, token = home.pass_of(visit), link(lola, path)
    answer = lola.send(f"{path}change/", {"name": "Después Dos", "vehicle_plate": "XYZ-9", "companions": "3", "expected_time": "20:00"})
    assert answer.headers["Location"] == path
    assert home.stack.psql(f"""select first_name, last_name, vehicle_plate, companions, expected_time, expected_date, status
        from garita.visitors where id = {visit}""") == [f"Después|Dos|XYZ-9|3|20:00:00|{home.day(1)}|APPROVED"]
    assert home.pass_of(visit) == before and link(lola, path) == token
    assert lola.send(f"{path}change/", {"name": "Solo"}).status_code == 400
    # Sent as it stands, a new pass has the limits of the former one.
    assert lola.send(f"{path}renew/", {}).headers["Location"] == path
    assert home.pass_of(visit) == before
    assert home.stack.psql(f"select count(*) from garita.temporary_codes where visitor_id = {visit} and is_active") == ["1"]
    assert lola.send(f"{path}renew/", {"last_day": home.day(5)}).status_code == 303
    assert home.pass_of(visit)[:3] == [before[0], f"{home.day(5)} 23:59:59.999999", "2"]
    assert lola.send(f"{path}renew/", {"first_day": home.day(0)}).status_code == 303
    assert home.scan(token)["reasons"][0] == "revoked" and home.scan(link(lola, path))["valid"] is True
    assert home.stack.psql(f"select expected_date from garita.visitors where id = {visit}") == [home.day(0)]
    # One of two entries is left, and the new pass has no more.
    assert lola.send(f"{path}renew/", {"code_type": "QR"}).status_code == 303 and home.pass_of(visit)[2:6] == ["1", "0", "t", "QR"]


def test_new_hours_keep_the_card_and_end_the_former_code(home, lola):
    path, visit = weekly(home, lola, name="Horas Nuevas", card="0099887766")
    token = link(lola, path)
    answer = lola.send(f"{path}renew/", {"weekdays": ["1"], "starts_at": "09:00", "ends_at": "10:00"})
    assert answer.status_code == 303, html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    assert hours(home, visit) == [f"1|09:00:00|10:00:00|{home.day(60)}|t"] and home.pass_of(visit)[2] == str(UNLIMITED)
    assert "revoked" in home.scan(token)["reasons"] and "It has one" in lola.get(path).text
    lola.send(f"{path}renew/", {"weekdays": ALL_DAYS, "starts_at": "00:00", "ends_at": "00:00"})
    assert home.scan("0099887766")["valid"] is True
    refused = lola.send(f"{path}renew/", {"first_day": "2020-01-01"})
    assert refused.status_code == 400 and home.pass_of(visit)[4] == "t", "nothing has ended"


def test_a_canceled_visit_opens_nothing(home, lola):
    path, visit = invite(lola, name="Cancelada Visita")
    token = link(lola, path)
    assert "lets nobody in" in lola.get(f"{path}cancel/").text
    assert lola.send(f"{path}cancel/", {}).headers["Location"] == "/home/visits/"
    assert home.stack.psql(f"select status from garita.visitors where id = {visit}") == ["DENIED"]
    assert home.scan(token)["valid"] is False
    assert lola.send(f"{path}cancel/", {}).status_code == 409
    for task in ("change", "renew"):
        assert lola.send(f"{path}{task}/", {}).status_code == 409
    again = lola.get(f"/home/invite/?from={visit}")
    assert 'value="Cancelada Visita"' in again.text and f"/home/invite/?from={visit}" in lola.get(path).text
    # One who is inside gets no further entry, and can leave.
    inside, one = invite(lola, name="Adentro Ya", entries="5")
    token = link(lola, inside)
    assert home.scan(token)["valid"] is True
    assert lola.send(f"{inside}cancel/", {}).status_code == 303
    assert home.scan(token)["reasons"][0] == "revoked" and home.scan(token, "EXIT")["valid"] is True


def test_the_tasks_of_a_visit_are_those_of_its_home_alone(home, lola):
    _, visit = invite(lola, name="Ajena Visita")
    neighbour = home.at("vecina")
    for task in ("change", "renew", "cancel", "card", "party"):
        assert neighbour.get(f"/home/visits/{visit}/{task}/").status_code == 404, task
        if task != "party":
            assert neighbour.post(f"/home/visits/{visit}/{task}/", {"form_token": neighbour.get("/home/") and neighbour.token()}).status_code == 404
    assert home.pass_of(visit)[4] == "t"


def test_a_home_cannot_try_numbers_of_cards_for_long(home, lola):
    """That a number is in use tells that it opens something; refused numbers count as well."""
    path, visit = weekly(home, lola, name="Prueba Números")
    home.stack.psql(f"delete from garita.guess_counts where subject = 'c:{home.unit}'")
    assert home.write("/api/access/codes/", {"resident": int(home.neighbour), "code": "4455667788", "code_type": "RFID"}).status_code == 201
    said = [lola.send(f"{path}card/", {"card": "4455667788"}).status_code for _ in range(21)]
    assert said == [400] * 20 + [429]
    assert lola.send(f"{path}card/", {"card": "4455667789"}).status_code == 429 and not home.scan("4455667789")["valid"]
    wrong = lola.send("/home/invite/recurring/", {
        "name": "Otra Luna", "weekdays": ALL_DAYS, "starts_at": "00:00", "ends_at": "00:00", "last_day": home.day(60), "card": "4455667788"})
    assert wrong.status_code == 429, "with a new visit no more than with one that is there"
    home.stack.psql(f"update garita.guess_counts set since = since - interval '25 hours' where subject = 'c:{home.unit}'")
    assert lola.send(f"{path}card/", {"card": "4455667789"}).status_code == 303


def test_renewed_several_times_at_once_it_has_one_pass(home, lola):
    path, visit = invite(lola, name="Prisa Doble")
    form = lola.get(f"{path}renew/") and lola.form(f"{path}renew/")
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: lola.post(f"{path}renew/", form).status_code, range(3)))
    assert set(answers) <= {303, 409} and 303 in answers
    assert home.stack.psql(f"select count(*) from garita.temporary_codes where visitor_id = {visit} and is_active") == ["1"]


def test_who_may_not_let_anybody_in_gives_no_card(home, lola):
    path, visit = weekly(home, lola, name="Tarjeta Ajena")
    home.stack.psql(f"update garita.residents set is_authorized = false where id = {home.lola}")
    try:
        assert lola.send(f"{path}card/", {"card": "5566778899"}).status_code == 403
    finally:
        home.stack.psql(f"update garita.residents set is_authorized = true where id = {home.lola}")


def test_nights_are_asked_for_and_last_until_the_morning(home, lola):
    fields = {"name": "Velador Uno", "weekdays": ALL_DAYS, "starts_at": "20:00", "ends_at": "08:00", "last_day": home.day(5)}
    asked = lola.send("/home/invite/recurring/", fields)
    assert asked.status_code == 400 and "Until 08:00 of the next day" in asked.text and "ends_at-error" in asked.text
    path, visit = weekly(home, lola, **fields, next_day="true")
    assert home.pass_of(visit)[1] == f"{home.day(6)} 08:00:00" and hours(home, visit) == [f"127|20:00:00|08:00:00|{home.day(5)}|t"]
    assert lola.send(f"{path}renew/", {}).status_code == 303
    assert home.pass_of(visit)[1] == f"{home.day(6)} 08:00:00", "as it stands, not a day longer"
    tomorrow = str(1 << (home.today.weekday() + 1) % 7)
    never = lola.send("/home/invite/recurring/", fields | {"weekdays": tomorrow, "ends_at": "22:00", "last_day": home.day(0)})
    assert never.status_code == 400 and "None of these days" in never.text
    assert home.stack.psql("select count(*) from garita.visitors where first_name = 'Velador'") == ["1"]


def test_a_frequent_visit_inside_is_still_found_and_invited_again_as_it_was(home, lola):
    path, visit = weekly(home, lola, name="Adentro Siempre", weekdays=["1", "4"], starts_at="00:00", ends_at="00:00")
    home.stack.psql(f"update garita.schedules set weekdays = 127 where visitor_id = {visit}")
    assert home.scan(link(lola, path))["valid"] is True
    lists = lola.get("/home/visits/").text.split("<h2>")
    among = [part for part in lists if "Adentro Siempre" in part]
    assert [part.split("<")[0] for part in among] == ["Inside now", "Frequent visits"] and "Inside" in among[1].split("Adentro Siempre")[1][:200]
    home.stack.psql(f"update garita.schedules set weekdays = 5, starts_at = '09:00', ends_at = '11:00' where visitor_id = {visit}")
    home.stack.psql(f"update garita.visitors set status = 'CHECKED_OUT' where id = {visit}")
    home.stack.psql(f"update garita.temporary_codes set is_active = false, revoked_at = now() where visitor_id = {visit}")
    again = f"/home/invite/recurring/?from={visit}"
    assert again in lola.get(path).text
    text = lola.get(again).text
    assert 'value="09:00"' in text and 'value="11:00"' in text and text.count("checked") == 3 and 'value="Adentro Siempre"' in text


def test_the_number_of_a_card_is_read_however_it_is_grouped(home, lola):
    path, visit = weekly(home, lola, name="Tarjeta Grupos", card="71 66-77 88")
    for spelling in ("71667788", "71 66-77 88", "7166 7788"):
        assert home.scan(spelling)["valid"] is True, spelling
        home.scan(spelling, "EXIT")
    # Grouped in another way it is the same number.
    taken = lola.send("/home/invite/recurring/", {
        "name": "Tarjeta Igual", "weekdays": ALL_DAYS, "starts_at": "00:00", "ends_at": "00:00", "last_day": home.day(9), "card": "7166-7788"})
    assert taken.status_code == 400 and "already in use" in taken.text
