"""Inputs as people type, paste and scan them: of texts that look alike one is meant, and what names something is compared by
what counts in it."""

import uuid

import pytest

from devices import PATH, gate, guard  # noqa: F401 (fixtures)
from pages import Person
from stack import day
from visits import CARLOS, give, issue, register

KEYPAD = 2
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TYPED = {
    "in groups": lambda code: f"{code[:3]} {code[3:]}", "hyphen": lambda code: f"{code[:4]}-{code[4:]}",
    "en dash": lambda code: f"{code[:3]}–{code[3:]}", "no-break space": lambda code: f"{code[:3]}\u00a0{code[3:]}",
    "full-width": lambda code: code.translate(FULL_WIDTH), "Arabic": lambda code: code.translate(ARABIC),
    "dots": lambda code: f"{code[:2]}.{code[2:4]}.{code[4:]}.", "small": str.lower}


def ask(stack, code, gate=1):
    answer = stack.call("POST", PATH, "GUARD", json={"code": code, "access_point_id": gate, "access_type": "ENTRY"})
    return answer.json()


@pytest.mark.parametrize("kind", ["NUMERIC", "ALPHANUMERIC", "QR"])
def test_a_code_opens_however_it_is_typed(stack, kind):
    code = issue(stack, register(stack), code_type=kind, max_uses=len(TYPED))["code"]
    for name, form in TYPED.items():
        assert ask(stack, form(code), KEYPAD if kind != "QR" else 1)["valid"] is True, name
    assert stack.psql("select count(*) from garita.guess_counts") == ["0"], "none of them was a guess"


def test_a_card_opens_however_its_number_is_grouped(stack):
    number = f"04A3{uuid.uuid4().hex[:8].upper()}"
    give(stack, number)
    for form in (":".join(number[at:at + 2] for at in range(0, 12, 2)), number.lower(), f"]C0{number}", f"*{number}*\r\n"):
        assert ask(stack, form)["valid"] is True, form


def test_of_two_cards_the_one_that_was_read_opens(stack):
    """One is stored with the sign between, the other without."""
    number = f"T{uuid.uuid4().hex[:8].upper()}"
    dashed, plain = give(stack, f"{number[:4]}-{number[4:]}"), stack.call(
        "POST", "/api/access/codes/", "ADMIN", json={"resident": 2, "code": number})
    assert plain.status_code == 201, plain.text
    for code, resident in ((f"{number[:4]}-{number[4:]}", CARLOS), (number, 2)):
        told = ask(stack, code)
        assert told["valid"] is True
        assert stack.psql(f"select resident_id from garita.access_logs where id = {told['log_id']}") == [str(resident)]
    assert dashed["id"] != plain.json()["id"]


def test_a_wrong_code_in_groups_is_one_guess(stack):
    def counted(*forms):
        stack.psql("delete from garita.guess_counts")
        for form in forms:
            assert ask(stack, form, KEYPAD)["reason"] == "unknown_code"
        return stack.psql("select split_part(subject, ':', 1), failures from garita.guess_counts order by 1")

    assert counted("918 273", "918-273", "９１８２７３") == counted("918273", "918274", "918275")


@pytest.mark.parametrize("blocked, plate", [
    ("ABC-12-34", "ABC.12.34"), ("ABC-12-34", "ABC–12–34"), ("BBCL-23", "BB·CL·23"), ("abc1234", "ABC/12/34"),
    ("ABC-12-34", "ABC\u200b1234"), ("ABC 12 34", "ABC−12−34"), ("ABC_12_34", "ABC‑12‑34"), ("ABC-12-34", "ＡＢＣ１２３４"),
    ("ＡＢＣ１２３４", "ABC-12-34"), ("ABC-12-34", "ABC١٢٣٤"), ("ABC-12-34", "АВС1234"), ("ABC-12-34", "𝐀𝐁𝐂1234")])
def test_a_blocked_plate_is_found_however_it_is_written(stack, blocked, plate):
    assert_blocked(stack, "plate", blocked, vehicle_plate=plate)


@pytest.mark.parametrize("kind, blocked, person", [
    ("document", "INE-123456", {"document_id": "ＩＮＥ123456"}), ("document", "INE-123456", {"document_id": "INE١٢٣٤٥٦"}),
    ("document", "ＩＮＥ123456", {"document_id": "ine 123456"}), ("name", "José Peña", {"first_name": "ＪＯＳÉ", "last_name": "PEÑA"})])
def test_blocked_people_are_found_however_they_are_written(stack, kind, blocked, person):
    assert_blocked(stack, kind, blocked, **person)


def assert_blocked(stack, kind, value, **person):
    entry = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": kind, "value": value, "reason": "x"})
    assert entry.status_code == 201, entry.text
    try:
        assert ask(stack, issue(stack, register(stack, **person))["code"])["reason"] == "blocklisted"
    finally:
        stack.psql("delete from garita.blocklist")


@pytest.mark.parametrize("phone", [
    "\u202a+52 55 1234 5678\u202c", "+52\u00a055\u00a01234\u00a05678", "\u200e5512345678", "55\u20111234\u20115678",
    "55\u202f1234\u202f5678", "55.1234.5678", "55\u20131234\u20135678", "５５１２３４５６７８", "(55) 1234-5678\ufeff"])
def test_a_phone_is_taken_as_it_is_pasted(stack, phone):
    made = stack.call("PATCH", "/api/residents/1/", "ADMIN", json={"phone": phone})
    assert made.status_code == 200, made.text
    assert made.json()["phone"] == "+52 55 1234 5678"


@pytest.mark.parametrize("country, blocked, phone", [
    ("CR", "8888-8888", "+506 8888 8888"), ("CL", "9 8765 4321", "+56 9 8765 4321"), ("EC", "099 123 4567", "+593 99 123 4567"),
    ("PE", "987 654 321", "+51 987 654 321"), ("PA", "6123-4567", "+507 6123-4567"), ("AR", "011 15 1234-5678", "+54 9 11 1234 5678"),
    ("MX", "044 55 1234 5678", "+52 1 55 1234 5678"), ("MX", "00 52 55 1234 5678", "5512345678"), ("BR", "0 15 11 91234-5678", "+55 11 91234 5678"),
    ("CO", "03 310 123 4567", "+57 310 1234567"), ("US", "1 (305) 655-0134", "+13056550134"), ("", "+52 55 1234 5678", "0052 1 55 1234 5678"),
    ("MX", "５５１２３４５６７８", "\u202a+52\u00a055 1234 5678\u202c")])
def test_a_blocked_phone_is_found_however_it_is_written(stack, country, blocked, phone):
    stack.psql(f"update garita.sites set country = '{country}'")
    try:
        for value, visitor in ((blocked, phone), (phone, blocked)):
            entry = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "phone", "value": value, "reason": "x"})
            assert entry.status_code == 201, entry.text
            assert ask(stack, issue(stack, register(stack, phone=visitor))["code"])["reason"] == "blocklisted", (value, visitor)
            stack.psql("delete from garita.blocklist")
    finally:
        stack.psql("delete from garita.blocklist; update garita.sites set country = 'MX'")


@pytest.mark.parametrize("country, blocked, phones", [
    ("MX", "55 1234 0002", ["+52 (0)55 1234 0002", "0 55 1234 0002", "001 52 55 1234 0002"]),
    ("AR", "+54 9 11 1234 5678", ["+54 9 011 1234 5678", "+54 9 11 15 1234 5678", "15 1234 5678", "11 1234 5678"]),
    ("", "+52 55 1234 0002", ["55 1234 0002", "044 55 1234 0002", "01 55 1234 0002", "525512340002", "5215512340002"])])
def test_a_blocked_phone_is_found_behind_what_stands_before_it(stack, country, blocked, phones):
    stack.psql(f"update garita.sites set country = '{country}'")
    try:
        entry = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "phone", "value": blocked, "reason": "x"})
        assert entry.status_code == 201, entry.text
        for phone in phones:
            assert ask(stack, issue(stack, register(stack, phone=phone))["code"])["reason"] == "blocklisted", phone
        other = blocked[:-1] + "9"
        assert ask(stack, issue(stack, register(stack, phone=other))["code"])["valid"] is True
    finally:
        stack.psql("delete from garita.blocklist; update garita.sites set country = 'MX'")


def test_an_entry_of_before_keeps_its_number_out(stack):
    """The last ten digits were compared, as they were typed."""
    stack.psql("update garita.sites set country = 'CR'")
    try:
        stack.psql("""alter table garita.blocklist disable trigger normalize_blocklist;
            insert into garita.blocklist (site_id, kind, value) select s.id, 'phone', garita.blocklist_value('phone', '88888888', s.blocklist_salt)
            from garita.sites s; update garita.sites set has_blocklist = true; alter table garita.blocklist enable trigger normalize_blocklist""")
        assert ask(stack, issue(stack, register(stack, phone="+506 8888 8888"))["code"])["reason"] == "blocklisted"
        assert ask(stack, issue(stack, register(stack, phone="+506 8888 8889"))["code"])["valid"] is True
    finally:
        stack.psql("delete from garita.blocklist; update garita.sites set country = 'MX'")


def test_what_is_no_phone_is_told(stack):
    entry = stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "phone", "value": "12", "reason": "x"})
    assert entry.status_code == 400 and "country code" in entry.json()["value"][0]
    visitor = register(stack)
    for phone, status in (("12345678", 400), ("12.345.678", 400), ("wa.me/525512345678", 400), ("12/345•678", 400), ("55/1234/0001", 200), ("+1 (305) 655-0134", 200), ("(55) 1234-567890", 200), ("011 52 1 55 1234 5678", 200), ("1" * 17, 400)):
        told = stack.call("PATCH", f"/api/visitors/{visitor}/", "ADMIN", json={"phone": phone, "visitor_type": "GUEST" if status == 200 else "X"})
        assert told.status_code == status, told.text
        if status == 400:
            assert told.json()["phone"] == [f"{phone} is not a valid phone number"] and "visitor_type" in told.json()
    assert stack.call("GET", f"/api/visitors/{visitor}/", "ADMIN").json()["phone"] == "+52 55 1234 5678"


@pytest.mark.parametrize("typed", ["5544332211", "044 55 4433 2211", "+52 1 55 4433 2211", "44332211", "4433-2211", "+52 55 4433 2211",
    "55–4433–2211", "55４４３３", "+525544", "044 55 4433", "55/4433/2211", "+52 1 55 4433"])
def test_a_phone_is_found_however_it_is_typed(stack, typed):
    visitor = register(stack, phone="(55) 4433-2211")
    resident = stack.call("PATCH", "/api/residents/2/", "ADMIN", json={"phone": "5544332211"}).json()["id"]
    for path, one in (("visitors", visitor), ("residents", resident)):
        found = stack.call("GET", f"/api/{path}/", "ADMIN", params={"search": typed}).json()["results"]
        assert one in [row["id"] for row in found], path
        # Other tests of the stack have phones too.
        assert "+52 55 4433 2211" in {row["phone"] for row in found} and all("44" in row["phone"] for row in found)


def test_texts_that_look_alike_are_the_same(stack):
    def resident(document):
        return stack.call("POST", "/api/residents/", "ADMIN", json={
            "unit": 1, "first_name": "Ana", "last_name": "Peña", "phone": "5512345678", "document_id": document})

    name = uuid.uuid4().hex[:6]
    assert resident(f"DÑ{name}").status_code == 201
    for document in (f"DN\u0303{name}", f"\u200eDÑ{name}\u200b", f" DÑ{name}\u3000"):
        assert resident(document).status_code == 400, document
    give(stack, f"00099{name}")
    assert stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": 1, "code": f"00099{name}\u200b"}).status_code == 400
    block = lambda value: stack.call("POST", "/api/access/blocklist/", "ADMIN", json={"kind": "name", "value": value, "reason": "x"})
    try:
        assert (block("José Peña").status_code, block("Jose\u0301 Pen\u0303a").status_code) == (201, 400)
    finally:
        stack.psql("delete from garita.blocklist")
    visitor = register(stack, first_name="Jose\u0301\u200b", last_name="\u202aMun\u0303oz\u202c")
    shown = stack.call("GET", f"/api/visitors/{visitor}/", "ADMIN").json()
    assert (shown["first_name"], shown["last_name"]) == ("José", "Muñoz")
    found = stack.call("GET", "/api/visitors/", "ADMIN", params={"search": "Mun\u0303oz\u200b", "expected_date": day()}).json()
    assert visitor in [row["id"] for row in found["results"]]


@pytest.mark.parametrize("name", ["{} ", "\u200b{}", "\ufeff{}\r\n", "{}\u202c"])
def test_a_user_name_signs_in_as_it_was_pasted(stack, name):
    demo = stack.demo()
    stack.psql("delete from garita.login_throttles")
    user, password = name.format(demo["GARITA_GUARD_USER"]), demo["GARITA_GUARD_PASSWORD"]
    assert Person(stack).sign_in(user, password).status_code == 303
    assert stack.call("POST", "/api/auth/login/", json={"username": user, "password": password}).status_code == 200
