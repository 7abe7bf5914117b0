"""What changes of the administration cost (BENCH_PART=edits): the time of each, as whoever asks for it waits, and the
longest that a decision took meanwhile, on codes of the same people. Two commits are compared by running it at both."""

import signal
import time
from statistics import median

from csv_import import Importer, file_of
from dataset import HERE
from report import Rows, met
from stack import day
from subjects import ASKED, CALL, Limit

TIMES, CLIENTS = 5, 2
# Milliseconds that a decision may wait for a change.
LONGEST = 50
SETTINGS = "/admin/settings/"


class Decisions:
    """pgbench that asks about the codes of one subject of bench.edits, until the block ends."""

    def __init__(self, bench, subject):
        count = int(bench.data.psql(f"select count(*) from bench.edits where subject = '{subject}'"))
        tags = f"array[(select tag from bench.edits where subject = '{subject}' and place = :code)]"
        call = CALL.format(**ASKED | {"tags": tags, "shape": "null"})
        self.bench, self.subject = bench, subject
        self.limit = Limit(bench.stack, bench.data, {}, bench.folder, call, 1, count)

    def __enter__(self):
        self.began = time.time()
        self.process = self.limit.start(CLIENTS, 600)
        time.sleep(1)
        return self

    def __exit__(self, *_):
        # As if its time were over: it writes out its log.
        self.process.send_signal(signal.SIGALRM)
        output, errors = self.process.communicate(timeout=60)
        if self.process.returncode != 0:
            raise SystemExit(f"bench: pgbench: {output}{errors}"[:4000])

    def granted(self):
        """Part of the decisions that were granted, in percent."""
        return self.bench.data.psql(
            "select round(100.0 * count(*) filter (where l.status = 'SUCCESS') / count(*)) from garita.access_logs l"
            " join bench.edits e on e.tag = l.code_tag"
            f" where e.subject = '{self.subject}' and l.created_at > to_timestamp({self.began})")

    def longest(self, spans):
        """Milliseconds of the longest decision that overlaps one of the spans (begin, end), and of the longest other."""
        beside, other = [0.0], [0.0]
        for spent, ended in self.limit.calls():
            overlaps = any(ended >= begin and ended - spent <= end for begin, end in spans)
            (beside if overlaps else other).append(spent * 1e3)
        return max(beside), max(other)


class Office:
    """An administrator; each method prepares one change, which says whether it was made; the number of the try tells them
    apart."""

    def __init__(self, bench):
        self.stack, self.data = bench.stack, bench.data
        self.data.psql((HERE / "edits.sql").read_text(), households=TIMES)
        # Signed in before anything is timed.
        self.stack.token("ADMIN")
        demo = self.stack.demo()
        self.person = Importer(self.stack, **{"Accept-Language": "en"})
        self.person.sign_in(demo["GARITA_ADMIN_USER"], demo["GARITA_ADMIN_PASSWORD"])
        self.homes = self.data.psql(
            "select b.code || '-' || u.number from garita.units u join garita.buildings b on b.id = u.building_id"
            " where b.code like 'BN%' order by u.id").split()

    def ids(self, condition):
        return self.data.psql(f"select id from bench.edited where {condition} order by id").split()

    def patch(self, path, **fields):
        return self.stack.call("PATCH", path, "ADMIN", json=fields).status_code == 200

    def rename(self, number):
        who = self.ids("subject = 'name'")[0]
        return lambda: self.patch(f"/api/residents/{who}/", first_name=f"Nombre {number}")

    def move_out(self, number):
        """The four of one home, one after the other."""
        who = self.ids(f"subject like 'EH%' and home = {number + 1}")
        return lambda: all([self.patch(f"/api/residents/{one}/", move_out_date=day()) for one in who])

    def import_residents(self, number):
        """The press of the button, after the preview."""
        rows = [[self.homes[n % len(self.homes)], "Importado", f"Número {n}", f"IM{number}/{n}", f"55{n:08}"]
                for n in range(5_000)]
        self.person.look("residents", file_of([["unit", "first_name", "last_name", "document_id", "phone"], *rows]))
        assert self.person.counts() == (5_000, 0, 0, 0), self.person.counts()
        fields = {"form_token": self.person.token(), "do": "all"}
        return lambda: self.post(self.person.path, fields)

    def change_grace(self, number):
        self.person.get(SETTINGS)
        fields = self.person.form(SETTINGS) | {"second_factor_roles": "", "grace_after_minutes": str(number + 10)}
        return lambda: self.post(SETTINGS, fields)

    def change_building(self, number):
        building = self.data.psql("select id from garita.buildings where name = 'Edits building'")
        return lambda: self.patch(f"/api/buildings/{building}/", code=f"EB{number}")

    def post(self, path, fields):
        return self.person.post(path, fields).status_code == 303


def measure(prepare, numbers):
    """When each of the changes began and ended, and how many were not made."""
    spans, failed = [], 0
    for number in numbers:
        change = prepare(number)
        time.sleep(0.5)
        began = time.time()
        failed += not change()
        spans.append((began, time.time()))
    return spans, failed


def table(bench, say):
    """One row for each change: median of its times alone and beside decisions, the longest decision meanwhile and the
    longest other, how many of the decisions were granted."""
    office = Office(bench)
    subjects = {
        "name of a resident with 1,000 cards": ("name", office.rename),
        "four residents with 100 passes move out": ("EH", office.move_out),
        "import of 5,000 residents": ("all", office.import_residents),
        "grace of the site": ("all", office.change_grace),
        "code of a building of 500 homes": ("EB", office.change_building),
    }
    made = Rows(["change", "ms alone", "ms beside decisions", "longest decision meanwhile, ms", "longest otherwise, ms",
                 "granted, %", "failed", "aim"])
    for name, (subject, prepare) in subjects.items():
        bench.data.psql("checkpoint")
        alone, failed = measure(prepare, range(TIMES))
        with Decisions(bench, subject) as decisions:
            beside, more = measure(prepare, range(TIMES, 2 * TIMES))
        times = [median((end - begin) * 1e3 for begin, end in spans) for spans in (alone, beside)]
        longest, otherwise = decisions.longest(beside)
        say(f"  {name}: {times[0]:.0f} ms, a decision {longest:.0f} ms")
        made.add(name, *(f"{one:,.0f}" for one in (*times, longest, otherwise)), decisions.granted(), failed + more,
                 met(longest <= LONGEST, f"≤ {LONGEST} ms:") + "; " + met(failed + more == 0, "0 failed:"))
    return made
