"""A residence on a busy evening, the browsers of its guards, and the browser of a resident who answers meanwhile."""

import datetime
import uuid

import requests

from community import PASSWORD, SQL, Community
from reader import PHONE, Reader
from test_login import django_hash
from watch import until


def noon():
    """The zone where it is between noon and one o'clock: no test of it meets midnight, nor the hours of a visit their end."""
    offset = 12 - datetime.datetime.now(datetime.UTC).hour
    # Etc/GMT+6 is six hours west.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


class Evening(Community):
    """Guards `gil`, `nora` and `iris`; Rosa Mar of A-101, who has a card and the account of the resident."""

    def __init__(self, stack):
        self.zone = noon()
        super().__init__(stack, f"E{uuid.uuid4().hex[:6]}")
        stack.psql("delete from garita.login_throttles")
        stack.psql(f"update garita.access_points set supports_rfid = true where site_id = {self.site}")
        for name in ("gil", "nora", "iris"):
            self.add("users", username=f"{self.code}-{name}", password_hash=django_hash(PASSWORD), role="GUARD",
                     first_name=name.capitalize(), last_name="Paz")
        self.rosa = self.add("residents", unit_id=SQL(self.unit), first_name="Rosa", last_name="Mar", document_id="R",
                             phone="+52 55 1234 5678", user_id=SQL(f"(select id from garita.users where username = '{self.code}-resident')"))
        self.codes, self.resident = {}, None

    def write(self, path, **body):
        """A POST of the API by its administrator."""
        self.call("/api/users/me/")
        answer = requests.post(self.stack.url + path, json=body, timeout=10, headers={"Authorization": f"Bearer {self.tokens['ADMIN']}"})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def expect(self, name, kind="QR", uses=1, **values):
        """Somebody who is expected today, with a pass of the kind; None for without."""
        visit = self.visit("APPROVED", first_name=name, last_name="Paz", resident_id=SQL(self.rosa), **values)
        if kind:
            made = self.write("/api/visitors/generate_code/", visitor_id=int(visit), code_type=kind, valid_hours=4, max_uses=uses)
            self.codes[name] = made["code"]
        return visit

    def change(self, name, table, what):
        """Makes a visit, or the pass of one, what the API lets nobody make it in one evening."""
        key = "id" if table == "visitors" else "visitor_id"
        assert self.stack.psql(f"update garita.{table} set {what} where {key} = {self.number(name)} returning 1") == ["1"]

    def number(self, name):
        return self.stack.psql(f"select id from garita.visitors where site_id = {self.site} and first_name = '{name}'")[0]

    # What the resident does at her own pages.

    def invite(self, name, **hours):
        """By the resident; with `hours` on every day of the week between these. Its code is the link, as the picture has it."""
        page = self.resident.page
        self.resident.go("/home/invite/recurring/" if hours else "/home/invite/")
        page.fill("#name", f"{name} Paz")
        for day in page.locator("input[type=checkbox][name=weekdays]").all():
            day.check()
        for field, value in hours.items():
            page.fill(f"#{field}", value)
        self.resident.send()
        page.wait_for_selector("#link")
        self.codes[name] = page.input_value("#link").upper()

    def invite_party(self, *names):
        self.resident.go("/home/invite/party/")
        self.resident.page.fill("#party", "Cumpleaños")
        self.resident.page.fill("#names", "\n".join(f"{name} Paz" for name in names))
        self.resident.send()
        self.resident.page.wait_for_url("**/party/")

    def answer(self, step, name):
        """Approves or refuses who waits."""
        self.resident.go("/home/")
        self.resident.page.locator(f"form[action='/home/visits/{self.number(name)}/{step}/'] button").click()
        assert self.resident.page.locator(".notice").first.is_visible()


# From the key that ends a scan to the first picture of the verdict, for each scan.
STOPWATCH = """
    window.took = [];
    let pressed = 0, shown = null;
    addEventListener("keydown", (event) => { if (event.key === "Enter") pressed = performance.now(); }, true);
    new MutationObserver(() => {
        const one = document.querySelector(".verdict");
        if (one && one !== shown && pressed) {
            const began = pressed;
            requestAnimationFrame(() => took.push(performance.now() - began));
            pressed = 0;
        }
        shown = one;
    }).observe(document, {childList: true, subtree: true});"""


class Guard(Reader):
    def __init__(self, evening, browser, name, **kind):
        super().__init__(evening.stack, browser, None, username=f"{evening.code}-{name}", **kind)
        self.evening, self.name, self.scripts, self.times = evening, name, kind.get("scripts", True), []
        if self.scripts:
            self.context.add_init_script(STOPWATCH)
        self.sign_in()

    def begin(self, gate, relieves=None):
        self.go("/gate/shift/")
        self.page.select_option("#access_point", gate)
        if relieves:
            self.page.get_by_role("checkbox", name=relieves).check()
        self.send()
        self.page.wait_for_selector("form[data-box]")

    def ready(self, direction="ENTRY"):
        """With scripts a guard goes on from the last verdict."""
        if self.scripts and self.page.locator(f"form[data-box] input[name=direction][value={direction}]").count():
            self.page.evaluate("document.querySelector('.verdict')?.setAttribute('data-old', '')")
        else:
            self.go(f"/gate/?direction={direction}")
            # A page takes the focus into the box a moment after it is loaded.
            self.page.wait_for_selector("#q:focus")

    def colour(self):
        self.page.wait_for_selector(".verdict:not([data-old])")
        return self.page.locator(".verdict").get_attribute("data-colour")

    def send_code(self, text, delay=0):
        self.page.keyboard.type(text, delay=delay)
        before = self.page.evaluate("window.took?.length ?? 0") if self.scripts else 0
        self.page.keyboard.press("Enter")
        seen = self.colour()
        if self.scripts:
            until(self, f"window.took.length > {before}")
            self.times.append(self.page.evaluate("window.took.at(-1)"))
        return seen

    # What a guard does for one arrival; each answers the colour seen.

    def scan(self, name, direction="ENTRY"):
        self.ready(direction)
        return self.send_code(self.evening.codes.get(name, name))

    def scan_out(self, name):
        return self.scan(name, "EXIT")

    def type_code(self, name):
        """At the speed of a person."""
        self.ready()
        return self.send_code(self.evening.codes.get(name, name), delay=45)

    def scan_two(self, names):
        """150 ms apart; the second is not asked before the first."""
        first, second = names.split()
        self.ready()
        self.page.keyboard.type(self.evening.codes[first])
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(150)
        self.page.keyboard.type(self.evening.codes[second])
        self.page.keyboard.press("Enter")
        self.page.locator(".whom strong", has_text=second).wait_for()
        return self.colour()

    def find(self, words):
        self.go("/gate/")
        self.page.fill("#q", words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".people li")
        return self.page.locator(".people li").first

    def admit(self, name):
        """By name, typed without accents."""
        self.find(f"{name} paz".lower().translate(str.maketrans("áéíóú", "aeiou"))).get_by_role("button").click()
        return self.colour()

    def admit_twice(self, name):
        """The page of the answer is loaded again, which sends the form again."""
        first = self.admit(name)
        self.requests.clear()
        self.page.reload()
        assert self.requests[0].endswith("/admit/") and "ya se había decidido" in self.page.locator(".verdict").inner_text()
        return first if self.colour() == first else "another answer"

    def tap(self, name, label="Dar entrada"):
        """Its button in the lists of the console."""
        self.go("/gate/")
        self.page.get_by_role("button", name=f"{label} ({name} Paz)", exact=True).click()
        return self.colour()

    def let_out(self, name):
        return self.tap(name, "Dar salida")

    def walk_in(self, name, kind=None, button="Dar entrada: autoriza Rosa Mar"):
        self.go("/gate/")
        self.page.get_by_role("link", name="Visita sin aviso").click()
        if kind:
            self.page.get_by_role("link", name=kind, exact=True).click()
        home = self.page.get_by_role("combobox" if self.scripts else "textbox", name="Unidad")
        if self.scripts:
            home.press_sequentially("a1")
            self.page.get_by_role("option", name="A-101").click()
        else:
            home.fill("a1")
        self.page.get_by_label("Nombre").fill(f"{name} Paz")
        if not self.scripts:
            self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name=button).click()
        return self.colour() if "autoriza" in button else self.page.wait_for_selector(".notice") and None

    def deliver(self, name):
        return self.walk_in(name, "Entrega")

    def ask(self, name):
        return self.walk_in(name, button="Preguntar")

    def by_hand(self, name, reason="Servicio público"):
        self.go("/gate/manual/")
        self.page.fill("#name", f"{name} Paz")
        self.page.fill("#unit", "a101")
        self.page.select_option("#preset", label=reason)
        self.send()
        return self.colour()

    def by_hand_all_the_same(self, name):
        """Somebody of the block list, by what the supervisor said."""
        assert self.by_hand(name) == "red"
        self.ready() if self.scripts else None
        self.page.get_by_role("button", name="Dejar pasar de todos modos").click()
        return self.colour() if self.scripts else self.page.wait_for_selector(".verdict:not(:has(button.bad))").get_attribute("data-colour")

    def without_card(self, name):
        self.find(f"{name} mar").get_by_role("link").first.click()
        self.page.select_option("#preset", label="Olvidó la tarjeta")
        self.send()
        return self.colour()

    def emergency(self, note):
        """Let in, and written down afterwards."""
        self.go("/gate/")
        self.page.get_by_role("button", name="Emergencia: dar paso").click()
        self.page.wait_for_url("**/gate/decisions/*/")
        self.correct("other", note)

    def did_not_pass(self, name):
        """Says so of the newest decision of the console."""
        self.go("/gate/")
        self.page.locator(".decisions li").filter(has_text=f"{name} Paz").get_by_role("link").first.click()
        self.correct("did_not_pass", "Se regresó desde la pluma")

    def correct(self, kind, reason):
        self.page.select_option("#kind", kind)
        self.page.fill("#reason", reason)
        self.send()
        self.page.wait_for_selector("form[data-box]")

    def end(self, words):
        """Ends the shift; what its summary says."""
        self.go("/gate/shift/")
        self.page.fill("#handover", words)
        self.page.get_by_role("button", name="Terminar turno").click()
        self.page.wait_for_url("**/gate/shifts/*/")
        return self.summary()

    def summary(self):
        names, values = (self.page.locator(f".facts {tag}").all_inner_texts() for tag in ("dt", "dd"))
        return dict(zip(names, values))


def guards(evening, browser):
    """Gil with scripts, Nora without, Iris with them and a phone."""
    return {"gil": Guard(evening, browser, "gil"), "nora": Guard(evening, browser, "nora", scripts=False),
            "iris": Guard(evening, browser, "iris", viewport=PHONE)}
