"""What scripts add to lists: all rows ticked at once, buttons within reach, and a form that says it is on its way."""


def test_all_rows_are_ticked_at_once_and_what_is_done_to_them_is_within_reach(sign_in, here):
    for n in range(30):
        here.add("buildings", name=f"Todas {n:02}", code=f"A{n}")
    reader = sign_in(language="es-MX")
    reader.go("/admin/buildings/?search=Todas")
    page = reader.page
    boxes, box, head = page.locator("tbody .tick input"), page.locator(".actions"), page.locator("thead .tick input")
    seen = lambda: page.evaluate("document.querySelector('.actions').getBoundingClientRect().bottom <= innerHeight + 1")
    assert head.get_attribute("aria-label") == "Seleccionar todos los de esta página" and not seen()
    head.check()
    assert boxes.count() == 25 and all(boxes.nth(n).is_checked() for n in range(25)) and seen()
    boxes.nth(3).uncheck()
    assert page.evaluate("document.querySelector('thead .tick input').indeterminate")
    head.check()
    assert boxes.nth(3).is_checked()
    head.uncheck()
    assert not boxes.nth(0).is_checked() and not seen()
    # A file leaves the page as it is: it can be asked for twice.
    boxes.nth(0).check()
    for kind in ("csv", "xlsx"):
        with page.expect_download() as download:
            box.locator(f"button[value=export_{kind}]").click()
        assert download.value.suggested_filename == f"Torres.{kind}"
    assert reader.complaints == []


def test_a_page_that_waits_says_so_and_is_not_sent_twice(sign_in, here):
    row, sent = here.add("buildings", name="Espera", code="ESP"), []
    reader = sign_in(language="es-MX")
    page = reader.page
    reader.go("/admin/buildings/?search=Espera")
    page.locator(f"input[name=row][value='{row}']").check()
    page.locator("button[value=not_is_active]").click()

    def answer(route):
        """As long as no answer comes the page stays: so it does for one that says nothing."""
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    page.route("**/bulk/", answer)
    button = page.locator("main button.bad")
    button.click()
    page.locator("main button.bad", has_text="Un momento…").wait_for()
    assert button.is_disabled() and page.locator("form[aria-busy=true]").count() == 1
    page.evaluate("document.querySelector('main button.bad').form.requestSubmit()")
    page.wait_for_timeout(200)
    assert len(sent) == 1 and "action=not_is_active" in sent[0], "what the button says is sent, once"
    # Whoever comes back to the page can use it again.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert button.is_enabled() and button.inner_text() == "Desactivar"
    page.unroute("**/bulk/")
    button.click()
    page.locator(".notice").wait_for()
    assert here.stack.psql(f"select is_active from garita.buildings where id = {row}") == ["f"]
