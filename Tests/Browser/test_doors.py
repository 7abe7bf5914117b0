"""Doors in a browser: the guard's pages on a phone and a desk, what becomes of a door below a verdict, the form of a door."""

import pytest

from community import SQL
from order import KINDS, look, name
from reader import PHONE, Reader
from watch import colour, gate, guard, guard_cookies, scan, until  # noqa: F401


@pytest.fixture
def door(gate):  # noqa: F811
    """A door that the process of the outbox leaves alone: its device would call by itself."""
    yield gate.add("doors", access_point_id=SQL(gate.north), name="Pluma de entrada", driver="zkteco", open_within_seconds=30)
    gate.stack.psql(f"""delete from garita.outbox where site_id = {gate.site}; delete from garita.doors where site_id = {gate.site};
        delete from garita.emergencies where site_id = {gate.site}""")


def settle(gate, state, kind="open"):  # noqa: F811
    gate.stack.psql(f"update garita.outbox set state = '{state}', ended_at = now() where site_id = {gate.site} and kind = '{kind}'")


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_the_guards_pages_are_in_order(guard, gate, door, kind):  # noqa: F811
    reader = guard(**kind)
    gate.stack.psql(
        f"insert into garita.door_states (door_id, site_id, trouble, contact) values ({door}, {gate.site}, 'offline', 'open')"
        " on conflict (door_id) do update set trouble = 'offline', contact = 'open'")
    for path in ("/gate/", "/gate/doors/", f"/gate/doors/{door}/", "/gate/all-doors/"):
        look(reader, path)
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.overflows() == 0, path
    reader.go(f"/gate/doors/{door}/")
    sizes = [button.bounding_box() for button in reader.page.locator(".reasons button").all()]
    assert len(sizes) >= 5 and all(size["height"] >= 48 and size["width"] >= 96 for size in sizes), "big thumbs"
    reader.page.locator(".reasons button").first.click()
    reader.page.wait_for_url("**/gate/openings/*/")
    look(reader)
    settle(gate, "failed")
    reader.page.wait_for_selector(".openings.bad")
    look(reader)
    gate.stack.psql(f"insert into garita.emergencies (site_id, note) values ({gate.site}, 'x')")
    for path in ("/gate/", "/gate/all-doors/", "/gate/doors/"):
        look(reader, path)
        assert reader.page.locator(".emergency:visible").count() == 1, path
    banner, heading = (reader.page.locator(f"main > {what}").first.bounding_box() for what in (".emergency", "h1"))
    assert heading["y"] - banner["y"] - banner["height"] >= 8, "the banner does not touch the heading"


def test_a_door_is_followed_and_never_holds_up_the_green(guard, gate, door):  # noqa: F811
    reader = guard(language="en-US")
    scan(reader, gate.pass_of())
    assert colour(reader, "green") == "GO AHEAD"
    line = reader.page.locator("[data-openings]")
    assert "Pluma de entrada" in line.inner_text() and line.get_attribute("data-settled") is None
    settle(gate, "confirmed")
    reader.page.wait_for_selector("[data-openings][data-settled]")
    assert "Relay on" in line.inner_text() and "Look again" not in line.inner_text()
    reader.page.wait_for_selector(".decisions", timeout=10_000)
    assert "Relay on" in reader.page.locator(".decisions li").first.inner_text()
    # One that did not open is seen before the console goes on.
    scan(reader, gate.pass_of())
    colour(reader, "green")
    settle(gate, "unknown")
    reader.page.wait_for_selector(".openings.bad")
    reader.page.wait_for_timeout(4500)
    assert "Open by hand." in reader.page.locator(".openings").inner_text()


def test_without_scripts_a_link_shows_it(guard, gate, door):  # noqa: F811
    reader = guard(scripts=False, language="es-MX", viewport=PHONE)
    scan(reader, gate.pass_of())
    colour(reader, "green")
    settle(gate, "confirmed")
    reader.page.locator(".openings a").click()
    assert "Relevador activado" in reader.page.locator(".openings").inner_text()


def test_an_emergency_reaches_a_console_that_is_open(guard, gate, door):  # noqa: F811
    reader = guard(language="en-US")
    gate.stack.psql(f"insert into garita.emergencies (site_id, note) values ({gate.site}, 'x')")
    reader.page.wait_for_selector("#lists .emergency", timeout=10_000)
    assert "Pluma de entrada" in reader.page.locator("#lists .emergency").inner_text()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_the_form_of_a_door_is_in_order(stack, chromium, gate, door, kind):  # noqa: F811
    reader = Reader(stack, chromium, None, username=f"{gate.code}-admin", **kind).sign_in()
    try:
        for path in ("doors/new", "doors", f"doors/{door}", f"doors/{door}/open", f"doors/{door}/edit", "openings", "door-events"):
            look(reader, f"/admin/{path}/")
        look(reader, f"/admin/doors/new/?driver=http&access_point={gate.north}")
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.overflows() == 0
        reader.send()
        reader.page.wait_for_selector(".errors")
        look(reader)
    finally:
        reader.close()
