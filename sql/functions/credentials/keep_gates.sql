create or replace function garita.keep_gates() returns trigger
language plpgsql security definer
set search_path = garita, pg_temp
as $$
begin
    perform garita.renew_gates(
        (coalesce(to_jsonb(new), to_jsonb(old)) ->> case tg_table_name when 'sites' then 'id' else 'site_id' end)::bigint);
    return null;
end
$$;

comment on function garita.keep_gates() is 'What decisions read of the gates follows the site and its access points.';

create or replace trigger keep_gates after insert or delete or update of
    is_active, time_zone, grace_before_minutes, grace_after_minutes, has_blocklist on garita.sites
    for each row execute function garita.keep_gates();
create or replace trigger keep_gates after insert or update or delete on garita.access_points
    for each row execute function garita.keep_gates();
create or replace trigger keep_gates after insert or delete or update of
    access_point_id, direction, is_active, opens_itself, open_within_seconds on garita.doors
    for each row execute function garita.keep_gates();
