-- As the owner: names of accounts are of all sites together, and links are written by functions alone.
create or replace function api.invite_residents(p_resident_ids bigint[], p_token_tags bytea[])
returns table (place integer, user_id bigint, username text, full_name text, unit text, ends_at timestamptz)
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
#variable_conflict use_column
declare
    v_resident record;
    v_place integer := 0;
    v_user_id bigint;
    v_username text;
    v_stem text;
    v_number integer;
    -- The last number given behind each stem: five hundred of one name are not tried from the beginning.
    v_numbers jsonb := jsonb_build_object();
    v_ends_at timestamptz;
begin
    if garita.current_role_name() is distinct from 'ADMIN' then
        return;
    end if;
    -- One after the other: of two at once both would give the same name away.
    perform pg_advisory_xact_lock(hashtextextended('garita.invite_residents', 0));
    for v_resident in
        select r.id, r.first_name, r.last_name, r.email, r.phone, b.code || '-' || un.number as unit
        from garita.residents r
        join garita.units un on un.id = r.unit_id
        join garita.buildings b on b.id = un.building_id
        where r.id = any (p_resident_ids) and r.site_id = garita.current_site_id() and r.user_id is null
            and garita.resides(r.move_out_date)
        order by b.code, un.floor, un.number, r.last_name, r.first_name, r.id
        limit cardinality(p_token_tags)
        for update of r
    loop
        v_place := v_place + 1;
        v_stem := garita.username_stem(v_resident.first_name, v_resident.last_name, v_resident.email, v_resident.unit);
        v_number := coalesce((v_numbers ->> v_stem)::integer, 0);
        loop
            v_number := v_number + 1;
            v_username := v_stem || case when v_number > 1 then v_number::text else '' end;
            exit when not exists (select from garita.users u where u.name_key = garita.name_key(v_username));
        end loop;
        v_numbers := v_numbers || jsonb_build_object(v_stem, v_number);
        insert into garita.users (site_id, username, role, first_name, last_name, email, phone)
        values (
            garita.current_site_id(), v_username, 'RESIDENT', v_resident.first_name, v_resident.last_name,
            v_resident.email, v_resident.phone)
        returning id into v_user_id;
        -- They are handed round on paper: a day would not do.
        insert into garita.password_links (site_id, user_id, token_tag, expires_at)
        values (garita.current_site_id(), v_user_id, p_token_tags[v_place], clock_timestamp() + interval '7 days')
        returning expires_at into v_ends_at;
        update garita.residents r set user_id = v_user_id where r.id = v_resident.id;
        return query select
            v_place, v_user_id, v_username, v_resident.first_name || ' ' || v_resident.last_name, v_resident.unit, v_ends_at;
    end loop;
end
$$;

comment on function api.invite_residents(bigint[], bytea[]) is
    'Creates an account of role RESIDENT, with a one-time link good for seven days, for each of these residents of the site '
    'that has none and lives there, as many as there are tags; the place of each one''s tag, from 1. By home, then name.';
grant execute on function api.invite_residents(bigint[], bytea[]) to garita_admin;
