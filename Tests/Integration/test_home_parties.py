"""Lists of guests that residents invite."""

import html
import re

import pytest

from homes import home, invite, lola, lola_signed_in  # noqa: F401 (fixtures)


def test_a_party_of_thirty(home, lola):
    pasted = "\n".join(f" {n}. Invitado{n}  Núm {n}" if n % 2 else f"• Invitado{n} Núm {n}," for n in range(1, 31)) + "\n\n  \n"
    path, first = invite(lola, "/home/invite/party/", name="", party="Cumpleaños de Lola", other_day=home.day(0), names=pasted)
    assert home.stack.psql("""select count(*), min(party), count(distinct t.id), bool_and(t.max_uses = 1), min(v.last_name) from garita.visitors v
        join garita.temporary_codes t on t.visitor_id = v.id where v.party <> '' and v.first_name like 'Invitado%'""") == [
        "30|Cumpleaños de Lola|30|t|Núm 1"]
    text = lola.get(path).text
    tokens = set(re.findall(r"/p/([0-9A-Z]{26})</code>", text))
    assert len(tokens) == 30 and text.count("https://wa.me/") == 30 and "0 of 30 arrived" in text
    first_page = lola.get("/home/").text
    assert "Cumpleaños de Lola" in first_page and "30 guests" in first_page and "Invitado7 Núm" not in first_page
    assert "Invitado7 Núm" in lola.get("/home/visits/?q=invitado7").text
    admitted = [home.scan(token)["valid"] for token in sorted(tokens)]
    assert admitted == [True] * 30
    assert home.scan(min(tokens))["valid"] is False
    assert "30 of 30 arrived" in lola.get(path).text


@pytest.mark.parametrize("fields, said", [
    ({"names": " \n-\n"}, "names-error"), ({"names": "Ana Ruiz\nana ruiz\nEva Sol"}, "Twice in the list: ana ruiz."),
    ({"names": "Ana Ruiz\nLupita"}, "Line 2: “Lupita” is no first and last name."), ({"party": ""}, "party-error"),
    ({"names": "\n".join(f"Ana Ruiz{n}" for n in range(101))}, "At most 100 names; these are 101."),
    ({"names": "Ana Ruiz\nEva " + "x" * 101}, "no more than 100 characters")])
def test_a_party_is_taken_as_a_whole_or_not_at_all(home, lola, fields, said):
    before = home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}")
    answer = lola.send("/home/invite/party/", {"party": "Fiesta", "names": "Ana Ruiz; Eva Sol"} | fields)
    assert answer.status_code == 400 and said in answer.text
    assert home.stack.psql(f"select count(*) from garita.visitors where site_id = {home.site}") == before


def test_a_list_between_commas(home, lola):
    path, _ = invite(lola, "/home/invite/party/", name="", party="Cena", names="Uno Coma, Dos Coma; Tres Coma")
    assert "0 of 3 arrived" in lola.get(path).text


def test_a_list_out_of_a_chat(home, lola):
    pasted = """[28/11/26, 10:15] Lola: Ana Ruíz 🎂
28/11/26, 10:16 p. m. - Beto Sol: 2) Eva   Sol 55 1234 5678
1️⃣ Ma. Luisa O'Hara-Paz
✅ José de la Cruz, +52 (55) 1234-5678
   """
    path, _ = invite(lola, "/home/invite/party/", name="", party="Del chat", names=pasted)
    assert home.stack.psql("select first_name || ' ' || last_name from garita.visitors where party = 'Del chat' order by id") == [
        "Ana Ruíz", "Eva Sol", "Ma. Luisa O'Hara-Paz", "José de la Cruz"]
    refused = lola.send("/home/invite/party/", {"party": "Mal", "names": "Invitados:\nAna Ruiz\n🎉🎉\n55 1234 5678"})
    text = html.unescape(refused.text)
    assert refused.status_code == 400 and "Line 1: “Invitados:”" in text and "Line 3: “🎉🎉”" in text and "Line 4:" in text and "Line 2" not in text


def test_a_list_sent_once_more_invites_only_who_is_new(home, lola):
    first, _ = invite(lola, "/home/invite/party/", name="", party="Posada", names="Uno Pérez\nDos Pérez")
    again, _ = invite(lola, "/home/invite/party/", name="", party="Posada", names="uno pérez\nDos Pérez\nTres Pérez")
    assert home.stack.psql("""select count(*), count(distinct v.id) from garita.visitors v join garita.temporary_codes t on t.visitor_id = v.id
        where v.party = 'Posada'""") == ["3|3"]
    assert "0 of 3 arrived" in lola.get(again).text
    # The whole of it is off at once; who is inside can leave.
    token = re.search(r"/p/([0-9A-Z]{26})</code>", lola.page.text)[1]
    assert home.scan(token)["valid"] is True
    assert "2 guests" in lola.get(f"{first}cancel/").text
    assert lola.send(f"{first}cancel/", {}).headers["Location"] == first
    assert sorted(home.stack.psql("select status from garita.visitors where party = 'Posada'")) == ["CHECKED_IN", "DENIED", "DENIED"]
    assert "/cancel/" not in lola.get(first).text and home.scan(token, "EXIT")["valid"] is True
    _, visit = invite(lola, name="Sin Lista")
    assert lola.get(f"/home/visits/{visit}/party/cancel/").status_code == 404
    assert home.at("vecina").get(f"{first}cancel/").status_code == 404
