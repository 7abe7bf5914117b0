"""Accounts and settings on pages, as administrators meet them: phone and desk, light and dark, two languages."""

import pytest

from order import KINDS, errors, look, name
from reader import PASSWORD, Reader
from test_login import django_hash


@pytest.fixture
def open_admin(stack, chromium):
    made = []
    clean = """delete from garita.login_throttles; delete from garita.users where username like 'browse\\_%';
        update garita.sites set is_active = false where code = 'BROWSE'"""

    def make(superuser=False, **kind):
        reader = Reader(stack, chromium, None, **kind)
        made.append(reader)
        reader.go("/account/sign-in/")
        reader.page.fill("#username", "browse_super" if superuser else "browse_admin")
        reader.page.fill("#password", PASSWORD)
        reader.send()
        return reader

    stack.psql(clean)
    stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, is_superuser) values
            ((select min(id) from garita.sites), 'browse_admin', '{django_hash(PASSWORD)}', 'ADMIN', false),
            (null, 'browse_super', '{django_hash(PASSWORD)}', 'ADMIN', true),
            ((select min(id) from garita.sites), 'browse_guard', 'x', 'GUARD', false);
        insert into garita.sites (name, code) values ('Las Palmas', 'BROWSE') on conflict (code) do update set is_active = true""")
    yield make
    for one in made:
        one.close()
    stack.psql(clean)


def guard(stack):
    return stack.psql("select id from garita.users where username = 'browse_guard'")[0]


def press(reader):
    reader.page.locator("main form button:not([type=button])").last.click()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_of_people_and_settings_is_in_order(stack, open_admin, kind):
    reader = open_admin(**kind)
    for task in ("password-link", "unlock", "second-factor", "end-sessions"):
        look(reader, f"/admin/users/{guard(stack)}/{task}/")
    reader.go(f"/admin/users/{guard(stack)}/password-link/")
    press(reader)
    look(reader)
    assert reader.page.locator(".qr svg").count() == 1
    look(reader, "/admin/users/new/")
    press(reader)
    look(reader)
    assert reader.page.locator("#username-error").is_visible()
    look(reader, "/admin/settings/")
    reader.page.fill("#visitor_days", "0")
    press(reader)
    look(reader)
    assert len(errors(reader)) == 1 and reader.page.input_value("#visitor_days") == "0"
    above = open_admin(superuser=True, **kind)
    look(above, "/admin/site/")
    look(above, "/admin/settings/")


def test_the_link_fills_the_code_in_and_leaves_the_address(stack, open_admin):
    reader = open_admin(language="es-MX")
    reader.go(f"/admin/users/{guard(stack)}/password-link/")
    press(reader)
    link = reader.page.input_value("#link")
    assert reader.page.get_by_role("button", name="Copiar").is_visible()
    reader.page.goto(link)
    assert reader.page.input_value("#token") == link.split("#")[1] and "#" not in reader.page.url


def test_settings_are_saved_without_scripts(stack, open_admin):
    reader = open_admin(language="en-US", scripts=False)
    reader.go("/admin/settings/")
    reader.page.select_option("#time_zone", "America/Cancun")
    reader.page.fill("#grace_after_minutes", "10")
    press(reader)
    assert "The settings are saved." in reader.page.content()
    assert stack.psql("select time_zone, grace_after_minutes from garita.sites where id = (select min(id) from garita.sites)") == ["America/Cancun|10"]
    stack.psql("update garita.sites set time_zone = 'America/Mexico_City', grace_after_minutes = 0")
