"""Door terminals that call by themselves (ZKTeco push): who is let in, what opens and how often, what is told once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_terminal import Terminal
from runs import emergency, until
from terminal_site import card, residence, site  # noqa: F401

PATHS = [("GET", "cdata"), ("POST", "cdata"), ("POST", "registry"), ("GET", "push"), ("POST", "push"), ("GET", "getrequest"),
         ("POST", "devicecmd"), ("POST", "querydata"), ("GET", "ping"), ("GET", "rtdata"), ("POST", "exchange")]


def is_plain(answer):
    return answer.headers["Content-Type"] == "text/plain" and "{" not in answer.text and "<" not in answer.text


def test_an_unknown_terminal_is_never_told_that_all_is_well(site):
    """After a 200 some firmware takes itself for registered, and never sends anything again."""
    for method, path in PATHS:
        for suffix in ("", ".aspx"):
            answer = Terminal(site.url, "UNKNOWN1").send(method, path + suffix, "x" if method == "POST" else None, table="rtlog")
            assert answer.status_code == 406 and is_plain(answer), (method, path, answer.text)
    for serial in ("", "'; drop", "A" * 33, "ñandú"):
        assert Terminal(site.url, serial or " ").connect().status_code == 406


def test_what_terminals_call_is_nowhere_else(site, stack):
    for method, path in PATHS:
        assert stack.call(method, f"/iclock/{path}?SN=X").status_code in (404, 405)
    for path in ("/", "/api/schema/", "/admin/", "/iclock/", "/iclock/cdata/x", "/iclock/.error", "/static/garita.css"):
        answer = Terminal(site.url).session.get(site.url + path)
        assert answer.status_code == 404 and is_plain(answer), path


def test_a_terminal_registers_only_while_somebody_waits_for_it(site, stack):
    stack.psql("update garita.doors set is_active = false where driver = 'zkteco'")
    terminal = Terminal(site.url)
    door = site.door(terminal.serial)
    assert terminal.connect().status_code == terminal.register().status_code == 406
    site.as_administrator(f"api.open_pairing({door})")
    stranger = Terminal(site.url, terminal.serial, address="127.0.0.9")
    assert stranger.connect().status_code == stranger.register().status_code == 406
    assert terminal.connect().text == "OK\n" and terminal.poll().status_code == 406
    assert terminal.register().status_code == 200
    options = terminal.connect().text
    assert options.startswith("registry=ok\nRegistryCode=") and "PushProtVer=3.0.1\n" in options and "RequestDelay=2\n" in options
    assert terminal.send("POST", "push").text == options.split("\n", 2)[2]
    stack.psql(f"update garita.terminals set pairing_until = now() - interval '1 second' where serial = '{terminal.serial}'")
    assert terminal.poll().text == "OK\n"
    assert Terminal(site.url, terminal.serial).send("POST", "registry", "DeviceType=acc").status_code == 406
    # The names of the query have either case.
    answer = terminal.session.get(f"{site.url}/iclock/getrequest?sn={terminal.serial}", headers={"Cookie": f"token={terminal.token}"})
    assert answer.text == "OK\n"


def test_whoever_has_another_token_or_address_is_refused(site):
    terminal, door = site.terminal()
    assert terminal.poll().status_code == 200
    other = Terminal(site.url, terminal.serial)
    for token in (None, "0" * 32):
        other.token = token
        assert other.poll().status_code == 406
    away = Terminal(site.url, terminal.serial, address="127.0.0.7")
    away.token = terminal.token
    assert away.poll().status_code == 406
    site.as_administrator(f"api.end_pairing({door})")
    assert terminal.poll().status_code == terminal.connect().status_code == 406


def test_a_code_is_decided_and_the_door_opens_in_one_request(site, card):
    terminal, door = site.terminal()
    before = len(site.log())
    answer = terminal.ask(card)
    assert answer.text.startswith("AUTH=SUCCESS\r\ntime=") and answer.text.endswith("\r\nCONTROL DEVICE 01010105\n")
    assert f"cardno={card}" in answer.text and site.log()[before:] == ["SUCCESS ENTRY "]
    assert site.outbox(door) == ["open accepted"]
    assert terminal.poll().text == "OK\n" and terminal.opened == [1]
    # What the terminal tells of it afterwards is no second passage.
    terminal.tell(terminal.record(0, code=card))
    assert site.outbox(door) == ["open confirmed"] and len(site.log()) == before + 1
    device = site.stack.psql(f"""select l.device_id = d.id::text and l.authorized_by is null and l.code_hint = '{card[-2:]}'
        from garita.access_logs l, garita.devices d where d.door_id = {door} and l.access_point_id = {site.gate} order by l.id desc limit 1""")
    assert device == ["t"]


def test_a_question_asked_again_opens_nothing_again(site, card):
    terminal, door = site.terminal()
    before, record = len(site.log()), terminal.record(0, code=card)
    assert "CONTROL" in terminal.ask(card, record=record).text
    for _ in range(3):
        assert terminal.ask(card, record=record).text == f"AUTH=FAILED\r\n{record}\n"
    assert terminal.opened == [1] and len(site.log()) == before + 1 and site.outbox(door) == ["open accepted"]


def test_a_refusal_is_logged_and_opens_nothing(site):
    terminal, door = site.terminal()
    before = len(site.log())
    assert terminal.ask("99887766554433221").text.startswith("AUTH=FAILED\r\n")
    assert site.log()[before:] == ["DENIED ENTRY unknown_code"] and site.outbox(door) == [] and terminal.opened == []
    for record in ("", "{}", "event=0", "cardno=\tevent=0", terminal.record(0)):
        assert terminal.ask("", record=record).text.startswith("AUTH=FAILED")
    assert len(site.log()) == before + 1


def test_the_way_is_that_of_the_door_or_what_the_terminal_says(site, card):
    terminal, _ = site.terminal()
    terminal.ask(card, way=1)
    out, door = site.terminal(direction="EXIT", number=3)
    assert out.ask(card, door=3, way=0).text.endswith("CONTROL DEVICE 01030105\n")
    assert site.log()[-2:] == ["SUCCESS EXIT ", "SUCCESS EXIT "]
    assert site.stack.psql(f"select allows_entry, allows_exit from garita.devices where door_id = {door}") == ["f|t"]
    assert out.ask(card, door=1).status_code == 406


def test_a_door_that_no_decision_opens_stays_shut(site, card):
    terminal, door = site.terminal()
    site.stack.psql(f"update garita.doors set opens_itself = false where id = {door}")
    assert terminal.ask(card).text.startswith("AUTH=FAILED") and terminal.opened == []
    site.stack.psql(f"""update garita.doors set opens_itself = true where id = {door};
        update garita.devices set is_active = false, revoked_at = now() where door_id = {door}""")
    assert terminal.ask(card).status_code == 401 and terminal.opened == []


def test_an_opening_by_hand_is_fetched_once_and_its_answer_kept(site):
    terminal, door = site.terminal()
    number = site.queue(door)
    assert terminal.poll().text == f"C:{number}:CONTROL DEVICE 01010105\n" and terminal.poll().text == "OK\n"
    assert site.outbox(door) == ["open accepted"] and terminal.opened == [1]
    terminal.tell(terminal.record(8))
    assert site.outbox(door) == ["open confirmed"]
    site.queue(door)
    terminal.poll(code=-12)
    assert site.outbox(door)[1:] == ["open failed"]
    site.queue(door)
    terminal.poll()
    terminal.state(relay="01")
    assert site.outbox(door)[2:] == ["open confirmed"]


def test_an_opening_that_was_not_fetched_in_time_is_never_handed_over(site):
    terminal, door = site.terminal()
    number = site.queue(door)
    site.stack.psql(f"update garita.outbox set not_after = now() - interval '1 millisecond' where id = {number}")
    assert terminal.poll().text == "OK\n" and terminal.opened == []
    assert site.outbox(door) == ["open expired"]


def test_an_opening_without_an_answer_is_not_repeated(site):
    terminal, door = site.terminal()
    number = site.queue(door)
    terminal.poll(answers=False)
    site.stack.psql(f"update garita.outbox set due_at = now() where id = {number}")
    assert terminal.poll().text == "OK\n" and terminal.opened == [1] and site.outbox(door) == ["open unknown"]


def test_of_several_who_fetch_at_once_one_gets_a_command(site):
    terminal, door = site.terminal()
    terminal.poll()
    for _ in range(10):
        site.queue(door)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: terminal.poll(answers=False), range(4)))
    assert terminal.opened == [1] * 10


def test_another_terminal_neither_gets_nor_answers_what_is_not_its_own(site):
    terminal, door = site.terminal()
    other = Terminal(site.url)
    site.pair(other, site.door(other.serial))
    number = site.queue(door)
    assert other.poll().text == "OK\n"
    terminal.poll(answers=False)
    other.send("POST", "devicecmd", f"ID={number}&Return=0&CMD=CONTROL DEVICE")
    assert site.outbox(door) == ["open sent"]


def test_in_an_emergency_a_door_stays_open_and_again_after_a_restart(site):
    terminal, door = site.terminal()
    with emergency(site.stack, door):
        site.queue(door, "hold")
        assert "CONTROL DEVICE 010101FF" in terminal.poll().text
        # It may have been told once more by the beginning of the emergency.
        terminal.poll()
        terminal.restart()
        assert terminal.doors == {}
        terminal.poll()
        assert terminal.doors == {1: 255}
    site.queue(door, "release")
    terminal.poll()
    assert terminal.doors == {1: 0}


def test_events_become_rows_once(site):
    terminal, door = site.terminal()
    records = [terminal.record(event) for event in (102, 100, 101, 27, 202, 107, 28)]
    assert terminal.tell(*records).text == "OK\n"
    for _ in range(3):
        terminal.tell(*records, shuffled=True)
    terminal.tell(records[0], terminal.record(200))
    assert sorted(site.events(door)) == sorted(["forced", "tamper", "duress", "denied", "button", "power", "held", "opened"])
    # A terminal that was reset begins to count anew.
    terminal.tell(terminal.record(200, time="2026-01-02 03:04:05", index=1), terminal.record(201, time="2026-01-02 03:04:05", index=2))
    assert len(site.events(door)) == 10


def test_a_terminal_that_decided_alone_is_believed_and_logged_once(site, card):
    terminal, door = site.terminal()
    before = len(site.log())
    records = [terminal.record(0, code=card, time="2026-01-02 03:04:05"), terminal.record(0, code="1122334455667788", way=1)]
    for _ in range(3):
        terminal.tell(*records, shuffled=True)
    assert sorted(site.log()[before:]) == ["SUCCESS ENTRY decided_by_terminal", "SUCCESS EXIT decided_by_terminal"]
    rows = "\n".join(site.stack.psql(f"select row_to_json(l)::text from garita.access_logs l where access_point_id = {site.gate} order by id")[before:])
    assert "2026-01-02 03:04:05" in rows and "1122334455667788" not in rows
    kept = "\n".join(site.stack.psql(f"select row_to_json(e)::text from garita.door_events e where door_id = {door}"))
    assert card not in kept and "1122334455667788" not in kept and site.outbox(door) == []


def test_a_state_tells_of_contact_relay_faults_and_clock(site):
    terminal, door = site.terminal()
    terminal.clock = -7200
    terminal.state(sensor="02", relay="00", alarm="02")
    contact, trouble, drift, relay = site.stack.psql(
        f"select contact, trouble, clock_drift_seconds, details ->> 'relay' from garita.door_states where door_id = {door}")[0].split("|")
    assert (contact, trouble, relay) == ("open", "tamper", "false") and -7210 < int(drift) < -7190
    terminal.clock = 0
    terminal.state(sensor="00")
    assert site.stack.psql(f"select contact is null, trouble = '', abs(clock_drift_seconds) < 10 from garita.door_states where door_id = {door}") == ["t|t|t"]


def test_a_terminal_is_told_the_time(site):
    terminal, _ = site.terminal()
    said = terminal.send("GET", "rtdata", type="time").text.strip()
    number, zone = said.removeprefix("DateTime=").split(",ServerTZ=")
    days, seconds = divmod(int(number), 86400)
    assert zone == "-0600" and 26 <= days // (12 * 31) < 99 and 0 <= seconds < 86400


def test_what_a_terminal_keeps_of_its_own_is_counted_and_put_away(site):
    terminal, _ = site.terminal()
    assert terminal.send("POST", "cdata", "user uid=1\tpin=1", table="tabledata", tablename="user", count=1).text == "user=1\n"
    assert terminal.send("POST", "querydata", "user uid=1", type="tabledata", tablename="user", count=7).text == "user=7\n"
    assert terminal.send("POST", "cdata", "~DeviceName=F22,FirmVer=9", table="options").text == "OK\n"
    assert terminal.send("POST", "cdata", "a\nb", table="OPERLOG").text == "OK: 2\n"
    assert terminal.send("GET", "ping").text == "OK\n"
    shown = site.stack.psql(f"select attributes ->> 'firmver' from garita.terminals where serial = '{terminal.serial}'")
    assert shown == ["9"]


def test_hostile_bodies_harm_nobody(site, stack, card):
    terminal, door = site.terminal()
    bodies = [b"\0" * 1000, b"\xff\xfe" * 1000, b'{"event": 1}', b"event=" + b"9" * 5000, b"time=9999-99-99 99:99:99\tevent=1",
              b"event=102\tindex=99999999999999999999\teventaddr=" + b"x" * 5000, b"<html>", b"=" * 10000, b"\t" * 100000,
              "event=1\tcardno=’; drop table\tindex=-1".encode(), b"event=-9223372036854775808", b"A" * (4 * 1024 * 1024)]
    for body in bodies:
        for query in ({"table": "rtlog"}, {"table": "rtstate"}, {"table": "ATTLOG"}, {"table": "options"}, {"AuthType": "device"}):
            answer = terminal.send("POST", "cdata", body, **query)
            assert answer.status_code == 200 and is_plain(answer) or query.get("AuthType"), (body[:40], query, answer.status_code, answer.text[:200])
            assert answer.status_code < 500 and "CONTROL" not in answer.text
        assert terminal.send("POST", "devicecmd", body).status_code == 200
        assert terminal.send("POST", "registry", body).status_code == 406
    too_large = terminal.send("POST", "cdata", b"A" * (4 * 1024 * 1024 + 1), table="rtlog")
    assert too_large.status_code == 413 and is_plain(too_large)
    for _ in range(5):
        terminal.break_off("cdata?table=rtlog")
    assert terminal.ask(card).text.startswith("AUTH=SUCCESS")
    said = [json.loads(line) for line in (stack.var / "log/device.log").read_text().splitlines()]
    assert [line for line in said if line["level"] == "error"] == []
    assert card not in (stack.var / "log/device.log").read_text() + (stack.var / "log/nginx/access.log").read_text()


def test_an_attendance_clock_tells_who_came_and_opens_nothing(site, card):
    site.stack.psql("update garita.doors set is_active = false where driver = 'zkteco'")
    clock = Terminal(site.url)
    door = site.door(clock.serial, dialect="attendance")
    assert clock.connect(None).status_code == 406
    site.as_administrator(f"api.open_pairing({door})")
    assert clock.connect(None).text.startswith(f"GET OPTION FROM: {clock.serial}\n") and "TimeZone=-6\n" in clock.connect(None).text
    before = len(site.log())
    records = [f"1001\t{clock.now()}\t0\t1", f"1002\t{clock.now()}\t1\t1"]
    for _ in range(2):
        assert clock.tell(*records, table="ATTLOG").text == "OK: 2\n"
    assert site.events(door) == ["identified", "identified"] and len(site.log()) == before
    site.queue(door)
    assert clock.poll().text == "OK\n" and site.outbox(door) == ["open failed"]


def test_a_terminal_that_was_silent_is_heard_of_again(site):
    terminal, door = site.terminal()
    site.stack.psql(f"""update garita.door_states set trouble = 'offline', trouble_since = now(), reached_at = now() - interval '1 hour'
        where door_id = {door}""")
    terminal.poll()
    until(lambda: site.stack.psql(
        f"select trouble = '' and reached_at > now() - interval '1 minute' from garita.door_states where door_id = {door}") == ["t"], 5)
