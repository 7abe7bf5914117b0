"""A whole evening at two gates: sixty arrivals by three guards at their pages, then the log row by row."""

import statistics
from typing import NamedTuple

import pytest

from community import SQL
from evening import Evening, Guard, guards
from reader import Reader


class Arrival(NamedTuple):
    who: str
    guard: str
    deed: object
    # What the screen says; None where a guard gets no verdict.
    colour: str
    # What the log must hold: direction, method, status, then reasons of a refusal, or warnings.
    rows: tuple


def seen(who, guard, deed, colour, *rows):
    return Arrival(who, guard, deed, colour, rows)


NOBODY = "ABCDEFGHJKMNPQRSTUVWXYZ234"
SCAN, TYPE, ADMIT, OUT, LET_OUT = Guard.scan, Guard.type_code, Guard.admit, Guard.scan_out, Guard.let_out
IN, USED = "ENTRY QR_CODE SUCCESS", "EXIT QR_CODE SUCCESS no_uses_left"
BY_NAME, LEFT = "ENTRY MANUAL SUCCESS", "EXIT MANUAL SUCCESS no_uses_left"

EARLY = [
    seen("Ana", "gil", SCAN, "green", IN),
    seen("Beto", "nora", SCAN, "green", IN),
    seen("Carla", "gil", TYPE, "green", "ENTRY NUMERIC_CODE SUCCESS"),
    seen("Ana", "gil", SCAN, "red", "ENTRY QR_CODE DENIED no_uses_left"),
    seen("Rosa", "nora", SCAN, "green", "ENTRY RFID SUCCESS"),
    seen("Delia", "gil", SCAN, "red", "ENTRY QR_CODE DENIED expired"),
    seen(NOBODY, "gil", SCAN, "red", "ENTRY OTHER DENIED unknown_code"),
    seen("482913", "nora", TYPE, "red", "ENTRY OTHER DENIED unknown_code"),
    seen("Efraín", "gil", SCAN, "amber", "ENTRY QR_CODE DENIED wrong_gate"),
    seen("Efraín", "nora", SCAN, "green", IN),
    seen("Fabio Greta", "gil", Guard.scan_two, "green", IN, IN),
    seen("Hugo", "gil", SCAN, "amber", "ENTRY QR_CODE DENIED approval_pending"),
    seen("Irma", "nora", SCAN, "amber", "ENTRY QR_CODE DENIED approval_pending"),
    seen("Joel", "gil", Guard.ask, None),
    seen("Karla", "nora", Guard.ask, None),
]
# The resident has answered.
ANSWERED = [
    seen("Hugo", "gil", SCAN, "green", IN),
    seen("Irma", "nora", SCAN, "red", "ENTRY QR_CODE DENIED visit_denied"),
    seen("Joel", "gil", Guard.tap, "green", BY_NAME),
    seen("Lucía", "gil", ADMIT, "green", BY_NAME),
    seen("Mateo", "nora", ADMIT, "green", BY_NAME),
    seen("Mateo", "nora", SCAN, "red", "ENTRY QR_CODE DENIED no_uses_left"),
    seen("Nadia", "gil", Guard.walk_in, "green", BY_NAME),
    seen("Olga", "nora", Guard.walk_in, "green", BY_NAME),
    seen("Paquetes", "gil", Guard.deliver, "green", BY_NAME),
    seen("Quique", "gil", SCAN, "green", IN),
    seen("Ramiro", "nora", Guard.by_hand, "green", BY_NAME),
    seen("Unknown", "gil", Guard.emergency, None, "ENTRY MANUAL SUCCESS emergency"),
    seen("Zoraida", "gil", SCAN, "red", "ENTRY QR_CODE DENIED blocklisted"),
    seen("Zoraida", "nora", Guard.by_hand_all_the_same, "amber", "ENTRY MANUAL DENIED blocklisted", "ENTRY MANUAL SUCCESS blocklisted"),
    seen("Sara", "gil", SCAN, "green", IN),
    seen("Sara", "gil", OUT, "green", "EXIT QR_CODE SUCCESS"),
    seen("Tomás", "nora", SCAN, "amber", "ENTRY QR_CODE DENIED outside_schedule"),
    seen("Ulises", "nora", Guard.admit_twice, "green", BY_NAME),
    seen("Violeta", "gil", SCAN, "green", IN),
    seen("Violeta", "gil", Guard.did_not_pass, None),
    seen("Ana", "gil", OUT, "green", USED),
    seen("Beto", "nora", LET_OUT, "green", LEFT),
    seen("Rosa", "gil", OUT, "green", "EXIT RFID SUCCESS"),
]
# Iris has relieved Gil.
LATE = [
    seen("Sara", "iris", SCAN, "green", IN),
    seen("Walter", "iris", SCAN, "amber", "ENTRY QR_CODE DENIED not_yet_valid"),
    seen("Ximena", "nora", SCAN, "red", "ENTRY QR_CODE DENIED revoked"),
    seen("Yolanda", "iris", SCAN, "green", IN),
    seen("Yolanda", "iris", OUT, "green", "EXIT QR_CODE SUCCESS"),
    seen("Yolanda", "nora", SCAN, "green", IN),
    seen("Rosa", "iris", Guard.without_card, "green", BY_NAME),
    seen("Abel", "iris", TYPE, "green", "ENTRY ALPHANUMERIC_CODE SUCCESS"),
    seen("Bruno", "iris", ADMIT, "green", BY_NAME),
    seen("Cecilia", "nora", ADMIT, "green", BY_NAME),
    seen("Dario", "iris", SCAN, "green", IN),
    seen("Carla", "iris", LET_OUT, "green", LEFT),
    seen("Efraín", "nora", OUT, "green", USED),
    seen("Paquetes", "iris", LET_OUT, "green", LEFT),
    seen("Quique", "iris", OUT, "green", USED),
    seen("Olga", "nora", LET_OUT, "green", LEFT),
    seen("Emma", "iris", Guard.walk_in, "green", BY_NAME),
    seen("Félix", "nora", Guard.deliver, "green", BY_NAME),
    seen("Félix", "nora", LET_OUT, "green", LEFT),
    seen("Walter", "iris", SCAN, "amber", "ENTRY QR_CODE DENIED not_yet_valid"),
    seen("Gema", "iris", SCAN, "green", IN),
    seen("Gema", "nora", SCAN, "red", "ENTRY QR_CODE DENIED no_uses_left"),
]
ALL = EARLY + ANSWERED + LATE
COMPANIONS = {"Quique": 5, "Gema": 3, "Violeta": 2}
GATES = {"gil": "Norte", "nora": "Sur", "iris": "Norte"}


def prepare(evening):
    """Who is expected this evening, before it begins."""
    for name in ("Ana", "Delia", "Efraín", "Fabio", "Greta", "Hugo", "Irma", "Mateo", "Quique", "Violeta", "Walter", "Ximena", "Dario", "Gema"):
        evening.expect(name, companions=SQL(COMPANIONS.get(name, 0)))
    evening.expect("Carla", "NUMERIC")
    evening.expect("Abel", "ALPHANUMERIC")
    evening.expect("Yolanda", uses=3)
    evening.expect("Lucía", None)
    evening.expect("Ulises", None)
    evening.visit("APPROVED", first_name="Zoraida", last_name="Paz")
    evening.add("blocklist", kind="name", value="Zoraida Paz", reason="pleito")
    evening.codes |= {"Rosa": "TAG-7788990011"}
    evening.write("/api/access/codes/", resident=int(evening.rosa), code="TAG-7788990011", code_type="RFID")
    evening.codes["Zoraida"] = evening.write(
        "/api/visitors/generate_code/", visitor_id=int(evening.number("Zoraida")), code_type="QR", valid_hours=4)["code"]
    evening.change("Delia", "temporary_codes", "valid_from = now() - interval '3 hours', valid_until = now() - interval '2 hours'")
    evening.change("Walter", "temporary_codes", "valid_from = now() + interval '1 hour'")
    evening.change("Ximena", "temporary_codes", "revoked_at = now(), is_active = false")
    for name in ("Hugo", "Irma"):
        evening.change(name, "visitors", "status = 'PENDING'")
    evening.stack.psql(f"""insert into garita.temporary_code_points (temporary_code_id, access_point_id, site_id)
        select id, {evening.south}, site_id from garita.temporary_codes where visitor_id = {evening.number("Efraín")}""")
    last = evening.stack.psql("select current_date + 90")[0]
    evening.invite("Beto")
    evening.invite("Sara", starts_at="08:00", ends_at="18:00", last_day=last)
    evening.invite("Tomás", starts_at="20:00", ends_at="22:00", last_day=last)
    evening.invite_party("Bruno", "Cecilia")


@pytest.fixture(scope="module")
def evening(stack, chromium):
    """After it, with its guards."""
    one = Evening(stack)
    one.resident = Reader(stack, chromium, None, username=f"{one.code}-resident").sign_in()
    prepare(one)
    one.guards = guards(one, chromium)
    one.guards["gil"].begin("Norte")
    one.guards["nora"].begin("Sur")
    receive(one, EARLY)
    one.answer("approve", "Hugo")
    one.answer("deny", "Irma")
    one.answer("approve", "Joel")
    one.answer("deny", "Karla")
    receive(one, ANSWERED)
    one.guards["iris"].begin("Norte", relieves="Gil Paz")
    receive(one, LATE)
    yield one
    for reader in [one.resident, *one.guards.values()]:
        reader.close()


def receive(evening, arrivals):
    for arrival in arrivals:
        colour = arrival.deed(evening.guards[arrival.guard], arrival.who)
        assert colour == arrival.colour, f"{arrival} {evening.guards[arrival.guard].page.locator('main').inner_text()}"


def person(name):
    """How the log calls somebody."""
    return "Unknown" if name in ("Unknown", NOBODY, "482913") else f"{name} {'Mar' if name == 'Rosa' else 'Paz'}"


def expected():
    """The rows of the log: gate, guard, person, what happened."""
    for arrival in ALL:
        names = arrival.who.split() if arrival.deed is Guard.scan_two else [arrival.who] * len(arrival.rows)
        for name, row in zip(names, arrival.rows, strict=True):
            yield GATES[arrival.guard], arrival.guard, person(name), row


def inside():
    """Visitors who are inside at the end, by what the log must hold; whoever has no visit is in no list."""
    places = {name: row.split()[0] for _, _, name, row in expected() if "SUCCESS" in row}
    without = {person(name) for name in ("Rosa", "Ramiro", "Unknown", "Zoraida", "Violeta")}
    return {name for name, direction in places.items() if direction == "ENTRY"} - without


def test_the_log_holds_each_arrival_and_nothing_else(evening):
    rows = evening.stack.psql(f"""select l.access_point_name, replace(u.username, '{evening.code}-', ''), l.person_name,
            concat_ws(' ', l.access_type, l.access_method, l.status,
                nullif(array_to_string(case l.status when 'SUCCESS' then l.warnings else l.reasons end, ' '), ''))
        from garita.access_logs l join garita.users u on u.id = l.authorized_by where l.site_id = {evening.site}
        order by l.timestamp, l.id""")
    assert len(ALL) == 60
    for gate in ("Norte", "Sur"):
        assert [row for row in rows if row.startswith(gate)] == ["|".join(row) for row in expected() if row[0] == gate]


def test_each_entry_has_spent_one_use(evening):
    used = evening.stack.psql(f"""select v.first_name || ' ' || v.last_name, sum(t.times_used)
        from garita.credentials t join garita.visitors v on v.id = t.visitor_id
        where t.site_id = {evening.site} and t.times_used > 0 group by 1 order by 1""")
    entries = [name for _, _, name, row in expected() if row.startswith("ENTRY") and "SUCCESS" in row]
    without = {person(name) for name in ("Rosa", "Ramiro", "Unknown", "Zoraida")}
    assert sorted(used) == sorted(f"{name}|{entries.count(name)}" for name in set(entries) - without)


def test_each_visit_is_where_the_log_left_it(evening):
    rows = evening.stack.psql(f"select first_name || ' ' || last_name, status from garita.visitors where site_id = {evening.site}")
    at = dict(row.split("|") for row in rows)
    passed = {name for _, _, name, row in expected() if "SUCCESS" in row} & at.keys() - {"Violeta Paz", "Zoraida Paz"}
    assert {name: at[name] for name in passed} == {name: "CHECKED_IN" if name in inside() else "CHECKED_OUT" for name in passed}
    assert {name: status for name, status in at.items() if name not in passed} == {
        "Irma Paz": "DENIED", "Karla Paz": "DENIED",
        **{person(name): "APPROVED" for name in ("Delia", "Tomás", "Violeta", "Walter", "Ximena", "Zoraida")}}


def test_corrections_stand_beside_the_log(evening):
    assert evening.stack.psql(f"""select c.kind, l.person_name, c.reason from garita.log_corrections c
        join garita.access_logs l on l.id = c.log_id where c.site_id = {evening.site} order by c.id""") == [
        "other|Unknown|Unknown", "did_not_pass|Violeta Paz|Se regresó desde la pluma"]


def test_who_is_inside_and_what_is_handed_over(evening):
    people = len(inside()) + sum(count for name, count in COMPANIONS.items() if person(name) in inside())
    nora, iris = evening.guards["nora"], evening.guards["iris"]
    for guard in (nora, iris):
        guard.go("/gate/inside/")
        assert f"{people} personas en {len(inside())} visitas" in guard.page.locator("main").inner_text()
    ended = {"nora": nora.end("Sin novedad"), "iris": iris.end("Falta la llave")}
    gil = evening.guards["gil"]
    gil.go("/gate/")
    assert gil.page.url.endswith("/gate/shift/"), "his shift is over, he is still signed in"
    first = evening.stack.psql(f"select min(id) from garita.shifts where site_id = {evening.site}")[0]
    gil.go(f"/gate/shifts/{first}/")
    ended["gil"] = gil.summary()
    assert ended["gil"]["Relevó"] == "Iris Paz"
    for name, said in ended.items():
        rows = [row for _, guard, _, row in expected() if guard == name]
        passed = [row for row in rows if "SUCCESS" in row]
        assert said | {
            "Acceso": GATES[name], "Guardia": f"{name.capitalize()} Paz",
            "Entradas": str(sum(row.startswith("ENTRY") for row in passed)),
            "Salidas": str(sum(row.startswith("EXIT") for row in passed)), "Rechazos": str(len(rows) - len(passed)),
            "A mano": str(sum(" MANUAL " in row for row in passed)),
            "Emergencias": str(sum("emergency" in row for row in passed)), "En espera de respuesta": "0"} == said
        if name != "gil":
            assert said["Dentro"] == f"{people} personas en {len(inside())} visitas"


def test_from_key_press_to_colour(evening, capsys):
    times = [time for guard in evening.guards.values() for time in guard.times]
    with capsys.disabled():
        print(f"\n{len(times)} scans, key press to colour: p50 {statistics.median(times):.0f} ms, "
              f"p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms")
    # The aim is 150 ms at the 95th percentile; here other programs run beside it.
    assert len(times) > 15 and statistics.median(times) <= 150


def test_the_browsers_complained_about_nothing(evening):
    for guard in evening.guards.values():
        assert [text for text in guard.complaints if "status of 4" not in text] == []
