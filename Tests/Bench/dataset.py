"""The data the bench asks about: codes, people, gates, and logs of several sizes."""

import hashlib
import hmac
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
TEMPORARY, PERMANENT, GATES = 100_000, 5_000, 40


def code(number):
    """The text of a code, as validate.lua writes it: visitors' codes first, then residents' cards."""
    return f"V{number:07}" if number <= TEMPORARY else f"R{number - TEMPORARY:07}"


class DataSet:
    """Loads and changes the data of one stack, as superuser."""

    def __init__(self, stack):
        self.stack = stack
        self.shown = None
        key = bytes.fromhex((stack.var / "secrets/keys/code-tag.1.key").read_text().strip())
        # As Sources/Platform/Cryptography/GateCode.swift makes them.
        self.tags = [
            hmac.digest(key, f"code|{code(number)}".encode(), hashlib.sha256)[:16].hex()
            for number in range(1, TEMPORARY + PERMANENT + 1)]

    def load(self):
        rows = "".join(f"{n}\t\\\\x{tag}\t{code(n)[-2:]}\n" for n, tag in enumerate(self.tags, 1))
        self.psql(
            "create schema bench; create table bench.codes (number integer primary key, tag bytea, hint text);\n"
            f"copy bench.codes from stdin;\n{rows}\\.\nanalyze bench.codes;")
        self.psql((HERE / "dataset.sql").read_text(), temporary=TEMPORARY, permanent=PERMANENT, gates=GATES)
        # No trigger fired.
        self.psql("select garita.keep_row_counts(), garita.repair_copies();")
        self.psql(self.tag_function())
        self.first_gate = int(self.psql("select min(id) from garita.access_points where code like 'BENCH-%'"))

    def tag_function(self):
        """bench.tag(n) for pgbench, which cannot compute tags: planned as a constant array, so that a call costs less
        than a microsecond and looks at no table."""
        return (
            "create function bench.tag(n bigint) returns bytea language sql immutable as $$ select uuid_send(('{"
            + ",".join(self.tags) + "}'::uuid[])[n]) $$;\n"
            "grant usage on schema bench to garita_gate; grant execute on function bench.tag(bigint) to garita_gate;")

    def make_log(self, rows):
        """A log of so many rows over 365 days, kept aside; the months side by side."""
        schema = f"log_{rows}"
        self.psql(f"drop schema if exists {schema} cascade; create schema {schema};")
        months = self.psql("select month from bench.months order by month").split()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda month: self.psql(f"call bench.fill('{schema}', '{month}', {rows})"), months))

    def show_log(self, rows):
        """Makes it the log of the installation; the one before is kept with all that was added to it."""
        if self.shown != rows:
            self.psql(f"set maintenance_work_mem = '256MB'; call bench.show('log_{self.shown or rows}', 'log_{rows}');")
            # The gates know until when the log has its tables.
            self.psql("select garita.renew_gates(null);")
            self.shown = rows

    def settle(self):
        self.psql("vacuum analyze;")

    def psql(self, sql, **variables):
        environment = os.environ | {"PGPASSFILE": str(self.stack.var / "secrets/superuser.pgpass")}
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "garita", "-U", "postgres",
                   "-h", str(self.stack.var.resolve() / "run/postgresql")]
        for name, value in variables.items():
            command += ["-v", f"{name}={value}"]
        done = subprocess.run(command, input=sql, text=True, capture_output=True, env=environment)
        if done.returncode != 0:
            raise SystemExit(f"bench: psql: {done.stderr.strip()[:2000]}")
        return done.stdout.strip()
