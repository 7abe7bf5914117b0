"""What the outbox holds is handed over in time or not at all, whatever dies meanwhile."""

import pytest

from runs import until
from test_main_job import Guard


@pytest.fixture(scope="module")
def door(stack):
    """A door at the gate of Guard's scans, whose device never comes for its openings."""
    return stack.psql("""insert into garita.doors (site_id, access_point_id, name, driver, settings)
        values (1, 1, 'Pluma', 'zkteco', '{}') returning id""")[0]


def test_a_granted_scan_queues_an_opening(stack, door):
    Guard(stack).scan("RFID123456")
    assert until(lambda: stack.psql(f"select kind, state from garita.outbox where door_id = {door}"), 5) == ["open|queued"]
    assert until(lambda: stack.psql(f"select kind, state from garita.outbox where door_id = {door} and state = 'expired'"), 8)
