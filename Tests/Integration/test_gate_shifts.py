"""Shifts of guards, their orders and hand-overs; the lists that consoles ask for again and again."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from caseta import HOSTILE, guard, here, only  # noqa: F401 (fixtures)
from community import SQL, Community
from pages import Forms
from round_trips import RoundTrips


WALK_IN = "/gate/walk-in/"
SHIFT, ORDERS = "/gate/shift/", "/gate/orders/"


def end(guard, words=""):
    """Ends the shift; its number."""
    guard.get(SHIFT)
    form = next(form["fields"] for form in Forms(guard.page.text).forms if "handover" in form["fields"])
    return int(guard.post(SHIFT, form | {"handover": words}).headers["Location"].split("/")[-2])


def write(guard, note):
    guard.get(SHIFT)
    form = next(form["fields"] for form in Forms(guard.page.text).forms if "note" in form["fields"])
    return guard.post(SHIFT, form | {"note": note})


def test_a_shift_from_its_beginning_to_its_end(here, guard):
    here.visit("CHECKED_IN", first_name="Ana", companions=SQL("1"))
    here.log("1 minute")
    here.stack.psql(f"update garita.shifts set opened_at = now() - interval '1 hour' where site_id = {here.site}")
    assert write(guard, "").status_code == 400
    assert write(guard, HOSTILE).status_code == 303
    page = guard.get(SHIFT).text
    assert "Pía &lt;b&gt;" in page and "<b>\"" not in page
    # The log keeps what other tests have decided at the gate.
    entries = here.stack.psql(f"""select count(*) from garita.access_logs where access_point_id = {here.north}
        and access_type = 'ENTRY' and status = 'SUCCESS' and timestamp > now() - interval '1 hour'""")[0]
    assert entries != "0"
    number = end(guard, "Llave en el cajón\nTodo en orden")
    summary = guard.get(f"/gate/shifts/{number}/").text
    for said in ("Llave en el cajón\nTodo en orden", "Pía &lt;b&gt;", f"<dt>Entradas</dt><dd>{entries}</dd>", "<dd>2 personas en 1 visita</dd>", "data-print"):
        assert said in summary, said
    assert guard.get("/gate/").headers["Location"] == SHIFT
    begun = guard.send(SHIFT, {"access_point": here.north})
    assert begun.headers["Location"] == ORDERS, "the last hand-over is read first"
    assert "Llave en el cajón" in guard.get(ORDERS).text
    guard.get(f"{SHIFT}?move=1")
    assert guard.post(SHIFT, guard.form(SHIFT) | {"access_point": here.south}).headers["Location"] == "/gate/"


def test_orders_are_read_and_bar_no_way(here, guard):
    here.add("standing_orders", title="Portón", text=f"Cierre {HOSTILE}")
    here.add("standing_orders", title="Otro acceso", text="x", access_point_id=SQL(here.south))
    console = guard.get("/gate/")
    assert console.status_code == 200 and "Consignas por leer:" in console.text and "Portón" in console.text
    page = guard.get(ORDERS)
    assert "Cierre Pía &lt;b&gt;" in page.text and "Otro acceso" not in page.text
    sent = guard.form(ORDERS)
    here.add("standing_orders", title="Nueva", text="Recién puesta")
    assert guard.post(ORDERS, sent).headers["Location"] == "/gate/"
    console = guard.get("/gate/").text
    assert "Nueva" in console and "Portón" not in console, "what nobody has seen is not read"


def test_the_next_guard_relieves_on_the_same_browser(here, guard):
    admin = here.person("ADMIN", **{"Accept-Language": "es"})
    page = admin.get(SHIFT)
    assert "Ada Luz · Norte · desde" in page.text and '<option value="" selected' in page.text, "no gate is chosen for who never had one"
    write(guard, "Lámpara rota")
    own = here.stack.psql(f"select id from garita.shifts where site_id = {here.site} and closed_at is null")[0]
    begun = admin.post(SHIFT, admin.form(SHIFT) | {"access_point": here.north, "relieves": own})
    assert (begun.status_code, begun.headers["Location"]) == (303, ORDERS) and "Lámpara rota" in admin.get(ORDERS).text, "its notes are read first"
    assert guard.get("/gate/").headers["Location"] == SHIFT, "the shift is over"
    page = guard.get(SHIFT).text
    assert re.search(r"Ada Luz le relevó(: | a las \d\d:\d\d\.)", page) and f'<option value="{here.north}" selected' in page
    assert guard.get("/account/").status_code == 200, "the session is not"
    assert admin.get("/gate/").status_code == 200
    summary = guard.get(f"/gate/shifts/{own}/").text
    assert "<dt>Relevó</dt><dd>Ada Luz</dd>" in summary


def test_administrators_order_and_read(here, guard):
    admin = here.person("ADMIN", **{"Accept-Language": "es"})
    done = admin.send("/admin/standing-orders/new/", {"title": "Paquetes", "text": "Se quedan en la caseta"})
    assert done.status_code == 303, done.text
    assert "Paquetes" in guard.get("/gate/").text
    write(guard, "Lámpara rota")
    assert admin.get("/admin/shifts/").status_code == 200 and "Norte" in admin.page.text
    assert "Lámpara rota" in admin.get("/admin/shift-notes/").text
    assert here.call("/api/access/standing_orders/", "GUARD").json()["results"][0]["title"] == "Paquetes"
    assert here.call("/api/access/standing_orders/", "RESIDENT").status_code == 403


# The lists as consoles ask for them.

LIVE = "/gate/live/"


def feed(person):
    """The headers of the question of the console that a person looks at."""
    return {"X-Garita-Feed": re.search(r'data-feed="([\w-]{43})"', person.get("/gate/").text)[1]}


def test_lists_are_asked_for_again(here, guard):
    named = feed(guard)
    here.visit("APPROVED", first_name="Ana")
    first = guard.get(LIVE, headers=named)
    assert first.status_code == 200 and "Ana Uno" in first.text and "form_token" not in first.text
    assert first.text.strip() in guard.get("/gate/").text, "what the page itself shows"
    again = guard.get(LIVE, headers=named | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    assert again.headers["Cache-Control"] == "no-store"
    here.visit("APPROVED", first_name="Bea")
    # nginx counts whole seconds.
    time.sleep(2.1)
    assert "Bea Uno" in guard.get(LIVE, headers=named | {"If-None-Match": first.headers["ETag"]}).text
    assert guard.get(LIVE).status_code == 200, "without its name it costs more, and is the same"
    assert guard.post(LIVE, {}).status_code == 405
    assert guard.session.head(here.stack.url + LIVE, headers=named, timeout=10).status_code == 200
    assert guard.session.get(here.stack.url + LIVE, headers=named, data="x" * 100, timeout=10).status_code == 200


def test_nobody_sees_the_lists_of_others(here, guard, stack):
    elsewhere = Community(stack, "vecina")
    other = elsewhere.person("GUARD", **{"Accept-Language": "es"})
    other.send(SHIFT, {"access_point": elsewhere.north})
    here.visit("APPROVED", first_name="Ana")
    mine, theirs = feed(guard), feed(other)
    assert "Ana Uno" in guard.get(LIVE, headers=mine).text and "Ana Uno" not in other.get(LIVE, headers=theirs).text
    third = elsewhere.person("GUARD")
    assert guard.get(LIVE, headers=feed(third)).status_code == 401, "another session's name"
    english = here.person("ADMIN", **{"Accept-Language": "en"})
    english.send(SHIFT, {"access_point": here.north})
    assert "Expected today" in english.get(LIVE, headers=feed(english)).text and "Esperadas hoy" in guard.get(LIVE, headers=mine).text
    assert requests.get(stack.url + LIVE, timeout=10).status_code == 401
    assert guard.get("/gate/live/feed/").status_code == 404, "nginx alone asks for it"
    assert here.person("RESIDENT").get(LIVE).status_code == 404
    named = feed(third)
    here.stack.psql(f"update garita.shifts set closed_at = now() where site_id = {elsewhere.site}")
    assert third.get(LIVE, headers=named).status_code == 404, "no shift, no lists"


def test_who_is_disabled_sees_them_ten_seconds_more_at_most(here, guard):
    named = feed(guard)
    assert guard.get(LIVE, headers=named).status_code == 200
    here.stack.psql(f"update garita.users set is_active = false where username = '{here.code}-guard'")
    try:
        ends = time.monotonic() + 30
        begun = time.monotonic()
        while guard.get(LIVE, headers=named).status_code == 200 and time.monotonic() < ends:
            time.sleep(0.5)
        # Ten seconds in nginx, and what this machine takes.
        assert guard.page.status_code == 401 and time.monotonic() - begun < 20
    finally:
        here.stack.psql(f"update garita.users set is_active = true where username = '{here.code}-guard'")


def test_twenty_consoles_cost_as_much_as_one(here, guard):
    """Each asks every third of a second, nine times as often as the script does."""
    named = feed(guard)
    guard.get(LIVE, headers=named)

    def ask(_):
        one = requests.Session()
        one.cookies.update(guard.session.cookies)
        answers = []
        for _ in range(9):
            answers.append(one.get(here.stack.url + LIVE, headers=named | {"Accept-Language": "es"}, timeout=10).status_code)
            time.sleep(0.3)
        return answers

    with RoundTrips(here.stack) as trips:
        begun = time.monotonic()

        def all_of_them():
            with ThreadPoolExecutor(20) as pool:
                return list(pool.map(ask, range(20)))

        answers = []
        count = trips.of(lambda: answers.extend(all_of_them()))
        seconds = time.monotonic() - begun
    assert {status for one in answers for status in one} == {200}
    # Of 180 questions: a session and the lists once a second, who it is once in ten. Doubled, for seconds cut in two.
    assert count <= 2 * (2 * (seconds + 1) + 2 * (seconds / 10 + 1)), (count, seconds)
    assert count < 60


def test_a_session_that_ends_loses_nothing_typed(here, guard):
    action = f"{WALK_IN}?kind=GUEST"
    guard.get(WALK_IN)
    sent = guard.form(action) | {"unit.text": "A-101", "name": HOSTILE, "purpose": "Dos\nlíneas", "word": "ask"}
    here.stack.psql(f"""update garita.sessions set revoked_at = now() where user_id =
        (select id from garita.users where username = '{here.code}-guard')""")
    guard.page = guard.post(action, sent)
    assert guard.page.status_code == 401 and "<b>\"" not in guard.page.text
    kept = guard.form(action)
    assert (kept["name"], kept["purpose"], kept["word"]) == (HOSTILE, "Dos\nlíneas", "ask")
    # In another tab of the browser.
    guard.sign_in(f"{here.code}-guard", "la vaca verde salta")
    guard.page = guard.post(action, kept)
    assert guard.page.status_code == 403 and "Todavía no se envía" in guard.page.text
    assert guard.post(action, guard.form(action)).headers["Location"] == "/gate/"
    assert only(here, "first_name || ' ' || last_name || '|' || replace(purpose, chr(10), '/')") == f"{HOSTILE}|Dos/líneas"
    assert guard.post(action, kept, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    guard.page = guard.post("/account/password/", kept | {"old_password": "secreta", "new_password": "otra cosa"})
    assert "secreta" not in guard.page.text, "passwords are typed again"
