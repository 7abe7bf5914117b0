"""The page of a pass, for whoever has its link: it shows, and redeems nothing."""

import re
import time

import pytest
import requests

from community import SQL, Community
from pages import Person
from runs import logged
from second_factor import digits

NOWHERE = "/p/QXK7M2PB9RTW4HVN6DJC3FGYSZ/"


@pytest.fixture(scope="module")
def here(stack):
    one = Community(stack, "pase")
    host = one.add("residents", first_name="Rosa", last_name="Mar", unit_id=SQL(one.unit), is_authorized=SQL("true"))
    stack.psql(f"update garita.sites set address = 'Calle 5, Centro', map_url = 'https://maps.example/x?a=1&b=2' where id = {one.site}")
    one.host, one.admin = host, one.person(**{"Accept-Language": "en"})
    return one


def issue(here, **fields):
    """A visit and its pass, issued on the administrator's page; the path of its link and the code."""
    visit = here.visit("APPROVED", resident_id=SQL(here.host))
    page = f"/admin/visitors/{visit}/pass/"
    answer = here.admin.send(page, {"code_type": "QR", "valid_hours": "5", "max_uses": "2"} | fields)
    code, link = re.findall(r"<code[^>]*data-copy[^>]*>([^<]+)</code>", answer.text)
    assert link.startswith(here.stack.url + "/p/")
    return visit, link.removeprefix(here.stack.url) + "/", code


def visitor(stack, language="es"):
    return Person(stack, **{"Accept-Language": language})


def opens(here, code):
    answer = requests.post(f"{here.stack.url}/api/access/codes/validate/", timeout=10, json={
        "code": code, "access_point_id": int(here.north), "access_type": "ENTRY"},
        headers={"Authorization": f"Bearer {token(here)}"})
    return answer.json()["valid"]


def token(here):
    here.call("/api/auth/me/", "GUARD")
    return here.tokens["GUARD"]


def in_groups(code):
    size = 3 if len(code) <= 6 else 4
    return " ".join(code[at:at + size] for at in range(0, len(code), size))


def test_the_page_shows_the_pass_and_redeems_nothing(stack, here):
    visit, path, code = issue(here)
    before = stack.psql("select count(*) from garita.access_logs")
    page = visitor(stack).get(path)
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    assert (page.headers["X-Robots-Tag"], page.headers["Cache-Control"]) == ("noindex, nofollow", "private, no-cache"), "a phone may keep a copy"
    assert page.headers["Referrer-Policy"] == "same-origin", "nobody else learns the address"
    text = page.text
    assert f'<a class="brand" href="{path}">' in text and "Comunidad pase</a>" in text
    for said in ("<title>Pase de visita · Comunidad pase", "Ana", "Vigente", "A-101", in_groups(code), "2 de 2", "Norte, Sur",
                 "Calle 5, Centro", 'href="https://maps.example/x?a=1&amp;b=2" rel="noreferrer"', '<meta name="robots" content="noindex">',
                 'og:title" content="Pase de visita · Comunidad pase"', "<svg", "la administración, los guardias"):
        assert said in text, said
    assert "Rosa" not in text and "Uno" not in text, "neither who expects nor the last name"
    assert stack.psql(f"select visit_status, times_used from garita.credentials where visitor_id = {visit}") == ["APPROVED|0"]
    assert stack.psql("select count(*) from garita.access_logs") == before


@pytest.mark.parametrize("spelling", [str, str.lower], ids=["as sent", "lower case"])
def test_a_link_opens_the_gate_as_its_pass(stack, here, spelling):
    visit, path, code = issue(here)
    link = spelling(stack.url + path.rstrip("/"))
    assert opens(here, link.upper()) and opens(here, link) and not opens(here, code), "two entries in all"
    assert visitor(stack).get(path).status_code == 200, "inside: it leads out"
    stack.psql(f"update garita.visitors set status = 'CHECKED_OUT' where id = {visit}")
    page = visitor(stack).get(path)
    assert page.headers["Cache-Control"] == "no-store" and page.status_code == 410 and "Este pase ya se usó" in page.text and "<title>Pase de visita" in page.text
    assert in_groups(code) not in page.text and "class=\"qr\"" not in page.text and "Ana" not in page.text


def test_the_first_look_is_written_down_and_no_question_before_it(stack, here):
    visit, path, _ = issue(here)
    opened = f"""select opened_at is not null from garita.pass_aliases a join garita.temporary_codes t on t.id = a.temporary_code_id
        where t.visitor_id = {visit}"""
    head = stack.call("HEAD", path)
    assert (head.status_code, head.text) == (200, "") and stack.psql(opened) == ["f"]
    visitor(stack).get(path)
    assert stack.psql(opened) == ["t"]
    assert stack.call("DELETE", path).status_code == 405


def test_what_is_none_is_one_page(stack, here):
    _, path, code = issue(here)
    deleted, gone, _ = issue(here)
    stack.psql(f"""set session_replication_role = replica; delete from garita.pass_aliases using garita.temporary_codes t
        where t.id = temporary_code_id and t.visitor_id = {deleted}; set session_replication_role = origin""")
    places = [NOWHERE, gone, f"/p/{code}/", "/p/1/", "/p/x%20y/", "/p/VISITOR:x/", "/p/%C3%B1/"]
    answers = [visitor(stack).get(place) for place in places]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r'name="form_token" value="[^"]*"|name="next" value="[^"]*"|action="/p/[^"]*"', "", answer.text) for answer in answers}
    assert len(bodies) == 1 and "No existe este pase" in bodies.pop()
    assert "Set-Cookie" not in "".join(name for answer in answers for name in answer.headers)
    deep = visitor(stack).get(f"{path}nowhere/")
    assert deep.status_code == 404 and "<h1>" in deep.text and "/account/sign-in/" not in deep.text


def test_every_way_of_writing_the_address_leads_to_the_page(stack, here):
    _, path, _ = issue(here)
    secret = path.strip("/").split("/")[1]
    for address in (f"/P/{secret}", f"/P/{secret}/?x=1", f"/g/{secret}", f"/G/{secret}/"):
        answer = stack.call("GET", address)
        assert (answer.status_code, answer.headers["Location"]) == (307, path), address
    slashless = stack.call("GET", path.rstrip("/"))
    assert slashless.status_code in (301, 308) and slashless.headers["Location"] == path
    lower = visitor(stack).get(f"/p/{secret.lower()}/")
    assert lower.status_code == 200 and f'/p/{secret.lower()}/plate/' in lower.text
    odd = stack.call("GET", "/P/x%0d%0aSet-Cookie:y")
    assert odd.status_code in (400, 404) and "Set-Cookie" not in odd.headers and "esta página no existe" in odd.text.lower()


def test_no_log_holds_the_token(stack, here):
    _, path, _ = issue(here)
    person = visitor(stack)
    secret = path.strip("/").split("/")[1]
    answers = [person.get(place) for place in (path, f"{path}calendar.ics", path.rstrip("/"), f"/P/{secret}", f"{path}nowhere/")]
    person.send(f"{path}plate/", {"vehicle_plate": "X" * 30})
    assert {line["path"] for line in logged(stack.var, *answers)} == {"/p/-"}
    logs = [file for file in (stack.var / "log").rglob("*") if file.is_file()]
    assert len(logs) > 2
    assert [file.name for file in logs if secret.encode() in file.read_bytes().upper()] == []


def test_the_language_is_the_visitors(stack, here):
    _, path, _ = issue(here)
    silent = Person(stack)
    silent.session.headers.pop("Accept-Language", None)
    assert "Pase de visita" in silent.get(path).text, "that of the residence, where the browser asks for none"
    person = visitor(stack, "en-US")
    assert "Visitor pass" in person.get(path).text and "Show it at the gate" in person.page.text
    chosen = person.send(f"{path}language/", {"language": "es"}, page=path)
    assert (chosen.status_code, chosen.headers["Location"]) == (303, path)
    assert "Pase de visita" in person.get(path).text
    assert list(person.session.cookies.keys()) == ["garita_insecure_language"]


def test_a_visitor_says_the_plate_five_times(stack, here):
    visit, path, _ = issue(here)
    person, form = visitor(stack), f"{path}plate/"
    for plate in ("--", "X" * 21):
        refused = person.send(form, {"vehicle_plate": plate})
        assert refused.status_code == 400 and f'value="{plate}"' in refused.text and "Hay un problema" in refused.text
    for n in range(5):
        saved = person.send(form, {"vehicle_plate": f"ABC-{n}"})
        assert (saved.status_code, saved.headers["Location"]) == (303, f"{path}?saved=plate")
        fields = person.form(form)
    assert "Sus placas se guardaron" in person.get(f"{path}?saved=plate").text
    assert "ABC-4" in person.get(path).text and "se guardaron" not in person.page.text and form not in person.page.text
    assert person.get(form).status_code == 303, "there is nothing to change any more"
    late = person.post(form, fields | {"vehicle_plate": "XYZ"})
    assert late.status_code == 409 and "Dígalas en el acceso" in late.text and 'value="XYZ"' in late.text
    assert stack.psql(f"select distinct actor from garita.audit where row_id = {visit} and changes ? 'vehicle_plate' and action = 'UPDATE'") == ["visitor"]
    assert "</strong> · Visitor" in here.admin.get(f"/admin/visitors/{visit}/").text, "the history says it in words"
    assert not person.session.cookies


def test_forms_are_bound_to_their_pass_and_this_site(stack, here):
    visit, path, _ = issue(here)
    other = visitor(stack)
    other.get(f"{issue(here)[1]}cancel/")
    person, form = visitor(stack), f"{path}cancel/"
    person.get(form)
    good = person.form(form)
    for fields, headers in (({}, {}), ({"form_token": other.token()}, {}), (good, {"Sec-Fetch-Site": "cross-site"}),
                            (good, {"Sec-Fetch-Site": None, "Origin": "https://evil.example"})):
        assert person.post(form, fields, **headers).status_code == 403
    assert stack.psql(f"select status from garita.visitors where id = {visit}") == ["APPROVED"]
    assert person.post(form, good, **{"Sec-Fetch-Site": None}).status_code == 303, "an older browser"


def test_who_does_not_come_says_so(stack, here):
    visit, path, code = issue(here)
    person, form = visitor(stack), f"{path}cancel/"
    assert "No iré" in person.get(path).text
    assert person.get(form).status_code == 200 and stack.psql(f"select status from garita.visitors where id = {visit}") == ["APPROVED"]
    assert person.send(form, {}).headers["Location"] == path
    page = person.get(path)
    assert page.status_code == 410 and "Usted avisó que no irá" in page.text and not opens(here, code)
    assert person.get(form).headers["Location"] == path
    assert stack.psql(f"select status from garita.visitors where id = {visit}") == ["DENIED"]
    # Another pass in place of this one says where to look.
    visit, path, code = issue(here)
    here.admin.send(f"/admin/visitors/{visit}/pass/", {"code_type": "QR", "valid_hours": "5", "max_uses": "2"})
    stack.psql(f"""update garita.temporary_codes set is_active = false, revoked_at = now()
        where id = (select min(id) from garita.temporary_codes where visitor_id = {visit})""")
    assert "Su anfitrión le dio un pase nuevo" in person.get(path).text and person.page.status_code == 410


def test_the_digits_of_a_one_time_pass_change(stack, here):
    visit = here.visit("APPROVED", resident_id=SQL(here.host))
    issued = here.admin.send(f"/admin/visitors/{visit}/pass/", {"code_type": "OTP", "valid_hours": "5", "max_uses": "9"}).text
    seed = re.search(r'<code class="long">([A-Z2-7]{32})</code>', issued)[1]
    path = re.search(r"(/p/\w{26})<", issued)[1] + "/"
    began = int(time.time()) // 30
    answer = visitor(stack).get(path)
    page = answer.text
    shown = re.search(r"<code>([^<]+)</code>", page)[1].replace(" ", "")
    steps = range(began, int(time.time()) // 30 + 1)
    assert shown[-6:] in [digits(seed, step) for step in steps] and len(shown) == 12
    seconds = int(re.search(r'data-renew="(\d+)"', page)[1])
    assert 1 <= seconds <= 30 and "no-store" in answer.headers["Cache-Control"] and f'http-equiv="refresh" content="{seconds + 1}"' in page
    assert not opens(here, stack.url + path), "the link itself proves nothing"
    assert opens(here, shown) and not opens(here, shown), "and the digits once"


def test_a_pass_for_months_shows_its_hours_and_its_passages(stack, here):
    visit, path, code = issue(here, max_uses="500")
    hours = here.add("schedules", name=f"visit {visit}", visitor_id=SQL(visit), weekdays=SQL("31"), starts_at="08:00", ends_at="14:00",
                     on_holidays=SQL("true"))
    stack.psql(f"""update garita.temporary_codes set schedule_id = {hours}, valid_from = '2031-03-01 06:00Z', valid_until = '2031-06-01 06:00Z'
        where visitor_id = {visit}""")
    page = visitor(stack).get(path)
    assert page.status_code == 200 and "Aún no comienza" in page.text and "Lunes a viernes, 08:00–14:00" in page.text
    assert ">Terminar mi pase<" in page.text and "¿Terminar el pase completo, hasta el 1 jun 2031?" in visitor(stack).get(f"{path}cancel/").text
    assert "de 500" not in page.text and "1 mar 2031, 00:00" in page.text
    stack.psql(f"update garita.temporary_codes set valid_until = '2031-03-01 16:00Z' where visitor_id = {visit}")
    assert "1 mar 2031, 00:00</time> – 10:00" in visitor(stack).get(path).text, "the day once"
    stack.psql(f"""update garita.temporary_codes set valid_from = now() - interval '1 day', valid_until = '2031-06-01 06:00Z'
        where visitor_id = {visit}""")
    for weekdays, said in ((21, "Lunes, miércoles y viernes"), (96, "Sábado y domingo"), (64, "Domingo"), (7, "Lunes a miércoles")):
        stack.psql(f"update garita.schedules set weekdays = {weekdays} where id = {hours}")
        assert f"{said}, 08:00–14:00" in visitor(stack).get(path).text
    stack.psql(f"update garita.schedules set weekdays = 127, starts_at = '00:00', ends_at = '24:00' where id = {hours}")
    assert opens(here, code)
    page = visitor(stack, "en").get(path).text
    assert "Every day" in page and "Entries and exits" in page and "<strong>Entry</strong> Norte" in page
    file = visitor(stack).get(f"{path}calendar.ics")
    assert "BYDAY=MO,TU,WE,TH,FR,SA,SU" in file.text and "DTSTART;TZID=America/Mexico_City:" in file.text
    assert "BEGIN:VTIMEZONE\r\nTZID:America/Mexico_City\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0600\r\n" in file.text


def test_the_calendar_takes_the_visit(stack, here):
    visit, path, _ = issue(here)
    stack.psql(f"""update garita.sites set address = 'Avenida de los Insurgentes Sur número 1602; entre Félix Cuevas y Parroquia, Benito Juárez'
        where id = {here.site}""")
    answer = visitor(stack).get(f"{path}calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8" and "attachment" in answer.headers["Content-Disposition"]
    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""] and max(map(len, lines)) <= 75
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    whole = answer.content.decode().replace("\r\n ", "")
    assert "LOCATION:Avenida de los Insurgentes Sur número 1602\\; entre Félix Cuevas y Parroquia\\, Benito Juárez\r\n" in whole
    begins, ends = stack.psql(f"""select to_char(valid_from at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') || ' ' ||
        to_char(valid_until at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') from garita.temporary_codes where visitor_id = {visit}""")[0].split()
    assert f"DTSTART:{begins}\r\nDTEND:{ends}\r\nSUMMARY:Visita · Comunidad pase\r\n" in whole and "RRULE" not in whole
    assert f"URL:{stack.url}{path}\r\n" in whole and "Ana" not in whole
    stack.psql(f"update garita.temporary_codes set is_active = false, revoked_at = now() where visitor_id = {visit}")
    assert visitor(stack).get(f"{path}calendar.ics").headers["Location"] == path, "of a pass that is over there is none"


def test_a_guard_in_a_shift_may_ask_the_gate(stack, here):
    _, path, code = issue(here)
    ask = 'action="/gate/scan/"'
    guard = here.person("GUARD")
    page = guard.get(path)
    assert ask not in page.text and "Set-Cookie" not in page.headers and "/account/sign-out/" not in page.text
    assert ask not in visitor(stack).get(path).text
    guard.get("/gate/shift/")
    guard.send("/gate/shift/", {"access_point": here.north})
    assert ask in guard.get(path).text and guard.page.headers["Cache-Control"] == "no-store", "it holds a token of the session"
    sent = guard.form("/gate/scan/")
    assert (sent["q"], sent["read"]) == (path.strip("/").split("/")[1], "1") and sent["form_token"]
    assert here.admin.get(path).text.count("Ask the gate") == 0, "nobody else"
    # Bound to the guard's session: the console takes it as one of its own.
    assert guard.post("/account/language/", {"form_token": sent["form_token"], "language": "es"}).status_code == 303


def test_the_administrator_chooses_what_a_pass_shows(stack, here):
    _, path, _ = issue(here)
    here.admin.get("/admin/settings/")
    fields = here.admin.form("/admin/settings/")
    for bad in ("http://maps.example/", "javascript:alert(1)", 'https://x"y'):
        refused = here.admin.post("/admin/settings/", fields | {"second_factor_roles": "", "map_url": bad})
        assert refused.status_code == 400 and 'id="map_url-error"' in refused.text
    for choice, shown in (("unit_and_host", ["A-101", "Rosa Mar"]), ("nothing", []), ("unit", ["A-101"])):
        here.admin.get("/admin/settings/")
        saved = here.admin.post("/admin/settings/", here.admin.form("/admin/settings/") | {"second_factor_roles": "", "pass_shows": choice})
        assert saved.status_code == 303, saved.text
        text = visitor(stack).get(path).text
        assert [word for word in ("A-101", "Rosa Mar") if word in text] == shown
