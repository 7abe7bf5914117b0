"""`make screenshots`: the pictures of the README, of a freshly made sample community, into docs/pictures/."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Integration"))

from stack import Stack  # noqa: E402

from reader import DESK, Reader  # noqa: E402

PLACE = ROOT / "docs/pictures"
PHONE = {"width": 390, "height": 780}
MOST_BYTES = 150_000

# A month of comings and goings, the same each time: residents by card, visitors by pass, now and then somebody refused.
MONTH = """
select garita.ensure_log_partition((now() - make_interval(months => n))::date) from generate_series(0, 2) n;
insert into garita.access_logs (timestamp, site_id, resident_id, unit_id, person_name, unit_display, access_point_id,
    access_point_name, access_type, access_method, status, reasons)
select t.at, p.site_id, r.id, r.unit_id, r.first_name || ' ' || r.last_name, b.code || '-' || u.number, p.id, p.name,
    case when n % 2 = 0 then 'ENTRY' else 'EXIT' end, case when n % 3 = 0 then 'RFID' else 'QR_CODE' end,
    case when n % 19 = 0 then 'DENIED' else 'SUCCESS' end, case when n % 19 = 0 then array['EXPIRED'] else '{}' end
from generate_series(1, 1400) n
cross join lateral (select now() - make_interval(mins => n * 31 + (n * n) % 17) as at) t
join lateral (select r.*, row_number() over (order by id) as place from garita.residents r) r
    on r.place = 1 + (n * 7) % (select count(*) from garita.residents)
join garita.units u on u.id = r.unit_id join garita.buildings b on b.id = u.building_id
join lateral (select p.*, row_number() over (order by id) as place from garita.access_points p) p
    on p.place = 1 + (n % 5) % (select count(*) from garita.access_points);
insert into garita.visitors (site_id, first_name, last_name, unit_id, resident_id, status, visitor_type, vehicle_plate,
    expected_date, check_in_time)
select r.site_id, v.first_name, v.last_name, r.unit_id, r.id, v.status, v.kind, v.plate,
    (now() at time zone s.time_zone)::date + v.days, case when v.status = 'CHECKED_IN' then now() - interval '40 minutes' end
from (values (2, 'Sofía', 'Ramírez', 'CHECKED_IN', 'GUEST', '', 0), (3, 'Paquetería', 'Veloz', 'APPROVED', 'DELIVERY', 'VLZ-901-B', 0),
    (4, 'Ernesto', 'Núñez', 'APPROVED', 'GUEST', '', 1), (1, 'Gabriela', 'Mendoza', 'PENDING', 'GUEST', '', 1),
    (2, 'Jardinería', 'El Roble', 'APPROVED', 'SERVICE', 'ROB-220-D', 2), (3, 'Andrés', 'Castillo', 'DENIED', 'OTHER', '', 0)
) v (host, first_name, last_name, status, kind, plate, days)
join lateral (select r.*, row_number() over (order by id) - 1 as place from garita.residents r) r on r.place = v.host
join garita.sites s on s.id = r.site_id;
"""


def keep(reader, name):
    """The window as it stands, in few colours: small enough for a repository."""
    picture = Image.open(io.BytesIO(reader.page.screenshot(animations="disabled"))).convert("RGB")
    file = PLACE / f"{name}.png"
    picture.quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}  {size:,} bytes")
    assert size <= MOST_BYTES, f"{file} is too large"


def take(stack, browser):
    demo = stack.demo()

    def reader(role, **kind):
        one = Reader(stack, browser, None, username=demo[f"GARITA_{role}_USER"], language="en-US", **kind)
        return one.sign_in(demo[f"GARITA_{role}_PASSWORD"])

    link = invite(reader("RESIDENT", viewport=PHONE))
    watch(reader("GUARD", viewport=DESK), reader("GUARD", viewport=PHONE), link)
    desk = reader("ADMIN", viewport=DESK)
    for name, path in (("administration", "/admin/"), ("log", "/admin/log/")):
        desk.go(path)
        keep(desk, name)
    dark = reader("ADMIN", viewport=DESK, scheme="dark")
    dark.go(f"/admin/visitors/{stack.psql('select min(id) from garita.visitors')[0]}/")
    keep(dark, "dark")


def invite(resident):
    """A resident's home, and the pass of somebody invited there, as the visitor sees it; answers its link."""
    resident.go("/home/")
    keep(resident, "home")
    resident.go("/home/invite/")
    resident.page.fill("#name", "Daniela Ríos")
    resident.send()
    link = resident.page.input_value("#link")
    resident.page.goto(link)
    keep(resident, "pass")
    return link


def watch(desk, phone, link):
    """The console beside its lists, and the verdict on a guard's phone."""
    desk.go("/gate/shift/")
    desk.page.select_option("#access_point", label="Puerta Principal")
    desk.send()
    desk.go("/gate/")
    keep(desk, "gate")
    phone.go("/gate/")
    phone.page.fill("#q", link)
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_selector(".verdict.green")
    keep(phone, "verdict")


def main():
    PLACE.mkdir(parents=True, exist_ok=True)
    stack = Stack()
    try:
        stack.start()
        stack.psql(MONTH)
        # The sums of the log, as the timer keeps them; the second call waits for what the first has seen.
        for _ in range(2):
            stack.psql("select garita.refresh_log_rollups()")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            take(stack, browser)
            browser.close()
    finally:
        stack.remove()


if __name__ == "__main__":
    main()
