"""One decision's cost in the database (BENCH_PART=decision): one client, asynchronous commit, the best of six short runs,
which a busy neighbour disturbs least. About three minutes: the loop of whoever works on the decision."""

from dataset import PERMANENT, TEMPORARY
from report import Rows
from subjects import ASKED, CALL, Limit, recorded

ROUNDS, SECONDS = 6, 2
# An exit of a visitor writes the visit; those visitors are others than those who enter.
ENTERING = TEMPORARY // 2
VISITORS, LEAVING, CARDS = (1, ENTERING), (ENTERING + 1, TEMPORARY), (TEMPORARY + 1, TEMPORARY + PERMANENT)
# A text of 64 bits and more, which no throttle keeps from being looked up.
UNKNOWN = {"tags": "array[decode(md5(:code::text), 'hex')]", "shape": "null"}


# A gate with a door that no process reaches: its openings stay in the outbox until their time is over.
DOOR = """
    with gate as (
        insert into garita.access_points (site_id, name, code, location, supports_qr, supports_rfid, supports_numeric)
        select site_id, 'Door', 'WITH-DOOR', 'North', true, true, true from garita.access_points where code like 'BENCH-%' limit 1
        returning site_id, id)
    insert into garita.doors (site_id, access_point_id, name, driver)
    select site_id, id, 'Door', 'zkteco' from gate returning access_point_id"""


def cases(gate):
    """Name -> statement and the codes it is about."""
    def call(**other):
        return CALL.format(**ASKED | other)
    exit = {"direction": "'EXIT'"}
    return {
        "empty call": ("select bench.nothing()", VISITORS),
        "entry, temporary code": (call(), VISITORS),
        "entry, permanent card": (call(), CARDS),
        "the same at a gate with a door": (call(gate=gate), CARDS),
        "refusal, unknown code": (call(**UNKNOWN), VISITORS),
        "exit, temporary code (writes the visit)": (call(**exit), LEAVING),
        "exit, permanent card": (call(**exit), CARDS),
        "entry, temporary code, with request id": (call(request="gen_random_uuid()::text"), VISITORS),
    }


def table(stack, data, folder, say):
    """One row for each case: µs of a call, and of them more than the empty call; the backend's CPU."""
    data.psql(
        "create function bench.nothing() returns void language plpgsql as $$ begin end $$;"
        "grant execute on function bench.nothing() to garita_gate;")
    groups = {"postgresql": recorded(stack, "postgresql")}
    gate = data.psql(DOOR).split()[0]
    found = {name: [] for name in cases(gate)}
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS}")
        for name, (call, (first, last)) in cases(gate).items():
            data.psql("checkpoint")
            limit = Limit(stack, data, groups, folder, call, first, last, " -c synchronous_commit=off")
            found[name].append(limit.measure(1, SECONDS, ramp=1))
    made = Rows(["call", "µs", "above the empty call", "p50 µs", "p99 µs", "CPU µs PostgreSQL"])
    empty = min(one.request_seconds for one in found["empty call"])
    for name, runs in found.items():
        best = min(one.request_seconds for one in runs)
        figures = [best * 1e6, (best - empty) * 1e6, *(min(getattr(one, p) for one in runs) * 1e3 for p in ("p50", "p99")),
                   min(one.cpu["postgresql"] for one in runs)]
        made.add(name, *(f"{figure:,.0f}" for figure in figures))
    return made
