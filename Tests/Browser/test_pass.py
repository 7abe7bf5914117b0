"""The page of a pass on the phone of its visitor, who has no account."""

import re
import subprocess

import pytest

from community import SQL, Community
from order import KINDS, errors, look, name
from reader import PHONE, Reader


@pytest.fixture(scope="module")
def here(stack):
    one = Community(stack, "llega")
    one.host = one.add("residents", first_name="Rosa", last_name="Mar", unit_id=SQL(one.unit), is_authorized=SQL("true"))
    stack.psql(f"""update garita.sites set address = 'Calle 5, Centro', map_url = 'https://maps.example/x', pass_shows = 'unit_and_host'
        where id = {one.site}""")
    one.admin = one.person(**{"Accept-Language": "en"})
    return one


@pytest.fixture
def visitor(stack, chromium):
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, None, **kind))
        return made[-1]

    yield make
    for one in made:
        one.close()


def issue(here, first_name="Ana", **fields):
    """A visit, the path of the link of its pass, and the code."""
    visit = here.visit("APPROVED", resident_id=SQL(here.host), first_name=first_name)
    answer = here.admin.send(f"/admin/visitors/{visit}/pass/", {"code_type": "QR", "valid_hours": "5", "max_uses": "2"} | fields).text
    return visit, re.search(r"(/p/\w{26})<", answer)[1] + "/", re.search(r"<code data-copy>([^<]+)<", answer)[1]


def read(picture):
    """What a reader of a gate sees in a picture."""
    # Raw bytes: as text zbar guesses a character set.
    return subprocess.run(["zbarimg", "--quiet", "--raw", "-Sbinary", "-"], input=picture, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_is_in_order(visitor, here, kind):
    visit, path, _ = issue(here, "Wolfeschlegelsteinhausenbergerdorff")
    here.stack.psql(f"update garita.visitors set vehicle_plate = 'ABC-123-D', companions = 3 where id = {visit}")
    person = visitor(**kind)
    for page in (path, f"{path}plate/", f"{path}cancel/", "/p/QXK7M2PB9RTW4HVN6DJC3FGYSZ/"):
        look(person, page)
        assert person.page.locator("html").get_attribute("lang") == kind["language"][:2]
    person.go(f"{path}plate/")
    person.page.fill("#vehicle_plate", "--")
    person.send()
    look(person)
    assert len(errors(person)) == 1
    for state in ("PENDING", "DENIED"):
        here.stack.psql(f"update garita.visitors set status = '{state}' where id = {visit}")
        look(person, path)
    assert person.page.locator(".ticket").count() == 0
    look(person, issue(here, code_type="OTP")[1])
    assert person.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_does_all_there_is(visitor, here, scripts):
    visit, path, _ = issue(here)
    person = visitor(viewport=PHONE, scripts=scripts)
    person.go(path)
    page = person.page
    assert page.locator("[data-offline]").is_hidden() and page.locator(".greeting").inner_text() == "Ana"
    assert page.get_by_role("link", name="Mapa").get_attribute("href") == "https://maps.example/x"
    page.get_by_role("link", name="Agregar sus placas").click()
    page.fill("#vehicle_plate", "ABC 123")
    person.send()
    assert "ABC 123" in page.locator(".facts").inner_text()
    page.get_by_role("button", name="English").click()
    assert "Show it at the gate." in page.locator(".notice.good").inner_text()
    page.get_by_role("link", name="I'm not coming").click()
    page.get_by_role("link", name="Go back").click()
    assert page.locator(".ticket").count() == 1
    page.get_by_role("link", name="I'm not coming").click()
    page.get_by_role("button", name="Cancel my pass").click()
    assert "You said you are not coming" in page.locator("main").inner_text() and page.locator(".ticket").count() == 0
    page.go_back()
    page.reload()
    assert "You said you are not coming" in page.locator("main").inner_text()


def test_keys_alone_do_it(visitor, here):
    _, path, _ = issue(here)
    person = visitor()
    person.go(path)
    press = person.page.keyboard.press
    for _ in range(12):
        press("Tab")
        if person.page.locator(":focus").inner_text() == "Agregar sus placas":
            break
    press("Enter")
    person.page.wait_for_url("**/plate/")
    person.page.locator("#vehicle_plate").focus()
    person.page.keyboard.type("XYZ 9")
    press("Enter")
    person.page.wait_for_url(lambda url: url.endswith(f"{path}?saved=plate"))
    assert "XYZ 9" in person.page.locator(".facts").inner_text()


def test_the_picture_is_what_a_gate_reads(visitor, here):
    _, path, _ = issue(here)
    for kind in (dict(viewport=PHONE, scheme="dark"), dict(scheme="light")):
        person = visitor(**kind)
        person.go(path)
        assert read(person.page.locator(".qr svg").screenshot()).strip() == f"{here.stack.url}{path.rstrip('/')}".upper()


def test_a_phone_that_reads_the_picture_comes_to_the_page(visitor, here):
    _, path, _ = issue(here)
    person = visitor()
    person.go(path.rstrip("/").upper())
    assert person.page.url.endswith(path) and person.page.locator(".ticket").count() == 1


def test_large_letters_fit(visitor, here):
    _, path, _ = issue(here)
    person = visitor(viewport=PHONE)
    person.go(path)
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert person.overflows() == 0


def test_it_is_light(visitor, here):
    _, path, _ = issue(here)
    person = visitor(viewport=PHONE)
    person.go(path)
    sizes = person.weight(path)
    assert sum(sizes.values()) <= 60_000 and sizes["text/html"] <= 8_000, sizes
    assert len(person.requests) <= 6, person.requests


def test_it_prints_on_one_sheet(visitor, here):
    _, path, _ = issue(here)
    person = visitor()
    person.go(path)
    sheet = person.page.pdf(format="Letter")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    images = subprocess.run(["pdftoppm", "-r", "150", "-png"], input=sheet, capture_output=True, check=True).stdout
    assert read(images).strip().endswith(path.rstrip("/").upper())
    person.page.emulate_media(media="print")
    assert not person.page.get_by_text("No iré").is_visible() and person.page.locator(".facts").is_visible()


def test_a_copy_of_it_says_that_it_is_one(visitor, here):
    """As the service worker marks what it kept."""
    _, path, _ = issue(here)
    person = visitor()
    person.page.route(f"**{path}", lambda route: route.fulfill(response=(real := route.fetch()), body=real.text().replace(
        "<html ", '<html data-fetched="2026-11-30T18:30:00Z" ')))
    person.go(path)
    banner = person.page.locator("[data-offline]")
    assert "Copia del 30 nov 2026" in banner.inner_text() and "lo decide el acceso" in banner.inner_text()
    assert person.page.locator("[data-state]").is_hidden(), "a copy does not say that the pass is good"
    person.page.unroute_all()
    person.go(path)
    assert banner.is_hidden()
    person.context.set_offline(True)
    banner.wait_for()
    assert person.page.locator("[data-state]").is_hidden()
    person.context.set_offline(False)
    banner.wait_for(state="hidden")


def test_the_digits_change_in_their_place(visitor, here):
    """The clock of the page runs ahead; the server's digits may be the same, the picture is a new one."""
    _, path, _ = issue(here, code_type="OTP")
    person = visitor()
    person.page.clock.install()
    person.go(path)
    person.page.evaluate("document.querySelector('[data-renew]').title = 'the first'")
    person.requests.clear()
    person.page.clock.run_for(31_000)
    person.page.locator("[data-renew]:not([title])").wait_for()
    # The icon of the page before may come late.
    asked = [one for one in person.requests if "/static/" not in one]
    assert asked[0].endswith(path) and person.page.locator(".ticket code").inner_text().strip()
    person.context.set_offline(True)
    person.page.clock.run_for(31_000)
    person.page.locator("[data-renew]").wait_for(state="hidden")
    assert person.page.locator("[data-offline]").is_visible(), "old digits are not shown, and why"
    person.context.set_offline(False)
    person.page.clock.run_for(6_000)
    person.page.locator("[data-renew]").wait_for()
    assert person.page.locator("[data-offline]").is_hidden()
    here.stack.psql("update garita.temporary_codes set is_active = false, revoked_at = now() where code_type = 'OTP'")
    person.page.clock.run_for(31_000)
    person.page.locator(".ticket").wait_for(state="detached")
