create or replace function api.outbox_cards(p_door_ids bigint[], p_after bigint, p_limit bigint)
returns table (code_id bigint, tag bytea, sealed bytea, key_version integer, last_day bigint, door_ids bigint[])
language sql stable security definer
set search_path = garita, pg_temp
as $$
    select c.code_id, a.code_tag, a.code_sealed, a.key_version,
        -- Without a last day that of the home counts: there the first day is known on which nobody lives in it.
        (least(c.last_day, c.move_out_date - 1) - date '1970-01-01')::bigint,
        array_agg(d.id order by d.id)
    from garita.doors d
    join garita.gates g on g.site_id = d.site_id and g.point_id = d.access_point_id
    join garita.credentials c
        on c.site_id = d.site_id and c.code_kind = 'permanent' and c.code_type = 'RFID' and c.code_id > p_after
        and garita.opens_unasked(c, g, d.direction, statement_timestamp())
    join garita.access_codes a on a.id = c.code_id
    where d.id = any (p_door_ids) and d.is_active
    group by c.code_id, a.code_tag, a.code_sealed, a.key_version, c.last_day, c.move_out_date
    order by c.code_id
    limit p_limit
$$;

comment on function api.outbox_cards(bigint[], bigint, bigint) is
    'Cards of residents that devices with a list of their own may let through some of these doors, by number of the code, '
    'those after p_after: which doors, sealed text, and the last day (days since 1970-01-01, null for none).';
grant execute on function api.outbox_cards(bigint[], bigint, bigint) to garita_outbox;
