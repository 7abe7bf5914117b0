"""An administrator who brings files of rows, and a building of one test to bring them into."""

import csv
import io
import re
import time
import uuid

import pytest

from community import PASSWORD
from pages import Forms, Person
from test_login import django_hash


def file_of(rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def read(html):
    """What a person reads."""
    text = re.sub(r"<[^>]+>", " ", html)
    for entity, character in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&"}.items():
        text = text.replace(entity, character)
    return re.sub(r"\s+", " ", text)


class Importer(Person):
    """An administrator with files."""

    def offer(self, slug, content, name="rows.csv", **headers):
        """Hands a file in; the answer to it."""
        path = f"/admin/{slug}/import/"
        token = headers.pop("token", None) or self.token_of(path)
        content = content if isinstance(content, bytes) else content.encode()
        began = time.monotonic()
        answer = self.session.post(
            self.stack.url + path, data={"form_token": token}, files={"file": (name, content)}, timeout=15,
            headers={"Sec-Fetch-Site": "same-origin", "Origin": self.stack.url} | headers, allow_redirects=False)
        self.seconds = time.monotonic() - began
        return answer

    def token_of(self, path):
        self.get(path)
        assert self.page.status_code == 200, self.page.text
        return Forms(self.page.text).forms[0]["fields"]["form_token"]

    def look(self, slug, content, **arguments):
        """The page of what would happen."""
        answer = self.offer(slug, content, **arguments)
        for _ in range(2):
            # The machine is busy: nothing was written, and a person tries again.
            if answer.status_code == 503:
                time.sleep(2)
                answer = self.offer(slug, content, **arguments)
        assert answer.status_code == 303, read(answer.text)
        # Where columns are to be matched, the preview is there without it.
        self.asked = answer.headers["Location"].endswith("/columns/")
        self.path = answer.headers["Location"].removesuffix("columns/")
        return self.result()

    def match(self, **columns):
        """Says what columns are, by their place from 1; the page of what would happen."""
        path = f"{self.path}columns/"
        assert self.get(path).status_code == 200, self.page.text
        answer = self.post(path, self.form(path) | columns)
        assert answer.status_code == 303, read(answer.text)
        return self.result()

    def result(self, path=None):
        self.get(path or self.path)
        assert self.page.status_code == 200
        return read(self.page.text)

    def counts(self):
        """New, changed, already there, wrong."""
        return tuple(int(n) for n in re.findall(r"<dd>(\d+)</dd>", self.page.text)[:4])

    def press(self, what, path=None):
        token = self.token_of(path or self.path)
        began = time.monotonic()
        answer = self.post(path or self.path, {"form_token": token, "do": what})
        self.seconds = time.monotonic() - began
        return answer

    def take(self, slug, content, what="all"):
        """Looks and imports; the page afterwards."""
        self.look(slug, content)
        assert self.press(what).status_code == 303
        return self.result()

    def undo(self):
        """Asks, and takes it back; the page afterwards."""
        assert self.get(f"{self.path}undo/").status_code == 200
        answer = self.post(f"{self.path}undo/", {"form_token": self.token()})
        assert answer.status_code == 303
        return self.result()


def administrator(stack, language="en", site=None):
    """A new one, of the sample's site unless said otherwise."""
    name = f"import-{uuid.uuid4().hex[:8]}"
    site = site or "(select site_id from garita.users where username = 'admin')"
    stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
        values ({site}, '{name}', '{django_hash(PASSWORD)}', 'ADMIN', 'Ada', 'Luz')""")
    person = Importer(stack, **{"Accept-Language": language})
    assert person.sign_in(name, PASSWORD).status_code == 303
    return person


@pytest.fixture(scope="module")
def admin(stack):
    person = Importer(stack, **{"Accept-Language": "en"})
    demo = stack.demo()
    assert person.sign_in(demo["GARITA_ADMIN_USER"], demo["GARITA_ADMIN_PASSWORD"]).status_code == 303
    return person


@pytest.fixture
def tower(stack):
    """A new building: code, name, number."""
    code = uuid.uuid4().hex[:8].upper()
    answer = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": f"Torre {code}", "code": code})
    assert answer.status_code == 201, answer.text
    return code, f"Torre {code}", answer.json()["id"]


def units_of(stack, tower):
    rows = stack.psql(f"select number, floor, owner_name from garita.units where building_id = {tower[2]} order by number")
    return [tuple(row.split("|")) for row in rows]
