"""The administration: closed to all others (B9), changed by forms of its own only (B10), text stays text (C8)."""

import csv
import io
import re

import pytest

from administration import FILES, HOSTILE, SUPERUSERS, Residence, content, crawl, list_dead, routes, search
from community import PASSWORD
from pages import Forms, Person

# Words that only a person writes, one for each table that has such words.
WRITTEN = {
    "visitors.first_name", "visitors.notes", "visitors.company", "residents.first_name", "units.notes", "buildings.name",
    "users.first_name", "sessions.user_agent", "access_points.name", "devices.name", "access_codes.notes", "blocklist.display",
    "blocklist.reason", "schedules.name", "holidays.name", "standing_orders.title", "shifts.handover", "shift_notes.text",
    "webhooks.name", "doors.name", "deliveries.answer", "deliveries.error",
    "access_logs.person_name", "access_logs.notes", "audit.actor"}


@pytest.fixture(scope="module")
def here(stack):
    return Residence(stack, "cerrado")


@pytest.fixture(scope="module")
def crawled(here):
    """With everything to do that is offered only where it applies."""
    person = here.person()
    here.stack.psql(f"""insert into garita.second_factors (user_id, site_id, secret_sealed, key_version, recovery_tags, failures)
            select id, site_id, decode(repeat('00', 60), 'hex'), 1, '{{}}', 1 from garita.users where site_id = {here.site};
        insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
            select site_id, id, 0, now(), current_date, 100, true from garita.access_points where site_id = {here.site}""")
    found = crawl(person)
    here.stack.psql(f"""delete from garita.second_factors where site_id = {here.site};
        delete from garita.gate_throttles where site_id = {here.site}""")
    return found


@pytest.fixture(scope="module")
def pages(crawled):
    """Every page of the administration that a link leads to."""
    return crawled[0]


@pytest.fixture(scope="module")
def table(stack):
    return routes(stack)


def fill(path, here):
    """An address that a row could have: the numbers do not matter to who is refused."""
    return path.replace("{id}", here.visitors[0])


def test_every_page_has_a_link(table, pages):
    """What no link leads to, nobody finds."""
    found = {path for path, _ in pages}
    missing = {path for method, path in table if method == "GET" and not FILES.search(path)} - found - SUPERUSERS
    assert not missing


# No word of Spanish is written like one of these.
ENGLISH = re.compile(
    r"\b(the|and|of|with|this|that|from|is|are|was|were|by|to|for|it|its|not|you|your|none|yes|save|delete|edit|add|search|show"
    r"|name|rows?|back|page|required|optional|gates?|cards?|changed|nothing|account)\b", re.I)


def spoken(text):
    """What a page says to eye and ear, without what people and programs wrote into it."""
    text = re.sub(r"(?s)<(head|script|style|code|del|ins|select[^>]*time_zone).*?</\1>", " ", content(text).split("</head>")[-1])
    told = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    return " ".join([re.sub(r"<[^>]*>", " ", text), *told])


def test_every_page_is_in_spanish_too(here, pages):
    person = here.person(**{"Accept-Language": "es"})
    english = {}
    for path in pages.values():
        found = set(ENGLISH.findall(spoken(person.get(path).text)))
        if found:
            english[path] = found
    assert english == {}
    # What an entry of the audit is about has a name, too.
    assert not re.search(">(visitors|residents|users|temporary_codes)<", person.get("/admin/audit/").text)


def test_no_link_leads_nowhere(crawled):
    assert crawled[1] == {}, list_dead(crawled[1])


def test_every_table_takes_a_hostile_name(here):
    assert WRITTEN <= here.columns, WRITTEN - here.columns


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_no_other_role_gets_in(here, table, pages, role):
    person = here.person(role)
    person.get("/account/")
    token = person.token()
    for method, path in table:
        path = fill(path, here)
        answer = person.get(path) if method == "GET" else person.post(path, {"form_token": token})
        assert answer.status_code == 403, (method, path, answer.status_code)
        assert "<b>x" not in answer.text and "class=\"side\"" not in answer.text
    for path in pages.values():
        assert person.get(path).status_code == 403, path


def test_nobody_gets_in(stack, here, table, pages):
    stranger = Person(stack)
    for method, path in table:
        path = fill(path, here)
        if method == "GET":
            answer = stranger.get(path)
            assert answer.status_code == 303 and answer.headers["Location"].startswith("/account/sign-in/?next="), path
        else:
            stranger.get("/account/sign-in/")
            answer = stranger.post(path, {"form_token": stranger.token()})
            assert answer.status_code in (303, 401, 403), (path, answer.status_code)
            assert not answer.headers.get("Location", "").startswith("/admin/")
        assert HOSTILE not in answer.text
    for path in pages.values():
        assert stranger.get(path).status_code == 303, path


@pytest.mark.parametrize("change", ["is_active = false", "role = 'GUARD'"])
def test_who_is_no_administrator_any_more_is_out_at_once(stack, here, pages, change):
    """B9"""
    person, name = Person(stack), f"{here.code}-other"
    assert person.sign_in(name, PASSWORD).status_code == 303
    before = stack.psql(f"select is_active, role from garita.users where username = '{name}'")
    assert before == ["t|ADMIN"] and person.get("/admin/").status_code == 200
    stack.psql(f"update garita.users set {change} where username = '{name}'")
    try:
        for path in list(pages.values())[:10]:
            assert person.get(path).status_code in (303, 403), path
    finally:
        stack.psql(f"update garita.users set is_active = true, role = 'ADMIN' where username = '{name}'")


def test_a_token_of_the_api_opens_no_page(here):
    """The pages take their cookie and nothing else."""
    answer = here.call("/admin/visitors/")
    assert answer.url.startswith(f"{here.stack.url}/account/sign-in/")


def state(stack):
    """Rows of every table, each with the transaction that wrote it last; of sessions those that have ended, of the audit
    all but who was refused and who took files along."""
    tables = stack.psql("""select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'garita' and c.relkind = 'r' and c.relname not in ('sessions', 'login_throttles')""")
    only = {"audit": " where action not in ('REFUSED', 'EXPORT')"}
    queries = [f"select '{name}', count(*), coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0)"
               f" from garita.{name}{only.get(name, '')}" for name in tables]
    ended = "select 'ended', count(*), 0 from garita.sessions where revoked_at is not null"
    return stack.psql(" union all ".join(queries + [ended]) + " order by 1")


def test_looking_changes_nothing(stack, here, pages, table):
    """B10: every page, every question before a deed, every search."""
    person = here.person()
    before = state(stack)
    for path in pages.values():
        assert person.get(path).status_code == 200
    for method, path in table:
        if method == "GET" and not path.endswith("/export/"):
            person.get(fill(path, here))
        elif method == "POST":
            # Nothing but the pages' own forms, and they POST.
            assert person.get(fill(path, here)).status_code in (200, 404, 405), path
    assert state(stack) == before


def forms(here, pages):
    """Every form of the administration that changes something: its action and its fields."""
    person = here.person()
    found = {}
    for page in pages.values():
        for form in Forms(person.get(page).text).forms:
            if form["action"].startswith("/admin/") and "form_token" in form["fields"]:
                found.setdefault(re.sub(r"/\d+(?=/)", "/{id}", form["action"]).split("?")[0], form)
    return person, found


def test_a_form_must_show_where_it_came_from_and_its_token(stack, here, pages, table):
    """B10: without the token, with another browser's, from elsewhere: 403, and nothing has changed."""
    person, found = forms(here, pages)
    posts = {path for method, path in table if method == "POST"}
    assert len(found) > 30 and set(found) <= posts
    other = here.person()
    other.get("/account/")
    foreign_token = other.token()
    before = state(stack)
    for path in sorted(posts):
        form = found.get(path)
        action = form["action"] if form else fill(path, here)
        person.get("/account/")
        fields = (form["fields"] if form else {}) | {"form_token": person.token(), "sure": "yes", "action": "export_csv"}
        without = {name: value for name, value in fields.items() if name != "form_token"}
        for sent, headers in [
                (without, {}), (fields | {"form_token": ""}, {}), (fields | {"form_token": foreign_token}, {}),
                (fields, {"Sec-Fetch-Site": "cross-site"}), (fields, {"Sec-Fetch-Site": "same-site"}),
                (fields, {"Sec-Fetch-Site": "none"}),
                (fields, {"Sec-Fetch-Site": None, "Origin": "https://evil.example"}),
                (fields, {"Sec-Fetch-Site": None, "Origin": "null"}), (fields, {"Sec-Fetch-Site": None, "Origin": None})]:
            answer = person.post(action, sent, **headers)
            assert answer.status_code == 403, (action, headers, answer.status_code)
    assert state(stack) == before


def test_a_form_of_a_page_without_files_takes_multipart_with_a_token_only(here, pages):
    """The token is asked for in either way of sending a form."""
    person = here.person()
    answer = person.session.post(
        f"{here.stack.url}/admin/visitors/new/", files={"first_name": (None, "Ana")}, timeout=10, allow_redirects=False,
        headers={"Sec-Fetch-Site": "same-origin", "Origin": here.stack.url})
    assert answer.status_code == 403


def test_a_hostile_name_stays_text_on_every_page(here, pages):
    """C8"""
    person = here.person()
    shown = 0
    for path in pages.values():
        text = person.get(path).text
        assert "<b>x" not in text, path
        # Between quotes of an attribute neither kind of quote stands bare.
        assert "=<b" not in text and "b>\"'" not in text, path
        shown += "=&lt;b&gt;x&lt;/b&gt;" in text
    assert shown > len(pages) / 2, (shown, len(pages))


@pytest.mark.parametrize("words", [HOSTILE, "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' or 1=1 --", "%00"])
def test_what_is_asked_for_stays_text(here, table, words):
    """C8: in the search of everything, in every list's words, in every filter."""
    person = here.person()
    lists = {path for method, path in table if method == "GET" and re.fullmatch(r"/admin/[a-z-]+/", path)} - SUPERUSERS
    assert len(lists) >= 15
    for path in sorted(lists):
        for name in ("q", "search", "ordering", "page", "status", "unit", "role"):
            answer = person.get(path, params={name: words})
            # The words of a search of the log lead to the last month of it.
            assert answer.status_code in (200, 303, 400), (path, name, answer.status_code)
            assert "<script>a" not in answer.text and "<img src" not in answer.text and "<b>x" not in answer.text, (path, name)
    found = person.get(search(person, words))
    assert found.status_code == 200 and "<script>a" not in found.text and "<img src" not in found.text and "<b>x" not in found.text


def test_a_file_for_a_spreadsheet_holds_no_formula(here, table):
    """C8: =, +, -, @, tab and carriage return begin no cell."""
    person = here.person()
    exports = [path for method, path in table if method == "GET" and path.endswith("/export/")]
    assert len(exports) > 10
    hostile = 0
    for path in exports:
        answer = person.get(path)
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv"), path
        assert answer.headers["Content-Disposition"].startswith("attachment")
        for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")), (path, cell)
                assert not re.match(r"[+-](?![\d ()-]+$)", cell), (path, cell)
                hostile += cell.startswith("'=<b>x</b>")
    assert hostile > 50


def test_no_row_of_another_residence_is_shown_or_touched(stack, here, table):
    """The number of a row of another residence is the number of no row."""
    there = Residence(stack, "vecino")
    stranger, owner = here.person(), there.person()
    theirs, _ = crawl(owner)
    rows = {path.split("/")[2]: re.search(r"/(\d+)/", address).group(1) for (path, _), address in theirs.items() if "{id}" in path}
    assert len(rows) > 12
    stranger.get("/account/")
    token = stranger.token()
    before = state(stack)
    for method, path in table:
        if "{id}" in path and path.split("/")[2] in rows:
            path = path.replace("{id}", rows[path.split("/")[2]])
            answer = stranger.get(path) if method == "GET" else stranger.post(path, {"form_token": token})
            if method == "POST" and answer.status_code == 303:
                # Nothing to take back, and the way leads to no page.
                answer = stranger.get(answer.headers["Location"])
            assert answer.status_code in ((404,) if method == "GET" else (400, 404)), (method, path, answer.status_code)
            assert "=&lt;b&gt;x" not in content(answer.text), path
    assert state(stack) == before
