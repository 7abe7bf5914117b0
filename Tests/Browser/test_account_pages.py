"""The account pages as people meet them: phone and desk, light and dark, two languages, keyboard, without scripts."""

import re

import pytest

from order import KINDS, errors, look, name
from reader import PASSWORD, PHONE
from second_factor import digits, step

OPEN = ["/account/sign-in/", "/account/new-password/", "/account/nowhere/"]
INSIDE = ["/account/", "/account/password/", "/account/sessions/", "/account/second-factor/", "/account/second-factor/confirm/",
          "/account/second-factor/recovery-codes/", "/account/second-factor/disable/"]


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_is_in_order(make_reader, kind):
    reader = make_reader(**kind)
    for path in OPEN:
        look(reader, path)
        assert reader.page.locator("html").get_attribute("lang") == kind["language"][:2]
    reader.sign_in("wrong")
    look(reader)
    reader.sign_in()
    for path in INSIDE:
        look(reader, path)
    reader.go("/account/password/")
    reader.page.fill("#old_password", "x")
    reader.page.fill("#new_password", "password")
    reader.send()
    look(reader)
    reader.go("/account/second-factor/")
    reader.page.fill("#password", PASSWORD)
    reader.send()
    look(reader)
    letters = reader.page.locator("code.long").inner_text().replace(" ", "")
    reader.page.fill("#code", digits(letters, step()))
    reader.send()
    look(reader)
    assert reader.page.locator(".codes li").count() == 10
    look(reader, "/account/second-factor/")
    reader.page.locator("form.who button").click()
    look(reader)
    reader.sign_in()
    assert reader.page.url.endswith("/account/sign-in/code/")
    look(reader)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_signing_in_and_out(make_reader, scripts):
    reader = make_reader(scripts=scripts)
    reader.go("/account/sessions/")
    assert "/account/sign-in/?next=" in reader.page.url
    reader.send()
    assert errors(reader) == ["Escriba su nombre de usuario.", "Escriba su contraseña."]
    reader.page.fill("#username", "browser_person")
    reader.page.fill("#password", "wrong")
    reader.send()
    assert errors(reader) == ["El nombre de usuario o la contraseña son incorrectos."]
    assert reader.page.input_value("#username") == "browser_person" and reader.page.input_value("#password") == ""
    reader.page.fill("#password", PASSWORD)
    reader.send()
    assert reader.page.url.endswith("/account/sessions/"), "where one wanted to be"
    assert "Hernández <b>y</b> Rodríguez" in reader.page.locator(".who").inner_text()
    reader.page.locator("form.who button").click()
    assert reader.page.locator(".notice").inner_text() == "Su sesión se cerró."
    reader.page.go_back()
    reader.page.reload()
    assert "/account/sign-in/" in reader.page.url, "nothing of it is left in the browser"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_wrong_is_where_one_looks(make_reader, scripts):
    reader = make_reader(scripts=scripts, language="en-US")
    reader.go("/account/new-password/")
    reader.page.fill("#token", "abc")
    reader.page.fill("#password", "some new words")
    reader.send()
    assert reader.page.title().startswith("Error: ")
    said = errors(reader)
    assert said == ["This link does not exist, was already used, or has expired. Ask for a new one."]
    assert reader.page.locator("#token-error").inner_text() == said[0], "the same words at the field"
    field = reader.page.locator("#token")
    assert field.get_attribute("aria-invalid") == "true" and "token-error" in field.get_attribute("aria-describedby")
    assert field.input_value() == "abc" and reader.page.input_value("#password") == ""
    assert reader.page.locator(".errors:focus").count() == 1, "the summary has the focus"
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    assert reader.page.url.endswith("#token")
    reader.page.keyboard.press("Tab")
    assert reader.page.locator(":focus").count() == 1


def test_keys_alone_do_it(make_reader):
    reader = make_reader()
    reader.go("/account/sign-in/?next=%2Faccount%2F")
    press = reader.page.keyboard.press
    press("Tab")
    assert reader.page.locator(".skip:focus").count() == 1
    assert reader.page.locator(".skip").bounding_box()["y"] >= 0, "seen when it has the focus"
    press("Enter")
    press("Tab")
    assert reader.page.locator("#username:focus").count() == 1
    reader.page.keyboard.type("browser_person")
    press("Tab")
    reader.page.keyboard.type(PASSWORD)
    press("Enter")
    reader.page.wait_for_url("**/account/")
    for _ in range(12):
        press("Tab")
        if reader.page.locator("main a:focus").count():
            break
    assert reader.page.locator("main a:focus").get_attribute("href") == "/account/password/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_everything_of_the_account(make_reader, scripts):
    reader, phone = make_reader(scripts=scripts), make_reader(viewport=PHONE, scripts=scripts)
    reader.sign_in()
    phone.sign_in()
    reader.go("/account/sessions/")
    assert reader.page.locator(".rows li").count() == 2
    reader.page.locator(".rows button").click()
    assert reader.page.locator(".notice").inner_text() == "La sesión se cerró."
    phone.go("/account/")
    assert "/account/sign-in/" in phone.page.url
    reader.go("/account/password/")
    reader.page.fill("#old_password", PASSWORD)
    reader.page.fill("#new_password", "otra vaca azul duerme")
    reader.send()
    assert "Su contraseña ha cambiado." in reader.page.locator(".notice").inner_text()
    reader.go("/account/second-factor/")
    reader.page.fill("#password", "otra vaca azul duerme")
    reader.send()
    letters = reader.page.locator("code.long").inner_text().replace(" ", "")
    reader.page.fill("#code", "000000")
    reader.send()
    assert errors(reader) == ["El código es incorrecto o ya se usó."]
    reader.page.fill("#code", digits(letters, step()))
    reader.send()
    recovery = reader.page.locator(".codes code").all_inner_texts()
    reader.page.locator("main a.button").click()
    phone.sign_in("otra vaca azul duerme")
    phone.page.fill("#code", recovery[0].lower())
    phone.send()
    assert phone.page.url.endswith("/gate/shift/"), "where a guard begins"
    reader.page.locator(".foot button").click()
    assert reader.page.locator("h1").inner_text() == "My account"
    phone.go("/account/")
    assert phone.page.locator("h1").inner_text() == "My account", "kept with the account"


def test_scripts_show_a_password_and_read_a_link(make_reader, stack, account):
    code = stack.call("POST", f"/api/users/{account}/password_link/", "ADMIN").json()["token"]
    reader = make_reader()
    reader.go(f"/account/new-password/#{code}")
    reader.page.get_by_text("Elija una contraseña. Entrará con ella y con este nombre de usuario:").wait_for()
    assert reader.page.locator("main strong.code").inner_text() == "browser_person"
    assert reader.page.input_value("#token") == code and "#" not in reader.page.url
    assert not any(code in url for url in reader.requests)
    reader.page.fill("#password", "otra vaca azul duerme")
    show = reader.page.get_by_role("button", name="Mostrar")
    show.click()
    assert reader.page.locator("#password").get_attribute("type") == "text"
    assert reader.page.get_by_role("button", name="Ocultar").get_attribute("aria-pressed") == "true"
    reader.send()
    assert reader.page.locator(".notice").inner_text().startswith("Su contraseña nueva quedó guardada.")
    assert reader.page.input_value("#username") == "browser_person"


def test_pages_are_light(make_reader):
    """HTML 6 KB, stylesheet 12 KB, script 6 KB, three files and the icon."""
    stranger, member = make_reader(), make_reader().sign_in()
    for reader, path in [(stranger, path) for path in OPEN[:2]] + [(member, path) for path in INSIDE]:
        sizes = reader.weight(path)
        assert len(sizes) <= 3 and sizes.pop("text/html") <= 6_000, (path, sizes)
        assert sizes.pop("text/css") <= 12_000 and sizes.pop("application/javascript", 0) <= 6_000 and sizes == {}
        assert len([url for url in reader.requests if not url.startswith("data:")]) <= 4


def test_print_leaves_what_belongs_on_paper(make_reader):
    reader = make_reader().sign_in()
    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".who").is_visible() and reader.page.locator("h1").is_visible()


def test_larger_letters_break_nothing(make_reader):
    """WCAG 1.4.4: at 200 % on a phone nothing is cut off."""
    reader = make_reader(viewport=PHONE).sign_in()
    for path in INSIDE:
        reader.go(path)
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.overflows() == 0, path


def test_no_page_holds_a_style_or_a_script(make_reader):
    """C8: the policy would refuse them; none is written."""
    reader = make_reader().sign_in()
    for path in OPEN + INSIDE:
        answer = reader.go(path)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?! type=\"module\" src=\"/)", answer.text())
