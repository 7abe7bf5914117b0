"""The console as a guard meets it: scanning, colours and focus, with and without scripts."""

import re
import statistics

import pytest

from community import SQL
from order import KINDS, look, name
from reader import PHONE
from watch import colour, gate, guard, guard_cookies, scan, until  # noqa: F401


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_of_it_is_in_order(guard, gate, kind):
    reader = guard(**kind)
    green, amber = gate.pass_of(companions=SQL("3"), purpose="Cena"), gate.pass_of()
    gate.stack.psql("update garita.temporary_codes set valid_from = now() + interval '1 hour' where id = (select max(id) from garita.temporary_codes)")
    look(reader, "/gate/")
    for code, shown in ((green, "green"), (green, "red"), (amber, "amber")):
        reader.page.fill("#q", code)
        reader.page.keyboard.press("Enter")
        colour(reader, shown)
        look(reader)
    reader.page.fill("#q", "munoz")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(".people li")
    look(reader)
    log = gate.stack.psql(f"select max(id) from garita.access_logs where site_id = {gate.site}")[0]
    for path in ("/gate/manual/", f"/gate/residents/{gate.resident}/", f"/gate/decisions/{log}/", "/gate/"):
        look(reader, path)
    # Letters of twice the size.
    for text in (green, amber, "munoz"):
        reader.page.fill("#q", text)
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_selector({green: ".verdict.red", amber: ".verdict.amber"}.get(text, ".people li"))
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.overflows() == 0, text


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_colours_and_the_way_back(guard, gate, scripts):
    reader, code = guard(scripts=scripts, language="en-US"), gate.pass_of()
    assert reader.page.locator("#q:focus").count() == 1
    scan(reader, code)
    assert colour(reader, "green") == "GO AHEAD" and "Muñoz" in reader.page.locator(".whom").inner_text()
    assert reader.page.locator("#q:focus").count() == 1, "the next scan is read at once"
    scan(reader, code)
    assert colour(reader, "red") == "STOP" and "No entries left" in reader.page.locator(".why").inner_text()
    reader.page.locator("[data-next]").click()
    reader.page.wait_for_selector(".decisions")
    assert reader.page.locator(".decisions li").first.get_attribute("class") == "red"
    reader.page.locator(".choices a", has_text="Exit").click()
    reader.page.wait_for_url("**/gate/?direction=EXIT")
    reader.page.locator("#q").focus()
    scan(reader, code)
    assert colour(reader, "green") == "EXIT"


def test_green_returns_by_itself_and_red_waits(guard, gate):
    reader, code = guard(), gate.pass_of()
    reader.page.clock.install()
    scan(reader, code)
    colour(reader, "green")
    reader.page.clock.run_for(4100)
    reader.page.wait_for_selector(".decisions")
    scan(reader, code)
    colour(reader, "red")
    reader.page.clock.run_for(60_000)
    assert reader.page.locator(".verdict.red").count() == 1
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_selector(".decisions")


def test_two_scans_at_once_are_two_decisions_in_their_order(guard, gate):
    reader, first, second = guard(), gate.pass_of(), gate.pass_of()
    reader.page.evaluate("""() => { window.seen = [];
        new MutationObserver(() => { const one = document.querySelector(".whom strong"); if (one && seen.at(-1) !== one.textContent)
            seen.push(one.textContent) }).observe(document.body, {childList: true, subtree: true}) }""")
    before = gate.rows()
    scan(reader, first)
    reader.page.wait_for_timeout(150)
    scan(reader, second)
    until(reader, "seen.length === 2")
    assert gate.rows() == before + 2
    names = gate.stack.psql(f"select person_name from garita.access_logs where site_id = {gate.site} order by id desc limit 2")
    assert reader.page.evaluate("seen") == names[::-1]


@pytest.mark.parametrize("place", ["a button", "nowhere"])
def test_a_scan_is_read_wherever_the_focus_is(guard, gate, place):
    reader = guard()
    if place == "a button":
        reader.page.locator("form.who button").focus()
    else:
        reader.page.evaluate("document.activeElement.blur()")
    scan(reader, gate.pass_of())
    colour(reader, "green")


@pytest.mark.parametrize("place", ["the box", "a link", "nowhere", "a button"])
def test_a_scan_takes_the_place_of_what_was_looked_for(guard, gate, place):
    reader = guard()
    gate.pass_of(first_name="Ofelia")
    reader.page.fill("#q", "ofelia")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(".people li")
    assert reader.page.locator("#q:focus").count() == 1
    if place == "a link":
        reader.page.locator(".people a").first.focus()
    elif place == "nowhere":
        reader.page.evaluate("document.activeElement.blur()")
    elif place == "a button":
        reader.page.locator(".people button").first.click()
        colour(reader, "green")
        reader.page.evaluate("document.querySelector('.verdict').remove()")
    scan(reader, gate.pass_of())
    colour(reader, "green")


@pytest.mark.parametrize("caret", ["at its end", "in it"])
def test_a_scan_behind_half_typed_text_is_what_was_scanned(guard, gate, caret):
    reader = guard()
    reader.page.locator("#q").press_sequentially("ofel", delay=110)
    if caret == "in it":
        reader.page.keyboard.press("ArrowLeft")
    # Slower than a hand is from its keys to the scanner.
    reader.page.wait_for_timeout(200)
    scan(reader, gate.pass_of())
    colour(reader, "green")
    assert reader.page.input_value("#q") == ""


@pytest.mark.parametrize("place", ["nowhere", "a field", "a list to choose from"])
def test_a_scan_on_another_page_is_carried_to_the_console(guard, gate, place):
    reader, code = guard(), gate.pass_of()
    reader.go("/gate/?direction=EXIT")
    reader.go("/gate/manual/" if place == "a list to choose from" else "/gate/inside/" if place == "a field" else "/gate/expected/")
    if place == "nowhere":
        reader.page.evaluate("document.activeElement.blur()")
        scan(reader, code)
    elif place == "a field":
        reader.page.fill("#q", "ofelia")
        scan(reader, f"{gate.stack.url}/p/{code}".upper())
    else:
        reader.page.focus("#preset")
        scan(reader, code)
    # Nobody has seen this visitor come in; the console still asks about exits, as it was set.
    reader.page.wait_for_selector(".verdict")
    assert reader.page.url.endswith("/gate/?direction=EXIT")
    assert gate.stack.psql(f"select access_type || ' ' || access_method from garita.access_logs where site_id = {gate.site} order by id desc limit 1")[0] in (
        "EXIT QR_CODE", "EXIT OTHER")
    assert reader.page.evaluate("sessionStorage.getItem('garita-gate-scan')") is None


def test_what_is_scanned_into_a_field_stays_there_unless_it_is_a_pass(guard, gate):
    reader, before = guard(), gate.rows()
    reader.go("/gate/manual/")
    reader.page.fill("#name", "Ana Ruiz")
    reader.page.focus("#plate")
    reader.page.keyboard.type("ABC123XYZ")
    reader.page.keyboard.press("Tab")
    assert reader.page.input_value("#plate") == "ABC123XYZ" and gate.rows() == before
    reader.page.focus("#name")
    reader.page.keyboard.press("End")
    scan(reader, gate.pass_of())
    colour(reader, "green")


def test_a_console_that_nobody_touched_for_hours_reads_the_next_scan(guard, gate):
    reader = guard()
    reader.page.clock.install()
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.clock.fast_forward("03:00:00")
    scan(reader, gate.pass_of())
    colour(reader, "green")


def test_a_scanner_that_ends_with_tab_and_a_french_keyboard(guard, gate):
    reader = guard()
    reader.page.keyboard.type(gate.pass_of())
    reader.page.keyboard.press("Tab")
    colour(reader, "green")
    digits = gate.pass_of(kind="NUMERIC")
    scan(reader, "".join("à&é\"'(-è_ç"[int(one)] for one in digits))
    colour(reader, "green")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_by_keys_alone_a_visitor_is_admitted_by_name(guard, gate, scripts):
    reader = guard(scripts=scripts, viewport=PHONE)
    gate.pass_of(first_name="Quetzalli" if scripts else "Xóchitl")
    reader.page.locator("#q").focus()
    reader.page.keyboard.type("quetzali" if scripts else "sochitl", delay=60)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(".people li")
    for _ in range(30):
        reader.page.keyboard.press("Tab")
        if reader.page.locator(".people form button:focus").count():
            break
    reader.page.keyboard.press("Enter")
    assert colour(reader, "green") == "ADELANTE"


def test_an_answer_is_read_aloud_by_what_was_there_before(guard, gate):
    reader = guard()
    reader.page.evaluate("window.voice = document.querySelector('[role=alert]')")
    scan(reader, gate.pass_of())
    colour(reader, "green")
    assert reader.page.evaluate("voice.isConnected && voice.textContent").startswith("ADELANTE. ")


def test_the_first_load_is_small_and_an_answer_quick(guard, gate, capsys):
    reader = guard()
    sizes = reader.weight("/gate/")
    assert sum(sizes.values()) <= 40_000, sizes
    code, times = gate.pass_of(uses=40), []
    for _ in range(20):
        reader.page.evaluate("""() => { window.took = null; 
            addEventListener("keydown", (e) => { if (e.key === "Enter") window.begin = performance.now() }, true);
            const old = document.querySelector(".verdict");
            const seen = new MutationObserver(() => { const one = document.querySelector(".verdict");
                if (one && one !== old) { seen.disconnect(); requestAnimationFrame(() => took = performance.now() - window.begin) } });
            seen.observe(document.body, {childList: true, subtree: true}) }""")
        scan(reader, code)
        until(reader, "took !== null")
        times.append(reader.page.evaluate("took"))
    p95 = statistics.quantiles(times, n=20)[-1]
    with capsys.disabled():
        print(f"\nkey press to colour: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms; first load {sum(sizes.values())} bytes")
    # The aim is 150 ms on a machine that does nothing else; here other tests run beside it.
    assert statistics.median(times) < 1000


def test_a_form_of_the_console_shows_no_code(guard, gate):
    reader, code = guard(), gate.pass_of()
    scan(reader, code)
    colour(reader, "green")
    assert code not in reader.page.content() and not re.search(r"[?&]q=", reader.page.url)
