"""One row of every table at a site that is nobody's here."""

import pytest

ROWS = """
with s as (insert into garita.sites (name, code) values ('Ajeno', 'AJENO') returning id),
u as (insert into garita.users (site_id, username, password_hash) select id, 'ajeno-zz', 'x' from s returning id),
b as (insert into garita.buildings (site_id, name, code) select id, 'ajeno-zz', 'AZZ' from s returning id, site_id),
n as (insert into garita.units (site_id, building_id, number, floor, owner_name)
    select site_id, id, 'zz', 1, 'ajeno-zz' from b returning id, site_id),
r as (insert into garita.residents (site_id, unit_id, first_name, last_name, document_id, phone)
    select site_id, id, 'ajeno-zz', 'x', 'ajeno-zz', '5512345678' from n returning id, site_id),
v as (insert into garita.visitors (site_id, unit_id, first_name, last_name, expected_date)
    select site_id, id, 'ajeno-zz', 'x', current_date from n returning id, site_id),
t as (insert into garita.temporary_codes (site_id, visitor_id, code_tag, key_version, code_hint, code_type,
        valid_from, valid_until)
    select site_id, id, decode(md5('zz'), 'hex'), 1, 'zz', 'QR', now(), now() + interval '1 hour' from v returning id),
w as (insert into garita.vehicles (site_id, unit_id, plate) select site_id, id, 'ajeno-zz' from n returning id),
p as (insert into garita.access_points (site_id, name, code, location) select id, 'ajeno-zz', 'AZZ', 'x' from s returning id, site_id),
c as (insert into garita.access_codes (site_id, resident_id, code_tag, key_version, code_hint)
    select site_id, id, decode(md5('yy'), 'hex'), 1, 'zz' from r returning id),
h as (insert into garita.schedules (site_id, name) select id, 'ajeno-zz' from s returning id),
d as (insert into garita.holidays (site_id, day, name) select id, '2027-02-02', 'ajeno-zz' from s returning id),
e as (insert into garita.devices (site_id, name, access_point_id, allows_entry, allows_exit)
    select site_id, 'ajeno-zz', id, true, true from p returning id),
q as (insert into garita.doors (site_id, access_point_id, name, driver) select site_id, id, 'ajeno-zz', 'http' from p returning id),
o as (insert into garita.standing_orders (site_id, title, text) select id, 'ajeno-zz', 'x' from s returning id),
k as (insert into garita.shifts (site_id, user_id, access_point_id, handover)
    select p.site_id, u.id, p.id, 'ajeno-zz' from p, u returning id, site_id),
m as (insert into garita.shift_notes (site_id, shift_id, text) select site_id, id, 'ajeno-zz' from k returning id),
x as (insert into garita.webhooks (site_id, name, url, events) select id, 'ajeno-zz', 'https://example.org', '{visit.left}' from s returning id),
i as (insert into garita.sessions (user_id, site_id, issued_at, expires_at, absolute_end, address)
    select u.id, s.id, now(), now() + interval '1 hour', now() + interval '1 hour', 'ajeno-zz' from u, s returning id),
a as (insert into garita.audit (site_id, actor, table_name, action, changes) select id, 'ajeno-zz', 'x', 'UPDATE', '{}' from s returning id),
l as (insert into garita.access_logs (timestamp, site_id, person_name, access_type, access_method, status)
    select now(), id, 'ajeno-zz', 'ENTRY', 'OTHER', 'DENIED' from s returning id)
select '/api/sites/=' || id from s union all select '/api/vehicles/=' || id from w union all select '/api/auth/sessions/=' || id from i union all select '/api/audit/=' || id from a
union all select '/api/users/=' || id from u union all select '/api/buildings/=' || id from b
union all select '/api/units/=' || id from n union all select '/api/residents/=' || id from r
union all select '/api/visitors/=' || id from v union all select '/api/codes/=' || id from t
union all select '/api/access/points/=' || id from p union all select '/api/access/codes/=' || id from c
union all select '/api/access/schedules/=' || id from h union all select '/api/access/holidays/=' || id from d
union all select '/api/access/standing_orders/=' || id from o union all select '/api/access/shifts/=' || id from k
union all select '/api/access/shift_notes/=' || id from m union all select '/api/webhooks/=' || id from x
union all select '/api/access/devices/=' || id from e union all select '/api/doors/=' || id from q union all select '/api/logs/=' || id from l"""


@pytest.fixture(scope="module")
def foreign(stack):
    """path -> number."""
    return dict(line.split("=") for line in stack.psql(ROWS))
