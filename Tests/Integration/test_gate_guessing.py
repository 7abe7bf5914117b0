"""Wrong codes at a gate: they close it for what can be guessed, pause who tries, and tell nothing."""

import re

from devices import PATH, enrol, gate, guard  # noqa: F401 (fixtures)
from test_main_job import MAIN_GATE, Guard


def test_guessing_closes_the_gate_for_short_codes_and_for_nothing_else(stack, guard, gate):
    short, long = guard.issue(guard.register(), "NUMERIC"), guard.issue(guard.register())
    wrong = [guard.scan(f"9{number:05d}", gate["id"]) for number in range(12)]
    assert [answer.status_code for answer in wrong] == [404] * 10 + [429] * 2
    closed = guard.scan(short["code"], gate["id"])
    assert (closed.status_code, closed.json()["reason"]) == (429, "throttled")
    assert 0 < int(closed.headers["Retry-After"]) <= 60
    assert guard.scan(long["code"], gate["id"]).status_code == 200
    assert guard.scan("RFID123456", gate["id"]).status_code == 200
    assert guard.scan(short["code"], MAIN_GATE).status_code == 200, "another gate is not concerned"
    path = f"/api/access/points/{gate['id']}/acknowledge/"
    assert stack.call("POST", path, "RESIDENT").status_code == 403
    own = guard.call("POST", path, headers={"Accept-Language": "es"})
    assert (own.status_code, own.json()["detail"]) == (
        403, "Algunos de los códigos erróneos son suyos: otra persona debe reactivar los códigos cortos.")
    assert stack.call("POST", path, "ADMIN").status_code == 204
    assert guard.scan("999999", gate["id"]).status_code == 404


def test_tags_have_a_bucket_of_their_own_whatever_the_reader_says(stack, guard, gate):
    ask = lambda code, method: guard.call("POST", PATH, json={"code": code, "access_point_id": gate["id"], "method": method})
    methods = ["NUMERIC_CODE", "QR_CODE", "RFID", "MANUAL", "BIOMETRIC"]
    # Codes of other tests whose sealed copy is gone, or which are as long: a text could be one of them, too.
    stack.psql("""update garita.temporary_codes set is_active = false, revoked_at = now()
        where is_active and (code_sealed is null or octet_length(code_sealed) = 38)""")
    stack.psql("""update garita.access_codes set is_active = false
        where is_active and code_type = 'PIN' and (code_sealed is null or octet_length(code_sealed) = 38)""")
    wrong = [ask(f"RFID0000{number:02d}", methods[number % 5]) for number in range(11)]
    assert [answer.status_code for answer in wrong] == [404] * 10 + [429]
    assert {ask("RFID123456", method).status_code for method in methods} == {429}
    assert guard.scan(guard.issue(guard.register(), "NUMERIC")["code"], gate["id"]).status_code == 200
    assert guard.scan(guard.issue(guard.register())["code"], gate["id"]).status_code == 200
    assert guard.scan("RFID123456", gate["id"], "EXIT").status_code == 200, "nobody is kept inside"


def test_an_account_that_guesses_is_out_and_stays_paused_when_it_logs_in_again(stack, gate):
    """Over HTTP, in and out, by number and by tag: thirty at most are looked at, and no try stands in clear anywhere."""
    class Thief(Guard):
        def call(self, method, path, **arguments):
            return self.stack.call(method, path, "GUARD", **arguments)

    thief, seen = Thief(stack), []
    tries = [f"{shape}{7310 * number:06d}" for number in range(1, 16) for shape in ("", "RFID")]
    for code in tries + ["112233", "445566", "778899"]:
        answer = thief.scan(code, gate["id"], "EXIT" if len(seen) % 3 and len(seen) < 30 else "ENTRY")
        if answer.status_code == 401:
            stack.tokens.pop("GUARD")
            answer = thief.scan(code, gate["id"])
        seen.append(answer.status_code)
    assert set(seen[:30]) <= {404, 429} and seen[30:] == [429] * 3, seen
    assert thief.scan(thief.issue(thief.register(), "NUMERIC")["code"], MAIN_GATE).status_code == 429, "at every gate"
    inside = thief.issue(thief.register(), "NUMERIC")
    stack.psql(f"update garita.visitors set status = 'CHECKED_IN' where id = {inside['visitor']}")
    assert thief.scan(inside["code"], MAIN_GATE, "EXIT").status_code == 200, "and out goes who is inside"
    assert thief.scan(thief.issue(thief.register())["code"], gate["id"]).status_code == 200
    kept = stack.psql("""select string_agg(x, ' ') from (select l::text x from garita.access_logs l union all select t::text from
        garita.gate_throttles t union all select c::text from garita.guess_counts c union all select a::text from garita.admissions a
        union all select u::text from garita.audit u) rows""")[0]
    kept += "".join(path.read_text(errors="replace") for path in (stack.var / "log").rglob("*") if path.is_file())
    # Six digits stand by chance in fractions of a second, in numbers of microseconds and in request ids.
    assert not [code for code in tries if re.search(rf"(?<![\w.:]){code}(?!\w)", kept)]


def test_unknown_and_not_mine_look_alike_and_reasons_are_for_who_stands_at_the_gate(stack, guard, gate):
    device = enrol(stack, gate, "--entry")
    used, elsewhere, expired = (guard.issue(guard.register()) for _ in range(3))
    guard.scan(used["code"])
    stack.psql(f"""update garita.temporary_codes set valid_from = now() - interval '2 days', valid_until = now() - interval '1 day'
        where id = {expired['id']};
        insert into garita.temporary_code_points (site_id, temporary_code_id, access_point_id)
        select site_id, id, {MAIN_GATE} from garita.temporary_codes where id = {elsewhere['id']}""")
    codes = {"A" * 26: (404, "unknown_code"), expired["code"]: (400, "expired"), used["code"]: (400, "no_uses_left"),
             elsewhere["code"]: (403, "wrong_gate")}
    for code, expected in codes.items():
        for answer in (device.scan(code, gate["id"]), guard.scan(code, gate["id"])):
            assert (answer.status_code, answer.json()["reason"]) == expected
    resident = [stack.call("POST", PATH, "RESIDENT", json={"code": code, "access_point_id": gate["id"]}) for code in codes]
    assert len({(answer.status_code, answer.text) for answer in resident}) == 1 and resident[0].status_code == 403
    assert stack.psql(f"""insert into garita.sites (name, code, time_zone) values ('Otra', 'OTRA{gate['id']}', 'UTC');
        insert into garita.access_points (site_id, name, code, location) select id, 'x', 'x', 'x' from garita.sites where code = 'OTRA{gate['id']}'
        returning id""")
    point = stack.psql(f"select id from garita.access_points where site_id = (select id from garita.sites where code = 'OTRA{gate['id']}')")[0]
    foreign, missing = guard.scan("A" * 26, int(point)), guard.scan("A" * 26, 999999)
    assert (foreign.status_code, foreign.text) == (404, missing.text)
