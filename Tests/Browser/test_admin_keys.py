"""What administrators do by keys alone."""

from order import look
from reader import PHONE


def test_a_relation_is_picked_by_keys(sign_in, here):
    reader = sign_in(language="en-US")
    page = reader.page
    here.stack.psql(f"""insert into garita.units (site_id, building_id, number, floor)
        select {here.site}, (select min(id) from garita.buildings where site_id = {here.site}), 'KEY' || n, 1 from generate_series(1, 3) n""")
    reader.go("/admin/visitors/new/")
    field = page.locator("[name='unit.text']")
    field.focus()
    assert field.get_attribute("role") == "combobox" and field.get_attribute("aria-expanded") == "false"
    page.keyboard.type("KEY")
    page.locator(".found li").nth(2).wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    look(reader)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".found li").nth(1)
    assert second.get_attribute("aria-selected") == "true" and field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    words = second.inner_text()
    page.keyboard.press("Enter")
    assert field.input_value() == words and field.get_attribute("aria-expanded") == "false"
    assert page.url.endswith("/new/"), "Enter chose, it did not send"
    number = page.input_value("input[type=hidden][name=unit]")
    assert here.stack.psql(f"select number from garita.units where id = {number}")[0] in words
    page.keyboard.type("Z")
    page.wait_for_timeout(400)
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"


def test_a_slash_leads_to_the_search_of_everything(sign_in):
    reader = sign_in(language="en-US")
    page = reader.page
    reader.go("/admin/visitors/")
    page.keyboard.press("/")
    assert page.locator("#everywhere:focus").count() == 1 and page.input_value("#everywhere") == ""
    page.keyboard.type("x/y")
    assert page.input_value("#everywhere") == "x/y", "in a field a slash is a slash"
    page.fill("#everywhere", "Norte")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/search/?s=*")


def tab_to(page, selector, most=80):
    """Presses Tab until that has the focus; answers how often."""
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            box = page.locator(f"{selector}:focus").bounding_box()
            assert box and box["width"] > 0 and box["height"] > 0, "seen when it has the focus"
            return count
    raise AssertionError(f"{selector} is not reached by Tab")


def test_keys_alone_do_it(sign_in, here):
    reader = sign_in(language="en-US")
    page = reader.page
    press = page.keyboard.press
    reader.go("/admin/visitors/")
    assert tab_to(page, ".skip") == 1
    press("Enter")
    assert tab_to(page, "main a.button") <= 4, "the menu is skipped"
    press("Enter")
    page.wait_for_url("**/admin/visitors/new/")
    page.locator("#unit:focus").wait_for()  # one begins to type at once
    tab_to(page, "#first_name")
    page.keyboard.type("Tecla")
    tab_to(page, "#last_name")
    press("Enter")
    page.locator(".errors").wait_for()
    assert page.locator(".errors:focus").count() == 1, "the summary has the focus"
    assert page.input_value("#first_name") == "Tecla"
    press("Tab")
    press("Enter")
    page.wait_for_url("**#*")
    target = page.url.split("#")[1]
    press("Tab")
    assert page.locator(":focus").count() == 1 and page.locator(f"#{target}").count() == 1, "a link to the field"
    reader.go("/admin/buildings/")
    tab_to(page, "main input[name=row]")
    press("Space")
    tab_to(page, "button[name=action]")
    press("Enter")
    page.wait_for_url("**/bulk/")
    tab_to(page, "main form button[name=action]")
    # A phone's menu is folded away and opens by keys.
    phone = sign_in(viewport=PHONE, language="en-US")
    phone.go("/admin/")
    tab_to(phone.page, ".side summary")
    phone.page.keyboard.press("Enter")
    tab_to(phone.page, ".side a[href='/admin/visitors/']")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/admin/visitors/")
