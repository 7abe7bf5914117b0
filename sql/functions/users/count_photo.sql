-- Counted before the photo is decoded, and whatever becomes of it: the limit is on computing time. Who registers visitors
-- all day sends many; a household few.
create or replace function api.count_photo() returns integer
language plpgsql volatile security definer
set search_path = garita, pg_temp
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_most integer := case when garita.current_role_name() in ('ADMIN', 'GUARD') then 2000 else 50 end;
    v_count garita.photo_counts;
begin
    insert into garita.photo_counts as c (user_id, site_id, since, photos)
    values (garita.current_user_id(), garita.current_site_id(), v_now, 1)
    on conflict (user_id) do update
    set since = case when c.since > v_now - interval '1 day' then c.since else v_now end,
        photos = case when c.since > v_now - interval '1 day' then least(c.photos, v_most) + 1 else 1 end
    returning * into v_count;

    return case when v_count.photos <= v_most then 0
        else greatest(1, ceil(extract(epoch from v_count.since + interval '1 day' - v_now)))::integer end;
end
$$;

comment on function api.count_photo() is
    'Counts a photo that the caller sends: 0 when it may be decoded, else the seconds until the day of the first one '
    'is over. 50 a day for residents, 2000 for administrators and guards.';
grant execute on function api.count_photo() to garita_admin, garita_guard, garita_resident;
