"""The start page of the administration: every figure is that of the rows it leads to, and of no other residence."""

import re
from html import unescape

import pytest

from community import SQL, Community
from csv_import import administrator
from round_trips import RoundTrips

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def here(stack):
    return Community(stack, "inicio")


@pytest.fixture(scope="module")
def neighbour(stack):
    """Has one of everything."""
    one = Community(stack, "ajeno")
    fill(one)
    one.stack.psql(f"update garita.access_points set is_active = false where id = {one.north}")
    one.log("1 minute", "DENIED", gate=one.south, rows=30)
    return one


def fill(one, ends="now() + interval '2 hours'"):
    for status in ("PENDING", "APPROVED", "APPROVED", "CHECKED_IN", "CHECKED_OUT", "DENIED"):
        one.visit(status)
    one.visit("CHECKED_IN", days=-1)
    one.visit("APPROVED", days=1)
    visitor = one.visit("APPROVED", days=-3)
    # Ends soon, ends later, has ended, switched off, used up.
    for number, (until, changes) in enumerate([
            (ends, {}), ("now() + interval '30 hours'", {}), ("now() - interval '1 minute'", {}), (ends, {"is_active": False}),
            (ends, {})]):
        used_up = one.add("temporary_codes", visitor_id=SQL(visitor), code_tag=SQL(f"decode('{int(one.site):014x}{number:02x}' || repeat('0', 16), 'hex')"),
                key_version=1, code_hint="ZZ", code_type="QR", valid_from=SQL("now() - interval '1 day'"), valid_until=SQL(until), **changes)
    one.stack.psql(f"update garita.credentials set times_used = 1 where code_kind = 'temporary' and code_id = {used_up}")
    resident = one.add("residents", unit_id=SQL(one.unit), first_name="Rosa", last_name="Mar", document_id="R-1", phone="5512345678")
    today = "(now() at time zone 'America/Mexico_City')::date"
    for number, day in enumerate([today, f"{today} + 7", f"{today} + 8", f"{today} - 1", "null"]):
        one.add("access_codes", resident_id=SQL(resident), code_tag=SQL(f"decode('{int(one.site):014x}{number:02x}' || repeat('1', 16), 'hex')"),
                key_version=1, code_hint="YY", expiry_date=SQL(day))
    one.log("23 hours 50 minutes", "DENIED")
    one.log("1 minute", "DENIED")
    one.log("25 hours", "DENIED")
    one.log("1 minute")


def figures(person):
    """What the page says -> where it leads."""
    text = person.get("/admin/").text
    found = re.findall(r'<a href="([^"]+)"><strong>([\d,]+)</strong> ([^<]+)</a>(?:<p><a href="([^"]+)">([^<]+)</a></p>)?', text)
    lines = {}
    for path, number, label, note_path, note in found:
        lines[label] = int(number), unescape(path)
        if note:
            lines[note.split(" ", 1)[1]] = int(note.split()[0]), unescape(note_path)
    return lines


def section(page, heading):
    return re.search(f"<h2>{heading}</h2>(.*?)</section>", page, re.S).group(1)


API = {"/admin/visitors/": "/api/visitors/", "/admin/passes/": "/api/codes/", "/admin/cards/": "/api/access/codes/",
       "/admin/log/": "/api/logs/"}


def test_each_figure_is_the_number_of_rows_it_leads_to(here, neighbour):
    empty = figures(here.person())
    assert {number for number, _ in empty.values()} == {0} and len(empty) == 5
    fill(here)
    found = figures(here.person())
    assert {label: number for label, (number, _) in found.items()} == {
        "expected today": 3, "awaiting approval": 1, "inside now": 2, "since an earlier day": 1, "refused in 24 hours": 2,
        "passes expiring in 24 hours": 1, "cards expiring in 7 days": 2}
    for label, (number, path) in found.items():
        table, query = path.split("?")
        assert here.call(f"{API[table]}?{query}").json()["count"] == number, label
        answer = here.person().get(path)
        assert answer.status_code == 200 and re.search(r"<span>(?:[\d,–]+ of )?([\d,]+)(?: records?| · |</span>)", answer.text).group(1) == str(number), label


STEPS = ["Buildings", "Units", "Residents", "Gates", "Guards", "Residents' accounts", "First pass"]


def steps(person):
    """The steps that are open -> where they lead."""
    text = person.get("/admin/").text
    if "First steps" not in text:
        return None
    part = unescape(text.split("First steps", 1)[1].split("</section>")[0])
    return dict(re.findall(r'<strong>([^<]+)</strong> <a href="([^"]+)">', part))


def empty_site(stack, code):
    """A residence of nothing but its administrator."""
    site = stack.psql(f"insert into garita.sites (name, code, language) values ('{code}', '{code}', 'en') returning id")[0]
    return site, administrator(stack, site=site)


def test_the_first_steps_know_what_is_done(stack):
    site, person = empty_site(stack, "vacio")
    assert list(steps(person)) == STEPS
    assert "There are no gates yet." in person.page.text and "All gates are working." not in person.page.text
    for path in steps(person).values():
        assert person.get(path).status_code == 200, path
    def insert(table, **values):
        values = {"site_id": site} | values
        return stack.psql(f"insert into garita.{table} ({', '.join(values)}) values ({', '.join(repr(v) for v in values.values())}) returning id")[0]
    building = insert("buildings", name="Torre", code="T")
    assert list(steps(person)) == STEPS[1:]
    unit = insert("units", building_id=building, number="1", floor=1)
    resident = insert("residents", unit_id=unit, first_name="Eva", last_name="Sol")
    insert("access_points", name="Norte", code="N", location="x")
    assert list(steps(person)) == STEPS[4:] and "All gates are working." in person.page.text
    insert("users", username="vacio_guard", role="GUARD")
    assert list(steps(person)) == STEPS[5:]
    account = insert("users", username="vacio_eva", role="RESIDENT")
    stack.psql(f"update garita.residents set user_id = {account} where id = {resident}")
    assert list(steps(person)) == STEPS[6:]
    visitor = insert("visitors", unit_id=unit, first_name="Ana", last_name="Luz", expected_date="2026-01-01")
    stack.psql(f"""insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type, valid_from, valid_until)
        values ({site}, {visitor}, decode(md5('vacio'), 'hex'), 1, 'ZZ', 'QR', now(), now() + interval '1 hour')""")
    assert steps(person) is None, "all are done"


def test_the_first_steps_can_be_put_away(stack):
    (site, person), (_, other) = empty_site(stack, "oculto"), empty_site(stack, "visible")
    assert steps(person)
    assert person.post("/admin/", person.form("/admin/")).status_code == 303
    assert steps(person) is None and steps(administrator(stack, site=site)) is None and steps(other)


def test_an_empty_list_says_the_next_step(stack):
    _, person = empty_site(stack, "listas")
    said = {}
    for slug in ("visitors", "passes", "residents", "units", "buildings", "gates", "devices", "cards", "blocklist", "schedules", "holidays", "log"):
        text = person.get(f"/admin/{slug}/").text
        part = re.search(r'<p class="empty">(.*?)</p>', text, re.S)[1]
        said[slug] = re.sub(r"<[^>]+>", "", part)
        for path in re.findall(r'href="([^"]+)"', part):
            assert person.get(path).status_code == 200, path
    assert said["residents"] == "This list is empty. Add resident or import a CSV file"
    assert said["units"] == "This list is empty. Add unit or import a CSV file"
    assert said["log"].strip() == "This list is empty."
    for path in ("/admin/residents/?search=nobody", "/admin/units/?building=999999"):
        text = person.get(path).text
        assert "Nothing matches the search and filters." in text and "yet." not in text.split('class="empty"')[1]
        assert re.search(r'class="empty">.*?<a href="/admin/\w+/">Clear filters</a>', text, re.S)


def test_a_day_is_that_of_the_residence(stack, here):
    """What is expected today there is expected tomorrow, or was yesterday, elsewhere."""
    person = here.person()
    counts = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
        stack.psql(f"update garita.sites set time_zone = '{zone}' where id = {here.site}")
        number, path = figures(person)["expected today"]
        today = stack.psql(f"select (now() at time zone '{zone}')::date")[0]
        assert path == f"/admin/visitors/?expected_from={today}&expected_to={today}&is_awaited=true"
        counts.add(number)
    stack.psql(f"update garita.sites set time_zone = 'America/Mexico_City' where id = {here.site}")
    assert len(counts) == 2


# What a gate has left; of site, gate, guesses left, seconds since, whether short codes are off.
THROTTLE = """insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
    values (%s, %s, %s, now() - interval '%s seconds', current_date, 1, %s)
    on conflict (site_id, access_point_id, bucket) do update set tokens = excluded.tokens, refilled_at = excluded.refilled_at,
        short_off = excluded.short_off"""


def test_gates_in_trouble_are_named_with_what_to_do(stack, here, neighbour):
    person = here.person()
    text = lambda: re.sub(r"<[^>]+>", " ", section(person.get("/admin/").text, "Gates needing attention"))
    assert "All gates are working." in text()
    stack.psql(f"update garita.access_points set is_active = false, name = '{HOSTILE}' where id = {here.south}")
    assert "Out of service" in text() and "<script>" not in person.page.text and f"/admin/gates/{here.south}/" in person.page.text
    stack.psql(f"update garita.access_points set is_active = true, name = 'Sur' where id = {here.south}")
    here.log("2 hours", "DENIED", gate=here.south, rows=9)
    assert "All gates are working." in text(), "nine are a day like any other"
    here.log("2 hours", "DENIED", gate=here.south, rows=1)
    here.log("2 hours", gate=here.south, rows=30)
    assert "10 of 40 attempts refused in 24 hours" in text()
    assert f"/admin/log/?access_point={here.south}&amp;status=DENIED&amp;date_from=" in person.page.text
    here.log("2 hours", gate=here.south, rows=1)
    assert "All gates are working." in text(), "less than a quarter"
    throttle = lambda *values: THROTTLE % (here.site, here.south, *values)
    stack.psql(throttle(0, 30, False))
    assert "Too many wrong codes just now" in text()
    stack.psql(throttle(0, 90, False))
    assert "All gates are working." in text(), "one came back"
    stack.psql(throttle(10, 0, True))
    assert "Too many wrong codes in one day" in text() and f"/admin/gates/{here.south}/acknowledge/" in person.page.text
    stack.psql(f"delete from garita.gate_throttles where site_id = {here.site}")
    stack.psql(throttle(10, 0, True).replace("short_off)", "short_off, bucket)", 1).replace("True)", "True, 'read')"))
    assert "Too many wrong cards in one day" in text() and f"/admin/gates/{here.south}/acknowledge/" in person.page.text
    stack.psql(f"delete from garita.gate_throttles where site_id = {here.site}")
    paused = here.add("devices", name="Teclado", access_point_id=SQL(here.south), allows_entry=True, allows_exit=True)
    stack.psql(f"""insert into garita.guess_counts (site_id, subject, since, failures, paused_until)
        values ({here.site}, 'd:{paused}', now(), 30, now() + interval '10 minutes')""")
    assert "Too many wrong codes from the device Teclado" in text() and f"/admin/devices/{paused}/" in person.page.text
    stack.psql(f"delete from garita.guess_counts where site_id = {here.site}")
    device = here.add("devices", name="Lector 1", access_point_id=SQL(here.south), allows_entry=True, allows_exit=True, is_active=False)
    assert "The device Lector 1 was revoked by an alarm" in text() and f"/admin/devices/{device}/" in person.page.text
    stack.psql(f"update garita.devices set revoked_at = now() where id = {device}")
    assert "All gates are working." in text(), "a person switched it off"
    stack.psql(f"""insert into garita.audit (site_id, actor, request_id, address, table_name, row_id, action, changes)
        values ({here.site}, 'gate', '', '', 'sites', {here.site}, 'ALARM', '{{}}')""")
    assert "1 alarm in 24 hours" in text() and "/admin/audit/?action=ALARM&amp;date_from=" in person.page.text


@pytest.mark.parametrize("summed", [False, True])
def test_charts_say_what_the_log_says(stack, neighbour, summed):
    one = Community(stack, f"dias{int(summed)}")
    for ago, status, direction, gate, rows in [
            ("0 seconds", "SUCCESS", "ENTRY", one.north, 3), ("0 seconds", "SUCCESS", "EXIT", one.south, 2),
            ("0 seconds", "DENIED", "ENTRY", one.north, 1), ("29 days", "SUCCESS", "ENTRY", one.north, 4),
            ("31 days", "SUCCESS", "ENTRY", one.north, 50)]:
        one.log(ago, status, direction, gate, rows=rows)
    if summed:  # as far as it goes: the last minute is always counted
        stack.psql(f"""update garita.sites set time_zone = time_zone where id = {one.site};
            select garita.roll_up_log({one.site}, 1000);""")
        stack.psql(f"select garita.roll_up_log({one.site}, 1000)")
        assert stack.psql(f"select count(*) > 0 from garita.log_day_rollups where site_id = {one.site}") == ["t"]
    page = one.person().get("/admin/").text
    local = "(now() at time zone 'America/Mexico_City')"
    hour, today, first = stack.psql(f"""select to_char({local}, 'HH24'), to_char({local}, 'FMDD Mon YYYY'),
        to_char({local} - interval '29 days', 'FMDD Mon YYYY')""")[0].split("|")
    cells = lambda text: [re.sub(r"<[^>]+>", "", row).split() for row in re.findall(r"<tr>(.*?)</tr>", text.replace("</td>", " </td>")
                                                                                  .replace("</th>", " </th>"), re.S)[1:]]
    hours = cells(section(page, "Today, hour by hour"))
    assert hours == [[f"{hour}:00", "3", "2", "1", "6"]], "hours without an attempt are left to the chart"
    days = cells(section(page, "The last 30 days"))
    assert days == [[*first.split(), "4", "0", "0", "4"], [*today.split(), "3", "2", "1", "6"]]
    assert cells(section(page, "Today, gate by gate")) == [["Norte", "3", "0", "1", "4"], ["Sur", "0", "2", "0", "2"]]
    assert page.count("<svg viewBox") == 2 and "style=" not in page
    assert re.search(r'<g><title>' + hour + r':00: Entries 3, Exits 2, Refused 1</title>(<path class="\w+" d="[^"]+"/>){3}</g>', page)


def test_lists_name_a_few_and_lead_to_the_rest(stack):
    one = Community(stack, "muchos")
    stack.psql(f"""insert into garita.access_points (site_id, name, code, location, is_active)
        select {one.site}, 'Puerta ' || n, 'P' || n, 'x', n > 12 from generate_series(1, 220) n""")
    person = one.person()
    page = person.get("/admin/").text
    troubles = section(page, "Gates needing attention")
    assert troubles.count("Out of service") == 6 and 'href="/admin/gates/?is_active=false">and 7 more</a>' in troubles
    assert "<span>12 records</span>" in person.get("/admin/gates/?is_active=false").text
    gates = section(page, "Today, gate by gate")
    assert gates.count('scope="row"') == 10 and 'href="/admin/reports/?period=today">and 200 more</a>' in gates
    report = section(person.get("/admin/reports/?period=today").text, "Gate by gate")
    assert report.count('scope="row"') == 100 and ">and 110 more</a>" in report
    file = unescape(re.search(r'<a href="([^"]+)">and 110 more', report).group(1))
    assert len(person.get(file).text.splitlines()) == 211, "the file has all of them"
    assert "y 7 más" in section(one.person(**{"Accept-Language": "es"}).get("/admin/").text, "Accesos que requieren atención")


def test_a_filter_of_many_gates_asks_for_a_name(stack, here):
    """And keeps the one that was chosen: as a list that was cut it was left out, and forgotten by the next search."""
    assert '<select id="filter-access_point"' in here.person().get("/admin/log/").text
    one = Community(stack, "filtro")
    stack.psql(f"""insert into garita.access_points (site_id, name, code, location)
        select {one.site}, 'A ' || n, 'P' || n, 'x' from generate_series(1, 500) n""")
    person = one.person()
    page = person.get(f"/admin/log/?access_point={one.south}").text
    assert f'name="access_point" value="{one.south}"' in page and 'name="access_point.text" type="text" value="Sur"' in page
    assert person.get("/admin/log/?access_point.text=Norte").headers["Location"] == f"/admin/log/?access_point={one.north}"


def test_everything_is_in_spanish_too(here):
    text = here.person(**{"Accept-Language": "es"}).get("/admin/").text
    for words in ("por llegar hoy", "dentro ahora", "rechazos en 24 horas", "Accesos que requieren atención", "Los últimos 30 días", "Entradas"):
        assert words in text


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_nobody_else_gets_any_of_it(stack, here, role):
    answer = here.person(role).get("/admin/")
    assert answer.status_code == 404 or answer.status_code == 403
    assert "figures" not in answer.text
    # Nor by the database, were a page ever reached by mistake.
    for name in ("show_home()", "list_gate_troubles(now())", "report_logs(current_date, current_date)"):
        assert stack.psql(f"select has_function_privilege('garita_{role.lower()}', p.oid, 'execute') from pg_proc p where p.proname = '{name.split('(')[0]}'") == ["f"]


def test_it_takes_two_round_trips(stack, here):
    person = here.person()
    with RoundTrips(stack) as trips:
        assert {trips.of(lambda: person.get("/admin/").raise_for_status()) for _ in range(6)} == {2}
