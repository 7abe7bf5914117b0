create or replace function garita.match_blocklist(
    p_site_id bigint, p_pass garita.credentials, p_now timestamptz, out is_blocked boolean, out attention jsonb)
language plpgsql stable
as $$
declare
    v_salt bytea;
    v_country text;
    v_ids bigint[];
begin
    select s.blocklist_salt, s.country into v_salt, v_country from garita.sites s where s.id = p_site_id;
    select array_agg(b.id) into v_ids
    from (
        values ('name', p_pass.person_name), ('document', p_pass.person_document), ('plate', p_pass.vehicle_plate)
        union all
        select 'phone', r from unnest(garita.phone_readings(p_pass.person_phone, v_country)) r) person (kind, text)
    join garita.blocklist b
        on b.site_id = p_site_id and b.kind = person.kind
        and b.value = garita.blocklist_value(person.kind, person.text, v_salt)
    where b.is_active and (b.expires_at is null or b.expires_at > p_now);
    is_blocked := v_ids is not null;

    select coalesce(jsonb_agg(jsonb_build_object(
        'id', b.id, 'kind', b.kind, 'display', b.display, 'reason', b.reason) order by b.id), '[]')
    into attention
    from garita.blocklist b
    where b.near_matches && (coalesce(garita.near_matches('name', p_pass.person_name), '{}')
            || coalesce(garita.near_matches('plate', p_pass.vehicle_plate), '{}'))
        and b.site_id = p_site_id and b.is_active and (b.expires_at is null or b.expires_at > p_now)
        and b.id <> all (coalesce(v_ids, '{}'));
end
$$;

comment on function garita.match_blocklist(bigint, garita.credentials, timestamptz) is
    'Whether a person is on the block list, and the entries that only resemble the person, for a human to look at.';
