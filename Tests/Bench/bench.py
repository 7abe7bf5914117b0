"""`make bench`: how fast the decision at the gate is, beside the limits of this machine and beside Go, in one run.

BENCH_SHORT=1  fewer and shorter rounds, the largest log has 1,000,000 rows
BENCH_ROWS=N   rows of the largest log (10,000,000)
BENCH_ROUNDS=N, BENCH_SECONDS=N  rounds, and seconds of each measurement
BENCH_PART=    only one part:
  gate         decisions (gate.py) beside pgbench, a libfcgi hello and the Go services of peers/
  lists, pages the office's lists and pages, or its pages alone (lists.py)
  flood        gate, guard and sessions beside floods (flood.py)
  doors        what a door adds to a decision, and how soon it is told (doors.py); not in the whole
  decision     what one decision costs the database (decision.py); not in the whole
  edits        what changes of the administration cost, and how long a decision waits for them (edits.py); not in the whole
"""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Integration"))

import decision
import doors
import edits
import flood
import gate
import lists
import usage
from dataset import GATES, PERMANENT, TEMPORARY, DataSet
from gate import SMALL, USUAL
from peers import Peers
from stack import Stack, open_folder
from subjects import HELLO, PATH, Hello, Limit, Web, postgresql_bin, recorded

SHORT = os.environ.get("BENCH_SHORT") == "1"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 2 if SHORT else 5))
SECONDS = int(os.environ.get("BENCH_SECONDS", 3 if SHORT else 8))
PART = os.environ.get("BENCH_PART", "")
LARGE = int(os.environ.get("BENCH_ROWS", 1_000_000 if SHORT else 10_000_000))
WORKERS = int(os.environ.get("GARITA_GATE_WORKERS", min(16, 4 * os.cpu_count())))


def say(text):
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


class Bench:
    """One stack, its data, and what is measured on it."""

    def __init__(self, folder):
        self.folder = folder
        self.hello = self.peers = None
        # As many workers as an installation has. Twice the gate's connections (workers, pgbench) must fit into what
        # run.sh allows: it counts the other pools too.
        cores = os.cpu_count()
        self.app_workers = int(os.environ.get("GARITA_APP_WORKERS", 2 * cores))
        self.stack = Stack(
            var=folder / "var", GARITA_GATE_WORKERS=str(WORKERS), GARITA_AUTH_WORKERS=str(max(2, cores // 2)),
            GARITA_APP_WORKERS=str(self.app_workers), GARITA_DEVICE_NETWORKS="127.0.0.0/8")

    def prepare(self):
        say("starting a stack of its own")
        self.stack.start()
        say(f"loading {TEMPORARY:,} temporary and {PERMANENT:,} permanent codes, {GATES} gates")
        self.data = DataSet(self.stack)
        self.data.load()
        usual = SMALL if PART in ("flood", "decision", "doors", "edits") else USUAL
        for rows in sorted({SMALL, USUAL, LARGE}) if PART in ("", "gate") else [usual]:
            say(f"making a log of {rows:,} rows")
            self.data.make_log(rows)
            self.data.show_log(rows)
        self.data.show_log(usual)
        self.data.settle()
        self.hello = Hello(self.stack, WORKERS, self.folder)
        nginx, postgresql = recorded(self.stack, "nginx"), recorded(self.stack, "postgresql")
        pool = {"nginx": nginx, "worker": recorded(self.stack, "gate"), "postgresql": postgresql}
        self.subjects = {
            "garita": Web(self.stack, self.data, PATH, pool),
            "limit": Limit(self.stack, self.data, {"postgresql": postgresql}, self.folder),
            "hello": Web(self.stack, self.data, HELLO, {"nginx": nginx, "worker": self.hello.process.pid}),
        }
        if PART in ("", "gate"):
            say("the Go services and their data")
            self.peers = Peers(self.stack, self.data, WORKERS, USUAL, self.folder)
            self.peers.start()
            self.subjects |= {"go_same": self.peers.same(), "go_own": self.peers.own()}

    def measure(self, who, connections, **how):
        """From the same state each time: nothing to write out but what the run itself writes."""
        self.data.psql("checkpoint")
        if self.peers:
            self.peers.checkpoint()
        load = min(connections, WORKERS) if who == "limit" else connections
        result = self.subjects[who].measure(load, SECONDS, **how)
        say(
            f"  {who:7} {connections:3} connections {result.rate:9,.0f}/s  p50 {result.p50:.2f} ms  "
            f"p99 {result.p99:.2f} ms" + (f"  {result.errors} ERRORS, e.g. {result.example}" if result.errors else ""))
        return result

    def remove(self):
        if self.peers:
            self.peers.stop()
        if self.hello:
            self.hello.stop()
        self.stack.remove()


def first_line(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().splitlines()[0]


def conditions(bench):
    cpu = Path("/proc/cpuinfo").read_text().splitlines()
    model = [line.split(":", 1)[1].strip() for line in cpu if line.startswith("model name")]
    settings = bench.data.psql(
        "select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings where name in ('fsync', "
        "'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'wal_compression')")
    return [
        f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC. {os.cpu_count()} cores "
        f"({model[0] if model else 'unknown'}), Linux {os.uname().release}, load at the start {START_LOAD[0]:.1f}.",
        f"{first_line(f'{postgresql_bin()}/postgres', '--version')}; {first_line('/usr/sbin/nginx', '-v')}; "
        f"{first_line('wrk', '-v').split(' Copyright')[0]}; {first_line('cc', '--version')}; {first_line('go', 'version')}.",
        f"PostgreSQL: {settings}. {WORKERS} gate workers, 2 nginx workers.",
        f"Data: {USUAL:,} log rows over 365 days, {TEMPORARY:,} temporary and {PERMANENT:,} permanent codes, {GATES} "
        "gates. Each request: a random code at a random gate, ENTRY.",
        f"{ROUNDS} rounds of {SECONDS} s per figure, alternating, a checkpoint before each. Medians; ratios are "
        f"medians of the rounds' ratios. The limit has {WORKERS} clients at 32 and at 64 connections.",
        f"All but the limit: wrk -t2 -c64 -d{SECONDS}s -s Tests/Bench/validate.lua URL (-t1 -c1, -t2 -c32); POST {PATH}, "
        f"Bearer token, JSON body. The hello is Tests/Bench/hello.c, {WORKERS} processes.",
        f"Limit: pgbench -n -M prepared -c {WORKERS} -j {min(4, WORKERS)} (-c 1 -j 1 for one connection), role "
        "garita_gate; its call stands in Tests/Bench/subjects.py.",
        f"Go (Tests/Bench/peers/): net/http and pgx with {WORKERS} connections to PostgreSQL behind an nginx with kept "
        "connections. go_same calls the function of this very version; go_own has a cluster of its own with the same "
        "settings.",
    ]


def memory(stack):
    """What the whole takes now."""
    parts = {name: sum(usage.memory_sizes(usage.family(recorded(stack, name))))
             for name in ("nginx", "gate", "auth", "app", "postgresql")}
    each = ", ".join(f"{name} {size:.0f}" for name, size in parts.items())
    return f"Memory (PSS) of the stack afterwards: {sum(parts.values()):.0f} MB ({each})."


def show_lists(bench):
    say("the office's lists")
    hello = bench.measure("hello", 64).cpu["worker"]
    print(lists.table(bench.stack, bench.data, ROUNDS, SECONDS, hello, say))
    print(
        f"\n{lists.CONNECTIONS} connections, {os.cpu_count()} cores, {bench.app_workers} app workers, {USUAL:,} log rows,"
        f" {TEMPORARY:,} visitors, {ROUNDS} rounds of {SECONDS} s, a checkpoint before each; medians. By CPU speed: a"
        f" libfcgi hello's worker takes {hello:.0f} µs of CPU here and {lists.HELLO_THERE} on the machine of the"
        f" legacy API's figures, so the times are multiplied by the quotient.\n\n{memory(bench.stack)}\n", flush=True)


def show_pages(bench):
    say("the office's pages")
    print(lists.pages(bench.stack, bench.data, ROUNDS, SECONDS, say))
    print(
        f"\n1 connection, {os.cpu_count()} cores, {USUAL:,} log rows, {TEMPORARY:,} visitors, {ROUNDS} rounds of {SECONDS} s;"
        " medians.\n", flush=True)


def show_flood(bench):
    # The queue of deploy/local/pools.sh beside the workers.
    places = 17 * bench.app_workers
    made, fates = flood.table(
        bench.stack, bench.subjects["garita"], bench.folder, places, ROUNDS, SECONDS, say)
    print(made)
    print(
        f"\nWhat became of the floods, and what their pool took of {os.cpu_count()} cores: {'. '.join(fates)}. {WORKERS}"
        f" gate workers, {bench.app_workers} app workers, {ROUNDS} rounds of {SECONDS} s.\n", flush=True)


def show_decision(bench):
    say("one decision in the database")
    print(decision.table(bench.stack, bench.data, bench.folder, say))
    print(
        f"\n1 client, asynchronous commit, {SMALL:,} log rows, the best of {decision.ROUNDS} runs of {decision.SECONDS} s;"
        " the call by pgbench, round trip included.\n", flush=True)


def show_doors(bench):
    say("doors")
    made, way = doors.table(bench.stack, bench.data, ROUNDS, SECONDS, say)
    print(made)
    print(f"\n1 connection, {os.cpu_count()} cores, {SMALL:,} log rows, {ROUNDS} rounds of {SECONDS} s; medians. {way}\n", flush=True)


def show_edits(bench):
    say("changes of the administration")
    print(edits.table(bench, say))
    print(
        f"\n{os.cpu_count()} cores, {edits.TIMES} times each alone and beside decisions, medians; decisions by pgbench with"
        f" {edits.CLIENTS} clients on codes of the same people.\n", flush=True)


def main():
    folder = open_folder()
    bench = Bench(folder)
    try:
        bench.prepare()
        if PART in ("", "lists"):
            show_lists(bench)
        if PART in ("", "lists", "pages"):
            show_pages(bench)
        if PART in ("lists", "pages"):
            return
        if PART == "flood":
            return show_flood(bench)
        if PART == "decision":
            return show_decision(bench)
        if PART == "doors":
            return show_doors(bench)
        if PART == "edits":
            return show_edits(bench)
        found = gate.measure(bench, ROUNDS, LARGE, say)
        print(gate.table(found))
        print(f"\n{gate.must_reach(found)}\n")
        print("\n\n".join(conditions(bench)))
        if LARGE != 10_000_000:
            print(f"\nThe largest log had {LARGE:,} rows instead of 10,000,000.")
        strangers = median(one["garita"].cpu["others"] for measured in found.levels.values() for one in measured)
        if strangers > 0.1:
            print(f"\nOther programs took {strangers:.0%} of the machine: measure again when it is quiet.")
        if PART == "":
            # Last: it leaves a queue behind.
            print()
            show_flood(bench)
        print(f"\n{time.monotonic() - BEGAN:.0f} s in all.")
    finally:
        bench.remove()


# Also when it was started in the background, where INT is ignored: the stack must not stay behind.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: stopped"))
signal.signal(signal.SIGINT, lambda *_: sys.exit("bench: stopped"))
BEGAN, START_LOAD = time.monotonic(), os.getloadavg()
main()
