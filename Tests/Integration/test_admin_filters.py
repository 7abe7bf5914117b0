"""What lists are narrowed, ordered and searched by, what is offered above and below them, and what is not."""

import re

from office import office  # noqa: F401 (fixture)


def links(page):
    return set(re.findall(r'href="/admin/\w+/\d+/([\w-]+)/"', page))


def test_only_what_applies_is_offered(office):
    stack, (two,) = office.stack, office.stack.psql("select id from garita.users where username = 'tables_two'")
    path = f"/admin/users/{two}/"
    stack.psql(f"delete from garita.sessions where user_id = {two}; delete from garita.login_throttles where user_id = {two}")
    shown = links(office.ana.get(path).text)
    assert "password-link" in shown and not shown & {"unlock", "second-factor", "end-sessions"}
    stack.psql(f"""insert into garita.second_factors (user_id, site_id, secret_sealed, key_version, recovery_tags, failures)
        select id, site_id, decode(repeat('00', 60), 'hex'), 1, '{{}}', 2 from garita.users where id = {two}""")
    assert {"unlock", "second-factor"} <= links(office.ana.get(path).text)
    stack.psql(f"delete from garita.second_factors where user_id = {two}; update garita.users set is_active = false where id = {two}")
    assert "password-link" not in links(office.ana.get(path).text)
    stack.psql(f"update garita.users set is_active = true where id = {two}")
    gate = stack.psql("select id from garita.access_points where site_id = 1 order by id limit 1")[0]
    assert "acknowledge" not in links(office.ana.get(f"/admin/gates/{gate}/").text)
    stack.psql(f"""insert into garita.gate_throttles (site_id, access_point_id, tokens, refilled_at, day, day_failures, short_off)
        values (1, {gate}, 0, now(), current_date, 100, true)""")
    assert "acknowledge" in links(office.ana.get(f"/admin/gates/{gate}/").text)
    stack.psql(f"delete from garita.gate_throttles where access_point_id = {gate}")
