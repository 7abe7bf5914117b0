"""Doors of UHPPOTE boards, through the real `garita outbox`: fake_board.py plays the board."""

import datetime
import json
import socket

import pytest
from uhppoted.uhppote import Uhppote

from boards import Entrance, judged, restart
from fake_board import BOTH, Board
from runs import emergency, until
from test_commands import garita


@pytest.fixture(scope="module", autouse=True)
def loopback(stack):
    """Devices may not be where this machine's own services are, unless the operator says so."""
    settings = stack.var / "pools/outbox/garita.env"
    with settings.open("a") as file:
        file.write("GARITA_DEVICE_NETWORKS=127.0.0.0/8\n")
    restart(stack)


SERIALS = iter(range(405419896, 405519896))


@pytest.fixture
def entrance(stack):
    made = []

    def make(transport="udp", **settings):
        made.append(Entrance(stack, Board(next(SERIALS), transport=BOTH if transport == "tcp" else "udp"), transport=transport, **settings))
        return made[-1]

    yield make
    for one in made:
        one.end()


def test_an_independent_client_understands_the_fake_board():
    board = Board(transport=BOTH)
    board.put(10058400, doors=(1, 0, 1, 0))
    for protocol in ("udp", "tcp"):
        board.swipe(10058400)
        client, at = Uhppote(), (board.serial, f"127.0.0.1:{board.port}", protocol)
        assert client.get_status(at).event_card == 10058400 and client.get_cards(at).cards == 1
        card = client.get_card_by_index(at, 1)
        assert (card.card_number, card.door_1, card.door_2, card.door_3) == (10058400, 1, 0, 1)
        assert client.open_door(at, 2).opened and client.get_status(at).relays & 2
        assert client.get_event(at, 1).reason == 1 and client.get_door_control(at, 1).mode == 3
    board.end()


def test_an_opening_is_confirmed_by_the_board_and_every_byte_is_as_others_send_it(entrance):
    one = entrance(keeps_cards="yes")
    one.board.put(999)
    one.card(1000001)
    one.is_met()
    message = one.tell()
    one.ends(message, "confirmed")
    assert until(lambda: set(one.board.cards) == {1000001}, 40)
    assert len(one.board.openings) == 1 and one.board.controls[1] == [3, 1], "for as long as the door says"
    with emergency(one.stack, one.door):
        held = one.tell("hold")
        one.ends(held, "confirmed")
        assert one.board.controls[1][0] == 1
    released = one.tell("release")
    one.ends(released, "confirmed")
    assert one.board.controls[1][0] == 3
    assert one.about("details ->> 'firmware'").startswith("8.92") and one.about("trouble") == ""
    for request in one.board.requests:
        assert request == bytes(judged(request)), request.hex()


def test_a_lost_answer_is_looked_up_and_opens_nothing_twice(entrance):
    one = entrance()
    one.is_met()
    one.board.lost_answers = {0x40: 1}
    one.ends(one.tell(), "confirmed")
    assert len(one.board.openings) == 1


def test_a_lost_request_is_sent_again_while_it_is_fresh(entrance):
    one = entrance()
    one.is_met()
    one.board.lost_requests = {0x40: 1}
    one.ends(one.tell(), "confirmed")
    assert len(one.board.openings) == 1


def test_answers_of_others_late_and_double_ones_open_nothing_twice(entrance):
    one = entrance()
    one.is_met()
    one.board.duplicate = 1.0
    one.ends(one.tell(), "confirmed")
    assert len(one.board.openings) == 1
    one.board.duplicate, one.board.wrong_serial = 0.0, True
    one.ends(one.tell(), "unknown")
    one.board.wrong_serial, one.board.wrong_function = False, True
    opened = len(one.board.openings)
    one.ends(one.tell(), "unknown")
    assert len(one.board.openings) == opened + 1, "an answer that counts for nothing is no reason to open again without proof"


def test_a_board_that_is_away_is_trouble_and_comes_back(entrance):
    one, other = entrance(), entrance(transport="tcp")
    one.is_met()
    other.is_met()
    one.board.dead = True
    message = one.tell()
    other.ends(other.tell(), "confirmed", 3)
    one.ends(message, "unknown")
    assert until(lambda: one.about("trouble") == "offline", 40)
    one.board.dead = False
    assert until(lambda: one.about("trouble") == "", 20)
    assert len(one.board.openings) == 0, "what was asked for meanwhile is over"
    one.ends(one.tell(), "confirmed")


def test_what_happens_while_nobody_listens_is_read_later_and_once(stack, entrance):
    one = entrance(keeps_cards="yes")
    one.is_met()
    code = one.card(1234567)
    assert until(lambda: 1234567 in one.board.cards, 40)
    one.board.happen(2, 20, card=1)
    assert until(lambda: one.events("button"), 15)

    def outage():
        one.board.swipe(1234567)
        one.board.swipe(7654321)
        for _ in range(5):
            one.board.happen(2, 20, card=1)
        one.board.happen(2, 38)

    restart(stack, outage)
    assert until(lambda: one.events("forced"), 20)
    assert len(one.events("button")) == 6 and len(one.events("denied")) == 1 and len(one.events("granted")) == 1
    assert stack.psql(f"select access_type, status, access_method from garita.access_logs where access_code_id = {code}") == ["ENTRY|SUCCESS|RFID"]
    restart(stack)
    one.ends(one.tell(), "confirmed")
    assert len(one.events("button")) == 6 and len(one.events("forced")) == 1, "nothing is read twice"


def test_a_count_that_began_anew_is_noticed_and_so_is_what_was_overwritten(entrance):
    one = entrance()
    one.is_met()
    for _ in range(3):
        one.board.happen(2, 20, card=1)
    assert until(lambda: len(one.events("button")) == 3, 15)
    one.board.reset()
    one.board.happen(2, 38)
    assert until(lambda: one.events("forced"), 15) and len(one.events("reset")) == 1
    assert one.events("forced")[0].split("|")[0] == "1", "another epoch"
    with one.board.lock:
        one.board.store = 5
        for _ in range(40):
            one.board.happen(2, 20, card=1)
    assert until(lambda: one.events("events_lost"), 15)
    assert until(lambda: len(one.events("button")) == 8, 15)


def test_events_of_old_firmware_say_that_there_is_something_to_fetch(stack, entrance):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    one = entrance(listener=f"127.0.0.1:{port}", contact="yes")
    one.is_met()
    assert until(lambda: one.board.listener[:4] == bytes([127, 0, 0, 1]), 10)
    one.board.old_events = True
    one.board.leaf(1, True)
    assert until(lambda: one.about("contact") == "open", 10)
    one.board.leaf(1, False)
    assert until(lambda: one.about("contact") == "closed", 10)
    assert len(one.events("opened")) == 1, "told once"


def test_a_clock_that_drifts_is_set(stack, entrance):
    """The board's shows this machine's wall, the site's is another one."""
    one = entrance()
    assert until(lambda: one.events("clock_set"), 20)
    assert until(lambda: one.about("clock_drift_seconds") in ("-2", "-1", "0", "1", "2"), 20)
    wall = stack.psql("select extract(epoch from clock_timestamp() at time zone 'America/Mexico_City')::bigint")[0]
    assert abs((one.board.now() - datetime.datetime(1970, 1, 1)).total_seconds() - int(wall)) < 5
    one.board.clock_offset += 90
    restart(stack)
    assert until(lambda: len(one.events("clock_set")) == 2, 20)


def test_the_list_of_a_board_becomes_what_the_database_has_whatever_the_network_does(stack, entrance):
    one = entrance(keeps_cards="yes")
    one.board.put(999)
    one.board.drop_requests = one.board.drop_replies = one.board.duplicate = one.board.reorder = 0.1
    codes = {code: one.card(code) for code in (1100001, 1100002, 1100003)} | {4: one.card("TAG-X" + one.name)}
    second = one.add(2, direction="'ENTRY'")
    wanted = {1100001, 1100002, 1100003}
    assert until(lambda: wanted <= set(one.board.cards) and 999 not in one.board.cards, 120), one.board.cards
    assert until(lambda: one.about("details -> 'cards' ->> 'differing'") == "0", 120)
    assert {card[8:12] for number, card in one.board.cards.items() if number in wanted} == {bytes([1, 1, 0, 0])}
    stack.psql(f"delete from garita.doors where id = {second}")
    stack.psql(f"update garita.access_codes set is_active = false where id = {codes[1100002]}")
    assert until(lambda: 1100002 not in one.board.cards and one.board.cards.get(1100001, bytes(12))[8:12] == bytes([1, 0, 0, 0]), 120)
    assert int(one.about("details -> 'cards' ->> 'unfit'")) >= 1


def test_a_card_changed_at_the_board_is_reported_and_put_right(stack, entrance):
    one = entrance(keeps_cards="yes")
    one.is_met()
    one.card(1200001)
    assert until(lambda: 1200001 in one.board.cards and one.about("details -> 'cards' ->> 'differing'") == "0", 40)
    restart(stack, lambda: (one.board.put(1200001, doors=(1, 1, 1, 1)), one.board.put(777)))
    assert until(lambda: one.events("card_drift"), 30)
    assert until(lambda: 777 not in one.board.cards and one.board.cards[1200001][8:12] == bytes([1, 0, 0, 0]), 20)


def test_a_full_board_is_trouble(entrance):
    one = entrance(keeps_cards="yes")
    one.board.full = True
    one.card(1300001)
    assert until(lambda: one.about("trouble") == "card_list_full", 40)


@pytest.mark.parametrize("settings", [{"serial": "0"}, {"address": "board.example"}, {"address": "169.254.1.1"}, {"listener": "x"}])
def test_a_door_whose_settings_cannot_be_is_trouble(entrance, settings):
    one = entrance(**settings)
    assert until(lambda: one.about("trouble") == "settings", 10)
    one.ends(one.tell(), "failed")


def test_a_board_belongs_to_the_site_that_had_it_first(stack, entrance):
    one = entrance()
    one.is_met()
    name = one.name
    other = stack.psql(f"""with s as (insert into garita.sites (name, code) values ('{name}', '{name}') returning id),
        p as (insert into garita.access_points (site_id, name, code, location, is_entry, is_exit)
            select id, 'Otra', 'OTRA', 'Otra', true, true from s returning site_id, id)
        -- Older than the other, it names that board only now.
        insert into garita.doors (id, site_id, access_point_id, name, driver, settings) overriding system value
        select -{one.door}, site_id, id, 'Otra', 'uhppote', '{json.dumps(one.settings | {"door": "1"})}' from p returning id""")[0]
    try:
        assert until(lambda: stack.psql(f"select trouble from garita.door_states where door_id = {other}") == ["settings"], 10)
        opened = len(one.board.openings)
        message = stack.psql(f"select garita.queue_door({other}, 'open', null, null, null, 'test')")[0]
        one.ends(message, "failed")
        restart(stack)
        message = stack.psql(f"select garita.queue_door({other}, 'open', null, null, null, 'test')")[0]
        one.ends(message, "failed")
        assert len(one.board.openings) == opened
        one.ends(one.tell(), "confirmed")
    finally:
        stack.psql(f"delete from garita.doors where id = {other}")


def test_boards_are_discovered(stack):
    board = Board(next(SERIALS))
    done = garita(stack, "doors", "discover", "--address", f"127.0.0.1:{board.port}", "--seconds", "1")
    assert done.returncode == 0 and done.stdout.startswith(f"{board.serial}  127.0.0.1"), done.stdout + done.stderr
    board.end()
    assert garita(stack, "doors", "discover", "--address", "board.example").returncode == 64
