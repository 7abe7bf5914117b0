-- From the oldest on; where a site has nothing more to blank, names_from moves to the end, and the next run begins there.
create or replace function garita.erase_log_names(p_rows integer) returns integer
language plpgsql volatile
-- The oldest rows are found by the index of time, even while the planner has no statistics of the log.
set enable_seqscan = off
set jit = off
as $$
declare
    v_site record;
    v_rows integer;
    v_last timestamptz;
    v_total integer := 0;
begin
    for v_site in
        select s.id, now() - s.log_name_days * interval '1 day' as until, coalesce(m.names_from, '-infinity') as since
        from garita.sites s left join garita.log_rollup_progress m on m.site_id = s.id
        order by s.id
    loop
        continue when v_site.since >= v_site.until;
        with due as materialized (
            select l.id, l."timestamp" from garita.access_logs l
            where l.site_id = v_site.id and l."timestamp" >= v_site.since and l."timestamp" < v_site.until
                and (l.person_name || l.person_document || l.vehicle_plate || l.photo || l.notes <> ''
                    or l.temperature is not null)
            order by l."timestamp" limit p_rows - v_total
        ), blanked as (
            update garita.access_logs l
            set person_name = '', person_document = '', vehicle_plate = '', photo = '', notes = '', temperature = null
            from due d
            where l.id = d.id and l."timestamp" = d."timestamp"
            returning l."timestamp"
        )
        select count(*)::integer, max(b."timestamp") into v_rows, v_last from blanked b;

        -- The words of corrections may name people too.
        update garita.log_corrections c set reason = ''
        where c.site_id = v_site.id and c.log_time < v_site.until and c.reason <> '';
        insert into garita.log_rollup_progress as m (site_id, names_from)
        values (v_site.id, case when v_rows < p_rows - v_total then v_site.until else v_last end)
        on conflict (site_id) do update set names_from = excluded.names_from;
        if v_rows > 0 then
            insert into garita.audit (site_id, actor, table_name, action, changes)
            values (v_site.id, coalesce(current_setting('garita.actor', true), ''), 'access_logs', 'ERASE',
                jsonb_build_object('rows', jsonb_build_array(null, v_rows)));
        end if;
        v_total := v_total + v_rows;
        exit when v_total >= p_rows;
    end loop;
    return v_total;
end
$$;

comment on function garita.erase_log_names(integer) is
    'Blanks names, documents, plates, notes and temperatures of log rows older than their site keeps them; the rows '
    'and every count stay. At most so many rows, and returns how many. Run daily.';
