"""Webhooks from the deed to the receiver: what is told, in which order, how it is proved, and what no receiver can spoil."""

import time

import pytest

from receiver import drip, endless, html
from runs import until
from test_main_job import Guard
from visits import register, step
from webhooks import (  # noqa: F401 (fixtures)
    VISITS, Sender, announce, deliveries, hasten, read, receiver, sender, sending, settled, states, subscribe)


def in_order(messages):
    """Each subject's messages came in the order of their numbers, none left out."""
    last = {}
    for message in messages:
        assert message.sequence == last.get(message.subject, 0) + 1, (message.subject, message.sequence)
        last[message.subject] = message.sequence
    return last


def test_a_visit_is_told_step_by_step(stack, sender, receiver, subscribe):
    numbers = subscribe("/numbers", VISITS + ["access.refused"])
    names = subscribe("/names", VISITS + ["access.refused"], secrecy="NAMES")
    guard = Guard(stack)
    visitor = register(stack, first_name="Úrsula", last_name="Niño", document_id="INE-778899", phone="5512349876", company="Gas")
    assert step(stack, visitor, "approve", "ADMIN")[0] == 200
    code = guard.issue({"id": visitor}, max_uses=5)["code"]
    assert guard.scan(code).status_code == 200 and guard.scan(code, direction="EXIT").status_code == 200
    assert guard.scan("RFIDUNKNOWN1").status_code == 404
    until(lambda: len(receiver.at("/numbers")) == 5 and len(receiver.at("/names")) == 5, 20)
    for webhook, path in ((numbers, "/numbers"), (names, "/names")):
        came = receiver.at(path)
        visit = [message for message in came if message.subject == f"visit:{visitor}"]
        assert [message.type for message in visit] == ["visit.expected", "visit.approved", "visit.arrived", "visit.left"]
        assert [message.sequence for message in visit] == [1, 2, 3, 4]
        assert len({message.id for message in came}) == 5
        for message in came:
            assert message.is_signed_with(webhook["secret"]) and not message.is_signed_with(
                (names if webhook is numbers else numbers)["secret"])
            assert message.headers["Content-Type"] == "application/json" and len(message.body) < 20_000
            for secret in (code, "INE-778899", "5512349876", "49876"):
                assert secret not in message.body.decode()
    refusal = next(message for message in receiver.at("/names") if message.type == "access.refused")
    assert refusal.data["reasons"] == ["unknown_code"] and refusal.data["blocklisted"] is False
    assert "Úrsula" not in "".join(message.body.decode() for message in receiver.at("/numbers"))
    told = next(message for message in receiver.at("/names") if message.type == "visit.arrived").data
    assert (told["visitor_name"], told["company"], told["unit"], told["visit_id"]) == ("Úrsula Niño", "Gas", "A-101", visitor)


def test_every_answer_has_its_consequence(stack, sender, receiver, subscribe):
    receiver.answers = {
        "/error": 500, "/moved": (302, {"Location": receiver.url("/elsewhere")}), "/gone": 410, "/busy": (429, {"Retry-After": "120"}),
        "/html": html, "/endless": endless}
    hooks = {path: subscribe(path) for path in ("/error", "/moved", "/gone", "/busy", "/html", "/endless")}
    announce(stack, "visit:900001")
    until(lambda: all(deliveries(stack, hook) for hook in hooks.values()), 30)
    last = {path: deliveries(stack, hook)[-1] for path, hook in hooks.items()}
    assert {path: one["status"] for path, one in last.items()} == {
        "/error": 500, "/moved": 302, "/gone": 410, "/busy": 429, "/html": 200, "/endless": 200}
    assert {path: one["state"] for path, one in last.items() if path not in ("/error", "/moved")} == {
        "/gone": "failed", "/busy": "queued", "/html": "confirmed", "/endless": "confirmed"}
    assert receiver.at("/elsewhere") == [] and "not followed" in last["/moved"]["error"]
    gone = read(stack, hooks["/gone"])
    assert (gone["is_active"], gone["stopped_reason"]) == (False, "gone") and gone["stopped_at"]
    left = stack.psql(f"""select extract(epoch from o.due_at - clock_timestamp()) between 100 and 121, w.held_until > clock_timestamp() + interval '100 s'
        from garita.outbox o join garita.webhooks w on w.id = o.webhook_id where w.id = {hooks['/busy']['id']}""")
    assert left == ["t|t"]
    for path in ("/html", "/endless"):
        assert len(last[path]["answer"].encode()) <= 1024 and "\x00" not in last[path]["answer"]
    assert last["/html"]["answer"].startswith("<html><script>alert(1)</script>")
    # Tried again: the same number and body, another time and signature.
    until(lambda: len(receiver.at("/error")) >= 2, 20)
    first, second = receiver.at("/error")[:2]
    assert (first.id, first.body) == (second.id, second.body)
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert second.is_signed_with(hooks["/error"]["secret"])


def test_a_receiver_that_drips_costs_only_itself(stack, sender, receiver, subscribe):
    receiver.answers = {"/drip": drip}
    slow, quick = subscribe("/drip"), subscribe("/quick")
    announce(stack, "visit:900002", count=1)
    for number in range(6):
        announce(stack, f"visit:90001{number}")
    until(lambda: len(receiver.at("/quick")) == 7, 10)
    assert states(stack, slow) == {"sent": 4, "queued": 3}
    until(lambda: len(deliveries(stack, slow)) == 4, 40)
    assert {(one["status"], one["milliseconds"] < 20_000) for one in deliveries(stack, slow)} == {(None, True)}
    assert read(stack, slow)["is_active"] is True


def test_a_receiver_away_for_two_days_gets_all_in_order(stack, sender, receiver, subscribe):
    hook = subscribe("/away")
    receiver.close()
    for _ in range(3):
        for number in range(8):
            announce(stack, f"visit:91000{number}")
    until(lambda: len(deliveries(stack, hook)) >= 4, 20)
    for _ in range(8):
        before = int(stack.psql(f"select count(*) from garita.deliveries where webhook_id = {hook['id']}")[0])
        hasten(stack, hook, hours=6)
        hasten(stack, hook)
        until(lambda: int(stack.psql(f"select count(*) from garita.deliveries where webhook_id = {hook['id']}")[0]) > before, 20)
    assert receiver.at("/away") == [] and read(stack, hook)["is_active"] is True
    receiver.open()

    def all_came():
        hasten(stack, hook)
        time.sleep(0.2)
        return states(stack, hook) == {"confirmed": 24}

    until(all_came, 40)
    came = receiver.first("/away")
    assert len(came) == 24 and in_order(came) == {f"visit:91000{number}": 3 for number in range(8)}
    assert all(message.is_signed_with(hook["secret"]) for message in receiver.at("/away"))


def test_after_three_days_it_stops_and_what_failed_can_be_replayed(stack, sender, receiver, subscribe):
    hook = subscribe("/dead")
    receiver.answers = {"/dead": 503}
    announce(stack, "visit:920001", count=2)
    until(lambda: deliveries(stack, hook), 20)
    hasten(stack, hook, hours=73)
    until(lambda: read(stack, hook)["stopped_reason"] == "unreachable", 20)
    assert states(stack, hook) == {"failed": 2} and read(stack, hook)["is_active"] is False
    tried = receiver.at("/dead")
    replay = lambda **body: stack.call("POST", f"/api/webhooks/{hook['id']}/replay/", "ADMIN", json=body)
    assert replay().status_code == 409
    # Nobody is told of what happens while it is off.
    announce(stack, "visit:920002")
    assert states(stack, hook) == {"failed": 2}
    assert stack.call("PATCH", f"/api/webhooks/{hook['id']}/", "ADMIN", json={"is_active": True}).json()["stopped_reason"] == ""
    receiver.answers = {}
    assert replay(until="2000-01-01").json() == {"replayed": 0}
    assert replay().json() == {"replayed": 2}
    settled(stack, hook, confirmed=2)
    assert in_order(receiver.first("/dead")) == {"visit:920001": 2}
    assert receiver.at("/dead")[len(tried)].id == tried[0].id and receiver.at("/dead")[len(tried)].body == tried[0].body
    # One that was delivered, once more.
    message = deliveries(stack, hook, "?delivered=true")[0]
    count = len(receiver.at("/dead"))
    assert replay(message=message["message"]).json() == {"replayed": 1}
    until(lambda: len(receiver.at("/dead")) == count + 1, 20)
    assert receiver.at("/dead")[-1].id == message["message_id"] and receiver.at("/dead")[-1].body.decode() == message["body"]
    assert replay(**{"from": "soon"}).json() == {"from": replay(**{"from": "soon"}).json()["from"]}
    assert replay(message=999999999).status_code == 409


def test_two_secrets_while_one_is_replaced(stack, sender, receiver, subscribe):
    hook = subscribe("/rotated")
    post = lambda verb: stack.call("POST", f"/api/webhooks/{hook['id']}/{verb}/", "ADMIN")
    old, new = hook["secret"], post("rotate").json()["secret"]
    assert old != new and new.startswith("whsec_")
    sent = lambda: (post("test"), until(lambda: len(receiver.at("/rotated")) > sent.count, 20), receiver.at("/rotated")[-1])[2]
    sent.count = 0
    both = sent()
    assert len(both.signatures) == 2 and both.is_signed_with(old) and both.is_signed_with(new) and both.type == "webhook.test"
    assert post("retire").json()["previous_until"] is None
    sent.count = 1
    one = sent()
    assert len(one.signatures) == 1 and one.is_signed_with(new) and not one.is_signed_with(old)
    # Shown once, and nowhere else.
    assert read(stack, hook)["secret"] == ""
    kept = stack.psql(f"select w::text from garita.webhooks w where id = {hook['id']}")[0]
    changes = "".join(stack.psql(f"select changes::text from garita.audit where table_name = 'webhooks' and row_id = {hook['id']}"))
    for text in (kept, changes, sender.said()):
        assert old not in text and new not in text and old.removeprefix("whsec_") not in text
    assert '"secret_sealed": ["***", "***"]' in changes


def test_a_killed_sender_loses_nothing(stack, sender, receiver, subscribe):
    hook = subscribe("/load")
    receiver.answers = {"/load": lambda handler: (time.sleep(0.02), handler.reply(204))}
    for _ in range(5):
        stack.psql("select garita.announce(1, 'visit.arrived', 'visit:93' || n, '{}') from generate_series(100, 119) n, generate_series(1, 2)")
        time.sleep(0.3)
        sender.kill()
        sender.start()
    until(lambda: (hasten(stack, hook) or time.sleep(0.3) or states(stack, hook) == {"confirmed": 200}), 60)
    came = receiver.first("/load")
    assert len(came) == 200 and in_order(came) == {f"visit:93{number}": 10 for number in range(100, 120)}


def test_nothing_is_sent_to_this_machine_unless_the_operator_says_so(stack, sender, receiver, subscribe):
    port = receiver.port
    named = subscribe("/", url=f"https://localhost:{port}/named")
    numbered = subscribe("/", url=f"https://127.0.0.1:{port}/numbered")
    plain = subscribe("/", url=f"http://localhost:{port}/plain")
    sender.stop()
    other = Sender(stack, networks="10.0.0.0/8").start()
    try:
        announce(stack, "visit:940001")
        until(lambda: all(deliveries(stack, hook) for hook in (named, numbered, plain)), 30)
    finally:
        other.stop()
        sender.start()
    assert receiver.connections == 0
    for hook in (named, numbered, plain):
        assert deliveries(stack, hook)[-1]["status"] is None
    assert "operator has named" in deliveries(stack, plain)[-1]["error"]


def test_a_site_without_webhooks_writes_nothing(stack, sender):
    # Nothing of it is committed: other tests may have subscriptions.
    assert stack.psql("""begin; delete from garita.webhooks; delete from garita.outbox where kind = 'webhook';
        insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date, status) values (1, 'No', 'One', 1, '2026-01-01', 'APPROVED');
        select count(*) from garita.outbox where kind = 'webhook'; rollback""") == ["0"]
