"""What administrators do with visits, passes and cards on pages: each asks first, and a secret is shown once."""

import re
import uuid

from gates import HOSTILE, offers, residence, shown  # noqa: F401 (a fixture)
from stack import day


def test_a_pass_is_issued_shown_once_and_opens(stack, residence):
    visitor = residence.visitor()
    path = f"/admin/visitors/{visitor}/pass/"
    asked = residence.admin.get(path)
    assert asked.status_code == 200 and 'name="valid_hours" type="text" class="number" inputmode="numeric" value="24"' in asked.text
    answer = residence.do(path, code_type="ALPHANUMERIC", valid_hours="5", max_uses="2", access_points=residence.gate)
    assert answer.status_code == 200 and "<svg" in answer.text and answer.headers["Cache-Control"].startswith("no-store")
    code = shown(answer)
    assert len(code) == 8 and HOSTILE not in answer.text
    row = stack.psql(f"""select t.id, t.max_uses, t.valid_until - t.valid_from, array_agg(p.access_point_id)
        from garita.temporary_codes t join garita.temporary_code_points p on p.temporary_code_id = t.id
        where t.visitor_id = {visitor} group by t.id""")
    number, *limits = row[0].split("|")
    assert limits == ["2", "05:00:00", f"{{{residence.gate}}}"]
    assert stack.psql(f"select status from garita.visitors where id = {visitor}") == ["APPROVED"]
    assert residence.opens(code) and residence.opens(code) and not residence.opens(code)
    for page in (f"/admin/passes/{number}/", f"/admin/passes/{number}/show/", f"/admin/visitors/{visitor}/"):
        assert code not in residence.admin.get(page).text, page


def test_a_page_tells_that_a_pass_approves_and_that_a_person_is_on_the_block_list(stack, residence):
    waiting, listed = "awaiting approval", "on the block list: no gate will let them in"
    visitor = residence.visitor("PENDING")
    pages = f"/admin/visitors/{visitor}/", f"/admin/visitors/{visitor}/pass/"
    name = stack.psql(f"select first_name || ' ' || last_name from garita.visitors where id = {visitor}")[0]
    assert not any(listed in residence.admin.get(page).text for page in pages) and waiting in residence.admin.page.text
    assert stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "name", "value": name, "reason": "x"}).status_code == 201
    try:
        assert all(listed in residence.admin.get(page).text for page in pages)
        issued = residence.do(pages[1], code_type="QR", valid_hours="5", max_uses="2")
        assert listed in issued.text and f"was {waiting} and is now approved" in issued.text
        assert not residence.opens(shown(issued))
    finally:
        stack.psql("delete from garita.blocklist")
    again = residence.do(pages[1], code_type="QR", valid_hours="5", max_uses="2")
    assert listed not in again.text and waiting not in again.text, "it is approved"


def test_a_faulty_pass_keeps_what_was_typed(stack, residence):
    visitor = residence.visitor()
    answer = residence.do(f"/admin/visitors/{visitor}/pass/", code_type="NUMERIC", valid_hours="169", max_uses="x")
    assert answer.status_code == 400 and 'value="169"' in answer.text and 'value="x"' in answer.text
    assert re.search(r'<option value="NUMERIC" selected>', answer.text)
    assert 'id="valid_hours-error"' in answer.text and 'id="max_uses-error"' in answer.text and 'href="#max_uses"' in answer.text
    assert stack.psql(f"select count(*) from garita.temporary_codes where visitor_id = {visitor}") == ["0"]
    refused = residence.visitor("DENIED")
    assert offers(residence.admin.page) is True and not offers(residence.admin.get(f"/admin/visitors/{refused}/pass/"))
    token = residence.admin.get(path := f"/admin/visitors/{visitor}/pass/") and residence.admin.token()
    late = residence.admin.post(path.replace(visitor, refused), {
        "form_token": token, "code_type": "QR", "valid_hours": "9", "max_uses": "1"})
    assert late.status_code == 409 and "The visit was refused." in late.text and 'value="9"' in late.text


def test_a_one_time_pass_brings_what_an_authenticator_needs(stack, residence):
    """At issue and never again, whoever looks: who has lost it needs another pass."""
    visitor = residence.visitor()
    answer = residence.do(f"/admin/visitors/{visitor}/pass/", code_type="OTP", valid_hours="1", max_uses="1")
    assert answer.status_code == 200 and len(shown(answer)) == 6
    seed = re.search(r'<code class="long">([A-Z2-7]{32})</code>', answer.text)[1]
    number = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    again = residence.do(f"/admin/passes/{number}/show/")
    assert shown(again) == shown(answer) and seed not in again.text and "only when the pass was issued" in again.text
    assert 'class="qr"' in answer.text and 'class="qr"' not in again.text


def test_an_administrator_sees_a_pass_again_and_that_is_written_down(stack, residence):
    visitor = residence.visitor()
    code = shown(residence.do(f"/admin/visitors/{visitor}/pass/", code_type="QR", valid_hours="1", max_uses="1"))
    number = stack.psql(f"select id from garita.temporary_codes where visitor_id = {visitor}")[0]
    before = len(residence.audit("temporary_codes", number))
    assert code not in residence.admin.get(f"/admin/passes/{number}/show/").text
    assert len(residence.audit("temporary_codes", number)) == before
    assert shown(residence.do(f"/admin/passes/{number}/show/")) == code
    assert residence.audit("temporary_codes", number)[before:] == [f"REVEAL|{residence.name}_admin|{{}}"]
    answer = residence.do(f"/admin/passes/{number}/revoke/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/admin/passes/{number}/")
    assert not residence.opens(code)
    # What has happened is not offered once more.
    assert not offers(residence.admin.get(f"/admin/passes/{number}/revoke/"))


def test_a_visit_is_approved_by_somebodys_word_refused_and_cancelled(stack, residence):
    def state(visitor):
        return stack.psql(f"select status, resident_id from garita.visitors where id = {visitor}")[0]

    one = residence.visitor()
    assert residence.do(f"/admin/visitors/{one}/approve/", resident=residence.resident).status_code == 303
    assert state(one) == f"APPROVED|{residence.resident}"
    code = shown(residence.do(f"/admin/visitors/{one}/pass/", code_type="QR", valid_hours="1", max_uses="1"))
    assert residence.do(f"/admin/visitors/{one}/cancel/").status_code == 303
    assert state(one) == f"DENIED|{residence.resident}" and not residence.opens(code)
    two = residence.visitor()
    assert residence.do(f"/admin/visitors/{two}/deny/").status_code == 303 and state(two) == "DENIED|"
    stranger = stack.psql(f"select id from garita.residents where unit_id <> {residence.unit} limit 1")[0]
    three = residence.visitor()
    answer = residence.do(f"/admin/visitors/{three}/approve/", resident=stranger)
    assert answer.status_code == 400 and "No resident with that number lives in the unit visited." in answer.text
    assert state(three) == "PENDING|"


def test_a_replaced_card_opens_nothing_and_the_new_one_opens(stack, residence):
    old, new = f"T{uuid.uuid4().hex}".upper(), f"T{uuid.uuid4().hex}".upper()
    card = residence.card(old)
    path = f"/admin/cards/{card}/replace/"
    assert old not in residence.admin.get(path).text
    taken = residence.do(path, code=old)
    assert taken.status_code == 400 and f'value="{old}"' in taken.text and "This number is already in use." in taken.text
    blank = residence.do(path, code=" ")
    assert blank.status_code == 400 and 'id="code-error"' in blank.text
    assert residence.opens(old)
    answer = residence.do(path, code=f" {new.lower()}\n")
    assert answer.status_code == 303
    number = answer.headers["Location"].split("/")[3]
    assert not residence.opens(old) and residence.opens(new)
    facts = "select resident_id, code_type, expiry_date, notes, array(select access_point_id from garita.access_code_points" \
        " where access_code_id = c.id) from garita.access_codes c where id = "
    assert stack.psql(facts + str(number)) == stack.psql(facts + str(card))
    assert residence.audit("access_codes", card)[-1].startswith(f"UPDATE|{residence.name}_admin|")
    assert any(line.startswith(f"INSERT|{residence.name}_admin|") for line in residence.audit("access_codes", number))
    assert new not in residence.admin.get(f"/admin/cards/{number}/").text


def test_a_card_is_revealed_once_and_reported_lost(stack, residence):
    number = f"T{uuid.uuid4().hex}".upper()
    card = residence.card(number)
    before = residence.audit("access_codes", card)
    assert number not in residence.admin.get(f"/admin/cards/{card}/reveal/").text
    assert residence.audit("access_codes", card) == before
    assert shown(residence.do(f"/admin/cards/{card}/reveal/")) == number
    assert residence.audit("access_codes", card)[len(before):] == [f"REVEAL|{residence.name}_admin|{{}}"]
    assert residence.opens(number)
    assert residence.do(f"/admin/cards/{card}/report-lost/").status_code == 303
    assert not residence.opens(number)


def test_a_card_whose_code_is_not_kept_says_so(stack, residence):
    card = residence.card(f"T{uuid.uuid4().hex}")
    stack.psql(f"update garita.access_codes set code_sealed = null where id = {card}")
    answer = residence.do(f"/admin/cards/{card}/reveal/")
    assert answer.status_code == 409 and "The code itself is not kept." in answer.text


def test_a_card_is_assigned_by_a_reader_that_types(stack, residence):
    number = f"T{uuid.uuid4().hex}".upper()
    name = stack.psql(f"select first_name || ' ' || last_name from garita.residents where id = {residence.resident}")[0]
    schedule = stack.psql(f"insert into garita.schedules (site_id, name) select min(id), '{residence.name}' from garita.sites returning id")[0]
    fields = {"resident.text": name, "code": f"{number}\r\n", "code_type": "RFID", "access_points": residence.gate,
              "schedule": schedule, "expiry_date": day(400), "is_active": "true"}
    answer = residence.do("/admin/cards/new/", **fields)
    assert answer.status_code == 303, answer.text
    card = answer.headers["Location"].split("/")[3]
    assert residence.opens(number) and number not in residence.admin.get(answer.headers["Location"]).text
    assert stack.psql(f"""select c.schedule_id, array_agg(p.access_point_id) from garita.access_codes c
        join garita.access_code_points p on p.access_code_id = c.id where c.id = {card} group by 1""") == [f"{schedule}|{{{residence.gate}}}"]
    again = residence.do("/admin/cards/new/", **fields)
    assert again.status_code == 400 and 'id="code-error"' in again.text and f'value="{number}' in again.text
