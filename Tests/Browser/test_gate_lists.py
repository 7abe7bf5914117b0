"""The guard's lists, shifts and visitors without notice as people meet them; what is printed, as a PDF."""

import subprocess

import pytest

from community import PASSWORD, SQL, Community
from order import KINDS, look, name
from reader import PHONE, Reader

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def gate(stack):
    """A community with visits of every state, standing orders, a shift that was handed over."""
    one = Community(stack, "puerta")
    assert PASSWORD == "la vaca verde salta"
    one.rosa = one.add("residents", first_name="Rosa María", last_name="Hernández <b>y</b> Rodríguez", unit_id=SQL(one.unit),
                       phone="+52 55 1234 5678", document_id="R", is_authorized=SQL("true"))
    return one


@pytest.fixture
def visits(gate):
    """The visits of the community, as they are again before each test."""
    gate.stack.psql(f"""delete from garita.shifts where site_id = {gate.site}; delete from garita.standing_orders where site_id = {gate.site};
        delete from garita.temporary_codes where site_id = {gate.site}; delete from garita.visitors where site_id = {gate.site}""")
    long_name = dict(first_name="Guadalupe <i>Montserrat</i>", last_name="De la Fuente Villaseñor", company="Mudanzas y Transportes del Bajío")
    made = {status: gate.visit(status, vehicle_plate="ABC-123-D", companions=SQL("3"), **long_name) for status in ("APPROVED", "PENDING")}
    made["CHECKED_IN"] = gate.visit("CHECKED_IN", first_name="Iván", check_in_time=SQL("now() - interval '30 hours'"), companions=SQL("1"))
    gate.add("standing_orders", title="Portón de servicio", text="Cerrar a las diez.\nAvisar al supervisor.")
    old = gate.add("shifts", user_id=SQL(f"(select id from garita.users where username = '{gate.code}-admin')"),
                   access_point_id=SQL(gate.north), closed_at=SQL("now() + interval '1 second'"), handover="Sin novedad.\nLlave en el cajón.")
    gate.add("shift_notes", shift_id=SQL(old), text="Lámpara rota")
    return made | {"shift": old}


@pytest.fixture
def come(stack, chromium, gate):
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, None, username=f"{gate.code}-guard", **kind))
        made[-1].sign_in()
        return made[-1]

    yield make
    for one in made:
        one.close()


def begin(reader, gate):
    reader.go("/gate/shift/")
    reader.page.select_option("#access_point", str(gate.north))
    reader.send()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_is_in_order(come, gate, visits, kind):
    reader = come(**kind)
    look(reader, "/gate/shift/")
    begin(reader, gate)
    assert reader.page.url.endswith("/gate/orders/"), "what is to be read comes first"
    look(reader)
    paths = ["/gate/", "/gate/expected/", "/gate/waiting/", "/gate/inside/", "/gate/inside/?q=nadie", "/gate/walk-in/",
             f"/gate/walk-in/?kind=DELIVERY&unit={gate.unit}", f"/gate/units/{gate.unit}/", "/gate/shift/", "/gate/shift/?move=1",
             f"/gate/shifts/{visits['shift']}/"]
    for path in paths + [f"/gate/visits/{visits[status]}/" for status in ("APPROVED", "PENDING", "CHECKED_IN")]:
        look(reader, path)
    look(reader, f"/gate/visits/{visits['APPROVED']}/badge/")
    reader.go("/gate/walk-in/")
    reader.page.locator("#word button").click()
    look(reader)
    # Letters twice as large.
    for path in ("/gate/", f"/gate/walk-in/?unit={gate.unit}", f"/gate/visits/{visits['PENDING']}/"):
        reader.go(path)
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.overflows() == 0, path


@BOTH
def test_four_actions_register_a_visitor(come, gate, visits, scripts):
    """Home, name, resident: the fourth was to open the page."""
    reader = come(scripts=scripts, viewport=PHONE)
    begin(reader, gate)
    reader.go("/gate/")
    reader.page.get_by_role("link", name="Visita sin aviso").click()
    home = reader.page.get_by_role("combobox" if scripts else "textbox", name="Unidad")
    if scripts:
        home.press_sequentially("a1")
        reader.page.get_by_role("option", name="A-101").click()
    else:
        home.fill("a1")
    reader.page.get_by_label("Nombre").fill("Luis Pérez")
    if not scripts:
        reader.page.keyboard.press("Enter")
    button = reader.page.get_by_role("button", name="Dar entrada: autoriza Rosa María")
    button.wait_for()
    assert gate.stack.psql(f"select count(*) from garita.visitors where site_id = {gate.site} and first_name = 'Luis'") == ["0"]
    button.click()
    reader.page.wait_for_url("**/admit/")
    assert gate.stack.psql(f"""select status in ('APPROVED', 'CHECKED_IN'), resident_id from garita.visitors
        where site_id = {gate.site} and first_name = 'Luis'""") == [f"t|{gate.rosa}"]


@BOTH
def test_a_visit_that_waits_is_approved_with_one_press(come, gate, visits, scripts):
    reader = come(scripts=scripts)
    begin(reader, gate)
    reader.go("/gate/")
    reader.page.get_by_role("button", name="Autoriza Rosa María").click()
    reader.page.wait_for_url(f"**/gate/visits/{visits['PENDING']}/")
    assert reader.page.locator(".notice").first.inner_text().strip() == "La visita está autorizada."
    reader.page.get_by_role("button", name="Un acompañante más").click()
    reader.page.locator(".facts", has_text="4").wait_for()


def test_lists_keep_themselves_up_to_date(come, gate, visits):
    reader = come()
    begin(reader, gate)
    reader.go("/gate/")
    reader.page.locator("#lists a", has_text="Iván").focus()
    gate.visit("APPROVED", first_name="Recién", last_name="Llegada")
    reader.page.get_by_role("link", name="Recién Llegada").wait_for()
    assert reader.page.evaluate("document.activeElement.textContent") == "Iván Uno", "the focus stays"
    look(reader)
    # A button of what was drawn anew works as the others do.
    reader.page.get_by_role("link", name="Rechazar").click()
    reader.page.wait_for_url("**/gate/visits/*/")
    assert gate.stack.psql(f"select status from garita.visitors where id = {visits['PENDING']}") == ["PENDING"], "not by a slip"
    reader.page.get_by_role("button", name="Rechazar").click()
    assert reader.page.locator(".notice").first.inner_text().strip() == "La visita está rechazada."
    gate.stack.psql(f"update garita.shifts set closed_at = now() where site_id = {gate.site} and closed_at is null")
    reader.page.locator("#lists-stale").wait_for(timeout=30_000)


def test_without_network_a_button_sends_nothing_and_says_so(come, gate, visits):
    reader = come()
    begin(reader, gate)
    reader.go("/gate/inside/")
    reader.context.set_offline(True)
    reader.page.get_by_role("button", name="Dar salida").click()
    assert "no se envió nada" in reader.page.locator(".offline").inner_text()
    assert gate.stack.psql(f"select status from garita.visitors where id = {visits['CHECKED_IN']}") == ["CHECKED_IN"]
    reader.context.set_offline(False)
    reader.page.locator(".offline").wait_for(state="detached")
    reader.page.get_by_role("button", name="Dar salida").click()
    reader.page.wait_for_selector(".verdict")
    assert gate.stack.psql(f"select status from garita.visitors where id = {visits['CHECKED_IN']}") == ["CHECKED_OUT"]


def test_the_console_counts_its_lists_and_leads_to_them(come, gate, visits):
    reader = come(viewport=PHONE)
    begin(reader, gate)
    reader.go("/gate/")
    links = reader.page.locator(".jumps a")
    assert links.all_inner_texts() == ["Por autorizar 1", "Esperadas 1", "Dentro 1"]
    links.last.click()
    assert reader.page.evaluate("document.querySelector('#inside').getBoundingClientRect().top < innerHeight")


def test_by_keyboard_alone(come, gate, visits):
    reader = come()
    begin(reader, gate)
    reader.go("/gate/walk-in/")
    press = reader.page.keyboard.press
    assert reader.page.evaluate("document.activeElement.id") == "unit"
    reader.page.keyboard.type("a-101")
    reader.page.get_by_role("option", name="A-101").wait_for()
    press("ArrowDown")
    press("Enter")
    reader.page.get_by_role("button", name="Preguntar").wait_for()
    press("Tab")
    reader.page.keyboard.type("Ida")
    press("Enter")
    reader.page.wait_for_load_state()
    assert gate.stack.psql(f"select count(*) from garita.visitors where site_id = {gate.site} and first_name = 'Ida'") == ["0"], "Enter admits nobody"
    reader.page.get_by_role("button", name="Preguntar").focus()
    press("Enter")
    reader.page.wait_for_url("**/gate/")
    assert gate.stack.psql(f"select status from garita.visitors where site_id = {gate.site} and first_name = 'Ida'") == ["PENDING"]


# Paper.

def paper(reader, path):
    """What a page says on paper."""
    reader.go(path)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=reader.page.pdf(format="Letter"), capture_output=True, check=True)
    return done.stdout.decode()


def test_who_is_inside_on_paper(come, gate, visits):
    reader = come()
    begin(reader, gate)
    for number in range(40):
        gate.visit("CHECKED_IN", first_name=f"Persona{number:02}", check_in_time=SQL("now()"))
    for number in (9, 11):
        home = gate.add("units", building_id=SQL(f"(select building_id from garita.units where id = {gate.unit})"), number=str(number), floor=1)
        there = gate.visit("CHECKED_IN", first_name="Lejos", check_in_time=SQL("now()"))
        gate.stack.psql(f"update garita.visitors set unit_id = {home} where id = {there}")
    said = paper(reader, "/gate/inside/")
    assert [said.index(home) for home in ("A-9 ", "A-11 ", "A-101 ")] == sorted(said.index(home) for home in ("A-9 ", "A-11 ", "A-101 "))
    assert "1 persona" in said and "42 personas" in said, "how many are at each home"
    assert "Dentro ahora" in said and "44 personas en 43 visitas" in said and "☐" in said and "A-101" in said
    assert all(f"Persona{number:02}" in said for number in range(40))
    for absent in ("Salir", "Caseta", "Buscar", "Dar salida", "Imprimir", "Volver"):
        assert absent not in said, absent


def test_shift_and_badge_on_paper(come, gate, visits):
    reader = come()
    begin(reader, gate)
    said = paper(reader, f"/gate/shifts/{visits['shift']}/")
    assert "Resumen del turno" in said and "Llave en el cajón." in said and "Lámpara rota" in said and "Caseta" not in said
    badge = paper(reader, f"/gate/visits/{visits['APPROVED']}/badge/")
    assert "Guadalupe<i>Montserrat</i>DelaFuente" in "".join(badge.split()) and "A-101" in badge and f"N.º {visits['APPROVED']}" in badge
    assert "ABC" not in badge and "Imprimir" not in badge
