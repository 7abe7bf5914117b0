"""Start page, reports and search of the administration as people meet them: phone and desk, light and dark, two languages."""

import pytest

from order import KINDS, look, name
from reader import DESK, PHONE

PATHS = ["/admin/", "/admin/reports/", "/admin/reports/?period=12-months", "/admin/reports/?period=today", "/admin/search/", "/admin/system/"]


@pytest.fixture
def office(stack, account):
    """The reader is an administrator; things have happened."""
    stack.psql(f"""update garita.users set role = 'ADMIN' where id = {account};
        select garita.ensure_log_partition((now() - interval '3 days')::date);
        insert into garita.access_logs (timestamp, site_id, access_type, access_method, status, access_point_id)
        select now() - n * interval '1 hour', p.site_id, (array['ENTRY', 'EXIT'])[1 + n % 2], 'QR_CODE',
            (array['SUCCESS', 'SUCCESS', 'DENIED'])[1 + n % 3], p.id
        from garita.access_points p, generate_series(0, 70) n""")


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_page_is_in_order(make_reader, office, kind):
    reader = make_reader(**kind).sign_in()
    reader.page.wait_for_url("**/admin/")
    for path in PATHS:
        look(reader, path)
    reader.go("/admin/")
    for summary in reader.page.locator("main summary").all():
        summary.click()
    look(reader)
    reader.go("/admin/search/")
    reader.page.fill("#q", "carlos")
    reader.send()
    reader.page.wait_for_url("**/admin/search/?s=*")
    look(reader)
    assert reader.page.locator(".hits li").count() >= 1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_slash_leads_to_the_search_unless_somebody_writes(make_reader, office, viewport):
    reader = make_reader(viewport=viewport).sign_in()
    reader.page.wait_for_url("**/admin/")
    reader.go("/admin/visitors/")
    reader.page.keyboard.press("/")
    assert reader.page.locator("#everywhere:focus").is_visible()
    assert reader.page.input_value("#everywhere") == "", "the key itself is not written"
    reader.page.keyboard.type("a/b")
    assert reader.page.input_value("#everywhere") == "a/b"
    reader.page.fill("#everywhere", "carlos")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/admin/search/?s=*")
    assert "carlos" not in reader.page.url
    reader.page.locator(".hits a").first.click()
    reader.page.go_back()
    assert reader.page.locator(".hits a").count() >= 1, "one can come back to what was found"
    reader.page.locator("#q").focus()
    reader.page.keyboard.press("/")
    assert reader.page.locator("#q:focus").count() == 1


def test_reports_print_without_what_is_pressed(make_reader, office):
    reader = make_reader().sign_in()
    reader.page.wait_for_url("**/admin/")
    reader.go("/admin/reports/")
    reader.page.emulate_media(media="print")
    for pressed in (".choices", ".period", ".file", ".side"):
        assert not reader.page.locator(pressed).first.is_visible(), pressed
    for read in (".figures", ".chart svg", ".numbers"):
        assert reader.page.locator(read).first.is_visible(), read
