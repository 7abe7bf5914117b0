"""The guard's lists: who is expected, waits and is inside; visits, homes, visitors nobody announced."""

import io
from concurrent.futures import ThreadPoolExecutor

from PIL import Image

from caseta import HOSTILE, buttons, guard, here, only, press, resident, row  # noqa: F401 (fixtures)
from community import SQL, Community
from pages import Forms


def test_the_console_lists_who_comes_waits_and_is_inside(here, guard):
    ana = here.visit("APPROVED", first_name=HOSTILE, vehicle_plate="ABC-123", companions=SQL("2"))
    bea = here.visit("PENDING", first_name="Bea", visitor_type="DELIVERY", company="Paquetes SA")
    cid = here.visit("CHECKED_IN", first_name="Cid", check_in_time=SQL("now() - interval '25 hours'"))
    page = guard.get("/gate/")
    assert "Pía &lt;b&gt;&quot;&amp;&#39;&lt;/b&gt; Uno" in page.text and "<b>\"" not in page.text
    assert buttons(page) == [
        f"/gate/visits/{bea}/approve/", f"/gate/visits/{ana}/admit/", f"/gate/visits/{cid}/exit/"]
    assert f'href="/gate/visits/{bea}/">Rechazar' in page.text, "refused on its own page alone"
    assert "3 personas en 1 visita<" in page.text and "1 persona en 1 visita. No se cuenta a los residentes." in page.text
    assert "Entrega · Paquetes SA" in page.text and "ABC-123" in page.text and "A-101" in page.text
    assert "se prolonga" in page.text and "dudoso" in page.text
    assert "Autoriza Rosa Mar" in page.text and 'href="tel:+525512345678"' in page.text


def test_a_list_is_searched_and_looked_through(here, guard):
    here.visit("APPROVED", first_name="Ana")
    here.visit("APPROVED", first_name="Muñoz", vehicle_plate="XYZ-9")
    assert "Ana Uno" in guard.get("/gate/expected/").text
    found = guard.get("/gate/expected/", params={"q": "munoz"})
    assert "Muñoz Uno" in found.text and "Ana Uno" not in found.text
    assert "Muñoz Uno" in guard.get("/gate/expected/", params={"q": "xyz"}).text
    assert "No se espera a nadie más hoy." in guard.get("/gate/expected/", params={"q": "nadie"}).text
    for index in range(21):
        here.visit("APPROVED", first_name=f"N{index}")
    assert "Ver todas (23)" in guard.get("/gate/").text
    assert len(buttons(guard.get("/gate/expected/"))) == 23


def test_a_visit_waits_for_a_word(here, guard):
    suspended = resident(here, "Sus", "Mar", is_authorized=SQL("false"))
    bea = here.visit("PENDING", first_name="Bea")
    page = guard.get(f"/gate/visits/{bea}/")
    assert "Autoriza Rosa Mar" in page.text and "Autoriza Sus Mar" not in page.text
    assert press(guard, f"/gate/visits/{bea}/approve/").status_code == 400, "nobody's word"
    assert press(guard, f"/gate/visits/{bea}/approve/", resident=suspended).status_code == 400
    done = press(guard, f"/gate/visits/{bea}/approve/", resident=here.rosa)
    assert (done.status_code, done.headers["Location"]) == (303, f"/gate/visits/{bea}/")
    assert row(here, bea, "status || ' ' || resident_id || ' ' || sponsor_id") == f"APPROVED {here.rosa} {here.rosa}"
    assert buttons(guard.get(f"/gate/visits/{bea}/")) == [f"/gate/visits/{bea}/admit/"]
    again = press(guard, f"/gate/visits/{bea}/deny/")
    assert again.status_code == 409 and "no está por autorizar" in again.text
    cid = here.visit("PENDING", first_name="Cid")
    guard.get("/gate/")
    assert press(guard, f"/gate/visits/{cid}/deny/").headers["Location"] == "/gate/"
    assert row(here, cid, "status") == "DENIED"


def test_a_guard_changes_what_stands_at_the_gate(here, guard):
    ana = here.visit("APPROVED", first_name="Ana", vehicle_plate="OLD-1")
    path = f"/gate/visits/{ana}/"
    guard.get(path)
    form = guard.form(path)
    assert guard.post(path, form | {"companions": "1"}).status_code == 303
    assert guard.post(path, form | {"vehicle_plate": "NEW-2"}).status_code == 303
    assert row(here, ana, "companions || ' ' || vehicle_plate") == "1 NEW-2"
    wrong = guard.post(path, form | {"vehicle_plate": "X" * 21})
    assert wrong.status_code == 400 and "X" * 21 in wrong.text and "<details open>" in wrong.text
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "JPEG")
    sent = guard.session.post(
        here.stack.url + path, data={"form_token": form["form_token"], "vehicle_plate": "NEW-2"},
        files={"photo": ("a.jpg", picture.getvalue(), "image/jpeg")}, allow_redirects=False, timeout=10,
        headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 303
    assert f'src="{path}photo/"' in guard.get(path).text
    assert guard.get(path + "photo/").headers["Content-Type"] == "image/jpeg"
    badge = guard.get(path + "badge/")
    assert "Ana Uno" in badge.text and f"N.º {ana}" in badge.text and "A-101" in badge.text


def test_a_home_tells_who_lives_there(here, guard):
    resident(here, "Sus", "Mar", is_authorized=SQL("false"))
    resident(here, "Ido", "Mar", move_out_date="2020-01-01")
    ana = here.visit("APPROVED", first_name="Ana")
    other = here.add("units", building_id=SQL(f"(select building_id from garita.units where id = {here.unit})"), number="102", floor=1)
    page = guard.get(f"/gate/units/{here.unit}/")
    assert "Rosa Mar" in page.text and "Sus Mar" in page.text and "sin autorización" in page.text and "Ido Mar" not in page.text
    assert buttons(page) == [f"/gate/visits/{ana}/admit/"]
    assert f"/gate/walk-in/?unit={here.unit}" in page.text
    empty = guard.get(f"/gate/units/{other}/")
    assert empty.status_code == 200 and "Rosa Mar" not in empty.text and buttons(empty) == []
    here.stack.psql(f"delete from garita.units where id = {other}")


def test_nobody_sees_another_community_s(here, guard, stack):
    elsewhere = Community(stack, "lejos")
    fay = elsewhere.visit("PENDING", first_name="Fay")
    guard.get("/gate/")
    for path in (f"/gate/visits/{fay}/", f"/gate/visits/{fay}/badge/", f"/gate/visits/{fay}/photo/", f"/gate/units/{elsewhere.unit}/"):
        assert guard.get(path).status_code == 404, path
    guard.get("/gate/")
    assert press(guard, f"/gate/visits/{fay}/approve/", resident=here.rosa).status_code == 404
    someone = here.person("RESIDENT")
    for path in ("/gate/", "/gate/inside/", f"/gate/visits/{fay}/", "/gate/walk-in/", "/gate/units/pick/?q=a"):
        assert someone.get(path).status_code == 403, path


# Visitors nobody announced.

WALK_IN = "/gate/walk-in/"


def walk_in(guard, fields, query=""):
    guard.get(WALK_IN + query)
    action = next(form["action"] for form in Forms(guard.page.text).forms if form["action"].startswith(WALK_IN))
    return guard.post(action, guard.form(action) | fields)


def test_by_a_residents_word(here, guard):
    asked = walk_in(guard, {"unit.text": "a 101", "name": "Luis Pérez Gómez"}, "?kind=SERVICE")
    assert asked.status_code == 200 and "Dar entrada: autoriza Rosa Mar" in asked.text, "the return key lets nobody in"
    assert here.stack.psql(f"select count(*) from garita.visitors where site_id = {here.site}") == ["0"]
    assert "Puede permanecer 8 horas." in asked.text and 'value="Luis Pérez Gómez"' in asked.text
    done = walk_in(guard, {"unit": here.unit, "unit.text": "A-101", "unit.was": "A-101", "name": "Luis Pérez Gómez",
                           "vehicle_plate": "AB-1", "companions": "2", "company": "Gas", "word": here.rosa}, "?kind=SERVICE")
    # The browser sends the same once more, to where the visitor passes by the visit's own code.
    assert (done.status_code, done.headers["Location"]) == (307, f"/gate/visits/{only(here, 'id')}/admit/")
    assert only(here, "status || '|' || first_name || '|' || last_name || '|' || visitor_type || '|' || vehicle_plate || '|' || companions || '|' || company"
                ) == "APPROVED|Luis|Pérez Gómez|SERVICE|AB-1|2|Gas"
    admitted = guard.post(done.headers["Location"], guard.form(f"{WALK_IN}?kind=SERVICE") | {"name": "Luis Pérez Gómez", "word": here.rosa})
    assert admitted.status_code == 200 and "Luis Pérez Gómez" in admitted.text
    assert only(here, "status") == "CHECKED_IN"
    assert buttons(guard.get("/gate/")) == [f"/gate/visits/{only(here, 'id')}/exit/"] and "probable" in guard.page.text
    assert only(here, "resident_id || ' ' || sponsor_id || ' ' || (select username from garita.users u where u.id = authorized_by)"
                ) == f"{here.rosa} {here.rosa} {here.code}-guard"


def test_sent_twice_it_is_one_visit(here, guard):
    action = f"{WALK_IN}?kind=GUEST"
    guard.get(WALK_IN)
    sent = guard.form(action) | {"unit.text": "A-101", "name": "Ida Vuelta", "word": here.rosa}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: guard.post(action, sent).headers["Location"], range(2)))
    assert answers == [f"/gate/visits/{only(here, 'id')}/admit/"] * 2
    guard.get(WALK_IN)
    guard.post(action, guard.form(action) | {"unit.text": "A-101", "name": "Ida Vuelta", "word": here.rosa})
    assert here.stack.psql(f"select count(*) from garita.visitors where site_id = {here.site}") == ["2"], "asked anew it is another"


def test_left_waiting(here, guard):
    done = walk_in(guard, {"unit.text": "rosa mar", "name": "Ida", "word": "ask"})
    assert (done.status_code, done.headers["Location"]) == (303, "/gate/")
    assert only(here, "status || ' ' || first_name || ' ' || last_name || ' ' || (resident_id is null)") == "PENDING Ida — true"
    assert "<strong>Ida</strong>" in guard.get("/gate/").text


def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(here, guard):
    said = walk_in(guard, {"unit.text": "", "name": "", "purpose": HOSTILE, "word": "ask"})
    assert said.status_code == 400 and "Elija una unidad." in said.text and "Escriba quién es." in said.text
    assert "Pía &lt;b&gt;" in said.text
    none = walk_in(guard, {"unit.text": "Z-9", "name": "Ida", "word": "ask"})
    assert none.status_code == 400 and "No existe «Z-9»." in none.text and 'value="Z-9"' in none.text and 'value="Ida"' in none.text
    here.add("units", building_id=SQL(f"(select building_id from garita.units where id = {here.unit})"), number="1010", floor=1)
    several = walk_in(guard, {"unit.text": "10", "name": "Ida", "word": "ask"})
    assert several.status_code == 400 and 'name="unit.choice"' in several.text and "A-1010" in several.text
    exact = walk_in(guard, {"unit.text": "10", "unit.choice": here.unit, "name": "Ida", "word": "ask"})
    assert exact.status_code == 303
    here.stack.psql(f"delete from garita.units where site_id = {here.site} and number = '1010'")
    phone = walk_in(guard, {"unit.text": "A-101", "name": "Ida", "phone": "12", "word": "ask"})
    assert phone.status_code == 400 and "<details open>" in phone.text and 'value="12"' in phone.text
    assert walk_in(guard, {"unit.text": "A-101", "name": "Ida", "word": "999999999"}).status_code == 400, "no such resident"


def test_who_came_before_is_filled_in(here, guard):
    came = {"check_in_time": SQL("now()")}
    before = here.visit("CHECKED_OUT", days=-10, first_name="Toño", last_name="—", **came, vehicle_plate="TO-1", company="Agua", phone="+52 55 1111 2222")
    here.visit("CHECKED_OUT", days=-11, first_name="Toño", last_name="—", **came)
    here.visit("CHECKED_OUT", days=-91, first_name="Viejo", **came)
    here.visit("APPROVED", days=-2, first_name="Nunca")
    here.visit("CHECKED_OUT", days=-20, first_name="Reparte", visitor_type="DELIVERY", **came)
    page = guard.get(f"{WALK_IN}?unit={here.unit}")
    assert page.text.count("Toño") == 1 and "Viejo" not in page.text and "Nunca" not in page.text, "only who really came"
    assert page.text.index("Toño") < page.text.index("Reparte")
    page = guard.get(f"{WALK_IN}?kind=DELIVERY&unit={here.unit}")
    assert page.text.index("Reparte") < page.text.index("Toño"), "those of the kind first"
    typed = walk_in(guard, {"unit": here.unit, "unit.text": "A-101", "unit.was": "A-101", "name": "repar"})
    assert "Reparte" in typed.text and "Toño" not in typed.text, "those like the name"
    filled = guard.get(f"{WALK_IN}?kind=DELIVERY&unit={here.unit}&from={before}").text
    for value in ("Toño", "TO-1", "Agua", "+52 55 1111 2222", "A-101"):
        assert f'value="{value}"' in filled, value
    assert [one["title"] for one in guard.get("/gate/units/pick/?q=a10").json()] == ["A-101"]


def test_without_a_shift_one_chooses_a_gate_first(here, guard):
    here.stack.psql(f"update garita.shifts set closed_at = now() where site_id = {here.site}")
    assert guard.get("/gate/").headers["Location"] == "/gate/shift/"
    assert guard.get(WALK_IN).headers["Location"] == "/gate/shift/"
