"""The administration as a visitor finds it: every page that a link leads to, in a residence with rows in every table."""

import csv
import io
import re
import subprocess
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from community import PASSWORD, SQL, Community
from stack import day
from test_login import django_hash

# Opens a formula, a tag, an attribute of either kind, an entity.
HOSTILE = "=<b>x</b>\"'&"
# Not words of a person: what accounts sign in with, where files are, what programs tell apart.
TECHNICAL = {"password_hash", "username", "name_key", "caller_role", "photo", "request_id", "table_name", "action", "code_hint",
             "time_zone", "language"}
# For the few who keep several residences.
SUPERUSERS = {"/admin/site/"}
# Answers that are files, not pages.
FILES = re.compile(r"/(export|csv|photo|pick|template|qr|errors)/")
SAMPLES = 5


class Links(HTMLParser):
    """Where a page leads: its links and its forms that only ask."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            self.found.append(attributes["href"])
        elif tag == "form" and attributes.get("method", "get").lower() == "get" and attributes.get("action"):
            self.found.append(attributes["action"])


def list_dead(dead):
    return "\n".join(f"{status} {address}" for address, status in sorted(dead.items()))


def content(text):
    """A page without what names the reader and the residence."""
    return re.sub("(?s)<(header|footer) class.*?</\\1>", "", text)


def kind(address):
    """What tells pages apart: the path without numbers, the names of what is asked."""
    parts = urlsplit(address)
    return re.sub(r"/\d+(?=/)", "/{id}", parts.path), tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


def search(person, words):
    """The address of what a search of everything found: no words stand in it."""
    person.get("/admin/")
    return person.post("/admin/search/", {"form_token": person.token(), "q": words}).headers["Location"]


def crawl(person):
    """Kind -> address of a page of it; and address -> status of the links that lead to none.

    Of each kind several are opened for their links: not every row has every task. Of what a list may be asked, every
    name once: not each with each.
    """
    opened, asked, pages, dead, seen, waiting = {}, {}, {}, {}, set(), ["/admin/", search(person, "Ana"), search(person, HOSTILE)]
    while waiting:
        address = waiting.pop(0)
        if opened.get(kind(address), 0) >= SAMPLES or address in seen or FILES.search(address):
            continue
        path, names = kind(address)
        if names and set(names) <= asked.setdefault(path, set()):
            continue
        asked.setdefault(path, set()).update(names)
        seen.add(address)
        opened[kind(address)] = opened.get(kind(address), 0) + 1
        answer = person.get(address)
        if answer.status_code != 200:
            dead[address] = answer.status_code
            continue
        pages.setdefault(kind(address), address)
        for link in Links(answer.text).found:
            link = urljoin(address, link).split("#")[0]
            if link.startswith("/admin/"):
                waiting.append(link)
    return pages, dead


def routes(stack):
    """(method, path) of the administration, as the program prints its table."""
    table = subprocess.run([stack.var / "bin/garita", "routes"], text=True, capture_output=True, check=True).stdout
    rows = [tuple(line.split()[:2]) for line in table.splitlines() if line]
    return [(method, re.sub(r"{\w+}", "{id}", path)) for method, path in rows if path.startswith("/admin/")]


class Residence(Community):
    """With rows in every table of the administration, several of some; every word of them is hostile."""

    def __init__(self, stack, code):
        super().__init__(stack, code)
        person = {"first_name": "Ana", "last_name": "Mar", "phone": "5512345678"}
        self.residents = [
            self.add("residents", unit_id=SQL(self.unit), document_id=f"R-{n}", **person) for n in range(3)]
        for number in range(30):
            self.visit("APPROVED", days=number)
        # Of each state one, first in the list.
        self.visitors = [self.visit(status, days=40, document_id=f"V-{n}", resident_id=SQL(self.residents[0]))
                         for n, status in enumerate(("PENDING", "APPROVED", "CHECKED_IN", "CHECKED_OUT"))]
        self.add("schedules", name="Días")
        self.add("vehicles", unit_id=SQL(self.unit), plate="ABC-123", description="Rojo")
        self.add("holidays", day=day(300), name="Año nuevo")
        self.add("blocklist", kind="name", value="Malo")
        self.add("standing_orders", title="Portón", text="Cerrar a las diez")
        shift = self.add("shifts", user_id=SQL(f"(select id from garita.users where username = '{code}-guard')"),
                         access_point_id=SQL(self.north), closed_at=SQL("now() + interval '1 second'"), handover="Sin novedad")
        self.add("shift_notes", shift_id=SQL(shift), text="Lámpara rota")
        hook = self.add("webhooks", name="Avisos", url="https://example.org/avisos", events=SQL("array['visit.left']"),
                        previous_until=SQL("now() + interval '1 day'"))
        message = self.add("outbox", kind="webhook", state="failed", webhook_id=SQL(hook), event="visit.left", subject="visit:1",
                           sequence=SQL("1"), body=f'{{"data": "{HOSTILE}"}}')
        self.add("deliveries", webhook_id=SQL(hook), outbox_id=SQL(message), attempt=SQL("1"), at=SQL("now()"), milliseconds=SQL("1"))
        door = self.add("doors", name="Pluma", access_point_id=SQL(self.north), driver="http",
                        settings='{"address": "http://192.0.2.50", "open_path": "/relay/0?turn=on"}')
        # Not in use: nothing is told of a terminal that never calls.
        self.add("doors", name="Torniquete", access_point_id=SQL(self.south), driver="zkteco", is_active=False,
                 settings='{"serial": "CKJ1", "door": "1", "network": "192.0.2.51", "dialect": "security"}')
        self.add("outbox", kind="open", state="failed", door_id=SQL(door), reason="Prueba", ended_at=SQL("now()"))
        self.add("door_events", door_id=SQL(door), happened_at=SQL("now()"), kind="opened")
        self.add("devices", name="Lector", access_point_id=SQL(self.north), allows_entry=True, allows_exit=False)
        self.add("users", username=f"{code}-other", password_hash=django_hash(PASSWORD), role="ADMIN", first_name="Otra", last_name="Persona")
        for days in (0, 1, 40):
            self.log(f"{days} days", rows=20)
            self.log(f"{days} days", status="DENIED", gate=self.south)
        self.issue()
        self.bring([[HOSTILE, "HOSTIL"]], then="all")
        self.bring([["Torre Nueva", "N"], ["Torre Mala", HOSTILE]])
        self.columns = self.poison()

    def issue(self):
        """A pass and a card, whose codes only the program can make."""
        made = self.write("/api/visitors/generate_code/", {"visitor_id": int(self.visitors[1]), "code_type": "QR"})
        assert made.status_code == 201, made.text
        made = self.write("/api/access/codes/", {"resident": int(self.residents[0]), "code": f"{self.code}-1", "code_type": "RFID"})
        assert made.status_code == 201, made.text

    def bring(self, rows, then=None):
        """Hands in a file of buildings; and does with it what that button does."""
        person, file = self.person(), io.StringIO()
        csv.writer(file).writerows([["Nombre", "Clave"], *rows])
        person.get("/admin/buildings/import/")
        done = person.session.post(
            f"{self.stack.url}/admin/buildings/import/", data={"form_token": person.token()}, timeout=15,
            files={"file": (f"{HOSTILE}.csv", file.getvalue().encode())}, headers={"Sec-Fetch-Site": "same-origin"}, allow_redirects=False)
        assert done.status_code == 303, done.text
        if then:
            person.get(done.headers["Location"])
            assert person.post(done.headers["Location"], {"form_token": person.token(), "do": then}).status_code == 303

    def poison(self):
        """Puts the hostile name wherever the database takes it; answers the columns that hold it now."""
        self.stack.psql(f"update garita.sites set name = $${HOSTILE}$$ || id where id = {self.site}")
        texts = self.stack.psql("""select c.table_name || '.' || c.column_name from information_schema.columns c
            join pg_class t on t.oid = ('garita.' || c.table_name)::regclass and t.relkind in ('r', 'p') and not t.relispartition
            -- Not copies of it, which are made anew.
            where c.table_schema = 'garita' and c.table_name not in ('credentials', 'gates', 'outbox') and c.data_type in ('text', 'character varying') and c.is_generated = 'NEVER'
                and exists (select from information_schema.columns s where s.table_schema = 'garita'
                    and s.table_name = c.table_name and s.column_name = 'site_id') order by 1""")
        taken = set()
        for table, column in (name.split(".") for name in texts):
            if column in TECHNICAL:
                continue
            # With the number where every row needs its own.
            for value in (f"$${HOSTILE}$$", f"$${HOSTILE}$$ || id"):
                try:
                    changed = self.stack.psql(f"""set session_replication_role = replica;
                        update garita.{table} set {column} = {value} where site_id = {self.site} returning 1""")
                except Exception:
                    continue
                if changed:
                    taken.add(f"{table}.{column}")
                break
        self.stack.psql("select garita.repair_copies()")
        return taken

    def write(self, path, body):
        """A POST of the API by its administrator."""
        self.call("/api/users/me/")
        return requests.post(self.stack.url + path, json=body, timeout=10,
                             headers={"Authorization": f"Bearer {self.tokens['ADMIN']}"})
