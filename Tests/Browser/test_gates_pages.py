"""Passes, cards, gates and devices on pages, as administrators meet them: phone and desk, light and dark, two languages."""

import uuid

import pytest

from gates import Residence
from order import KINDS, look, name
from reader import PASSWORD, Reader


@pytest.fixture(scope="module")
def residence(stack):
    return Residence(stack)


@pytest.fixture
def open_admin(stack, chromium, residence):
    made = []

    def make(**kind):
        reader = Reader(stack, chromium, None, **kind)
        made.append(reader)
        reader.go("/account/sign-in/")
        reader.page.fill("#username", f"{residence.name}_admin")
        reader.page.fill("#password", PASSWORD)
        reader.send()
        return reader

    yield make
    for one in made:
        one.close()


def press(reader):
    """The button of the page's own form, at its end."""
    reader.page.locator("main form.task button").last.click()


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_task_is_in_order(open_admin, residence, kind):
    reader, visitor = open_admin(**kind), residence.visitor()
    card = residence.card(f"T{uuid.uuid4().hex}")
    for path in (f"visitors/{visitor}/approve", f"visitors/{visitor}/deny", f"visitors/{visitor}/cancel", f"visitors/{visitor}/pass",
                 f"cards/{card}/replace", f"cards/{card}/report-lost", f"cards/{card}/reveal", f"gates/{residence.gate}/device",
                 f"gates/{residence.gate}/acknowledge", "devices/new", "schedules/new", "blocklist/new"):
        look(reader, f"/admin/{path}/")
    reader.go(f"/admin/visitors/{visitor}/pass/")
    reader.page.fill("#valid_hours", "900")
    press(reader)
    look(reader)
    assert reader.page.input_value("#valid_hours") == "900"
    reader.page.fill("#valid_hours", "2")
    press(reader)
    look(reader)
    assert reader.page.locator(".ticket svg").count() == 1
    reader.go(f"/admin/gates/{residence.gate}/device/")
    reader.page.fill("#name", f"Lector {name(kind)}")
    press(reader)
    look(reader)


def test_a_pass_is_copied_and_reloading_issues_none_again(stack, open_admin, residence):
    reader, visitor = open_admin(language="es-MX"), residence.visitor()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.go(f"/admin/visitors/{visitor}/pass/")
    press(reader)
    code, link = reader.page.locator("[data-copy]").all_inner_texts()
    for text in (code, link):
        # What was copied says so: the next one is the first.
        reader.page.get_by_role("button", name="Copiar").first.click()
        assert reader.page.evaluate("navigator.clipboard.readText()") == text
    assert link.startswith(f"{stack.url}/p/")
    assert reader.page.get_by_role("button", name="Imprimir").is_visible()
    reader.page.reload()
    number = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")
    assert len(number) == 1 and reader.page.url.endswith(f"/admin/passes/{number[0]}/")
    assert code not in reader.page.content()


def test_without_scripts_a_pass_is_issued_all_the_same(open_admin, residence):
    reader = open_admin(language="en-US", scripts=False)
    reader.go(f"/admin/visitors/{residence.visitor()}/pass/")
    press(reader)
    assert len(reader.page.locator("[data-copy]").first.inner_text()) == 26
    assert not reader.page.get_by_role("button", name="Print").is_visible()
