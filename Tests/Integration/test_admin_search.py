"""The search over everything: what it finds, where that leads, and that nothing typed is left in an address or a log."""

import re
from html import unescape

import pytest
import requests

from community import SQL, Community
from round_trips import RoundTrips

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def here(stack):
    return fill(Community(stack, "busca"))


@pytest.fixture(scope="module")
def neighbour(stack):
    """The same rows, elsewhere."""
    return fill(Community(stack, "busca-ajeno"))


def fill(one):
    one.visitor = one.visit("APPROVED", first_name="José Ángel", last_name="Núñez", document_id="DOC-7788", phone="5598765432",
                            vehicle_plate="XYZ-98-7K", company="Mudanzas 100%")
    one.resident = one.add("residents", unit_id=SQL(one.unit), first_name="Renée", last_name="O'Hara", document_id="RES-1", phone="5512345678")
    one.device = one.add("devices", name="Lector Zafiro", access_point_id=SQL(one.north), allows_entry=True, allows_exit=True)
    one.block = one.add("blocklist", kind="plate", value="MAL-666", display="MAL-666")
    return one


def search(person, words):
    """Headings -> the links below them, and where one was led."""
    person.get("/admin/search/")
    answer = person.post("/admin/search/", {"form_token": person.token(), "q": words})
    assert answer.status_code == 303
    page = person.get(answer.headers["Location"])
    assert page.status_code == 200
    groups = {unescape(heading): [(path, unescape(label)) for path, label in re.findall(r'<li><a href="([^"]+)">([^<]*)</a>', body)]
              for heading, body in re.findall(r"<section><h2>([^<]+)</h2>(.*?)</section>", page.text, re.S)}
    return groups, answer.headers["Location"]


@pytest.mark.parametrize("words", [
    "jose nunez", "JOSÉ", "núñez", "Angel Jose", "doc-7788", "98765432", "xyz-98-7k", "XYZ987K", "xyz 98 7k", "mudanzas 100%", "Nuñez doc"])
def test_a_visit_is_found_by_whatever_one_knows_of_it(here, neighbour, words):
    groups, _ = search(here.person(), words)
    assert groups == {"Visitors": [(f"/admin/visitors/{here.visitor}/", "José Ángel Núñez")]}


@pytest.mark.parametrize("words, heading, path, label", [
    ("renee", "Residents", "/admin/residents/{resident}/", "Renée O'Hara"), ("o'hara A-101", "Residents", "/admin/residents/{resident}/", "Renée O'Hara"),
    ("a-101", "Units", "/admin/units/{unit}/", "A-101"), ("A101", "Units", "/admin/units/{unit}/", "A-101"),
    ("torre", "Buildings", None, "Torre A"), ("busca-guard", "Users", None, "Ada Luz"), ("norte", "Gates and doors", "/admin/gates/{north}/", "Norte"),
    ("zafiro", "Gate devices", "/admin/devices/{device}/", "Lector Zafiro"), ("mal666", "Block list", "/admin/blocklist/{block}/", "MAL-666")])
def test_so_is_everything_else(here, neighbour, words, heading, path, label):
    groups, _ = search(here.person(), words)
    links = groups[heading]
    assert [name for _, name in links] == [label], "and of one residence only"
    if path:
        assert links[0][0] == path.format(**vars(here))
    assert here.person().get(links[0][0]).status_code == 200


def test_a_code_is_found_and_nowhere_kept(stack, here):
    visit = {"visitor_id": int(here.visitor), "code_type": "ALPHANUMERIC"}
    here.call("/api/visitors/")
    headers = {"Authorization": f"Bearer {here.tokens['ADMIN']}"}
    code = requests.post(f"{stack.url}/api/visitors/generate_code/", json=visit, headers=headers, timeout=10).json()
    assert len(code["code"]) == 8
    card = requests.post(f"{stack.url}/api/access/codes/", json={"resident": int(here.resident), "code": "TAG-SECRETO-55"}, headers=headers,
                         timeout=10).json()
    person = here.person()
    groups, address = search(person, code["code"].lower())
    assert groups == {"Passes": [(f"/admin/passes/{code['id']}/", f"José Ángel Núñez ••{code['code'][-2:]}")]}
    assert code["code"].lower() not in person.page.text.lower(), "not even in the field"
    groups, other = search(person, "tag-secreto-55")
    assert groups == {"Cards and PINs": [(f"/admin/cards/{card['id']}/", "Renée O'Hara ••55")]}
    stranger = Community(stack, "busca-otro").person()
    assert search(stranger, code["code"])[0] == {}, "at another residence it is nothing"
    logs = "".join(file.read_text(errors="replace") for file in (stack.var / "log").rglob("*") if file.is_file())
    for secret in (code["code"].lower(), "tag-secreto", "nunez"):
        assert secret not in address.lower() and secret not in other.lower() and secret not in logs.lower()
    assert not stack.psql(f"select from garita.audit where changes::text ilike '%{code['code']}%'")


def test_an_address_opens_for_its_session_alone(here):
    person = here.person()
    _, address = search(person, "renee")
    assert "Renée" in person.get(address).text, "reloaded, or come back to"
    again = here.person()
    for strange in (address, address[:-2] + "AA", "/admin/search/?s=x", "/admin/search/?q=renee"):
        page = again.get(strange)
        assert page.status_code == 200 and "Renée" not in page.text and 'value="renee"' not in page.text
    assert search(person, "renee")[1] != address, "the same words look otherwise each time"


def test_the_latest_visits_come_first_and_there_may_be_more(here):
    for day in range(7):
        here.visit("APPROVED", days=day, first_name="Repetida", last_name=str(day))
    person = here.person()
    groups, _ = search(person, "repetida")
    assert [name for _, name in groups["Visitors"]] == [f"Repetida {day}" for day in (6, 5, 4, 3, 2)]
    more = re.search(r'<a href="(/admin/visitors/\?search=repetida)">', person.page.text).group(1)
    assert person.get(more).text.count("Repetida") >= 7


def test_a_short_name_is_found_everywhere(here, neighbour):
    """Two letters are no triple: no index knows them, and they are found all the same."""
    here.wu = here.visit("APPROVED", days=-900, first_name="Li", last_name="Wu")
    neighbour.visit("APPROVED", days=-900, first_name="Li", last_name="Wu")
    person = here.person()
    assert search(person, "wu li")[0] == {"Visitors": [(f"/admin/visitors/{here.wu}/", "Li Wu")]}
    for words in ("wu", "WÜ", "wu,li", '"wu"'):
        found = here.call(f"/api/visitors/?search={words}").json()
        assert [row["id"] for row in found["results"]] == [int(here.wu)] and found["count"] == 1, words
    assert here.call('/api/visitors/?search="li wu"').json()["count"] == 0, "no field has both"
    for words in ("wu", "li wu", '"li wu"'):
        assert person.get(f"/admin/visitors/pick/?q={words}").json() == [{"id": int(here.wu), "title": "Li Wu · A-101"}], words
    here.add("temporary_codes", visitor_id=SQL(here.wu), code_tag=SQL(f"decode('{int(here.site):016x}' || repeat('3', 16), 'hex')"), key_version=1,
             code_hint="ZZ", code_type="QR", valid_from=SQL("now()"), valid_until=SQL("now() + interval '1 day'"))
    for words, number in (("wu", 1), ("Wü Li", 1), ('"li wu"', 1), ("wu nobody", 0)):
        assert here.call(f"/api/codes/?search={words}").json()["count"] == number, words


def test_the_log_says_how_far_it_is_searched(here):
    page = here.person().get("/admin/log/?search=wu&date_from=2026-01-01").text
    assert "in the newest 250,000 records of the chosen days" in page
    assert "250,000" not in here.person().get("/admin/log/").text


def test_nothing_and_too_little(here):
    person = here.person()
    person.get("/admin/search/")
    assert "Accents and capital letters do not matter." in person.page.text
    answer = person.post("/admin/search/", {"form_token": person.token(), "q": "   "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/search/")
    for words in ("nobody of that name", "%", "_", "ab%cd", "'", "\\", "x" * 5000, "1'); drop table garita.visitors; --"):
        groups, _ = search(person, words)
        assert "Visitors" not in groups or words == "%", words
        if not groups:
            assert "Nothing was found." in person.page.text


def test_hostile_names_and_words_stay_text(here):
    here.visit("APPROVED", first_name=HOSTILE, last_name="Zeta")
    person = here.person()
    groups, _ = search(person, HOSTILE)
    assert [name for _, name in groups["Visitors"]] == [f"{HOSTILE} Zeta"]
    assert "<img" not in person.page.text


def test_a_search_needs_a_form_of_ours(here):
    person = here.person()
    assert person.post("/admin/search/", {"q": "renee"}).status_code == 403
    person.get("/admin/search/")
    token = person.token()
    assert person.post("/admin/search/", {"form_token": token, "q": "renee"}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("role", ["GUARD", "RESIDENT"])
def test_nobody_else_searches(stack, here, role):
    person = here.person(role)
    assert person.get("/admin/search/").status_code in (403, 404)
    person.get("/account/")
    assert person.post("/admin/search/", {"form_token": person.token(), "q": "renee"}).status_code in (403, 404)
    allowed = stack.psql(f"""select has_function_privilege('garita_{role.lower()}', p.oid, 'execute') from pg_proc p
        where p.proname = 'search_everywhere'""")
    assert allowed == ["f"]


def test_asking_takes_one_round_trip_and_the_answer_two(stack, here):
    person = here.person()
    _, address = search(person, "renee")
    token = person.token()
    with RoundTrips(stack) as trips:
        assert {trips.of(lambda: person.post("/admin/search/", {"form_token": token, "q": "renee"})) for _ in range(6)} == {1}
        assert {trips.of(lambda: person.get(address).raise_for_status()) for _ in range(6)} == {2}
