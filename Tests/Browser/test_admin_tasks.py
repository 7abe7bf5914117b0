"""What administrators do with rows, as people do it: with and without scripts."""

import re

from administration import HOSTILE
from administrator import BOTH, clash, submit
from order import errors, look
from stack import day


@BOTH
def test_a_row_is_added_changed_and_deleted(sign_in, here, scripts):
    reader = sign_in(scripts=scripts, language="en-US")
    reader.go("/admin/buildings/")
    reader.page.locator("main a.button").first.click()
    reader.page.fill("#name", f"Torre {HOSTILE} {scripts}")
    submit(reader)
    assert errors(reader) and reader.page.title().startswith("Error: ")
    assert reader.page.input_value("#name") == f"Torre {HOSTILE} {scripts}", "nothing typed is lost"
    reader.page.fill("#code", f"T{scripts}")
    submit(reader)
    assert reader.page.locator(".notice").is_visible()
    assert reader.page.locator("h1").inner_text() == f"Torre {HOSTILE} {scripts}"
    reader.page.locator("main a[href$='/edit/']").click()
    reader.page.fill("#name", f"Otra {HOSTILE} {scripts}")
    submit(reader, "edit")
    assert reader.page.url.endswith("/edit/") and reader.page.input_value("#name") == f"Otra {HOSTILE} {scripts}"
    reader.page.locator("main a", has_text="Cancel").click()
    history = reader.page.locator(".history").inner_text()
    assert f"Torre {HOSTILE} {scripts}" in history and f"Otra {HOSTILE} {scripts}" in history and f"{here.code}-admin" in history
    reader.page.locator("main a[href$='/delete/']").click()
    assert "Otra" in reader.page.locator("h1").inner_text()
    reader.page.locator("main button.bad").click()
    assert reader.page.url.split("?")[0].endswith("/admin/buildings/") and reader.page.locator(".notice").is_visible()
    assert "Otra" not in reader.page.locator("main").inner_text()


@BOTH
def test_several_rows_are_changed_after_a_question(sign_in, here, scripts):
    stack = here.stack
    names = [here.add("buildings", name=f"Varias {scripts} {n}", code=f"V{scripts}{n}") for n in range(3)]
    reader = sign_in(scripts=scripts, language="en-US")
    reader.go("/admin/buildings/")
    for row in names[:2]:
        reader.page.locator(f"input[name=row][value='{row}']").check()
    reader.page.locator("button[name=action][value=not_is_active]").click()
    said = reader.page.locator("main").inner_text()
    assert "This applies to 2 records:" in said and f"Varias {scripts} 0" in said and f"Varias {scripts} 2" not in said
    states = lambda: stack.psql(f"select is_active from garita.buildings where id in ({','.join(names)}) order by id")
    assert states() == ["t", "t", "t"], "a question changes nothing"
    reader.page.locator("main button.bad").click()
    assert "2" in reader.page.locator(".notice").inner_text() and states() == ["f", "f", "t"]


@BOTH
def test_a_relation_is_picked_among_several(sign_in, here, scripts):
    """Typed, sent, several fit: one is chosen from a list, and what else was typed is still there."""
    reader = sign_in(scripts=scripts, language="en-US")
    reader.go("/admin/visitors/new/")
    page = reader.page
    page.fill("#first_name", "Con")
    page.fill("#last_name", f"Anfitrión {scripts}")
    page.fill("#expected_date", day())
    number = here.stack.psql(f"""insert into garita.units (site_id, building_id, number, floor)
        select {here.site}, (select min(id) from garita.buildings where site_id = {here.site}), 'QX{int(scripts)}-' || n, 1 from generate_series(1, 3) n
        returning number""")
    page.fill("[name='unit.text']", f"QX{int(scripts)}")
    submit(reader)
    assert errors(reader) == [f"Unit: “QX{int(scripts)}” can be several: choose one."]
    assert page.locator("[name='unit.choice']").count() == 3 and page.input_value("#last_name") == f"Anfitrión {scripts}"
    if scripts:
        look(reader)
    page.locator("label", has_text=number[1]).locator("input").check()
    submit(reader)
    assert page.locator(".notice").is_visible(), errors(reader)
    assert here.stack.psql(f"""select u.number from garita.visitors v join garita.units u on u.id = v.unit_id
        where v.last_name = 'Anfitrión {scripts}'""") == [number[1]]
    page.locator("main a[href$='/edit/']").first.click()
    page.fill("[name='unit.text']", "no such unit")
    submit(reader)
    assert errors(reader) == ["Unit: There is no “no such unit”."] and page.input_value("[name='unit.text']") == "no such unit"


@BOTH
def test_filters_are_chips_that_can_be_taken_away(sign_in, here, scripts):
    reader = sign_in(scripts=scripts, language="en-US")
    page = reader.page
    reader.go("/admin/visitors/")
    page.locator("form.filters summary").click()
    page.select_option("#filter-status", "PENDING")
    page.fill("#search", "x")
    page.locator("form.filters > button").click()
    assert page.locator(".chips li").count() == 3 and "status=PENDING" in page.url
    rows = page.locator("main tbody tr").count()
    assert 0 < rows < 5
    page.locator("thead a").first.click()
    assert "status=PENDING" in page.url and "ordering=" in page.url and page.locator("[aria-sort]").count() == 1
    page.locator(".chips a", has_text="Pending").click()
    assert "status" not in page.url.replace("status=&", "") and page.locator("main tbody tr").count() > rows
    page.locator(".chips a", has_text="Clear all").click()
    assert page.locator(".chips").count() == 0
    page.locator("a[rel=next]").click()
    assert "page=2" in page.url and page.locator("main tbody tr").count() > 0


@BOTH
def test_the_log_is_drilled_down_to_a_day_and_offers_no_change(sign_in, here, scripts):
    reader = sign_in(scripts=scripts, language="en-US")
    page = reader.page
    reader.go("/admin/log/")
    assert page.locator("main a[href$='/new/'], main a[href$='/delete/'], main a[href$='/edit/']").count() == 0
    day = here.stack.psql("select to_char(now() at time zone 'America/Mexico_City', 'YYYY Mon FMDD')")[0].split()
    rows = []
    for step in day:
        page.locator(".drill").get_by_role("link", name=step, exact=True).click()
        rows.append(page.locator("main tbody tr").count())
    # Twenty who were let in and one who was not, today.
    assert rows[-1] == 21 and rows == sorted(rows, reverse=True), rows
    assert page.locator(".drill [aria-current]").count() >= 1
    page.locator(".drill").get_by_role("link", name=re.compile("All years")).click()
    assert page.locator("main tbody tr").count() == 25


@BOTH
def test_rows_of_a_file_are_looked_at_taken_in_and_taken_back(sign_in, here, scripts):
    reader = sign_in(scripts=scripts, language="en-US")
    page = reader.page
    code = f"IMP{int(scripts)}"
    count = lambda: here.stack.psql(f"select count(*) from garita.buildings where code = '{code}' and site_id = {here.site}") == ["1"]
    reader.go("/admin/buildings/import/")
    page.locator("main form input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": f"name,code\n={code} <b>x</b>,{code}\n".encode()})
    page.locator("main form[enctype] button").click()
    if scripts:
        look(reader)
    assert f"={code} <b>x</b>" in page.locator("main").inner_text() and not count(), "a look writes nothing"
    page.locator("main button[value=all]").click()
    if scripts:
        look(reader)
    assert count()
    page.locator("main a[href$='/undo/']").click()
    if scripts:
        look(reader)
    assert count(), "a question changes nothing"
    page.locator("main form button").first.click()
    assert not count()


def test_the_slower_of_two_sees_both_versions(sign_in, here):
    for scripts in (True, False):
        faster, slower = sign_in(scripts=scripts, language="en-US"), sign_in(scripts=scripts, language="en-US")
        path = clash(here, faster, slower)
        shown = slower.page.locator(".errors").first.inner_text()
        assert f"First {HOSTILE}" in shown and f"Second {HOSTILE}" in shown
        assert slower.page.input_value("#notes") == f"Second {HOSTILE}", "nothing typed is lost"
        submit(slower)
        assert slower.page.locator(".notice").is_visible()
        assert here.stack.psql(f"select notes from garita.visitors where id = {path.split('/')[3]}") == [f"Second {HOSTILE}"]
