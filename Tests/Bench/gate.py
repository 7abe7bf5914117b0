"""The gate's part of `make bench` (BENCH_PART=gate): decisions of Garita, beside the limits of this machine (pgbench on the
same function, a libfcgi hello) and beside the Go services of peers/, alternating in one run."""

from dataclasses import dataclass
from statistics import median

import usage
from report import rate, Rows, Table, cpu, p99, ratios

LEVELS = (1, 32, 64)
# What is asked besides codes of all kinds, at the last of the levels: a resident's card, a code that nobody has.
KINDS = {"permanent": "a permanent card", "unknown": "a refusal (unknown code)"}
# Who can be asked about one kind of code.
WEB = ("garita", "go_same", "go_own")
SMALL, USUAL = 10_000, 1_000_000


@dataclass
class Found:
    """Each a list of rounds; a round is a dictionary subject -> Measurement."""

    levels: dict
    kinds: dict
    growth: dict
    memory: dict = None


def measure(bench, rounds, large, say):
    """Everything that the tables show; large is the size of the largest log."""
    say("warming up")
    for who in bench.subjects:
        bench.measure(who, 32)
    found = Found({level: [] for level in LEVELS}, {kind: [] for kind in KINDS}, {SMALL: [], large: []})
    # The order turns, so that nobody always comes after the same one.
    order, few = list(bench.subjects), list(WEB)
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for level in LEVELS:
            found.levels[level].append({who: bench.measure(who, level) for who in order})
            order = order[1:] + order[:1]
        for kind in KINDS:
            found.kinds[kind].append({who: bench.measure(who, LEVELS[-1], kind=kind) for who in few})
            few = few[1:] + few[:1]
    found.memory = memory(bench)
    grow(bench, found.growth, rounds, large, say)
    return found


def memory(bench):
    """Mean megabytes (PSS) of a process that works."""
    hello = [pid for pid in usage.family(bench.hello.process.pid) if pid != bench.hello.process.pid]
    return {"garita": usage.memory_megabytes(bench.stack.workers("gate")), "hello": usage.memory_megabytes(hello),
            **{who: bench.subjects[who].memory for who in ("go_same", "go_own")}}


def grow(bench, found, rounds, large, say):
    """The small log is made anew each time, because it grows while it is measured."""
    for number in range(rounds):
        for rows in found:
            say(f"round {number + 1} of {rounds}: log of {rows:,} rows")
            if rows == SMALL:
                bench.data.show_log(large)
                bench.data.make_log(SMALL)
            bench.data.show_log(rows)
            bench.data.psql("analyze garita.access_logs")
            found[rows].append({who: bench.measure(who, 32) for who in ("garita", "limit")})
    bench.data.show_log(USUAL)


def growth(found, who):
    """How many times as long a decision takes with the large log."""
    small, large = found.growth.values()
    return median(b[who].request_seconds / a[who].request_seconds for a, b in zip(small, large))


def table(found):
    made = Table()
    for level, rounds in found.levels.items():
        made.section(f"{level} connection{'s' if level > 1 else ''}")
        made.figures(rounds)
    for kind, rounds in found.kinds.items():
        made.section(f"{LEVELS[-1]} connections, {KINDS[kind]}")
        made.figures(rounds)
    made.section("Memory and growth")
    made.row("PSS of a process that works, MB", {who: [value] for who, value in found.memory.items()}, "{:.1f}")
    for rows, rounds in found.growth.items():
        made.row(f"µs between answers, 32 connections, log {rows:,}",
                 {who: [one[who].request_seconds * 1e6 for one in rounds] for who in rounds[0]}, "{:.1f}")
    made.row(f"growth of the time, log {max(found.growth):,} : {min(found.growth):,}",
             {who: [growth(found, who)] for who in ("garita", "limit")}, "{:.2f}")
    return made


def must_reach(found):
    """One row for each aim: what was measured, and whether that meets it. Ratios are medians of the rounds' ratios."""
    made, most = Rows(["must reach", "measured", "verdict"]), found.levels[64]

    def add(words, value, holds, form="{:.2f}"):
        made.add(words, form.format(value), "met" if holds else "MISSED")

    def at_least(aim, words, rounds, figure, other):
        value = ratios(rounds, figure, other)
        add(f"{words} ≥ {aim} × {other}", value, value >= aim)

    def mine(figure):
        return median(figure(one["garita"]) for one in most)

    value = ratios(most, cpu("postgresql"), "go_own")
    add("64 connections: CPU of PostgreSQL ≤ 1.0 × go_own", value, value <= 1)
    worker, times = mine(cpu("worker")), ratios(most, cpu("worker"), "hello")
    made.add("64 connections: CPU of the worker ≤ 110 µs or ≤ 4 × hello", f"{worker:.0f} µs, {times:.2f} ×",
             "met" if worker <= 110 or times <= 4 else "MISSED")
    add("64 connections: CPU of nginx ≤ 75 µs", mine(cpu("nginx")), mine(cpu("nginx")) <= 75, "{:.0f} µs")
    for level in (32, 64):
        for aim, other in ((1.05, "go_own"), (1.5, "go_same"), (0.85, "limit")):
            at_least(aim, f"{level} connections: requests/s", found.levels[level], rate, other)
    for other in ("go_same", "go_own"):
        value = ratios(most, p99, other)
        add(f"64 connections: p99 < {other}", value, value < 1, "{:.2f} ×")
    value = growth(found, "garita")
    add(f"growth of the time, log {max(found.growth):,} : {min(found.growth):,} ≤ 1.10", value, value <= 1.1)
    add("PSS of a worker ≤ 8 MB", found.memory["garita"], found.memory["garita"] <= 8, "{:.1f} MB")
    for kind, rounds in found.kinds.items():
        for other in ("go_same", "go_own"):
            at_least(1, f"64 connections, {KINDS[kind]}: requests/s", rounds, rate, other)
    errors = sum(one.errors for part in (found.levels, found.kinds) for rounds in part.values()
                 for turn in rounds for one in turn.values())
    add("errors 0", errors, errors == 0, "{:.0f}")
    return made
