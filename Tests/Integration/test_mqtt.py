"""Doors behind a broker, with the broker of Debian: nothing opens late, twice, or unlogged."""

import base64
import hashlib
import json
import signal
import subprocess
import time

import pytest

from devices import enrol, gate  # noqa: F401
from fake_broker import Broker, Client, Device
from mqtt_doors import Door, restart
from runs import emergency, until


@pytest.fixture(scope="module", autouse=True)
def loopback(stack):
    """Devices of these tests are on this machine."""
    settings = stack.var / "pools/outbox/garita.env"
    if "127.0.0.0/8" not in settings.read_text():
        settings.write_text(settings.read_text() + "GARITA_DEVICE_NETWORKS=127.0.0.0/8\n")
        restart(stack)


@pytest.fixture
def broker():
    one = Broker().start()
    yield one
    one.remove()


@pytest.fixture
def door(stack, gate, broker):
    made = []

    def make(broker=broker, **settings):
        made.append(Door(stack, gate, broker, **settings))
        return made[-1]

    yield make
    for one in made:
        stack.psql(f"delete from garita.doors where id = {one.id}")


def test_a_door_is_announced_and_its_commands_are_never_kept(broker, door):
    one = door(allows_asks="yes", entity="lock")
    one.is_connected()
    home = Client(broker, "homeassistant/#", "prueba/#")
    object_id = one.base.replace("/", "_")
    topic = f"homeassistant/device/{object_id}/config"
    document = json.loads(until(lambda: home.last(topic), 10))
    assert document["device"]["identifiers"] == [object_id] and document["origin"]["name"]
    assert {name: part["platform"] for name, part in document["components"].items()} == {
        "door": "lock", "contact": "binary_sensor", "problem": "binary_sensor", "event": "event"}
    assert len({part["unique_id"] for part in document["components"].values()}) == 4
    assert document["availability_topic"] == "prueba/availability"
    assert until(lambda: home.last("prueba/availability"), 5) == "online"
    assert json.loads(home.last(f"{one.base}/state")) == {"contact": "None", "lock": "None", "problem": "OFF"}
    # Again when Home Assistant says that it is there.
    told = len(home.said(topic))
    home.say("homeassistant/status", "online")
    until(lambda: len(home.said(topic)) > told, 5)

    device = Device(broker, one.base)
    message = one.open()
    one.becomes(message, "accepted")
    later = Client(broker, f"{one.base}/command", f"{one.base}/ask", f"{one.base}/state")
    until(lambda: later.last(f"{one.base}/state"), 5)
    assert later.said(f"{one.base}/command") == later.said(f"{one.base}/ask") == []
    # What is no longer used is forgotten.
    one.stack.psql(f"update garita.doors set is_active = false where id = {one.id}")
    until(lambda: home.last(topic) == "", 5)
    for client in (home, device, later):
        client.leave()


def test_an_opening_is_taken_and_seen(broker, door):
    one = door(seconds=4)
    device = Device(broker, one.base)
    device.move("closed")
    until(lambda: one.stack.psql(f"select 1 from garita.door_states where door_id = {one.id} and contact = 'closed'"), 15)
    message = one.open()
    one.becomes(message, "accepted")
    [command], [sent] = device.opened, device.heard
    assert command["action"] == "open" and command["seconds"] == 1 and 0 < command["not_after"] - time.time() <= 4
    assert 1 <= sent.properties.MessageExpiryInterval <= 4 and not sent.retain and sent.qos == 1
    assert sent.properties.ResponseTopic == f"{one.base}/answer" and sent.properties.CorrelationData == command["id"].encode()
    device.move("open")
    assert one.becomes(message, "confirmed") and one.answer(message) == "seen to open"
    assert one.known("contact") == "open"

    with emergency(one.stack, one.id):
        hold = one.open("hold")
        until(lambda: [sent["action"] for sent in device.opened] == ["open", "hold"], 5)
        assert one.becomes(hold, "accepted")
    device.leave(gone=True)
    until(lambda: one.known("trouble") == "offline", 10)
    refused = one.open()
    assert one.becomes(refused, "failed") and one.answer(refused) == "the device is not connected"


def test_a_device_that_was_away_does_not_open_on_return(broker, door):
    """Also one that lets the broker keep messages for it, and does not look at the time itself."""
    one = door(seconds=3)
    one.is_connected()
    away = Client(broker, f"{one.base}/command", name="away", session=600, clean=False)
    away.leave()
    message = one.open()
    assert one.becomes(message, "unknown") and one.answer(message) == "no answer of the device"
    assert one.known("trouble") == "no_answer"
    back = Client(broker, f"{one.base}/command", name="away", session=600, clean=False)
    second = one.open()
    until(lambda: back.said(f"{one.base}/command"), 5)
    assert [json.loads(said)["id"].split("-")[0] for said in back.said(f"{one.base}/command")] == [second]
    back.leave()


def test_nobody_who_listens_is_no_opening(broker, door):
    one = door()
    one.is_connected()
    message = one.open()
    assert one.becomes(message, "failed") and one.answer(message) == "no device listens to its commands"


def test_a_late_answer_is_an_event_and_changes_no_state(broker, door):
    one = door(seconds=4)
    one.is_connected()
    device = Device(broker, one.base, delay=7)
    message = one.open()
    assert one.becomes(message, "unknown")
    until(lambda: "late_answer" in one.events(), 15)
    assert one.state(message) == "unknown" and one.known("answer") == "answered too late: check the door"
    device.leave()


def test_a_broker_that_was_away_brings_no_old_opening(broker, door):
    one = door()
    device = Device(broker, one.base)
    one.is_connected()
    broker.freeze()
    frozen = one.open()
    assert one.becomes(frozen, "unknown")
    broker.thaw()
    one.is_connected()
    until(lambda: one.becomes(one.open(), "accepted", "failed") == "accepted", 30)
    # What had reached the machine of the broker it may still pass on: that is what devices have clocks for.
    assert frozen not in [command["id"].split("-")[0] for command in device.opened]

    opened = len(device.opened)
    device.leave(gone=True)
    broker.kill()
    until(lambda: one.answer(one.open()) == "no connection to the broker" or time.sleep(0.2), 60)
    broker.start()
    device = Device(broker, one.base)
    until(lambda: one.becomes(one.open(), "accepted", "failed") == "accepted", 40)
    assert opened == 1 and len(device.opened) == 1
    device.leave()


def test_a_dead_broker_costs_only_its_own_doors(stack, gate, broker, door):
    dead, silent = Broker(), Broker().start()
    silent.freeze()
    try:
        others = [door(dead), door(silent), door(broker, host="no-such-host.invalid")]
        one = door(broker)
        device = Device(broker, one.base)
        one.is_connected()
        for other in others:
            other.lost = other.open()
        waited = []
        for _ in range(10):
            began = time.monotonic()
            one.becomes(one.open(), "accepted")
            waited.append(time.monotonic() - began)
        assert sorted(waited)[5] < 1 and len(device.opened) == 10
        for other in others:
            assert other.becomes(other.lost, "failed")
        until(lambda: all(other.known("trouble") == "broker" for other in others), 15)
        device.leave()
    finally:
        silent.remove()


def test_the_broker_says_when_garita_is_gone(stack, broker, door):
    one = door()
    one.is_connected()
    home = Client(broker, "prueba/availability")
    restart(stack, signal.SIGKILL)
    until(lambda: home.said("prueba/availability")[-2:] == ["offline", "online"], 20)
    # The will of another process, which is late.
    home.say("prueba/availability", "offline", retain=True)
    until(lambda: home.said("prueba/availability")[-1] == "online", 5)
    restart(stack)
    until(lambda: home.said("prueba/availability")[-2:] == ["offline", "online"], 20)
    home.leave()


def press(name, age=0):
    return json.dumps({"action": "PRESS", "id": name, "at": int(time.time()) - age})


def logged(stack, gate):
    return stack.psql(f"""
        select status || ' ' || array_to_string(reasons, ',') || ' ' || device_id from garita.access_logs
        where access_point_id = {gate['id']} order by id""")


def test_what_home_assistant_asks_is_decided_and_logged(stack, gate, broker, door):
    asker = enrol(stack, gate, "--entry")
    one = door(allows_asks="yes", device=f"Lector {gate['code']}")
    device = Device(broker, one.base)
    one.is_connected()
    home = Client(broker, f"{one.base}/event")
    for _ in range(3):
        home.say(f"{one.base}/ask", press("1764540000.25"))
    until(lambda: device.opened, 10)
    home.say(f"{one.base}/ask", press("old", age=60))
    home.say(f"{one.base}/ask", "LOCK")
    home.say(f"{one.base}/ask", press("kept"), retain=True)
    until(lambda: len(logged(stack, gate)) == 2, 10)
    home.say(f"{one.base}/ask", press("1764540001.25"))
    until(lambda: len(device.opened) == 2, 10)
    assert logged(stack, gate) == [f"SUCCESS  {asker.id}", f"DENIED expired {asker.id}", f"SUCCESS  {asker.id}"]
    until(lambda: sorted(
        event for said in home.said(f"{one.base}/event") if "ask" in (event := json.loads(said)["event_type"])) == [
            "ask_refused", "asked", "asked"], 5)
    restart(stack)
    until(lambda: one.becomes(one.open(), "accepted", "failed") == "accepted", 20)
    assert len(logged(stack, gate)) == 3, "the kept ask was followed"
    home.leave()
    device.leave()


def test_a_door_that_allows_no_asks_opens_for_none(stack, gate, broker, door):
    enrol(stack, gate, "--entry")
    one = door(device=f"Lector {gate['code']}")
    device = Device(broker, one.base)
    one.is_connected()
    home = Client(broker)
    home.say(f"{one.base}/ask", "OPEN")
    until(lambda: len(logged(stack, gate)) == 1, 10)
    assert logged(stack, gate)[0].startswith("DENIED method_not_supported") and device.opened == []
    home.leave()
    device.leave()


def test_huge_and_strange_messages_harm_nobody(broker, door):
    one = door()
    device = Device(broker, one.base)
    one.is_connected()
    vandal = Client(broker)
    for topic in ("answer", "contact", "relay", "device", "ask"):
        for payload in (b"\xff" * 200, b"[" * 3000, b"{}", b"", b"x" * 1_000_000, json.dumps({"id": 1, "ok": []}).encode()):
            vandal.say(f"{one.base}/{topic}", payload)
    vandal.say(f"{one.base}/device", "online", retain=True)
    until(lambda: one.becomes(one.open(), "accepted", "failed") == "accepted", 20)
    vandal.leave()
    device.leave()


def test_who_may_not_publish_opens_nothing(broker, door):
    """An access list that gives the device's topics to nobody: the broker says so, and Garita believes it."""
    rules = broker.folder / "acl"
    rules.write_text("topic read #\ntopic write prueba/availability\ntopic write homeassistant/#\n")
    broker.kill()
    broker.lines = ("allow_anonymous true", f"acl_file {rules}")
    broker.start()
    one = door()
    one.is_connected()
    message = one.open()
    assert one.becomes(message, "failed") and one.answer(message).startswith("the broker refused it")


def test_a_broker_over_tls_is_the_one_that_was_meant(broker, door):
    """By the key it must have; one that certifies itself is not believed otherwise."""
    key, certificate = broker.folder / "key.pem", broker.folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=broker.example", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    key.chmod(0o644)
    der = subprocess.run(
        ["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
    pin = "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()
    broker.kill()
    broker.lines = ("allow_anonymous true", f"certfile {certificate}", f"keyfile {key}")
    broker.start()
    meant = door(tls="pinned", pin=pin)
    wrong = [door(tls="pinned", pin="sha256//" + base64.b64encode(bytes(32)).decode()), door(tls="system", host="localhost"), door()]
    meant.is_connected()
    message = meant.open()
    assert meant.becomes(message, "failed") and meant.answer(message) == "no device listens to its commands"
    for other in wrong:
        until(lambda: other.stack.psql(f"select 1 from garita.door_states where door_id = {other.id} and trouble = 'broker'"), 20)
    assert "TLS" in wrong[0].known("answer") and "TLS" in wrong[1].known("answer")
