"""The pages of residents as they meet them: phone and desk, light and dark, two languages, keyboard, without scripts."""

import re

import pytest

from community import SQL
from homes import Home
from order import KINDS, errors, look, name
from reader import PHONE, Reader

# Words of buttons that are broken between two letters.
BROKEN = """[...document.querySelectorAll("main button, main .button")].flatMap((button) => {
    const found = [], walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
    }
    return found;
})"""


@pytest.fixture(scope="module")
def home(stack):
    one = Home(stack, "casa-vista")
    one.waiting = one.visit("PENDING", first_name="Repartidor", last_name="Rápido", purpose="Paquete", notes="Trae dos cajas")
    one.inside = one.visit("CHECKED_IN", first_name="Adentro", last_name="Ya", check_in_time=SQL("now()"))
    one.card = one.write("/api/access/codes/", {"resident": int(one.lola), "code": "TAG-3344556677", "code_type": "RFID"}).json()["id"]
    one.nina = one.add("residents", unit_id=one.unit, first_name="Nina", last_name="Sol", document_id="x", phone="5512345678", resident_type="FAMILY")
    one.add("vehicles", unit_id=one.unit, plate="ABC-123", description="Rojo")
    one.log_of_home()
    return one


@pytest.fixture(scope="module")
def cookie(stack, chromium, home):
    reader = Reader(stack, chromium, None, username=f"{home.code}-resident").sign_in()
    state = reader.context.storage_state()
    reader.close()
    return state


@pytest.fixture
def open_home(stack, chromium, cookie):
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, None, cookies=cookie, **kind))
        return made[-1]

    yield make
    for one in made:
        one.close()


def invite(reader, **fields):
    reader.go("/home/invite/")
    reader.page.locator("details summary").first.click()
    for field, value in ({"name": "Ana Ruiz"} | fields).items():
        if field in ("code_type", "entries", "visitor_type"):
            reader.page.select_option(f"#{field}", value)
        else:
            reader.page.fill(f"#{field}", value)
    reader.send()
    return reader.page.url


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_is_in_order(stack, home, open_home, kind):
    # The language is the account's, where it has one.
    stack.psql(f"update garita.users set language = '{kind['language'][:2]}' where username = '{home.code}-resident'")
    reader = open_home(**kind)
    for path in ("", "invite/", "invite/recurring/", "invite/party/", "visits/", "visits/?q=Rep", "log/", "cards/", "vehicles/", "household/", "me/",
                 f"visits/{home.waiting}/", f"visits/{home.inside}/", f"cards/{home.card}/lost/", f"household/{home.nina}/end/"):
        look(reader, f"/home/{path}")
        assert reader.page.locator("html").get_attribute("lang") == kind["language"][:2]
    for code in ("QR", "NUMERIC", "OTP"):
        address = invite(reader, code_type=code)
        look(reader)
    for task in ("change", "renew", "cancel", "card"):
        look(reader, address.removeprefix(stack.url) + f"{task}/")
    reader.go("/home/invite/")
    reader.page.locator("details summary").first.click()
    look(reader)
    reader.page.fill("#name", "Ana")
    reader.page.fill("#companions", "100")
    reader.send()
    look(reader)
    assert len(errors(reader)) == 1 and reader.page.input_value("#name") == "Ana"
    reader.go("/home/invite/party/")
    reader.page.fill("#party", f"Cumpleaños {name(kind)}")
    reader.page.fill("#names", "1. Ana Ruiz\n2. Eva Sol")
    reader.send()
    look(reader)
    assert reader.page.locator(".rows li").count() == 2


@pytest.mark.parametrize("path", ["", "invite/", "invite/recurring/", "visits/", "household/", "me/"])
def test_letters_of_twice_the_size_fit(home, open_home, path):
    reader = open_home(viewport=PHONE)
    reader.go(f"/home/{path}")

    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert reader.overflows() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_resident_invites_and_answers(stack, home, open_home, scripts):
    reader = open_home(viewport=PHONE, scripts=scripts)
    reader.go("/home/")
    reader.page.locator("main a.button").first.click()
    reader.page.fill("#name", "Pedro Páramo")
    reader.send()
    assert "/home/visits/" in reader.page.url and reader.page.locator(".qr svg").count() == 1
    assert reader.page.locator("#link").input_value().startswith(f"{stack.url}/p/")
    assert reader.page.locator("a[href^='https://wa.me/?text=']").count() == 1
    waiting = home.visit("PENDING", first_name="Espera", last_name="Uno")
    reader.go("/home/")
    reader.page.locator(f"form[action='/home/visits/{waiting}/approve/'] button").click()
    assert reader.page.locator(".notice").first.is_visible()
    assert stack.psql(f"select status from garita.visitors where id = {waiting}") == ["APPROVED"]


def test_keys_alone_invite(home, open_home):
    reader = open_home()
    reader.go("/home/invite/")
    assert reader.page.locator("#name:focus").count() == 1
    reader.page.keyboard.type("Solo Teclas")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/home/visits/*/")
    assert reader.page.locator("h1").inner_text() == "Solo Teclas"


def test_the_sheet_of_the_phone_shares_the_pass(home, open_home):
    reader = open_home(viewport=PHONE)
    reader.context.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    invite(reader, name="Compartida Uno")
    reader.page.locator("[data-share]").click()
    shared = reader.page.evaluate("window.shared")
    assert "/p/" in shared["url"] and "Compartida Uno" in shared["text"] and shared["url"] == reader.page.input_value("#link")


def test_the_script_of_these_pages_is_small(open_home):
    reader = open_home()
    address = invite(reader)
    sizes = reader.weight(address.removeprefix(reader.stack.url))
    assert sizes["application/javascript"] <= 12_000 and sum(sizes.values()) <= 40_000, sizes


def test_a_pass_fits_the_phone_with_large_letters(home, open_home):
    reader = open_home(viewport=PHONE)
    address = invite(reader, name="Letra Grande")
    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    width = reader.page.viewport_size["width"]
    assert reader.overflows() == 0 and reader.page.evaluate(BROKEN) == []
    assert reader.page.locator(".qr").bounding_box()["width"] > 0.75 * width
    reader.go("/p/" + reader.page.locator("#link").input_value().split("/p/")[1] + "/")
    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert reader.overflows() == 0 and reader.page.evaluate(BROKEN) == [] and address
    assert reader.page.locator(".qr").bounding_box()["width"] > 0.75 * width


def test_in_print_a_pass_is_one_sheet_and_a_party_a_list_to_tick(home, open_home):
    reader = open_home()
    invite(reader, name="Hoja Única")
    reader.page.emulate_media(media="print")
    assert len(re.findall(rb"/Type\s*/Page\b", reader.page.pdf(format="Letter"))) == 1
    assert reader.page.locator(".qr").is_visible() and not reader.page.locator(".foot").is_visible()
    reader.page.emulate_media(media="screen")
    reader.go("/home/invite/party/")
    reader.page.fill("#party", "Para imprimir")
    reader.page.fill("#names", "Ana Ruiz\nEva Sol")
    reader.send()
    assert reader.page.locator(".ticks code").first.is_visible()
    reader.page.emulate_media(media="print")
    assert reader.page.get_by_role("link", name="Eva Sol", exact=True).is_visible() and not reader.page.locator(".ticks code").first.is_visible()
    mark = reader.page.evaluate("getComputedStyle(document.querySelector('.ticks li'), '::before').content")
    assert mark == '"☐"'


def test_the_first_page_shows_who_begins_to_wait(home, open_home):
    reader = open_home()
    reader.page.clock.install()
    reader.go("/home/")
    home.visit("PENDING", first_name="Apenas", last_name="Llega")
    reader.page.clock.run_for(11_000)
    reader.page.get_by_text("Apenas Llega").wait_for()
