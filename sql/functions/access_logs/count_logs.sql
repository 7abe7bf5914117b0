-- As the owner, because a plan made for one role is thrown away when another calls: the rights are in garita.log_window.
create or replace function api.count_logs(
    p_from timestamptz, p_to timestamptz, p_access_point_id bigint, p_access_type text, p_status text,
    p_page bigint, p_size bigint,
    out total bigint, out counted bigint, out "before" timestamptz, out skip bigint,
    out since timestamptz)
language plpgsql stable security definer
set search_path = garita, pg_temp
set plan_cache_mode = force_generic_plan
-- A plan for any stretch of time takes each for a third of the log: it would read months whole, and compile itself.
set enable_seqscan = off
set jit = off
as $$
declare
    -- Null stands for every gate and every word, as in the rollups.
    v_point bigint := coalesce(p_access_point_id, -1::bigint);
    v_type text := coalesce(p_access_type, '');
    v_status text := coalesce(p_status, '');
    v_window record;
    v_from bigint := 0::bigint;
    v_until bigint;
    v_edge bigint := 0::bigint;
    v_offset bigint;
    v_day record;
begin
    if coalesce(garita.current_role_name(), '') not in ('ADMIN', 'GUARD') then
        raise exception using errcode = 'GA403', hint = 'role',
            message = 'You do not have permission to perform this action.',
            detail = 'No tiene permiso para realizar esta acción.';
    end if;
    -- What the rollups write for every gate, no gate and every word is no filter: no row has it.
    if p_access_point_id < 1 or p_access_type = '' or p_status = '' then
        total := 0::bigint;
        counted := 0::bigint;
        before := '-infinity';
        skip := 0::bigint;
        since := 'infinity';
        return;
    end if;
    v_window := garita.log_window(p_from, p_to + interval '1 microsecond');
    select count(*) into counted from garita.access_logs l
    where l.site_id = v_window.site_id and l."timestamp" >= v_window.rollups_until and l."timestamp" < v_window.until
        and (p_access_point_id is null or l.access_point_id = p_access_point_id)
        and (p_access_type is null or l.access_type = p_access_type) and (p_status is null or l.status = p_status);
    if v_window.edge_sign <> 0 then
        select v_window.edge_sign * count(*) into v_edge from garita.access_logs l
        where l.site_id = v_window.site_id and l."timestamp" >= v_window.edge_from
            and l."timestamp" < v_window.edge_until
            and (p_access_point_id is null or l.access_point_id = p_access_point_id)
            and (p_access_type is null or l.access_type = p_access_type) and (p_status is null or l.status = p_status);
    end if;
    v_until := garita.log_total(v_window.site_id, '', v_status, v_type, v_point, v_window.rollups_until);
    if v_window.rollups_from > '-infinity' then
        v_from := garita.log_total(v_window.site_id, '', v_status, v_type, v_point, v_window.rollups_from);
    end if;
    total := counted + v_until - v_from + v_edge;

    -- Far down a list, whole days are skipped by their rollups.
    before := 'infinity';
    v_offset := (coalesce(p_page, greatest((total + p_size - 1) / p_size, 1)) - 1) * p_size;
    skip := v_offset;
    if v_offset >= counted + 100 and v_until > v_from then
        v_day := garita.log_day_of(
            v_window.site_id, v_status, v_type, v_point, v_until - (v_offset - counted), v_window.rollups_from,
            v_window.rollups_until);
        if v_day.ends_at is not null then
            -- Of the current day only what is rolled up: what is newer was counted, and is skipped already.
            before := least(v_day.ends_at, v_window.rollups_until);
            skip := v_offset - counted - (v_until - v_day.total);
        end if;
    end if;

    -- They also tell on which day the page ends: for a rare kind of row the whole log would be read otherwise.
    since := case when total > v_offset then v_window.since else 'infinity' end;
    if v_offset + p_size <= counted then
        since := greatest(since, v_window.rollups_until);
    elsif v_offset + p_size <= counted + v_until - v_from and v_edge >= 0 then
        v_day := garita.log_day_of(
            v_window.site_id, v_status, v_type, v_point, v_until - (v_offset + p_size - counted) + 1,
            v_window.rollups_from, v_window.rollups_until);
        since := greatest(since, v_day.starts_at);
    end if;
end
$$;

comment on function api.count_logs(timestamptz, timestamptz, bigint, text, text, bigint, bigint) is
    'How many log rows of p_from <= time <= p_to the caller would find (null: any time, gate, direction, status), how '
    'many of them had to be counted, and where a page lies (null: the last): skip so many rows before a moment, and look no further back than since.';
grant execute on function api.count_logs(timestamptz, timestamptz, bigint, text, text, bigint, bigint)
    to garita_admin, garita_guard;
